//! The differences between two levels: the single definition of added, raised, unchanged and dropped expectations.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ladder::compare::candidates::Candidates;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::model::{Cell, Expectation, Ladder, State};
use crate::ladder::superseded::Supersession;

/// The most expectations of a cell that one of another cell is compared with. Cells of real ladders have fewer.
const MAX_COMPARED: usize = 100;

/// Differences in one competency; or, with no competency, in expectations of a level alone. All lists are in the order
/// of the level that has the expectations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The competency that is compared.
    pub competency: Option<CompetencyId>,
    /// The state of the cell at the level before.
    pub before: Side,
    /// The state of the cell at the level now.
    pub now: Side,
    /// Expectations only of the level now.
    pub added: Vec<ExpectationId>,
    /// Expectations that replace others of the level before: those that their authors say they raise, or else the one that
    /// they are most similar to.
    pub raised: Vec<Raised>,
    /// Expectations of both levels, in the same words.
    pub unchanged: Vec<ExpectationId>,
    /// Expectations only of the level before.
    pub dropped: Vec<ExpectationId>,
    /// Expectations of the level before that may still apply, because the cell of the level now isn't written yet.
    pub open: Vec<ExpectationId>,
    /// The step of the scale on each side, where a profile names one.
    pub steps: Option<Steps>,
}

impl Changes {
    /// Whether both levels expect the same: nothing is added, raised, dropped or open, no step differs, and the cell is
    /// written for both or for neither.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let lists = [&self.added, &self.dropped, &self.open].into_iter().all(Vec::is_empty);
        lists && self.raised.is_empty() && self.before == self.now && self.steps.is_none_or(|steps| !steps.differ())
    }

    /// Whether there is nothing to show, not even that something is missing.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let is_apart = |side| matches!(side, Side::Silent | Side::NotApplicable | Side::NotOnTrack);
        let is_elsewhere = self.before == Side::NotOnTrack || self.now == Side::NotOnTrack;
        let apart = is_apart(self.before) && is_apart(self.now) && (self.before == self.now || is_elsewhere);
        apart && self.is_same() && self.unchanged.is_empty() && self.steps.is_none()
    }
}

/// A sentence that replaces others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The sentences before; at least one.
    pub was: Vec<ExpectationId>,
    /// The sentence now.
    pub now: ExpectationId,
}

/// The state of a competency at one of the compared levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// Expectations.
    Held,
    /// A cell that isn't written yet.
    NotWritten,
    /// Nothing: the level's author marked the competency as not applicable.
    NotApplicable,
    /// Nothing: the competency isn't part of the level's tracks.
    NotOnTrack,
    /// Nothing, without being missing: its tracks have no cells.
    #[default]
    Silent,
}

/// The steps of a scale that two levels need, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Before.
    pub was: Option<usize>,
    /// Now.
    pub now: Option<usize>,
}

/// The direction in which a profile changes from one level to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To a higher step.
    Up,
    /// To a lower step.
    Down,
    /// To the same step.
    Same,
    /// Only the level now needs a step.
    Starts,
    /// Only the level before needs a step.
    Ends,
}

impl Steps {
    /// The direction of the change.
    #[must_use]
    pub fn turn(self) -> Turn {
        match (self.was, self.now) {
            (Some(was), Some(now)) if was < now => Turn::Up,
            (Some(was), Some(now)) if was > now => Turn::Down,
            (None, Some(_)) => Turn::Starts,
            (Some(_), None) => Turn::Ends,
            _ => Turn::Same,
        }
    }

    /// Whether the two levels need different steps, or only one of them needs any.
    #[must_use]
    pub fn differ(self) -> bool {
        self.turn() != Turn::Same
    }
}

/// Compares two levels in every competency that either of them has, then in their expectations outside competencies.
#[must_use]
pub fn compare(ladder: &Ladder, before: LevelId, now: LevelId) -> Vec<Changes> {
    let mut shown: BTreeSet<CompetencyId> = ladder.competencies_of(now).into_iter().collect();
    shown.extend(ladder.competencies_of(before));
    shown.extend(ladder.level(before).profile.keys().chain(ladder.level(now).profile.keys()));
    let alone = !ladder.level(before).own.is_empty() || !ladder.level(now).own.is_empty();
    let wanted = shown.into_iter().map(Some).chain(alone.then_some(None));
    let changes = wanted.map(|competency| compare_in(ladder, before, now, competency));
    changes.filter(|changes| !changes.is_silent()).collect()
}

