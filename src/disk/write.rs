//! A site's files, written to a folder: what differs is replaced, what is no longer made is removed, nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{WriteError, at};
use super::lock::Lock;
use super::manifest::{self, Paths};
use super::put::{self, Content};
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
/// Every file is replaced whole, in one step. A build that dies on its way leaves a mixture of whole old and whole new
/// files, which the next one completes: the manifest names all of both before the first new file is there. With `force`,
/// files that Stepladder did not write are replaced where the site has files of the same name; without, they are errors.
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
    plan.changed.par_iter().enumerate().try_for_each(|(number, (path, file))| {
        put::whole(&into.join(path.parent()), path.name(), Content::File(file), number)
    })?;
    removed += remove(into, &gone)?;
    if both != new {
        manifest::save(into, &new)?;
    }
    Ok(Written { written: plan.changed.len(), unchanged: site.len() - plan.changed.len(), removed })
}

/// Refuses a folder that holds files and no manifest. Hidden names at its top (`.git`, `.gitkeep`, `.nojekyll`) are fine.
fn refuse_strangers(into: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(into) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(at(into))?,
    };
    for entry in entries {
        let name = entry.map_err(at(into))?.file_name();
        // A build that started meanwhile wrote its manifest before its files, so the manifest is looked for after them.
        if !name.to_string_lossy().starts_with('.') && manifest::read(into)?.is_none() {
            return Err(WriteError::NotOurs { folder: into.to_path_buf() });
        }
    }
    Ok(())
}

/// Removes the temporary files of a build that died.
fn sweep(into: &Path, old: &Paths) -> Result<(), WriteError> {
    let mut folders = Folders::new(into);
    put::sweep(into)?;
    for folder in ancestors(old.iter()) {
        if folders.is_real(folder) {
            put::sweep(&into.join(folder))?;
        }
    }
    Ok(())
}

/// What is to be done, found by looking only.
struct Plan<'a> {
    /// Folders that are not there, parents first.
    missing: BTreeSet<&'a str>,
    /// Files where folders belong, and folders where files belong.
    in_the_way: Vec<PathBuf>,
    /// Files that are new or differ.
    changed: Vec<(&'a TreePath, &'a File)>,
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
    fn make(site: &'a Tree, into: &Path, old: &Paths, force: bool) -> Result<Self, WriteError> {
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
                Ok(_) if force || old.contains(&TreePath::known(folder)) => self.in_the_way.push(place),
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
            Ok(found) if found.is_file() && put::is_same(&place, found.len(), file)? => Ok(Found::Same),
            Ok(_) => Ok(Found::Different),
        }
    }
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

/// The folders of an output, and which of them are real: reached without a symbolic link.
struct Folders<'a> {
    into: &'a Path,
    real: BTreeMap<String, bool>,
}

impl<'a> Folders<'a> {
    fn new(into: &'a Path) -> Self {
        Self { into, real: BTreeMap::from([(String::new(), true)]) }
    }

    fn is_real(&mut self, folder: &str) -> bool {
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
fn ancestors<'a>(paths: impl Iterator<Item = &'a TreePath>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut folder = path.parent();
        while !folder.is_empty() && folders.insert(folder) {
            folder = parent(folder);
        }
    }
    folders
}

fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}
