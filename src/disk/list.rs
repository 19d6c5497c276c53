//! Which files a project consists of, before they are read.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::read::about;
use crate::tree::TreePath;

/// What a project consists of; nothing else in its folder is looked at.
const PARTS: [&str; 3] = ["stepladder.yaml", "content", "themes"];

/// Endings of what editors leave behind, some of it only for a moment while they save.
const LEFTOVERS: [&str; 5] = ["~", ".swp", ".tmp", "___jb_tmp___", "___jb_old___"];

/// The file that Vim makes and removes to learn whether it may write to a folder.
const PROBE: &str = "4913";

/// The files of a project, or of one of its folders.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) files: Vec<Found>,
    /// Whether there is any symbolic link, be it followed or not.
    pub(crate) links: bool,
}

/// A file: its path in the project, and the place on disk where it really is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) path: TreePath,
    pub(crate) place: PathBuf,
}

/// Lists a project, given by its canonical path. `visit` gets the real place of every folder right before the folder is
/// looked into; for a file behind a link, that of the folder it is in.
pub(crate) fn project(root: &Path, visit: &mut dyn FnMut(&Path)) -> io::Result<List> {
    let mut walk = Walk { root, visit, list: List::default() };
    for part in PARTS {
        walk.part(part)?;
    }
    Ok(walk.list)
}

/// Lists one folder of a project, which is reached without links.
pub(crate) fn folder(root: &Path, path: &str, visit: &mut dyn FnMut(&Path)) -> io::Result<List> {
    let mut walk = Walk { root, visit, list: List::default() };
    walk.folder(path, &root.join(path), &[])?;
    Ok(walk.list)
}

/// Whether a path in a project's folder is one that a project may consist of.
pub(crate) fn is_part(path: &Path) -> bool {
    let mut names = path.iter();
    names.next().is_some_and(|name| PARTS.iter().any(|part| name == *part)) && !names.any(is_left_out)
}

/// Whether a file or folder of this name is passed over.
pub(crate) fn is_left_out(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || LEFTOVERS.iter().any(|ending| name.ends_with(ending))
        || name == PROBE
        || (name.starts_with('#') && name.ends_with('#'))
}

struct Walk<'a> {
    root: &'a Path,
    visit: &'a mut dyn FnMut(&Path),
    list: List,
}

impl Walk<'_> {
    fn part(&mut self, name: &str) -> io::Result<()> {
        let place = self.root.join(name);
        let real = match fs::canonicalize(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.list.links |= place.is_symlink();
                return Ok(());
            }
            real => real.map_err(|error| about(&place, &error))?,
        };
        if !real.starts_with(self.root) {
            let reason = format!("it's a link to {}, which is outside the project", real.display());
            return Err(about(&place, &io::Error::other(reason)));
        }
        if real == place { self.place(name, place, &[]) } else { self.target(name, real, &[place]) }
    }

    /// Takes in what a link leads to. `links` are the links that led here, by their real places.
    fn target(&mut self, path: &str, real: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        self.list.links = true;
        if let Some(folder) = real.parent().filter(|folder| folder.starts_with(self.root)) {
            (self.visit)(folder);
        }
        self.place(path, real, links)
    }

    fn place(&mut self, path: &str, real: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        if real.is_dir() {
            return self.folder(path, &real, links);
        }
        if real.is_file() {
            self.list.files.push(Found { path: TreePath::normalized(path), place: real });
        }
        Ok(())
    }

    fn folder(&mut self, path: &str, real: &Path, links: &[PathBuf]) -> io::Result<()> {
        (self.visit)(real);
        // One folder at a time: a walk of its own would open the next before it can be visited.
        for entry in WalkDir::new(real).min_depth(1).max_depth(1) {
            match entry {
                Ok(entry) if is_left_out(entry.file_name()) => {}
                Ok(entry) => self.entry(path, entry, links)?,
                Err(error) if error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound) => {}
                Err(error) => {
                    let place = error.path().unwrap_or(real).to_owned();
                    // What walks through folders names the place itself in what it says.
                    let error = error.into_io_error().unwrap_or_else(|| {
                        io::Error::other(
                            "its contents can't be \
                        listed",
                        )
                    });
                    return Err(about(&place, &error));
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, folder: &str, entry: DirEntry, links: &[PathBuf]) -> io::Result<()> {
        let Some(name) = entry.file_name().to_str() else {
            let reason = io::Error::new(ErrorKind::InvalidData, "its name isn't valid Unicode; rename it");
            return Err(about(entry.path(), &reason));
        };
        let (path, kind) = (format!("{folder}/{name}"), entry.file_type());
        if kind.is_symlink() {
            return self.link(&path, entry.into_path(), links);
        }
        if kind.is_dir() {
            return self.folder(&path, entry.path(), links);
        }
        if kind.is_file() {
            self.list.files.push(Found { path: TreePath::normalized(&path), place: entry.into_path() });
        }
        Ok(())
    }

    fn link(&mut self, path: &str, link: PathBuf, links: &[PathBuf]) -> io::Result<()> {
        self.list.links = true;
        let real = match fs::canonicalize(&link) {
            Ok(real) => real,
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(about(&link, &error)),
            Err(_) => return Ok(()),
        };
        let links = [links, &[link]].concat();
        let is_loop = links.iter().any(|link| link.starts_with(&real));
        if is_loop || !real.starts_with(self.root) { Ok(()) } else { self.target(path, real, &links) }
    }
}
