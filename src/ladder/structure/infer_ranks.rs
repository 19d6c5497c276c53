//! Ranks for levels that have none of their own, from the lists of their tracks.

use std::collections::{HashMap, VecDeque};

use crate::index_vec::{Index, IndexVec};
use crate::ladder::id_types::{LevelId, TrackId};

/// Infers the ranks of listed levels without a written one: each is above all levels that any list has right below it,
/// by 1, or by less if a written rank further up leaves less room. Entries that contradict an earlier list are ignored.
pub(super) fn ranks(
    written: &IndexVec<LevelId, Option<f64>>,
    lists: &IndexVec<TrackId, Vec<LevelId>>,
) -> HashMap<LevelId, f64> {
    let above = above(written.len(), lists);
    let order = lowest_first(&above);
    let limits = limits(written, &above, &order);
    let mut floors: Vec<Option<f64>> = vec![None; written.len()];
    let mut ranks = written.to_vec();
    let listed: Vec<LevelId> = lists.iter().flatten().copied().collect();
    for level in order {
        let rank = ranks[level].unwrap_or_else(|| place(floors[level], &limits[level]));
        ranks[level] = Some(rank);
        for next in &above[level] {
            floors[*next] = Some(floors[*next].map_or(rank, |floor| floor.max(rank)));
        }
    }
    let made = listed.into_iter().filter(|level| written[*level].is_none());
    made.filter_map(|level| Some((level, ranks[level.index()]?))).collect()
}

/// A written rank above a level, and the maximum number of steps up to it.
type Limit = (f64, f64);

fn place(floor: Option<f64>, limits: &[Limit]) -> f64 {
    match floor {
        Some(floor) => {
            let open = limits.iter().filter(|(rank, _)| *rank > floor);
            floor + open.map(|(rank, steps)| (rank - floor) / (steps + 1.0)).fold(1.0, f64::min)
        }
        None => limits.iter().map(|(rank, steps)| rank - steps).fold(1.0, f64::min),
    }
}

/// For each level those that some list has right above it.
fn above(count: usize, lists: &[Vec<LevelId>]) -> Vec<Vec<usize>> {
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); count];
    for pair in lists.iter().flat_map(|list| list.windows(2)) {
        let (low, high) = (pair[0].index(), pair[1].index());
        if !above[low].contains(&high) && !leads(&above, high, low) {
            above[low].push(high);
        }
    }
    above
}

/// Whether one level is another one or below it.
fn leads(above: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; above.len()];
    let mut open = vec![from];
    while let Some(level) = open.pop() {
        if level == to {
            return true;
        }
        if !std::mem::replace(&mut seen[level], true) {
            open.extend(&above[level]);
        }
    }
    false
}

/// All levels, each after those below it.
fn lowest_first(above: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting = vec![0; above.len()];
    for next in above.iter().flatten() {
        waiting[*next] += 1;
    }
    let mut ready: VecDeque<usize> = (0..above.len()).filter(|level| waiting[*level] == 0).collect();
    let mut order = Vec::with_capacity(above.len());
    while let Some(level) = ready.pop_front() {
        order.push(level);
        for next in &above[level] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push_back(*next);
            }
        }
    }
    order
}

/// The next written ranks above each level; a written rank itself with no step.
fn limits(written: &[Option<f64>], above: &[Vec<usize>], order: &[usize]) -> Vec<Vec<Limit>> {
    let mut limits: Vec<Vec<Limit>> = vec![Vec::new(); written.len()];
    for level in order.iter().rev() {
        let mut found: Vec<Limit> = Vec::new();
        if let Some(rank) = written[*level] {
            found.push((rank, 0.0));
        } else {
            for (rank, steps) in above[*level].iter().flat_map(|next| &limits[*next]) {
                match found.iter_mut().find(|(known, _)| known.total_cmp(rank).is_eq()) {
                    Some((_, most)) => *most = most.max(steps + 1.0),
                    None => found.push((*rank, steps + 1.0)),
                }
            }
        }
        limits[*level] = found;
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(written: &[Option<f64>], lists: &[&[usize]]) -> Vec<f64> {
        let lists: IndexVec<TrackId, Vec<LevelId>> =
            lists.iter().map(|list| list.iter().copied().map(LevelId::new).collect()).collect();
        let made = ranks(&written.iter().copied().collect(), &lists);
        let rank = |level: usize| written[level].or(made.get(&LevelId::new(level)).copied()).unwrap_or(f64::NAN);
        (0..written.len()).map(rank).collect()
    }

    #[test]
    fn a_shared_level_stands_above_what_any_list_has_below_it() {
        assert_eq!(ranked(&[None; 4], &[&[0, 1, 2], &[2, 3]]), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(ranked(&[None; 4], &[&[2, 1], &[0, 2, 3]]), [1.0, 3.0, 2.0, 3.0]);
    }

    #[test]
    fn written_ranks_hold_and_the_others_find_their_place() {
        assert_eq!(ranked(&[Some(3.0), None], &[&[0, 1]]), [3.0, 4.0]);
        assert_eq!(ranked(&[Some(1.0), None, Some(5.0)], &[&[0, 1, 2]]), [1.0, 2.0, 5.0]);
        assert_eq!(ranked(&[Some(1.0), None, None, None, Some(2.0)], &[&[0, 1, 2, 3, 4]]), [1.0, 1.25, 1.5, 1.75, 2.0]);
        assert_eq!(ranked(&[None, None, Some(1.0)], &[&[0, 1, 2]]), [-1.0, 0.0, 1.0]);
    }

    #[test]
    fn lists_that_contradict_each_other_still_give_ranks() {
        assert_eq!(ranked(&[None, None], &[&[0, 1], &[1, 0]]), [1.0, 2.0]);
        assert_eq!(ranked(&[Some(3.0), None, Some(2.0)], &[&[0, 1, 2]]), [3.0, 4.0, 2.0]);
    }
}
