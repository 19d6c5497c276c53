//! Doubts: pages of which something was not understood. What they seem to lack may stand there all the same, so nobody is
//! told of it: one mistake gives one message.

use std::collections::HashSet;

use super::assemble::Assembly;
use super::model::LevelId;
use crate::page::{Kind, Page};

impl Assembly<'_> {
    /// Remembers that something on a page was not understood.
    pub(super) fn mark_uncertain(&mut self, page: &Page) {
        self.uncertain_pages.insert(page.file.clone());
    }

    /// Whether something on a page was not understood.
    pub(super) fn is_uncertain(&self, page: &Page) -> bool {
        page.uncertain || self.uncertain_pages.contains(&page.file)
    }

    /// Whether a level may be on a track all the same: a track was not understood, or a page of its folder may be one.
    pub(super) fn may_be_on_a_track(&self, level: &Page) -> bool {
        let mut pages = self.pages.shown().map(|(_, page)| page);
        pages.any(|page| match page.kind {
            Kind::Track => self.is_uncertain(page),
            Kind::Page => page.broken && page.folder() == level.folder(),
            _ => false,
        })
    }

    /// Whether a level extends, directly or not, one that was not understood.
    pub(super) fn extends_uncertain(&self, level: LevelId) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![level];
        while let Some(next) = waiting.pop() {
            if seen.insert(next) {
                waiting.extend(self.ladder.level(next).extends.iter().map(|(base, _)| *base));
            }
        }
        seen.into_iter().any(|level| self.is_uncertain(self.pages.get(self.ladder.level(level).page)))
    }
}
