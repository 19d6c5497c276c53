//! Reports of cells without an expectation.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::ladder::expectations::read_expectations::CellText;
use crate::ladder::expectations::text_problem::{TextProblem, form};
use crate::ladder::sections::section::extent;
use crate::markdown::{Block, has_markdown};
use crate::page::Page;

/// Reports a cell, named by `title`, with nothing under its heading.
pub(crate) fn empty_cell(span: Span, title: &str) -> Diagnostic {
    let message = format!("{title} has a heading, but nothing under it");
    let help = "list the expectations under this heading, or remove the heading";
    Diagnostic::new(Code::EmptyCell, span, message).help(help)
}

/// Reports a cell, named by `title`, with a text in which nothing is read as an expectation, unless one of its problems
/// explains it.
pub(crate) fn unread(page: &Page, heading: Range<usize>, text: &CellText, title: &str) -> Option<Diagnostic> {
    if text.problems.iter().any(TextProblem::hides_expectation) {
        return None;
    }
    let mut blocks = text.intro.iter().chain(&text.outro);
    let unread = blocks.find(|block| !block.is_blank() && !matches!(block, Block::Prose(_)));
    if let Some(Block::Html(html)) = unread
        && page.source.get(html.span.clone()).is_some_and(has_markdown)
    {
        return None;
    }
    let (span, form, code) = match unread {
        Some(block) => (extent(block).unwrap_or(heading), form(block), Code::NotAnExpectation),
        None if !text.examples.is_empty() => (heading, "an example", Code::NotAnExpectation),
        None => (heading, "prose", Code::EmptyCell),
    };
    let message = format!("{title} has no expectation: {form} isn't read as one");
    let help = match form {
        "a quote" => "write each expectation as a list item, `- …`; a quote below an item is its example",
        "HTML" => "remove the tags around it, and write each expectation as a list item, `- …`, or as a paragraph",
        "an example" => "write the expectation above it, as a list item, `- …`",
        _ => "write each expectation as a list item, `- …`, or as a paragraph",
    };
    Some(Diagnostic::new(code, page.span(&span), message).help(help))
}
