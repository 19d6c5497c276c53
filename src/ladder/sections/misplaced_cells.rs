//! Misplaced cells: headings that name a competency or a level but open no cell, so that their expectations would be
//! lost or attributed to another cell.

use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearly};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::section::{FoundSection, SectionKind};
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
        let (text, kind) = (&first.text, self.kind().described());
        if outer.level == 1 {
            let message = format!("`{}` has only one `#`, so it includes `{text}` below", outer.text);
            return Diagnostic::new(Code::NestedCell, self.page.span(&outer.span), message)
                .label(self.page.span(&first.span), format!("this also names {kind}"))
                .help(format!("write `{}`; a single `#` is the page's title", line(first.level, &outer.text)));
        }
        let message = format!("`{text}` names {kind}, but it's inside the section `{}`", outer.text);
        let help = format!(
            "write `{0}`, at the same heading level as `{1}`; if it only groups expectations of `{1}`, mark it as \
             prose: `{2} {{.prose}}`",
            line(outer.level, text),
            outer.text,
            line(first.level, text)
        );
        let diagnostic = Diagnostic::new(Code::NestedCell, self.page.span(&first.span), message).help(help);
        more.iter()
            .fold(diagnostic, |diagnostic, heading| diagnostic.label(self.page.span(&heading.span), "this one too"))
    }
}

/// A heading in Markdown.
pub(crate) fn line(level: u8, text: &str) -> String {
    format!("{} {text}", "#".repeat(level.into()))
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
    let message = format!("headings don't have a class `{class}`");
    let advice = did_you_mean(class, CLASSES.iter().copied()).written(|class| format!(".{class}"));
    Some(Diagnostic::new(Code::UnknownClass, page.span(&span.unwrap_or(heading.span.clone())), message).advice(advice))
}

/// Those of some pages whose titles nearly equal a heading.
pub(crate) fn nearly_named<'p>(pages: impl Iterator<Item = (PageId, &'p Page)>, text: &str) -> Vec<(PageId, &'p Page)> {
    let folded = fold(text);
    pages.filter(|(_, page)| nearly(&folded, &fold(&page.title.value))).collect()
}
