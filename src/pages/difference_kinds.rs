//! The kinds of differences between two levels, by their names in templates and scripts.

use crate::ladder::{Changes, Side, Steps, Turn};
use crate::view::CountView;

/// The names of all counts, in the order in which they are shown.
pub(crate) const COUNT_NAMES: [&str; 7] = ["added", "raised", "dropped", "steps", "open", "unchanged", "nothing"];

/// The names of all notes.
pub(crate) const NOTE_NAMES: [&str; 7] =
    ["starts", "ends", "from-elsewhere", "to-elsewhere", "from-missing", "to-missing", "both-missing"];

/// The names of all ways in which a step can change.
pub(crate) const TURN_NAMES: [&str; 5] = ["up", "down", "same", "starts", "ends"];

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
    let all = COUNT_NAMES.into_iter().zip(numbers.into_iter().chain([usize::from(nothing)]));
    all.filter(|(_, number)| *number > 0).map(|(what, number)| CountView { what, number }).collect()
}

/// The names of the differences in a competency beside its expectations.
pub(crate) fn notes(changes: &Changes) -> Vec<&'static str> {
    let absent = match (changes.before, changes.now) {
        (Side::NotApplicable, Side::NotApplicable) | (Side::NotOnTrack, Side::NotOnTrack) => [None, None],
        (before, now) => {
            let side = |side, not_applicable, not_on_track| match side {
                Side::NotApplicable => Some(not_applicable),
                Side::NotOnTrack => Some(not_on_track),
                Side::Held | Side::NotWritten | Side::Silent => None,
            };
            [side(before, "starts", "from-elsewhere"), side(now, "ends", "to-elsewhere")]
        }
    };
    let missing = match (changes.before, changes.now) {
        (Side::NotWritten, Side::NotWritten) => Some("both-missing"),
        (Side::NotWritten, _) => Some("from-missing"),
        (_, Side::NotWritten) => Some("to-missing"),
        _ => None,
    };
    absent.into_iter().flatten().chain(missing).collect()
}

/// The name of the way in which a step changes.
pub(crate) fn turn_name(steps: Steps) -> &'static str {
    match steps.turn() {
        Turn::Up => "up",
        Turn::Down => "down",
        Turn::Same => "same",
        Turn::Starts => "starts",
        Turn::Ends => "ends",
    }
}
