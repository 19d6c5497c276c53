//! The second phase of the ladder: the sections and the prose of the bodies of levels, competencies and tracks.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::ladder::expectations::read_expectations;
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::model::{Written, WrittenSection};
use crate::ladder::page_names::NameLookup;
use crate::ladder::sections::section::{FoundSection, Section, SectionKind, UnnamedSection};
use crate::ladder::sections::section_finder;
use crate::ladder::sections::section_summaries;
use crate::ladder::sections::section_summary::SectionSummary;
use crate::ladder::structure::Structure;
use crate::markdown::{Block, Paragraph};
use crate::page::{Kind, PageId, PageLayout};

/// The sections and the prose of one body.
#[derive(Debug)]
pub(crate) struct PageSections {
    /// The parts that aren't prose.
    pub(crate) sections: Vec<Section>,
    /// All sections in order, as they are read.
    pub(crate) readings: Arc<Vec<SectionSummary>>,
    /// Prose that has the form of cells.
    pub(crate) unnamed: Vec<UnnamedSection>,
    /// The prose.
    pub(crate) layout: Arc<PageLayout>,
    /// The diagnostics of the body.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl PageSections {
    /// Whether the body has nothing but prose.
    pub(crate) fn is_prose(&self) -> bool {
        self.sections.is_empty() && self.diagnostics.is_empty()
    }

    /// Whether another version of the body has the same parts, whatever their text.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let parts = |sections: &Self| sections.sections.iter().map(|section| section.kind).collect::<Vec<_>>();
        self.layout == other.layout && parts(self) == parts(other)
    }
}

impl PageSections {
    /// The same sections by the new ids of pages; `None` if one of them was removed.
    pub(crate) fn renumbered(mut self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        for section in &mut self.sections {
            section.kind = section.kind.renumbered(&new_id)?;
            section.written.page = new_id(section.written.page)?;
        }
        for unnamed in &mut self.unnamed {
            unnamed.named = unnamed.named.renumbered(&new_id)?;
        }
        for summary in Arc::make_mut(&mut self.readings) {
            summary.role = summary.role.renumbered(&new_id)?;
        }
        Some(self)
    }
}

/// Splits the body of a level or a competency.
pub(crate) fn split(names: &NameLookup<'_>, structure: &Structure, id: PageId) -> PageSections {
    let page = names.pages().get(id);
    let mut diagnostics = Vec::new();
    let mut taken = TakenAnchors::new(names.pages(), &page.layout, id);
    for block in &page.blocks {
        if let Block::Paragraph(Paragraph { id: Some(id), .. }) = block {
            taken.take(&id.value);
        }
    }
    for anchor in &page.document.anchors {
        taken.take(&anchor.value);
    }
    let (claims, unnamed, mut layout) = section_finder::claims(names, structure, id, &mut taken, &mut diagnostics);
    if !diagnostics.is_empty() {
        names.record_diagnostic();
    }
    let mut anchors: Vec<_> = page.document.anchors.iter().collect();
    anchors.sort_by_key(|anchor| anchor.span.start);
    let mut section = |claim: FoundSection<'_>| {
        let text = if matches!(claim.kind, SectionKind::Step(_)) {
            read_expectations::CellText::default()
        } else {
            let (source, links) = (&page.source, &page.document.links);
            let mut text = read_expectations::read(source, links, claim.content(page), &claim.heading.id, &mut taken);
            text.problems.retain(|problem| !problem.is_explained_by(&diagnostics));
            text
        };
        let is_step = matches!(claim.kind, SectionKind::Step(_));
        let criteria = if is_step { claim.content(page).into() } else { Arc::default() };
        let is_blank = claim.content(page).iter().all(Block::is_blank);
        let is_named_inside = claim.content.is_some();
        // The page shows a title instead of the heading, without the raw HTML in it.
        let heading = &claim.heading.span;
        let first = anchors.partition_point(|anchor| anchor.span.start < heading.start);
        for anchor in anchors[first..].iter().take_while(|anchor| heading.contains(&anchor.span.start)) {
            layout.anchors.remove(&anchor.value);
        }
        let has_anchors = page.kind != Kind::Track && !matches!(claim.kind, SectionKind::NotApplicable { .. });
        if has_anchors {
            layout.anchors.extend(is_named_inside.then(|| claim.heading.id.clone()).into_iter().chain(text.groups()));
        }
        let (kind, blocks) = (claim.kind, claim.blocks);
        let section = Arc::new(WrittenSection { heading: claim.heading.into_owned(), text });
        let written = Written { page: id, section };
        Section { kind, written, blocks, is_named_inside, criteria, is_blank }
    };
    let sections: Vec<Section> = claims.into_iter().map(&mut section).collect();
    let readings = Arc::new(section_summaries::readings(names.pages(), page, &sections));
    PageSections { sections, readings, unnamed, layout: Arc::new(layout), diagnostics }
}
