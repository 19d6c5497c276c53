//! Expectations: those that repeat others, and texts in their place that are none.

use super::cells::TextForm;
use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, Span};

/// A list item that begins with something other than a sentence.
pub(crate) fn item_without_sentence(span: Span, form: TextForm) -> Diagnostic {
    let form = form.described();
    let message = format!("this list item begins with {form}, so it has no text to show as an expectation");
    Diagnostic::new(Code::NotAnExpectation, span, message)
        .help("begin it with a sentence, `- …`, and indent the rest by two spaces below it")
}

/// A row of a table with examples or details, but no expectation.
pub(crate) fn row_without_expectation(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAnExpectation, span, "this row of the table has no expectation")
        .help("write the expectation in its first column")
}

/// An expectation that only says that there is none. `item` is the whole list item with its line break.
pub(crate) fn placeholder_expectation(span: Span, item: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::Placeholder, span, "this would be published as an expectation")
        .help("remove it; if the competency doesn't apply to this level, list it in the level's `not_applicable`");
    with_removal(diagnostic, item, Applicability::Suggestion)
}

/// An expectation that only refers to those of another level. `item` is the whole list item with its line break.
pub(crate) fn reference_as_expectation(span: Span, item: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::Placeholder,
        span,
        "this refers to other expectations, and would be published as one",
    )
    .help(
        "remove it, and name the level that it means in the level's `extends`, which shows those expectations here too",
    );
    with_removal(diagnostic, item, Applicability::Suggestion)
}

/// An expectation that a level has twice. `item` is the whole list item with its line break.
pub(crate) fn duplicate_expectation(
    span: Span,
    first: Span,
    item: Option<Span>,
    applicability: Applicability,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::DuplicateExpectation, span, "this level has the same expectation twice")
        .label(first, "the first one is here")
        .help("keep the one in the right place, or spell out how they differ");
    with_removal(diagnostic, item, applicability)
}

/// An expectation that repeats an inherited one. `item` is the whole list item with its line break.
pub(crate) fn inherited_expectation(span: Span, inherited: Span, item: Option<Span>) -> Diagnostic {
    let message = "this repeats an expectation that the level inherits";
    let diagnostic = Diagnostic::new(Code::DuplicateExpectation, span, message)
        .label(inherited, "inherited from here")
        .help("remove it, since `extends` already includes it; or write what this level adds to it");
    with_removal(diagnostic, item, Applicability::Suggestion)
}

/// An expectation of several lines. `edits` make each a list item, if that's possible.
pub(crate) fn joined_lines(first: Span, edits: Vec<(Span, String)>) -> Diagnostic {
    let message = "this expectation has several lines, each of which may be one of its own";
    let diagnostic = Diagnostic::new(Code::NotAListItem, first, message).help(
        "write each as a list item, `- …`; if they are one expectation, write them on one line, or those below the first as \
         a paragraph of its own",
    );
    if edits.is_empty() {
        return diagnostic;
    }
    diagnostic.fix(Fix::edits("write each as a list item", edits).as_suggestion())
}

/// A block below the expectations of a cell that is prose, although it may have expectations or examples.
pub(crate) fn below_expectations(span: Span, form: TextForm) -> Diagnostic {
    let described = form.described();
    let (code, help) = match form {
        TextForm::Quote => {
            (Code::NotAnExample, "indent it by two spaces right below an expectation to make it an example of that one")
        }
        _ => (Code::NotAnExpectation, "write each expectation as a list item, `- …`, without tags around it"),
    };
    let message = format!("{described} below the expectations is published as prose, not as an expectation or example");
    Diagnostic::new(code, span, message)
        .help(format!("{help}; if it's prose, write `{{.prose}}` on the line before it"))
}

fn with_removal(diagnostic: Diagnostic, item: Option<Span>, applicability: Applicability) -> Diagnostic {
    let fix = item.map(|item| Fix::replace(item, "").applicable(applicability));
    fix.into_iter().fold(diagnostic, Diagnostic::fix)
}

/// The id of an expectation that another part of its level's page has.
pub(crate) fn duplicate_expectation_id(span: Span, id: &str, other: Option<Span>) -> Diagnostic {
    let message = format!("this level's page has two anchors called `{id}`");
    let diagnostic = Diagnostic::new(Code::DuplicateAnchor, span, message).help("give one of them a different id");
    other.into_iter().fold(diagnostic, |diagnostic, other| diagnostic.label(other, "the other anchor"))
}
