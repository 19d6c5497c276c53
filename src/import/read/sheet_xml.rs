//! What the reader of spreadsheets leaves out: hidden rows and columns, comments, drop-downs and bold text.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::import::sheet::BOLD;

/// What a sheet has beside its cells. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(super) struct SheetExtras {
    pub(super) hidden_rows: BTreeSet<usize>,
    pub(super) hidden_columns: BTreeSet<usize>,
    /// Cells with comments, as written: `B2`.
    pub(super) comments: Vec<String>,
    /// Ranges with drop-downs.
    pub(super) validations: Vec<String>,
    /// Merged regions: top, left, bottom, right.
    pub(super) merged: Vec<(usize, usize, usize, usize)>,
}

/// The greatest number of columns that a spreadsheet has.
const MAX_COLUMNS: usize = 16_384;

/// The value of an attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().flatten().find_map(|attribute| {
        let key = attribute.key.0;
        let local = key.rsplit(':').next().unwrap_or(key);
        (local == name).then(|| unescape(&attribute.value).map(std::borrow::Cow::into_owned).unwrap_or_default())
    })
}

/// The name of an element without its prefix.
pub(super) fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The elements of a part in order, for parts of which only attributes matter.
pub(super) fn elements(xml: &str, mut visit: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => visit(local_name(element.name().0), &element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn is_on(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

/// Reads a worksheet of a workbook by Excel.
pub(super) fn worksheet(xml: &str) -> SheetExtras {
    let mut extras = SheetExtras::default();
    let mut row = 0_usize;
    elements(xml, |name, element| match name {
        "col" if is_on(attribute(element, "hidden")) => {
            let number = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
            let (min, max) = (number("min"), number("max").min(MAX_COLUMNS));
            extras.hidden_columns.extend(min.saturating_sub(1)..max);
        }
        "row" => {
            row = attribute(element, "r").and_then(|text| text.parse().ok()).unwrap_or(row + 1);
            if is_on(attribute(element, "hidden")) {
                extras.hidden_rows.insert(row.saturating_sub(1));
            }
        }
        "dataValidation" => extras.validations.extend(attribute(element, "sqref")),
        _ => {}
    });
    extras
}

/// The cells that have comments.
pub(super) fn comments(xml: &str) -> Vec<String> {
    let mut cells = Vec::new();
    elements(xml, |name, element| {
        if matches!(name, "comment" | "threadedComment") {
            cells.extend(attribute(element, "ref"));
        }
    });
    cells
}

/// The targets of a part's relations, by id.
pub(super) fn relations(xml: &str) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    elements(xml, |name, element| {
        if name == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, target);
        }
    });
    targets
}

/// Texts that are partly bold, with [`BOLD`] around each bold line, by the same text without.
pub(super) fn bold_strings(xml: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut reader = Reader::from_str(xml);
    let (mut plain, mut marked) = (String::new(), String::new());
    let (mut run, mut bold, mut in_text) = (String::new(), false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match local_name(element.name().0) {
                "si" => {
                    plain.clear();
                    marked.clear();
                }
                "r" => bold = false,
                "b" => bold = attribute(&element, "val").is_none_or(|value| value != "0" && value != "false"),
                "t" => {
                    in_text = true;
                    run.clear();
                }
                _ => {}
            },
            Ok(Event::Empty(element)) if local_name(element.name().0) == "b" => {
                bold = attribute(&element, "val").is_none_or(|value| value != "0" && value != "false");
            }
            Ok(Event::Text(text)) if in_text => run.push_str(&text),
            Ok(Event::GeneralRef(name)) if in_text => run.push_str(&reference(&name)),
            Ok(Event::End(element)) => match local_name(element.name().0) {
                "t" => {
                    in_text = false;
                    plain.push_str(&run);
                    marked.push_str(&if bold { bold_lines(&run) } else { run.clone() });
                }
                "r" => bold = false,
                "si" if marked != plain => {
                    found.insert(std::mem::take(&mut plain), std::mem::take(&mut marked));
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The text of a reference to a character, such as `amp` or `#10`.
pub(super) fn reference(name: &str) -> String {
    unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// A text with [`BOLD`] on both sides of each line.
pub(super) fn bold_lines(text: &str) -> String {
    let mark = |line: &str| {
        if line.trim().is_empty() { line.to_owned() } else { format!("{BOLD}{}{BOLD}", line.trim()) }
    };
    text.split('\n').map(mark).collect::<Vec<_>>().join("\n")
}

/// Reads what the content of an `.ods` file has beside the cells, by sheet.
pub(super) fn open_document(xml: &str) -> Vec<SheetExtras> {
    let mut sheets: Vec<SheetExtras> = Vec::new();
    let (mut row, mut column, mut header) = (0_usize, 0_usize, 0_usize);
    let mut row_repeat = 1;
    let mut first = true;
    elements(xml, |name, element| {
        let number = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        let is_hidden = || attribute(element, "visibility").is_some_and(|value| value != "visible");
        match name {
            "table" => {
                sheets.push(SheetExtras::default());
                (row, column, header, row_repeat, first) = (0, 0, 0, 1, true);
            }
            "table-column" => {
                let repeat = number("number-columns-repeated").min(MAX_COLUMNS);
                if is_hidden()
                    && let Some(sheet) = sheets.last_mut()
                {
                    sheet.hidden_columns.extend(header..header + repeat);
                }
                header += repeat;
            }
            "table-row" => {
                if !first {
                    row += row_repeat;
                }
                (first, column, row_repeat) = (false, 0, number("number-rows-repeated"));
                if is_hidden()
                    && let Some(sheet) = sheets.last_mut()
                {
                    sheet.hidden_rows.extend(row..row + row_repeat.min(1 << 20));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (wide, high) = (number("number-columns-spanned"), number("number-rows-spanned"));
                if (wide > 1 || high > 1)
                    && let Some(sheet) = sheets.last_mut()
                {
                    sheet.merged.push((row, column, row + high - 1, column + wide - 1));
                }
                column += number("number-columns-repeated");
            }
            "annotation" => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.comments.push(cell_name(row, column.saturating_sub(1)));
                }
            }
            _ => {}
        }
    });
    sheets
}

/// The name of a cell: `B2`.
pub(super) fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", crate::import::ledger::column_name(column), row + 1)
}
