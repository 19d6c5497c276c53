//! Parts of a body that aren't prose.

use std::ops::Range;
use std::sync::Arc;

use super::model::Written;
use crate::markdown::Heading;
use crate::page::PageId;

/// A part of a body that isn't prose: its role, its heading, and the blocks under it.
#[derive(Debug)]
pub(super) struct Claim<'p> {
    pub(super) kind: SectionKind,
    pub(super) heading: &'p Heading,
    pub(super) blocks: Range<usize>,
}

/// A part of a body that isn't prose, with its text.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: SectionKind,
    pub(super) written: Arc<Written>,
    /// The blocks under its heading.
    pub(super) blocks: Range<usize>,
}

/// The role of the section that a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionKind {
    /// The cell of a competency (on a level's page) or of a level (on a competency's).
    Cell(PageId),
    /// Expectations of this level alone.
    Own,
    /// The criteria of the n-th step of a competency's scale, from 0.
    Step(usize),
}