/// Compares the expectations of two levels in one competency.
#[must_use]
pub fn compare_in(ladder: &Ladder, before: LevelId, now: LevelId, competency: Option<CompetencyId>) -> Changes {
    let (of_before, of_now) = (lines(ladder, before, competency), lines(ladder, now, competency));
    let mut changes = matched(ladder, &of_before, &of_now);
    let explicit = explicitly_raised(ladder, before, now, &mut changes);
    raise(ladder, now, explicit, &mut changes);
    changes.competency = competency;
    let Some(competency) = competency else {
        let side = |lines: &[ExpectationId]| if lines.is_empty() { Side::Silent } else { Side::Held };
        (changes.before, changes.now) = (side(&of_before), side(&of_now));
        return changes;
    };
    (changes.before, changes.now) = (side(ladder, before, competency), side(ladder, now, competency));
    if ladder.state(now, competency) == State::Missing {
        // A cell that isn't written yet drops nothing.
        changes.open = std::mem::take(&mut changes.dropped);
    }
    let step = |level| ladder.level(level).profile.get(&competency).copied();
    let steps = Steps { was: step(before), now: step(now) };
    changes.steps = (steps.was.is_some() || steps.now.is_some()).then_some(steps);
    changes
}

/// Whether either level has anything to compare. A ladder without expectations is valid, but its levels don't differ in
/// them.
#[must_use]
pub fn is_comparable(ladder: &Ladder, before: LevelId, now: LevelId) -> bool {
    let (from, to) = (ladder.level(before), ladder.level(now));
    let holds = |cell: &Cell| !cell.lines.is_empty() || !cell.inherited.is_empty();
    let given_up = |(competency, cell): (&CompetencyId, &Cell)| {
        // A cell that isn't written yet drops nothing.
        holds(cell) && ladder.state(now, *competency) != State::Missing
    };
    let stepped =
        |(competency, step): (&CompetencyId, &usize)| to.profile.get(competency).is_some_and(|now| now != step);
    let alone = from.own.iter().chain(&*to.own).any(|own| !own.lines.is_empty());
    alone || to.cells.values().any(holds) || from.cells.iter().any(given_up) || from.profile.iter().any(stepped)
}

fn side(ladder: &Ladder, level: LevelId, competency: CompetencyId) -> Side {
    match ladder.state(level, competency) {
        State::Written | State::Inherited => Side::Held,
        State::NotApplicable => Side::NotApplicable,
        State::NotOnTrack => Side::NotOnTrack,
        State::Missing if is_asked(ladder, level, competency) => Side::NotWritten,
        State::Missing => Side::Silent,
    }
}

