//! Rendering of blocks and inline text: placeholders are replaced by addresses relative to the rendered page.

use crate::context::{PageContext, RenderContext};
use crate::link::Resolved;
use crate::markdown::{Block, PartialHtml, PlaceholderWriter, escape, write_blocks, write_footnotes};
use crate::page::PageId;
use crate::percent::encode;

/// Writes the placeholders of texts from one page on the page that is being rendered.
pub(crate) struct LinkWriter<'a> {
    context: &'a RenderContext,
    page_context: &'a PageContext,
    /// The page that the text is from.
    source: PageId,
    /// Whether ids are written; true only once, on the text's own page.
    sets_ids: bool,
}

impl LinkWriter<'_> {
    fn to(&self, page: PageId, anchor: Option<&str>, out: &mut String) {
        if self.page_context.is_print {
            out.push_str(&self.context.print_href(&self.page_context.root, page, anchor));
            return;
        }
        match anchor {
            Some(anchor) if self.page_context.page == Some(page) => out.push_str(&format!("#{}", encode(anchor))),
            Some(anchor) => {
                let url = &self.context.address(page).url;
                out.push_str(&format!("{}{url}#{}", self.page_context.root, encode(anchor)));
            }
            None => {
                out.push_str(&self.page_context.root);
                out.push_str(&self.context.address(page).url);
            }
        }
    }
}

impl PlaceholderWriter for LinkWriter<'_> {
    fn href(&self, link: usize, out: &mut String) {
        match self.context.links.of(self.source).get(link) {
            Some(Resolved::Page(page, anchor)) => self.to(*page, anchor.as_deref(), out),
            Some(Resolved::Asset(url)) => {
                out.push_str(&self.page_context.root);
                out.push_str(url);
            }
            Some(Resolved::Generated(generated)) if self.page_context.is_print => {
                out.push_str(&self.context.print_generated_href(&self.page_context.root, generated));
            }
            Some(Resolved::Generated(generated)) => {
                out.push_str(&self.page_context.root);
                out.push_str(self.context.generated(generated).map_or("", |address| &address.url));
            }
            Some(Resolved::Nothing) | None => {}
        }
    }

    fn label(&self, link: usize, out: &mut String) {
        out.push_str(&escape(&self.context.link_title(self.source, link)));
    }

    fn own_anchor(&self, anchor: &str, out: &mut String) {
        self.to(self.source, Some(anchor), out);
    }

    fn writes_ids(&self) -> bool {
        let page_context = self.page_context;
        self.sets_ids
            && (page_context.page == Some(self.source) || page_context.is_print && page_context.page.is_some())
    }

    fn heading_level(&self, level: u8) -> u8 {
        if self.page_context.is_print { (level + self.context.print_heading_shift(self.source)).min(6) } else { level }
    }

    fn id(&self, id: &str, out: &mut String) {
        if self.writes_ids() {
            let id = if self.page_context.is_print { &self.context.print_id(self.source, id) } else { id };
            out.push_str(&format!(" id=\"{}\"", escape(id)));
        }
    }
}

impl RenderContext {
    /// The writer for the placeholders of a page's texts, where their ids are written.
    pub(crate) fn link_writer<'s>(
        &'s self,
        page_context: &'s PageContext,
        source: PageId,
    ) -> impl PlaceholderWriter + 's {
        LinkWriter { context: self, page_context, source, sets_ids: true }
    }

    /// The author's text on a page, without cells: the part before the cells, the part after them, and the footnotes.
    pub(crate) fn text(&self, page_context: &PageContext, id: PageId) -> (String, String, String) {
        let page = self.pages.get(id);
        let layout = self.ladder.layout(&self.pages, id);
        let prose = |ranges: &[std::ops::Range<usize>]| -> String {
            ranges.iter().map(|range| self.prose(page_context, id, &page.blocks[range.clone()])).collect()
        };
        let mut footnotes = String::new();
        write_footnotes(&page.document.footnotes, &self.link_writer(page_context, id), &mut footnotes);
        (prose(&layout.lead), prose(&layout.rest), footnotes)
    }

    /// Renders blocks to HTML, with their ids.
    fn prose(&self, page_context: &PageContext, source: PageId, blocks: &[Block]) -> String {
        let mut out = String::new();
        write_blocks(blocks, &LinkWriter { context: self, page_context, source, sets_ids: true }, &mut out);
        out
    }

    /// Renders blocks to HTML, with their ids if `sets_ids`. A single paragraph is written without `<p>` if it is
    /// `tight`.
    pub(crate) fn quoted(
        &self,
        page_context: &PageContext,
        source: PageId,
        blocks: &[Block],
        sets_ids: bool,
    ) -> String {
        let mut out = String::new();
        write_blocks(blocks, &LinkWriter { context: self, page_context, source, sets_ids }, &mut out);
        out.trim_end().to_owned()
    }

    /// Renders inline text to HTML, with its ids if `sets_ids`.
    pub(crate) fn rich(
        &self,
        page_context: &PageContext,
        source: PageId,
        text: &PartialHtml,
        sets_ids: bool,
    ) -> String {
        let mut out = String::new();
        text.write(&LinkWriter { context: self, page_context, source, sets_ids }, &mut out);
        out
    }
}
