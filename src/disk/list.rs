//! Listing the files of a project, without reading them.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::file_error::read_error;
use crate::tree::{Exclusion, SymlinkProblem, TreePath, UnresolvedSymlink};

/// The files and folders that make up a project. Everything else in its folder is ignored.
const PROJECT_PARTS: [&str; 3] = ["stepladder.yaml", "content", "themes"];

/// Folders of a theme. Beside `themes/`, their files have no effect, which is reported.
const THEME_PARTS: [&str; 2] = ["templates", "assets"];

/// All of them.
pub(super) const PARTS: [&str; 5] = ["stepladder.yaml", "content", "themes", "templates", "assets"];

/// The extensions of files that are listed in [`THEME_PARTS`].
const THEME_PART_EXTENSIONS: [&str; 4] = ["html", "xml", "css", "js"];

/// The files of a project, or of one of its folders.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The files, in no particular order.
    pub(crate) files: Vec<ListedFile>,
    /// Whether there is any symbolic link, followed or not.
    pub(crate) has_links: bool,
    /// The symbolic links that can't be followed.
    pub(crate) unresolved: BTreeMap<TreePath, UnresolvedSymlink>,
}

/// A file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// The path in the project.
    pub(crate) path: TreePath,
    /// The canonical path on disk.
    pub(crate) location: PathBuf,
}

/// Lists the files of a project, given by its canonical path.
///
/// Calls `visit` with the canonical path of every folder, immediately before the folder is read; for a file behind a link,
/// with that of the folder that contains the link's target.
pub(crate) fn project(root: &Path, visit: &mut dyn FnMut(&Path)) -> io::Result<Listing> {
    let mut walker = ProjectWalker { root, visit, listing: Listing::default() };
    for part in PROJECT_PARTS {
        walker.part(part)?;
    }
    for part in THEME_PARTS {
        let folder = root.join(part);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir()) {
            walker.folder(part, &folder, &[])?;
        }
    }
    Ok(walker.listing)
}

/// Lists one folder of a project that is reached without links. `visit` is called as in [`project`].
pub(crate) fn folder(root: &Path, path: &str, visit: &mut dyn FnMut(&Path)) -> io::Result<Listing> {
    let mut walker = ProjectWalker { root, visit, listing: Listing::default() };
    walker.folder(path, &root.join(path), &[])?;
    Ok(walker.listing)
}

/// Returns whether a path, relative to a project's folder, can belong to the project.
pub(crate) fn is_project_path(path: &Path) -> bool {
    let mut names = path.iter();
    let mut parts = PROJECT_PARTS.into_iter().chain(THEME_PARTS);
    let part = names.next().and_then(|name| parts.find(|part| name == *part));
    part.is_some_and(|part| !names.any(|name| is_excluded(part, name)) && !is_foreign(path))
}

/// Returns whether a path is that of a file in [`THEME_PARTS`] that can't be part of a theme.
fn is_foreign(path: &Path) -> bool {
    let is_in_theme_part = THEME_PARTS.iter().any(|part| path.starts_with(part));
    is_in_theme_part
        && path.extension().is_some_and(|extension| !THEME_PART_EXTENSIONS.iter().any(|one| extension == *one))
}

/// Returns whether files and folders of this name are left out of any folder of a project.
pub(crate) fn is_excluded_everywhere(name: &OsStr) -> bool {
    is_excluded("", name)
}

/// Returns whether files and folders of this name are left out of a folder of a project.
fn is_excluded(folder: &str, name: &OsStr) -> bool {
    Exclusion::of(folder, &name.to_string_lossy()).is_some()
}

/// The traversal of a project's folders.
struct ProjectWalker<'a> {
    root: &'a Path,
    visit: &'a mut dyn FnMut(&Path),
    listing: Listing,
}

