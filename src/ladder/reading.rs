//! What is read of the bodies of levels and competencies, and remembered for the next ladder.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::{Frame, fill, frame};
use super::cell;
use super::model::{Ladder, Written};
use super::names::Names;
use super::sections::{self, What};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Noted};
use crate::page::{Layout, Page, PageId, Pages};

/// What is read of one body.
#[derive(Debug)]
pub(super) struct Reading {
    /// The parts that are no prose.
    pub(super) sections: Vec<Section>,
    /// The prose.
    pub(super) layout: Layout,
    /// What was not understood.
    pub(super) notes: Vec<Diagnostic>,
}

/// A part of a body that is no prose.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) what: What,
    pub(super) written: Arc<Written>,
    /// The blocks under its heading.
    pub(super) blocks: Range<usize>,
}

impl Reading {
    fn of(pages: &Pages, names: &Names, ladder: &Ladder, id: PageId) -> Self {
        let page = pages.get(id);
        let mut notes = Vec::new();
        let (claims, layout) = sections::claims(pages, names, ladder, id, &mut notes);
        let section = |claim: sections::Claim<'_>| {
            let text = match claim.what {
                What::Step(_) => cell::CellText::default(),
                What::Cell(_) | What::Own => cell::read(&page.source, &page.blocks[claim.blocks.clone()]),
            };
            let written = Arc::new(Written { page: id, heading: claim.heading.clone(), text });
            Section { what: claim.what, written, blocks: claim.blocks }
        };
        Self { sections: claims.into_iter().map(section).collect(), layout, notes }
    }
}

/// What is remembered of the last ladder.
#[derive(Debug, Default)]
pub struct Memory {
    frame: Option<Frame>,
    readings: HashMap<PageId, (Arc<Page>, Arc<Reading>)>,
}

impl Memory {
    /// Builds the ladder out of all pages. `alike` says whether the configuration, and all pages but for their bodies, are
    /// those of the last one; then only the bodies that differ are read.
    pub fn assemble(&mut self, config: &Config, pages: &Pages, names: &Names, alike: bool) -> Noted<Ladder> {
        if !alike {
            *self = Self::default();
        }
        let frame = self.frame.get_or_insert_with(|| frame(config, pages, names));
        let mut bodies: Vec<PageId> = frame.ladder.with_cells().collect();
        bodies.sort_unstable();
        let known = &self.readings;
        let read = |id: PageId| {
            let page = pages.share(id);
            let known = known.get(&id).filter(|(known, _)| Arc::ptr_eq(known, page));
            let new = || Arc::new(Reading::of(pages, names, &frame.ladder, id));
            (id, known.map_or_else(new, |(_, reading)| Arc::clone(reading)))
        };
        let readings: Vec<(PageId, Arc<Reading>)> = bodies.into_par_iter().map(read).collect();
        for (id, reading) in &readings {
            self.readings.insert(*id, (Arc::clone(pages.share(*id)), Arc::clone(reading)));
        }
        fill(config, pages, names, frame.clone(), &readings)
    }
}

/// Builds the ladder out of all pages.
pub fn assemble(config: &Config, pages: &Pages, names: &Names) -> Noted<Ladder> {
    Memory::default().assemble(config, pages, names, false)
}
