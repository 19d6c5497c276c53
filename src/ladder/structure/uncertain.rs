//! Pages with parts that could not be read. Seemingly missing parts may be among them, so nothing of these pages is
//! reported as missing: one mistake gives one message.

use std::collections::HashSet;

use crate::page::{PageId, Pages};

/// The pages with parts that the ladder could not resolve, beside those with errors of their own.
#[derive(Debug, Clone, Default)]
pub(in crate::ladder) struct UncertainPages(HashSet<PageId>);

impl UncertainPages {
    /// Adds pages.
    pub(in crate::ladder) fn extend(&mut self, pages: impl IntoIterator<Item = PageId>) {
        self.0.extend(pages);
    }

    /// Adds a page.
    pub(in crate::ladder) fn insert(&mut self, page: PageId) {
        self.0.insert(page);
    }

    /// Whether something on a page was not understood.
    pub(in crate::ladder) fn contains(&self, pages: &Pages, page: PageId) -> bool {
        pages.get(page).uncertain || self.0.contains(&page)
    }

    /// The same pages by their new ids, without those that were removed.
    pub(in crate::ladder) fn renumbered(&self, new_id: impl Fn(PageId) -> Option<PageId>) -> Self {
        Self(self.0.iter().filter_map(|page| new_id(*page)).collect())
    }

    /// Whether the ladder understood all pages, as far as they could be read.
    pub(in crate::ladder) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
