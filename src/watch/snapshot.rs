//! The tree of a project with the stamps of its files, so that a scan reads only files that may have changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::observed_stamp::{ObservedStamp, ScanTime};
use crate::disk::list::{self, ListedFile, Listing};
use crate::disk::{FileStamp, is_text, load_file, read_error};
use crate::tree::{File, Tree, TreePath};

/// A tree that equals a project on disk, as of the last scan.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    pub(super) tree: Tree,
    files: BTreeMap<TreePath, SeenFile>,
    /// For a project with symbolic links: each path on disk with its paths in the tree. Without links, each file has
    /// one path, which follows from its path on disk.
    linked: Option<HashMap<PathBuf, Vec<TreePath>>>,
    /// Whether some file's stamp is uncertain, so that the file has to be read again.
    pub(super) has_uncertain_files: bool,
}

#[derive(Debug)]
struct SeenFile {
    disk_path: PathBuf,
    stamp: ObservedStamp,
}

/// The kind of a file system entry.
enum PathKind {
    File,
    Folder,
    Nothing,
    /// Something behind a symbolic link, or something that can't be accessed.
    Other,
}

/// The result of checking one file.
struct FileProbe {
    listed: ListedFile,
    stamp: ObservedStamp,
    /// The file's new content; `None` if it is unchanged.
    changed: Option<File>,
}

impl Snapshot {
    /// Scans the whole project and calls `visit` for each folder. Returns whether anything changed. After an error, the
    /// snapshot is unchanged.
    pub(super) fn scan(&mut self, root: &Path, visit: &mut dyn FnMut(&Path)) -> io::Result<bool> {
        let time = ScanTime::now();
        let Listing { files, has_links, unresolved } = list::project(root, visit)?;
        let probes = self.probe_all(files, time)?;
        self.linked = has_links.then(|| paths_by_disk_path(&probes));
        let before = std::mem::take(&mut self.files);
        self.has_uncertain_files = false;
        let changed = self.apply(probes);
        let removed: Vec<_> = before.into_keys().filter(|path| !self.files.contains_key(path)).collect();
        for path in &removed {
            self.tree.remove(path);
        }
        let former = self.tree.replace_symlinks(unresolved);
        Ok(changed || !removed.is_empty() || former != *self.tree.symlinks())
    }

    /// Reads the files again whose stamps are uncertain. Returns whether anything changed; `None` if one of them isn't
    /// a file any more, so that the whole project has to be scanned.
    pub(super) fn recheck_uncertain(&mut self) -> io::Result<Option<bool>> {
        let time = ScanTime::now();
        let uncertain = self.files.iter().filter(|(_, seen)| seen.stamp.is_uncertain());
        let listed =
            |(path, seen): (&TreePath, &SeenFile)| ListedFile { path: path.clone(), location: seen.disk_path.clone() };
        let files: Vec<ListedFile> = uncertain.map(listed).collect();
        if !files.par_iter().all(|listed| matches!(path_kind(&listed.location), PathKind::File)) {
            return Ok(None);
        }
        let count = files.len();
        let probes = self.probe_all(files, time)?;
        if probes.len() < count {
            return Ok(None);
        }
        self.has_uncertain_files = false;
        Ok(Some(self.apply(probes)))
    }

    /// Scans one path on disk. Returns whether anything changed; `None` if the whole project has to be scanned.
    pub(super) fn scan_path(
        &mut self,
        root: &Path,
        disk_path: &Path,
        visit: &mut dyn FnMut(&Path),
    ) -> io::Result<Option<bool>> {
        let time = ScanTime::now();
        let kind = path_kind(disk_path);
        if let Some(linked) = &self.linked {
            let (PathKind::File, Some(paths)) = (kind, linked.get(disk_path)) else { return Ok(None) };
            let listed = |path: &TreePath| ListedFile { path: path.clone(), location: disk_path.to_owned() };
            return self.scan_files(&paths.iter().map(listed).collect::<Vec<_>>(), time).map(Some);
        }
        let Some(path) = project_path(root, disk_path) else { return Ok(None) };
        match kind {
            PathKind::File => {
                let listed = ListedFile { path: TreePath::normalized(&path), location: disk_path.to_owned() };
                Ok(Some(self.scan_files(&[listed], time)? | self.remove_under(&path, &HashSet::new())))
            }
            PathKind::Folder => {
                let Listing { files, has_links, .. } = list::folder(root, &path, visit)?;
                if has_links {
                    return Ok(None);
                }
                let probes = self.probe_all(files, time)?;
                let existing: HashSet<TreePath> = probes.iter().map(|probe| probe.listed.path.clone()).collect();
                let removed = self.remove(&TreePath::normalized(&path)) | self.remove_under(&path, &existing);
                Ok(Some(self.apply(probes) || removed))
            }
            PathKind::Nothing => {
                Ok(Some(self.remove(&TreePath::normalized(&path)) | self.remove_under(&path, &HashSet::new())))
            }
            PathKind::Other => Ok(None),
        }
    }

    /// Returns whether a file of the project is at this path on disk, in a project with symbolic links.
    pub(super) fn is_linked(&self, disk_path: &Path) -> bool {
        self.linked.as_ref().is_some_and(|linked| linked.contains_key(disk_path))
    }

    /// Returns whether the project has symbolic links.
    pub(super) fn has_links(&self) -> bool {
        self.linked.is_some()
    }

