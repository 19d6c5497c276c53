//! Problems of the text of a cell.

use std::ops::Range;

use crate::diagnostic::catalog::{self, TextForm};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::ladder::expectations::item_lines::{common_indentation, line_starts, single_item_line};
use crate::markdown::{Block, CodeBlock};
use crate::page::Page;

/// A part of a cell that isn't read as its author meant it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TextProblem {
    /// An example beside the expectations instead of in one. It would be published as an expectation or a quotation.
    StrayExample(StrayExample),
    /// A list item without text.
    EmptyItem(Range<usize>),
    /// A list item that begins with something other than a sentence.
    NoSentence(Range<usize>, TextForm),
    /// A paragraph in place of a list that begins with a list marker which Markdown doesn't know; and that marker.
    MarkedParagraph(Range<usize>, String),
    /// A text that is written as a row with one cell, but isn't part of a table.
    StrayRow(Range<usize>),
    /// An expectation that only says that there is none, such as `N/A`.
    Nothing(Range<usize>),
    /// An expectation that only refers to others, such as `Same as L3`.
    Reference(Range<usize>),
    /// A list that is code, because it's indented by four spaces.
    IndentedList(Range<usize>),
    /// A row of a table with examples or details, but no expectation.
    RowWithoutExpectation(Range<usize>),
    /// An expectation of several lines, each of which may be one.
    JoinedLines(JoinedLines),
    /// A block below the expectations that is prose, although it may have further ones; and its first line.
    BelowExpectations { block: Range<usize>, line: Range<usize>, form: TextForm },
    /// The id of a label that another part of the page has.
    RepeatedId(Spanned<String>),
}

impl TextProblem {
    /// Whether it's of a block in which something else is reported.
    pub(crate) fn is_explained_by(&self, others: &[Diagnostic]) -> bool {
        let Self::BelowExpectations { block, .. } = self else { return false };
        others.iter().any(|other| block.contains(&other.span.start))
    }

    /// Whether an expectation is missing because of it.
    pub(crate) fn hides_expectation(&self) -> bool {
        matches!(
            self,
            Self::NoSentence(..) | Self::IndentedList(_) | Self::RowWithoutExpectation(_) | Self::StrayRow(_)
        )
    }

    /// Reports the problem of a cell on `page`.
    pub(crate) fn diagnostic(&self, page: &Page) -> Diagnostic {
        let source = &*page.source;
        let spans = |ranges: Vec<Range<usize>>| ranges.iter().map(|range| page.span(range)).collect();
        let item = |first: &Range<usize>| single_item_line(source, first).map(|line| page.span(&line));
        match self {
            Self::StrayExample(StrayExample { first_words, whole, indentation }) => {
                let starts = indentation.map_or_else(Vec::new, |_| line_starts(source, whole));
                let lines = spans(starts.into_iter().map(|start| start..start).collect());
                catalog::stray_example(page.span(first_words), lines, indentation.unwrap_or_default())
            }
            Self::EmptyItem(span) => catalog::empty_item(page.span(span), item(span)),
            Self::NoSentence(span, form) => catalog::item_without_sentence(page.span(span), *form),
            Self::MarkedParagraph(span, mark) => {
                let rest = &source[span.end..];
                let gap = rest.len() - rest.trim_start().len();
                catalog::possible_list_marker(page.span(span), mark, page.span(&(span.start..span.end + gap)))
            }
            Self::StrayRow(span) => catalog::stray_row(page.span(span)),
            Self::Nothing(span) => catalog::placeholder_expectation(page.span(span), item(span)),
            Self::Reference(span) => catalog::reference_as_expectation(page.span(span), item(span)),
            Self::IndentedList(span) => {
                catalog::indented_list(page.span(span), spans(common_indentation(source, span)))
            }
            Self::RowWithoutExpectation(span) => catalog::row_without_expectation(page.span(span)),
            Self::JoinedLines(JoinedLines { first, breaks }) => {
                let edits = new_items(source, first.start).map_or_else(Vec::new, |(marker, item)| {
                    let marker = marker.map(|marker| (page.span(&(first.start..first.start)), marker));
                    let items = breaks.iter().map(|place| (page.span(place), item.clone()));
                    marker.into_iter().chain(items).collect()
                });
                catalog::joined_lines(page.span(first), edits)
            }
            Self::BelowExpectations { line, form, .. } => catalog::below_expectations(page.span(line), *form),
            Self::RepeatedId(id) => catalog::duplicate_anchor(page.span(&id.span), &id.value),
        }
    }
}

