//! Competencies by area, and the titles of areas.

use crate::context::RenderContext;
use crate::ladder::{Area, CompetencyId};

impl RenderContext {
    /// Competencies in groups by area, in order.
    pub(crate) fn by_area(&self, competencies: Vec<CompetencyId>) -> Vec<(Area, Vec<CompetencyId>)> {
        let mut groups: Vec<(Area, Vec<CompetencyId>)> = Vec::new();
        for id in competencies {
            let area = &self.ladder.competency(id).area;
            match groups.last_mut() {
                Some((last, ids)) if last == area => ids.push(id),
                _ => groups.push((area.clone(), vec![id])),
            }
        }
        groups
    }

    /// An area's title and summary.
    pub(crate) fn area(&self, area: &Area) -> (String, String) {
        match area {
            Area::Listed(at) => (self.config.areas[*at].title.clone(), self.config.areas[*at].summary.clone()),
            Area::Named(name) => (name.clone(), String::new()),
            Area::None => (String::new(), String::new()),
        }
    }
}
