//! The links, footnotes and anchors that all Markdown texts of a file share.

use std::ops::Range;

use super::block::Block;
use super::link::LinkRef;
use crate::diagnostic::Spanned;

/// The links, footnotes and anchors of all Markdown texts of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The links. Placeholders of the texts refer to them by index.
    pub links: Vec<LinkRef>,
    /// The footnotes that are referenced, in the order of their first references.
    pub footnotes: Vec<Footnote>,
    /// The ids of elements of raw HTML, without repeated ones.
    pub anchors: Vec<Spanned<String>>,
    /// The names in `{raises=id}`.
    pub raises: Vec<Range<usize>>,
}

/// A footnote of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// The label in the source.
    pub label: String,
    /// The number on the page, from 1.
    pub number: usize,
    /// The number of references.
    pub references: usize,
    /// The text.
    pub blocks: Vec<Block>,
}

impl Footnote {
    /// The id of the text. It has the number rather than the label, because labels such as `*` and `†` have no letters.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("fn-{}", self.number)
    }

    /// The id of the n-th reference, from 1.
    #[must_use]
    pub fn reference_anchor(&self, reference: usize) -> String {
        format!("fnref-{}-{reference}", self.number)
    }
}
