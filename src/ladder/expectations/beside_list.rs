//! Blocks below the expectations of a cell that may have further ones, although they are published as prose.

use crate::ladder::expectations::text_problem::{TextProblem, form};
use crate::markdown::Block;

/// The problem of a block below a list: a quote, HTML with text, or a list inside another block.
pub(crate) fn find(source: &str, block: &Block) -> Option<TextProblem> {
    let is_list = |block: &Block| matches!(block, Block::List { .. } | Block::Table(_) | Block::DefinitionList(_));
    let is_text = |block: &Block| is_list(block) || matches!(block, Block::Paragraph(_));
    let may_have_expectations = match block {
        Block::Quote { alert: None, blocks } => !is_quotation(blocks) && blocks.iter().any(is_text),
        Block::Html(html) => html.html.plain_text(&|_| String::new()).split_whitespace().nth(1).is_some(),
        Block::Details { blocks, .. } => blocks.iter().any(is_list),
        _ => false,
    };
    let start = start_of(block).filter(|_| may_have_expectations)?;
    let line_start = source[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = source[line_start..].lines().next()?.trim_end();
    let text_start = line_start + line.len() - line.trim_start().len();
    let line = text_start..line_start + line.len();
    let block_range = line.start..end_of(block).map_or(line.end, |end| end.max(line.end));
    Some(TextProblem::BelowExpectations { block: block_range, line, form: form(block) })
}

/// Whether a quote quotes somebody: it's in quotation marks, or ends with a dash and a name.
fn is_quotation(blocks: &[Block]) -> bool {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.text.trim().to_owned(),
        _ => String::new(),
    };
    let (first, last) = (blocks.first().map(text).unwrap_or_default(), blocks.last().map(text).unwrap_or_default());
    let has_name =
        last.rsplit_once(['—', '–']).is_some_and(|(_, name)| (1..=6).contains(&name.split_whitespace().count()));
    first.starts_with(['"', '“', '„', '«', '»', '‘', '\'']) || has_name
}

/// The first byte of the text of a block.
fn start_of(block: &Block) -> Option<usize> {
    match block {
        Block::Heading(heading) => Some(heading.span.start),
        Block::Paragraph(paragraph) => Some(paragraph.span.start),
        Block::List { items, .. } => items.first().map(|item| item.span.start),
        Block::Quote { blocks, .. } | Block::Details { blocks, .. } => blocks.iter().find_map(start_of),
        Block::Table(table) => Some(table.span.start),
        Block::DefinitionList(terms) => terms.first().map(|definition| definition.term.span.start),
        Block::Code(code) => Some(code.span.start),
        Block::Html(html) => Some(html.span.start),
        Block::Prose(block) => start_of(block),
        Block::Other(_) => None,
    }
}

/// The end of the text of a block.
fn end_of(block: &Block) -> Option<usize> {
    match block {
        Block::Heading(heading) => Some(heading.span.end),
        Block::Paragraph(paragraph) => Some(paragraph.span.end),
        Block::List { items, .. } => items.last().map(|item| item.span.end),
        Block::Quote { blocks, .. } | Block::Details { blocks, .. } => blocks.iter().rev().find_map(end_of),
        Block::Table(table) => Some(table.span.end),
        Block::DefinitionList(terms) => terms.last()?.definitions.last().map(|definition| definition.span.end),
        Block::Code(code) => Some(code.span.end),
        Block::Html(html) => Some(html.span.end),
        Block::Prose(block) => end_of(block),
        Block::Other(_) => None,
    }
}
