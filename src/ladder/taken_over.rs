//! What a level takes over from one that it extends, as the differences from all of it.

use std::collections::HashSet;

use super::id_types::{CompetencyId, ExpectationId, LevelId};
use super::model::Ladder;

/// What a level takes over from one that it extends.
#[derive(Debug, Default)]
pub struct TakenOver {
    /// The competencies to which it is limited; empty for all but `without`.
    pub only: Vec<CompetencyId>,
    /// The competencies in which nothing is taken over although there is something.
    pub without: Vec<CompetencyId>,
    /// The single expectations that aren't taken over.
    pub except: Vec<ExpectationId>,
}

impl Ladder {
    /// What a level takes over from `base`, which it extends. The result is as short as what authors write to limit it.
    #[must_use]
    pub fn taken_over(&self, level: LevelId, base: LevelId) -> TakenOver {
        let cells = &self.level(level).cells;
        let (mut kept, mut left, mut except) = (Vec::new(), Vec::new(), Vec::new());
        for (competency, of) in self.level(base).cells.iter() {
            let has: HashSet<ExpectationId> =
                cells.get(competency).into_iter().flat_map(|cell| &cell.inherited).copied().collect();
            let (taken, others): (Vec<ExpectationId>, Vec<ExpectationId>) =
                of.lines.iter().chain(&of.inherited).copied().partition(|line| has.contains(line));
            if !taken.is_empty() {
                kept.push(*competency);
                except.extend(others);
            } else if !others.is_empty() {
                left.push(*competency);
            }
        }
        if !kept.is_empty() && kept.len() < left.len() {
            return TakenOver { only: kept, without: Vec::new(), except };
        }
        TakenOver { only: Vec::new(), without: left, except }
    }
}
