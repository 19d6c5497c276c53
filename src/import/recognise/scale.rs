//! Numbers in cells, with the key that says what they mean.

use super::recogniser::Recogniser;
use crate::import::ledger::{Placed, Reason};
use crate::import::sheet::{Sheet, SheetCell};
use crate::import::words::is_name;

/// The most steps of a scale.
const MAX_STEPS: usize = 12;

/// The steps of a scale by number.
#[derive(Debug)]
pub(super) struct ScaleKey {
    /// Number, name and description of each step, with their cells.
    steps: Vec<(usize, String, String)>,
    cells: Vec<SheetCell>,
    /// The cells beside the steps.
    rest: Vec<SheetCell>,
}

/// Finds a key in a sheet: numbers in sequence, each with a name.
pub(super) fn find(sheet: &Sheet) -> Option<ScaleKey> {
    let mut key = ScaleKey { steps: Vec::new(), cells: Vec::new(), rest: Vec::new() };
    for row in &sheet.rows {
        let filled: Vec<&SheetCell> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let number = filled.first().and_then(|cell| cell.line().parse::<usize>().ok());
        let expected = key.steps.last().map(|(number, ..)| number + 1);
        let fits = number.is_some_and(|number| expected.map_or(number <= 1, |expected| expected == number));
        match (number, filled.as_slice()) {
            (Some(number), [_, name, more @ ..]) if fits && is_name(&name.line()) && more.len() <= 1 => {
                let description = more.first().map(|cell| cell.line()).unwrap_or_default();
                key.steps.push((number, name.line(), description));
                key.cells.extend(filled.into_iter().cloned());
            }
            _ => key.rest.extend(filled.into_iter().cloned()),
        }
    }
    let rows = sheet.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
    ((3..=MAX_STEPS).contains(&key.steps.len()) && rows <= key.steps.len() + 2).then_some(key)
}

/// Records a key's cells as read; whether they're placed depends on whether numbers refer to it.
pub(super) fn place(recogniser: &mut Recogniser<'_>, key: &ScaleKey) {
    for cell in &key.rest {
        recogniser.record(cell.id, Err(Reason::Note));
    }
}

/// Turns numbers in cells into the steps that levels require.
pub(super) fn apply(recogniser: &mut Recogniser<'_>, key: Option<ScaleKey>) {
    let numbers = std::mem::take(&mut recogniser.numbers);
    let Some(key) = key.filter(|_| !numbers.is_empty()) else {
        for (.., id) in numbers {
            recogniser.ledger.leave(id, Reason::Number);
        }
        return;
    };
    for cell in &key.cells {
        recogniser.record(cell.id, Ok(Placed::Step));
    }
    recogniser.understood.push(format!(
        "numbers are steps of a scale: {}",
        key.steps.iter().map(|(number, name, _)| format!("{number} {name}")).collect::<Vec<_>>().join(", ")
    ));
    for (level, competency, number, id) in numbers {
        let Some(step) = key.steps.iter().position(|(of, ..)| *of == number) else {
            recogniser.ledger.leave(id, Reason::Number);
            continue;
        };
        let scale = &mut recogniser.ladder.competencies[competency].scale;
        if scale.is_empty() {
            *scale = key
                .steps
                .iter()
                .map(|(_, name, description)| {
                    (name.clone(), if description.is_empty() { Vec::new() } else { vec![description.clone()] })
                })
                .collect();
        }
        let profile = &mut recogniser.ladder.levels[level].profile;
        if !profile.iter().any(|(of, _)| *of == competency) {
            profile.push((competency, step + 1));
        }
        recogniser.ledger.place(id, Placed::Step);
    }
}
