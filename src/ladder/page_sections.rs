//! The second phase of the ladder: the sections and the prose of the bodies of levels and competencies.

use std::sync::Arc;

use super::claim::{Claim, Section, SectionKind};
use super::model::Written;
use super::names::NameLookup;
use super::section_reading::SectionReading;
use super::structure::Structure;
use super::{cell_text, read_sections, section_finder};
use crate::diagnostic::Diagnostic;
use crate::page::{PageId, PageLayout};

/// The sections and the prose of one body.
#[derive(Debug)]
pub(super) struct PageSections {
    /// The parts that aren't prose.
    pub(super) sections: Vec<Section>,
    /// All sections in order, as they are read.
    pub(super) readings: Arc<Vec<SectionReading>>,
    /// The prose.
    pub(super) layout: Arc<PageLayout>,
    /// The diagnostics of the body.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl PageSections {
    /// Whether another version of the body has the same parts, whatever their text.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let parts = |sections: &Self| sections.sections.iter().map(|section| section.kind).collect::<Vec<_>>();
        self.layout == other.layout && parts(self) == parts(other)
    }
}

/// Splits the body of a level or a competency.
pub(super) fn split(names: &NameLookup<'_>, structure: &Structure, id: PageId) -> PageSections {
    let page = names.pages().get(id);
    let mut diagnostics = Vec::new();
    let (claims, layout) = section_finder::claims(names, structure, id, &mut diagnostics);
    if !diagnostics.is_empty() {
        names.record_diagnostic();
    }
    let section = |claim: Claim<'_>| {
        let text = match claim.kind {
            SectionKind::Step(_) => cell_text::CellText::default(),
            SectionKind::Cell(_) | SectionKind::Own => {
                cell_text::read(&page.source, &page.document.links, &page.blocks[claim.blocks.clone()])
            }
        };
        let written = Arc::new(Written { page: id, heading: claim.heading.clone(), text });
        Section { kind: claim.kind, written, blocks: claim.blocks }
    };
    let sections: Vec<Section> = claims.into_iter().map(section).collect();
    let readings = Arc::new(read_sections::readings(page, &sections));
    PageSections { sections, readings, layout: Arc::new(layout), diagnostics }
}
