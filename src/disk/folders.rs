//! Folders of an output, named by their paths in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::tree::TreePath;

/// The folders of an output, and which of them are real: reached without a symbolic link.
pub(super) struct Folders<'a> {
    into: &'a Path,
    real: BTreeMap<String, bool>,
}

impl<'a> Folders<'a> {
    /// Nothing is known yet of the folders below `into`.
    pub(super) fn new(into: &'a Path) -> Self {
        Self { into, real: BTreeMap::from([(String::new(), true)]) }
    }

    /// Whether a folder is there, and it and all above it are no links.
    pub(super) fn is_real(&mut self, folder: &str) -> bool {
        if let Some(&known) = self.real.get(folder) {
            return known;
        }
        let is_real = self.is_real(parent(folder))
            && fs::symlink_metadata(self.into.join(folder)).is_ok_and(|found| found.is_dir());
        self.real.insert(folder.to_owned(), is_real);
        is_real
    }
}

/// Every folder above the paths, except the top.
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

/// The folder that holds a folder; empty at the top.
pub(super) fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}
