//! What is read of the bodies of levels and competencies, and remembered for the next ladder.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::anchors::Ids;
use super::assemble::{Structure, fill, frame};
use super::model::{Ladder, Written};
use super::names::Names;
use super::sections::{self, What};
use super::{cell, check};
use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::page::{Kind, Layout, Page, PageId, Pages, Words};

/// What is read of one body.
#[derive(Debug)]
pub(super) struct PageSections {
    /// The parts that are no prose.
    pub(super) sections: Vec<Section>,
    /// The prose.
    pub(super) layout: Arc<Layout>,
    /// What was not understood.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A part of a body that is no prose.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) what: What,
    pub(super) written: Arc<Written>,
    /// The blocks under its heading.
    pub(super) blocks: Range<usize>,
}

impl PageSections {
    fn of(pages: &Pages, names: &Names, ladder: &Ladder, id: PageId) -> Self {
        let page = pages.get(id);
        let mut diagnostics = Vec::new();
        let (claims, layout) = sections::claims(pages, names, ladder, id, &mut diagnostics);
        let section = |claim: sections::Claim<'_>| {
            let text = match claim.what {
                What::Step(_) => cell::CellText::default(),
                What::Cell(_) | What::Own => cell::read(&page.source, &page.blocks[claim.blocks.clone()]),
            };
            let written = Arc::new(Written { page: id, heading: claim.heading.clone(), text });
            Section { what: claim.what, written, blocks: claim.blocks }
        };
        Self { sections: claims.into_iter().map(section).collect(), layout: Arc::new(layout), diagnostics }
    }
}

/// What is remembered of the last ladder.
#[derive(Debug, Default)]
pub struct Memory {
    frame: Option<Structure>,
    /// What is wrong with words of front matter.
    words: Vec<Diagnostic>,
    readings: HashMap<PageId, (Arc<Page>, PageSections)>,
    ids: Ids,
    /// The ladder itself, and its problems.
    ladder: Option<(Arc<Ladder>, Vec<Diagnostic>)>,
}

impl Memory {
    /// Builds the ladder out of all pages. `since` says what differs from those of the last one, if its configuration was
    /// the same; then only what that touches is made again.
    pub fn assemble(
        &mut self,
        config: &Config,
        pages: &Pages,
        names: &Names,
        since: Option<&Words>,
    ) -> Diagnosed<Arc<Ladder>> {
        let stays = |frame: &Structure| since.is_some_and(|words| frame.withstands(words));
        if !self.frame.as_ref().is_some_and(stays) {
            *self = Self { frame: Some(frame(config, pages, names)), ..Self::default() };
        }
        if since.is_none_or(|words| !words.is_none()) {
            self.words = check::words(config, pages);
        }
        if let Some(words) = since {
            self.forget(pages, words);
        }
        let diagnosed = self.fill(config, pages, names);
        Diagnosed::new(diagnosed.value, diagnosed.diagnostics.into_iter().chain(self.words.iter().cloned()).collect())
    }

    /// Forgets what depends on titles and names of pages that have others now: headings of levels' pages name
    /// competencies; those of competencies' pages, levels and tracks.
    fn forget(&mut self, pages: &Pages, words: &Words) {
        let differs = |kind| words.is_of(pages, kind);
        let of_levels = differs(Kind::Competency);
        let of_competencies = differs(Kind::Level) || differs(Kind::Track);
        if of_levels || of_competencies {
            self.readings.retain(|id, _| match pages.get(*id).kind {
                Kind::Level => !of_levels,
                _ => !of_competencies,
            });
        }
        for kind in [Kind::Competency, Kind::Level].into_iter().filter(|kind| differs(*kind)) {
            self.ids.retitle(kind);
        }
    }

    /// Fills the frame with what the bodies say, of which only those that differ are read.
    fn fill(&mut self, config: &Config, pages: &Pages, names: &Names) -> Diagnosed<Arc<Ladder>> {
        let Some(frame) = &self.frame else { return Diagnosed::default() };
        let mut bodies: Vec<PageId> = frame.ladder.with_cells().collect();
        bodies.sort_unstable();
        let known = &self.readings;
        let is_known = |id: &PageId| known.get(id).is_some_and(|(page, _)| Arc::ptr_eq(page, pages.share(*id)));
        let new: Vec<PageId> = bodies.iter().copied().filter(|id| !is_known(id)).collect();
        if let Some((ladder, diagnostics)) = self.ladder.as_ref().filter(|_| new.is_empty()) {
            return Diagnosed::new(Arc::clone(ladder), diagnostics.clone());
        }
        let read = |id: PageId| {
            let reading = PageSections::of(pages, names, &frame.ladder, id);
            (id, (Arc::clone(pages.share(id)), reading))
        };
        let new: Vec<_> = new.into_par_iter().map(read).collect();
        self.readings.extend(new);
        let readings: Vec<(PageId, &PageSections)> = bodies.iter().map(|id| (*id, &self.readings[id].1)).collect();
        let Diagnosed { value, diagnostics } = fill(config, pages, names, frame, &readings, &mut self.ids);
        let (ladder, _) = self.ladder.insert((Arc::new(value), diagnostics.clone()));
        Diagnosed::new(Arc::clone(ladder), diagnostics)
    }
}

/// Builds the ladder out of all pages.
pub fn assemble(config: &Config, pages: &Pages, names: &Names) -> Diagnosed<Arc<Ladder>> {
    Memory::default().assemble(config, pages, names, None)
}
