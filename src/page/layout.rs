//! The blocks of a page's body that are shown as prose, and the page's anchors.

use std::collections::HashSet;
use std::ops::Range;

/// The parts of a page's body that are shown as prose, as ranges of blocks, and the anchors of the page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct PageLayout {
    /// Prose before the first cell of the matrix.
    pub lead: Vec<Range<usize>>,
    /// Prose after the first cell.
    pub rest: Vec<Range<usize>>,
    /// All anchors that links may refer to.
    pub anchors: HashSet<String>,
}
