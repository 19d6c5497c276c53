//! What differs between two levels in one competency.

use std::collections::{HashMap, HashSet};

use super::model::{Cell, CompetencyId, ExpectationId, Ladder, LevelId, State};

/// How alike two sentences must be (shared words over all words, as in Dice's coefficient) for one to be the other,
/// raised. Found by reading ladders: below this, pairs share little but their grammar.
const ALIKE: f64 = 0.55;

/// Differences in one competency; or, with no competency, in expectations of a level alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Expected now and not before.
    pub added: Vec<ExpectationId>,
    /// The same matter in other words.
    pub raised: Vec<Raised>,
    /// Expected as before.
    pub unchanged: Vec<ExpectationId>,
    /// Not expected any more.
    pub dropped: Vec<ExpectationId>,
}

/// A sentence that took another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// The sentence before.
    pub was: ExpectationId,
    /// The sentence now.
    pub now: ExpectationId,
}

/// Compares what two levels expect in one competency.
#[must_use]
pub fn compare(ladder: &Ladder, before: LevelId, now: LevelId, competency: Option<CompetencyId>) -> Changes {
    let (before, now) = (lines(ladder, before, competency), lines(ladder, now, competency));
    let all_now: HashSet<ExpectationId> = now.iter().copied().collect();
    let inherited: HashSet<ExpectationId> = before.iter().filter(|id| all_now.contains(id)).copied().collect();
    let folded = |id: &ExpectationId| ladder.expectation(*id).line.folded.as_str();
    let texts_before: HashMap<&str, ExpectationId> = before.iter().map(|id| (folded(id), *id)).collect();
    let mut kept = inherited.clone();
    let mut changes = Changes::default();
    for id in now {
        if inherited.contains(&id) {
            changes.unchanged.push(id);
            continue;
        }
        match texts_before.get(folded(&id)) {
            Some(same) => {
                kept.insert(*same);
                changes.unchanged.push(id);
            }
            None => changes.added.push(id),
        }
    }
    changes.dropped = before.into_iter().filter(|id| !kept.contains(id)).collect();
    raise(ladder, &mut changes);
    changes
}

/// Whether there is anything to compare: a ladder may do without expectations, and then levels do not differ in them.
#[must_use]
pub fn is_comparable(ladder: &Ladder, before: LevelId, now: LevelId) -> bool {
    let (from, to) = (ladder.level(before), ladder.level(now));
    let holds = |cell: &Cell| !cell.lines.is_empty() || !cell.inherited.is_empty();
    let given_up = |(competency, cell): (&CompetencyId, &Cell)| {
        // What is not yet written has not been given up.
        holds(cell) && ladder.state(now, *competency) != State::Missing
    };
    let stepped =
        |(competency, step): (&CompetencyId, &usize)| to.profile.get(competency).is_some_and(|now| now != step);
    let alone = from.own.iter().chain(&to.own).any(|own| !own.lines.is_empty());
    alone || to.cells.values().any(holds) || from.cells.iter().any(given_up) || from.profile.iter().any(stepped)
}

fn lines(ladder: &Ladder, level: LevelId, competency: Option<CompetencyId>) -> Vec<ExpectationId> {
    let level = ladder.level(level);
    match competency {
        Some(competency) => {
            let cell = level.cells.get(&competency);
            cell.map(|cell| cell.lines.iter().chain(&cell.inherited).copied().collect()).unwrap_or_default()
        }
        None => level.own.iter().flat_map(|own| &own.lines).copied().collect(),
    }
}

/// Pairs what was dropped with what was added, most alike first.
fn raise(ladder: &Ladder, changes: &mut Changes) {
    if changes.added.is_empty() || changes.dropped.is_empty() {
        return;
    }
    let bag = |id: &ExpectationId| -> HashSet<String> { words(&ladder.expectation(*id).line.text).collect() };
    let added: Vec<_> = changes.added.iter().map(|id| (*id, bag(id))).collect();
    let dropped: Vec<_> = changes.dropped.iter().map(|id| (*id, bag(id))).collect();
    let mut pairs = Vec::new();
    for (now, words_now) in &added {
        for (was, words_was) in &dropped {
            let shared = words_was.intersection(words_now).count();
            let alike = likeness(shared, words_was.len(), words_now.len());
            if alike >= ALIKE {
                pairs.push((alike, Raised { was: *was, now: *now }));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, pair) in pairs {
        if changes.added.contains(&pair.now) && changes.dropped.contains(&pair.was) {
            changes.added.retain(|id| *id != pair.now);
            changes.dropped.retain(|id| *id != pair.was);
            changes.raised.push(pair);
        }
    }
}

/// The words of a sentence, in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// How alike two sentences are, from 0 to 1: of how many different words each is, and how many they share.
#[allow(clippy::cast_precision_loss, reason = "sentences have few words")]
pub(super) fn likeness(shared: usize, a: usize, b: usize) -> f64 {
    if shared < 2 { 0.0 } else { 2.0 * shared as f64 / (a + b) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_tells_a_raised_sentence_from_another_one() {
        let bag = |text| -> HashSet<String> { words(text).collect() };
        let alike = |a, b| {
            let (a, b) = (bag(a), bag(b));
            likeness(a.intersection(&b).count(), a.len(), b.len()) >= ALIKE
        };
        assert!(alike("Designs a service with guidance.", "Designs a service and its tests without guidance."));
        assert!(alike("Reviews the code of their team.", "Reviews the code of other teams."));
        assert!(!alike("Writes tests for new code.", "Leads the response to an incident."));
    }
}
