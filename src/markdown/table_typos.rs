//! Detection of rows that aren't part of a table, and of lines in a table that aren't divided into cells.

use std::ops::Range;

use super::bullets::bullet;
use super::paragraph_line::{ParagraphLine, line_break, line_start, lines};
use super::parser::MarkdownParser;
use crate::diagnostic::catalog::{self, PlainTable};
use crate::diagnostic::{Applicability, Diagnostic, Span};

impl MarkdownParser<'_> {
    /// Reports rows in a paragraph; returns whether there are some.
    pub(super) fn report_table_typo(&mut self, lines: &[ParagraphLine<'_>]) -> bool {
        if let Some(diagnostic) = self.stray_rows(lines) {
            self.diagnostics.push(diagnostic);
            return true;
        }
        let [head, rows @ ..] = lines else { return false };
        let is_aligned = || self.has_aligned_columns(lines);
        let Some(form) = foreign_table(head.text, rows, is_aligned) else { return false };
        self.push(match form {
            ForeignTable::Drawn => catalog::drawn_table(self.span_of(head)),
            ForeignTable::Spreadsheet(separator) => {
                catalog::plain_table(self.span_of(head), &self.table_of(lines, separator))
            }
        });
        true
    }

    fn span_of(&self, line: &ParagraphLine<'_>) -> Span {
        Span::new(self.file, line.span())
    }

    /// The report of the rows in a paragraph.
    fn stray_rows(&self, lines: &[ParagraphLine<'_>]) -> Option<Diagnostic> {
        if let Some(rule) = lines.iter().position(|line| is_rule(line.text)) {
            let Some(head) = rule.checked_sub(1) else {
                let above = self.source[..lines[rule].start].trim_end().lines().next_back().unwrap_or_default();
                // Column headings that are divided from this line are reported.
                return (!is_row(above)).then(|| catalog::missing_column_headings(self.span_of(&lines[rule])));
            };
            let (headings, columns) = (cells(lines[head].text).count(), cells(lines[rule].text).count());
            return Some(catalog::unequal_columns(self.span_of(&lines[head]), headings, columns));
        }
        let mut rows = lines.iter().filter(|line| is_row(line.text));
        let first = rows.next()?;
        if rows.next().is_some() {
            let rule = rule(cells(first.text).count());
            let are_all_rows = lines.iter().all(|line| is_row(line.text));
            let below = are_all_rows.then(|| self.line_below(lines, &rule));
            return Some(catalog::missing_rule(self.span_of(first), &rule, below));
        }
        (lines.len() == 1).then(|| catalog::stray_row(self.span_of(first)))
    }

    /// The place below the first of some lines, and a line to insert there with the same marks before it.
    fn line_below(&self, lines: &[ParagraphLine<'_>], text: &str) -> (Span, String) {
        let end = lines.first().map_or(0, |line| line.span().end);
        let prefix = lines.get(1).map_or("", |line| self.before(line).trim_end_matches('\t'));
        (self.span(&(end..end)), format!("{}{prefix}{text}", line_break(self.source, end)))
    }

    /// The text before a line: its indentation and quote markers.
    fn before(&self, line: &ParagraphLine<'_>) -> &str {
        &self.source[line_start(self.source, line.start)..line.start]
    }

    /// The table that some lines of a spreadsheet are. Its column headings may be too few for a row, or all that there is; then
    /// it's a guess.
    fn table_of(&self, lines: &[ParagraphLine<'_>], separator: Separator) -> PlainTable {
        let cells = |(at, line): (usize, &ParagraphLine<'_>)| {
            // The first cells of a row may be empty.
            let empty = if separator == Separator::Tab && at > 0 { self.before(line).matches('\t').count() } else { 0 };
            let mut cells = vec![String::new(); empty];
            cells.extend(cells_of(line.text, separator));
            cells
        };
        let table: Vec<Vec<String>> = lines.iter().enumerate().map(cells).collect();
        let columns = table.iter().map(Vec::len).max().unwrap_or_default();
        let headings = headings_of_text(&table[0]);
        let is_clear =
            separator == Separator::Tab && lines.len() > 1 && table[0].len() == columns && headings.is_none();
        let mut edits: Vec<(Span, String)> = Vec::new();
        for (at, (line, cells)) in lines.iter().zip(&table).enumerate() {
            let row = table_row(cells, columns);
            let row = match (at, &headings) {
                (0, Some(headings)) => {
                    let below = |text: &str| self.line_below(lines, text).1;
                    format!("{}{}{}", table_row(headings, columns), below(&rule(columns)), below(&row))
                }
                (0, None) => format!("{row}{}", self.line_below(lines, &rule(columns)).1),
                _ => row,
            };
            let tabs = self.before(line).len() - self.before(line).trim_end_matches('\t').len();
            let start = if at > 0 { line.start - tabs } else { line.start };
            edits.push((self.span(&(start..line.span().end)), row));
        }
        let mut rows = headings.iter().chain(&table).map(|cells| shown_row(cells));
        PlainTable {
            is_aligned: separator == Separator::Spaces,
            head: rows.next().unwrap_or_default(),
            rule: rule(table[0].len()),
            row: rows.next(),
            edits,
            applicability: if is_clear { Applicability::MachineApplicable } else { Applicability::Suggestion },
        }
    }

    /// Whether lines have columns that spaces align, as terminals and PDFs show tables: in each line, a text begins at the
    /// same place as one of the first line behind two spaces or more, which don't only follow a sentence.
    fn has_aligned_columns(&self, lines: &[ParagraphLine<'_>]) -> bool {
        let starts = |line: &ParagraphLine<'_>| {
            let before = self.before(line).chars().count();
            let text = line.text.trim_end();
            let mut starts: Vec<usize> = Vec::new();
            for (at, _) in text.match_indices("  ") {
                let (above, below) = (text[..at].trim_end(), text[at..].trim_start());
                let start = before + text[..text.len() - below.len()].chars().count();
                if !above.ends_with(['.', '!', '?', ':', ';', ',']) && !starts.contains(&start) {
                    starts.push(start);
                }
            }
            (before, starts)
        };
        let Some((first, rows)) = lines.split_first().filter(|(_, rows)| !rows.is_empty()) else { return false };
        let (_, columns) = starts(first);
        rows.iter().all(|row| {
            // The first cells of a row may be empty.
            let (indentation, starts) = starts(row);
            columns.iter().any(|column| *column == indentation || starts.contains(column))
        })
    }

    /// Reports an indented code block that begins with a row.
    pub(super) fn report_indented_row(&mut self, block: &Range<usize>, in_item: bool) {
        let Some(source) = self.verbatim_source(block) else { return };
        let rows: Vec<_> = lines(source, block.start).into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let Some(first) = rows.first().filter(|line| is_row(line.text)) else { return };
        let is_table = !in_item && rows.iter().all(|line| line.text.trim().starts_with('|'));
        let indentation = |row: &ParagraphLine<'_>| self.span(&(line_start(self.source, row.start)..row.start));
        let indentations = if is_table { rows.iter().map(indentation).collect() } else { Vec::new() };
        self.push(catalog::indented_row(self.span_of(first), indentations));
    }

    /// Reports the first line of a table that isn't divided into its columns.
    pub(super) fn report_undivided_row(&mut self, table: &Range<usize>, columns: usize) {
        let Some(source) = self.verbatim_source(table).filter(|_| columns > 1) else { return };
        let mut rows = lines(source, table.start).into_iter().skip(2);
        let report = |line: ParagraphLine<'_>| undivided_row(line.text.trim(), columns, self.span_of(&line));
        let found = rows.find_map(report);
        self.diagnostics.extend(found);
    }
}

/// The report of a line of a table that isn't divided into its columns.
fn undivided_row(line: &str, columns: usize, span: Span) -> Option<Diagnostic> {
    if !line.contains(char::is_alphanumeric) {
        return None;
    }
    if !line.replace("\\|", "").contains('|') {
        let row = if line.contains('\t') {
            shown_row(&cells_of(line, Separator::Tab))
        } else {
            format!("|{}", " … |".repeat(columns))
        };
        return Some(catalog::undivided_row(span, &row));
    }
    if let Some(row) = line.strip_prefix('`').and_then(|line| line.strip_suffix('`')).filter(|row| is_row(row)) {
        return Some(catalog::marked_row(span, "the backticks", row));
    }
    let row = doubled_row(line).filter(|row| cells(row).count() == columns)?;
    // Cells for which there is no column are reported as unpublished.
    let is_reported = cells(line).skip(columns).any(|cell| cell.contains(char::is_alphanumeric));
    (!is_reported).then(|| catalog::marked_row(span, "doubled pipes", &row))
}

/// Whether a line is written as a row of a table with at least two cells.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|') && cells(line).count() > 1
}

/// Whether a line is the one below the column headings of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let mut is_escaped = false;
    row.split(move |c: char| {
        let is_end = c == '|' && !is_escaped;
        is_escaped = c == '\\';
        is_end
    })
}

/// The row `| a | b |` for one that is written as `|| a || b ||`.
fn doubled_row(row: &str) -> Option<String> {
    let single = row.strip_prefix("||")?.strip_suffix("||")?.replace("||", "\u{0}");
    (!single.contains('|')).then(|| format!("|{}|", single.replace('\u{0}', "|")))
}

/// A table of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ForeignTable {
    /// A table of a wiki or a terminal, with marks or lines around its cells.
    Drawn,
    /// Rows of a spreadsheet or of a terminal, with this between their cells.
    Spreadsheet(Separator),
}

