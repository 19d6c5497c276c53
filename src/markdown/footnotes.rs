//! Footnotes: their references and their texts.

use std::collections::hash_map::Entry;
use std::ops::Range;

use super::block::Block;
use super::document::Footnote;
use super::paragraph_line::line_start;
use super::parser::MarkdownParser;
use super::partial_html::Placeholder;
use crate::diagnostic::{Spanned, catalog};

impl MarkdownParser<'_> {
    /// Registers a reference to a footnote and returns its HTML.
    pub(super) fn footnote_reference(&mut self, label: &str) -> String {
        let at = self.footnotes.iter().position(|footnote| footnote.label == label).unwrap_or_else(|| {
            let number = self.footnotes.len() + 1;
            self.footnotes.push(Footnote { label: label.to_owned(), number, references: 0, blocks: Vec::new() });
            number - 1
        });
        let footnote = &mut self.footnotes[at];
        footnote.references += 1;
        let href = self.markers.insert(Placeholder::OwnAnchor(footnote.anchor()));
        let id = self.markers.insert(Placeholder::Id(footnote.reference_anchor(footnote.references)));
        let number = footnote.number;
        format!(
            "<sup class=\"footnote-ref\"><a href=\"{href}\" id=\"{id}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        )
    }

    /// Stores the text of a footnote.
    pub(super) fn add_footnote(&mut self, label: &str, blocks: Vec<Block>, range: &Range<usize>) {
        let mut span = self.source_range(range);
        span.end = span.start + self.source[span.clone()].trim_end().len();
        match self.definitions.entry(label.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(Spanned { value: blocks, span });
            }
            Entry::Occupied(_) => {
                self.push(catalog::repeated_footnote(self.span(&span), label));
            }
        }
    }

    /// Adds the texts to all footnotes, and reports texts without a reference.
    pub(super) fn finish_footnotes(&mut self) {
        for footnote in &mut self.footnotes {
            footnote.blocks = self.definitions.remove(&footnote.label).map(|text| text.value).unwrap_or_default();
        }
        let mut unused: Vec<_> = std::mem::take(&mut self.definitions).into_iter().collect();
        unused.sort_by_key(|(_, text)| text.span.start);
        for (label, text) in unused {
            let reference = format!("\\[^{label}]");
            let escaped = self.source.match_indices(&reference).filter(|(at, _)| !is_in_code(self.source, *at));
            let escapes = escaped.map(|(at, _)| self.span(&(at..at + 1))).collect();
            self.push(catalog::unused_footnote(self.span(&text.span), &label, escapes));
        }
    }
}

/// Returns whether a byte of a text is most likely inside of code that begins on the same line.
fn is_in_code(source: &str, at: usize) -> bool {
    source[line_start(source, at)..at].matches('`').count() % 2 == 1
}
