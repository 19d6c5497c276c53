//! Publishing a complete staging folder: moving its files to their places, and removing obsolete ones.
//!
//! The staging folder is renamed first. From then on, the build counts: the output's manifest lists the old and the new
//! files, and the folder has the new files that haven't been moved yet and the new manifest, which is moved last. So a later
//! build can do what an interrupted one left undone.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::error::WriteError;
use super::file_error::{creating_folder, reading, removing, writing};
use super::folders::{LinkFreeFolders, ancestors, parent};
use super::manifest::{self, Paths};
use super::reserved::{MANIFEST, PUBLISHING, STAGING};
use crate::tree::TreePath;

/// The changes to an output folder, in path order.
#[derive(Debug)]
pub(super) struct Publication {
    pub(super) output: PathBuf,
    /// New or changed files.
    pub(super) staged: Vec<TreePath>,
    /// Files to be removed.
    pub(super) obsolete: Vec<TreePath>,
    /// Files at the path of a folder of the site.
    pub(super) blocking_files: Vec<TreePath>,
    /// The staged files whose path a folder has, which has only obsolete files.
    pub(super) blocked: Vec<TreePath>,
}

impl Publication {
    /// Renames the staging folder and publishes its files; returns the number of removed ones.
    pub(super) fn commit(&self, staging: &Path) -> Result<usize, WriteError> {
        let folder = self.output.join(PUBLISHING);
        fs::rename(staging, &folder).map_err(writing(&folder))?;
        self.publish()
    }

    fn publish(&self) -> Result<usize, WriteError> {
        let from = self.output.join(PUBLISHING);
        let obsolete: BTreeSet<&TreePath> = self.obsolete.iter().collect();
        let mut removed = 0;
        for file in &self.blocking_files {
            removed += usize::from(remove_file(&self.output.join(file.as_str()))? && obsolete.contains(file));
        }
        for folder in &self.blocked {
            let inside = |path: &&&TreePath| is_inside(path, folder);
            let inside: Vec<&TreePath> = obsolete.iter().filter(inside).copied().collect();
            removed += remove(&self.output, &inside)?;
            remove_empty_folders(&self.output.join(folder.as_str()))?;
        }
        let moved = self.move_new_folders(&from)?;
        self.staged
            .par_iter()
            .filter(|path| !moved.contains(path.parent()))
            .try_for_each(|path| move_file(&from.join(path.as_str()), &self.output.join(path.as_str())))?;
        removed += remove(&self.output, &self.obsolete.iter().collect::<Vec<_>>())?;
        move_manifest(&from, &self.output)?;
        fs::remove_dir_all(&from).map_err(removing(&from))?;
        Ok(removed)
    }

    /// Moves folders that don't exist in the output with all of their files. Returns these folders and all in them.
    fn move_new_folders(&self, from: &Path) -> Result<HashSet<&str>, WriteError> {
        let mut existing = LinkFreeFolders::new(&self.output);
        let mut moved = HashSet::new();
        for folder in ancestors(self.staged.iter()) {
            if moved.contains(parent(folder)) {
                moved.insert(folder);
            } else if existing.contains(parent(folder)) && !existing.contains(folder) {
                let (source, target) = (from.join(folder), self.output.join(folder));
                match fs::rename(&source, &target) {
                    Ok(()) => {
                        moved.insert(folder);
                    }
                    // The rest of an interrupted build, whose files were moved already.
                    Err(error) if error.kind() == ErrorKind::NotFound && target.is_dir() => {}
                    Err(error) => return Err(writing(&target)(error).into()),
                }
            }
        }
        Ok(moved)
    }
}

/// Completes a build that was interrupted while it was published, and removes the files of one that was interrupted
/// before.
pub(super) fn finish_interrupted(output: &Path) -> Result<(), WriteError> {
    discard(&output.join(STAGING))?;
    let from = output.join(PUBLISHING);
    if let Some(publication) = interrupted(output, &from)? {
        // If it can't be completed, because something is in the way by now, this build replaces it.
        let _ = publication.publish();
    }
    discard(&from)
}

/// What an interrupted build left to be done, if it left anything.
fn interrupted(output: &Path, from: &Path) -> Result<Option<Publication>, WriteError> {
    if !fs::symlink_metadata(from).is_ok_and(|metadata| metadata.is_dir()) {
        return Ok(None);
    }
    let (Some(new), Some(listed)) = (manifest::read(from)?, manifest::read(output)?) else { return Ok(None) };
    let mut publication = Publication {
        output: output.to_owned(),
        staged: staged_in(from, &new)?,
        obsolete: listed.difference(&new).cloned().collect(),
        blocking_files: Vec::new(),
        blocked: Vec::new(),
    };
    let metadata = |path: &str| fs::symlink_metadata(output.join(path)).ok();
    for folder in ancestors(publication.staged.iter()) {
        let path = TreePath::normalized(folder);
        if metadata(folder).is_some_and(|metadata| metadata.is_file()) && listed.contains(&path) {
            publication.blocking_files.push(path);
        }
    }
    let is_folder = |path: &&TreePath| metadata(path.as_str()).is_some_and(|metadata| metadata.is_dir());
    publication.blocked = publication.staged.iter().filter(is_folder).cloned().collect();
    let is_free = check_blocked(output, &publication.blocked, &publication.obsolete).is_ok();
    Ok(is_free.then_some(publication))
}