impl ProjectWalker<'_> {
    /// Lists one of [`PROJECT_PARTS`].
    fn part(&mut self, name: &str) -> io::Result<()> {
        let place = self.root.join(name);
        let real = match fs::canonicalize(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return match fs::read_link(&place) {
                    Ok(target) => {
                        let reason = format!("it's a link to {}, which doesn't exist", target.display());
                        Err(read_error(&place, &io::Error::other(reason)))
                    }
                    Err(_) => Ok(()),
                };
            }
            real => real.map_err(|error| read_error(&place, &error))?,
        };
        if !real.starts_with(self.root) {
            let reason = format!("it's a link to {}, which is outside the project", real.display());
            return Err(read_error(&place, &io::Error::other(reason)));
        }
        if real == place { self.file_or_folder(name, place, &[]) } else { self.link_target(name, real, &[place]) }
    }

    /// Lists the target of a link. `links` are the links on the way to it, by their canonical paths.
    fn link_target(&mut self, path: &str, real: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        self.listing.has_links = true;
        if let Some(folder) = real.parent().filter(|folder| folder.starts_with(self.root)) {
            (self.visit)(folder);
        }
        self.file_or_folder(path, real, links)
    }

    fn file_or_folder(&mut self, path: &str, real: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        match fs::metadata(&real) {
            Ok(metadata) if metadata.is_dir() => return self.folder(path, &real, links),
            Ok(metadata) if metadata.is_file() => {
                self.listing.files.push(ListedFile { path: TreePath::normalized(path), location: real });
            }
            Ok(_) => return Err(special_file(&real)),
            // It was removed since it was listed, or it's behind a folder that can't be entered.
            Err(_) => {}
        }
        Ok(())
    }

    fn folder(&mut self, path: &str, real: &Path, links: &[PathBuf]) -> io::Result<()> {
        (self.visit)(real);
        // One folder at a time: a recursive `WalkDir` would open the next folder before `visit` is called for it.
        for entry in WalkDir::new(real).min_depth(1).max_depth(1) {
            match entry {
                Ok(entry) if is_excluded(path, entry.file_name()) => {}
                Ok(entry) => self.entry(path, entry, links)?,
                Err(error) if error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(real).to_owned();
                    // The message of a `walkdir` error would repeat the path.
                    let error =
                        error.into_io_error().unwrap_or_else(|| io::Error::other("its contents can't be listed"));
                    return Err(read_error(&path, &error));
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, folder: &str, entry: DirEntry, links: &[PathBuf]) -> io::Result<()> {
        let Some(name) = entry.file_name().to_str() else {
            let reason = io::Error::new(ErrorKind::InvalidData, "its name isn't valid Unicode; rename it");
            return Err(read_error(entry.path(), &reason));
        };
        let (path, kind) = (format!("{folder}/{name}"), entry.file_type());
        let is_in_theme_part = THEME_PARTS.iter().any(|part| Path::new(folder).starts_with(part));
        if is_in_theme_part && (kind.is_symlink() || !kind.is_dir() && is_foreign(Path::new(&path))) {
            return Ok(());
        }
        if kind.is_symlink() {
            return self.link(&path, entry.into_path(), links);
        }
        if kind.is_dir() {
            return self.folder(&path, entry.path(), links);
        }
        if !kind.is_file() {
            return Err(special_file(entry.path()));
        }
        self.listing.files.push(ListedFile { path: TreePath::normalized(&path), location: entry.into_path() });
        Ok(())
    }

    fn link(&mut self, path: &str, link: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        self.listing.has_links = true;
        let real = match fs::canonicalize(&link) {
            Ok(real) => real,
            Err(error) => match error.kind() {
                ErrorKind::PermissionDenied => return Err(read_error(&link, &error)),
                ErrorKind::NotFound | ErrorKind::NotADirectory => {
                    self.unresolved(path, &link, SymlinkProblem::Missing);
                    return Ok(());
                }
                _ => {
                    self.unresolved(path, &link, SymlinkProblem::Circular);
                    return Ok(());
                }
            },
        };
        if !real.starts_with(self.root) {
            self.unresolved(path, &link, SymlinkProblem::Outside);
            return Ok(());
        }
        let links = [links, &[link]].concat();
        // The target's files are listed under their own paths.
        let is_cycle = links.iter().any(|link| link.starts_with(&real));
        if is_cycle { Ok(()) } else { self.link_target(path, real, &links) }
    }

    /// Records a link that can't be followed, unless it was removed since it was listed.
    fn unresolved(&mut self, path: &str, link: &Path, reason: SymlinkProblem) {
        if let Ok(target) = fs::read_link(link) {
            let target = target.to_string_lossy().into_owned();
            self.listing.unresolved.insert(TreePath::normalized(path), UnresolvedSymlink { target, reason });
        }
    }
}

/// The error for a pipe, a socket or a device.
fn special_file(path: &Path) -> io::Error {
    read_error(path, &io::Error::other("it's neither a file nor a folder; remove it"))
}
