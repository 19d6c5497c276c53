//! Folders of an output folder, by their relative paths.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::tree::TreePath;

/// A cache of which folders below an output folder exist and are reached without a symbolic link.
pub(super) struct LinkFreeFolders<'a> {
    output: &'a Path,
    cache: BTreeMap<String, bool>,
}

impl<'a> LinkFreeFolders<'a> {
    /// An empty cache for the folders below `output`.
    pub(super) fn new(output: &'a Path) -> Self {
        Self { output, cache: BTreeMap::from([(String::new(), true)]) }
    }

    /// Returns whether a folder exists, and neither it nor an ancestor below the output is a link.
    pub(super) fn contains(&mut self, folder: &str) -> bool {
        if let Some(&cached) = self.cache.get(folder) {
            return cached;
        }
        let is_link_free = self.contains(parent(folder))
            && fs::symlink_metadata(self.output.join(folder)).is_ok_and(|metadata| metadata.is_dir());
        self.cache.insert(folder.to_owned(), is_link_free);
        is_link_free
    }
}

/// All ancestors of some paths, in path order, without the root.
pub(super) fn ancestors<'a>(paths: impl Iterator<Item = &'a TreePath>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut folder = path.parent();
        while !folder.is_empty() && folders.insert(folder) {
            folder = parent(folder);
        }
    }
    folders
}

/// The parent of a folder; empty for folders at the root.
pub(super) fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}
