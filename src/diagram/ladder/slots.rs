//! Slots: the parallel positions of segments in one corridor, in an order that avoids crossings.

use std::collections::BTreeMap;

use super::corridor::{Corridor, Segment};
use super::route::{Route, Side};

/// The most segments of one corridor that are sorted by crossings, which takes time quadratic in their number or worse.
/// More of them are sorted by position only.
const MAX_SORTED_SEGMENTS: usize = 40;

/// The slot of every segment.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// How many slots each corridor needs.
    counts: BTreeMap<Corridor, usize>,
    /// The slot of each segment, counted from the left of a gutter and from the bottom of a channel.
    slots: BTreeMap<SegmentKey, usize>,
}

/// The index of a route, and the index of one of its segments.
type SegmentKey = (usize, usize);

/// A segment with what decides how it crosses others of its corridor.
#[derive(Debug, Clone)]
struct Candidate {
    key: SegmentKey,
    low: usize,
    high: usize,
    /// The position of each end along the corridor, and the side of the corridor to which the edge leaves there.
    ends: [(usize, CorridorSide); 2],
    /// The first and last node of the edge, when the segment is the only one, between nodes of a lane.
    bend_between: Option<(usize, usize)>,
}

/// A side of a corridor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CorridorSide {
    /// The side of the first slot: left of a gutter, below a channel.
    First,
    /// The side of the last slot: right of a gutter, above a channel.
    Last,
}

impl Slots {
    /// Assigns a slot to every segment of every route. Segments that overlap have different slots, except bends that
    /// start or end at the same node.
    pub(crate) fn assign(routes: &[Route]) -> Self {
        let mut corridors: BTreeMap<Corridor, Vec<Candidate>> = BTreeMap::new();
        for (route_index, route) in routes.iter().enumerate() {
            for (index, segment) in route.segments.iter().enumerate() {
                let candidates = corridors.entry(segment.corridor).or_default();
                candidates.push(candidate(route, (route_index, index), segment));
            }
        }
        let mut slots = Self::default();
        for (corridor, candidates) in corridors {
            let candidates = sorted_by_crossings(candidates);
            let mut placed: Vec<(usize, &Candidate)> = Vec::new();
            for candidate in &candidates {
                let conflicting =
                    placed.iter().filter(|(_, other)| overlap(other, candidate) && !may_merge(other, candidate));
                let slot = conflicting.map(|(slot, _)| slot + 1).max().unwrap_or(0);
                placed.push((slot, candidate));
                slots.slots.insert(candidate.key, slot);
            }
            let count = placed.iter().map(|(slot, _)| slot + 1).max().unwrap_or(0);
            slots.counts.insert(corridor, count);
        }
        slots
    }

    /// How many slots a corridor needs.
    pub(crate) fn count(&self, corridor: Corridor) -> usize {
        self.counts.get(&corridor).copied().unwrap_or(0)
    }

    /// The slot of a segment, by the indexes of its route and of the segment.
    pub(crate) fn slot(&self, route: usize, segment: usize) -> usize {
        self.slots.get(&(route, segment)).copied().unwrap_or(0)
    }
}

fn candidate(route: &Route, key: SegmentKey, segment: &Segment) -> Candidate {
    let side = |is_last: bool| if is_last { CorridorSide::Last } else { CorridorSide::First };
    // A node whose right side the edge leaves is left of the gutter; one whose top it leaves is below the channel.
    let node_side = |side_of_node: Side| side(matches!(side_of_node, Side::Left | Side::Bottom));
    let previous = key.1.checked_sub(1).map(|index| &route.segments[index]);
    let next = route.segments.get(key.1 + 1);
    let start = previous.map_or_else(|| node_side(route.from), |previous| side(previous.start > previous.end));
    let end = next.map_or_else(|| node_side(route.to), |next| side(next.end > next.start));
    Candidate {
        key,
        low: segment.start.min(segment.end),
        high: segment.start.max(segment.end),
        ends: [(segment.start, start), (segment.end, end)],
        bend_between: (route.from == Side::Top).then_some((route.edge.from, route.edge.to)),
    }
}

/// Whether two segments of a corridor have a position in common.
fn overlap(a: &Candidate, b: &Candidate) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// Whether two segments may have the same slot although they overlap: bends that start or end at the same node.
fn may_merge(a: &Candidate, b: &Candidate) -> bool {
    matches!((a.bend_between, b.bend_between), (Some(a), Some(b)) if a.0 == b.0 || a.1 == b.1)
}

/// How often the edges of two segments cross if `a` has a slot before that of `b`.
fn crossings(a: &Candidate, b: &Candidate) -> usize {
    if may_merge(a, b) {
        return 0;
    }
    let crosses = |(position, side): &(usize, CorridorSide), crossing_side: CorridorSide, other: &Candidate| {
        usize::from(*side == crossing_side && other.low < *position && *position < other.high)
    };
    let by_ends_of_a: usize = a.ends.iter().map(|end| crosses(end, CorridorSide::Last, b)).sum();
    let by_ends_of_b: usize = b.ends.iter().map(|end| crosses(end, CorridorSide::First, a)).sum();
    // Two ends at one position that leave to opposite sides would coincide.
    let coinciding = a
        .ends
        .iter()
        .filter(|(position, side)| *side == CorridorSide::Last && b.ends.contains(&(*position, CorridorSide::First)));
    by_ends_of_a + by_ends_of_b + coinciding.count()
}

/// Swaps adjacent segments as long as this removes crossings.
fn sorted_by_crossings(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| (candidate.low, candidate.high, candidate.key));
    let mut has_changed = candidates.len() <= MAX_SORTED_SEGMENTS;
    // Each swap removes a crossing, so the loop ends anyway; the bound makes that obvious.
    let mut rounds_left = candidates.len() * candidates.len();
    while has_changed && rounds_left > 0 {
        has_changed = false;
        for index in 1..candidates.len() {
            let (a, b) = (&candidates[index - 1], &candidates[index]);
            if crossings(b, a) < crossings(a, b) {
                candidates.swap(index - 1, index);
                has_changed = true;
            }
        }
        rounds_left -= 1;
    }
    candidates
}
