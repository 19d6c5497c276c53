//! Replacing files of a project with edited content.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::atomic::PendingFile;
use super::error::WriteError;
use super::file_error::{read_error, reading, writing};
use super::list;
use crate::tree::TreePath;

/// The new content of a file of a project.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'a> {
    /// The path in the project.
    pub path: &'a TreePath,
    /// The content from which the new one was made.
    pub old: &'a [u8],
    /// The new content.
    pub new: &'a [u8],
}

/// An error that prevents files of a project from being replaced.
#[derive(Debug)]
pub enum ReplaceError {
    /// A file no longer has the content from which the new one was made.
    Changed {
        /// The path in the project.
        path: TreePath,
    },
    /// A file is now outside the project, or is something else than a file.
    Moved {
        /// The path in the project.
        path: TreePath,
    },
    /// A file that no one may write to.
    ReadOnly {
        /// The file.
        location: PathBuf,
    },
    /// An operation of the operating system failed.
    Io(WriteError),
}

impl fmt::Display for ReplaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { path } => write!(f, "`{path}` was changed in the meantime; run the command again"),
            Self::Moved { path } => {
                write!(
                    f,
                    "`{path}` was replaced by something outside the project in the meantime; check it, and run the command again"
                )
            }
            Self::ReadOnly { location } => {
                write!(
                    f,
                    "couldn't write `{}`: it's read-only; change its permissions so that you can write it",
                    location.display()
                )
            }
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReplaceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => error.source(),
            _ => None,
        }
    }
}

impl<T: Into<WriteError>> From<T> for ReplaceError {
    fn from(error: T) -> Self {
        Self::Io(error.into())
    }
}

/// Replaces files of a project, each atomically, and once the new content of all of them is on disk.
///
/// Files keep their permissions. A symbolic link stays, and the file that it leads to is replaced, if that is inside the
/// project.
///
/// # Errors
/// See [`ReplaceError`]. Unless an operation of the system fails in the middle of renaming, nothing has been replaced then.
pub fn replace(root: &Path, files: &[Replacement<'_>]) -> Result<(), ReplaceError> {
    let root = fs::canonicalize(root).map_err(reading(root))?;
    let mut pending = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let (location, metadata) = location(&root, file.path)?;
        // Several programs may fix files of one folder at once.
        let suffix = format!("{}-{number}", std::process::id());
        let new = PendingFile::new(location.clone(), file.new, suffix)?;
        new.set_owner_and_permissions(&metadata)?;
        pending.push((location, new));
    }
    for (file, (location, _)) in files.iter().zip(&pending) {
        if fs::read(location).map_err(reading(location))? != file.old {
            return Err(ReplaceError::Changed { path: file.path.clone() });
        }
    }
    pending.into_iter().try_for_each(|(_, new)| new.commit())?;
    Ok(())
}

/// The place on disk, inside the project, of a file that can be written.
fn location(root: &Path, path: &TreePath) -> Result<(PathBuf, Metadata), ReplaceError> {
    let place = root.join(path.as_str());
    let location = fs::canonicalize(&place).map_err(writing(&place))?;
    let metadata = fs::metadata(&location).map_err(writing(&location))?;
    if !location.starts_with(root) || !metadata.is_file() {
        return Err(ReplaceError::Moved { path: path.clone() });
    }
    if metadata.permissions().readonly() {
        return Err(ReplaceError::ReadOnly { location });
    }
    Ok((location, metadata))
}

