//! Raw HTML elements that span several blocks.

use std::cell::RefCell;
use std::ops::Range;

use super::block::{Block, HtmlBlock};
use super::parser::{MAX_BLOCK_DEPTH, MarkdownParser, UngroupedBlock};
use super::partial_html::{Placeholder, PlaceholderMarkers, PlaceholderWriter};
use super::prose_mark;
use super::raw_html;
use super::text::plain;
use super::write::write_blocks;
use crate::diagnostic::catalog;

impl MarkdownParser<'_> {
    /// Combines raw HTML with the blocks that it wraps: `<details>` with its content, and any other element that opens in
    /// one block and closes in a later one.
    pub(super) fn group(&mut self, ungrouped: Vec<UngroupedBlock>) -> Vec<Block> {
        prose_mark::apply(self.group_inside(ungrouped, 0))
    }

    /// As [`Self::group`], inside of `details_depth` nested `<details>`.
    fn group_inside(&mut self, ungrouped: Vec<UngroupedBlock>, details_depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut ungrouped = ungrouped.into_iter();
        while let Some(next) = ungrouped.next() {
            let (html, span) = match next {
                UngroupedBlock::Block(block) => {
                    blocks.push(block);
                    continue;
                }
                UngroupedBlock::Html(html, span) => (html, span),
            };
            let open = raw_html::nesting_change(&html);
            let mut inside = Vec::new();
            let mut depth = open;
            while depth > 0 {
                let Some(next) = ungrouped.next() else { break };
                if let UngroupedBlock::Html(html, _) = &next {
                    depth += raw_html::nesting_change(html);
                }
                inside.push(next);
            }
            let details = parse_details_opening(&html)
                .filter(|_| (open > 0 || closes_details(&html)) && details_depth < MAX_BLOCK_DEPTH);
            // What is inside of `<details>` is grouped, and so checked, by itself.
            let unclosed = raw_html::unclosed(&html).filter(|_| details.is_none());
            if let Some(opening) = unclosed.or((depth > 0 && !inside.is_empty()).then_some(0)) {
                self.report_unclosed_element(&html, opening, &span);
            }
            let block = match details {
                Some(opening) => self.details(&opening, &span, inside, details_depth + 1),
                _ => self.wrapped(html, span, inside),
            };
            blocks.push(block);
        }
        blocks
    }

    /// Reports an element that is never closed, and so contains the rest of the text. Its tag begins at byte `opening`.
    fn report_unclosed_element(&mut self, html: &str, opening: usize, html_span: &Range<usize>) {
        let rest = &html[opening..];
        let name: String = rest.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let tag = rest.split(['>', '\n']).next().map_or(0, str::len) + 1;
        let (open, close, length) = match raw_html::closing_of(rest) {
            Some((open, close)) => (open.to_owned(), close.to_owned(), open.len()),
            None => (format!("<{name}>"), format!("</{name}>"), rest.len().min(tag)),
        };
        let start = html_span.start + opening;
        // Markers for addresses and ids make the HTML longer than its source.
        let is_exact = self.verbatim_source(&(start..start + length)).is_some_and(|source| rest.starts_with(source));
        let span = if is_exact { start..start + length } else { html_span.clone() };
        self.push(catalog::unclosed_element(self.span(&span), &open, &close));
    }

    fn details(
        &mut self,
        opening: &DetailsOpening,
        span: &Range<usize>,
        mut inside: Vec<UngroupedBlock>,
        depth: usize,
    ) -> Block {
        let is_exact = self.verbatim_source(span).is_some_and(|source| source.ends_with(&opening.rest));
        let rest_start = if is_exact { span.end - opening.rest.len() } else { span.start };
        inside.insert(0, UngroupedBlock::Html(opening.rest.clone(), rest_start..span.end));
        // The last block of HTML closes the element; the content before its closing tag stays.
        if let Some(UngroupedBlock::Html(last, _)) = inside.last_mut() {
            let content_end = last.rfind("</details").map_or(last.len(), |at| at);
            last.truncate(content_end);
        }
        inside.retain(|block| !matches!(block, UngroupedBlock::Html(html, _) if html.trim().is_empty()));
        let blocks = self.group_inside(inside, depth);
        let summary = self.raw_partial_html(&opening.summary, span);
        Block::Details { summary, summary_text: plain(&opening.summary), open: opening.open, blocks }
    }

    fn wrapped(&mut self, html: String, mut span: Range<usize>, inside: Vec<UngroupedBlock>) -> Block {
        let mut marked = html;
        let mut is_html_alone = true;
        for next in inside {
            match next {
                UngroupedBlock::Html(html, more) => {
                    marked.push_str(&html);
                    span.end = more.end.max(span.end);
                }
                UngroupedBlock::Block(block) => {
                    is_html_alone = false;
                    let restorer = MarkerRestorer(RefCell::new(&mut self.markers));
                    write_blocks(&[block], &restorer, &mut marked);
                }
            }
        }
        let html = self.raw_partial_html(&marked, &span);
        let is_list = is_html_alone && raw_html::too_deep(&marked).is_none();
        let items = if is_list { self.html_items(&marked, &span) } else { Vec::new() };
        Block::Html(HtmlBlock { html, items, span })
    }
}

