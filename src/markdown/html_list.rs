//! Plain lists in raw HTML: `<ul>` or `<ol>` whose items have only text, inline elements and such lists in them.

use std::ops::Range;

use super::block::{Block, ExampleText, Item, Paragraph};
use super::inline_marks;
use super::parser::{MAX_BLOCK_DEPTH, MarkdownParser};
use super::text::plain;

/// The inline elements that a text of an item may have.
pub(super) const INLINE: [&str; 14] =
    ["a", "abbr", "b", "br", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "sub", "sup"];

impl MarkdownParser<'_> {
    /// Parses the items of a plain list; none if the HTML is anything else.
    pub(super) fn html_items(&self, html: &str, span: &Range<usize>) -> Vec<Item> {
        let mut reader = HtmlListReader { rest: html.trim(), number: 0 };
        let Some(items) = reader.list(0).filter(|_| reader.rest.trim().is_empty()) else { return Vec::new() };
        let source = self.verbatim_source(span).unwrap_or_default();
        let starts = tags(source).filter(|(_, tag)| tag.name.eq_ignore_ascii_case("li") && !tag.closes);
        let mut line_end = 0;
        let to_line_end = |(at, _): (usize, _)| {
            if at >= line_end {
                let line = source[at..].lines().next().unwrap_or_default();
                line_end = at + line.trim_end().len();
            }
            span.start + at..span.start + line_end
        };
        let spans: Vec<Range<usize>> = starts.map(to_line_end).collect();
        self.items_of(items, &spans, span)
    }

    /// The items with their spans in the file, of which a list of another form has too few.
    fn items_of(&self, items: Vec<HtmlItem>, spans: &[Range<usize>], list: &Range<usize>) -> Vec<Item> {
        let item = |item: HtmlItem| {
            let span = spans.get(item.number).unwrap_or(list).clone();
            let block = |part| match part {
                Part::Text(html) => Block::Paragraph(self.html_paragraph(&html, span.clone())),
                Part::List(items) => Block::List { start: None, items: self.items_of(items, spans, list) },
            };
            Item { blocks: item.parts.into_iter().map(block).collect(), span: span.clone() }
        };
        items.into_iter().map(item).collect()
    }

    fn html_paragraph(&self, html: &str, span: Range<usize>) -> Paragraph {
        let text = plain(html);
        let example = inline_marks::example_prefix(&text).and_then(|(length, specialism)| {
            let rest = html.strip_prefix(&text[..length])?;
            let html = self.partial_html(rest);
            Some(Box::new(ExampleText { specialism, html, text: plain(rest) }))
        });
        let html = self.partial_html(html);
        Paragraph { html, text, id: None, raises: Vec::new(), example, bold: false, task: false, tight: true, span }
    }
}

/// An item of a list in raw HTML.
struct HtmlItem {
    /// Its number among all items of the HTML, from 0.
    number: usize,
    parts: Vec<Part>,
}

enum Part {
    Text(String),
    List(Vec<HtmlItem>),
}

/// A tag and what it does.
pub(super) struct HtmlTag<'h> {
    pub(super) name: &'h str,
    pub(super) closes: bool,
    /// The length of the whole tag.
    pub(super) length: usize,
}

/// Parses the tag at the start of a text.
fn tag(text: &str) -> Option<HtmlTag<'_>> {
    tag_with_end(text, || text.find('>'))
}

/// As [`tag`], with a function that finds the first `>`.
fn tag_with_end(text: &str, first_end: impl FnOnce() -> Option<usize>) -> Option<HtmlTag<'_>> {
    let inside = text.strip_prefix('<')?;
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| *end > 0)?;
    Some(HtmlTag { name: &inside[..end], closes, length: first_end()? + 1 })
}

