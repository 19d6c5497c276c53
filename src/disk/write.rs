//! Writing a site to a folder: changed files are replaced, obsolete ones removed, all others stay untouched.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic::{self, NewContent, PendingFile};
use super::error::WriteError;
use super::file_error::{creating_folder, reading, removing};
use super::folders::{LinkFreeFolders, ancestors};
use super::lock::Lock;
use super::manifest::{self, Paths};
use super::plan::WritePlan;
use crate::tree::{File, Tree, TreePath};

/// The result of a write, in numbers of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed files.
    pub written: usize,
    /// Files that were up to date; their modification times stay.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer part of the site.
    pub removed: usize,
}

/// Writes a site to a folder, which is created if necessary.
///
/// Every file is replaced atomically, and only once all new files have been written under temporary names. A build that is
/// interrupted in between leaves a mixture of complete old and complete new files, which the next build repairs: the
/// manifest lists both before the first new file exists. With `force`, files that Stepladder didn't write are replaced by
/// files of the site with the same path; without, they are errors.
///
/// # Errors
/// See [`WriteError`]. All except [`WriteError::Io`] are returned before any file of the site is written.
pub fn write(site: &Tree, output: &Path, force: bool) -> Result<Written, WriteError> {
    manifest::check_names(site)?;
    if !force {
        refuse_foreign_folder(output)?;
    }
    fs::create_dir_all(output).map_err(creating_folder(output))?;
    let lock = Lock::acquire(output)?;
    let manifest = manifest::read(output)?;
    let old = manifest.clone().unwrap_or_default();
    if lock.follows_interrupted_build() {
        remove_temporary_files(output, &old)?;
    }
    let plan = WritePlan::new(site, output, &old, force)?;

    let new: Paths = site.iter().map(|(path, _)| path.clone()).collect();
    let both: Paths = old.union(&new).cloned().collect();
    let obsolete: Vec<&TreePath> = old.difference(&new).collect();
    if manifest.as_ref() != Some(&both) {
        manifest::save(output, &both)?;
    }
    let mut removed = 0;
    if !plan.obstacles.is_empty() {
        removed += remove(output, &obsolete)?;
        remove_obstacles(&plan.obstacles)?;
    }
    create_folders(output, &plan.missing_folders)?;
    write_files(output, &plan.changed)?;
    removed += remove(output, &obsolete)?;
    if both != new {
        manifest::save(output, &new)?;
    }
    Ok(Written { written: plan.changed.len(), unchanged: site.len() - plan.changed.len(), removed })
}

/// Returns an error for a folder that has files but no manifest. Hidden names at its root (`.git`, `.nojekyll`) don't
/// count.
fn refuse_foreign_folder(output: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(output) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(reading(output))?,
    };
    let mut has_files = false;
    for entry in entries {
        has_files |= !entry.map_err(reading(output))?.file_name().to_string_lossy().starts_with('.');
    }
    // A concurrent first build writes its manifest before its files, so the manifest is checked after the files.
    if has_files && manifest::read(output)?.is_none() {
        return Err(WriteError::NotOurs { folder: output.to_path_buf() });
    }
    Ok(())
}

/// Removes the temporary files of an interrupted build.
fn remove_temporary_files(output: &Path, old: &Paths) -> Result<(), WriteError> {
    let mut folders = LinkFreeFolders::new(output);
    atomic::remove_temporary_files(output)?;
    for folder in ancestors(old.iter()) {
        if folders.contains(folder) {
            atomic::remove_temporary_files(&output.join(folder))?;
        }
    }
    Ok(())
}

/// Removes obsolete files and the folders that become empty; returns the number of files.
fn remove(output: &Path, obsolete: &[&TreePath]) -> Result<usize, WriteError> {
    let mut folders = LinkFreeFolders::new(output);
    let mut removed = 0;
    for path in obsolete.iter().filter(|path| folders.contains(path.parent())) {
        let location = output.join(path.as_str());
        // Stepladder writes only regular files; anything else at this path isn't its own.
        if fs::symlink_metadata(&location).is_ok_and(|metadata| metadata.is_file()) {
            fs::remove_file(&location).map_err(removing(&location))?;
            removed += 1;
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

/// Removes files at the paths of folders. Folders at the paths of files were removed with their obsolete files; one that
/// is left has foreign files.
fn remove_obstacles(obstacles: &[PathBuf]) -> Result<(), WriteError> {
    for location in obstacles {
        match fs::symlink_metadata(location) {
            Ok(metadata) if metadata.is_dir() => return Err(WriteError::Foreign { path: location.clone(), more: 0 }),
            Ok(_) => fs::remove_file(location).map_err(removing(location))?,
            Err(_) => {}
        }
    }
    Ok(())
}

/// Creates folders, parents first.
fn create_folders(output: &Path, missing: &BTreeSet<&str>) -> Result<(), WriteError> {
    for folder in missing {
        let location = output.join(folder);
        match fs::create_dir(&location) {
            // On a case-insensitive file system, the folder may just have been created with another spelling.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && location.is_dir() => {}
            created => created.map_err(creating_folder(&location))?,
        }
    }
    Ok(())
}

/// Writes all files under temporary names, then renames them.
fn write_files(output: &Path, files: &[(&TreePath, &File)]) -> Result<(), WriteError> {
    let numbered = files.par_iter().enumerate();
    let pending: Result<Vec<PendingFile>, WriteError> = numbered
        .map(|(number, (path, file))| PendingFile::new(output.join(path.as_str()), NewContent::File(file), number))
        .collect();
    pending?.into_par_iter().try_for_each(PendingFile::commit)
}
