//! The guide and its options.

use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::ladder::{Ladder, Names, SectionSummary};
use crate::link::{Anchors, Links, Routes};
use crate::page::{PageId, Pages};
use crate::tree::Tree;

/// The inputs beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether drafts are part of the guide.
    pub drafts: bool,
    /// The day by which reviews are overdue.
    pub today: Date,
}

/// A project's configuration, its pages and their names, the ladder, routes and links. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The configuration.
    pub config: Arc<Config>,
    /// The pages.
    pub pages: Pages,
    /// The names of pages.
    pub names: Arc<Names>,
    /// The ladder.
    pub ladder: Arc<Ladder>,
    /// The address of everything.
    pub routes: Arc<Routes>,
    /// The anchors of generated parts of pages.
    pub anchors: Arc<Anchors>,
    /// The targets of links.
    pub links: Links,
    /// The files of `content/` that aren't pages, by their path in it.
    pub content: Tree,
}

impl Guide {
    /// The sections of a page in order, with their roles. See [`SectionSummary`].
    #[must_use]
    pub fn reading(&self, page: PageId) -> Arc<Vec<SectionSummary>> {
        self.ladder.reading(&self.pages, page)
    }
}
