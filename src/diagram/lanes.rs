//! The order of lanes from left to right: those that many ways join stand near each other, those of one family together.

use super::plan::Plan;

/// More lanes than this stay as they are: no order makes a tangle of that size clear, and looking for one takes long.
const MOST: usize = 24;

/// How much it weighs that the lanes of a shared rung stand beside each other, against one way's length.
const SHARED: usize = 20;

/// The lanes from left to right. Where nothing speaks for another order, it is the one that they have.
pub(crate) fn order(plan: &Plan) -> Vec<usize> {
    let mut groups = families(plan);
    let mut best = cost(plan, &groups);
    let small = plan.lanes.len() <= MOST;
    while small && let Some((better, less)) = improved(plan, &groups, best) {
        (groups, best) = (better, less);
    }
    groups.concat()
}

/// The lanes of each family, and every other lane by itself.
fn families(plan: &Plan) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, lane) in plan.lanes.iter().enumerate() {
        let akin = |group: &&mut Vec<usize>| !lane.family.is_empty() && plan.lanes[group[0]].family == lane.family;
        match groups.iter_mut().find(akin) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

/// The best order that costs less, with one group, or one lane of a group, in another place. Of several, the one in
/// which the first lanes stay first.
fn improved(plan: &Plan, groups: &[Vec<usize>], best: usize) -> Option<(Vec<Vec<usize>>, usize)> {
    let whole = moved(groups).into_iter();
    let within = groups.iter().enumerate().flat_map(|(at, group)| {
        moved(group).into_iter().map(move |group| {
            let mut groups = groups.to_vec();
            groups[at] = group;
            groups
        })
    });
    let priced = |groups: Vec<Vec<usize>>| {
        let cost = cost(plan, &groups);
        (groups, cost)
    };
    let better = whole.chain(within).map(priced).filter(|(_, cost)| *cost < best);
    better.min_by(|(a, cost_of_a), (b, cost_of_b)| cost_of_a.cmp(cost_of_b).then_with(|| a.cmp(b)))
}

/// A row of things with one of them in another place.
fn moved<T: Clone>(row: &[T]) -> Vec<Vec<T>> {
    let places = (0..row.len()).flat_map(|from| (0..row.len()).map(move |to| (from, to)));
    let moved = |(from, to): (usize, usize)| {
        let mut row = row.to_vec();
        let one = row.remove(from);
        row.insert(to, one);
        row
    };
    places.filter(|(from, to)| from != to).map(moved).collect()
}

/// How far ways reach, and how far shared rungs are torn apart.
fn cost(plan: &Plan, groups: &[Vec<usize>]) -> usize {
    let mut place = vec![0; plan.lanes.len()];
    for (at, lane) in groups.iter().flatten().enumerate() {
        place[*lane] = at;
    }
    let places = |rung: usize| plan.rungs[rung].lanes.iter().map(|lane| place[*lane]);
    let way = |from: usize, to: usize| {
        let apart = places(from).flat_map(|a| places(to).map(move |b| a.abs_diff(b))).min().unwrap_or(0);
        // Each lane that a way passes over is one more line that it crosses.
        apart + 2 * apart.saturating_sub(1)
    };
    let torn = |rung: usize| {
        let (first, last) = (places(rung).min().unwrap_or(0), places(rung).max().unwrap_or(0));
        (last + 1 - first).saturating_sub(plan.rungs[rung].lanes.len()) * SHARED
    };
    let ways: usize = plan.ways.iter().map(|one| way(one.from, one.to)).sum();
    ways + (0..plan.rungs.len()).map(torn).sum::<usize>()
}
