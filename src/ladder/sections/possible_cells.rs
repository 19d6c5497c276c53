//! Sections that may be meant as cells, although their headings name none that is published.

use crate::ladder::sections::section::{FoundSection, SectionKind, Unnamed, UnnamedSection, is_list_like, section_end};
use crate::markdown::{Block, Item};
use crate::page::{Kind, Page, Pages};

/// The cell of a competency that's a draft. One of a level that's a draft is part of the draft, and so not published either.
pub(crate) fn of_draft(pages: &Pages, page: &Page, claim: &FoundSection<'_>) -> Option<UnnamedSection> {
    let competency = match claim.kind {
        SectionKind::Cell(id) if page.kind == Kind::Level => id,
        SectionKind::LevelCell { level, competency } if pages.is_shown(level) => competency,
        _ => return None,
    };
    let named = Unnamed::Draft(competency);
    let section = || UnnamedSection { heading: claim.heading.clone().into_owned(), named, blocks: claim.extent() };
    (!pages.is_shown(competency)).then(section)
}

/// Keeps the sections with unknown names that are beside cells: not inside another section that is meant as one or as
/// prose, not around cells, and not at a lower level.
pub(crate) fn retain_beside_cells(page: &Page, unnamed: &mut Vec<UnnamedSection>, claims: &[FoundSection<'_>]) {
    let with_headings = claims.iter().filter(|claim| claim.content.is_none());
    let level = with_headings.map(|claim| claim.heading.level).min().unwrap_or(2);
    let mut starts: Vec<usize> = claims.iter().map(|claim| claim.blocks.start).collect();
    starts.sort_unstable();
    // Where prose begins, and the end of all prose so far.
    let mut prose: Vec<(usize, usize)> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        if let Block::Heading(heading) = block
            && heading.is_prose()
        {
            let end = section_end(&page.blocks, at, heading.level);
            prose.push((at, prose.last().map_or(end, |(_, last)| end.max(*last))));
        }
    }
    let mut end = 0;
    unnamed.retain(|section| {
        let next = starts.partition_point(|start| *start < section.blocks.start);
        let has_claim = starts.get(next).is_some_and(|start| *start < section.blocks.end);
        let above = prose.partition_point(|(at, _)| *at < section.blocks.start);
        let is_in_prose = above > 0 && prose[above - 1].1 > section.blocks.start;
        let is_beside = match section.named {
            Unnamed::Unknown(None) | Unnamed::Paragraphs => {
                section.heading.level <= level && !has_claim && !is_in_prose
            }
            Unnamed::Unknown(Some(_)) | Unnamed::Draft(_) => true,
        };
        let is_kept = is_beside && section.blocks.start >= end;
        if is_kept {
            end = section.blocks.end;
        }
        is_kept
    });
}

/// Whether blocks have the form of a cell: expectations, perhaps below one paragraph and in groups, and nothing else.
/// Lists in which each item begins with a link are none.
pub(crate) fn has_form_of_cell(source: &str, under: &[Block]) -> bool {
    let is_content = |block: &&Block| !block.is_blank() && !matches!(block, Block::Heading(_));
    let mut content = under.iter().filter(is_content).peekable();
    let is_link = |item: &Item| match item.blocks.first() {
        Some(Block::Paragraph(paragraph)) => {
            let text = &source[paragraph.span.clone()];
            ["[", "<http", "http", "www."].iter().any(|start| text.starts_with(start))
        }
        _ => false,
    };
    let is_expectations = |block: &Block| match block {
        Block::List { items, .. } => !items.iter().all(is_link),
        block => is_list_like(block),
    };
    if content.next_if(|block| is_expectations(block)).is_some() {
        return true;
    }
    let has_intro = content.next_if(|block| matches!(block, Block::Paragraph(_))).is_some();
    has_intro && content.peek().is_some() && content.all(is_expectations)
}
