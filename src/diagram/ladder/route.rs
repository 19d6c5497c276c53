//! The routes of edges: straight up between nodes of a lane, and otherwise through gutters and channels around all nodes.

use super::corridor::{Corridor, Segment};
use super::graph::{Edge, Graph};
use super::grid::Grid;
use super::network::{Junction, Network};
use crate::view::EdgeKind;

/// The side of a node at which an edge starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NodeSide {
    /// The upper side.
    Top,
    /// The lower side.
    Bottom,
    /// The side that is first in reading direction.
    Left,
    /// The side that is last in reading direction.
    Right,
}

/// The route of an edge through the grid, not yet in pixels.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// The edge.
    pub(crate) edge: Edge,
    /// The side at which it leaves its first node.
    pub(crate) from: NodeSide,
    /// The side at which it reaches its last node.
    pub(crate) to: NodeSide,
    /// For a straight edge, the node at whose centre it is. The other node may be wider and have its centre elsewhere.
    pub(crate) aligned_with: Option<usize>,
    /// Its segments in corridors, alternately vertical and horizontal. Empty for a straight edge.
    pub(crate) segments: Vec<Segment>,
}

/// Finds a route for every edge. Straight ones come first; then short ones before long ones, which go around them.
pub(crate) fn route_edges(graph: &Graph, grid: &Grid) -> Vec<Route> {
    let mut network = Network::new(grid);
    let (mut routes, mut others): (Vec<Route>, Vec<Edge>) = (Vec::new(), Vec::new());
    for edge in &graph.edges {
        match route_upwards(graph, grid, *edge) {
            Some(route) => routes.push(route),
            None => others.push(*edge),
        }
    }
    for route in &routes {
        let (from, to) = (&grid.positions[route.edge.from], &grid.positions[route.edge.to]);
        let column = route.aligned_with.map_or(from.columns.start, |node| (grid.positions[node].center() - 1) / 2);
        network.add_straight_edge(column, from.layer, to.layer);
    }
    let distance = |edge: &Edge| {
        let (from, to) = (&grid.positions[edge.from], &grid.positions[edge.to]);
        from.center().abs_diff(to.center()) + from.layer.abs_diff(to.layer)
    };
    others.sort_by_key(|edge| (distance(edge), edge.from, edge.to));
    routes.extend(others.into_iter().filter_map(|edge| route_around(&mut network, grid, edge)));
    routes
}

/// The route of a step to a higher node of the same lane: straight, or with one bend; `None` if nodes are in between.
fn route_upwards(graph: &Graph, grid: &Grid, edge: Edge) -> Option<Route> {
    let (from, to) = (&grid.positions[edge.from], &grid.positions[edge.to]);
    let columns_overlap = from.columns.start < to.columns.end && to.columns.start < from.columns.end;
    let share_a_lane = graph.nodes[edge.from].lanes.iter().any(|lane| graph.nodes[edge.to].lanes.contains(lane));
    if edge.kind != EdgeKind::Step || to.layer <= from.layer || !(columns_overlap || share_a_lane) {
        return None;
    }
    let route =
        |aligned_with, segments| Route { edge, from: NodeSide::Top, to: NodeSide::Bottom, aligned_with, segments };
    let is_clear = |x: usize| grid.is_clear(x, from.layer, to.layer);
    // Between a node that lanes share and a narrower one, the edge is at the centre of the narrower one.
    let mut ends = [(edge.from, from.center(), to), (edge.to, to.center(), from)];
    ends.sort_by_key(|(node, ..)| {
        let position = &grid.positions[*node];
        if position.fills_columns { position.columns.len() } else { 0 }
    });
    for (node, center, other) in ends {
        if other.covers(center) && is_clear(center) {
            return Some(route(Some(node), Vec::new()));
        }
    }
    let (start, end) = (from.center(), to.center());
    let bend_in = |channel| route(None, vec![Segment { corridor: Corridor::Channel(channel), start, end }]);
    if is_clear(start) {
        Some(bend_in(to.layer))
    } else if is_clear(end) {
        Some(bend_in(from.layer + 1))
    } else {
        None
    }
}

/// The cheapest route through the network from the left or right of one node to the left or right of the other.
fn route_around(network: &mut Network, grid: &Grid, edge: Edge) -> Option<Route> {
    let starts = network.junctions_beside(&grid.positions[edge.from]);
    let goals = network.junctions_beside(&grid.positions[edge.to]);
    let path = network.cheapest_path(&starts, &goals)?;
    let side = |beside: [Junction; 2], junction: Junction| match beside {
        [left, _] if left == junction => Some(NodeSide::Left),
        [_, right] if right == junction => Some(NodeSide::Right),
        _ => None,
    };
    let (from, to) = (side(starts, *path.first()?)?, side(goals, *path.last()?)?);
    network.add_path(&path);
    Some(Route { edge, from, to, aligned_with: None, segments: network.segments(&path) })
}
