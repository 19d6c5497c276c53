//! Reports of cells without an expectation.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::{self, TextForm};
use crate::ladder::expectations::read_expectations::CellText;
use crate::ladder::expectations::text_problem::{TextProblem, form};
use crate::ladder::sections::section::extent;
use crate::markdown::{Block, has_markdown};
use crate::page::Page;

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
    let (span, form) = match unread {
        Some(block) => (extent(block).unwrap_or(heading), form(block)),
        None if !text.examples.is_empty() => (heading, TextForm::Example),
        None => (heading, TextForm::Prose),
    };
    Some(catalog::cell_without_expectation(page.span(&span), title, form))
}
