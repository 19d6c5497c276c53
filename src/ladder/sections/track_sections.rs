//! Expectations on the page of a track under headings or list items, where only a table with the names of levels and of
//! competencies fills cells.

use crate::diagnostic::{Diagnostic, catalog};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::section::{is_list_like, section_end};
use crate::ladder::sections::written_heading::written_heading;
use crate::markdown::{Block, Table, TableCell};
use crate::page::{Kind, Page};

/// Reports the first heading of a track's page that names a level or a competency, with text below for several of the
/// others.
pub(crate) fn find(names: &NameLookup<'_>, page: &Page) -> Option<Diagnostic> {
    let mut prose_end = 0;
    page.blocks.iter().enumerate().find_map(|(at, block)| {
        let Block::Heading(heading) = block else { return None };
        let end = section_end(&page.blocks, at, heading.level);
        if heading.is_prose() {
            prose_end = prose_end.max(end);
        }
        if at < prose_end {
            return None;
        }
        let under = &page.blocks[at + 1..end];
        let kinds = [(Kind::Level, Kind::Competency), (Kind::Competency, Kind::Level)];
        let (kind, _) = kinds
            .into_iter()
            .find(|(kind, other)| is_name(names, *kind, &heading.text) && is_divided(names, *other, under))?;
        Some(catalog::cells_on_track(&written_heading(page, heading), &kind.described()))
    })
}

fn is_name(names: &NameLookup<'_>, kind: Kind, text: &str) -> bool {
    !text.is_empty() && names.find(Some(kind), text) != Found::Nothing
}

/// Whether several headings above lists or parts of a table name pages of a kind.
fn is_divided(names: &NameLookup<'_>, kind: Kind, blocks: &[Block]) -> bool {
    let is_above_list = |pair: &&[Block]| match pair {
        [Block::Heading(heading), list] => is_list_like(list) && is_name(names, kind, &heading.text),
        _ => false,
    };
    let names_several = |table: &Table| {
        let count =
            |cells: &mut dyn Iterator<Item = &TableCell>| cells.filter(|cell| is_name(names, kind, &cell.text)).count();
        count(&mut table.header.iter()) > 1 || count(&mut table.rows.iter().filter_map(|row| row.first())) > 1
    };
    let is_table = |block: &Block| matches!(block, Block::Table(table) if has_sentences(table) && names_several(table));
    blocks.windows(2).filter(is_above_list).count() > 1 || blocks.iter().any(is_table)
}

/// Whether a table has more than words: a cell that ends a sentence.
fn has_sentences(table: &Table) -> bool {
    let mut lines = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
    lines.any(|line| line.text.trim_end().ends_with(['.', '。']))
}
