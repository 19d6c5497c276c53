//! What is to be done to make an output hold a site, found before anything is done.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic;
use super::error::{WriteError, at};
use super::folders::{ancestors, parent};
use super::manifest::Paths;
use crate::tree::{File, Tree, TreePath};

/// What is to be done, found by looking only.
pub(super) struct Plan<'a> {
    /// Folders that are not there, parents first.
    pub(super) missing: BTreeSet<&'a str>,
    /// Files where folders belong, and folders where files belong.
    pub(super) in_the_way: Vec<PathBuf>,
    /// Files that are new or differ.
    pub(super) changed: Vec<(&'a TreePath, &'a File)>,
}

/// What stands where a file of the site belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Same,
    Different,
    Folder,
    Foreign,
}

impl<'a> Plan<'a> {
    /// Looks at an output in which `old` is from earlier builds; with `force`, foreign files may be replaced.
    pub(super) fn make(site: &'a Tree, into: &Path, old: &Paths, force: bool) -> Result<Self, WriteError> {
        let mut plan = Self { missing: BTreeSet::new(), in_the_way: Vec::new(), changed: Vec::new() };
        let mut foreign = plan.look_at_folders(site, into, old, force)?;
        let files: Vec<_> = site.iter().collect();
        let found: Result<Vec<Found>, WriteError> =
            files.par_iter().map(|(path, file)| plan.look_at_file(path, file, into, old, force)).collect();
        for ((path, file), found) in files.into_iter().zip(found?) {
            match found {
                Found::Same => continue,
                Found::Different => {}
                Found::Folder => plan.in_the_way.push(into.join(path.as_str())),
                Found::Foreign => foreign.push(into.join(path.as_str())),
            }
            plan.changed.push((path, file));
        }
        match foreign.len() {
            0 => Ok(plan),
            number => Err(WriteError::Foreign { path: foreign.swap_remove(0), more: number - 1 }),
        }
    }

    /// Looks at every folder that the site needs; returns the foreign files that stand in the place of one.
    fn look_at_folders(
        &mut self,
        site: &'a Tree,
        into: &Path,
        old: &Paths,
        force: bool,
    ) -> Result<Vec<PathBuf>, WriteError> {
        let mut foreign = Vec::new();
        for folder in ancestors(site.iter().map(|(path, _)| path)) {
            let place = into.join(folder);
            let is_new = self.missing.contains(parent(folder));
            match if is_new { Err(ErrorKind::NotFound.into()) } else { fs::symlink_metadata(&place) } {
                Ok(found) if found.is_dir() => continue,
                Ok(found) if found.is_symlink() => return Err(WriteError::Symlink { path: place }),
                Ok(_) if force || old.contains(&TreePath::normalized(folder)) => self.in_the_way.push(place),
                Ok(_) => foreign.push(place),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(at(&place)(error)),
            }
            self.missing.insert(folder);
        }
        Ok(foreign)
    }

    fn look_at_file(
        &self,
        path: &TreePath,
        file: &File,
        into: &Path,
        old: &Paths,
        force: bool,
    ) -> Result<Found, WriteError> {
        if self.missing.contains(path.parent()) {
            return Ok(Found::Different);
        }
        let place = into.join(path.as_str());
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Different),
            Err(error) => Err(at(&place)(error)),
            Ok(found) if found.is_dir() => Ok(Found::Folder),
            Ok(_) if !force && !old.contains(path) => Ok(Found::Foreign),
            Ok(found) if found.is_file() && atomic::is_same(&place, found.len(), file)? => Ok(Found::Same),
            Ok(_) => Ok(Found::Different),
        }
    }
}
