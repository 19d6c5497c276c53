//! The pages of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::kind::Kind;
use super::model::{Page, TitleSource};
use crate::index_vec::{Index, index_types};
use crate::tree::TreePath;

/// The pages of a project, sorted by file.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    list: Arc<[Arc<Page>]>,
    include_drafts: bool,
    /// The pages of each kind, sorted by file.
    by_kind: Arc<BTreeMap<Kind, Vec<PageId>>>,
    /// The pages whose titles could not be read, sorted by file.
    untitled: Arc<[PageId]>,
}

index_types! {
    /// A page of [`Pages`].
    PageId
}

impl Pages {
    /// Collects pages, which have to be sorted by file. With `include_drafts`, drafts are part of the site.
    #[must_use]
    pub fn new(pages: Vec<Arc<Page>>, include_drafts: bool) -> Self {
        let mut by_kind: BTreeMap<Kind, Vec<PageId>> = BTreeMap::new();
        let mut untitled = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            by_kind.entry(page.kind).or_default().push(PageId::new(at));
            if page.title_source == TitleSource::Guessed {
                untitled.push(PageId::new(at));
            }
        }
        Self { list: pages.into(), include_drafts, by_kind: Arc::new(by_kind), untitled: untitled.into() }
    }

    /// The page with an id.
    #[must_use]
    pub fn get(&self, id: PageId) -> &Page {
        &self.list[id.index()]
    }

    /// The id of the page in a file, found by binary search.
    #[must_use]
    pub fn id_of(&self, file: &TreePath) -> Option<PageId> {
        self.list.binary_search_by(|page| page.file.cmp(file)).ok().map(PageId::new)
    }

    /// The ids of all pages, sorted by file.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = PageId> + use<> {
        (0..self.list.len()).map(PageId::new)
    }

    /// The page with an id, in shared ownership.
    #[must_use]
    pub fn share(&self, id: PageId) -> &Arc<Page> {
        &self.list[id.index()]
    }

    /// Returns whether a page is part of the site.
    #[must_use]
    pub fn is_shown(&self, id: PageId) -> bool {
        self.include_drafts || !self.get(id).draft
    }

    /// The number of pages, excluded drafts counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns whether there are no pages.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any page of the site has a date.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.shown().any(|(_, page)| page.last_day().is_some())
    }

    /// All pages, excluded drafts too, sorted by file.
    pub fn all(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.list.iter().enumerate().map(|(at, page)| (PageId::new(at), &**page))
    }

    /// The pages of a kind that are part of the site, sorted by file.
    pub fn shown_of(&self, kind: Kind) -> impl Iterator<Item = (PageId, &Page)> {
        self.listed(self.by_kind.get(&kind).map_or(&[], Vec::as_slice))
    }

    /// The pages whose titles could not be read that are part of the site, sorted by file.
    pub fn untitled(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.listed(&self.untitled)
    }

    fn listed<'a>(&'a self, ids: &'a [PageId]) -> impl Iterator<Item = (PageId, &'a Page)> {
        ids.iter().filter(|id| self.is_shown(**id)).map(|id| (*id, self.get(*id)))
    }

    /// The pages that are part of the site, sorted by file.
    pub fn shown(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.all().filter(|(id, _)| self.is_shown(*id))
    }
}
