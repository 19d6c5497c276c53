//! A grid of cells, as a spreadsheet, a table of a document or a CSV file has it.

use std::sync::Arc;

use super::ledger::TextId;

/// A sheet or a table, without what's hidden in it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The file, and the sheet's own name if it has one, for places: `ladder.xlsx, sheet Engineers`.
    pub(super) place: Arc<str>,
    /// The name that may be that of a level, a track or a competency: the sheet's, or that of the file.
    pub(super) name: String,
    /// The text that stands for the name in the source, if the name is more than that of a file.
    pub(super) name_text: Option<TextId>,
    /// The rows, all equally long.
    pub(super) rows: Vec<Vec<SheetCell>>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetCell {
    /// The text; lines end with `\n`. A line in bold is between two [`BOLD`] characters.
    pub(super) text: String,
    /// The entry in the ledger. A cell without one is empty, or a repetition of the cell that it's merged with.
    pub(super) id: Option<TextId>,
}

/// The character on both sides of a bold line, one for private use.
pub(super) const BOLD: char = '\u{f8b0}';

impl SheetCell {
    /// Whether the cell has no text.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text without marks, in one line.
    pub(super) fn line(&self) -> String {
        plain(&self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the cell only repeats the one that it's merged with.
    pub(super) fn is_repeated(&self) -> bool {
        self.id.is_none() && !self.is_empty()
    }
}

/// The characters around the text of a link and its target: [`LINK`], the text, [`LINK_TARGET`], the target, [`LINK_END`].
pub(super) const LINK: char = '\u{f8b1}';
pub(super) const LINK_TARGET: char = '\u{f8b2}';
pub(super) const LINK_END: char = '\u{f8b3}';

/// A text without the marks of bold lines, and of links only their texts.
pub(super) fn plain(text: &str) -> String {
    let mut in_target = false;
    let is_text = |c: &char| {
        match *c {
            LINK_TARGET => in_target = true,
            LINK_END => in_target = false,
            _ => {}
        }
        !in_target && !matches!(*c, BOLD | LINK | LINK_END)
    };
    text.chars().filter(is_text).collect()
}

/// A text without the marks of bold lines, but with links.
pub(super) fn with_links(text: &str) -> String {
    text.replace(BOLD, "")
}

impl Sheet {
    /// Makes all rows equally long, and removes empty ones at the end.
    pub(super) fn rectangular(mut self) -> Self {
        while self.rows.last().is_some_and(|row| row.iter().all(SheetCell::is_empty)) {
            self.rows.pop();
        }
        let filled = |row: &Vec<SheetCell>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let width = self.rows.iter().map(filled).max().unwrap_or(0);
        for row in &mut self.rows {
            row.resize(width, SheetCell::default());
        }
        self
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// The sheet with rows as columns.
    pub(super) fn transposed(&self) -> Self {
        let column = |at: usize| self.rows.iter().map(|row| row[at].clone()).collect();
        Self { rows: (0..self.width()).map(column).collect(), ..self.clone() }
    }

    /// Repeats the cell at the top left of a merged region in all of its cells.
    pub(super) fn merge(&mut self, top: usize, left: usize, bottom: usize, right: usize) {
        let Some(cell) = self.rows.get(top).and_then(|row| row.get(left)).cloned() else { return };
        for (at, row) in self.rows.iter_mut().enumerate().take(bottom + 1).skip(top) {
            for (column, target) in row.iter_mut().enumerate().take(right + 1).skip(left) {
                if (at, column) != (top, left) && target.id.is_none() {
                    *target = SheetCell { id: None, ..cell.clone() };
                }
            }
        }
    }
}