/// Writes placeholders as markers again, so that rendered blocks can be sanitised as part of a surrounding element.
struct MarkerRestorer<'m>(RefCell<&'m mut PlaceholderMarkers>);

impl PlaceholderWriter for MarkerRestorer<'_> {
    fn href(&self, link: usize, out: &mut String) {
        out.push_str(&self.0.borrow_mut().insert(Placeholder::Href(link)));
    }
    fn label(&self, link: usize, out: &mut String) {
        out.push_str(&self.0.borrow_mut().insert(Placeholder::Label(link)));
    }
    fn own_anchor(&self, anchor: &str, out: &mut String) {
        out.push_str(&self.0.borrow_mut().insert(Placeholder::OwnAnchor(anchor.to_owned())));
    }
    fn task(&self, done: bool, out: &mut String) {
        out.push_str(&self.0.borrow_mut().insert(Placeholder::Task(done)));
    }
    fn writes_ids(&self) -> bool {
        true
    }
    fn id(&self, id: &str, out: &mut String) {
        out.push_str(&format!(" id=\"{}\"", self.0.borrow_mut().insert(Placeholder::Id(id.to_owned()))));
    }
}

/// Returns whether balanced raw HTML ends with `</details>`.
fn closes_details(html: &str) -> bool {
    raw_html::nesting_change(html) == 0 && html.trim_end().to_ascii_lowercase().ends_with("</details>")
}

/// The start of a `<details>` element.
struct DetailsOpening {
    summary: String,
    /// The HTML after the summary.
    rest: String,
    open: bool,
}

/// Parses `<details><summary>…</summary>` at the start of raw HTML.
fn parse_details_opening(html: &str) -> Option<DetailsOpening> {
    let trimmed = html.trim_start();
    let lower = trimmed.to_ascii_lowercase();
    let tag = lower.strip_prefix("<details")?;
    let tag_end = tag.find('>')?;
    let open = tag[..tag_end].split_whitespace().any(|attribute| attribute.split('=').next() == Some("open"));
    let after = "<details".len() + tag_end + 1;
    let id = anchor_of_tag(&trimmed[..after]);
    let summary_tag = lower[after..].find("<summary").map(|at| after + at);
    let Some((tag, from, to)) = summary_tag.and_then(|tag| {
        let from = tag + lower[tag..].find('>')? + 1;
        Some((tag, from, from + lower[from..].find("</summary")?))
    }) else {
        return Some(DetailsOpening { summary: id + "Details", rest: trimmed[after..].to_owned(), open });
    };
    let rest_from = to + lower[to..].find('>')? + 1;
    let summary = id + &anchor_of_tag(&trimmed[tag..from]) + trimmed[from..to].trim();
    Some(DetailsOpening { summary, rest: trimmed[rest_from..].to_owned(), open })
}

/// An empty element with the id of an opening tag; nothing if it has none. Ids of raw HTML have been replaced by markers.
fn anchor_of_tag(tag: &str) -> String {
    let id = tag.split_once(" id=\"").and_then(|(_, rest)| rest.split_once('"'));
    id.map_or_else(String::new, |(id, _)| format!("<a id=\"{id}\"></a>"))
}