/// What separates the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Tab,
    Semicolon,
    Comma,
    /// Two spaces or more, which align the columns.
    Spaces,
}

/// The table of another program that lines were most likely copied from.
fn foreign_table(head: &str, rows: &[ParagraphLine<'_>], is_aligned: impl FnOnce() -> bool) -> Option<ForeignTable> {
    let lines = || std::iter::once(head).chain(rows.iter().map(|row| row.text));
    if head.starts_with("{|") || head.starts_with("|===") || lines().any(is_drawn) {
        return Some(ForeignTable::Drawn);
    }
    // A single tab in a single line may separate a word from its explanation.
    let has_tabs = lines().all(|line| line.trim().contains('\t')) && lines().any(|line| bullet(line).is_none());
    if has_tabs && (!rows.is_empty() || head.trim().matches('\t').count() > 1) {
        return Some(ForeignTable::Spreadsheet(Separator::Tab));
    }
    let all: Vec<&str> = lines().collect();
    if !rows.is_empty() && are_separated_by(&all, ';') {
        return Some(ForeignTable::Spreadsheet(Separator::Semicolon));
    }
    let is_quoted = |line: &&str| line.starts_with('"') && line.trim_end().ends_with('"') && line.contains("\",\"");
    if !rows.is_empty() && (all.iter().all(is_quoted) || are_separated_by(&all, ',')) {
        return Some(ForeignTable::Spreadsheet(Separator::Comma));
    }
    is_aligned().then_some(ForeignTable::Spreadsheet(Separator::Spaces))
}

/// Returns whether a line is a border of a table that is drawn with characters: `+-----+-----+`, `────┼────`.
fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    let is_border = |c: char| matches!(c, '-' | '+' | '=' | ' ') || matches!(c, '\u{2500}'..='\u{257f}');
    let has_corner =
        line.contains('+') || line.contains(|c| matches!(c, '\u{250c}'..='\u{254b}' | '\u{2550}'..='\u{256c}'));
    line.chars().count() > 4 && has_corner && line.chars().all(is_border)
}

