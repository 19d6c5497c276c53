//! The order of lanes: lanes that many edges connect are close to each other, and lanes of a family are adjacent.

use super::graph::Graph;

/// The most lanes that are reordered. No order makes more of them readable, and each round of the search takes time
/// cubic in their number.
const MAX_REORDERED_LANES: usize = 24;

/// The cost of each foreign lane between the lanes of a shared node; an edge between adjacent lanes costs 1.
const SPLIT_NODE_COST: usize = 20;

/// The lanes in the order in which they are drawn, as indexes into [`Graph::lanes`]. Lanes move only where that makes
/// edges shorter or shared nodes contiguous.
pub(crate) fn lane_order(graph: &Graph) -> Vec<usize> {
    let mut groups = family_groups(graph);
    let mut lowest = cost(graph, &groups);
    let is_reordered = graph.lanes.len() <= MAX_REORDERED_LANES;
    while is_reordered && let Some((better, cost)) = improved(graph, &groups, lowest) {
        (groups, lowest) = (better, cost);
    }
    groups.concat()
}

/// The lanes of each family as a group, and every other lane as a group of its own.
fn family_groups(graph: &Graph) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, lane) in graph.lanes.iter().enumerate() {
        let same_family =
            |group: &&mut Vec<usize>| !lane.family.is_empty() && graph.lanes[group[0]].family == lane.family;
        match groups.iter_mut().find(same_family) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// The cheapest order that differs by the position of one group, or of one lane in its group, with its cost; `None` if
/// none costs less than `lowest`. Ties go to the order that is lexicographically first, for the same result every time.
fn improved(graph: &Graph, groups: &[Vec<usize>], lowest: usize) -> Option<(Vec<Vec<usize>>, usize)> {
    let moved_groups = with_one_moved(groups).into_iter();
    let moved_lanes = groups.iter().enumerate().flat_map(|(index, group)| {
        with_one_moved(group).into_iter().map(move |group| {
            let mut groups = groups.to_vec();
            groups[index] = group;
            groups
        })
    });
    let with_cost = |groups: Vec<Vec<usize>>| {
        let cost = cost(graph, &groups);
        (groups, cost)
    };
    let better = moved_groups.chain(moved_lanes).map(with_cost).filter(|(_, cost)| *cost < lowest);
    better.min_by(|(a, cost_of_a), (b, cost_of_b)| cost_of_a.cmp(cost_of_b).then_with(|| a.cmp(b)))
}

/// All sequences that result from moving one item to another position.
fn with_one_moved<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let positions = (0..items.len()).flat_map(|from| (0..items.len()).map(move |to| (from, to)));
    let moved = |(from, to): (usize, usize)| {
        let mut items = items.to_vec();
        let item = items.remove(from);
        items.insert(to, item);
        items
    };
    positions.filter(|(from, to)| from != to).map(moved).collect()
}

/// The cost of an order: the lengths of all edges, and the gaps in shared nodes.
fn cost(graph: &Graph, groups: &[Vec<usize>]) -> usize {
    let mut position = vec![0; graph.lanes.len()];
    for (index, lane) in groups.iter().flatten().enumerate() {
        position[*lane] = index;
    }
    let positions = |node: usize| graph.nodes[node].lanes.iter().map(|lane| position[*lane]);
    let edge_cost = |from: usize, to: usize| {
        let distance = positions(from).flat_map(|a| positions(to).map(move |b| a.abs_diff(b))).min().unwrap_or(0);
        // An edge crosses the edges of each lane that it passes.
        distance + 2 * distance.saturating_sub(1)
    };
    let split_cost = |node: usize| {
        let (first, last) = (positions(node).min().unwrap_or(0), positions(node).max().unwrap_or(0));
        (last + 1 - first).saturating_sub(graph.nodes[node].lanes.len()) * SPLIT_NODE_COST
    };
    let edges: usize = graph.edges.iter().map(|edge| edge_cost(edge.from, edge.to)).sum();
    edges + (0..graph.nodes.len()).map(split_cost).sum::<usize>()
}
