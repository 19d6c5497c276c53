//! The table of career stages.

use crate::context::{PageContext, RenderContext};
use crate::ladder::TrackId;
use crate::pages::level_facets;
use crate::view::{Content, StageGroup, StagesView};

/// The content of the table of career stages.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext) -> Content {
    let group = |(id, track): (TrackId, &crate::ladder::Track)| StageGroup {
        track: context.track_card(id),
        levels: track.levels.iter().map(|level| level_facets::view(context, page_context, *level)).collect(),
    };
    let tracks = context.ladder.tracks.iter_enumerated();
    let view = StagesView {
        ladder: context.ladder_view(),
        facets: context.config.facets.iter().map(|facet| facet.title.clone()).collect(),
        groups: if context.ladder.is_large() { Vec::new() } else { tracks.map(group).collect() },
        foundations: context.ladder.abstract_levels().map(|level| context.level_card(level)).collect(),
    };
    Content { stages: Some(view), ..Content::default() }
}
