//! Atomic replacement of single files.

use std::fmt::Display;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::file_error::{FileError, reading, removing, writing};
use super::reserved::TEMPORARY_PREFIX;

/// A file written under a temporary name beside its target. Dropping it removes the temporary file, unless it was
/// committed.
#[derive(Debug)]
pub(super) struct PendingFile {
    temporary: PathBuf,
    target: PathBuf,
    is_committed: bool,
}

impl PendingFile {
    /// Writes the content of `target` to a temporary file, and to disk. The folder has to exist, and `suffix` has to be
    /// unique among the pending files of a folder.
    pub(super) fn new(target: PathBuf, content: &[u8], suffix: impl Display) -> Result<Self, WriteError> {
        let temporary = target.with_file_name(format!("{TEMPORARY_PREFIX}{suffix}"));
        let pending = Self { temporary, target, is_committed: false };
        let write = |mut file: File| file.write_all(content).and_then(|()| file.sync_all());
        // The error names the target, which the user knows.
        create_new(&pending.temporary).and_then(write).map_err(writing(&pending.target))?;
        Ok(pending)
    }

    /// Sets the permissions of the new file, and its owner where the system allows that, to those of the existing one.
    pub(super) fn set_owner_and_permissions(&self, existing: &Metadata) -> Result<(), FileError> {
        // Only an administrator may give files away. The file of anyone else is their own already, or becomes it.
        #[cfg(unix)]
        let _ = std::os::unix::fs::chown(&self.temporary, Some(existing.uid()), Some(existing.gid()));
        fs::set_permissions(&self.temporary, existing.permissions()).map_err(writing(&self.target))
    }

    /// Renames the temporary file to its target, replacing the existing file.
    pub(super) fn commit(mut self) -> Result<(), WriteError> {
        fs::rename(&self.temporary, &self.target).map_err(writing(&self.target))?;
        self.is_committed = true;
        Ok(())
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        if !self.is_committed {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Removes the temporary files that an interrupted build left in a folder.
pub(super) fn remove_temporary_files(folder: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(reading(folder))?,
    };
    for entry in entries {
        let entry = entry.map_err(reading(folder))?;
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX) {
            fs::remove_file(entry.path()).map_err(removing(&entry.path()))?;
        }
    }
    Ok(())
}

/// Creates a file. An existing one is removed, never opened: it could be a symbolic link to another place.
fn create_new(path: &Path) -> io::Result<File> {
    let create = || OpenOptions::new().write(true).create_new(true).open(path);
    match create() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::remove_file(path).and_then(|()| create()),
        created => created,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_file_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("taken")).unwrap();
        let pending = PendingFile::new(folder.path().join("taken"), b"x", 0).unwrap();
        assert!(pending.commit().is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
