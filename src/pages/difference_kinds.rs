//! The kinds of differences between two levels.

use crate::ladder::{Changes, Side, Steps, Turn};
use crate::view::{CountView, DifferenceKind, DifferenceNote, StepTurn};

/// The number of differences of each kind between two levels; counts of 0 are left out.
pub(crate) fn counts(changes: &[Changes]) -> Vec<CountView> {
    let sum = |of: fn(&Changes) -> usize| changes.iter().map(of).sum::<usize>();
    let numbers = [
        sum(|changes| changes.added.len()),
        sum(|changes| changes.raised.len()),
        sum(|changes| changes.dropped.len()),
        sum(|changes| usize::from(changes.steps.is_some_and(Steps::differ))),
        sum(|changes| changes.open.len()),
        sum(|changes| changes.unchanged.len()),
    ];
    let nothing = numbers.iter().all(|number| *number == 0);
    let all = DifferenceKind::ALL.into_iter().zip(numbers.into_iter().chain([usize::from(nothing)]));
    all.filter(|(_, number)| *number > 0).map(|(what, number)| CountView { what, number }).collect()
}

/// The differences in a competency beside its expectations.
pub(crate) fn notes(changes: &Changes) -> Vec<DifferenceNote> {
    use DifferenceNote as Note;
    let absent = match (changes.before, changes.now) {
        (Side::NotApplicable, Side::NotApplicable) | (Side::NotOnTrack, Side::NotOnTrack) => [None, None],
        (before, now) => {
            let side = |side, not_applicable, not_on_track| match side {
                Side::NotApplicable => Some(not_applicable),
                Side::NotOnTrack => Some(not_on_track),
                Side::Held | Side::NotWritten | Side::Silent => None,
            };
            [side(before, Note::Starts, Note::FromElsewhere), side(now, Note::Ends, Note::ToElsewhere)]
        }
    };
    let missing = match (changes.before, changes.now) {
        (Side::NotWritten, Side::NotWritten) => Some(Note::BothMissing),
        (Side::NotWritten, _) => Some(Note::FromMissing),
        (_, Side::NotWritten) => Some(Note::ToMissing),
        _ => None,
    };
    absent.into_iter().flatten().chain(missing).collect()
}

impl From<Turn> for StepTurn {
    fn from(turn: Turn) -> Self {
        match turn {
            Turn::Up => Self::Up,
            Turn::Down => Self::Down,
            Turn::Same => Self::Same,
            Turn::Starts => Self::Starts,
            Turn::Ends => Self::Ends,
        }
    }
}
