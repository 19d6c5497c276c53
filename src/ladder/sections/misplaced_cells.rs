//! Misplaced cells: headings that name a competency or a level but open no cell, so that their expectations would be
//! lost or attributed to another cell.

use crate::diagnostic::{Diagnostic, catalog, did_you_mean, nearly};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::section::{FoundSection, SectionKind};
use crate::ladder::sections::written_heading::written_heading;
use crate::markdown::{Block, Heading};
use crate::name::fold;
use crate::page::{Kind, Page, PageId};

/// The classes that a heading may have.
const CLASSES: [&str; 2] = ["expectations", "prose"];

/// The check for misplaced cells on one page.
pub(crate) struct MisplacedCells<'a, 'p> {
    pub(crate) names: &'a NameLookup<'p>,
    pub(crate) page: &'p Page,
}

impl MisplacedCells<'_, '_> {
    /// Finds cells inside other cells.
    pub(crate) fn find(&self, claims: &[FoundSection<'_>], diagnostics: &mut Vec<Diagnostic>) {
        for claim in claims {
            let inside = self.page.blocks[claim.blocks.clone()].iter();
            let headings =
                inside.filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None });
            let nested: Vec<&Heading> =
                headings.filter(|heading| !heading.is_prose() && self.names_another(&heading.text, claim)).collect();
            if let [first, more @ ..] = nested.as_slice() {
                diagnostics.push(self.nested(&claim.heading, first, more));
            }
        }
    }

    /// The kind of page that names the cells of this page.
    fn kind(&self) -> Kind {
        if self.page.kind == Kind::Level { Kind::Competency } else { Kind::Level }
    }

    /// Whether a text names a page that could have a cell here, other than the one that the surrounding cell is for.
    fn names_another(&self, text: &str, claim: &FoundSection<'_>) -> bool {
        match self.names.find(Some(self.kind()), text) {
            Found::One(id) => claim.kind != SectionKind::Cell(id),
            Found::Several(ids) => !ids.iter().any(|id| claim.kind == SectionKind::Cell(*id)),
            Found::Nothing => false,
        }
    }

    /// Reports cells inside another cell. If the outer heading has level 1, the title's, it's most likely the mistake.
    fn nested(&self, outer: &Heading, first: &Heading, more: &[&Heading]) -> Diagnostic {
        let written = |heading| written_heading(self.page, heading);
        let described = self.kind().described();
        if outer.level == 1 {
            return catalog::cell_at_title_level(&written(outer), &written(first), &described);
        }
        let more: Vec<_> = more.iter().map(|heading| written(heading)).collect();
        catalog::nested_cells(&written(outer), &written(first), &more, &described)
    }
}

/// Reports a class of a heading that is nearly a known one.
pub(crate) fn nearly_class(page: &Page, heading: &Heading) -> Option<Diagnostic> {
    let class = heading
        .classes
        .iter()
        .find(|class| CLASSES.iter().any(|known| known != class && nearly(&class.to_lowercase(), known)))?;
    let text = page.source.get(heading.span.clone()).unwrap_or_default();
    let span =
        text.find(&format!(".{class}")).map(|at| heading.span.start + at..heading.span.start + at + class.len() + 1);
    let mut near = did_you_mean(class, CLASSES.iter().copied()).written(|class| format!(".{class}"));
    if span.is_none() {
        near.replacements.clear();
    }
    Some(catalog::unknown_class(page.span(&span.unwrap_or(heading.span.clone())), class, near))
}

/// Those of some pages whose titles nearly equal a heading.
pub(crate) fn nearly_named<'p>(pages: impl Iterator<Item = (PageId, &'p Page)>, text: &str) -> Vec<(PageId, &'p Page)> {
    let folded = fold(text);
    pages.filter(|(_, page)| nearly(&folded, &fold(&page.title.value))).collect()
}