/// Whether a level's tracks write cells, of this competency among others.
fn is_asked(ladder: &Ladder, level: LevelId, competency: CompetencyId) -> bool {
    let mut tracks = ladder.level(level).tracks.iter().map(|track| ladder.track(*track));
    tracks.any(|track| track.writes_cells && track.competencies.binary_search(&competency).is_ok())
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

/// Matches each sentence with itself or with one of the same words.
fn matched(ladder: &Ladder, before: &[ExpectationId], now: &[ExpectationId]) -> Changes {
    let line = |id: ExpectationId| &ladder.expectation(id).statement;
    let last_by_hash: HashMap<u64, usize> = before.iter().enumerate().map(|(at, id)| (line(*id).hash, at)).collect();
    let says_same = |id: ExpectationId| {
        last_by_hash.get(&line(id).hash).copied().filter(|at| line(before[*at]).says_same(line(id)))
    };
    let mut changes = Changes::default();
    let mut kept = vec![false; before.len()];
    let mut place: Vec<(ExpectationId, usize)> = before.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    place.sort_unstable();
    for id in now {
        let itself = place.binary_search_by_key(id, |(id, _)| *id).ok().map(|at| place[at].1);
        match itself.or_else(|| says_same(*id)) {
            Some(at) => {
                kept[at] = true;
                changes.unchanged.push(*id);
            }
            None => changes.added.push(*id),
        }
    }
    changes.dropped = before.iter().zip(kept).filter(|(_, kept)| !kept).map(|(id, _)| *id).collect();
    changes
}

/// For each added expectation those of the level before that it raises, as authors say, over whichever levels in between.
/// They are no longer dropped.
fn explicitly_raised(ladder: &Ladder, before: LevelId, now: LevelId, changes: &mut Changes) -> Vec<Vec<ExpectationId>> {
    let replaces = |was: ExpectationId, new: ExpectationId| {
        ladder.holds(before, was) && ladder.holds(now, new) && lacks(ladder, now, was) && lacks(ladder, before, new)
    };
    let former = |new: &ExpectationId| {
        let mut former = reached(*new, |id| ladder.raises(id));
        former.retain(|was| replaces(*was, *new));
        former
    };
    let explicit = changes.added.iter().map(former).collect();
    let is_replaced =
        |was: &ExpectationId| reached(*was, |id| ladder.raised_by(id)).into_iter().any(|new| replaces(*was, new));
    changes.dropped.retain(|was| !is_replaced(was));
    explicit
}

/// The expectations that can be reached from one along `next`, nearest first.
fn reached<'l>(from: ExpectationId, next: impl Fn(ExpectationId) -> &'l [ExpectationId]) -> Vec<ExpectationId> {
    let mut found: Vec<ExpectationId> = next(from).to_vec();
    let (mut seen, mut at) = (found.iter().copied().collect::<HashSet<_>>(), 0);
    while let Some(id) = found.get(at).copied() {
        found.extend(next(id).iter().copied().filter(|id| seen.insert(*id)));
        at += 1;
    }
    found
}

/// Whether a level has neither an expectation nor one of the same words.
fn lacks(ladder: &Ladder, level: LevelId, id: ExpectationId) -> bool {
    let Expectation { competency, statement, .. } = ladder.expectation(id);
    let lines = lines(ladder, level, *competency);
    !lines.into_iter().any(|other| other == id || ladder.expectation(other).statement.says_same(statement))
}

/// Turns added expectations into raised ones: those that are `explicit`, by their positions, and of the others those that are
/// similar to a dropped one, the most similar first. What the level now retires has no successor. Among more than
/// [`MAX_COMPARED`] dropped ones, an added one is compared with those that share its rarest words.
fn raise(ladder: &Ladder, level: LevelId, explicit: Vec<Vec<ExpectationId>>, changes: &mut Changes) {
    let line = |id: ExpectationId| &ladder.expectation(id).statement;
    let alike = |was, now| line(was).similarity(line(now));
    let is_retired = |id: ExpectationId| matches!(ladder.supersession(level, id), Some(Supersession::Retired(_)));
    let dropped: Vec<ExpectationId> = changes.dropped.iter().copied().filter(|id| !is_retired(*id)).collect();
    let mut pairs = Vec::new();
    let mut candidates = Candidates::new(dropped.iter().map(|was| line(*was).words()), MAX_COMPARED);
    for (to, now) in changes.added.iter().enumerate().filter(|(to, _)| explicit[*to].is_empty()) {
        for from in candidates.of(|| line(*now).words()) {
            pairs.extend(alike(dropped[from], *now).map(|alike| (alike, from, to)));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut taken = HashSet::new();
    let mut former = explicit;
    for (_, from, to) in pairs {
        if former[to].is_empty() && taken.insert(dropped[from]) {
            former[to].push(dropped[from]);
        }
    }
    let mut added = Vec::new();
    for (now, was) in std::mem::take(&mut changes.added).into_iter().zip(former) {
        if was.is_empty() {
            added.push(now);
        } else {
            changes.raised.push(Raised { was, now });
        }
    }
    changes.added = added;
    changes.dropped.retain(|id| !taken.contains(id));
}
