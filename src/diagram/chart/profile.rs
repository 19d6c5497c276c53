//! Competency profiles: the steps of competencies' scales that levels need, as a table and a radar chart.

use std::collections::BTreeSet;

use super::radar::Radar;
use crate::context::RenderContext;
use crate::ladder::{CompetencyId, LevelId};
use crate::view::{ProfileRow, ProfileStep, ProfileView};

/// The profiles of two levels; `None` if neither needs any steps.
pub(crate) fn of_both(context: &RenderContext, from: LevelId, to: LevelId) -> Option<ProfileView> {
    profile(context, &[from, to], &[from, to])
}

/// The profiles of some levels, with a radar chart of some of these. Later levels are drawn above earlier ones.
fn profile(context: &RenderContext, levels: &[LevelId], in_chart: &[LevelId]) -> Option<ProfileView> {
    let ladder = &context.ladder;
    let needed: BTreeSet<CompetencyId> =
        levels.iter().flat_map(|level| ladder.level(*level).profile.keys().copied()).collect();
    let competencies: Vec<CompetencyId> =
        needed.into_iter().filter(|id| !ladder.competency(*id).scale.is_empty()).collect();
    if competencies.is_empty() {
        return None;
    }
    let step_number = |level: LevelId, id: CompetencyId| ladder.level(level).profile.get(&id).copied();
    let row = |id: &CompetencyId| {
        let step = |level: &LevelId| step_number(*level, *id).and_then(|number| profile_step(context, *id, number));
        ProfileRow {
            competency: context.competency_card(*id),
            of: ladder.competency(*id).scale.len(),
            steps: levels.iter().map(step).collect(),
        }
    };
    let rows: Vec<ProfileRow> = competencies.iter().map(row).collect();
    let shape = |level: &LevelId| {
        let steps = competencies.iter().map(|id| step_number(*level, *id).unwrap_or(0)).collect();
        (context.level_card(*level), steps)
    };
    let radar = Radar {
        axes: rows.iter().map(|row| (row.competency.title.clone(), row.of)).collect(),
        shapes: in_chart.iter().map(shape).collect(),
        right_to_left: context.config.is_right_to_left(),
    };
    let levels = levels.iter().map(|level| context.level_card(*level)).collect();
    Some(ProfileView { radar: radar.draw(), levels, rows })
}

/// A step by its number from 1; `None` if the scale has no such step.
fn profile_step(context: &RenderContext, id: CompetencyId, number: usize) -> Option<ProfileStep> {
    let step = context.ladder.competency(id).scale.get(number.checked_sub(1)?)?;
    Some(ProfileStep { name: step.name.clone(), number })
}
