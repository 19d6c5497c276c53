//! Files that are copied as they are: read when they are asked for, by the place that the project's tree holds.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use hyper::body::Bytes;
use tokio::task::spawn_blocking;
use xxhash_rust::xxh3::Xxh3Default;

use super::body::Body;
use super::page::{self, Content};
use crate::tree::TreePath;

/// Files up to this size are sent from memory.
const IN_MEMORY: u64 = 4 << 20;

/// How much of a large file is read at once.
const PIECE: usize = 128 << 10;

/// A file to send.
#[derive(Debug)]
pub(super) enum Asset {
    /// A small one.
    Small(Content),
    /// A large one, with its length, media type and entity tag.
    Large(Arc<File>, u64, String, String),
}

/// Opens a file at its place on disk; `None` when it is gone, or is no longer in the project: a link may have been put in
/// its place since the project was read.
pub(super) fn open(root: &Path, path: &TreePath, place: &Path) -> io::Result<Option<Asset>> {
    let real = match fs::canonicalize(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        real => real?,
    };
    if !real.starts_with(root) || !real.is_file() {
        return Ok(None);
    }
    let mut file = File::open(&real)?;
    let length = file.metadata()?.len();
    if length <= IN_MEMORY {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        return Ok(Some(Asset::Small(Content::of_site(path, bytes.into()))));
    }
    let mut hash = Xxh3Default::new();
    let mut buffer = vec![0; PIECE];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    let (kind, tag) = (page::kind_of(path.name()), page::tag(hash.digest()));
    Ok(Some(Asset::Large(Arc::new(file), length, kind, tag)))
}

/// Sends a part of a large file.
pub(super) fn part(file: Arc<File>, start: u64, length: u64) -> Body {
    Body::pieces((file, start, length), next)
}

async fn next((file, start, left): (Arc<File>, u64, u64)) -> io::Result<Option<(Bytes, (Arc<File>, u64, u64))>> {
    if left == 0 {
        return Ok(None);
    }
    let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
    let read = spawn_blocking(move || {
        let mut bytes = vec![0; wanted];
        let mut at = &*file;
        at.seek(SeekFrom::Start(start))?;
        at.read_exact(&mut bytes)?;
        io::Result::Ok((bytes, file))
    });
    let (bytes, file) = read.await.map_err(io::Error::other)??;
    let read = bytes.len() as u64;
    Ok(Some((bytes.into(), (file, start + read, left - read))))
}
