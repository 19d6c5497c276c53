//! Writing one file of a site to the staging folder, and the comparison that avoids it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::error::WriteError;
use super::file_error::{comparing, copying, creating_folder, reading, writing};
use super::open::{open_canonical, open_unlinked};
use crate::tree;

/// The bytes of a file that are in memory while it is compared.
const COMPARE_CHUNK_BYTES: usize = 64 << 10;

/// Writes the new content of `target` to the file `staged`, which doesn't exist. Errors name the target, which the user
/// knows.
pub(super) fn write(staged: &Path, target: &Path, content: &tree::File) -> Result<(), WriteError> {
    match content {
        tree::File::Bytes(bytes) => {
            let mut file = create(staged, target)?;
            file.write_all(bytes).map_err(writing(target))?;
        }
        tree::File::OnDisk(source) => {
            let mut source_file = open_source(source)?;
            let mut file = create(staged, target)?;
            io::copy(&mut source_file, &mut file).map_err(copying(source, target))?;
        }
    }
    Ok(())
}

/// Creates a file, and its folder if that doesn't exist.
fn create(staged: &Path, target: &Path) -> Result<File, WriteError> {
    let create = || OpenOptions::new().write(true).create_new(true).open(staged);
    match create() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = staged.parent() {
                fs::create_dir_all(folder).map_err(creating_folder(folder))?;
            }
            Ok(create().map_err(writing(target))?)
        }
        created => Ok(created.map_err(writing(target))?),
    }
}

/// Opens an asset of the project.
fn open_source(source: &Path) -> Result<File, WriteError> {
    match open_canonical(source) {
        Ok((file, _)) => Ok(file),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let removed = io::Error::other("it was removed during the build; run the command again");
            Err(reading(source)(removed).into())
        }
        Err(error) => Err(reading(source)(error).into()),
    }
}

/// Returns whether a regular file of the given length has some content. Lengths are compared before bytes.
pub(super) fn has_content(existing: &Path, length: u64, expected: &tree::File) -> Result<bool, WriteError> {
    match expected {
        tree::File::Bytes(bytes) => {
            if length != bytes.len() as u64 {
                return Ok(false);
            }
            let (mut file, _) = open_unlinked(existing).map_err(reading(existing))?;
            Ok(same_bytes(&mut file, &mut &**bytes).map_err(reading(existing))?)
        }
        tree::File::OnDisk(source) => {
            let mut source_file = open_source(source)?;
            if source_file.metadata().map_err(reading(source))?.len() != length {
                return Ok(false);
            }
            let (mut file, _) = open_unlinked(existing).map_err(reading(existing))?;
            Ok(same_bytes(&mut source_file, &mut file).map_err(comparing(source, existing))?)
        }
    }
}

fn same_bytes(left: &mut impl Read, right: &mut impl Read) -> io::Result<bool> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    loop {
        a.clear();
        b.clear();
        left.by_ref().take(COMPARE_CHUNK_BYTES as u64).read_to_end(&mut a)?;
        right.by_ref().take(COMPARE_CHUNK_BYTES as u64).read_to_end(&mut b)?;
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
        let long = vec![7; COMPARE_CHUNK_BYTES * 2 + 5];
        let mut other = long.clone();
        assert!(same_bytes(&mut &*long, &mut &*other).unwrap());
        *other.last_mut().unwrap() = 8;
        assert!(!same_bytes(&mut &*long, &mut &*other).unwrap());
        assert!(!same_bytes(&mut &*long, &mut &long[..long.len() - 1]).unwrap());
        assert!(same_bytes(&mut &b""[..], &mut &b""[..]).unwrap());
    }

    #[test]
    fn a_source_that_vanished_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (staged, target) = (folder.path().join("staged/x.png"), folder.path().join("x.png"));
        let missing = tree::File::OnDisk(folder.path().join("missing.png"));
        let error = write(&staged, &target, &missing).unwrap_err().to_string();
        assert!(error.contains("missing.png`: it was removed during the build"), "{error}");
        write(&staged, &target, &"text".into()).unwrap();
        assert_eq!(fs::read_to_string(&staged).unwrap(), "text");
    }
}
