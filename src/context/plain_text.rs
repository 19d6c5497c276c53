//! Blocks and inline text without markup.

use crate::context::RenderContext;
use crate::link::Resolved;
use crate::markdown::{Block, PartialHtml, Target, block_texts};
use crate::page::PageId;

impl RenderContext {
    /// The text of blocks of a page, without markup.
    pub(crate) fn block_text(&self, source: PageId, blocks: &[Block]) -> String {
        block_texts(blocks, &|link| self.link_title(source, link)).join(" ")
    }

    /// The text of blocks of a page, without markup: a line for each paragraph, list item or other block.
    pub(crate) fn block_lines(&self, source: PageId, blocks: &[Block]) -> String {
        block_texts(blocks, &|link| self.link_title(source, link)).join("\n")
    }

    /// An inline text of a page, without markup.
    pub(crate) fn inline_text(&self, source: PageId, html: &PartialHtml) -> String {
        html.plain_text(&|link| self.link_title(source, link))
    }

    /// The title of the target of a page's n-th link, or the name that the author wrote if it has no target.
    pub(crate) fn link_title(&self, source: PageId, link: usize) -> String {
        match self.links.of(source).get(link) {
            Some(Resolved::Page(page, _)) => self.pages.get(*page).title.value.clone(),
            Some(Resolved::Generated(generated)) => self.generated_title(generated),
            _ => match self.pages.get(source).document.links.get(link).map(|link| &link.target) {
                Some(Target::Name { name, .. }) => name.clone(),
                _ => String::new(),
            },
        }
    }
}