    /// Reads some files, whatever their stamps are, and removes those that don't exist from the tree. Returns whether
    /// anything changed.
    fn scan_files(&mut self, files: &[ListedFile], time: ScanTime) -> io::Result<bool> {
        let mut probes = Vec::new();
        let mut missing = Vec::new();
        for listed in files {
            match self.probe(listed.clone(), time, true)? {
                Some(probe) => probes.push(probe),
                None => missing.push(&listed.path),
            }
        }
        let removed = missing.into_iter().map(|path| self.remove(path)).fold(false, bool::max);
        Ok(self.apply(probes) || removed)
    }

    /// Checks files in parallel, and reads those whose stamps have changed or are uncertain.
    fn probe_all(&self, files: Vec<ListedFile>, time: ScanTime) -> io::Result<Vec<FileProbe>> {
        let probe = |listed| self.probe(listed, time, false).transpose();
        // All results are collected first, so that of several errors always the same one is returned.
        let probes: Vec<io::Result<FileProbe>> = files.into_par_iter().filter_map(probe).collect();
        probes.into_iter().collect()
    }

    /// Checks a file, and reads it unless its stamp is certain and unchanged or `always_read` is set. `None` if the
    /// file doesn't exist any more.
    fn probe(&self, listed: ListedFile, time: ScanTime, always_read: bool) -> io::Result<Option<FileProbe>> {
        let stamp = match FileStamp::of(&listed.location) {
            Err(error) if is_text(&listed.path) => return Err(error),
            // An asset needs no access rights until it is requested.
            Err(_) => FileStamp::default(),
            Ok(None) => return Ok(None),
            Ok(Some(stamp)) => stamp,
        };
        let seen = self.files.get(&listed.path).filter(|seen| seen.disk_path == listed.location);
        let former = seen.map(|seen| &seen.stamp);
        let observed = ObservedStamp::new(stamp, time, former);
        let is_same = former.is_some_and(|former| former.stamp == stamp);
        let is_certainly_same = is_same && former.is_some_and(|former| !former.is_uncertain());
        if is_certainly_same && !always_read {
            return Ok(Some(FileProbe { listed, stamp: observed, changed: None }));
        }
        let Some(file) = load_file(&listed)? else { return Ok(None) };
        let may_be_same = match &file {
            // The content of an asset isn't compared. An uncertain asset counts as changed once its stamp is certain.
            File::OnDisk(_) => is_certainly_same || (is_same && observed.is_uncertain()),
            File::Bytes(_) => true,
        };
        let changed = Some(file).filter(|file| !(may_be_same && self.tree.get(&listed.path) == Some(file)));
        Ok(Some(FileProbe { listed, stamp: observed, changed }))
    }

    /// Records the results of checks. Returns whether a file changed.
    fn apply(&mut self, probes: Vec<FileProbe>) -> bool {
        let mut any_changed = false;
        for FileProbe { listed, stamp, changed } in probes {
            self.has_uncertain_files |= stamp.is_uncertain();
            if let Some(file) = changed {
                self.tree.insert(listed.path.clone(), file);
                any_changed = true;
            }
            self.files.insert(listed.path, SeenFile { disk_path: listed.location, stamp });
        }
        any_changed
    }

    fn remove(&mut self, path: &TreePath) -> bool {
        self.files.remove(path);
        self.tree.remove(path).is_some()
    }

    /// Removes the files under a folder, except for those that are known to exist.
    fn remove_under(&mut self, folder: &str, existing: &HashSet<TreePath>) -> bool {
        let (start, prefix) = (TreePath::normalized(folder), format!("{folder}/"));
        // `0` is the character after `/`, so all paths under the folder sort before this one.
        let end = TreePath::normalized(&format!("{folder}0"));
        let range = self.files.range((Bound::Excluded(start), Bound::Excluded(end)));
        let under = range.map(|(path, _)| path).filter(|path| path.as_str().starts_with(&prefix));
        let removed: Vec<TreePath> = under.filter(|path| !existing.contains(path)).cloned().collect();
        removed.iter().map(|path| self.remove(path)).fold(false, bool::max)
    }
}

/// The path relative to the project's folder, if it is Unicode and in one of the parts that projects are read from.
fn project_path(root: &Path, disk_path: &Path) -> Option<String> {
    let path = disk_path.strip_prefix(root).ok().filter(|path| list::is_project_path(path))?;
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

fn path_kind(path: &Path) -> PathKind {
    match fs::canonicalize(path) {
        Ok(real_path) if real_path == path => match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => PathKind::Folder,
            Ok(metadata) if metadata.is_file() => PathKind::File,
            Ok(_) => PathKind::Nothing,
            Err(_) => PathKind::Other,
        },
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => PathKind::Nothing,
        _ => PathKind::Other,
    }
}

fn paths_by_disk_path(probes: &[FileProbe]) -> HashMap<PathBuf, Vec<TreePath>> {
    let mut paths: HashMap<PathBuf, Vec<TreePath>> = HashMap::new();
    for FileProbe { listed, .. } in probes {
        paths.entry(listed.location.clone()).or_default().push(listed.path.clone());
    }
    paths
}

/// The identity of a project's folder by its canonical path.
///
/// # Errors
/// If the folder doesn't exist or the path isn't canonical any more.
pub(super) fn folder_identity(root: &Path) -> io::Result<(u64, u64)> {
    let real_path = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
    let stamp = FileStamp::of(root)?.filter(|_| real_path == root);
    let is_link = || {
        read_error(root, &io::Error::other(format!("it's now a link to {}; restart the command", real_path.display())))
    };
    stamp.map(|stamp| stamp.identity).ok_or_else(is_link)
}
