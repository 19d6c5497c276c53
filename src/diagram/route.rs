//! The ways of lines: straight up between rungs of a lane, and else through gutters and channels, past every rung.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::Grid;
use super::plan::{Plan, Relation, Way};

/// Which border of a rung a line touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The upper one.
    Top,
    /// The lower one.
    Bottom,
    /// The one before it in reading direction.
    Left,
    /// The one after it.
    Right,
}

/// The way of one line.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// What it shows.
    pub(crate) way: Way,
    /// Where it leaves its first rung.
    pub(crate) from: Side,
    /// Where it meets its last one.
    pub(crate) to: Side,
    /// The rung over or under whose middle a straight line stands.
    pub(crate) over: Option<usize>,
    /// Its parts between the rungs, upright ones and level ones in turn. None for a straight line.
    pub(crate) runs: Vec<Run>,
}

/// A part of a line in a gutter or a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Whether it goes up or down in a gutter; else it goes along a channel.
    pub(crate) upright: bool,
    /// Which gutter or channel.
    pub(crate) corridor: usize,
    /// Where it starts: across columns as [`super::grid::Place::middle`] counts; up layers with channel `n` at `2 n` and
    /// layer `n` at `2 n + 1`.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// Finds a way for every line; short ones choose first.
pub(crate) fn routes(plan: &Plan, grid: &Grid) -> Vec<Route> {
    let mut network = Network::of(grid);
    let (mut straight, mut others): (Vec<Route>, Vec<Way>) = (Vec::new(), Vec::new());
    for way in &plan.ways {
        match upright(plan, grid, *way) {
            Some(route) => straight.push(route),
            None => others.push(*way),
        }
    }
    for route in &straight {
        network.mark(grid, route);
    }
    let reach = |way: &Way| {
        let (from, to) = (&grid.places[way.from], &grid.places[way.to]);
        from.middle().abs_diff(to.middle()) + from.layer.abs_diff(to.layer)
    };
    others.sort_by_key(|way| (reach(way), way.from, way.to));
    straight.extend(others.into_iter().filter_map(|way| network.around(grid, way)));
    straight
}

/// A line from a rung to one above it in the same lane, if no other stands between them.
fn upright(plan: &Plan, grid: &Grid, way: Way) -> Option<Route> {
    let (from, to) = (&grid.places[way.from], &grid.places[way.to]);
    let together = from.columns.start < to.columns.end && to.columns.start < from.columns.end;
    let akin = plan.rungs[way.from].lanes.iter().any(|lane| plan.rungs[way.to].lanes.contains(lane));
    let a_step = way.relation == Relation::Step && to.layer > from.layer && (together || akin);
    if !a_step {
        return None;
    }
    let route = |over, runs| Route { way, from: Side::Top, to: Side::Bottom, over, runs };
    let clear = |at: usize| grid.is_clear(at, from.layer, to.layer);
    // A line to or from a rung that lanes share stands over the other one.
    let mut middles = [(way.from, from.middle(), to), (way.to, to.middle(), from)];
    middles.sort_by_key(|(rung, ..)| if grid.places[*rung].spans { grid.places[*rung].columns.len() } else { 0 });
    for (over, at, other) in middles {
        if other.covers(at) && clear(at) {
            return Some(route(Some(over), Vec::new()));
        }
    }
    let (start, end) = (from.middle(), to.middle());
    let low = from.layer + 1;
    let bend = |channel| route(None, vec![Run { upright: false, corridor: channel, start, end }]);
    if clear(start) {
        Some(bend(to.layer))
    } else if clear(end) {
        Some(bend(low))
    } else {
        None
    }
}

/// Gutters and channels as a network in which lines look for their way.
struct Network {
    /// How many gutters there are.
    gutters: usize,
    /// How many heights there are: channels and layers.
    heights: usize,
    /// Where a rung lies over a gutter.
    blocked: Vec<bool>,
    /// How many lines run up or down beside each height of each gutter.
    used: Vec<usize>,
    /// How many lines cross from each gutter to the next, at each height.
    crossed: Vec<usize>,
    /// How many straight lines of a column each channel crosses.
    upright: Vec<usize>,
}

/// What a part of a way costs: to go on, to cross a column, to cross a line, to turn, to join others.
mod price {
    pub(crate) const STEP: usize = 2;
    pub(crate) const COLUMN: usize = 6;
    pub(crate) const LINE: usize = 10;
    pub(crate) const TURN: usize = 5;
    pub(crate) const COMPANY: usize = 1;
}

impl Network {
    fn of(grid: &Grid) -> Self {
        let (gutters, heights) = (grid.columns() + 1, 2 * grid.layers.len() + 1);
        let size = gutters * heights;
        let mut blocked = vec![false; size];
        for place in &grid.places {
            for gutter in place.columns.start + 1..place.columns.end {
                blocked[gutter * heights + 2 * place.layer + 1] = true;
            }
        }
        Self { gutters, heights, blocked, used: vec![0; size], crossed: vec![0; size], upright: vec![0; size] }
    }

