//! Spreadsheets: `.xlsx` and `.ods`.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Ods, Range, Reader, SheetVisible, Xlsx};

use super::archive::Archive;
use super::sheet_xml::{SheetExtras, attribute, bold_strings, comments, elements, open_document, relations, worksheet};
use crate::import::ledger::{Ledger, Reason, TextPlace};
use crate::import::mapping::Mapping;
use crate::import::sheet::{Sheet, SheetCell};
use crate::import::source_file::{ImportError, SourceFile};
use crate::import::words::is_generic;

/// Reads a workbook by Excel.
pub(super) fn read_xlsx(
    source: &SourceFile,
    mapping: &Mapping,
    ledger: &mut Ledger,
) -> Result<Vec<Sheet>, ImportError> {
    let failed = |error: &dyn Display| ImportError::new(format!("{} can't be read: {error}", source.name));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(source.bytes.as_slice())).map_err(|error| failed(&error))?;
    let mut archive = Archive::open(source)?;
    let bold = bold_strings(&archive.text("xl/sharedStrings.xml"));
    let paths = sheet_paths(&mut archive);
    let mut sheets = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let Ok(range) = workbook.worksheet_range(&sheet.name) else { continue };
        let mut extras = SheetExtras::default();
        if let Some(path) = paths.get(&sheet.name) {
            extras = worksheet(&archive.text(path));
            extras.comments = sheet_comments(&mut archive, path);
        }
        if let Ok(regions) = workbook.merge_cells_by_sheet_name(&sheet.name) {
            let region = |at: &calamine::Dimensions| {
                (at.start.0 as usize, at.start.1 as usize, at.end.0 as usize, at.end.1 as usize)
            };
            extras.merged = regions.iter().map(region).collect();
        }
        let is_hidden = sheet.visible != SheetVisible::Visible;
        sheets.extend(to_sheet(source, &sheet.name, &range, &extras, (is_hidden, mapping.hidden), &bold, ledger));
    }
    Ok(sheets)
}

/// Reads an `.ods` file.
pub(super) fn read_ods(source: &SourceFile, mapping: &Mapping, ledger: &mut Ledger) -> Result<Vec<Sheet>, ImportError> {
    let failed = |error: &dyn Display| ImportError::new(format!("{} can't be read: {error}", source.name));
    let mut workbook: Ods<_> = Ods::new(Cursor::new(source.bytes.as_slice())).map_err(|error| failed(&error))?;
    let mut extras = open_document(&Archive::open(source)?.text("content.xml")).into_iter();
    let mut sheets = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let extras = extras.next().unwrap_or_default();
        let Ok(range) = workbook.worksheet_range(&sheet.name) else { continue };
        let is_hidden = sheet.visible != SheetVisible::Visible;
        let hidden = (is_hidden, mapping.hidden);
        sheets.extend(to_sheet(source, &sheet.name, &range, &extras, hidden, &BTreeMap::new(), ledger));
    }
    Ok(sheets)
}

/// The paths of the worksheets in a workbook by Excel, by name.
fn sheet_paths(archive: &mut Archive<'_>) -> BTreeMap<String, String> {
    let targets = relations(&archive.text("xl/_rels/workbook.xml.rels"));
    let mut paths = BTreeMap::new();
    elements(&archive.text("xl/workbook.xml"), |name, element| {
        if name == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(target) = targets.get(&id)
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            paths.insert(name, path);
        }
    });
    paths
}

/// The cells of a worksheet that have comments.
fn sheet_comments(archive: &mut Archive<'_>, path: &str) -> Vec<String> {
    let Some((folder, file)) = path.rsplit_once('/') else { return Vec::new() };
    let targets = relations(&archive.text(&format!("{folder}/_rels/{file}.rels")));
    let mut cells: Vec<String> = Vec::new();
    for target in targets.values().filter(|target| target.to_lowercase().contains("comment")) {
        let name = target.trim_start_matches("../").trim_start_matches("/xl/");
        cells.extend(comments(&archive.text(&format!("xl/{name}"))));
    }
    cells.sort();
    cells.dedup();
    cells
}

/// Records the texts of a sheet and returns it without what's hidden; `None` for a sheet that is hidden as a whole.
fn to_sheet(
    source: &SourceFile,
    name: &str,
    range: &Range<Data>,
    extras: &SheetExtras,
    (is_hidden, imports_hidden): (bool, bool),
    bold: &BTreeMap<String, String>,
    ledger: &mut Ledger,
) -> Option<Sheet> {
    let place: Arc<str> = format!("{}, sheet {name}", source.name).into();
    let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let mut rows = vec![Vec::new(); top];
    for (row, cells) in range.rows().enumerate() {
        let row = row + top;
        let mut out = vec![SheetCell::default(); left];
        for (column, data) in cells.iter().enumerate() {
            let column = column + left;
            let text = data.to_string().replace("\r\n", "\n").replace('\r', "\n");
            if text.trim().is_empty() {
                out.push(SheetCell::default());
                continue;
            }
            let id = ledger.add(TextPlace::Cell(place.clone(), row, column));
            let hidden = is_hidden || extras.hidden_rows.contains(&row) || extras.hidden_columns.contains(&column);
            let reason = match data {
                _ if hidden && !imports_hidden => Some(Reason::Hidden),
                Data::Error(_) => Some(Reason::Formula),
                _ => None,
            };
            if let Some(reason) = reason {
                ledger.leave(id, reason);
                out.push(SheetCell::default());
            } else {
                let text = bold.get(&text).cloned().unwrap_or(text).trim_matches(['\n', ' ']).to_owned();
                out.push(SheetCell { text, id: Some(id) });
            }
        }
        rows.push(out);
    }
    let parts = extras.comments.iter().map(|cell| (format!("comment of {cell}"), Reason::Comment));
    for (part, reason) in
        parts.chain(extras.validations.iter().map(|cells| (format!("list of {cells}"), Reason::Validation)))
    {
        let id = ledger.add(TextPlace::Part(place.clone(), part));
        ledger.leave(id, reason);
    }
    if is_hidden && !imports_hidden {
        return None;
    }
    let mut sheet = Sheet { place: place.clone(), name: name.to_owned(), name_text: None, rows }.rectangular();
    for (top, left, bottom, right) in &extras.merged {
        sheet.merge(*top, *left, *bottom, *right);
    }
    sheet.name_text = (!is_generic(name)).then(|| ledger.add(TextPlace::Part(place, "the sheet's name".to_owned())));
    Some(sheet)
}
