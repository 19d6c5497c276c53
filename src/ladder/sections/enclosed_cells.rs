//! Tables and lists that name cells but fill none, because they are HTML or inside another block.

use std::ops::Range;

use crate::diagnostic::catalog::{self, Container, NamingBlock};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::cells_in_list;
use crate::ladder::sections::cells_in_table;
use crate::ladder::sections::heading_candidate::before_gloss;
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::{SectionKind, extent};
use crate::markdown::{Block, HtmlBlock, HtmlText, Table, TableCell, html_tables, html_texts, shown_row};
use crate::name::fold;
use crate::page::{Kind, Page, PageId};

/// The check for names of cells in HTML and inside other blocks, outside of cells.
pub(crate) struct EnclosedCells<'a, 'p> {
    pub(crate) names: &'a NameLookup<'p>,
    pub(crate) id: PageId,
    /// Finds the page of a kind that a text names, as for headings.
    pub(crate) find: &'a dyn Fn(Kind, &str) -> Found,
    /// The steps of the scale that may be described here.
    pub(crate) steps: &'p [Spanned<String>],
}

impl EnclosedCells<'_, '_> {
    /// The report of the first part of a block that names cells, and the range of the block's text.
    pub(crate) fn check(&self, block: &Block) -> Option<(Diagnostic, Range<usize>)> {
        let diagnostic = match block {
            Block::Html(html) => self.html(html),
            block => self.inside(block),
        }?;
        Some((diagnostic, extent(block)?))
    }

    fn page(&self) -> &Page {
        self.names.pages().get(self.id)
    }

    /// Checks the tables and lists inside a block.
    fn inside(&self, block: &Block) -> Option<Diagnostic> {
        match block {
            // One that is never closed, which is reported, has the cells of the page.
            Block::Details { blocks, .. } if !self.page().uncertain => {
                blocks.iter().find_map(|block| self.part(block, Container::Details))
            }
            Block::Quote { blocks, .. } => blocks.iter().find_map(|block| self.part(block, Container::Quote)),
            Block::List { items, .. } => {
                let blocks = items.iter().flat_map(|item| &item.blocks);
                let mut blocks = blocks.filter(|block| !matches!(block, Block::List { .. }));
                blocks.find_map(|block| self.part(block, Container::ListItem))
            }
            _ => None,
        }
    }

    fn part(&self, block: &Block, container: Container) -> Option<Diagnostic> {
        let (named, form) = match block {
            Block::Table(table) => {
                (self.first_cell(NamingBlock::Table, |cells| cells_in_table::read(cells, table)), NamingBlock::Table)
            }
            Block::List { items, .. } => {
                (self.first_cell(NamingBlock::List, |cells| cells_in_list::read(cells, items)), NamingBlock::List)
            }
            Block::Html(html) => return self.html(html),
            _ => return self.inside(block),
        };
        let Some((name, kind, span)) = named else { return self.inside(block) };
        Some(catalog::enclosed_cells(self.page().span(&span), &name, &kind, form, container))
    }

    /// The first name of a cell that a table or a list would fill here: its text, what it names, and its place.
    fn first_cell(
        &self,
        form: NamingBlock,
        read: impl FnOnce(&mut NamedCells<'_, '_, '_>),
    ) -> Option<(String, String, Range<usize>)> {
        // No anchors are made from these names.
        let mut taken = TakenAnchors::default();
        let mut cells = NamedCells::new(self.names, self.id, self.find, self.steps, &mut taken, (0, form));
        read(&mut cells);
        let (claims, _) = cells.finish();
        let first = claims.into_iter().next()?;
        let kind = match (first.kind, self.page().kind) {
            (SectionKind::Step(_), _) => "a step of the scale".to_owned(),
            (_, Kind::Competency) => Kind::Level.described(),
            _ => Kind::Competency.described(),
        };
        Some((first.heading.text.clone(), kind, first.heading.span.clone()))
    }

    fn html(&self, html: &HtmlBlock) -> Option<Diagnostic> {
        let source = self.page().source.get(html.span.clone())?;
        let tables = html_tables(source, html.span.start);
        let table = tables.iter().find_map(|table| {
            let (name, kind, span) = self.first_cell(NamingBlock::Table, |cells| cells_in_table::read(cells, table))?;
            Some(self.html_table(table, &name, &kind, &span))
        });
        table.or_else(|| self.html_texts(&html_texts(source, html.span.start)))
    }

    fn html_table(&self, table: &Table, name: &str, kind: &str, span: &Range<usize>) -> Diagnostic {
        let cell = |cell: &TableCell| cell.text.trim().replace('|', "\\|");
        let row = |cells: &[TableCell]| shown_row(&cells.iter().map(cell).collect::<Vec<_>>());
        let rule = format!("|{}", " --- |".repeat(table.header.len()));
        let rows = [row(&table.header), rule].into_iter().chain(table.rows.first().map(|cells| row(cells)));
        let rows: Vec<String> = rows.collect();
        catalog::cells_in_html_table(self.page().span(span), name, kind, &rows)
    }

    /// Reports the first text of HTML that names a cell and has another text below it, or on the same line in several.
    fn html_texts(&self, texts: &[HtmlText]) -> Option<Diagnostic> {
        let is_sentence = |text: &HtmlText| text.text.contains(char::is_whitespace) && self.kind(&text.text).is_none();
        let mut pairs = texts.windows(2);
        let above = pairs.find_map(|pair| {
            let kind = self.kind(&pair[0].text).filter(|_| !pair[0].has_link && is_sentence(&pair[1]))?;
            Some((pair[0].text.as_str(), kind, &pair[0].span))
        });
        let leading = || {
            let named = texts.iter().filter(|text| !text.has_link).filter_map(|text| {
                let lead = before_gloss(&text.text)?;
                let has_text = text.text[lead.len()..].split_whitespace().count() > 2;
                Some((lead, self.kind(lead).filter(|_| has_text)?, &text.span))
            });
            let named: Vec<_> = named.collect();
            named.into_iter().nth(1).and(texts.iter().find_map(|text| {
                let lead = before_gloss(&text.text)?;
                Some((lead, self.kind(lead)?, &text.span))
            }))
        };
        let (name, kind, span) = above.or_else(leading)?;
        Some(catalog::cell_in_html(self.page().span(span), name, &kind, &catalog::heading_line(2, name)))
    }

    /// What a text names that a cell of this page could be for.
    fn kind(&self, text: &str) -> Option<String> {
        let kind = match self.page().kind {
            Kind::Level => Kind::Competency,
            Kind::Competency => Kind::Level,
            _ => return None,
        };
        let is_step = self.steps.iter().any(|step| fold(&step.value) == fold(text));
        if is_step {
            return Some("a step of the scale".to_owned());
        }
        ((self.find)(kind, text) != Found::Nothing).then(|| kind.described())
    }
}