/// The paths of a project by which symbolic links lead to a file that has another path as well: each with that other path,
/// which is the file's own where it's part of the project.
///
/// # Errors
/// As [`super::read`].
pub fn aliases(root: &Path) -> io::Result<BTreeMap<TreePath, TreePath>> {
    let root = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
    let listing = list::project(&root, &mut |_| ())?;
    if !listing.has_links {
        return Ok(BTreeMap::new());
    }
    let mut files = listing.files;
    // A file's own path comes before those of links to it.
    files.sort_by_key(|file| (root.join(file.path.as_str()) != file.location, file.path.clone()));
    let mut first: BTreeMap<PathBuf, TreePath> = BTreeMap::new();
    let mut aliases = BTreeMap::new();
    for file in files {
        match first.get(&file.location) {
            Some(path) => {
                aliases.insert(file.path, path.clone());
            }
            None => {
                first.insert(file.location, file.path);
            }
        }
    }
    Ok(aliases)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> TreePath {
        TreePath::normalized(text)
    }

    /// A project with one page.
    fn project() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("content")).unwrap();
        fs::write(root.path().join("content/a.md"), "old").unwrap();
        root
    }

    fn replace_page(root: &Path, page: &str, old: &[u8]) -> Result<(), ReplaceError> {
        replace(root, &[Replacement { path: &path(page), old, new: b"new" }])
    }

    fn entries(root: &Path) -> usize {
        fs::read_dir(root.join("content")).unwrap().count()
    }

    #[test]
    fn a_file_that_was_changed_in_the_meantime_stays_and_so_do_all_others() {
        let root = project();
        fs::write(root.path().join("content/b.md"), "newer").unwrap();
        let replacement = |page| Replacement { path: page, old: b"old", new: b"new" };
        let (a, b) = (path("content/a.md"), path("content/b.md"));
        let error = replace(root.path(), &[replacement(&a), replacement(&b)]).unwrap_err();
        assert_eq!(error.to_string(), "`content/b.md` was changed in the meantime; run the command again");
        assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "old");
        assert_eq!(entries(root.path()), 2, "no temporary file is left");
        replace_page(root.path(), "content/a.md", b"old").unwrap();
        assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "new");
        assert_eq!(entries(root.path()), 2);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        #[test]
        fn permissions_stay_and_a_read_only_file_is_refused() {
            let root = project();
            let page = root.path().join("content/a.md");
            let mode = || fs::metadata(&page).unwrap().permissions().mode() & 0o777;
            fs::set_permissions(&page, fs::Permissions::from_mode(0o640)).unwrap();
            replace_page(root.path(), "content/a.md", b"old").unwrap();
            assert_eq!(mode(), 0o640);
            fs::set_permissions(&page, fs::Permissions::from_mode(0o444)).unwrap();
            let error = replace_page(root.path(), "content/a.md", b"new").unwrap_err().to_string();
            assert!(error.contains("content/a.md`: it's read-only"), "{error}");
        }

        #[test]
        fn a_link_stays_and_its_target_is_replaced_inside_the_project_only() {
            let (root, outside) = (project(), project());
            symlink("a.md", root.path().join("content/l.md")).unwrap();
            replace_page(root.path(), "content/l.md", b"old").unwrap();
            assert!(fs::symlink_metadata(root.path().join("content/l.md")).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "new");
            symlink(outside.path().join("content/a.md"), root.path().join("content/o.md")).unwrap();
            assert!(matches!(replace_page(root.path(), "content/o.md", b"old"), Err(ReplaceError::Moved { .. })));
            assert_eq!(fs::read_to_string(outside.path().join("content/a.md")).unwrap(), "old");
        }

        #[test]
        fn a_file_with_several_paths_has_one_to_be_edited_by() {
            let root = project();
            fs::create_dir(root.path().join("shared")).unwrap();
            fs::write(root.path().join("shared/s.md"), "s").unwrap();
            assert!(aliases(root.path()).unwrap().is_empty());
            symlink("a.md", root.path().join("content/A-link.md")).unwrap();
            symlink("../shared", root.path().join("content/x")).unwrap();
            symlink("../shared/s.md", root.path().join("content/y.md")).unwrap();
            let expected = [("content/A-link.md", "content/a.md"), ("content/y.md", "content/x/s.md")];
            let expected = expected.map(|(alias, file)| (path(alias), path(file)));
            assert_eq!(aliases(root.path()).unwrap(), expected.into());
        }
    }
}
