//! The tree, and what is remembered of each of its files so that only what changed is read again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::file_stamp::{FileStamp, Moment, TimedStamp};
use crate::disk::list::{self, ListedFile, Listing};
use crate::disk::{is_text, load_file, read_error};
use crate::tree::{File, Tree, TreePath};

/// A tree equal to a project on disk, as of the last look.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    pub(super) tree: Tree,
    seen: BTreeMap<TreePath, SeenFile>,
    /// Where the project has links: the paths that lead to each place. Without links a place's path is its own.
    linked: Option<HashMap<PathBuf, Vec<TreePath>>>,
    /// Whether some file's fingerprint is doubtful.
    pub(super) doubts: bool,
}

#[derive(Debug)]
struct SeenFile {
    place: PathBuf,
    taken: TimedStamp,
}

/// What is at a place.
enum PathKind {
    File,
    Folder,
    Nothing,
    /// Something behind a link, or that can't be looked at.
    Other,
}

/// What a look at a file found.
struct FileProbe {
    found: ListedFile,
    taken: TimedStamp,
    /// The file's new content; `None` when it is as before.
    news: Option<File>,
}

impl Snapshot {
    /// Looks at the whole project. Says whether anything changed; after an error nothing has.
    pub(super) fn all(&mut self, root: &Path, visit: &mut dyn FnMut(&Path)) -> io::Result<bool> {
        let moment = Moment::now();
        let Listing { files, has_links: links } = list::project(root, visit)?;
        let looked = self.look(files, moment)?;
        self.linked = links.then(|| places(&looked));
        let before = std::mem::take(&mut self.seen);
        self.doubts = false;
        let changed = self.take(looked);
        let gone: Vec<_> = before.into_keys().filter(|path| !self.seen.contains_key(path)).collect();
        for path in &gone {
            self.tree.remove(path);
        }
        Ok(changed || !gone.is_empty())
    }

    /// Looks again at the files that are in doubt. Says whether anything changed; `None` when one of them is no file any more.
    pub(super) fn doubted(&mut self) -> io::Result<Option<bool>> {
        let moment = Moment::now();
        let doubted = self.seen.iter().filter(|(_, seen)| seen.taken.is_doubted());
        let found =
            |(path, seen): (&TreePath, &SeenFile)| ListedFile { path: path.clone(), location: seen.place.clone() };
        let files: Vec<ListedFile> = doubted.map(found).collect();
        if !files.par_iter().all(|found| matches!(there(&found.location), PathKind::File)) {
            return Ok(None);
        }
        let count = files.len();
        let looked = self.look(files, moment)?;
        if looked.len() < count {
            return Ok(None);
        }
        self.doubts = false;
        Ok(Some(self.take(looked)))
    }

    /// Looks at one place again. Says whether anything changed; `None` when only a look at the whole project can tell.
    pub(super) fn at(&mut self, root: &Path, place: &Path, visit: &mut dyn FnMut(&Path)) -> io::Result<Option<bool>> {
        let moment = Moment::now();
        let there = there(place);
        if let Some(linked) = &self.linked {
            let (PathKind::File, Some(paths)) = (there, linked.get(place)) else { return Ok(None) };
            let found = |path: &TreePath| ListedFile { path: path.clone(), location: place.to_owned() };
            return self.files(&paths.iter().map(found).collect::<Vec<_>>(), moment).map(Some);
        }
        let Some(path) = path_in(root, place) else { return Ok(None) };
        match there {
            PathKind::File => {
                let found = ListedFile { path: TreePath::normalized(&path), location: place.to_owned() };
                Ok(Some(self.files(&[found], moment)? | self.remove_under(&path, &HashSet::new())))
            }
            PathKind::Folder => {
                let Listing { files, has_links: links } = list::folder(root, &path, visit)?;
                if links {
                    return Ok(None);
                }
                let looked = self.look(files, moment)?;
                let there: HashSet<TreePath> = looked.iter().map(|looked| looked.found.path.clone()).collect();
                let removed = self.remove(&TreePath::normalized(&path)) | self.remove_under(&path, &there);
                Ok(Some(self.take(looked) || removed))
            }
            PathKind::Nothing => {
                Ok(Some(self.remove(&TreePath::normalized(&path)) | self.remove_under(&path, &HashSet::new())))
            }
            PathKind::Other => Ok(None),
        }
    }

    /// Whether a place has a file of the project, which is known by way of a link.
    pub(super) fn is_linked(&self, place: &Path) -> bool {
        self.linked.as_ref().is_some_and(|linked| linked.contains_key(place))
    }

    /// Whether the project has links.
    pub(super) fn has_links(&self) -> bool {
        self.linked.is_some()
    }