/// An example beside the expectations.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StrayExample {
    pub(crate) first_words: Range<usize>,
    pub(crate) whole: Range<usize>,
    /// The number of spaces that make it part of the expectation right above it, if there is one.
    pub(crate) indentation: Option<usize>,
}

/// The lines of an expectation that may be expectations themselves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JoinedLines {
    /// The first line.
    pub(crate) first: Range<usize>,
    /// The line breaks, each with the white space after it.
    pub(crate) breaks: Vec<Range<usize>>,
}

/// The marker that makes a list item of the text at a byte, unless it is one, and what begins another item of that list below
/// it. `None` if something else is before the text.
fn new_items(source: &str, start: usize) -> Option<(Option<String>, String)> {
    let line = source[..start].rfind('\n').map_or(0, |end| end + 1);
    let before = &source[line..start];
    let indentation = &before[..before.len() - before.trim_start_matches(' ').len()];
    let line_break = if source[..line].ends_with("\r\n") { "\r\n" } else { "\n" };
    match before.trim() {
        "" => Some((Some("- ".to_owned()), format!("{line_break}{indentation}- "))),
        mark @ ("-" | "*" | "+") => Some((None, format!("{line_break}{indentation}{mark} "))),
        _ => None,
    }
}

/// The form of a block in messages.
pub(crate) fn form(block: &Block) -> TextForm {
    match block {
        Block::Heading(_) => TextForm::Heading,
        Block::Paragraph(_) => TextForm::ImageOrLink,
        Block::List { .. } => TextForm::List,
        Block::Quote { alert: None, .. } => TextForm::Quote,
        Block::Quote { .. } => TextForm::Alert,
        Block::Details { .. } => TextForm::Details,
        Block::Table(_) => TextForm::Table,
        Block::DefinitionList(_) => TextForm::DefinitionList,
        Block::Code(_) => TextForm::Code,
        Block::Html(_) => TextForm::Html,
        Block::Prose(_) => TextForm::Prose,
        Block::Other(_) => TextForm::Rule,
    }
}

/// Whether a text has more than marks of Markdown and white space.
pub(crate) fn has_text(text: &str) -> bool {
    let rest = ["[ ]", "[x]", "[X]", "[]"].iter().find_map(|mark| text.trim_start().strip_prefix(mark)).unwrap_or(text);
    let is_mark = |c: char| {
        c.is_whitespace() || c.is_control() || "*_-+~`#=>|\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(c)
    };
    !rest.chars().all(is_mark)
}

/// Whether a block of a list item has nothing to show: no text but marks, or a line.
pub(crate) fn is_empty(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) if paragraph.text.trim().is_empty() => paragraph.task || paragraph.html.is_blank(),
        Block::Paragraph(paragraph) => !has_text(&paragraph.text),
        Block::Heading(heading) => !has_text(&heading.text),
        Block::List { items, .. } => items.iter().all(|item| item.blocks.iter().all(is_empty)),
        Block::Other(_) => true,
        block => block.is_blank(),
    }
}

/// Whether a code block is most likely a list that is indented too far.
pub(crate) fn is_indented_list(code: &CodeBlock) -> bool {
    let mut lines = code.text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let is_item = |line: &str| ["- ", "* ", "+ "].iter().any(|mark| line.trim_start().starts_with(mark));
    !code.fenced && lines.peek().is_some_and(|first| is_item(first))
}
