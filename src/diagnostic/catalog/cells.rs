//! Tables, lists and HTML that name cells but don't fill them.

use crate::diagnostic::{Advice, Code, Diagnostic, Span};

/// The way out for a part of a page that isn't about cells, before the words for what the mark has to be above.
const PROSE: &str = "if it isn't part of the ladder, write `{.prose}` on the line before";

/// A part of a page inside of which a table or a list fills no cells.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Container {
    Details,
    Quote,
    ListItem,
}

/// A table or list (`form`) with the name of a cell, inside another block.
pub(crate) fn enclosed_cells(span: Span, name: &str, kind: &str, form: &str, container: Container) -> Diagnostic {
    let (inside, marked) = match container {
        Container::Details => ("a `<details>` element", "the `<details>`"),
        Container::Quote => ("a quote", "the quote"),
        Container::ListItem => ("a list item", "the list"),
    };
    let message = format!("`{name}` names {kind}, but this {form} is inside {inside}, so it fills no cells");
    let help = format!("put the {form} outside, where it fills the cells that it names; {PROSE} {marked}");
    Diagnostic::new(Code::NestedCell, span, message).help(help)
}

/// A table in HTML with the name of a cell; `rows` are the first lines of the same table in Markdown.
pub(crate) fn cells_in_html_table(span: Span, name: &str, kind: &str, rows: &[String]) -> Diagnostic {
    let message = format!("`{name}` names {kind}, but only a table in Markdown fills its cell, not one in HTML");
    let rows = rows.iter().map(|row| format!("`{row}`")).collect::<Vec<_>>().join(", then ");
    let help = format!("write {rows} and so on, each on its own line; {PROSE} it");
    Diagnostic::new(Code::NotATable, span, message).help(help)
}

/// A text of HTML that names a cell and has its text below or after it; `heading` is how to write the name.
pub(crate) fn cell_in_html(span: Span, name: &str, kind: &str, heading: &str) -> Diagnostic {
    let message = format!("`{name}` names {kind}, but HTML doesn't start a cell");
    let help = format!("write `{heading}`, and its text below it in Markdown; {PROSE} the HTML");
    Diagnostic::new(Code::NotAHeading, span, message).help(help)
}

/// A name in a table or list (`form`) of steps that's no step; `more` are the others.
pub(crate) fn unknown_step_in_block(span: Span, name: &str, form: &str, near: Advice, more: Vec<Span>) -> Diagnostic {
    let message = format!("`{name}` is no step of the scale, so what this {form} has for it would be lost");
    let near = if near.help.is_empty() { Advice::text("use a step of the `scale`") } else { near };
    let advice = near.map_help(|near| {
        let end = if near.ends_with('?') { "" } else { "." };
        format!("{near}{end} If the {form} isn't about the steps, write `{{.prose}}` on the line before it")
    });
    let more = more.into_iter().map(|span| (span, "this one too".to_owned()));
    Diagnostic::new(Code::UnknownCell, span, message).advice(advice).labels_of_repetitions(more)
}

/// A row of a table that explains its name and has no expectation.
pub(crate) fn explained_without_expectation(span: Span, name: &str) -> Diagnostic {
    let message = format!("this row says what `{name}` is, but it has no expectation");
    let help = "write the expectation beside it, or move the explanation to the page of that name";
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help)
}

/// The first of a table's cells with a single word each.
pub(crate) fn single_words(span: Span, competency: &str, level: &str) -> Diagnostic {
    let message =
        format!("a single word isn't an expectation of {competency} at {level}, so this table would be prose");
    let help = "write a sentence in each cell; or name these steps in `scale` of each competency and in `profile` of each \
                level; if the table isn't part of the ladder, write `{.prose}` on the line before it";
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help)
}

/// A cell with nothing but a step of its competency's scale; `more` are others on the same page, and `help` says where to
/// write them.
pub(crate) fn step_as_expectation(span: Span, step: &str, competency: &str, help: &str, more: Vec<Span>) -> Diagnostic {
    let message = format!("`{step}` is a step of the scale of {competency}, not an expectation");
    let more = more.into_iter().map(|span| (span, "this is one too".to_owned()));
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help).labels_of_repetitions(more)
}
