//! Problems of the text of a cell.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Spanned, catalog};
use crate::markdown::{Block, CodeBlock};
use crate::page::Page;

/// A part of a cell that isn't read as its author meant it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TextProblem {
    /// An example beside the expectations instead of in one. It would be published as an expectation or a quotation.
    StrayExample(Range<usize>),
    /// A list item without text.
    EmptyItem(Range<usize>),
    /// A list item that begins with something other than a sentence, named in words.
    NoSentence(Range<usize>, &'static str),
    /// A paragraph in place of a list that begins with a list marker which Markdown doesn't know; and that marker.
    MarkedParagraph(Range<usize>, String),
    /// A text that is written as a row with one cell, but isn't part of a table.
    StrayRow(Range<usize>),
    /// An expectation that only says that there is none, such as `N/A`.
    Nothing(Range<usize>),
    /// A list that is code, because it's indented by four spaces.
    IndentedList(Range<usize>),
    /// A row of a table with examples or details, but no expectation.
    RowWithoutExpectation(Range<usize>),
    /// The id of a label that another part of the page has.
    RepeatedId(Spanned<String>),
}

impl TextProblem {
    /// Whether an expectation is missing because of it.
    pub(crate) fn hides_expectation(&self) -> bool {
        matches!(
            self,
            Self::NoSentence(..) | Self::IndentedList(_) | Self::RowWithoutExpectation(_) | Self::StrayRow(_)
        )
    }

    /// Reports the problem of a cell on `page`.
    pub(crate) fn diagnostic(&self, page: &Page) -> Diagnostic {
        let report = |code, span: &Range<usize>, message: &str, help: &str| {
            Diagnostic::new(code, page.span(span), message).help(help)
        };
        match self {
            Self::StrayExample(span) => report(
                Code::NotAnExample,
                span,
                "this example is next to the expectations, not inside the one it belongs to",
                "indent it by two spaces to make it part of the expectation above",
            ),
            Self::EmptyItem(span) => {
                report(Code::EmptyItem, span, "this list item has no text", "write an expectation, or remove the item")
            }
            Self::NoSentence(span, form) => report(
                Code::NotAnExpectation,
                span,
                &format!("this list item begins with {form}, so it has no text to show as an expectation"),
                "begin it with a sentence, `- …`, and indent the rest by two spaces below it",
            ),
            Self::MarkedParagraph(span, mark) => {
                report(Code::NotAListItem, span, "this looks like a list item, but it isn't one", &marker_help(mark))
            }
            Self::StrayRow(span) => catalog::stray_row(page.span(span)),
            Self::Nothing(span) => report(
                Code::Placeholder,
                span,
                "this would be published as an expectation",
                "remove it; if the competency doesn't apply to this level, list it in the level's `not_applicable`",
            ),
            Self::IndentedList(span) => report(
                Code::NotAListItem,
                span,
                "this looks like a list, but four spaces before it make it a code block",
                "remove the spaces before each `-`; to show it as code, put it between two lines of three backticks",
            ),
            Self::RowWithoutExpectation(span) => report(
                Code::NotAnExpectation,
                span,
                "this row of the table has no expectation",
                "write the expectation in its first column",
            ),
            Self::RepeatedId(id) => report(
                Code::DuplicateAnchor,
                &id.span,
                &format!("this page has two anchors called `{}`", id.value),
                "give one of them a different id",
            ),
        }
    }
}

/// The help for a list marker that Markdown doesn't know. Markdown can only escape ASCII punctuation.
fn marker_help(mark: &str) -> String {
    let instead = format!("write `-` and a space instead of `{mark}`");
    let is_dash = mark.starts_with(|c| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}'));
    match mark.find(|c: char| c.is_ascii_punctuation()).filter(|_| !mark.starts_with('&')) {
        Some(at) => format!("{instead}; or write `{}\\{}` if the text begins with it", &mark[..at], &mark[at..]),
        None if is_dash => instead,
        None => format!("{instead}; or write `- {mark} …` if the text begins with it"),
    }
}

/// The words for a block in messages.
pub(crate) fn form(block: &Block) -> &'static str {
    match block {
        Block::Heading(_) => "a heading",
        Block::Paragraph(_) => "an image or a link without text",
        Block::List { .. } => "a list",
        Block::Quote { alert: None, .. } => "a quote",
        Block::Quote { .. } => "an alert",
        Block::Details { .. } => "a `<details>` element",
        Block::Table(_) => "a table",
        Block::DefinitionList(_) => "a definition list",
        Block::Code(_) => "a code block",
        Block::Html(_) => "HTML",
        Block::Prose(_) => "prose",
        Block::Other(_) => "a line",
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
