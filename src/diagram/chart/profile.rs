use std::collections::BTreeSet;

use super::Radar;
use crate::context::RenderContext;
use crate::ladder::{CompetencyId, LevelId};
use crate::view::{ProfileRow, ProfileStep, ProfileView};

impl RenderContext {
    /// The steps that a level needs, beside those of the levels below and above it. The picture has the level and one of
    /// these: the one below, where that needs any steps.
    pub(crate) fn profile_of(&self, id: LevelId) -> Option<ProfileView> {
        let needs = |level: &LevelId| !self.ladder.level(*level).profile.is_empty();
        let (below, above) = self.ladder.neighbours(id);
        let (below, above) = (below.filter(needs), above.filter(needs));
        let levels: Vec<LevelId> = below.into_iter().chain([id]).chain(above).collect();
        let drawn: Vec<LevelId> = below.or(above).into_iter().chain([id]).collect();
        needs(&id).then(|| self.profile(&levels, &drawn)).flatten()
    }

    /// The steps that two levels need.
    pub(crate) fn profile_of_both(&self, from: LevelId, to: LevelId) -> Option<ProfileView> {
        self.profile(&[from, to], &[from, to])
    }

    /// The steps that some levels need, and a picture of those of some of them, what lies below first.
    fn profile(&self, levels: &[LevelId], drawn: &[LevelId]) -> Option<ProfileView> {
        let needed = |level: LevelId| self.ladder.level(level).profile.keys().copied();
        let axes: BTreeSet<CompetencyId> = levels.iter().flat_map(|level| needed(*level)).collect();
        let axes: Vec<CompetencyId> =
            axes.into_iter().filter(|id| !self.ladder.competency(*id).scale.is_empty()).collect();
        if axes.is_empty() {
            return None;
        }
        let step = |level: LevelId, id: CompetencyId| self.ladder.level(level).profile.get(&id).copied();
        let row = |id: &CompetencyId| ProfileRow {
            competency: self.competency_card(*id),
            of: self.ladder.competency(*id).scale.len(),
            steps: levels.iter().map(|level| step(*level, *id).and_then(|step| self.profile_step(*id, step))).collect(),
        };
        let rows: Vec<ProfileRow> = axes.iter().map(row).collect();
        let shape = |level: &LevelId| {
            let steps = axes.iter().map(|id| step(*level, *id).unwrap_or(0)).collect();
            (self.level_card(*level), steps)
        };
        let radar = Radar {
            axes: rows.iter().map(|row| (row.competency.title.clone(), row.of)).collect(),
            shapes: drawn.iter().map(shape).collect(),
            mirrored: self.config.is_right_to_left(),
        };
        let levels = levels.iter().map(|level| self.level_card(*level)).collect();
        Some(ProfileView { anchor: "sl-profile", radar: radar.draw(), levels, rows })
    }

    fn profile_step(&self, id: CompetencyId, number: usize) -> Option<ProfileStep> {
        let step = self.ladder.competency(id).scale.get(number.checked_sub(1)?)?;
        Some(ProfileStep { name: step.name.clone(), number })
    }
}
