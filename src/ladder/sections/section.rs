//! The sections of a body that hold expectations or the criteria of a step: their kind, heading and blocks.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::ladder::model::Written;
use crate::markdown::{Block, Heading};
use crate::page::{Page, PageId};

/// A part of a body that isn't prose: its role, its heading, and the blocks under it.
#[derive(Debug, Clone)]
pub(crate) struct FoundSection<'p> {
    pub(crate) kind: SectionKind,
    /// Its heading. One that a table or a list names has a heading made from that name.
    pub(crate) heading: Cow<'p, Heading>,
    /// The blocks under its heading, or the table or list that names it.
    pub(crate) blocks: Range<usize>,
    /// Its content, if a table or a list names it.
    pub(crate) content: Option<Vec<Block>>,
}

impl FoundSection<'_> {
    /// Its blocks in the page's body, with its heading.
    pub(crate) fn extent(&self) -> Range<usize> {
        if self.content.is_some() { self.blocks.clone() } else { self.blocks.start - 1..self.blocks.end }
    }

    /// Its content.
    pub(crate) fn content<'c>(&'c self, page: &'c Page) -> &'c [Block] {
        self.content.as_deref().unwrap_or_else(|| &page.blocks[self.blocks.clone()])
    }
}

/// A part of a body that isn't prose, with its text.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) written: Written,
    /// The blocks under its heading, or the table or list that names it.
    pub(crate) blocks: Range<usize>,
    /// Whether a table or a list names it.
    pub(crate) is_named_inside: bool,
    /// The criteria of a step; empty for a cell, whose text has the content.
    pub(crate) criteria: Arc<[Block]>,
    /// Whether there is nothing under its heading.
    pub(crate) is_blank: bool,
}

/// The role of the section that a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SectionKind {
    /// The cell of a competency (on a level's page) or of a level (on a competency's).
    Cell(PageId),
    /// The cell of a level in a competency, on another page.
    LevelCell { level: PageId, competency: PageId },
    /// A competency that doesn't apply to a level, as a table says.
    NotApplicable { level: PageId, competency: PageId },
    /// Expectations of this level alone.
    Own,
    /// The criteria of the n-th step of a competency's scale, from 0.
    Step(usize),
}

impl SectionKind {
    /// The same kind by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        Some(match self {
            Self::Cell(page) => Self::Cell(new_id(page)?),
            Self::LevelCell { level, competency } => {
                Self::LevelCell { level: new_id(level)?, competency: new_id(competency)? }
            }
            Self::NotApplicable { level, competency } => {
                Self::NotApplicable { level: new_id(level)?, competency: new_id(competency)? }
            }
            Self::Own | Self::Step(_) => self,
        })
    }
}

/// A section that has the form of a cell but whose heading names nothing, or something that isn't published.
#[derive(Debug)]
pub(crate) struct UnnamedSection {
    pub(crate) heading: Heading,
    pub(crate) named: Unnamed,
    /// The heading and the blocks under it.
    pub(crate) blocks: Range<usize>,
}

/// The reason why the heading of a section names no cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unnamed {
    /// It names a draft.
    Draft(PageId),
    /// It names nothing, under the heading of a track if one is given.
    Unknown(Option<PageId>),
    /// It names nothing, and what's below is paragraphs, which may be prose or expectations.
    Paragraphs,
}

impl Unnamed {
    /// The same reason by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        Some(match self {
            Self::Draft(page) => Self::Draft(new_id(page)?),
            Self::Unknown(Some(track)) => Self::Unknown(Some(new_id(track)?)),
            Self::Unknown(None) | Self::Paragraphs => self,
        })
    }
}

/// Whether a block has the form of expectations: a list in any notation, or a table.
pub(crate) fn is_list_like(block: &Block) -> bool {
    match block {
        Block::List { .. } | Block::Table(_) | Block::DefinitionList(_) => true,
        Block::Html(html) => !html.items.is_empty(),
        _ => false,
    }
}

/// Whether blocks are paragraphs and what may be examples of them, perhaps in groups, and nothing else.
pub(crate) fn are_paragraphs(blocks: &[Block]) -> bool {
    let is_part = |block: &Block| {
        block.is_blank() || matches!(block, Block::Heading(_) | Block::Paragraph(_) | Block::Quote { alert: None, .. })
    };
    blocks.iter().all(is_part) && blocks.iter().any(|block| matches!(block, Block::Paragraph(_)))
}

/// The end of a section: the next heading of the same or a higher level.
pub(crate) fn section_end(blocks: &[Block], start: usize, level: u8) -> usize {
    let after =
        blocks[start + 1..].iter().position(|block| matches!(block, Block::Heading(next) if next.level <= level));
    after.map_or(blocks.len(), |offset| start + 1 + offset)
}

/// The byte range of a block's text, if it's known.
pub(crate) fn extent(block: &Block) -> Option<Range<usize>> {
    Some(edge(block, TextEdge::Start)?..edge(block, TextEdge::End)?)
}

/// An end of a block's text.
#[derive(Clone, Copy)]
enum TextEdge {
    Start,
    End,
}

fn edge(block: &Block, wanted: TextEdge) -> Option<usize> {
    let of = |span: &Range<usize>| match wanted {
        TextEdge::Start => span.start,
        TextEdge::End => span.end,
    };
    match (block, wanted) {
        (Block::Heading(heading), _) => Some(of(&heading.span)),
        (Block::Paragraph(paragraph), _) => Some(of(&paragraph.span)),
        (Block::List { items, .. }, TextEdge::Start) => Some(items.first()?.span.start),
        (Block::List { items, .. }, TextEdge::End) => Some(items.last()?.span.end),
        (Block::Quote { blocks, .. } | Block::Details { blocks, .. }, TextEdge::Start) => {
            blocks.iter().find_map(|block| edge(block, wanted))
        }
        (Block::Quote { blocks, .. } | Block::Details { blocks, .. }, TextEdge::End) => {
            blocks.iter().rev().find_map(|block| edge(block, wanted))
        }
        (Block::DefinitionList(terms), TextEdge::Start) => Some(terms.first()?.term.span.start),
        (Block::DefinitionList(terms), TextEdge::End) => {
            let last = terms.last()?;
            Some(last.definitions.last().map_or(last.term.span.end, |definition| definition.span.end))
        }
        (Block::Table(table), _) => Some(of(&table.span)),
        (Block::Code(code), _) => Some(of(&code.span)),
        (Block::Html(html), _) => Some(of(&html.span)),
        (Block::Prose(block), _) => edge(block, wanted),
        (Block::Other(_), _) => None,
    }
}

/// The first byte of the first block from a position on whose place is known; the end of the file if there is none.
pub(crate) fn start_of(page: &Page, at: usize) -> usize {
    page.blocks[at..].iter().find_map(extent).map_or(page.source.len(), |extent| extent.start)
}
