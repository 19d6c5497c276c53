//! Detection of rows that aren't part of a table, and of lines in a table that aren't divided into cells.

use std::ops::Range;

use super::bullets::bullet;
use super::paragraph_line::{ParagraphLine, lines};
use super::parser::MarkdownParser;
use crate::diagnostic::{Code, Diagnostic, Span, catalog};

impl MarkdownParser<'_> {
    /// Reports rows in a paragraph; returns whether there are some.
    pub(super) fn report_table_typo(&mut self, lines: &[ParagraphLine<'_>]) -> bool {
        if let Some(diagnostic) = self.stray_rows(lines) {
            self.diagnostics.push(diagnostic);
            return true;
        }
        let [head, rows @ ..] = lines else { return false };
        let Some((message, help)) = foreign_table(head.text, rows) else { return false };
        self.report(Code::NotATable, &head.span(), message, help);
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
            return Some(catalog::missing_rule(self.span_of(first), &rule(cells(first.text).count())));
        }
        (lines.len() == 1).then(|| catalog::stray_row(self.span_of(first)))
    }

    /// Reports an indented code block that begins with a row.
    pub(super) fn report_indented_row(&mut self, block: &Range<usize>) {
        let Some(source) = self.verbatim_source(block) else { return };
        let first = lines(source, block.start).into_iter().find(|line| !line.text.trim().is_empty());
        if let Some(first) = first.filter(|line| is_row(line.text)) {
            self.diagnostics.push(catalog::indented_row(self.span_of(&first)));
        }
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
        let row = if line.contains('\t') { pipe_row(line, '\t').0 } else { format!("|{}", " … |".repeat(columns)) };
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

/// The message and the help for lines that were most likely copied from another program's table.
fn foreign_table(head: &str, rows: &[ParagraphLine<'_>]) -> Option<(String, String)> {
    let lines = || std::iter::once(head).chain(rows.iter().map(|row| row.text));
    if head.starts_with("{|") {
        let help = "write `| Expectation | Example |`, then `| --- | --- |`, then each row on its own line";
        return Some(("this looks like a table of a wiki, but it's read as text".to_owned(), help.to_owned()));
    }
    // A single tab in a single line may separate a word from its explanation.
    let has_tabs = lines().all(|line| line.trim().contains('\t')) && lines().any(|line| bullet(line).is_none());
    let separator = if has_tabs && (!rows.is_empty() || head.trim().matches('\t').count() > 1) {
        '\t'
    } else if !rows.is_empty() && are_separated_by_semicolons(&lines().collect::<Vec<_>>()) {
        ';'
    } else {
        return None;
    };
    let (first, columns) = pipe_row(head, separator);
    let second = rows.first().map(|row| format!(", then `{}`", pipe_row(row.text, separator).0)).unwrap_or_default();
    let help = format!("write `{first}`, then `{}`{second} and so on, each on its own line", rule(columns));
    Some(("this looks like a table from a spreadsheet, but it's read as text".to_owned(), help))
}

/// Returns whether lines have the same number of semicolons, all without a space behind them, as no prose has them.
fn are_separated_by_semicolons(lines: &[&str]) -> bool {
    let is_separator = |line: &str, at: usize| {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
        let is_entity = before[..before.len() - word.len()].ends_with('&');
        !is_entity && !after.is_empty() && !after.starts_with(char::is_whitespace)
    };
    let count = |line: &&str| {
        let mut semicolons = line.match_indices(';');
        let number = semicolons.clone().count();
        (number > 0 && semicolons.all(|(at, _)| is_separator(line, at))).then_some(number)
    };
    let mut counts = lines.iter().map(count);
    counts.next().flatten().is_some_and(|first| counts.all(|number| number == Some(first)))
}

/// The line below the column headings of a table.
fn rule(columns: usize) -> String {
    format!("|{}", " --- |".repeat(columns))
}

/// A line of cells as the row of a table, and the number of cells. Long cells are shortened.
pub(crate) fn pipe_row(line: &str, separator: char) -> (String, usize) {
    const MAX_CELL_CHARS: usize = 24;
    let cells: Vec<String> = line.trim().split(separator).map(|cell| cell.trim().replace('|', "\\|")).collect();
    let shortened = cells.iter().map(|cell| match cell.char_indices().nth(MAX_CELL_CHARS) {
        Some((end, _)) => format!(" {}… |", cell[..end].trim_end()),
        None => format!(" {cell} |"),
    });
    (format!("|{}", shortened.collect::<String>()), cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_from_a_spreadsheet_are_shown_as_rows_of_a_table() {
        assert_eq!(pipe_row("Level\tA|B\t", '\t'), ("| Level | A\\|B |".to_owned(), 2));
        assert_eq!(pipe_row("a\tTurns a vague request into a plan", '\t').0, "| a | Turns a vague request in… |");
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
