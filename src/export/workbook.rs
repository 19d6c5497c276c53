//! The ladder as a workbook: a matrix for each track, and a sheet with one row per expectation; or a form for assessments.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::data::{LadderData, list, text};
use super::document::example;

/// The widths of columns, in characters.
const NAME_WIDTH: f64 = 24.0;
const TEXT_WIDTH: f64 = 48.0;

/// The longest name of a sheet, and the longest text of a cell.
const MAX_SHEET_NAME: usize = 31;
const MAX_CELL: usize = 32_767;

/// The marks of an assessment, lowest first. The sums count them from 0.
const RATINGS: [&str; 4] = ["Not yet", "Sometimes", "Consistently", "Beyond"];

/// A workbook as it's saved, and what it can't hold.
pub(crate) struct ExportedWorkbook {
    pub(crate) bytes: Vec<u8>,
    /// Texts that are longer than a cell can be.
    pub(crate) shortened: usize,
}

/// Writes a ladder, with the rows of `ladder.csv`.
///
/// # Errors
/// If the ladder has more rows or columns than a workbook.
pub(crate) fn matrix(ladder: &Value, rows: &[Vec<String>]) -> Result<ExportedWorkbook, XlsxError> {
    let mut writer = WorkbookWriter::new();
    let data = LadderData::new(ladder);
    for track in list(ladder, "tracks") {
        writer.track(&data, ladder, track)?;
    }
    let wrap = writer.wrap.clone();
    let mut sheet = writer.sheet("Expectations");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            let format = if row == 0 { &writer.head } else { &wrap };
            writer.shortened += write(&mut sheet, row, column, cell, format)?;
        }
    }
    let columns = u16::try_from(rows.first().map_or(1, Vec::len)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, u32::try_from(rows.len().max(2) - 1).unwrap_or(u32::MAX), columns - 1)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_column_range_width(0, columns - 1, NAME_WIDTH)?;
    writer.save(vec![sheet])
}

/// Writes a sheet for each level, with a rating and evidence for each expectation, and sums.
///
/// # Errors
/// If the ladder has more rows than a workbook.
pub(crate) fn assessment(ladder: &Value) -> Result<ExportedWorkbook, XlsxError> {
    let mut writer = WorkbookWriter::new();
    let data = LadderData::new(ladder);
    let mut sheets = Vec::new();
    for level in list(ladder, "levels") {
        let title = format!("{} {}", text(level, "title"), text(level, "code"));
        let mut sheet = writer.sheet(title.trim());
        let rows = writer.assessed(&data, level, &mut sheet)?;
        if rows > 0 {
            sheets.push(sheet);
        }
    }
    writer.save(sheets)
}

struct WorkbookWriter {
    sheets: Vec<Worksheet>,
    names: BTreeSet<String>,
    head: Format,
    wrap: Format,
    open: Format,
    shortened: usize,
}

