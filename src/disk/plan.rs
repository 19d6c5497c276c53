//! The plan of a write: how an output folder differs from a site, determined before anything is changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic;
use super::error::WriteError;
use super::file_error::reading;
use super::folders::{ancestors, parent};
use super::manifest::Paths;
use crate::tree::{File, Tree, TreePath};

/// The changes that make an output folder equal to a site.
pub(super) struct WritePlan<'a> {
    /// Folders that don't exist, parents first.
    pub(super) missing_folders: BTreeSet<&'a str>,
    /// Files at the path of a folder of the site, and folders at the path of a file.
    pub(super) obstacles: Vec<PathBuf>,
    /// Files that are new or whose content differs.
    pub(super) changed: Vec<(&'a TreePath, &'a File)>,
}

/// The state of the output at the path of a file of the site.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileState {
    /// The content is up to date.
    Unchanged,
    /// The file is missing, differs, or may be replaced.
    Changed,
    /// A folder has the path.
    Folder,
    /// A file that Stepladder didn't write has the path.
    Foreign,
}

impl<'a> WritePlan<'a> {
    /// Compares an output folder with a site. `old` are the files of earlier builds; with `force`, foreign files may be
    /// replaced.
    ///
    /// # Errors
    /// [`WriteError::Foreign`] and [`WriteError::Symlink`] for obstacles that must not be replaced.
    pub(super) fn new(site: &'a Tree, output: &Path, old: &Paths, force: bool) -> Result<Self, WriteError> {
        let mut plan = Self { missing_folders: BTreeSet::new(), obstacles: Vec::new(), changed: Vec::new() };
        let mut foreign = plan.compare_folders(site, output, old, force)?;
        let files: Vec<_> = site.iter().collect();
        let states: Result<Vec<FileState>, WriteError> =
            files.par_iter().map(|(path, file)| plan.compare_file(path, file, output, old, force)).collect();
        for ((path, file), state) in files.into_iter().zip(states?) {
            match state {
                FileState::Unchanged => continue,
                FileState::Changed => {}
                FileState::Folder => plan.obstacles.push(output.join(path.as_str())),
                FileState::Foreign => foreign.push(output.join(path.as_str())),
            }
            plan.changed.push((path, file));
        }
        match foreign.len() {
            0 => Ok(plan),
            count => Err(WriteError::Foreign { path: foreign.swap_remove(0), more: count - 1 }),
        }
    }

    /// Compares every folder that the site needs; returns the foreign files that have the path of one.
    fn compare_folders(
        &mut self,
        site: &'a Tree,
        output: &Path,
        old: &Paths,
        force: bool,
    ) -> Result<Vec<PathBuf>, WriteError> {
        let mut foreign = Vec::new();
        for folder in ancestors(site.iter().map(|(path, _)| path)) {
            let location = output.join(folder);
            let parent_is_missing = self.missing_folders.contains(parent(folder));
            match if parent_is_missing { Err(ErrorKind::NotFound.into()) } else { fs::symlink_metadata(&location) } {
                Ok(metadata) if metadata.is_dir() => continue,
                Ok(metadata) if metadata.is_symlink() => return Err(WriteError::Symlink { path: location }),
                Ok(_) if force || old.contains(&TreePath::normalized(folder)) => self.obstacles.push(location),
                Ok(_) => foreign.push(location),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(reading(&location)(error).into()),
            }
            self.missing_folders.insert(folder);
        }
        Ok(foreign)
    }

    fn compare_file(
        &self,
        path: &TreePath,
        file: &File,
        output: &Path,
        old: &Paths,
        force: bool,
    ) -> Result<FileState, WriteError> {
        if self.missing_folders.contains(path.parent()) {
            return Ok(FileState::Changed);
        }
        let location = output.join(path.as_str());
        match fs::symlink_metadata(&location) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(FileState::Changed),
            Err(error) => Err(reading(&location)(error).into()),
            Ok(metadata) if metadata.is_dir() => Ok(FileState::Folder),
            Ok(_) if !force && !old.contains(path) => Ok(FileState::Foreign),
            Ok(metadata) if metadata.is_file() && atomic::has_content(&location, metadata.len(), file)? => {
                Ok(FileState::Unchanged)
            }
            Ok(_) => Ok(FileState::Changed),
        }
    }
}
