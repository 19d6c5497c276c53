//! The page of a track.

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::growth;
use crate::ladder::{CompetencyId, LevelId, TrackId};
use crate::name::fold;
use crate::pages::{level_facets, matrix};
use crate::view::{Content, OverviewCell, OverviewRow, StageView, TrackView, WeightView};

/// The content of a track's page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: TrackId) -> Content {
    let track = context.ladder.track(id);
    let others = context.ladder.tracks.ids().filter(|other| *other != id);
    let family = others
        .filter(|other| !track.family.is_empty() && fold(&context.ladder.track(*other).family) == fold(&track.family));
    let weight = |(competency, share): &(CompetencyId, f64)| WeightView {
        competency: context.competency_card(*competency),
        share: rank_text(Some(*share)),
    };
    let levels: Vec<StageView> =
        track.levels.iter().map(|level| level_facets::view(context, page_context, *level)).collect();
    let is_large = context.ladder.is_large();
    let view = TrackView {
        hue: hue(id),
        growth: if is_large { Vec::new() } else { growth::step_charts(context, id, &levels) },
        levels,
        family: family.map(|other| context.track_card(other)).collect(),
        weights: track.weights.iter().map(weight).collect(),
        matrix: (!is_large).then(|| matrix::view(context, page_context, &track.levels, track.competencies.clone())),
        overview: if is_large { overview(context, id) } else { Vec::new() },
    };
    Content { track: Some(view), ..Content::default() }
}

/// What is written for each level of a track, in figures: on a large ladder, the text is on the pages of the levels.
fn overview(context: &RenderContext, id: TrackId) -> Vec<OverviewRow> {
    let track = context.ladder.track(id);
    let row = |competency: &CompetencyId| {
        let steps = &context.ladder.competency(*competency).steps;
        let cell = |level: &LevelId| {
            let level = context.ladder.level(*level);
            let cell = level.cells.get(competency);
            let step = level.profile.get(competency).and_then(|step| steps.get(step.checked_sub(1)?));
            OverviewCell {
                own: cell.map_or(0, |cell| cell.lines.len()),
                inherits: cell.is_some_and(|cell| !cell.inherited.is_empty()),
                step: step.cloned().unwrap_or_default(),
            }
        };
        let competency = context.competency_card(*competency);
        OverviewRow { competency, cells: track.levels.iter().map(cell).collect() }
    };
    track.competencies.iter().map(row).collect()
}
