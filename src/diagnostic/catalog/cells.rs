//! Cells of the matrix: those that are empty, written twice, missing, or without an expectation.

use crate::diagnostic::{Code, Diagnostic, Span};

/// What is published of a cell in which nothing is read as an expectation, or of a list item without a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextForm {
    Heading,
    /// A paragraph without text.
    ImageOrLink,
    List,
    Quote,
    Alert,
    Details,
    Table,
    DefinitionList,
    Code,
    Html,
    Prose,
    Rule,
    Example,
}

impl TextForm {
    /// The form in words, with its article.
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Heading => "a heading",
            Self::ImageOrLink => "an image or a link without text",
            Self::List => "a list",
            Self::Quote => "a quote",
            Self::Alert => "an alert",
            Self::Details => "a `<details>` element",
            Self::Table => "a table",
            Self::DefinitionList => "a definition list",
            Self::Code => "a code block",
            Self::Html => "HTML",
            Self::Prose => "prose",
            Self::Rule => "a line",
            Self::Example => "an example",
        }
    }
}

/// A cell, named by `title`, with nothing under its heading.
pub(crate) fn empty_cell(span: Span, title: &str) -> Diagnostic {
    Diagnostic::new(Code::EmptyCell, span, format!("{title} has a heading, but nothing under it"))
        .help("list the expectations under this heading, or remove the heading")
}

/// A cell, named by `title`, with a text in which nothing is read as an expectation.
pub(crate) fn cell_without_expectation(span: Span, title: &str, form: TextForm) -> Diagnostic {
    let code = if form == TextForm::Prose { Code::EmptyCell } else { Code::NotAnExpectation };
    let help = match form {
        TextForm::Quote => "write each expectation as a list item, `- …`; a quote below an item is its example",
        TextForm::Html => {
            "remove the tags around it, and write each expectation as a list item, `- …`, or as a paragraph"
        }
        TextForm::Example => "write the expectation above it, as a list item, `- …`",
        _ => "write each expectation as a list item, `- …`, or as a paragraph",
    };
    let message = format!("{title} has no expectation: {} isn't read as one", form.described());
    Diagnostic::new(code, span, message).help(help)
}

/// A cell that two headings open, named by `title`.
pub(crate) fn duplicate_cell(span: Span, title: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateCell, span, format!("{title} is written twice"))
        .label(first, "first written here")
        .help("put all the expectations under one of the two headings")
}

/// Cells of a page's tables and lists that are written elsewhere too, each with the name of the cell.
pub(crate) fn duplicate_cells(span: Span, others: Vec<(Span, &str)>) -> Diagnostic {
    let message = format!("{} cells here are written elsewhere too", others.len());
    let others = others.into_iter().map(|(span, title)| (span, format!("{title} is written here too")));
    Diagnostic::new(Code::DuplicateCell, span, message)
        .help("write each cell in one place: here, or under a heading of its own")
        .labels_of_repetitions(others)
}

/// Whether headings describe a step of a scale twice, or a table or list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepPlaces {
    Headings,
    Block,
}

/// A step of a scale that is described twice.
pub(crate) fn duplicate_step(span: Span, first: Span, places: StepPlaces) -> Diagnostic {
    let help = match places {
        StepPlaces::Block => {
            "put both descriptions in one place; if the table or list is only an overview, write `{.prose}` on the line \
             before it"
        }
        StepPlaces::Headings => "put both descriptions under one heading",
    };
    Diagnostic::new(Code::DuplicateCell, span, "this step of the scale is described twice")
        .label(first, "first described here")
        .help(help)
}

/// A cell of a level that a competency doesn't apply to, for the reason `because`; and those of other levels for the same
/// reason.
pub(crate) fn cell_not_applicable(
    span: Span,
    competency: &str,
    level: &str,
    because: &str,
    others: Vec<(Span, String)>,
) -> Diagnostic {
    let sections = if others.is_empty() { "this section" } else { "these sections" };
    let others = others.into_iter().map(|(span, level)| (span, format!("and for {level} here")));
    let message = format!("{competency} doesn't apply to {level}, but it's written here");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .help(format!("{because}; change that, or remove {sections}"))
        .labels_of_repetitions(others)
}

/// A cell of a table which says that a competency doesn't apply to a level, although another cell is written for both.
pub(crate) fn written_although_not_applicable(span: Span, competency: &str, level: &str, written: Span) -> Diagnostic {
    let message = format!("this says that {competency} doesn't apply to {level}, but it's written elsewhere");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .label(written, "written here")
        .help("remove one of the two")
}

/// A competency in a level's profile that doesn't apply to the level, for the reason `because`.
pub(crate) fn profile_not_applicable(span: Span, competency: &str, level: &str, because: &str) -> Diagnostic {
    let message = format!("{competency} doesn't apply to {level}, but it's in the level's profile");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .help(format!("{because}; change that, or remove it from the profile"))
}

/// A level without content.
pub(crate) fn empty_level(title: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyLevel, title, "this level has no content yet")
        .help("add `facets`, and a heading with expectations for each competency; or set `draft: true` until you do")
}

/// Competencies that a level has no cell for.
pub(crate) fn missing_cells(title: Span, level: &str, competencies: &[&str]) -> Diagnostic {
    let quoted: Vec<String> = competencies.iter().map(|title| format!("`{title}`")).collect();
    let message = format!("{level} has no expectations for {}", listed(&quoted));
    Diagnostic::new(Code::MissingCell, title, message).help(
        "write them under a heading with that name, inherit them with `extends`, or use `not_applicable` if there are none",
    )
}

/// Joins items: `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A row of a table that explains its name and has no expectation.
pub(crate) fn explained_without_expectation(span: Span, name: &str) -> Diagnostic {
    let message = format!("this row says what `{name}` is, but it has no expectation");
    let help = "write the expectation beside it, or move the explanation to the page of that name";
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help)
}

/// The first of a table's cells with a single word or a rating each, as `form` says.
pub(crate) fn single_words(span: Span, form: &str, competency: &str, level: &str) -> Diagnostic {
    let message = format!("{form} isn't an expectation of {competency} at {level}, so this table would be prose");
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
