//! Tables and lists inside a cell that name other cells, whose expectations would count for the wrong one.

use crate::diagnostic::{Diagnostic, catalog};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::section::{FoundSection, SectionKind};
use crate::markdown::{Block, Item, Table, TableCell};
use crate::page::{Kind, Page, PageId};

/// The check for names of other cells in the tables and lists of one page.
pub(crate) struct NestedNames<'a, 'p> {
    pub(crate) names: &'a NameLookup<'p>,
    pub(crate) id: PageId,
}

impl NestedNames<'_, '_> {
    /// Finds the tables and lists in a cell, or among the expectations of a level alone, that name another cell.
    pub(crate) fn find(&self, claim: &FoundSection<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let of = match claim.kind {
            SectionKind::Cell(of) => of,
            SectionKind::Own => self.id,
            SectionKind::LevelCell { .. } | SectionKind::NotApplicable { .. } | SectionKind::Step(_) => return,
        };
        for block in &self.page().blocks[claim.blocks.clone()] {
            match block {
                Block::Table(table) => diagnostics.extend(self.table(table, of, &claim.heading.text)),
                Block::List { items, .. } => {
                    diagnostics.extend(items.iter().find_map(|item| self.item(item, of, claim)));
                }
                _ => {}
            }
        }
    }

    fn page(&self) -> &Page {
        self.names.pages().get(self.id)
    }

    /// The kind that a text names other than the cell of this page for `of`.
    fn names_other(&self, text: &str, of: PageId) -> Option<Kind> {
        let is_other = |kind: &Kind| match self.names.find(Some(*kind), text) {
            Found::One(id) => id != of && id != self.id,
            Found::Several(ids) => !ids.contains(&of) && !ids.contains(&self.id),
            Found::Nothing => false,
        };
        [Kind::Competency, Kind::Level].into_iter().find(is_other)
    }

    fn table(&self, table: &Table, of: PageId, section: &str) -> Option<Diagnostic> {
        let other = |cell: &&TableCell| !cell.text.is_empty() && self.names_other(&cell.text, of).is_some();
        let first = || table.rows.iter().filter_map(|row| row.first()).filter(|cell| !cell.text.is_empty());
        // In the first column, one of several expectations may be the same as a name.
        let in_column = first().find(other).filter(|_| first().filter(other).count() * 2 > first().count());
        let cell = table.header.iter().find(other).or(in_column)?;
        let kind = self.names_other(&cell.text, of)?.described();
        let span = cell.lines.first().map_or(&cell.span, |line| &line.span);
        let source = &self.page().source;
        let line_start = source[..table.span.start].rfind('\n').map_or(0, |end| end + 1);
        let is_at_margin = line_start == table.span.start;
        let line_break = if source[table.span.start..]
            .lines()
            .next()
            .is_some_and(|line| source[table.span.start + line.len()..].starts_with("\r\n"))
        {
            "\r\n"
        } else {
            "\n"
        };
        let above = is_at_margin.then(|| (self.page().span(&(line_start..line_start)), line_break));
        Some(catalog::table_inside_cell(self.page().span(span), &cell.text, &kind, section, above))
    }

    fn item(&self, item: &Item, of: PageId, claim: &FoundSection<'_>) -> Option<Diagnostic> {
        let Some((Block::Paragraph(label), rest)) = item.blocks.split_first() else { return None };
        let text = label.text.trim_end().trim_end_matches([':', '：']);
        if !rest.iter().any(|block| matches!(block, Block::List { .. } | Block::Paragraph(_))) {
            return None;
        }
        let kind = self.names_other(text, of)?.described();
        let section = (claim.heading.text.as_str(), claim.heading.level);
        Some(catalog::named_item_inside_cell(self.page().span(&label.span), text, &kind, section))
    }
}
