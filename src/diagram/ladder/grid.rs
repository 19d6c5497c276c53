//! The grid of a diagram: a layer for each rank, and one or more columns for each lane.
//!
//! A lane has several columns where it has several nodes of one rank. Before, between and after the columns are
//! *gutters*: gutter `n` is before column `n`. Below, between and above the layers are *channels*: channel `n` is below
//! layer `n`. Edges run in gutters and channels.
//!
//! Two scales count both at once: across, gutter `n` is at `2n` and column `n` at `2n + 1`; upwards, channel `n` is at
//! `2n` and layer `n` at `2n + 1`.

use std::ops::Range;

use super::graph::{Graph, LevelNode};

/// The layer and columns of every node, not yet in pixels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The rank of each layer, lowest first.
    pub(crate) layers: Vec<f64>,
    /// The lanes in the order in which they are drawn, as indexes into [`Graph::lanes`].
    pub(crate) lane_order: Vec<usize>,
    /// The columns of each lane, in that order.
    pub(crate) lane_columns: Vec<Range<usize>>,
    /// The position of each node.
    pub(crate) positions: Vec<GridPosition>,
}

/// The position of a node in the grid.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridPosition {
    /// Its layer.
    pub(crate) layer: usize,
    /// The columns in which it is centred.
    pub(crate) columns: Range<usize>,
    /// Whether it fills these columns, because several lanes share it. Other nodes are one column wide.
    pub(crate) fills_columns: bool,
}

impl GridPosition {
    /// The node's centre on the scale of gutters and columns.
    pub(crate) fn center(&self) -> usize {
        self.columns.start + self.columns.end
    }

    /// Whether a vertical line at `x` on the scale of gutters and columns would touch the node.
    pub(crate) fn covers(&self, x: usize) -> bool {
        let is_within = 2 * self.columns.start < x && x < 2 * self.columns.end;
        x == self.center() || self.fills_columns && is_within
    }
}

impl Grid {
    /// Assigns the nodes of a graph to layers and columns, with its lanes in the given order.
    pub(crate) fn new(graph: &Graph, lane_order: Vec<usize>) -> Self {
        let mut layers: Vec<f64> = graph.nodes.iter().map(|node| node.rank).collect();
        layers.sort_by(f64::total_cmp);
        layers.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let layer = |node: &LevelNode| layers.partition_point(|rank| rank.total_cmp(&node.rank).is_lt());
        let cells = NodesByCell::new(graph, &lane_order, layers.len(), layer);
        let mut lane_columns: Vec<Range<usize>> = Vec::new();
        for cells in &cells.by_lane {
            let start = lane_columns.last().map_or(0, |lane| lane.end);
            lane_columns.push(start..start + cells.iter().map(Vec::len).max().unwrap_or(0).max(1));
        }
        let mut positions = vec![GridPosition::default(); graph.nodes.len()];
        for (node, lanes) in cells.shared {
            let columns = lane_columns[lanes.start].start..lane_columns[lanes.end - 1].end;
            positions[node] = GridPosition { layer: layer(&graph.nodes[node]), columns, fills_columns: true };
        }
        for (lane, cells) in lane_columns.iter().zip(&cells.by_lane) {
            for (layer, nodes) in cells.iter().enumerate() {
                for (index, node) in nodes.iter().enumerate() {
                    let start = lane.start + index;
                    let end = if index + 1 == nodes.len() { lane.end } else { start + 1 };
                    positions[*node] = GridPosition { layer, columns: start..end, fills_columns: false };
                }
            }
        }
        Self { layers, lane_order, lane_columns, positions }
    }

    /// The number of columns.
    pub(crate) fn column_count(&self) -> usize {
        self.lane_columns.last().map_or(0, |lane| lane.end)
    }

    /// Whether a vertical line at `x`, on the scale of gutters and columns, touches no node between two layers.
    pub(crate) fn is_clear(&self, x: usize, above: usize, below: usize) -> bool {
        !self.positions.iter().any(|node| above < node.layer && node.layer < below && node.covers(x))
    }
}

/// The nodes in each lane and layer.
struct NodesByCell {
    /// By lane (in drawing order) and layer: the nodes that are in this lane alone, from left to right.
    by_lane: Vec<Vec<Vec<usize>>>,
    /// The nodes that extend over several lanes, with these.
    shared: Vec<(usize, Range<usize>)>,
}

impl NodesByCell {
    fn new(graph: &Graph, lane_order: &[usize], layers: usize, layer: impl Fn(&LevelNode) -> usize) -> Self {
        let mut lane_position = vec![0; lane_order.len()];
        for (position, lane) in lane_order.iter().enumerate() {
            lane_position[*lane] = position;
        }
        // By lane and layer: how many nodes belong there, shared ones included.
        let mut demand = vec![vec![0; layers]; lane_order.len()];
        for node in &graph.nodes {
            node.lanes.iter().for_each(|lane| demand[lane_position[*lane]][layer(node)] += 1);
        }
        let mut cells = Self { by_lane: vec![vec![Vec::new(); layers]; lane_order.len()], shared: Vec::new() };
        for (index, node) in graph.nodes.iter().enumerate() {
            let lanes = || node.lanes.iter().map(|lane| lane_position[*lane]);
            let (first, last) = (lanes().min().unwrap_or(0), lanes().max().unwrap_or(0));
            let is_contiguous = last - first + 1 == node.lanes.len();
            if node.lanes.len() > 1 && is_contiguous && lanes().all(|lane| demand[lane][layer(node)] == 1) {
                cells.shared.push((index, first..last + 1));
            } else if let Some(own) = lanes().next() {
                cells.by_lane[own][layer(node)].push(index);
            }
        }
        for nodes in cells.by_lane.iter_mut().flatten().filter(|nodes| nodes.len() > 1) {
            nodes.sort_by_key(|node| pull_to_the_right(graph, &lane_position, *node));
        }
        cells
    }
}

/// The number of a node's edges to lanes on its right, minus that of edges to lanes on its left.
fn pull_to_the_right(graph: &Graph, lane_position: &[usize], node: usize) -> isize {
    let main_lane = |node: usize| graph.nodes[node].lanes.first().map_or(0, |lane| lane_position[*lane]);
    let neighbours = graph.edges.iter().filter_map(|edge| match (edge.from == node, edge.to == node) {
        (true, _) => Some(edge.to),
        (_, true) => Some(edge.from),
        _ => None,
    });
    neighbours.map(|other| main_lane(other).cmp(&main_lane(node)) as isize).sum()
}
