//! Rows that aren't part of a table, and lines of a table that aren't divided into cells.

use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, Span};

/// Rows without the line between the column headings and the other rows, which is `rule`. `below` is where to insert it, and
/// the text to insert, if all lines are rows.
pub(crate) fn missing_rule(head: Span, rule: &str, below: Option<(Span, String)>) -> Diagnostic {
    let message = format!("this looks like a table, but the line `{rule}` is missing below the column headings");
    let diagnostic =
        Diagnostic::new(Code::NotATable, head, message).help("add that line to turn the rows into a table");
    let fix = below.map(|(place, line)| Fix::insert(&place, line));
    fix.into_iter().fold(diagnostic, Diagnostic::fix)
}

/// The line between column headings and rows, without headings above it.
pub(crate) fn missing_column_headings(rule: Span) -> Diagnostic {
    let message = "this looks like a table, but the column headings above this line are missing";
    Diagnostic::new(Code::NotATable, rule, message).help("write a line with a heading for each column right above it")
}

/// Column headings above a line for another number of columns, or in the middle of a paragraph.
pub(crate) fn unequal_columns(head: Span, headings: usize, columns: usize) -> Diagnostic {
    let message = if headings == columns {
        "this looks like a table, but it's read as text".to_owned()
    } else {
        let plural = if headings == 1 { "" } else { "s" };
        format!("this looks like a table, but it has {headings} column heading{plural} above {columns} `---`")
    };
    let help =
        "write the column headings as `| … | … |`, on a line below an empty one, and below them one `---` for each";
    Diagnostic::new(Code::NotATable, head, message).help(help)
}

/// A row that isn't part of a table.
pub(crate) fn stray_row(row: Span) -> Diagnostic {
    let help = "write it right below the other rows, without an empty line or another mark before it; a table begins with \
                column headings and a line of `---`";
    Diagnostic::new(Code::NotATable, row, "this looks like a row, but it isn't part of a table").help(help)
}

/// A row that's code because of the spaces before it. `indentations` are those of all rows.
pub(crate) fn indented_row(row: Span, indentations: Vec<Span>) -> Diagnostic {
    let help = "remove the spaces before each row; to show it as code, put it between two lines of three backticks";
    let message = "this looks like a row of a table, but four spaces before it make it a code block";
    let diagnostic = Diagnostic::new(Code::NotATable, row, message).help(help);
    if indentations.is_empty() {
        return diagnostic;
    }
    let edits = indentations.into_iter().map(|indentation| (indentation, String::new()));
    diagnostic.fix(Fix::edits("begin each row at the start of its line", edits))
}

/// A line of a table that isn't divided into cells; `row` is how to write it.
pub(crate) fn undivided_row(line: Span, row: &str) -> Diagnostic {
    let message = "this line isn't divided by `|`, so it's a row of the table above with a single cell";
    let help = format!("if it's a row, write it as `{row}`; if it's text, put an empty line before it");
    Diagnostic::new(Code::NotATable, line, message).help(help)
}

/// A row with other marks than a `|` between its cells (`marks`, in words); `row` is how to write it.
pub(crate) fn marked_row(line: Span, marks: &str, row: &str) -> Diagnostic {
    let message = format!("{marks} move the cells of this row into other columns");
    let fix = Fix::replace(line.clone(), row);
    Diagnostic::new(Code::NotATable, line, message).help(format!("write `{row}`")).fix(fix)
}

/// A table of a wiki or a terminal.
pub(crate) fn drawn_table(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotATable, span, "this looks like a table of another program, but it's read as text")
        .help("write `| Expectation | Example |`, then `| --- | --- |`, then each row on its own line")
}

/// A table from a spreadsheet or with aligned columns; see [`PlainTable`].
pub(crate) fn plain_table(span: Span, table: &PlainTable) -> Diagnostic {
    let PlainTable { is_aligned, head, rule, row, edits, applicability } = table;
    let row = row.as_ref().map(|row| format!(", then `{row}`")).unwrap_or_default();
    let message = if *is_aligned {
        "this looks like a table whose columns are aligned with spaces, but it's read as text"
    } else {
        "this looks like a table from a spreadsheet, but it's read as text"
    };
    Diagnostic::new(Code::NotATable, span, message)
        .help(format!("write `{head}`, then `{rule}`{row} and so on, each on its own line"))
        .fix(Fix::edits("write it as a table", edits.clone()).applicable(*applicability))
}

/// A table without marks, written in Markdown.
pub(crate) struct PlainTable {
    /// Whether spaces align its columns, instead of tabs or semicolons between them.
    pub(crate) is_aligned: bool,
    /// The column headings, shortened.
    pub(crate) head: String,
    /// The line below them.
    pub(crate) rule: String,
    /// The first row, shortened.
    pub(crate) row: Option<String>,
    /// The lines of the file with those of the table.
    pub(crate) edits: Vec<(Span, String)>,
    /// Whether they are the table for certain.
    pub(crate) applicability: Applicability,
}
