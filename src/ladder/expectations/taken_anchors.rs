//! The anchors of a page that are taken already.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::markdown::headings;
use crate::page::{PageId, PageLayout, Pages};

/// The anchors of a page that no generated one may repeat.
#[derive(Debug, Default)]
pub struct TakenAnchors<'a> {
    anchors: HashSet<Cow<'a, str>>,
    /// The last number appended to each repeated anchor. Lower ones are taken.
    numbers: HashMap<String, usize>,
}

impl<'a> TakenAnchors<'a> {
    /// The anchors in the prose of a page, and those of all its headings.
    #[must_use]
    pub fn new(pages: &'a Pages, layout: &'a PageLayout, page: PageId) -> Self {
        let mut taken: HashSet<Cow<'a, str>> = layout.anchors.iter().map(|id| Cow::Borrowed(id.as_str())).collect();
        headings(&pages.get(page).blocks, &mut |heading| {
            taken.insert(Cow::Borrowed(&heading.id));
        });
        Self { anchors: taken, numbers: HashMap::new() }
    }

    /// Takes an anchor; `false` if it's taken already.
    pub fn take(&mut self, anchor: &'a str) -> bool {
        self.anchors.insert(Cow::Borrowed(anchor))
    }

    /// Takes an anchor; `false` if it's taken already.
    pub(crate) fn take_owned(&mut self, anchor: &str) -> bool {
        self.anchors.insert(Cow::Owned(anchor.to_owned()))
    }

    /// Takes an anchor, with a number appended if it's taken already.
    pub fn take_free(&mut self, wanted: &str) -> String {
        if self.anchors.insert(Cow::Owned(wanted.to_owned())) {
            return wanted.to_owned();
        }
        let number = self.numbers.entry(wanted.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let anchor = format!("{wanted}-{number}");
            if self.anchors.insert(Cow::Owned(anchor.clone())) {
                return anchor;
            }
        }
    }

    /// Whether an anchor is taken.
    #[must_use]
    pub fn contains(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }
}