    /// Looks at some files; those that are not there are no longer in the tree.
    fn files(&mut self, files: &[ListedFile], moment: Moment) -> io::Result<bool> {
        let mut looked = Vec::new();
        let mut gone = Vec::new();
        for found in files {
            match self.compare(found.clone(), moment, true)? {
                Some(there) => looked.push(there),
                None => gone.push(&found.path),
            }
        }
        let removed = gone.into_iter().map(|path| self.remove(path)).fold(false, bool::max);
        Ok(self.take(looked) || removed)
    }

    fn look(&self, files: Vec<ListedFile>, moment: Moment) -> io::Result<Vec<FileProbe>> {
        let compare = |found| self.compare(found, moment, false).transpose();
        // Of several errors, always the same one is told.
        let looked: Vec<io::Result<FileProbe>> = files.into_par_iter().filter_map(compare).collect();
        looked.into_iter().collect()
    }

    /// Reads a file unless its fingerprint says that it is as before; `None` when it has gone since it was listed. One
    /// that is `hinted` at is read in any case.
    fn compare(&self, found: ListedFile, moment: Moment, hinted: bool) -> io::Result<Option<FileProbe>> {
        let print = match FileStamp::of(&found.location) {
            Err(error) if is_text(&found.path) => return Err(error),
            // An asset need not be readable as long as nobody asks for it.
            Err(_) => FileStamp::default(),
            Ok(None) => return Ok(None),
            Ok(Some(print)) => print,
        };
        let seen = self.seen.get(&found.path).filter(|seen| seen.place == found.location);
        let former = seen.map(|seen| &seen.taken);
        let taken = TimedStamp::new(print, moment, former);
        let same = former.is_some_and(|former| former.print == print);
        let sure = same && former.is_some_and(|former| !former.is_doubted());
        if sure && !hinted {
            return Ok(Some(FileProbe { found, taken, news: None }));
        }
        let Some(file) = load_file(&found)? else { return Ok(None) };
        let as_before = match &file {
            // An asset is not read. If its fingerprint was doubtful, it counts as changed when that ends.
            File::OnDisk(_) => sure || (same && taken.is_doubted()),
            File::Bytes(_) => true,
        };
        let news = Some(file).filter(|file| !(as_before && self.tree.get(&found.path) == Some(file)));
        Ok(Some(FileProbe { found, taken, news }))
    }

    fn take(&mut self, looked: Vec<FileProbe>) -> bool {
        let mut changed = false;
        for FileProbe { found, taken, news } in looked {
            self.doubts |= taken.is_doubted();
            if let Some(file) = news {
                self.tree.insert(found.path.clone(), file);
                changed = true;
            }
            self.seen.insert(found.path, SeenFile { place: found.location, taken });
        }
        changed
    }

    fn remove(&mut self, path: &TreePath) -> bool {
        self.seen.remove(path);
        self.tree.remove(path).is_some()
    }

    /// Removes what is under a folder, but for what is known to be there.
    fn remove_under(&mut self, folder: &str, except: &HashSet<TreePath>) -> bool {
        let (start, inside) = (TreePath::normalized(folder), format!("{folder}/"));
        // `0` comes right after `/`, so this is where the folder's paths end.
        let end = TreePath::normalized(&format!("{folder}0"));
        let range = self.seen.range((Bound::Excluded(start), Bound::Excluded(end)));
        let under = range.map(|(path, _)| path).filter(|path| path.as_str().starts_with(&inside));
        let gone: Vec<TreePath> = under.filter(|path| !except.contains(path)).cloned().collect();
        gone.iter().map(|path| self.remove(path)).fold(false, bool::max)
    }
}

/// The path of a place in the project, if it is in one of the project's parts.
pub(super) fn path_in(root: &Path, place: &Path) -> Option<String> {
    let path = place.strip_prefix(root).ok().filter(|path| list::is_project_path(path))?;
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

fn there(place: &Path) -> PathKind {
    match fs::canonicalize(place) {
        Ok(real) if real == place => match fs::metadata(place) {
            Ok(found) if found.is_dir() => PathKind::Folder,
            Ok(found) if found.is_file() => PathKind::File,
            Ok(_) => PathKind::Nothing,
            Err(_) => PathKind::Other,
        },
        Err(error) if error.kind() == ErrorKind::NotFound && !place.is_symlink() => PathKind::Nothing,
        _ => PathKind::Other,
    }
}

fn places(looked: &[FileProbe]) -> HashMap<PathBuf, Vec<TreePath>> {
    let mut places: HashMap<PathBuf, Vec<TreePath>> = HashMap::new();
    for FileProbe { found, .. } in looked {
        places.entry(found.location.clone()).or_default().push(found.path.clone());
    }
    places
}

/// The identity of a project's folder, which must be there by its canonical path.
pub(super) fn identity(root: &Path) -> io::Result<(u64, u64)> {
    let real = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
    let print = FileStamp::of(root)?.filter(|_| real == root);
    let moved =
        || read_error(root, &io::Error::other(format!("it's now a link to {}; restart the command", real.display())));
    print.map(|print| print.identity()).ok_or_else(moved)
}