/// Returns whether lines have the same number of semicolons or commas, all without a space behind them, as no prose has
/// them.
fn are_separated_by(lines: &[&str], separator: char) -> bool {
    let is_separator = |line: &str, at: usize| {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
        let is_number =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        let is_entity =
            is_number && separator == ',' || separator == ';' && before[..before.len() - word.len()].ends_with('&');
        !is_entity && !after.is_empty() && !after.starts_with(char::is_whitespace)
    };
    let count = |line: &&str| {
        let mut separators = line.match_indices(separator);
        let number = separators.clone().count();
        (number > 0 && separators.all(|(at, _)| is_separator(line, at))).then_some(number)
    };
    let mut counts = lines.iter().map(count);
    counts.next().flatten().is_some_and(|first| counts.all(|number| number == Some(first)))
}

/// The line below the column headings of a table.
fn rule(columns: usize) -> String {
    format!("|{}", " --- |".repeat(columns))
}

/// The cells of a line of a spreadsheet, as they are written in a table.
fn cells_of(line: &str, separator: Separator) -> Vec<String> {
    let line = line.trim();
    let cells: Vec<&str> = match separator {
        Separator::Tab => line.split('\t').collect(),
        Separator::Semicolon => line.split(';').collect(),
        Separator::Comma if line.starts_with('"') => line.trim_matches('"').split("\",\"").collect(),
        Separator::Comma => line.split(',').collect(),
        Separator::Spaces => line.split("  ").filter(|cell| !cell.trim().is_empty()).collect(),
    };
    cells.into_iter().map(|cell| cell.trim().replace('|', "\\|")).collect()
}

