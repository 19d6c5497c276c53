//! Atomic replacement of files, and the comparison that avoids needless replacement.
//!
//! New content is written under a temporary name in the file's own folder. The writer renames files only when the content
//! of all of them has been written: readers see the old file or the new one, a build that fails while writing changes
//! nothing, and the site switches from old to new within a moment.
//!
//! Measured on ext4 with 10,000 files of 6 kB: exchanging names (`RENAME_EXCHANGE`), allocating ahead and unlinking
//! first take as long as plain renaming; temporary files in one common folder take twice as long. The expensive part isn't
//! renaming but creating files soon after many others were freed, because ext4 doesn't reuse freed inodes for some
//! minutes. Only writing in place avoids that cost, and it exposes partially written files.

use std::fmt::Display;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::file_error::{FileError, comparing, copying, reading, removing, writing};
use super::reserved::TEMPORARY_PREFIX;
use crate::tree;

/// The bytes of each file that are in memory while two files are compared.
const COMPARE_CHUNK_BYTES: u64 = 128 * 1024;

/// The content of a file to be written.
#[derive(Debug, Clone, Copy)]
pub(super) enum NewContent<'a> {
    /// A file of a tree.
    File(&'a tree::File),
    /// Bytes that are synced to disk before the file is renamed.
    Synced(&'a [u8]),
}

/// A file written under a temporary name beside its target. Dropping it removes the temporary file, unless it was
/// committed.
#[derive(Debug)]
pub(super) struct PendingFile {
    temporary: PathBuf,
    target: PathBuf,
    is_committed: bool,
}

impl PendingFile {
    /// Writes the content of `target` to a temporary file. The folder has to exist, and `suffix` has to be unique among
    /// the pending files of a folder.
    pub(super) fn new(target: PathBuf, content: NewContent<'_>, suffix: impl Display) -> Result<Self, WriteError> {
        let temporary = target.with_file_name(format!("{TEMPORARY_PREFIX}{suffix}"));
        let pending = Self { temporary, target, is_committed: false };
        write_content(&pending, content)?;
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

/// Returns whether a regular file of the given length has the content of a tree's file. Lengths are compared before
/// bytes.
pub(super) fn has_content(existing: &Path, length: u64, expected: &tree::File) -> Result<bool, WriteError> {
    match expected {
        tree::File::Bytes(bytes) => {
            Ok(length == bytes.len() as u64 && fs::read(existing).map_err(reading(existing))? == **bytes)
        }
        tree::File::OnDisk(source) => {
            let mut source_file = File::open(source).map_err(reading(source))?;
            if source_file.metadata().map_err(reading(source))?.len() != length {
                return Ok(false);
            }
            let mut existing_file = File::open(existing).map_err(reading(existing))?;
            Ok(same_bytes(&mut source_file, &mut existing_file).map_err(comparing(source, existing))?)
        }
    }
}

/// Writes the temporary file. Errors name the target, which the user knows.
fn write_content(
    PendingFile { temporary, target, .. }: &PendingFile,
    content: NewContent<'_>,
) -> Result<(), FileError> {
    let mut file = create_new(temporary).map_err(writing(target))?;
    match content {
        NewContent::File(tree::File::Bytes(bytes)) => file.write_all(bytes).map_err(writing(target)),
        NewContent::File(tree::File::OnDisk(source)) => {
            let mut source_file = File::open(source).map_err(reading(source))?;
            io::copy(&mut source_file, &mut file).map_err(copying(source, target)).map(|_| ())
        }
        NewContent::Synced(bytes) => file.write_all(bytes).and_then(|()| file.sync_all()).map_err(writing(target)),
    }
}

/// Creates a file. An existing one is removed, never opened: it could be a symbolic link to another place.
fn create_new(path: &Path) -> io::Result<File> {
    let create = || OpenOptions::new().write(true).create_new(true).open(path);
    match create() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => fs::remove_file(path).and_then(|()| create()),
        created => created,
    }
}

fn same_bytes(left: &mut impl Read, right: &mut impl Read) -> io::Result<bool> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    loop {
        a.clear();
        b.clear();
        left.by_ref().take(COMPARE_CHUNK_BYTES).read_to_end(&mut a)?;
        right.by_ref().take(COMPARE_CHUNK_BYTES).read_to_end(&mut b)?;
        if a != b || a.is_empty() {
            return Ok(a == b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_compared_to_their_ends() {
        let long = vec![7; usize::try_from(COMPARE_CHUNK_BYTES).unwrap() * 2 + 5];
        let mut other = long.clone();
        assert!(same_bytes(&mut &*long, &mut &*other).unwrap());
        *other.last_mut().unwrap() = 8;
        assert!(!same_bytes(&mut &*long, &mut &*other).unwrap());
        assert!(!same_bytes(&mut &*long, &mut &long[..long.len() - 1]).unwrap());
        assert!(same_bytes(&mut &b""[..], &mut &b""[..]).unwrap());
    }

    #[test]
    fn a_failed_file_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let missing = tree::File::OnDisk(folder.path().join("missing.png"));
        assert!(PendingFile::new(folder.path().join("x.png"), NewContent::File(&missing), 0).is_err());
        fs::create_dir(folder.path().join("taken")).unwrap();
        let pending = PendingFile::new(folder.path().join("taken"), NewContent::File(&"x".into()), 0).unwrap();
        assert!(pending.commit().is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
