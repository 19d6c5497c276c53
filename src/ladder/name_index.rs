//! The index of all names of pages.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::ladder::cache_inputs::{PageRenumbering, hash};
use crate::name::fold;
use crate::page::{Page, PageId, Pages, id_of, is_page};
use crate::tree::{Tree, TreePath};

/// An index of all names of pages. A page's names are its id, every tail of it, its title, and its code and other
/// names.
#[derive(Debug, Default)]
pub struct Names {
    /// The hash of each folded name, its source, and the page that has it; sorted.
    entries: Vec<NameEntry>,
    /// Files of `content/` that aren't pages: the id that they would have as pages, and their path.
    pub(super) files: Vec<(String, TreePath)>,
}

/// The source of a page's name; earlier ones take precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// It's the page's id.
    Id,
    /// It's a tail of the id, the title, the code or another name.
    Name,
    /// It would be the page's id if the page had none of its own.
    Path,
}

/// The hash of a folded name, how the page comes by it, and the page.
type NameEntry = (u64, Source, PageId);

impl Names {
    /// The names of all pages, hidden drafts included. `content` are the files of `content/`, by which a name of a file
    /// that isn't a page is explained.
    #[must_use]
    pub fn new(pages: &Pages, content: &Tree) -> Self {
        let ids: Vec<PageId> = pages.ids().collect();
        let mut entries: Vec<NameEntry> = ids.into_par_iter().flat_map_iter(|id| entries_of(pages, id)).collect();
        entries.par_sort_unstable();
        entries.dedup();
        let others = content.iter().map(|(path, _)| path).filter(|path| !is_page(path));
        let stem = |path: &TreePath| path.as_str().rsplit_once('.').map(|(stem, _)| fold(stem));
        let files = others.filter_map(|path| Some((stem(path)?, path.clone()))).collect();
        Self { entries, files }
    }

    /// The names after some pages have changed or `moves` are made; the other files are the same.
    #[must_use]
    pub fn after(&self, pages: &Pages, changed: &HashSet<PageId>, moves: Option<&PageRenumbering>) -> Self {
        let new_id = |id| moves.map_or(Some(id), |moves| moves.new_id(id));
        let kept = self.entries.iter().filter_map(|(hash, source, id)| Some((*hash, *source, new_id(*id)?)));
        let unchanged = kept.filter(|(.., id)| !changed.contains(id));
        let mut entries: Vec<NameEntry> = unchanged.collect();
        entries.extend(changed.iter().flat_map(|id| entries_of(pages, *id)));
        // A stable sort takes linear time where nearly everything is in order.
        entries.sort();
        entries.dedup();
        Self { entries, files: self.files.clone() }
    }

    /// The pages that have a folded name from a source, in order.
    pub(super) fn pages_with(&self, pages: &Pages, source: Source, folded: &str) -> Vec<PageId> {
        let key = (hash(folded), source);
        let start = self.entries.partition_point(|(hash, source, _)| (*hash, *source) < key);
        let same = self.entries[start..].iter().take_while(|(hash, source, _)| (*hash, *source) == key);
        // Two names may share a hash.
        let has = |id: &PageId| match source {
            Source::Id => **pages.get(*id).folded_id() == *folded,
            Source::Name => pages.get(*id).names.iter().any(|name| **name == *folded),
            Source::Path => path_id(pages.get(*id)) == folded,
        };
        same.map(|(_, _, id)| *id).filter(has).collect()
    }
}

/// The folded id that a page has by its path.
fn path_id(page: &Page) -> String {
    fold(id_of(page.content_path()))
}

/// The names of one page.
fn entries_of(pages: &Pages, id: PageId) -> impl Iterator<Item = NameEntry> {
    let page = pages.get(id);
    let path = page.id_span.is_some().then(|| (hash(&path_id(page)), Source::Path, id));
    let names = page.names.iter().map(move |name| (hash(name), Source::Name, id));
    names.chain(path).chain([(hash(page.folded_id()), Source::Id, id)])
}
