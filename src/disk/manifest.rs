//! What Stepladder has written to a folder: a list of paths in the folder itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::atomic::{FileContent, PendingFile};
use super::error::{WriteError, at};
use crate::tree::{Tree, TreePath};

/// What the names of Stepladder's own files in an output start with: the manifest, the lock, temporary files.
pub(super) const RESERVED: &str = ".stepladder-";

/// The manifest's name.
pub(super) const NAME: &str = ".stepladder-manifest";

const HEADER: &str = "# Stepladder manifest: what it wrote here, and will remove when a build no longer makes it";

/// Paths of a folder's files.
pub(super) type Paths = BTreeSet<TreePath>;

/// Reads a folder's manifest; `None` when there is none, or something else by that name.
pub(super) fn read(folder: &Path) -> Result<Option<Paths>, WriteError> {
    let path = folder.join(NAME);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_symlink() => return Err(WriteError::Symlink { path }),
        Ok(_) => {}
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(at(&path)(error)),
    }
    let bytes = fs::read(&path).map_err(at(&path))?;
    Ok(parse(&String::from_utf8_lossy(&bytes)))
}

/// Replaces a folder's manifest, and waits until it is on the disk: what it names may be written only after that.
pub(super) fn save(folder: &Path, paths: &Paths) -> Result<(), WriteError> {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    PendingFile::new(folder.join(NAME), FileContent::Durable(text.as_bytes()), 0)?.put()
}

/// Refuses a site with a path that the manifest could not hold or that is Stepladder's own.
pub(super) fn check_names(site: &Tree) -> Result<(), WriteError> {
    match site.iter().find(|(path, _)| !can_hold(path)) {
        Some((path, _)) => Err(WriteError::Name { path: path.to_string() }),
        None => Ok(()),
    }
}

/// The paths in a manifest. Lines that can't be Stepladder's, such as one that leaves the folder, are passed over.
fn parse(text: &str) -> Option<Paths> {
    let mut lines = text.lines();
    lines.next().filter(|line| line.starts_with("# Stepladder manifest"))?;
    let paths = lines.filter_map(|line| TreePath::new(line).filter(|path| path.as_str() == line && can_hold(path)));
    Some(paths.collect())
}

fn can_hold(path: &TreePath) -> bool {
    let text = path.as_str();
    !text.is_empty() && !text.contains(char::is_control) && !text.split('/').any(|name| name.starts_with(RESERVED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again_in_order() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
        let paths: Paths = ["b.html", "a/ö x.html"].map(TreePath::normalized).into();
        save(folder.path(), &paths).unwrap();
        assert_eq!(read(folder.path()).unwrap(), Some(paths));
        let text = fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["a/ö x.html", "b.html"]);
    }

    #[test]
    fn a_line_that_leaves_the_folder_is_passed_over() {
        let text = format!("{HEADER}\r\n../x\r\n/etc/passwd\n.stepladder-lock\na/../b\n\nfine.html\r\n");
        assert_eq!(parse(&text), Some([TreePath::normalized("fine.html")].into()));
        assert_eq!(parse("something else\nfine.html\n"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_name_that_the_manifest_cannot_hold_is_refused() {
        for name in ["a\nb.html", "x/.stepladder-lock", ".stepladder-manifest"] {
            let site: Tree = [(TreePath::normalized(name), "x".into())].into_iter().collect();
            let refused = check_names(&site).unwrap_err();
            assert!(refused.to_string().contains("rename the file"), "{refused}");
        }
    }
}
