//! Text that Markdown drops.

use crate::diagnostic::{Code, Diagnostic, Fix, Span};

/// A line that is read as the address of a link which nothing uses. `bracket` is the place of its first bracket, if it's known
/// exactly.
pub(crate) fn unused_link_address(span: Span, label: &str, bracket: Option<Span>) -> Diagnostic {
    let message = format!("this is read as the address of a link `[{label}]`, so it isn't published");
    let diagnostic = Diagnostic::new(Code::UnpublishedText, span, message)
        .help(format!("to publish it, write `\\[{label}]`; otherwise remove it"));
    let as_text = |bracket| Fix::insert(&bracket, "\\").labelled(format!("write `\\[{label}]`")).as_suggestion();
    bracket.map(as_text).into_iter().fold(diagnostic, Diagnostic::fix)
}

/// A second line with the address of a link.
pub(crate) fn repeated_link_address(span: Span, label: &str) -> Diagnostic {
    let message = format!("this isn't published: the page has another line `{label}]: …`");
    Diagnostic::new(Code::UnpublishedText, span, message).help("give one of them a different name, or remove it")
}

/// A cell of a table that has no column for it.
pub(crate) fn cell_without_column(span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnpublishedText, span, "this cell isn't published: the table has no column for it")
        .help("add a column to the first two rows, or write `\\|` for a `|` that's part of a text")
}

/// Braces behind a heading with `written` in them, which is neither an id nor a class.
pub(crate) fn unknown_attribute(span: Span, written: &str) -> Diagnostic {
    let message = format!("`{{{written}}}` isn't published: it's neither an id nor a class");
    let help =
        format!("write `{{.{written}}}` for a class, `{{#{written}}}` for an id, or `\\{{` for a text in braces");
    let is_one_word = !written.contains(char::is_whitespace);
    let fix = |mark: &str| Fix::insert(&span, mark).labelled(format!("write `{{{mark}{written}}}`")).as_suggestion();
    let fixes: Vec<Fix> = [".", "#"].into_iter().filter(|_| is_one_word).map(fix).collect();
    let diagnostic = Diagnostic::new(Code::UnpublishedText, span, message).help(help);
    fixes.into_iter().fold(diagnostic, Diagnostic::fix)
}

/// Text that is part of no block.
pub(crate) fn dropped_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnpublishedText, span, "this isn't published: Markdown reads it as part of no text")
        .help("put an empty line above and below it, and `\\` before a character that's meant as text")
}

/// A second text of a footnote.
pub(crate) fn repeated_footnote(span: Span, label: &str) -> Diagnostic {
    let message = format!("this footnote isn't published: the page has another one called `[^{label}]`");
    Diagnostic::new(Code::UnpublishedText, span, message).help("give one of them a different name")
}

/// The text of a footnote that nothing refers to. `escapes` are the backslashes that make its references text.
pub(crate) fn unused_footnote(span: Span, label: &str, escapes: Vec<Span>) -> Diagnostic {
    let message = format!("this footnote isn't published: no text refers to it with `[^{label}]`");
    let diagnostic = Diagnostic::new(Code::UnpublishedText, span, message)
        .help(format!("write `[^{label}]` where it belongs, or remove it"));
    if escapes.is_empty() {
        return diagnostic;
    }
    let edits = escapes.into_iter().map(|escape| (escape, String::new()));
    diagnostic.fix(Fix::edits(format!("write `[^{label}]` without the backslash"), edits))
}
