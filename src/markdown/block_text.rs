//! The text of blocks without markup.

use super::block::{Block, CodeBlock, HtmlBlock, Table};
use super::link::{LinkRef, Target};
use super::partial_html::PartialHtml;

/// Returns the text of some HTML; the second argument is the same text as its author wrote it, where that is known.
type TextOf<'a> = dyn Fn(&PartialHtml, Option<&str>) -> String + 'a;

/// Returns the texts of blocks without markup and footnote numbers, white space collapsed: one for each heading,
/// paragraph, list item and other block that has any. `titles` returns the title of the page that the document's n-th
/// link names.
#[must_use]
pub fn block_texts(blocks: &[Block], titles: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut texts = Vec::new();
    push_blocks(blocks, &|html, _| html.plain_text(titles), &mut texts);
    texts
}

/// Returns the texts of blocks like [`block_texts`], with the names of linked pages as the author wrote them. `links`
/// are those of the document.
#[must_use]
pub fn written_texts(blocks: &[Block], links: &[LinkRef]) -> Vec<String> {
    let name = |link: usize| match links.get(link).map(|link| &link.target) {
        Some(Target::Name { name, .. }) => name.clone(),
        _ => String::new(),
    };
    let text_of = |html: &PartialHtml, written: Option<&str>| match written {
        Some(written) => written.split_whitespace().collect::<Vec<_>>().join(" "),
        None => html.plain_text(&name),
    };
    let mut texts = Vec::new();
    push_blocks(blocks, &text_of, &mut texts);
    texts
}

fn push_blocks(blocks: &[Block], text_of: &TextOf<'_>, texts: &mut Vec<String>) {
    let push = |text: String, texts: &mut Vec<String>| texts.extend(Some(text).filter(|text| !text.is_empty()));
    for block in blocks {
        match block {
            Block::Heading(heading) => push(text_of(&heading.html, Some(&heading.text)), texts),
            Block::Paragraph(paragraph) => push(text_of(&paragraph.html, Some(&paragraph.text)), texts),
            Block::List { items, .. } => items.iter().for_each(|item| push_blocks(&item.blocks, text_of, texts)),
            Block::Quote { alert, blocks } => {
                push(alert.map_or("", |alert| alert.title()).to_owned(), texts);
                push_blocks(blocks, text_of, texts);
            }
            Block::Details { summary, summary_text, blocks, .. } => {
                push(text_of(summary, Some(summary_text)), texts);
                push_blocks(blocks, text_of, texts);
            }
            Block::DefinitionList(terms) => {
                for term in terms {
                    push(text_of(&term.term.html, Some(&term.term.text)), texts);
                    term.definitions.iter().for_each(|definition| push_blocks(&definition.blocks, text_of, texts));
                }
            }
            Block::Prose(block) => push_blocks(std::slice::from_ref(block), text_of, texts),
            Block::Table(Table { html, .. })
            | Block::Code(CodeBlock { html, .. })
            | Block::Html(HtmlBlock { html, .. })
            | Block::Other(html) => push(text_of(html, None), texts),
        }
    }
}
