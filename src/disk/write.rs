//! A site's files, written to a folder: what differs is replaced, what is no longer made is removed, all else stays.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic::{self, FileContent, PendingFile};
use super::error::{WriteError, at};
use super::folders::{Folders, ancestors};
use super::lock::Lock;
use super::manifest::{self, Paths};
use super::plan::Plan;
use crate::tree::{File, Tree, TreePath};

/// What a write did, in numbers of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed.
    pub written: usize,
    /// Already there, and left alone with their times.
    pub unchanged: usize,
    /// From an earlier build, and no longer made.
    pub removed: usize,
}

/// Writes a site to a folder, which is made if need be.
///
/// Every file is replaced whole, in one step, and only when all of them are written out beside their places. A build
/// that dies in between leaves a mixture of whole old and whole new files, which the next one completes: the manifest
/// names all of both before the first new file is there. With `force`, files that Stepladder did not write are replaced
/// where the site has files of the same name; without, they are errors.
///
/// # Errors
/// See [`WriteError`]. All but [`WriteError::Io`] come before anything of the site has been written.
pub fn write(site: &Tree, into: &Path, force: bool) -> Result<Written, WriteError> {
    manifest::check_names(site)?;
    if !force {
        refuse_strangers(into)?;
    }
    fs::create_dir_all(into).map_err(at(into))?;
    let lock = Lock::take(into)?;
    let known = manifest::read(into)?;
    let old = known.clone().unwrap_or_default();
    if lock.left_behind() {
        sweep(into, &old)?;
    }
    let plan = Plan::make(site, into, &old, force)?;

    let new: Paths = site.iter().map(|(path, _)| path.clone()).collect();
    let both: Paths = old.union(&new).cloned().collect();
    let gone: Vec<&TreePath> = old.difference(&new).collect();
    if known.as_ref() != Some(&both) {
        manifest::save(into, &both)?;
    }
    let mut removed = 0;
    if !plan.in_the_way.is_empty() {
        removed += remove(into, &gone)?;
        clear(&plan.in_the_way)?;
    }
    make_folders(into, &plan.missing)?;
    put_all(into, &plan.changed)?;
    removed += remove(into, &gone)?;
    if both != new {
        manifest::save(into, &new)?;
    }
    Ok(Written { written: plan.changed.len(), unchanged: site.len() - plan.changed.len(), removed })
}

/// Refuses a folder that holds files and no manifest. Hidden names at its top (`.git`, `.nojekyll`) are fine.
fn refuse_strangers(into: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(into) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(at(into))?,
    };
    let mut holds_files = false;
    for entry in entries {
        holds_files |= !entry.map_err(at(into))?.file_name().to_string_lossy().starts_with('.');
    }
    // A build that started meanwhile wrote its manifest before its files, so the manifest is looked for after them.
    if holds_files && manifest::read(into)?.is_none() {
        return Err(WriteError::NotOurs { folder: into.to_path_buf() });
    }
    Ok(())
}

/// Removes the temporary files of a build that died.
fn sweep(into: &Path, old: &Paths) -> Result<(), WriteError> {
    let mut folders = Folders::new(into);
    atomic::sweep(into)?;
    for folder in ancestors(old.iter()) {
        if folders.is_real(folder) {
            atomic::sweep(&into.join(folder))?;
        }
    }
    Ok(())
}

/// Removes files of an earlier build, and the folders that are empty then; returns how many files there were.
fn remove(into: &Path, gone: &[&TreePath]) -> Result<usize, WriteError> {
    let mut folders = Folders::new(into);
    let mut removed = 0;
    for path in gone.iter().filter(|path| folders.is_real(path.parent())) {
        let place = into.join(path.as_str());
        // Whatever else has come to stand there is not what was written.
        if fs::symlink_metadata(&place).is_ok_and(|found| found.is_file()) {
            fs::remove_file(&place).map_err(at(&place))?;
            removed += 1;
        }
    }
    for folder in ancestors(gone.iter().copied()).into_iter().rev() {
        if folders.is_real(folder) {
            // Fails when the folder is not empty, and then it is to stay.
            let _ = fs::remove_dir(into.join(folder));
        }
    }
    Ok(removed)
}

/// Clears what stands in the place of something of another kind, once the files of earlier builds are gone.
fn clear(in_the_way: &[PathBuf]) -> Result<(), WriteError> {
    for place in in_the_way {
        match fs::symlink_metadata(place) {
            Ok(found) if found.is_dir() => return Err(WriteError::Foreign { path: place.clone(), more: 0 }),
            Ok(_) => fs::remove_file(place).map_err(at(place))?,
            Err(_) => {}
        }
    }
    Ok(())
}

/// Makes folders, parents first.
fn make_folders(into: &Path, missing: &BTreeSet<&str>) -> Result<(), WriteError> {
    for folder in missing {
        let place = into.join(folder);
        match fs::create_dir(&place) {
            // Where case makes no difference, the folder may just have been made by another name.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && place.is_dir() => {}
            made => made.map_err(at(&place))?,
        }
    }
    Ok(())
}

/// Writes files beside their places, all of them, and only then puts them there.
fn put_all(into: &Path, files: &[(&TreePath, &File)]) -> Result<(), WriteError> {
    let numbered = files.par_iter().enumerate();
    let prepared: Result<Vec<PendingFile>, WriteError> = numbered
        .map(|(number, (path, file))| PendingFile::new(into.join(path.as_str()), FileContent::File(file), number))
        .collect();
    prepared?.into_par_iter().try_for_each(PendingFile::put)
}
