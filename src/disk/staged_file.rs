//! Writing one file of a site to the staging folder, and the comparison that avoids it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::error::WriteError;
use super::file_error::{comparing, copying, creating_folder, reading, writing};
use super::open::{open_canonical, open_unlinked};
use super::recorded_file::ContentHash;
use crate::tree;

/// The bytes of a file that are in memory while it's copied or compared.
const CHUNK_BYTES: u64 = 64 << 10;

/// Writes the new content of `target` to the file `staged` and returns its hash. Errors name the
/// target, which the user knows.
pub(super) fn write(staged: &Path, target: &Path, content: &tree::File) -> Result<ContentHash, WriteError> {
    match content {
        tree::File::Bytes(bytes) => {
            create(staged, target)?.write_all(bytes).map_err(writing(target))?;
            Ok(xxh3_128(bytes))
        }
        tree::File::OnDisk(source) => {
            let mut source_file = open_source(source)?;
            let mut file = create(staged, target)?;
            let mut hash = Xxh3Default::new();
            let mut chunk = Vec::new();
            loop {
                read_chunk(&mut source_file, &mut chunk).map_err(reading(source))?;
                if chunk.is_empty() {
                    return Ok(hash.digest128());
                }
                hash.update(&chunk);
                file.write_all(&chunk).map_err(copying(source, target))?;
            }
        }
    }
}

/// Creates a file, and its folder if that doesn't exist. An existing file is replaced: on a case-insensitive file system,
/// another file of the site may have its name.
fn create(staged: &Path, target: &Path) -> Result<File, WriteError> {
    let create = || File::create(staged);
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

/// The hash of the content of a regular file of the given length, if it's the expected content. Lengths are compared before
/// bytes.
pub(super) fn expected_content(
    existing: &Path,
    length: u64,
    expected: &tree::File,
) -> Result<Option<ContentHash>, WriteError> {
    match expected {
        tree::File::Bytes(bytes) => {
            if length != bytes.len() as u64 {
                return Ok(None);
            }
            let (mut file, _) = open_unlinked(existing).map_err(reading(existing))?;
            Ok(same_bytes(&mut &**bytes, &mut file).map_err(reading(existing))?)
        }
        tree::File::OnDisk(source) => {
            let mut source_file = open_source(source)?;
            if source_file.metadata().map_err(reading(source))?.len() != length {
                return Ok(None);
            }
            let (mut file, _) = open_unlinked(existing).map_err(reading(existing))?;
            Ok(same_bytes(&mut source_file, &mut file).map_err(comparing(source, existing))?)
        }
    }
}

/// The hash of two contents, if they're the same.
fn same_bytes(left: &mut impl Read, right: &mut impl Read) -> io::Result<Option<ContentHash>> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    let mut hash = Xxh3Default::new();
    loop {
        read_chunk(left, &mut a)?;
        read_chunk(right, &mut b)?;
        if a != b {
            return Ok(None);
        }
        if a.is_empty() {
            return Ok(Some(hash.digest128()));
        }
        hash.update(&a);
    }
}

/// Replaces a chunk by the next one; it's empty at the end.
fn read_chunk(file: &mut impl Read, chunk: &mut Vec<u8>) -> io::Result<()> {
    chunk.clear();
    file.by_ref().take(CHUNK_BYTES).read_to_end(chunk).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_compared_to_their_ends() {
        let long = vec![7; usize::try_from(CHUNK_BYTES).unwrap() * 2 + 5];
        let mut other = long.clone();
        assert_eq!(same_bytes(&mut &*long, &mut &*other).unwrap(), Some(xxh3_128(&long)));
        *other.last_mut().unwrap() = 8;
        assert_eq!(same_bytes(&mut &*long, &mut &*other).unwrap(), None);
        assert_eq!(same_bytes(&mut &*long, &mut &long[..long.len() - 1]).unwrap(), None);
        assert_eq!(same_bytes(&mut &b""[..], &mut &b""[..]).unwrap(), Some(xxh3_128(b"")));
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
