//! Blocks of raw HTML.

use std::ops::Range;

use pulldown_cmark::Event;

use super::block::{Block, HtmlBlock};
use super::inline_marks::SpannedEvent;
use super::parser::{MarkdownParser, UngroupedBlock};
use super::raw_html::RawHtml;
use super::text::escape;

impl MarkdownParser<'_> {
    /// Reads a block of raw HTML, which may open an element that wraps the following blocks.
    pub(super) fn html_block(
        &mut self,
        inside: &[SpannedEvent<'_>],
        span: Range<usize>,
        ungrouped: &mut Vec<UngroupedBlock>,
    ) {
        self.report_markdown_in_html(&span);
        let mut text = String::new();
        for (part, range) in html_parts(inside) {
            text.push_str(&if self.raw == RawHtml::Escape { part } else { self.replace_attributes(&part, &range) });
        }
        if self.raw == RawHtml::Escape {
            let html = self.markers.to_partial_html(&format!("<pre><code>{}</code></pre>", escape(&text)));
            ungrouped.push(UngroupedBlock::Block(Block::Html(HtmlBlock { html, items: Vec::new(), span })));
        } else {
            ungrouped.push(UngroupedBlock::Html(text, span));
        }
    }
}

/// The parts of raw HTML that follow each other in the source.
fn html_parts(events: &[SpannedEvent<'_>]) -> Vec<(String, Range<usize>)> {
    let mut parts: Vec<(String, Range<usize>)> = Vec::new();
    for (event, range) in events {
        let (Event::Html(text) | Event::Text(text)) = event else { continue };
        match parts.last_mut() {
            Some((last, last_range)) if last_range.end == range.start && last.len() == last_range.len() => {
                last.push_str(text);
                last_range.end = range.end;
            }
            _ => parts.push((text.to_string(), range.clone())),
        }
    }
    parts
}
