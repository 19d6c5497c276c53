//! How Stepladder reads a page: its sections and their roles.

use std::ops::Range;

use crate::page::PageId;

/// How Stepladder reads one section of a page. The readings of a page, from [`Guide::reading`], are in order and cover
/// its whole body: the text above the first heading, each cell with its sub-headings, and every other section up to
/// the next heading. So the sum of `expectations` over all levels and competencies is that of the ladder, and an author
/// can see which sections are prose.
///
/// [`Guide::reading`]: crate::guide::Guide::reading
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSummary {
    /// The text of its heading; empty for the text above the first heading, `Table` or `List` for one that names cells.
    pub heading: String,
    /// The level of its heading, 1 to 6; 0 for the text above the first heading.
    pub level: u8,
    /// The byte range of its heading in the file; for the text above the first heading, empty at the start of the body.
    pub span: Range<usize>,
    /// Its role.
    pub role: SectionRole,
    /// The number of its expectations.
    pub expectations: usize,
    /// The number of its examples: those of its expectations and its own.
    pub examples: usize,
    /// The positions of the blocks under its heading in the page's body.
    pub blocks: Range<usize>,
    /// The role of each of those blocks.
    pub block_roles: Vec<BlockRole>,
}

/// The role of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionRole {
    /// The cell of a competency (on a level's page) or of a level (on a competency's), given by its page.
    Cell(PageId),
    /// The same for a draft: it isn't published, and its expectations aren't counted.
    Draft(PageId),
    /// The cells that a table or a list names, several in one block.
    Cells,
    /// Expectations of this level alone.
    Own,
    /// The criteria of the n-th step of a competency's scale, from 0.
    Step(usize),
    /// A heading without text of its own above other sections.
    Container,
    /// Prose.
    Prose,
}

impl SectionRole {
    /// The same role by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        Some(match self {
            Self::Cell(page) => Self::Cell(new_id(page)?),
            Self::Draft(page) => Self::Draft(new_id(page)?),
            Self::Cells | Self::Own | Self::Step(_) | Self::Container | Self::Prose => self,
        })
    }
}

/// The role of a block in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockRole {
    /// A sub-heading.
    Heading,
    /// It has expectations, with their details and examples.
    Expectations,
    /// Examples of the whole cell, or of the expectation above.
    Examples,
    /// Text before the expectations of a cell or of a group.
    Introduction,
    /// Any other text.
    Prose,
}
