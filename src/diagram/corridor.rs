//! Lines beside each other in one gutter or channel, in an order in which they cross as little as they can.

use std::collections::BTreeMap;

use super::route::{Route, Run, Side};

/// Which tracks the runs of all lines take in their gutters and channels.
#[derive(Debug, Default)]
pub(crate) struct Corridors {
    /// How many tracks a gutter (`true`) or channel (`false`) needs, by its number.
    counts: BTreeMap<(bool, usize), usize>,
    /// The track of each run, by route and run: from the left, or from below.
    tracks: BTreeMap<(usize, usize), usize>,
}

/// One run among the others of its corridor.
#[derive(Debug, Clone)]
struct Part {
    key: (usize, usize),
    low: usize,
    high: usize,
    /// Where its ends are, and to which side of the corridor the line goes on there.
    ends: [(usize, Toward); 2],
    /// The rungs that the line joins, when the run is a bend between rungs of one lane.
    bend: Option<(usize, usize)>,
}

/// Sides of a corridor, in the order in which its tracks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toward {
    /// Left of a gutter, below a channel.
    Before,
    /// Right of a gutter, above a channel.
    After,
}

/// Beyond this, runs of one corridor keep the order in which they come.
const MOST: usize = 40;

impl Corridors {
    /// Gives every run its track.
    pub(crate) fn of(routes: &[Route]) -> Self {
        let mut parts: BTreeMap<(bool, usize), Vec<Part>> = BTreeMap::new();
        for (at, route) in routes.iter().enumerate() {
            for (nth, run) in route.runs.iter().enumerate() {
                parts.entry((run.upright, run.corridor)).or_default().push(part(route, (at, nth), run));
            }
        }
        let mut corridors = Self::default();
        for (corridor, parts) in parts {
            let parts = in_order(parts);
            let mut placed: Vec<(usize, &Part)> = Vec::new();
            for part in &parts {
                let beside = placed.iter().filter(|(_, other)| meet(other, part) && !are_one(other, part));
                let track = beside.map(|(track, _)| track + 1).max().unwrap_or(0);
                placed.push((track, part));
                corridors.tracks.insert(part.key, track);
            }
            let count = placed.iter().map(|(track, _)| track + 1).max().unwrap_or(0);
            corridors.counts.insert(corridor, count);
        }
        corridors
    }

    /// How many tracks a gutter or channel needs.
    pub(crate) fn count(&self, upright: bool, corridor: usize) -> usize {
        self.counts.get(&(upright, corridor)).copied().unwrap_or(0)
    }

    /// The track of a run.
    pub(crate) fn track(&self, route: usize, run: usize) -> usize {
        self.tracks.get(&(route, run)).copied().unwrap_or(0)
    }
}

fn part(route: &Route, key: (usize, usize), run: &Run) -> Part {
    let toward = |is_after: bool| if is_after { Toward::After } else { Toward::Before };
    // A rung that is left on its right side lies left of the gutter, one that is left on top lies below the channel.
    let lies = |side: Side| toward(matches!(side, Side::Left | Side::Bottom));
    let before = key.1.checked_sub(1).map(|nth| &route.runs[nth]);
    let start = before.map_or_else(|| lies(route.from), |run| toward(run.start > run.end));
    let end = route.runs.get(key.1 + 1).map_or_else(|| lies(route.to), |run| toward(run.end > run.start));
    Part {
        key,
        low: run.start.min(run.end),
        high: run.start.max(run.end),
        ends: [(run.start, start), (run.end, end)],
        bend: (route.from == Side::Top).then_some((route.way.from, route.way.to)),
    }
}

/// Whether two runs have a place in common, so that one track does not do for both.
fn meet(a: &Part, b: &Part) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// Whether two bends may lie on each other: those from or to the same rung.
fn are_one(a: &Part, b: &Part) -> bool {
    matches!((a.bend, b.bend), (Some(a), Some(b)) if a.0 == b.0 || a.1 == b.1)
}

/// How often two lines cross when `a` comes before `b`.
fn crossings(a: &Part, b: &Part) -> usize {
    if are_one(a, b) {
        return 0;
    }
    let through = |(at, toward): &(usize, Toward), way: Toward, other: &Part| {
        usize::from(*toward == way && other.low < *at && *at < other.high)
    };
    let of_a: usize = a.ends.iter().map(|end| through(end, Toward::After, b)).sum();
    let of_b: usize = b.ends.iter().map(|end| through(end, Toward::Before, a)).sum();
    // Two ends at one height that go past each other lie on each other.
    let facing =
        a.ends.iter().filter(|(at, toward)| *toward == Toward::After && b.ends.contains(&(*at, Toward::Before)));
    of_a + of_b + facing.count()
}

/// Exchanges neighbours as long as that takes crossings away.
fn in_order(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by_key(|part| (part.low, part.high, part.key));
    let mut changed = parts.len() <= MOST;
    // Each exchange takes a crossing away, so this ends; the bound says so without a proof.
    let mut left = parts.len() * parts.len();
    while changed && left > 0 {
        changed = false;
        for at in 1..parts.len() {
            if crossings(&parts[at], &parts[at - 1]) < crossings(&parts[at - 1], &parts[at]) {
                parts.swap(at - 1, at);
                changed = true;
            }
        }
        left -= 1;
    }
    parts
}
