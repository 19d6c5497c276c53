//! Rungs in layers (one for each rank) and columns (one for each lane, more where rungs of one rank stand side by side).

use std::ops::Range;

use super::plan::{Plan, Rung};

/// Where every rung stands, not yet in pixels. Between and beside the columns are gutters: gutter `n` is before column
/// `n`. Between the layers are channels: channel `n` is below layer `n`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The ranks that occur, lowest first.
    pub(crate) layers: Vec<f64>,
    /// The columns of every lane, in the order in which lanes stand.
    pub(crate) lanes: Vec<Range<usize>>,
    /// Which lane stands where: the positions in [`Plan::lanes`].
    pub(crate) order: Vec<usize>,
    /// The places of the rungs.
    pub(crate) places: Vec<Place>,
}

/// The place of a rung.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// Its layer.
    pub(crate) layer: usize,
    /// Its columns.
    pub(crate) columns: Range<usize>,
    /// Whether it is as wide as its columns: a rung that lanes share. Others have one width and stand in the middle.
    pub(crate) spans: bool,
}

impl Place {
    /// The middle on a scale on which gutter `n` is at `2 n` and column `n` at `2 n + 1`.
    pub(crate) fn middle(&self) -> usize {
        self.columns.start + self.columns.end
    }

    /// What it covers on that scale, ends excluded.
    pub(crate) fn covers(&self, at: usize) -> bool {
        let within = 2 * self.columns.start < at && at < 2 * self.columns.end;
        at == self.middle() || self.spans && within
    }
}

impl Grid {
    /// Finds the places of a plan's rungs, with lanes in an order.
    pub(crate) fn of(plan: &Plan, order: Vec<usize>) -> Self {
        let mut layers: Vec<f64> = plan.rungs.iter().map(|rung| rung.rank).collect();
        layers.sort_by(f64::total_cmp);
        layers.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let layer = |rung: &Rung| layers.partition_point(|rank| rank.total_cmp(&rung.rank).is_lt());
        let cells = Cells::of(plan, &order, layers.len(), layer);
        let mut lanes: Vec<Range<usize>> = Vec::new();
        for cells in &cells.alone {
            let start = lanes.last().map_or(0, |lane| lane.end);
            lanes.push(start..start + cells.iter().map(Vec::len).max().unwrap_or(0).max(1));
        }
        let mut places = vec![Place::default(); plan.rungs.len()];
        for (rung, span) in cells.shared {
            let columns = lanes[span.start].start..lanes[span.end - 1].end;
            places[rung] = Place { layer: layer(&plan.rungs[rung]), columns, spans: true };
        }
        for (lane, cells) in lanes.iter().zip(&cells.alone) {
            for (layer, rungs) in cells.iter().enumerate() {
                for (at, rung) in rungs.iter().enumerate() {
                    let start = lane.start + at;
                    let end = if at + 1 == rungs.len() { lane.end } else { start + 1 };
                    places[*rung] = Place { layer, columns: start..end, spans: false };
                }
            }
        }
        Self { layers, lanes, order, places }
    }

    /// How many columns there are.
    pub(crate) fn columns(&self) -> usize {
        self.lanes.last().map_or(0, |lane| lane.end)
    }

    /// Whether a line can go up at a place, between two layers, without running into a rung.
    pub(crate) fn is_clear(&self, at: usize, above: usize, below: usize) -> bool {
        !self.places.iter().any(|place| above < place.layer && place.layer < below && place.covers(at))
    }
}

/// Which rungs stand in which lane and layer.
struct Cells {
    /// For each lane and layer, the rungs that stand in that lane alone.
    alone: Vec<Vec<Vec<usize>>>,
    /// The rungs that reach over several lanes.
    shared: Vec<(usize, Range<usize>)>,
}

impl Cells {
    fn of(plan: &Plan, order: &[usize], layers: usize, layer: impl Fn(&Rung) -> usize) -> Self {
        let mut place = vec![0; order.len()];
        for (at, lane) in order.iter().enumerate() {
            place[*lane] = at;
        }
        // How many rungs ask for a cell.
        let mut asked = vec![vec![0; layers]; order.len()];
        for rung in &plan.rungs {
            rung.lanes.iter().for_each(|lane| asked[place[*lane]][layer(rung)] += 1);
        }
        let mut cells = Self { alone: vec![vec![Vec::new(); layers]; order.len()], shared: Vec::new() };
        for (at, rung) in plan.rungs.iter().enumerate() {
            let places = || rung.lanes.iter().map(|lane| place[*lane]);
            let (first, last) = (places().min().unwrap_or(0), places().max().unwrap_or(0));
            let together = last - first + 1 == rung.lanes.len();
            if rung.lanes.len() > 1 && together && places().all(|lane| asked[lane][layer(rung)] == 1) {
                cells.shared.push((at, first..last + 1));
            } else if let Some(own) = places().next() {
                cells.alone[own][layer(rung)].push(at);
            }
        }
        for rungs in cells.alone.iter_mut().flatten().filter(|rungs| rungs.len() > 1) {
            rungs.sort_by_key(|rung| pull(plan, &place, *rung));
        }
        cells
    }
}

/// How many more ways join a rung to lanes on its right than to lanes on its left.
fn pull(plan: &Plan, place: &[usize], rung: usize) -> isize {
    let home = |rung: usize| plan.rungs[rung].lanes.first().map_or(0, |lane| place[*lane]);
    let others = plan.ways.iter().filter_map(|way| match (way.from == rung, way.to == rung) {
        (true, _) => Some(way.to),
        (_, true) => Some(way.from),
        _ => None,
    });
    others.map(|other| home(other).cmp(&home(rung)) as isize).sum()
}
