//! Expectations that probably raise an inherited one, although no author says so.

use std::collections::{HashMap, HashSet};

use crate::ladder::compare::candidates::Candidates;
use crate::ladder::id_types::{ExpectationId, LevelId};
use crate::ladder::model::{Cell, Ladder};

/// The most inherited expectations of a cell that an own one is compared with.
const MAX_COMPARED: usize = 100;

/// Two expectations that both hold at a level, of which one probably raises the other.
#[derive(Debug, PartialEq, Eq)]
pub struct LikelyRaise {
    /// The inherited expectation.
    pub was: ExpectationId,
    /// The level's own expectation.
    pub now: ExpectationId,
    /// What to write at the end of its first line.
    pub mark: String,
}

/// The likely pairs of all levels, those of a level after those of the levels that it extends. Each inherited expectation is
/// in one of them: the lowest.
pub(super) fn likely_raises(ladder: &Ladder, level_id: impl Fn(LevelId) -> String) -> Vec<LikelyRaise> {
    let (mut found, mut paired) = (Vec::new(), HashSet::new());
    for level in ladder.bases_first.iter().copied() {
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for line in ladder.level(level).cells.values().flat_map(|cell| &cell.inherited) {
            *ids.entry(&ladder.expectation(*line).id).or_default() += 1;
        }
        for cell in ladder.level(level).cells.values() {
            for (was, now) in pairs(ladder, cell, &paired) {
                paired.insert(was);
                let of = ladder.expectation(was);
                let mark = match ids.get(&*of.id) {
                    Some(1) => format!("{{raises={}}}", of.id),
                    _ => format!("{{raises={}#{}}}", level_id(of.level), of.id),
                };
                found.push(LikelyRaise { was, now, mark });
            }
        }
    }
    found
}

/// The most similar pairs of inherited and own expectations of a cell, one to one, in the order of the own ones.
fn pairs(ladder: &Ladder, cell: &Cell, paired: &HashSet<ExpectationId>) -> Vec<(ExpectationId, ExpectationId)> {
    let line = |id: ExpectationId| &ladder.expectation(id).statement;
    let inherited: Vec<ExpectationId> = cell.inherited.iter().copied().filter(|id| !paired.contains(id)).collect();
    let own = cell.lines.iter().copied().filter(|id| ladder.raises(*id).is_empty() && !line(*id).is_placeholder);
    let own: Vec<ExpectationId> = own.collect();
    let mut candidates = Candidates::new(inherited.iter().map(|was| line(*was).words()), MAX_COMPARED);
    let mut similar = Vec::new();
    for now in &own {
        for at in candidates.of(|| line(*now).words()) {
            let was = inherited[at];
            similar.extend(line(was).similarity(line(*now)).map(|alike| (alike, was, *now)));
        }
    }
    similar.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    let (mut taken, mut counterpart) = (HashSet::new(), HashMap::new());
    for (_, was, now) in similar {
        if !counterpart.contains_key(&now) && taken.insert(was) {
            counterpart.insert(now, was);
        }
    }
    own.into_iter().filter_map(|now| Some((counterpart.get(&now).copied()?, now))).collect()
}