/// The files in a folder that are part of a site.
fn staged_in(from: &Path, site: &Paths) -> Result<Vec<TreePath>, WriteError> {
    let mut staged = Vec::new();
    for entry in WalkDir::new(from).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| reading(from)(error.into()))?;
        let path = entry.path().strip_prefix(from).ok().and_then(Path::to_str);
        let Some(path) = path.filter(|_| entry.file_type().is_file()) else { continue };
        let path = TreePath::normalized(&path.replace(std::path::MAIN_SEPARATOR, "/"));
        if site.contains(&path) {
            staged.push(path);
        }
    }
    Ok(staged)
}

/// Checks that folders at the path of a file of the site have only obsolete files.
///
/// # Errors
/// [`WriteError::Foreign`] if they have others.
pub(super) fn check_blocked(output: &Path, blocked: &[TreePath], obsolete: &[TreePath]) -> Result<(), WriteError> {
    let mut foreign = Vec::new();
    for folder in blocked {
        let location = output.join(folder.as_str());
        let own: BTreeSet<PathBuf> = obsolete.iter().map(|path| output.join(path.as_str())).collect();
        for entry in WalkDir::new(&location) {
            let entry = entry.map_err(|error| reading(&location)(error.into()))?;
            if !entry.file_type().is_dir() && !own.contains(entry.path()) {
                foreign.push(location);
                break;
            }
        }
    }
    match foreign.len() {
        0 => Ok(()),
        count => Err(WriteError::Foreign { path: foreign.swap_remove(0), more: count - 1 }),
    }
}

fn is_inside(path: &TreePath, folder: &TreePath) -> bool {
    path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// Moves a file to its place, in a folder that may have been removed because it was empty. On a case-insensitive file
/// system, the file may have been moved under another name already.
fn move_file(from: &Path, to: &Path) -> Result<(), WriteError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound && !from.exists() && to.is_file() => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(creating_folder(folder))?;
            }
            Ok(fs::rename(from, to).map_err(writing(to))?)
        }
        moved => Ok(moved.map_err(writing(to))?),
    }
}

/// Moves the new manifest to its place, unless the old one is equal.
fn move_manifest(from: &Path, output: &Path) -> Result<(), WriteError> {
    let (from, to) = (from.join(MANIFEST), output.join(MANIFEST));
    if fs::read(&from).map_err(reading(&from))? == fs::read(&to).map_err(reading(&to))? {
        return Ok(());
    }
    Ok(fs::rename(&from, &to).map_err(writing(&to))?)
}

/// Removes obsolete files and the folders that become empty; returns the number of files.
fn remove(output: &Path, obsolete: &[&TreePath]) -> Result<usize, WriteError> {
    let mut folders = LinkFreeFolders::new(output);
    let mut removed = 0;
    for path in obsolete.iter().filter(|path| folders.contains(path.parent())) {
        let location = output.join(path.as_str());
        // Stepladder writes only regular files; anything else at this path isn't its own.
        if fs::symlink_metadata(&location).is_ok_and(|metadata| metadata.is_file()) {
            removed += usize::from(remove_file(&location)?);
        }
    }
    for folder in ancestors(obsolete.iter().copied()).into_iter().rev() {
        if folders.contains(folder) {
            // Fails for a folder that isn't empty, which has to stay.
            let _ = fs::remove_dir(output.join(folder));
        }
    }
    Ok(removed)
}

/// Removes a folder that has only empty folders, if it exists.
fn remove_empty_folders(location: &Path) -> Result<(), WriteError> {
    for entry in WalkDir::new(location).contents_first(true).into_iter().filter_map(Result::ok) {
        fs::remove_dir(entry.path()).map_err(removing(entry.path()))?;
    }
    Ok(())
}

/// Removes a file; returns whether there was one.
fn remove_file(location: &Path) -> Result<bool, WriteError> {
    match fs::remove_file(location) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(removing(location)(error).into()),
    }
}

/// Removes a folder of Stepladder's own with all that's in it, or a link in its place.
fn discard(folder: &Path) -> Result<(), WriteError> {
    let removed = match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(folder),
        Ok(_) => fs::remove_file(folder),
        Err(_) => Ok(()),
    };
    Ok(removed.map_err(removing(folder))?)
}
