//! Rows that are headers of levels.

use crate::import::level_name::is_level_name;
use crate::import::sheet::{Sheet, SheetCell};
use crate::name::fold;

/// The number of distinct names of levels in a row, if it can be a header of levels.
pub(super) fn header_score(sheet: &Sheet, row: usize) -> Option<usize> {
    let cells = &sheet.rows[row];
    let first = cells.iter().position(|cell| is_level_name(&cell.text.replace('\n', " ")))?;
    let from_first: Vec<String> = cells[first..].iter().filter(|cell| !cell.is_empty()).map(SheetCell::line).collect();
    let mut names: Vec<String> = from_first.iter().filter(|text| is_level_name(text)).map(|text| fold(text)).collect();
    let named = names.len();
    names.sort();
    names.dedup();
    let are_names = named * 10 >= from_first.len() * 5;
    (names.len() >= 2 && are_names && first <= 5).then_some(names.len())
}
