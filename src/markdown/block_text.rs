//! The text of blocks without markup.

use super::block::{Block, CodeBlock, HtmlBlock, Table};
use super::partial_html::PartialHtml;

/// Returns the title of the page that the document's n-th link names.
type LinkTitles<'a> = dyn Fn(usize) -> String + 'a;

/// Returns the text of blocks without markup and footnote numbers, white space collapsed.
#[must_use]
pub fn block_text(blocks: &[Block], titles: &dyn Fn(usize) -> String) -> String {
    let mut text = String::new();
    push_blocks(blocks, titles, &mut text);
    text
}

fn push_blocks(blocks: &[Block], titles: &LinkTitles<'_>, text: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(heading) => push_html(&heading.html, titles, text),
            Block::Paragraph(paragraph) => push_html(&paragraph.html, titles, text),
            Block::List { items, .. } => items.iter().for_each(|item| push_blocks(&item.blocks, titles, text)),
            Block::Quote { alert, blocks } => {
                push(alert.map_or("", |alert| alert.title()), text);
                push_blocks(blocks, titles, text);
            }
            Block::Details { summary, blocks, .. } => {
                push_html(summary, titles, text);
                push_blocks(blocks, titles, text);
            }
            Block::DefinitionList(terms) => {
                for term in terms {
                    push_html(&term.term.html, titles, text);
                    term.definitions.iter().for_each(|definition| push_blocks(&definition.blocks, titles, text));
                }
            }
            Block::Prose(block) => push_blocks(std::slice::from_ref(block), titles, text),
            Block::Table(Table { html, .. })
            | Block::Code(CodeBlock { html, .. })
            | Block::Html(HtmlBlock { html, .. })
            | Block::Other(html) => push_html(html, titles, text),
        }
    }
}

fn push_html(html: &PartialHtml, titles: &LinkTitles<'_>, text: &mut String) {
    push(&html.plain_text(titles), text);
}

fn push(part: &str, text: &mut String) {
    if !text.is_empty() && !part.is_empty() {
        text.push(' ');
    }
    text.push_str(part);
}
