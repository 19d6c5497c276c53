//! Files in memory: [`Tree`] maps a relative path to content. A project, a theme and a finished site are all trees.

mod active;
mod exclusion;
mod file_content;
mod symlink;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use active::ActiveFormat;
pub use exclusion::{Exclusion, SECTION_PAGE};
pub use file_content::FileContent;
pub use symlink::{SymlinkProblem, UnresolvedSymlink};

/// The path of a file in a tree: relative, with `/` as separator, without empty, `.` and `..` segments.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreePath(Arc<str>);

impl TreePath {
    /// Normalizes a path, resolving `.` and `..`. Returns `None` for a path that leaves the tree.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let mut segments: Vec<&str> = Vec::new();
        for segment in path.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                _ => segments.push(segment),
            }
        }
        Some(Self(segments.join("/").into()))
    }

    /// Normalizes a path that the program itself composed. A `..` that would leave the tree is dropped.
    #[must_use]
    pub fn normalized(path: &str) -> Self {
        let mut segments: Vec<&str> = Vec::new();
        for segment in path.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
            if segment == ".." {
                segments.pop();
            } else {
                segments.push(segment);
            }
        }
        Self(segments.join("/").into())
    }

    /// Equality that is O(1) for clones of one path.
    pub(crate) fn is(&self, other: &Self) -> bool {
        is_same(&self.0, &other.0)
    }

    /// The path as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parent folder; empty at the root.
    #[must_use]
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The last segment.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Resolves `relative` against the file's folder. Returns `None` for a path that leaves the tree.
    #[must_use]
    pub fn join(&self, relative: &str) -> Option<Self> {
        Self::new(&format!("{}/{relative}", self.parent()))
    }
}

/// Equality that is O(1) for two references to one allocation.
pub(crate) fn is_same<T: PartialEq + ?Sized>(left: &Arc<T>, right: &Arc<T>) -> bool {
    Arc::ptr_eq(left, right) || left == right
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// Content in memory.
    Bytes(FileContent),
    /// An asset that is copied unchanged and never read into memory: its path on disk.
    OnDisk(PathBuf),
}

impl<C: Into<FileContent>> From<C> for File {
    fn from(content: C) -> Self {
        Self::Bytes(content.into())
    }
}

/// Files, sorted by path. The tree of a project also has its symbolic links that can't be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<TreePath, File>,
    symlinks: BTreeMap<TreePath, UnresolvedSymlink>,
}

impl Tree {
    /// Inserts a file, replacing an existing one.
    pub fn insert(&mut self, path: TreePath, file: impl Into<File>) {
        self.files.insert(path, file.into());
    }

    /// Removes a file and returns it.
    pub fn remove(&mut self, path: &TreePath) -> Option<File> {
        self.files.remove(path)
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &TreePath) -> Option<&File> {
        self.files.get(path)
    }

    /// The content of the file at a path, if it is in memory.
    #[must_use]
    pub fn bytes(&self, path: &TreePath) -> Option<&FileContent> {
        match self.get(path) {
            Some(File::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&TreePath, &File)> {
        self.files.iter()
    }

    /// The symbolic links that can't be followed, sorted by path. Parts and overlays of the tree don't have them.
    #[must_use]
    pub fn symlinks(&self) -> &BTreeMap<TreePath, UnresolvedSymlink> {
        &self.symlinks
    }

    /// Replaces the symbolic links that can't be followed; returns the former ones.
    pub fn replace_symlinks(
        &mut self,
        symlinks: BTreeMap<TreePath, UnresolvedSymlink>,
    ) -> BTreeMap<TreePath, UnresolvedSymlink> {
        std::mem::replace(&mut self.symlinks, symlinks)
    }

    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files of a folder, with paths relative to it.
    #[must_use]
    pub fn under(&self, dir: &str) -> Tree {
        let start = dir.trim_end_matches('/').len() + 1;
        self.inside(dir).map(|(path, file)| (TreePath(path.0[start..].into()), file.clone())).collect()
    }

    /// The files of a folder, with paths relative to the tree.
    pub fn inside(&self, dir: &str) -> impl Iterator<Item = (&TreePath, &File)> {
        let prefix = format!("{}/", dir.trim_end_matches('/'));
        let from = TreePath(prefix.as_str().into());
        self.files.range(from..).take_while(move |(path, _)| path.as_str().starts_with(&prefix))
    }

    /// Overlays `base` with this tree, file by file.
    #[must_use]
    pub fn over(self, base: &Tree) -> Tree {
        let mut all = base.clone();
        all.files.extend(self.files);
        all
    }
}

impl FromIterator<(TreePath, File)> for Tree {
    fn from_iter<I: IntoIterator<Item = (TreePath, File)>>(files: I) -> Self {
        Self { files: files.into_iter().collect(), symlinks: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised_and_cannot_leave_the_tree() {
        assert_eq!(TreePath::new("a/./b//../c.md").unwrap().as_str(), "a/c.md");
        assert_eq!(TreePath::new("a/../../c.md"), None);
        assert_eq!(TreePath::normalized("ic/senior.md").join("../moves/x.md").unwrap().as_str(), "moves/x.md");
        assert_eq!(TreePath::normalized("index.md").join("../x.md"), None);
        assert_eq!(TreePath::normalized("../../x").as_str(), "x");
    }

    #[test]
    fn a_tree_overlays_another_file_by_file() {
        let tree = |files: &[(&str, &str)]| -> Tree {
            files.iter().map(|(path, text)| (TreePath::normalized(path), File::from(*text))).collect()
        };
        let theme = tree(&[("templates/a.html", "theirs"), ("templates/b.html", "theirs")]);
        let own = tree(&[("themes/x/templates/b.html", "ours")]);
        assert_eq!(
            own.under("themes/x").over(&theme),
            tree(&[("templates/a.html", "theirs"), ("templates/b.html", "ours")])
        );
    }
}
