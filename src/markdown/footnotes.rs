//! Footnotes: their references and their texts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::block::Block;
use super::document::Footnote;
use super::parser::MarkdownParser;
use super::partial_html::Placeholder;
use crate::diagnostic::{Spanned, catalog};

impl MarkdownParser<'_> {
    /// Registers a reference to a footnote and returns its HTML.
    pub(super) fn footnote_reference(&mut self, label: &str) -> String {
        let at = self.footnotes_by_label.get(label).copied().unwrap_or_else(|| {
            let at = self.footnotes.len();
            let (label, number) = (label.to_owned(), at + 1);
            self.footnotes_by_label.insert(label.clone(), at);
            self.footnotes.push(Footnote { label, number, references: 0, blocks: Vec::new() });
            at
        });
        self.footnote_references.push(at);
        let footnote = &mut self.footnotes[at];
        footnote.references += 1;
        let href = self.markers.insert(Placeholder::OwnAnchor(footnote.anchor()));
        let id = self.markers.insert(Placeholder::Id(footnote.reference_anchor(footnote.references)));
        let number = footnote.number;
        format!(
            "<sup class=\"footnote-ref\"><a href=\"{href}\" id=\"{id}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        )
    }

    /// Discards all references to footnotes but the first ones, and the footnotes that have no other.
    pub(super) fn truncate_footnote_references(&mut self, count: usize) {
        for at in self.footnote_references.drain(count..).rev() {
            self.footnotes[at].references -= 1;
            // The last footnote got its first reference last.
            if self.footnotes[at].references == 0
                && let Some(unreferenced) = self.footnotes.pop()
            {
                self.footnotes_by_label.remove(&unreferenced.label);
            }
        }
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
        if unused.is_empty() {
            return;
        }
        let mut escapes = escaped_references(self.source);
        for (label, text) in unused {
            let escapes = escapes.remove(label.as_str()).unwrap_or_default();
            let escapes = escapes.into_iter().map(|at| self.span(&(at..at + 1))).collect();
            self.push(catalog::unused_footnote(self.span(&text.span), &label, escapes));
        }
    }
}

/// The offsets of the references to each label that a backslash makes text: `\[^label]`. Those that are most likely inside
/// of code, which begins on the same line, don't count.
fn escaped_references(source: &str) -> HashMap<&str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut line_start = 0;
    for line in source.split_inclusive('\n') {
        let mut read = 0;
        let mut is_in_code = false;
        for (at, _) in line.match_indices("\\[^") {
            is_in_code ^= line[read..at].matches('`').count() % 2 == 1;
            read = at;
            let label = line[at + 3..].split([']', '[']).next().unwrap_or_default();
            if !is_in_code && line[at + 3 + label.len()..].starts_with(']') {
                found.entry(label).or_default().push(line_start + at);
            }
        }
        line_start += line.len();
    }
    found
}
