//! The routing network: the junctions of gutters and rows, and the cheapest path between two of them.
//!
//! A row is a channel or a layer. Along a gutter a path can go from row to row; along a channel it can cross the columns.
//! Edges that were routed before make a junction more expensive, so that later ones avoid them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::corridor::{Corridor, Segment};
use super::grid::{Grid, GridPosition};

/// The cost of going from one row to the next.
const ROW_COST: usize = 2;

/// The cost of going across a column.
const COLUMN_COST: usize = 6;

/// The cost of crossing a straight edge in a column.
const CROSSING_COST: usize = 10;

/// The cost of a bend.
const BEND_COST: usize = 5;

/// The cost of each edge that already runs along the same stretch.
const SHARED_STRETCH_COST: usize = 1;

/// The junction of a gutter and a row, as an index: junctions of a gutter follow each other, from the lowest row up.
pub(crate) type Junction = usize;

/// Gutters and rows with the edges that have been routed so far.
pub(crate) struct Network {
    gutters: usize,
    /// The number of rows: channels and layers.
    rows: usize,
    /// By junction: whether a node covers it.
    blocked: Vec<bool>,
    /// By junction: how many edges reach it along its gutter.
    gutter_load: Vec<usize>,
    /// By junction: how many edges go from it across the column on its right.
    column_load: Vec<usize>,
    /// By junction: how many straight edges the column on its right has there.
    straight_edges: Vec<usize>,
}

impl Network {
    /// The network of a grid, without edges.
    pub(crate) fn new(grid: &Grid) -> Self {
        let (gutters, rows) = (grid.column_count() + 1, 2 * grid.layers.len() + 1);
        let size = gutters * rows;
        let mut blocked = vec![false; size];
        for node in &grid.positions {
            for gutter in node.columns.start + 1..node.columns.end {
                blocked[gutter * rows + 2 * node.layer + 1] = true;
            }
        }
        Self {
            gutters,
            rows,
            blocked,
            gutter_load: vec![0; size],
            column_load: vec![0; size],
            straight_edges: vec![0; size],
        }
    }

    /// The junctions on the left and on the right of a node.
    pub(crate) fn junctions_beside(&self, node: &GridPosition) -> [Junction; 2] {
        let row = 2 * node.layer + 1;
        [node.columns.start, node.columns.end].map(|gutter| gutter * self.rows + row)
    }

    /// Records an edge that goes straight up in a column, so that paths avoid crossing it.
    pub(crate) fn add_straight_edge(&mut self, column: usize, from_layer: usize, to_layer: usize) {
        for channel in from_layer + 1..=to_layer {
            self.straight_edges[column * self.rows + 2 * channel] += 1;
        }
    }

    /// Records an edge that takes a path.
    pub(crate) fn add_path(&mut self, path: &[Junction]) {
        for step in path.windows(2) {
            if is_along_gutter(step) {
                self.gutter_load[step[1]] += 1;
            } else {
                self.column_load[step[0].min(step[1])] += 1;
            }
        }
    }

    /// The cheapest path from one of several junctions to one of others, by Dijkstra's algorithm. Equal costs are
    /// resolved by the order of junctions, so that the result is always the same.
    pub(crate) fn cheapest_path(&self, starts: &[Junction], goals: &[Junction]) -> Option<Vec<Junction>> {
        // A state is a junction and the direction in which it was reached, because bends cost: `2 * junction` along a
        // channel (or from a node), `2 * junction + 1` along a gutter.
        let mut best = vec![usize::MAX; 2 * self.blocked.len()];
        let mut previous = vec![usize::MAX; best.len()];
        let mut open = BinaryHeap::new();
        for start in starts.iter().filter(|start| !self.blocked[**start]) {
            best[2 * start] = 0;
            open.push(Reverse((0, 2 * start)));
        }
        while let Some(Reverse((cost, state))) = open.pop() {
            if goals.contains(&(state / 2)) {
                let mut path = vec![state / 2];
                let mut state = state;
                while previous[state] != usize::MAX {
                    state = previous[state];
                    path.push(state / 2);
                }
                path.reverse();
                return Some(path);
            }
            if cost > best[state] {
                continue;
            }
            for (next, step_cost) in self.next_states(state) {
                if cost + step_cost < best[next] {
                    best[next] = cost + step_cost;
                    previous[next] = state;
                    open.push(Reverse((cost + step_cost, next)));
                }
            }
        }
        None
    }

    /// The states that one step leads to, each with the cost of that step.
    fn next_states(&self, state: usize) -> Vec<(usize, usize)> {
        let (junction, was_along_gutter) = (state / 2, state % 2 == 1);
        let (gutter, row) = (junction / self.rows, junction % self.rows);
        let bend = |is_along_gutter: bool| if is_along_gutter == was_along_gutter { 0 } else { BEND_COST };
        let mut next_states = Vec::new();
        let up = (row + 1 < self.rows).then_some(junction + 1);
        let down = row.checked_sub(1).map(|_| junction.wrapping_sub(1));
        for next in up.into_iter().chain(down).filter(|next| !self.blocked[*next]) {
            next_states.push((2 * next + 1, ROW_COST + bend(true) + SHARED_STRETCH_COST * self.gutter_load[next]));
        }
        let across_column = |left: Junction| {
            let crossings = CROSSING_COST * self.straight_edges[left];
            COLUMN_COST + bend(false) + crossings + SHARED_STRETCH_COST * self.column_load[left]
        };
        let is_channel = row % 2 == 0;
        if is_channel && gutter + 1 < self.gutters {
            next_states.push((2 * (junction + self.rows), across_column(junction)));
        }
        if is_channel && gutter > 0 {
            next_states.push((2 * (junction - self.rows), across_column(junction - self.rows)));
        }
        next_states
    }

    /// A path as straight segments.
    pub(crate) fn segments(&self, path: &[Junction]) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for step in path.windows(2) {
            let (from, to) = (step[0], step[1]);
            let (corridor, start, end) = if is_along_gutter(step) {
                (Corridor::Gutter(from / self.rows), from % self.rows, to % self.rows)
            } else {
                (Corridor::Channel(from % self.rows / 2), 2 * (from / self.rows), 2 * (to / self.rows))
            };
            match segments.last_mut().filter(|segment| segment.corridor.is_vertical() == corridor.is_vertical()) {
                Some(segment) => segment.end = end,
                None => segments.push(Segment { corridor, start, end }),
            }
        }
        segments
    }
}

/// Whether a step of a path goes from row to row, and not across a column.
fn is_along_gutter(step: &[Junction]) -> bool {
    step[0].abs_diff(step[1]) == 1
}
