//! Ports: the heights at which edges touch the left and right sides of nodes, in an order that avoids crossings.

use std::collections::BTreeMap;

use super::corridor::{Corridor, Segment};
use super::drawing::{NodeBox, px};
use super::route::{NodeSide, Route};
use super::slots::Slots;

/// The distance between two ports on one side of a node, if the node is high enough.
const PORT_DISTANCE: i32 = 9;

/// The distance between two ports whose edges go straight across a gutter.
const STRAIGHT_PORT_DISTANCE: i32 = 8;

/// The part of a side at each corner of a node that has no ports.
const CORNER_MARGIN: i32 = 5;

/// The distance by which a port moves that would coincide with one on the other side of the gutter.
const PORT_SHIFT: i32 = 5;

/// The distance below which two ports on opposite sides of a gutter coincide.
const MIN_OPPOSITE_DISTANCE: i32 = 4;

/// The heights at which each route starts and ends, by the route's index.
#[derive(Debug)]
pub(crate) struct Ports(Vec<(i32, i32)>);

/// One end of an edge at the left or right side of a node. The order of ends is that of their ports from the top down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct EdgeEnd {
    direction: Direction,
    /// The order among ends of one direction, such that the edges don't cross.
    rank: i32,
    /// The gutter in which the edge goes on, and its slot there.
    gutter_slot: (usize, usize),
    route: usize,
    is_start: bool,
}

/// The direction of an edge from its port, in the gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    /// Up; the nearest slot is uppermost.
    Up,
    /// Straight across the gutter.
    Across,
    /// Down; the nearest slot is lowest.
    Down,
}

impl Ports {
    /// Assigns a port to every end of every route that is at the left or right side of a node.
    pub(crate) fn assign(routes: &[Route], slots: &Slots, nodes: &[NodeBox]) -> Self {
        let mut sides: BTreeMap<(usize, NodeSide), Vec<EdgeEnd>> = BTreeMap::new();
        for (index, route) in routes.iter().enumerate() {
            for is_start in [true, false] {
                let (node, side) = if is_start { (route.edge.from, route.from) } else { (route.edge.to, route.to) };
                if matches!(side, NodeSide::Left | NodeSide::Right) {
                    sides.entry((node, side)).or_default().push(edge_end(index, route, is_start, side, slots));
                }
            }
        }
        let mut ports = Self(vec![(0, 0); routes.len()]);
        for ((node, _), ends) in &mut sides {
            ends.sort_unstable();
            ports.distribute(ends, &nodes[*node]);
        }
        ports.separate_opposite(&sides);
        ports
    }

    /// The heights at which a route starts and ends.
    pub(crate) fn of_route(&self, route: usize) -> (i32, i32) {
        self.0[route]
    }

    /// Distributes the ends at one side of a node, in their order, around the middle of the side.
    fn distribute(&mut self, ends: &[EdgeEnd], node: &NodeBox) {
        let count = |direction| px(ends.iter().filter(|end| end.direction == direction).count());
        let (up, across, all) = (count(Direction::Up), count(Direction::Across), px(ends.len()));
        let half = node.height / 2 - CORNER_MARGIN;
        let distance = if across == 0 {
            PORT_DISTANCE.min(2 * half / (all - 1).max(1))
        } else {
            let room = half - (across - 1) * STRAIGHT_PORT_DISTANCE / 2;
            PORT_DISTANCE.min(room / up.max(all - up - across).max(1))
        };
        for (index, end) in ends.iter().enumerate() {
            let index = px(index);
            // An edge straight across has the same height at both nodes, so its port can't depend on the others.
            let offset = match (across, end.direction) {
                (0, _) => (2 * index - all + 1) * distance / 2,
                (_, Direction::Up) => -(across - 1) * STRAIGHT_PORT_DISTANCE / 2 - (up - index) * distance,
                (_, Direction::Across) => (2 * (index - up) - across + 1) * STRAIGHT_PORT_DISTANCE / 2,
                (_, Direction::Down) => {
                    (across - 1) * STRAIGHT_PORT_DISTANCE / 2 + (index - up - across + 1) * distance
                }
            };
            let limit = half + 2;
            *self.height_mut(end) = node.top + node.height / 2 + offset.clamp(-limit, limit);
        }
    }

    /// Moves ports that are at nearly the same height on the two sides of a gutter, where their edges would coincide.
    fn separate_opposite(&mut self, sides: &BTreeMap<(usize, NodeSide), Vec<EdgeEnd>>) {
        let bent_ends = |of: NodeSide| {
            let ends = sides.iter().filter(move |((_, side), _)| *side == of).flat_map(|(_, ends)| ends);
            ends.filter(|end| end.direction != Direction::Across)
        };
        for right in bent_ends(NodeSide::Right) {
            for left in bent_ends(NodeSide::Left) {
                let (height, opposite) = (self.height(left), self.height(right));
                let same_gutter = right.gutter_slot.0 == left.gutter_slot.0;
                let meet = same_gutter && right.gutter_slot.1 >= left.gutter_slot.1;
                if meet && opposite.abs_diff(height) < MIN_OPPOSITE_DISTANCE.unsigned_abs() {
                    let shift = if left.direction == Direction::Up { -PORT_SHIFT } else { PORT_SHIFT };
                    *self.height_mut(left) = opposite + shift;
                }
            }
        }
    }

    fn height(&self, end: &EdgeEnd) -> i32 {
        let (start, last) = self.0[end.route];
        if end.is_start { start } else { last }
    }

    fn height_mut(&mut self, end: &EdgeEnd) -> &mut i32 {
        let (start, last) = &mut self.0[end.route];
        if end.is_start { start } else { last }
    }
}

fn edge_end(index: usize, route: &Route, is_start: bool, side: NodeSide, slots: &Slots) -> EdgeEnd {
    let nearest = if is_start { 0 } else { route.segments.len().saturating_sub(1) };
    let Some(segment) = route.segments.get(nearest) else {
        return EdgeEnd { direction: Direction::Across, rank: px(index), gutter_slot: (0, 0), route: index, is_start };
    };
    let slot = slots.slot(index, nearest);
    let (Corridor::Gutter(gutter) | Corridor::Channel(gutter)) = segment.corridor;
    let (direction, rank) = direction(segment, side, is_start, slot);
    EdgeEnd { direction, rank, gutter_slot: (gutter, slot), route: index, is_start }
}

/// The direction of an edge in the segment next to its port, and its order among edges of the same direction.
fn direction(segment: &Segment, side: NodeSide, is_start: bool, slot: usize) -> (Direction, i32) {
    let distance = if side == NodeSide::Right { px(slot) } else { -px(slot) };
    if (segment.end > segment.start) == is_start { (Direction::Up, distance) } else { (Direction::Down, -distance) }
}
