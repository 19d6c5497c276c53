//! The page of a track.

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::growth;
use crate::ladder::{CompetencyId, TrackId};
use crate::name::fold;
use crate::pages::{level_facets, matrix};
use crate::view::{Content, StageView, TrackView, WeightView};

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
    let view = TrackView {
        hue: hue(id),
        growth: growth::step_charts(context, id, &levels),
        levels,
        family: family.map(|other| context.track_card(other)).collect(),
        weights: track.weights.iter().map(weight).collect(),
        matrix: matrix::view(context, page_context, &track.levels, track.competencies.clone()),
    };
    Content { track: Some(view), ..Content::default() }
}