/// All tags of a text, each with its position.
pub(super) fn tags(text: &str) -> impl Iterator<Item = (usize, HtmlTag<'_>)> {
    // Many tags may have no end, or the same one.
    let mut known_end: Option<usize> = Some(0);
    text.match_indices('<').filter_map(move |(at, _)| {
        let first_end = || {
            if known_end.is_some_and(|end| end <= at) {
                known_end = text[at..].find('>').map(|end| at + end);
            }
            known_end.map(|end| end - at)
        };
        Some((at, tag_with_end(&text[at..], first_end)?))
    })
}

struct HtmlListReader<'h> {
    rest: &'h str,
    /// The number of items so far.
    number: usize,
}

impl HtmlListReader<'_> {
    /// Reads a tag with one of some names.
    fn take(&mut self, names: &[&str], closes: bool) -> bool {
        self.rest = self.rest.trim_start();
        match tag(self.rest).filter(|tag| tag.closes == closes && is_one_of(tag.name, names)) {
            Some(tag) => {
                self.rest = &self.rest[tag.length..];
                true
            }
            None => false,
        }
    }

    /// Reads a list; `None` if there is anything else.
    fn list(&mut self, depth: usize) -> Option<Vec<HtmlItem>> {
        if depth > MAX_BLOCK_DEPTH || !self.take(&["ul", "ol"], false) {
            return None;
        }
        let mut items = Vec::new();
        while self.take(&["li"], false) {
            let number = self.number;
            self.number += 1;
            items.push(HtmlItem { number, parts: self.item(depth)? });
            self.take(&["li"], true);
        }
        self.take(&["ul", "ol"], true).then_some(items)
    }

    /// Reads the content of an item up to the tag that ends it.
    fn item(&mut self, depth: usize) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut text = String::new();
        loop {
            let (before, _) = self.rest.split_once('<')?;
            text.push_str(before);
            self.rest = &self.rest[before.len()..];
            let tag = tag(self.rest)?;
            let is_list = is_one_of(tag.name, &["ul", "ol"]);
            if is_one_of(tag.name, &INLINE) {
                text.push_str(&self.rest[..tag.length]);
                self.rest = &self.rest[tag.length..];
                continue;
            }
            let finished = std::mem::take(&mut text);
            if !finished.trim().is_empty() {
                parts.push(Part::Text(finished.trim().to_owned()));
            }
            match tag {
                HtmlTag { name, length, .. } if is_one_of(name, &["p"]) => self.rest = &self.rest[length..],
                HtmlTag { closes: false, .. } if is_list => parts.push(Part::List(self.list(depth + 1)?)),
                HtmlTag { name, .. } if is_list || is_one_of(name, &["li"]) => return Some(parts),
                _ => return None,
            }
        }
    }
}

pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Block, Item, MarkdownParser, RawHtml, TextOrigin};
    use crate::tree::TreePath;

    fn items(source: &str) -> Vec<Item> {
        let file = TreePath::normalized("a.md");
        let blocks = MarkdownParser::new(&file, source, RawHtml::Safe).parse(source, TextOrigin::Verbatim(0));
        match blocks.into_iter().next() {
            Some(Block::Html(html)) => html.items,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plain_list_has_items_with_places() {
        let source =
            "<ul>\n<li>One <b>bold</b>.</li>\n<li>Two:\n<ol><li>Three.</ol></li>\n\n<LI><p>Four.</p></LI>\n</ul>\n";
        let items = items(source);
        let first = |item: &Item| match &item.blocks[0] {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(items.iter().map(first).collect::<Vec<_>>(), ["One bold.", "Two:", "Four."]);
        assert!(matches!(&items[1].blocks[1], Block::List { items, .. } if first(&items[0]) == "Three."));
        assert_eq!(&source[items[2].span.clone()], "<LI><p>Four.</p></LI>");
    }

    #[test]
    fn other_html_has_none() {
        for source in ["<div><ul><li>a</li></ul></div>\n", "<ul><li><table></table></li></ul>\n", "<ul>text</ul>\n"] {
            assert!(items(source).is_empty(), "{source}");
        }
    }
}
