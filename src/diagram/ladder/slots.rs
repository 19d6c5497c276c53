//! Slots: the parallel positions of segments in one corridor, in an order that avoids crossings.

use std::collections::BTreeMap;

use super::corridor::{Corridor, Segment};
use super::route::{NodeSide, Route};

/// The most segments of one corridor that are sorted by crossings, which takes time quadratic in their number or worse.
/// More of them are sorted by position only.
const MAX_SORTED_SEGMENTS: usize = 40;

/// The slot of every segment.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// The number of slots that each corridor needs.
    counts: BTreeMap<Corridor, usize>,
    /// The slot of each segment, counted from the left of a gutter and from the bottom of a channel.
    slots: BTreeMap<SegmentKey, usize>,
}

/// The index of a route, and the index of one of its segments.
type SegmentKey = (usize, usize);

/// A segment with the data that determines its crossings with others of its corridor.
#[derive(Debug, Clone)]
struct SlotRequest {
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
        let mut corridors: BTreeMap<Corridor, Vec<SlotRequest>> = BTreeMap::new();
        for (route_index, route) in routes.iter().enumerate() {
            for (index, segment) in route.segments.iter().enumerate() {
                let requests = corridors.entry(segment.corridor).or_default();
                requests.push(slot_request(route, (route_index, index), segment));
            }
        }
        let mut slots = Self::default();
        for (corridor, requests) in corridors {
            let requests = sorted_by_crossings(requests);
            let mut placed: Vec<(usize, &SlotRequest)> = Vec::new();
            for request in &requests {
                let conflicting =
                    placed.iter().filter(|(_, other)| overlap(other, request) && !may_merge(other, request));
                let slot = conflicting.map(|(slot, _)| slot + 1).max().unwrap_or(0);
                placed.push((slot, request));
                slots.slots.insert(request.key, slot);
            }
            let count = placed.iter().map(|(slot, _)| slot + 1).max().unwrap_or(0);
            slots.counts.insert(corridor, count);
        }
        slots
    }

    /// The number of slots that a corridor needs.
    pub(crate) fn count(&self, corridor: Corridor) -> usize {
        self.counts.get(&corridor).copied().unwrap_or(0)
    }

    /// The slot of a segment, by the indexes of its route and of the segment.
    pub(crate) fn slot(&self, route: usize, segment: usize) -> usize {
        self.slots.get(&(route, segment)).copied().unwrap_or(0)
    }
}

fn slot_request(route: &Route, key: SegmentKey, segment: &Segment) -> SlotRequest {
    let side = |is_last: bool| if is_last { CorridorSide::Last } else { CorridorSide::First };
    // A node whose right side the edge leaves is left of the gutter; one whose top it leaves is below the channel.
    let node_side = |side_of_node: NodeSide| side(matches!(side_of_node, NodeSide::Left | NodeSide::Bottom));
    let previous = key.1.checked_sub(1).map(|index| &route.segments[index]);
    let next = route.segments.get(key.1 + 1);
    let start = previous.map_or_else(|| node_side(route.from), |previous| side(previous.start > previous.end));
    let end = next.map_or_else(|| node_side(route.to), |next| side(next.end > next.start));
    SlotRequest {
        key,
        low: segment.start.min(segment.end),
        high: segment.start.max(segment.end),
        ends: [(segment.start, start), (segment.end, end)],
        bend_between: (route.from == NodeSide::Top).then_some((route.edge.from, route.edge.to)),
    }
}

/// Whether two segments of a corridor have a position in common.
fn overlap(a: &SlotRequest, b: &SlotRequest) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// Whether two segments may have the same slot although they overlap: bends that start or end at the same node.
fn may_merge(a: &SlotRequest, b: &SlotRequest) -> bool {
    matches!((a.bend_between, b.bend_between), (Some(a), Some(b)) if a.0 == b.0 || a.1 == b.1)
}

/// The number of crossings of the edges of two segments if `a` has a slot before that of `b`.
fn crossings(a: &SlotRequest, b: &SlotRequest) -> usize {
    if may_merge(a, b) {
        return 0;
    }
    let crosses = |(position, side): &(usize, CorridorSide), crossing_side: CorridorSide, other: &SlotRequest| {
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
fn sorted_by_crossings(mut requests: Vec<SlotRequest>) -> Vec<SlotRequest> {
    requests.sort_by_key(|request| (request.low, request.high, request.key));
    let mut has_changed = requests.len() <= MAX_SORTED_SEGMENTS;
    // Each swap removes a crossing, so the loop ends anyway; the bound makes that obvious.
    let mut rounds_left = requests.len() * requests.len();
    while has_changed && rounds_left > 0 {
        has_changed = false;
        for index in 1..requests.len() {
            let (a, b) = (&requests[index - 1], &requests[index]);
            if crossings(b, a) < crossings(a, b) {
                requests.swap(index - 1, index);
                has_changed = true;
            }
        }
        rounds_left -= 1;
    }
    requests
}
