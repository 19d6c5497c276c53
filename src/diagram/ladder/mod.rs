//! The ladder diagram: tracks as lanes side by side, levels as nodes at the height of their rank, and edges for what
//! leads where.
//!
//! The modules are the steps of the layout, a simple form of layered graph drawing with orthogonal edges. Each depends
//! only on those before it:
//!
//! 1. [`selection`] chooses tracks and turns them into a [`graph`], which knows nothing of the site.
//! 2. [`lane_order`] chooses the order of lanes.
//! 3. [`grid`] assigns nodes to layers (one for each rank) and columns.
//! 4. [`route`] leads edges through gutters and channels (each a [`corridor`]), by cheapest paths through a
//!    [`network`].
//! 5. [`slots`] separates the edges in each corridor, and [`ports`] their ends at each node.
//! 6. [`layout`] turns all of it into a [`drawing`] in pixels, with the sizes in [`metrics`].
//! 7. [`view`] adds the data that templates show beside it, with edges as [`svg_path`]s.

mod corridor;
mod drawing;
mod graph;
mod grid;
mod lane_order;
mod layout;
mod metrics;
mod network;
mod ports;
mod route;
mod selection;
mod slots;
mod svg_path;
#[cfg(test)]
mod tests;
mod view;

use self::metrics::Metrics;
use self::selection::Limits;
use crate::context::{LadderDiagram, RenderContext};
use crate::ladder::{LevelId, TrackId};
use crate::view::DiagramView;

/// The diagram of the whole ladder, for the home page; `None` if it would have fewer than two levels or too many to be
/// readable.
pub(crate) fn of_whole_ladder(context: &RenderContext) -> Option<DiagramView> {
    let tracks = selection::all_tracks(context);
    draw(context, tracks, selection::HOME_PAGE, &metrics::HOME_PAGE).map(|diagram| diagram.view)
}

/// The diagram for a level's page, with that level marked: of the whole ladder or, if that is too large, of the tracks
/// around the level. `None` if neither has between two levels and as many as are readable.
pub(crate) fn around_level(context: &RenderContext, id: LevelId) -> Option<DiagramView> {
    let draw = |tracks| draw(context, tracks, selection::LEVEL_PAGE, &metrics::LEVEL_PAGE);
    let whole = context.level_diagram.get_or_init(|| draw(selection::all_tracks(context)));
    let diagram = match whole {
        Some(diagram) => diagram.clone(),
        None => draw(selection::tracks_around(context, id))?,
    };
    with_current_level(diagram, id)
}

fn draw(context: &RenderContext, tracks: Vec<TrackId>, limits: Limits, metrics: &Metrics) -> Option<LadderDiagram> {
    let selection = selection::select(context, tracks, limits)?;
    let drawing = layout::layout(&selection.graph, metrics);
    let view = view::view(context, &selection, &drawing, metrics);
    let edges = drawing.edges.iter().map(|polyline| (polyline.edge.from, polyline.edge.to)).collect();
    Some(LadderDiagram { view, levels: selection.levels, edges })
}

/// Marks a level's node, its edges and its item in the list; `None` if the diagram doesn't show the level.
fn with_current_level(mut diagram: LadderDiagram, id: LevelId) -> Option<DiagramView> {
    let current = diagram.levels.iter().position(|level| *level == id)?;
    let view = &mut diagram.view;
    view.nodes[current].current = true;
    for (edge, (from, to)) in view.edges.iter_mut().zip(&diagram.edges) {
        edge.here = *from == current || *to == current;
    }
    let url = view.nodes[current].level.url.clone();
    for rung in view.tracks.iter_mut().flat_map(|track| &mut track.rungs) {
        rung.current = rung.level.url == url;
    }
    Some(diagram.view)
}
