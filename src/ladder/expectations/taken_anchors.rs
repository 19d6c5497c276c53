//! The anchors of a page that are taken already.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::markdown::headings;
use crate::page::{PageId, PageLayout, Pages};

/// The anchors of a page that no generated one may repeat.
#[derive(Debug, Default)]
pub struct TakenAnchors<'a>(HashSet<Cow<'a, str>>);

impl<'a> TakenAnchors<'a> {
    /// The anchors in the prose of a page, and those of all its headings.
    #[must_use]
    pub fn new(pages: &'a Pages, layout: &'a PageLayout, page: PageId) -> Self {
        let mut taken: HashSet<Cow<'a, str>> = layout.anchors.iter().map(|id| Cow::Borrowed(id.as_str())).collect();
        headings(&pages.get(page).blocks, &mut |heading| {
            taken.insert(Cow::Borrowed(&heading.id));
        });
        Self(taken)
    }

    /// Takes an anchor; `false` if it's taken already.
    pub fn take(&mut self, anchor: &'a str) -> bool {
        self.0.insert(Cow::Borrowed(anchor))
    }

    /// Takes an anchor; `false` if it's taken already.
    pub(crate) fn take_owned(&mut self, anchor: &str) -> bool {
        self.0.insert(Cow::Owned(anchor.to_owned()))
    }

    /// Takes an anchor, with a number appended if it's taken already.
    pub fn take_free(&mut self, wanted: &str) -> String {
        let mut anchor = wanted.to_owned();
        let mut number = 2;
        while !self.0.insert(Cow::Owned(anchor.clone())) {
            anchor = format!("{wanted}-{number}");
            number += 1;
        }
        anchor
    }

    /// Whether an anchor is taken.
    #[must_use]
    pub fn contains(&self, anchor: &str) -> bool {
        self.0.contains(anchor)
    }
}
