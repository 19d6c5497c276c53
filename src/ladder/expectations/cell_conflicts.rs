//! Cells that contradict another part of the ladder: written twice, or for a level that their competency doesn't apply to.
//! One table or one field can cause many, which are reported together.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Span, catalog};
use crate::ladder::id_types::CompetencyId;
use crate::ladder::model::Written;
use crate::page::{PageId, Pages};

/// The conflicts found so far.
#[derive(Debug, Default)]
pub(super) struct CellConflicts {
    repeated: Vec<RepeatedCell>,
    /// For a competency and the reason why it doesn't apply, the cells of levels.
    not_applicable: BTreeMap<(CompetencyId, &'static str), Vec<(Span, String)>>,
}

/// A cell that is written twice.
#[derive(Debug)]
pub(super) struct RepeatedCell {
    /// The competency and the level, e.g. `Craft at Senior`.
    pub(super) name: String,
    pub(super) first: Written,
    pub(super) second: Written,
    /// Whether a table or a list names the first and the second one.
    pub(super) named_inside: (bool, bool),
}

impl RepeatedCell {
    /// The one that a table or a list names, and the other one; `None` if both have headings.
    fn in_table(&self) -> Option<(&Written, &Written)> {
        match self.named_inside {
            (_, true) => Some((&self.second, &self.first)),
            (true, false) => Some((&self.first, &self.second)),
            (false, false) => None,
        }
    }

    fn diagnostic(&self, pages: &Pages) -> Diagnostic {
        catalog::duplicate_cell(heading_span(&self.second, pages), &self.name, heading_span(&self.first, pages))
    }
}

impl CellConflicts {
    /// Adds a cell that is written twice.
    pub(super) fn add_repeated(&mut self, cell: RepeatedCell) {
        self.repeated.push(cell);
    }

    /// Adds a cell at `span` of a level that a competency doesn't apply to, for a reason that other levels may share.
    pub(super) fn add_not_applicable(&mut self, why: (CompetencyId, &'static str), span: Span, level_title: &str) {
        self.not_applicable.entry(why).or_default().push((span, level_title.to_owned()));
    }

    /// Reports the conflicts: those of one page's tables and lists together, and those of one competency's `tracks`.
    pub(super) fn into_diagnostics(self, pages: &Pages, title_of: impl Fn(CompetencyId) -> String) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut by_table: BTreeMap<PageId, Vec<&RepeatedCell>> = BTreeMap::new();
        for cell in &self.repeated {
            match cell.in_table() {
                Some((inside, _)) => by_table.entry(inside.page).or_default().push(cell),
                None => diagnostics.push(cell.diagnostic(pages)),
            }
        }
        diagnostics.extend(by_table.into_values().filter_map(|cells| repeated_table(&cells, pages)));
        for ((competency, because), mut places) in self.not_applicable {
            let (span, level) = places.remove(0);
            diagnostics.push(catalog::cell_not_applicable(span, &title_of(competency), &level, because, places));
        }
        diagnostics
    }
}

/// Reports the cells of a page's tables and lists that are written elsewhere too.
fn repeated_table(cells: &[&RepeatedCell], pages: &Pages) -> Option<Diagnostic> {
    let (first, rest) = cells.split_first()?;
    let (inside, _) = first.in_table()?;
    if rest.is_empty() {
        return Some(first.diagnostic(pages));
    }
    let others = cells.iter().filter_map(|cell| {
        let (_, other) = cell.in_table()?;
        Some((heading_span(other, pages), cell.name.as_str()))
    });
    Some(catalog::duplicate_cells(heading_span(inside, pages), others.collect()))
}

fn heading_span(written: &Written, pages: &Pages) -> Span {
    pages.get(written.page).span(&written.heading.span)
}
