//! Expectations on the page of a track under headings, where only a table or a nested list with the names of levels and of
//! competencies fills cells.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, catalog};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::heading_candidate::before_gloss;
use crate::ladder::sections::section::{is_list_like, section_end};
use crate::ladder::sections::written_heading::written_heading;
use crate::markdown::{Block, Item, Table, TableCell};
use crate::page::{Kind, Page};

/// Reports the first heading, or bold line, of a track's page that names a level or a competency, with text below for
/// several of the others, or for one of them below each of several headings.
pub(crate) fn find(names: &NameLookup<'_>, page: &Page) -> Option<Diagnostic> {
    let mut prose_end = 0;
    // The kind that a section names, its heading's position, and the number of names of the other kind below.
    let mut divided: Vec<(Kind, usize, usize)> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        if let Block::Heading(heading) = block
            && heading.is_prose()
        {
            prose_end = prose_end.max(section_end(&page.blocks, at, heading.level));
        }
        let Some((text, section)) = section(&page.blocks, at).filter(|_| at >= prose_end) else { continue };
        let kinds = [(Kind::Level, Kind::Competency), (Kind::Competency, Kind::Level)];
        let found = kinds.into_iter().filter(|(kind, _)| is_name(names, *kind, text)).find_map(|(kind, other)| {
            let count = named_parts(names, page, other, &page.blocks[section.clone()]);
            (count > 0).then_some((kind, at, count))
        });
        divided.extend(found);
    }
    let count = |kind: Kind| divided.iter().filter(|(of, ..)| *of == kind).map(|(_, _, count)| count).sum::<usize>();
    let (kind, at, _) = divided.iter().find(|(kind, ..)| count(*kind) > 1)?;
    Some(match &page.blocks[*at] {
        Block::Heading(heading) => catalog::cells_on_track(&written_heading(page, heading), &kind.described()),
        Block::Paragraph(label) => {
            catalog::cells_below_label_on_track(page.span(&label.span), label_text(&label.text), &kind.described())
        }
        _ => return None,
    })
}

/// The text of a heading or of a bold line, and the blocks below it.
fn section(blocks: &[Block], at: usize) -> Option<(&str, Range<usize>)> {
    match &blocks[at] {
        Block::Heading(heading) => Some((&heading.text, at + 1..section_end(blocks, at, heading.level))),
        Block::Paragraph(label) if label.bold => {
            let ends = |block: &Block| match block {
                Block::Heading(_) => true,
                Block::Paragraph(next) => next.bold,
                _ => false,
            };
            let length = blocks[at + 1..].iter().position(ends).unwrap_or(blocks.len() - at - 1);
            Some((label_text(&label.text), at + 1..at + 1 + length))
        }
        _ => None,
    }
}

fn label_text(text: &str) -> &str {
    text.trim().trim_end_matches([':', '：']).trim_end()
}

fn is_name(names: &NameLookup<'_>, kind: Kind, text: &str) -> bool {
    !text.is_empty() && names.find(Some(kind), text) != Found::Nothing
}

/// The number of names of a kind in blocks that have text below or beside them: headings and labels above lists, list items,
/// and cells of tables.
fn named_parts(names: &NameLookup<'_>, page: &Page, kind: Kind, blocks: &[Block]) -> usize {
    let is_above_list = |pair: &&[Block]| match pair {
        [Block::Heading(heading), list] => is_list_like(list) && is_name(names, kind, &heading.text),
        [Block::Paragraph(label), list] => is_list_like(list) && is_name(names, kind, label_text(&label.text)),
        _ => false,
    };
    let in_table = |table: &Table| {
        let count =
            |cells: &mut dyn Iterator<Item = &TableCell>| cells.filter(|cell| is_name(names, kind, &cell.text)).count();
        count(&mut table.header.iter()).max(count(&mut table.rows.iter().filter_map(|row| row.first())))
    };
    let in_block = |block: &Block| match block {
        Block::Table(table) if has_sentences(table) => in_table(table),
        Block::List { items, .. } => items.iter().filter(|item| is_named_item(names, page, kind, item)).count(),
        _ => 0,
    };
    blocks.windows(2).filter(is_above_list).count() + blocks.iter().map(in_block).sum::<usize>()
}

/// Whether a list item begins with a name and has a text beside or below it.
fn is_named_item(names: &NameLookup<'_>, page: &Page, kind: Kind, item: &Item) -> bool {
    let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() else { return false };
    if page.source[first.span.clone()].starts_with('[') {
        return false;
    }
    let has_text = || rest.iter().any(|block| matches!(block, Block::List { .. } | Block::Paragraph(_)));
    if is_name(names, kind, label_text(&first.text)) {
        return has_text();
    }
    before_gloss(&first.text)
        .is_some_and(|lead| is_name(names, kind, lead) && first.text[lead.len()..].split_whitespace().count() > 2)
}

/// Whether a table has more than words: a cell that ends a sentence.
fn has_sentences(table: &Table) -> bool {
    let mut lines = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
    lines.any(|line| line.text.trim_end().ends_with(['.', '。']))
}
