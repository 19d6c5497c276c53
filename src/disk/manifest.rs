//! The manifest: a file in the output folder that lists the files written by Stepladder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::atomic::PendingFile;
use super::error::WriteError;
use super::file_error::reading;
use super::open::open_unlinked;
use super::reserved;
use crate::tree::TreePath;

const HEADER: &str = "# Stepladder manifest: what it wrote here, and will remove when a build no longer makes it";

/// The paths of the files in a manifest.
pub(super) type Paths = BTreeSet<TreePath>;

/// Reads the manifest of a folder. Returns `None` if there is none, or if the file of that name isn't a manifest.
pub(super) fn read(folder: &Path) -> Result<Option<Paths>, WriteError> {
    let path = folder.join(reserved::MANIFEST);
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_symlink() => return Err(WriteError::Symlink { path }),
        Ok(_) => {}
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(reading(&path)(error).into()),
    }
    read_file(&path).map_err(|error| reading(&path)(error).into())
}

fn read_file(path: &Path) -> io::Result<Option<Paths>> {
    let mut bytes = Vec::new();
    open_unlinked(path)?.0.read_to_end(&mut bytes)?;
    Ok(parse(&String::from_utf8_lossy(&bytes)))
}

/// Replaces the manifest of a folder and syncs it to disk. New files may be written only afterwards, so that a crash never
/// leaves a file that isn't listed.
pub(super) fn save(folder: &Path, paths: &Paths) -> Result<(), WriteError> {
    PendingFile::new(folder.join(reserved::MANIFEST), text(paths).as_bytes(), 0)?.commit()
}

/// The content of a manifest.
pub(super) fn text(paths: &Paths) -> String {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// Checks that the manifest can store every path of a site and that none is reserved.
pub(super) fn check_names(paths: &Paths) -> Result<(), WriteError> {
    match paths.iter().find(|path| !can_store(path)) {
        Some(path) => Err(WriteError::Name { path: path.to_string() }),
        None => Ok(()),
    }
}

/// Parses a manifest. Ignores lines that Stepladder can't have written, such as a path that leaves the folder.
fn parse(text: &str) -> Option<Paths> {
    let mut lines = text.lines();
    lines.next().filter(|line| line.starts_with("# Stepladder manifest"))?;
    let paths = lines.filter_map(|line| TreePath::new(line).filter(|path| path.as_str() == line && can_store(path)));
    Some(paths.collect())
}

fn can_store(path: &TreePath) -> bool {
    let text = path.as_str();
    !text.is_empty()
        && !text.contains(char::is_control)
        && !text.split('/').any(|name| name.starts_with(reserved::PREFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_manifest_is_sorted_and_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), None);
        let paths: Paths = ["b.html", "a/ö x.html"].map(TreePath::normalized).into();
        save(folder.path(), &paths).unwrap();
        assert_eq!(read(folder.path()).unwrap(), Some(paths));
        let text = fs::read_to_string(folder.path().join(reserved::MANIFEST)).unwrap();
        assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["a/ö x.html", "b.html"]);
    }

    #[test]
    fn a_path_that_leaves_the_folder_is_ignored() {
        let text = format!("{HEADER}\r\n../x\r\n/etc/passwd\n.stepladder-lock\na/../b\n\nfine.html\r\n");
        assert_eq!(parse(&text), Some([TreePath::normalized("fine.html")].into()));
        assert_eq!(parse("something else\nfine.html\n"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_name_that_the_manifest_cannot_store_is_an_error() {
        for name in ["a\nb.html", "x/.stepladder-lock", ".stepladder-manifest"] {
            let refused = check_names(&[TreePath::normalized(name)].into()).unwrap_err();
            assert!(refused.to_string().contains("rename the file"), "{refused}");
        }
    }
}
