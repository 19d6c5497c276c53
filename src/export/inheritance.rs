//! What a level inherits, by reference: it follows from the levels that it extends, with exceptions.

use std::collections::HashSet;

use crate::ladder::{CompetencyId, ExpectationId, Ladder, LevelId};

/// The expectations that a level doesn't inherit in a competency although a level that it extends has them there: those
/// that it repeats as its own, and those that are raised or retired.
///
/// Readers of exported files follow the same rule: in each competency that applies to it, a level inherits all that the
/// levels it extends have there, written or inherited, apart from these.
pub(super) fn excluded(ladder: &Ladder, id: LevelId, competency: CompetencyId) -> Vec<ExpectationId> {
    let level = ladder.level(id);
    let Some(cell) = level.cells.get(&competency).filter(|_| ladder.applies(id, competency)) else { return Vec::new() };
    let bases = level.extends.iter().filter(|(_, only)| only.as_ref().is_none_or(|only| only.contains(&competency)));
    let of_bases: Vec<&[ExpectationId]> = bases
        .filter_map(|(base, _)| ladder.level(*base).cells.get(&competency))
        .flat_map(|cell| [cell.lines.as_slice(), &cell.inherited])
        .collect();
    if of_bases.iter().map(|ids| ids.len()).sum::<usize>() == cell.inherited.len() {
        return Vec::new();
    }
    let mut seen: HashSet<ExpectationId> = cell.inherited.iter().copied().collect();
    of_bases.into_iter().flatten().copied().filter(|id| seen.insert(*id)).collect()
}