impl WorkbookWriter {
    fn new() -> Self {
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            sheets: Vec::new(),
            names: BTreeSet::new(),
            head: wrap.clone().set_bold(),
            open: wrap.clone().set_unlocked(),
            wrap,
            shortened: 0,
        }
    }

    /// A new sheet. Names are made valid and unique.
    fn sheet(&mut self, title: &str) -> Worksheet {
        let plain: String = title.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
        let plain = plain.trim_matches([' ', '\'']);
        let base = if plain.is_empty() { "Sheet" } else { plain };
        let name = |number: usize| {
            let suffix = if number < 2 { String::new() } else { format!(" {number}") };
            base.chars().take(MAX_SHEET_NAME - suffix.len()).collect::<String>() + &suffix
        };
        let unique = (1..=self.names.len() + 1).map(name).find(|name| self.names.insert(name.to_lowercase()));
        let mut sheet = Worksheet::new();
        // The name is valid by construction; with another one, the sheet would have the default's.
        let _ = sheet.set_name(unique.unwrap_or_default());
        sheet
    }

    /// The matrix of a track: competencies as rows, levels as columns.
    fn track(&mut self, data: &LadderData<'_>, ladder: &Value, track: &Value) -> Result<(), XlsxError> {
        let mut sheet = self.sheet(&text(track, "title"));
        let levels: Vec<&Value> = list(track, "levels").iter().filter_map(|id| data.level(id.as_str()?)).collect();
        write(&mut sheet, 0, 0, "Area", &self.head)?;
        write(&mut sheet, 0, 1, "Competency", &self.head)?;
        for (column, level) in (2..).zip(&levels) {
            let code = text(level, "code");
            let title = text(level, "title");
            write(
                &mut sheet,
                0,
                column,
                &if code.is_empty() { title } else { format!("{title} ({code})") },
                &self.head,
            )?;
        }
        let mut row = 1;
        for competency in list(ladder, "competencies") {
            let id = text(competency, "id");
            let cell = |level: &&Value| {
                let cell = list(level, "cells").iter().find(|cell| text(cell, "competency") == id);
                let is_excluded = list(level, "not_applicable").iter().any(|other| other.as_str() == Some(&id));
                cell.map_or_else(|| if is_excluded { "n/a".to_owned() } else { String::new() }, cell_text)
            };
            let texts: Vec<String> = levels.iter().map(cell).collect();
            if texts.iter().all(String::is_empty) {
                continue;
            }
            write(&mut sheet, row, 0, &data.area(&id), &self.wrap)?;
            write(&mut sheet, row, 1, &text(competency, "title"), &self.head)?;
            for (column, text) in (2..).zip(&texts) {
                self.shortened += write(&mut sheet, row, column, text, &self.wrap)?;
            }
            row += 1;
        }
        sheet.set_freeze_panes(1, 2)?;
        sheet.set_column_range_width(0, 1, NAME_WIDTH)?;
        sheet.set_column_range_width(2, u16::try_from(levels.len()).unwrap_or(u16::MAX - 2) + 2, TEXT_WIDTH)?;
        self.sheets.push(sheet);
        Ok(())
    }

    /// The form for a level. Returns the number of its expectations.
    fn assessed(&mut self, data: &LadderData<'_>, level: &Value, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
        for (column, name) in (0..).zip(["Competency", "Expectation", "Rating", "Evidence"]) {
            write(sheet, 0, column, name, &self.head)?;
        }
        let mut row = 1;
        let of_cell = |cell: &Value| {
            let name = data.competency_title(&text(cell, "competency"));
            list(cell, "expectations").iter().map(|line| (name.clone(), text(line, "text"))).collect::<Vec<_>>()
        };
        let own = list(level, "expectations").iter().map(|line| (String::new(), text(line, "text")));
        for (competency, expectation) in own.chain(list(level, "cells").iter().flat_map(of_cell)) {
            write(sheet, row, 0, &competency, &self.wrap)?;
            self.shortened += write(sheet, row, 1, &expectation, &self.wrap)?;
            sheet.write_blank(row, 2, &self.open)?;
            sheet.write_blank(row, 3, &self.open)?;
            row += 1;
        }
        if row == 1 {
            return Ok(0);
        }
        let list = DataValidation::new().allow_list_strings(&RATINGS)?;
        sheet.add_data_validation(1, 2, row - 1, 2, &list)?;
        write(sheet, row + 1, 1, "Rated", &self.head)?;
        sheet.write_formula_with_format(row + 1, 2, Formula::new(format!("=COUNTA(C2:C{row})")), &self.wrap)?;
        write(sheet, row + 2, 1, "Sum", &self.head)?;
        let sum = (0..).zip(RATINGS).map(|(points, rating)| format!("{points}*COUNTIF(C2:C{row},\"{rating}\")"));
        let sum = format!("={}", sum.collect::<Vec<_>>().join("+"));
        sheet.write_formula_with_format(row + 2, 2, Formula::new(sum), &self.wrap)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_column_width(0, NAME_WIDTH)?;
        sheet.set_column_width(1, TEXT_WIDTH)?;
        sheet.set_column_width(2, NAME_WIDTH)?;
        sheet.set_column_width(3, TEXT_WIDTH)?;
        sheet.protect();
        Ok(row - 1)
    }

    fn save(mut self, more: Vec<Worksheet>) -> Result<ExportedWorkbook, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed time, so that the same ladder gives the same bytes.
        let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
        self.sheets.extend(more);
        for sheet in self.sheets {
            workbook.push_worksheet(sheet);
        }
        Ok(ExportedWorkbook { bytes: workbook.save_to_buffer()?, shortened: self.shortened })
    }
}

/// The expectations of a cell, one on a line.
fn cell_text(cell: &Value) -> String {
    let line = |line: &Value| {
        let detail = text(line, "detail");
        let detail = detail.lines().map(|line| format!("  - {line}"));
        let examples = list(line, "examples").iter().map(example);
        std::iter::once(format!("- {}", text(line, "text")))
            .chain(detail)
            .chain(examples)
            .collect::<Vec<_>>()
            .join("\n")
    };
    list(cell, "expectations").iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Writes a text as a text, never as a formula. Returns 1 if it had to be cut.
fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<usize, XlsxError> {
    if text.is_empty() {
        return Ok(0);
    }
    let is_long = text.chars().count() > MAX_CELL;
    let text: String = text.chars().take(MAX_CELL).collect();
    sheet.write_string_with_format(row, column, text, format)?;
    Ok(usize::from(is_long))
}
