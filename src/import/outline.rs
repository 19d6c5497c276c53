//! A document as headings and lines.

use std::sync::Arc;

use super::ledger::TextId;
use super::sheet::Sheet;

/// A document in the order of its text.
#[derive(Debug, Clone)]
pub(super) struct SourceOutline {
    /// The file's name without folder, extension, number and id.
    pub(super) name: String,
    /// The file, for places.
    pub(super) place: Arc<str>,
    /// The parts in order.
    pub(super) parts: Vec<OutlinePart>,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub(super) enum OutlinePart {
    /// A heading, a bold line above other text, or a list item with a nested list.
    Heading {
        /// The depth: 1 to 6 for headings, 7 for bold lines, more for list items.
        depth: usize,
        text: String,
        id: TextId,
    },
    /// A list item or a paragraph.
    Line {
        text: String,
        id: TextId,
        /// The depth of the list that it's an item of, from 1; 0 for a paragraph.
        list: usize,
    },
    /// A table.
    Table(Sheet),
}

/// The depth of a bold line.
pub(super) const BOLD_DEPTH: usize = 7;

/// The depth of an item of a list that isn't nested.
pub(super) const LIST_DEPTH: usize = 10;