    /// Notes where a straight line stands in the way of others.
    fn mark(&mut self, grid: &Grid, route: &Route) {
        let (from, to) = (&grid.places[route.way.from], &grid.places[route.way.to]);
        let column = route.over.map_or(from.columns.start, |over| (grid.places[over].middle() - 1) / 2);
        for channel in from.layer + 1..=to.layer {
            self.upright[column * self.heights + 2 * channel] += 1;
        }
    }

    /// The cheapest way from one rung's sides to another's.
    fn around(&mut self, grid: &Grid, way: Way) -> Option<Route> {
        let ends = |rung: usize| {
            let place = &grid.places[rung];
            let height = 2 * place.layer + 1;
            [(Side::Left, place.columns.start), (Side::Right, place.columns.end)]
                .map(|(side, gutter)| (side, gutter * self.heights + height))
        };
        let (starts, goals) = (ends(way.from), ends(way.to));
        let path = self.cheapest(&starts.map(|(_, at)| at), &goals.map(|(_, at)| at))?;
        let side = |ends: [(Side, usize); 2], at: usize| ends.into_iter().find(|end| end.1 == at).map(|end| end.0);
        let (from, to) = (side(starts, *path.first()?)?, side(goals, *path.last()?)?);
        self.take(&path);
        Some(Route { way, from, to, over: None, runs: self.runs(&path) })
    }

    /// The cheapest path over the network, as positions; of two that cost the same, always the same one.
    fn cheapest(&self, starts: &[usize], goals: &[usize]) -> Option<Vec<usize>> {
        // Every position is there twice: reached along a channel (or from a rung), and reached along a gutter.
        let mut best = vec![usize::MAX; 2 * self.blocked.len()];
        let mut before = vec![usize::MAX; best.len()];
        let mut open = BinaryHeap::new();
        for start in starts.iter().filter(|start| !self.blocked[**start]) {
            best[2 * start] = 0;
            open.push(Reverse((0, 2 * start)));
        }
        while let Some(Reverse((cost, state))) = open.pop() {
            if goals.contains(&(state / 2)) {
                let mut path = vec![state / 2];
                let mut at = state;
                while before[at] != usize::MAX {
                    at = before[at];
                    path.push(at / 2);
                }
                path.reverse();
                return Some(path);
            }
            if cost > best[state] {
                continue;
            }
            for (next, more) in self.onward(state) {
                if cost + more < best[next] {
                    best[next] = cost + more;
                    before[next] = state;
                    open.push(Reverse((cost + more, next)));
                }
            }
        }
        None
    }

    /// Where a line can go on from a state, and what that costs.
    fn onward(&self, state: usize) -> Vec<(usize, usize)> {
        let (at, along_gutter) = (state / 2, state % 2 == 1);
        let (gutter, height) = (at / self.heights, at % self.heights);
        let turn = |is_upright: bool| if is_upright == along_gutter { 0 } else { price::TURN };
        let mut onward = Vec::new();
        let up = (height + 1 < self.heights).then_some(at + 1);
        let down = height.checked_sub(1).map(|_| at.wrapping_sub(1));
        for next in up.into_iter().chain(down).filter(|next| !self.blocked[*next]) {
            onward.push((2 * next + 1, price::STEP + turn(true) + price::COMPANY * self.used[next]));
        }
        let across = |from: usize| {
            let lines = price::LINE * self.upright[from] + price::COMPANY * self.crossed[from];
            price::COLUMN + turn(false) + lines
        };
        if height % 2 == 0 && gutter + 1 < self.gutters {
            onward.push((2 * (at + self.heights), across(at)));
        }
        if height % 2 == 0 && gutter > 0 {
            onward.push((2 * (at - self.heights), across(at - self.heights)));
        }
        onward
    }

    /// Notes that a line takes a path.
    fn take(&mut self, path: &[usize]) {
        for step in path.windows(2) {
            if step[0].abs_diff(step[1]) == 1 {
                self.used[step[1]] += 1;
            } else {
                self.crossed[step[0].min(step[1])] += 1;
            }
        }
    }

    /// A path as straight parts.
    fn runs(&self, path: &[usize]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for step in path.windows(2) {
            let upright = step[0].abs_diff(step[1]) == 1;
            let place = |at: usize| (2 * (at / self.heights), at % self.heights);
            let ((start_across, start_up), (end_across, end_up)) = (place(step[0]), place(step[1]));
            let (corridor, start, end) =
                if upright { (start_across / 2, start_up, end_up) } else { (start_up / 2, start_across, end_across) };
            match runs.last_mut().filter(|run| run.upright == upright) {
                Some(run) => run.end = end,
                None => runs.push(Run { upright, corridor, start, end }),
            }
        }
        runs
    }
}
