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

use crate::context::RenderContext;
use crate::ladder::LevelId;
use crate::view::DiagramView;

/// The diagram of the whole ladder, for the home page; `None` if it would have fewer than two levels or too many to be
/// readable.
pub(crate) fn of_whole_ladder(context: &RenderContext) -> Option<DiagramView> {
    let selection = selection::whole_ladder(context)?;
    let drawing = layout::layout(&selection.graph, &metrics::HOME_PAGE);
    let tracks = view::track_lists(context, &selection, &drawing);
    let view = view::view(context, &selection, &drawing, &metrics::HOME_PAGE, None);
    Some(DiagramView { is_whole: true, tracks, ..view })
}

/// The diagram for a level's page, with that level marked: a window of the ladder with the levels that are next to it.
/// `None` if all of these are on its own track, so that the diagram would be a single line.
pub(crate) fn around_level(context: &RenderContext, id: LevelId) -> Option<DiagramView> {
    let selection = selection::around_level(context, id)?;
    let drawing = layout::layout(&selection.graph, &metrics::LEVEL_PAGE);
    Some(view::view(context, &selection, &drawing, &metrics::LEVEL_PAGE, Some(id)))
}
