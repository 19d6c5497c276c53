//! Builds an outline from the parts of a document.

use std::ops::Range;
use std::sync::Arc;

use crate::import::ledger::{Ledger, Reason, TextPlace};
use crate::import::outline::{BOLD_DEPTH, LIST_DEPTH, OutlinePart, SourceOutline};
use crate::import::sheet::{BOLD, LINK, LINK_END, LINK_TARGET, Sheet, SheetCell, plain};

/// Builds an outline from the parts of a document in order.
pub(super) struct OutlineBuilder<'a> {
    place: Arc<str>,
    ledger: &'a mut Ledger,
    parts: Vec<OutlinePart>,
    /// The text that is being read, with [`BOLD`] around bold parts, and its line.
    text: String,
    line: usize,
    heading: Option<usize>,
    lists: usize,
    /// Whether the text is the first of a list item.
    item: bool,
    table: Option<TableBuilder>,
}

/// The cells of a table that is being read.
#[derive(Default)]
pub(super) struct TableBuilder {
    rows: Vec<Vec<SheetCell>>,
    line: usize,
}

impl<'a> OutlineBuilder<'a> {
    pub(super) fn new(place: Arc<str>, ledger: &'a mut Ledger) -> Self {
        Self {
            place,
            ledger,
            parts: Vec::new(),
            text: String::new(),
            line: 1,
            heading: None,
            lists: 0,
            item: false,
            table: None,
        }
    }

    /// Records lines that an import never reads.
    pub(super) fn leave_lines(&mut self, lines: Range<usize>) {
        for line in lines {
            let id = self.ledger.add(TextPlace::Line(self.place.clone(), line));
            self.ledger.leave(id, Reason::Value);
        }
    }

    pub(super) fn start_heading(&mut self, depth: usize, line: usize) {
        self.end_block();
        self.start_text(line);
        self.heading = Some(depth);
    }

    pub(super) fn start_text(&mut self, line: usize) {
        if self.text.trim().is_empty() {
            self.line = line;
        }
    }

    pub(super) fn start_paragraph(&mut self, line: usize) {
        if self.table.is_none() {
            self.end_block();
        }
        self.start_text(line);
    }

    /// Ends a paragraph. That of an item stays open, because a nested list may follow, which belongs to it.
    pub(super) fn end_paragraph(&mut self) {
        if self.table.is_some() || self.lists == 0 {
            self.end_block();
        }
    }

    pub(super) fn start_list(&mut self) {
        // The text before a nested list is what the list belongs to.
        if self.table.is_none() {
            if self.item && !self.text.trim().is_empty() && self.lists > 0 {
                self.heading = Some(LIST_DEPTH + self.lists - 1);
            }
            self.end_block();
        }
        self.lists += 1;
    }

    pub(super) fn end_list(&mut self) {
        if self.table.is_none() {
            self.end_block();
        }
        self.lists = self.lists.saturating_sub(1);
        self.item = false;
    }

    pub(super) fn start_item(&mut self, line: usize) {
        if self.table.is_some() {
            self.text.push_str("\n- ");
            return;
        }
        self.end_block();
        self.line = line;
        self.item = true;
    }

    pub(super) fn bold(&mut self) {
        self.text.push(BOLD);
    }

    pub(super) fn push(&mut self, text: &str, line: usize) {
        if self.text.trim_matches(|c: char| c.is_whitespace() || c == BOLD).is_empty() && !text.trim().is_empty() {
            self.line = line;
        }
        self.text.push_str(text);
    }

    /// Starts the text of a link.
    pub(super) fn start_link(&mut self) {
        self.text.push(LINK);
    }

    /// Ends the text of a link to a target.
    pub(super) fn end_link(&mut self, target: &str) {
        self.text.push(LINK_TARGET);
        self.text.extend(target.chars().map(|c| if c == ' ' { "%20".to_owned() } else { c.to_string() }));
        self.text.push(LINK_END);
    }

    /// Ends the heading, paragraph or item that is being read.
    pub(super) fn end_block(&mut self) {
        if self.table.is_some() {
            self.text.push('\n');
            return;
        }
        let marked = std::mem::take(&mut self.text).replace(&format!("{BOLD}{BOLD}"), "");
        let heading = self.heading.take();
        let plain = plain(&marked);
        if plain.trim().is_empty() {
            return;
        }
        let item = std::mem::take(&mut self.item);
        let id = self.ledger.add(TextPlace::Line(self.place.clone(), self.line));
        let trimmed = marked.trim();
        let is_bold = trimmed.starts_with(BOLD)
            && trimmed.trim_end_matches(':').ends_with(BOLD)
            && trimmed.matches(BOLD).count() == 2
            && !trimmed.contains('\n');
        let one_line = || plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(depth) = heading {
            self.parts.push(OutlinePart::Heading { depth, text: one_line(), id });
        } else if is_bold && !item {
            self.parts.push(OutlinePart::Heading {
                depth: BOLD_DEPTH,
                text: one_line().trim_end_matches(':').to_owned(),
                id,
            });
        } else {
            self.parts.push(OutlinePart::Line { text: marked.trim().to_owned(), id, list: self.lists });
        }
    }

    pub(super) fn start_table(&mut self, line: usize) {
        self.end_block();
        self.table = Some(TableBuilder { rows: Vec::new(), line });
    }

    pub(super) fn is_in_table(&self) -> bool {
        self.table.is_some()
    }

    pub(super) fn start_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.rows.push(Vec::new());
        }
    }

    pub(super) fn start_cell(&mut self, line: usize) {
        self.text.clear();
        if let Some(table) = &mut self.table {
            table.line = line;
        }
    }

    /// Ends a cell that takes some columns.
    pub(super) fn end_cell(&mut self, columns: usize) {
        let text = std::mem::take(&mut self.text).replace(&format!("{BOLD}{BOLD}"), "");
        let text = text.trim().to_owned();
        let Some(table) = &mut self.table else { return };
        let line = table.line;
        let has_text = !plain(&text).trim().is_empty();
        let id = has_text.then(|| self.ledger.add(TextPlace::Line(self.place.clone(), line)));
        let cell = SheetCell { text: if has_text { text } else { String::new() }, id };
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        if let Some(row) = table.rows.last_mut() {
            row.push(cell.clone());
            row.extend((1..columns.min(100)).map(|_| SheetCell { id: None, ..cell.clone() }));
        }
    }

    /// Inserts repetitions of the cells of earlier rows that reach into this one.
    pub(super) fn repeat(&mut self, column: usize, cell: SheetCell) {
        if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
            let at = column.min(row.len());
            row.insert(at, cell);
        }
    }

    /// The cell that was read last.
    pub(super) fn last_cell(&self) -> Option<(usize, SheetCell)> {
        let row = self.table.as_ref()?.rows.last()?;
        Some((row.len().checked_sub(1)?, SheetCell { id: None, ..row.last()?.clone() }))
    }

    pub(super) fn row_length(&self) -> usize {
        self.table.as_ref().and_then(|table| table.rows.last()).map_or(0, Vec::len)
    }

    pub(super) fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        self.text.clear();
        let sheet = Sheet { place: self.place.clone(), name: String::new(), name_text: None, rows: table.rows };
        self.parts.push(OutlinePart::Table(sheet.rectangular()));
    }

    /// The outline, with the name that its file has.
    pub(super) fn finish(mut self, name: String) -> SourceOutline {
        self.table = None;
        self.end_block();
        SourceOutline { name, place: self.place, parts: self.parts }
    }
}
