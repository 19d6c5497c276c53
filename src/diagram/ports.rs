//! Where lines touch the sides of rungs: as many places as lines, in an order in which none crosses another.

use std::collections::BTreeMap;

use super::corridor::Corridors;
use super::draw::{Node, px};
use super::route::{Route, Run, Side};

/// Between two lines at one side of a rung, where it is high enough.
const APART: i32 = 9;

/// Between two lines straight across.
const LEVEL: i32 = 8;

/// What stays free at the corners of a rung.
const CORNER: i32 = 5;

/// How far ends move that would lie on each other.
const SHIFT: i32 = 5;

/// The order of ends of lines that go straight across a gutter.
const LEVEL_ENDS: u8 = 1;

/// The height at which each line touches the rungs at its ends.
#[derive(Debug)]
pub(crate) struct Ports(Vec<(i32, i32)>);

/// One end of a line at the side of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    /// From the top down: lines that come from above, the nearest first; those from the other side of the gutter; those
    /// that come from below, the nearest last.
    order: (u8, i32),
    /// The gutter and the track in it where the line goes on.
    place: (usize, usize),
    route: usize,
    is_start: bool,
}

impl Ports {
    /// Gives every end its place.
    pub(crate) fn of(routes: &[Route], corridors: &Corridors, nodes: &[Node]) -> Self {
        let mut sides: BTreeMap<(usize, Side), Vec<End>> = BTreeMap::new();
        for (at, route) in routes.iter().enumerate() {
            for is_start in [true, false] {
                let (rung, side) = if is_start { (route.way.from, route.from) } else { (route.way.to, route.to) };
                if matches!(side, Side::Left | Side::Right) {
                    let nth = if is_start { 0 } else { route.runs.len().saturating_sub(1) };
                    let run = route.runs.get(nth);
                    let place = run.map_or((0, 0), |run| (run.corridor, corridors.track(at, nth)));
                    let order = run.map_or((LEVEL_ENDS, px(at)), |run| order(run, side, is_start, place.1));
                    sides.entry((rung, side)).or_default().push(End { order, place, route: at, is_start });
                }
            }
        }
        let mut ports = Self(vec![(0, 0); routes.len()]);
        for ((rung, _), ends) in &mut sides {
            ends.sort_unstable();
            ports.place(ends, &nodes[*rung]);
        }
        ports.part(&sides);
        ports
    }

    /// Moves ends apart that would lie on each other: those of two rungs on the two sides of a gutter, at one height.
    fn part(&mut self, sides: &BTreeMap<(usize, Side), Vec<End>>) {
        let ends = |of: Side| sides.iter().filter(move |((_, side), _)| *side == of).flat_map(|(_, ends)| ends);
        let is_bent = |end: &&End| end.order.0 != LEVEL_ENDS;
        for right in ends(Side::Right).filter(is_bent) {
            for left in ends(Side::Left).filter(is_bent) {
                let (beside, track) = (self.height(right), right.place.1 >= left.place.1);
                let height = self.height(left);
                if right.place.0 == left.place.0 && track && beside.abs_diff(height) < 4 {
                    *self.height_mut(left) = if left.order.0 == 0 { beside - SHIFT } else { beside + SHIFT };
                }
            }
        }
    }

    fn height(&self, end: &End) -> i32 {
        let port = self.0[end.route];
        if end.is_start { port.0 } else { port.1 }
    }

    fn height_mut(&mut self, end: &End) -> &mut i32 {
        let port = &mut self.0[end.route];
        if end.is_start { &mut port.0 } else { &mut port.1 }
    }

    /// The heights at which a line starts and ends.
    pub(crate) fn of_route(&self, route: usize) -> (i32, i32) {
        self.0[route]
    }

    fn place(&mut self, ends: &[End], node: &Node) {
        let count = |kind: u8| px(ends.iter().filter(|end| end.order.0 == kind).count());
        let (above, level, all) = (count(0), count(1), px(ends.len()));
        let half = node.height / 2 - CORNER;
        let apart = match level {
            0 => APART.min(2 * half / (all - 1).max(1)),
            _ => APART.min((half - (level - 1) * LEVEL / 2) / above.max(all - above - level).max(1)),
        };
        for (nth, end) in ends.iter().enumerate() {
            let nth = px(nth);
            // A line straight across has the same height at both its rungs, whatever else is there.
            let offset = match (level, end.order.0) {
                (0, _) => (2 * nth - all + 1) * apart / 2,
                (_, 0) => -(level - 1) * LEVEL / 2 - (above - nth) * apart,
                (_, 1) => (2 * (nth - above) - level + 1) * LEVEL / 2,
                _ => (level - 1) * LEVEL / 2 + (nth - above - level + 1) * apart,
            };
            let most = half + 2;
            *self.height_mut(end) = node.top + node.height / 2 + offset.clamp(-most, most);
        }
    }
}

fn order(run: &Run, side: Side, is_start: bool, track: usize) -> (u8, i32) {
    let distance = if side == Side::Right { px(track) } else { -px(track) };
    if (run.end > run.start) == is_start { (0, distance) } else { (2, -distance) }
}
