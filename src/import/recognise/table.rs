//! Tables: which of them are ladders, and in which direction they have the levels.

use super::flat::{self, FlatTable};
use super::header::header_score;
use super::matrix::{self, Matrix};
use super::matrix_rows;
use super::recogniser::Recogniser;
use super::scale::{self, ScaleKey};
use crate::import::ledger::Reason;
use crate::import::mapping::LevelDirection;
use crate::import::sheet::{Sheet, SheetCell};
use crate::import::words::{is_money, is_number};

/// The most rows above a table's header.
const MAX_ROWS_ABOVE: usize = 15;

/// Recognises the ladders in sheets. Returns the key of the numbers in them, if there's one.
pub(super) fn recognise_all(recogniser: &mut Recogniser<'_>, sheets: Vec<Sheet>) -> Option<ScaleKey> {
    let mut scale = None;
    let mut matrices: Vec<Matrix> = Vec::new();
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    // The other sheets of an exported workbook show the same ladder in another form.
    let file = |sheet: &Sheet| sheet.place.split(", sheet ").next().unwrap_or_default().to_owned();
    let is_own = |sheet: &&Sheet| FlatTable::find(recogniser, sheet).is_some_and(|table| table.is_own());
    let exported: Vec<(String, std::sync::Arc<str>)> =
        sheets.iter().filter(is_own).map(|sheet| (file(sheet), sheet.place.clone())).collect();
    for sheet in sheets {
        if exported.iter().any(|(name, place)| *name == file(&sheet) && *place != sheet.place) {
            for id in sheet.rows.iter().flatten().filter_map(|cell| cell.id).chain(sheet.name_text) {
                recogniser.ledger.leave(id, Reason::Repeated);
            }
            continue;
        }
        if let Some(flat) = FlatTable::find(recogniser, &sheet) {
            flat::recognise(recogniser, &flat, &sheet);
            continue;
        }
        if let Some(key) = scale::find(&sheet) {
            scale::place(recogniser, &key);
            scale.get_or_insert(key);
            continue;
        }
        let found = matrices_of(recogniser, &sheet);
        if found.is_empty() {
            let seen = describe(&sheet);
            recogniser.seen.push(seen);
        }
        matrices.extend(found);
    }
    matrix_rows::recognise(recogniser, matrices);
    scale
}

/// What a sheet that isn't a ladder has: its size, and how many of its cells are numbers.
fn describe(sheet: &Sheet) -> String {
    let cells = sheet.rows.iter().flatten().filter(|cell| cell.id.is_some());
    let (all, numbers) = cells.fold((0, 0), |(all, numbers), cell| {
        (all + 1, numbers + usize::from(is_number(&cell.text) || is_money(&cell.text)))
    });
    let place = &sheet.place;
    format!(
        "{place} has {} rows and {} columns with {all} texts, {numbers} of them numbers or amounts, and neither a row nor a \
         column with names of levels above text",
        sheet.rows.len(),
        sheet.width()
    )
}

/// The ladders in a sheet, in the direction that fits better.
fn matrices_of(recogniser: &mut Recogniser<'_>, sheet: &Sheet) -> Vec<Matrix> {
    let mapping = recogniser.mapping;
    let start = mapping.header_row.map_or(0, |row| row.saturating_sub(1)).min(sheet.rows.len());
    for cell in sheet.rows[..start].iter().flatten() {
        recogniser.leave(cell, Reason::Note);
    }
    let mut below = sheet.clone();
    if mapping.header_row.is_some() {
        below.rows.drain(..start);
    }
    let transposed = below.transposed();
    let score = |sheet: &Sheet| {
        let above = sheet.rows.len().min(MAX_ROWS_ABOVE);
        (0..above).filter_map(|row| header_score(sheet, row)).max().unwrap_or(0)
    };
    let by_columns = match mapping.levels {
        Some(direction) => direction == LevelDirection::Columns,
        None => match (score(&below), score(&transposed)) {
            (0, 0) => match matrix::named_direction(&below) {
                Some(direction) => direction == LevelDirection::Columns,
                None => return Vec::new(),
            },
            (columns, rows) => columns >= rows,
        },
    };
    let chosen = if by_columns { below } else { transposed };
    let is_empty = |row: usize| chosen.rows[row].iter().all(SheetCell::is_empty);
    let is_title = |row: usize| chosen.rows[row].iter().filter(|cell| cell.id.is_some()).count() == 1;
    // The first row and the header of each table. A title may be above its header, after a gap.
    let mut tables: Vec<(usize, usize)> = Vec::new();
    for header in (0..chosen.rows.len()).filter(|row| header_score(&chosen, *row).is_some()) {
        if tables.is_empty() {
            tables.push((0, header));
        } else if is_empty(header - 1) {
            tables.push((header, header));
        } else if header >= 2 && is_title(header - 1) && is_empty(header - 2) {
            tables.push((header - 1, header));
        }
    }
    if tables.is_empty() {
        tables.push((0, 0));
    }
    let ends: Vec<usize> = tables.iter().skip(1).map(|(start, _)| *start).chain([chosen.rows.len()]).collect();
    let find = |((start, header), end): ((usize, usize), usize)| {
        Matrix::find(recogniser, &chosen, start..end, header, !by_columns)
    };
    tables.into_iter().zip(ends).filter_map(find).collect()
}