/// The column headings to write above a first row that has an expectation, so that it isn't one of headings.
fn headings_of_text(first: &[String]) -> Option<Vec<String>> {
    let text = first.iter().position(|cell| cell.ends_with(['.', '!', '?', '。']))?;
    let heading = |at: usize| if at == text { "Expectation" } else { "" };
    Some((0..first.len()).map(|at| heading(at).to_owned()).collect())
}

/// A row of a table with some columns; the last cells may be missing.
fn table_row(cells: &[String], columns: usize) -> String {
    let cells = cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(columns);
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Cells as the row of a table. Long ones are shortened.
pub(crate) fn shown_row(cells: &[String]) -> String {
    const MAX_CELL_CHARS: usize = 24;
    let shortened = cells.iter().map(|cell| match cell.char_indices().nth(MAX_CELL_CHARS) {
        Some((end, _)) => format!(" {}… |", cell[..end].trim_end()),
        None => format!(" {cell} |"),
    });
    format!("|{}", shortened.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_from_a_spreadsheet_are_shown_as_rows_of_a_table() {
        let shown = |line| shown_row(&cells_of(line, Separator::Tab));
        assert_eq!(shown("Level\tA|B\t"), "| Level | A\\|B |");
        assert_eq!(shown("a\tTurns a vague request into a plan"), "| a | Turns a vague request in… |");
        let cells = cells_of("L2   Designs services.     A queue", Separator::Spaces);
        assert_eq!(cells, ["L2", "Designs services.", "A queue"]);
        assert_eq!(headings_of_text(&cells), Some(vec![String::new(), "Expectation".to_owned(), String::new()]));
        assert_eq!(headings_of_text(&cells_of("Level  Example", Separator::Spaces)), None);
    }

    #[test]
    fn rows_and_rules_are_recognized() {
        assert!(is_row("| a | b |") && is_row("|a|b|") && is_row("| | b |"));
        assert!(!is_row("| a |") && !is_row("| a \\| b |") && !is_row("a | b"));
        assert!(
            is_rule("| --- | --- |") && is_rule("--|--") && is_rule("|:---|") && !is_rule("---") && !is_rule("| a |")
        );
        assert_eq!(doubled_row("|| a || b ||").as_deref(), Some("| a | b |"));
        assert_eq!(doubled_row("|| a | b ||"), None);
    }
}
