//! Files that the site copies unchanged, read from disk when a client requests them.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::task::spawn_blocking;
use xxhash_rust::xxh3::Xxh3Default;

use super::payload::{self, Payload};
use crate::disk::{self, TIMESTAMP_GRANULARITY};
use crate::tree::TreePath;

/// The size up to which a file is read into memory as a whole.
const MAX_IN_MEMORY_BYTES: u64 = 4 << 20;

/// The size of the chunks that a larger file is read in.
const CHUNK_BYTES: usize = 128 << 10;

/// A file to send.
#[derive(Debug)]
pub(super) enum Asset {
    InMemory(Payload),
    /// A file that is sent in chunks.
    Streamed {
        file: Arc<File>,
        length: u64,
        media_type: String,
        etag: String,
    },
}

/// A cache of the entity tags of large files, which are hashes of their content.
#[derive(Debug, Default)]
pub(super) struct EtagCache(Mutex<HashMap<PathBuf, CachedEtag>>);

#[derive(Debug)]
struct CachedEtag {
    /// The tag is valid while the file has this identity.
    identity: FileIdentity,
    etag: String,
}

/// The metadata by which a file counts as unchanged.
#[derive(Debug, PartialEq, Eq)]
struct FileIdentity {
    length: u64,
    modified: SystemTime,
    unix: UnixIdentity,
}

/// The time of the last change of the inode, in seconds and nanoseconds, and its number; zeros on other systems.
#[derive(Debug, Default, PartialEq, Eq)]
struct UnixIdentity {
    changed: (i64, i64),
    inode: u64,
}

impl EtagCache {
    /// The entity tag of a file, which is read only if its identity has changed since it was cached.
    fn etag(&self, path: &Path, mut file: &File) -> io::Result<String> {
        let identity = FileIdentity::of(&file.metadata()?)?;
        let cache = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = cache().get(path).filter(|cached| cached.identity == identity) {
            return Ok(cached.etag.clone());
        }
        let age = SystemTime::now().duration_since(identity.modified);
        let mut hash = Xxh3Default::new();
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => hash.update(&buffer[..read]),
            }
        }
        let etag = payload::etag(hash.digest());
        // A file that was modified more recently can change again without a new modification time.
        if age.is_ok_and(|age| age > TIMESTAMP_GRANULARITY) {
            cache().insert(path.to_owned(), CachedEtag { identity, etag: etag.clone() });
        }
        Ok(etag)
    }
}

impl FileIdentity {
    fn of(metadata: &fs::Metadata) -> io::Result<Self> {
        Ok(Self { length: metadata.len(), modified: metadata.modified()?, unix: UnixIdentity::of(metadata) })
    }
}

impl UnixIdentity {
    #[cfg(unix)]
    fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { changed: (metadata.ctime(), metadata.ctime_nsec()), inode: metadata.ino() }
    }

    #[cfg(not(unix))]
    fn of(_: &fs::Metadata) -> Self {
        Self::default()
    }
}

/// Opens the file at `disk_path`, which the site has at `path`. Returns `None` if the file no longer exists or no
/// longer resolves to a place inside `root`: a symbolic link may have replaced it since the project was read.
pub(super) fn open(root: &Path, path: &TreePath, disk_path: &Path, etags: &EtagCache) -> io::Result<Option<Asset>> {
    let real_path = match fs::canonicalize(disk_path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        real_path => real_path?,
    };
    if !real_path.starts_with(root) || !real_path.is_file() {
        return Ok(None);
    }
    let (mut file, metadata) = disk::open_canonical(&real_path)?;
    let length = metadata.len();
    if length <= MAX_IN_MEMORY_BYTES {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        return Ok(Some(Asset::InMemory(Payload::site_file(path, bytes.into()))));
    }
    let (media_type, etag) = (payload::media_type(path.name()), etags.etag(&real_path, &file)?);
    Ok(Some(Asset::Streamed { file: Arc::new(file), length, media_type, etag }))
}

/// A body that reads a range of a file chunk by chunk.
pub(super) fn stream_range(file: Arc<File>, range: Range<u64>) -> Body {
    Body::from_stream(stream::try_unfold((file, range), next_chunk))
}

/// The next chunk, and the range after it.
async fn next_chunk((file, range): (Arc<File>, Range<u64>)) -> io::Result<Option<(Bytes, (Arc<File>, Range<u64>))>> {
    if range.is_empty() {
        return Ok(None);
    }
    let length = usize::try_from(range.end - range.start).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
    let chunk = spawn_blocking(move || {
        let mut bytes = vec![0; length];
        let mut reader = &*file;
        reader.seek(SeekFrom::Start(range.start))?;
        reader.read_exact(&mut bytes)?;
        io::Result::Ok((bytes, (file, range.start + length as u64..range.end)))
    });
    let (bytes, rest) = chunk.await.map_err(io::Error::other)??;
    Ok(Some((bytes.into(), rest)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_unchanged_file_is_hashed_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let cache = EtagCache::default();
        let etag = |age: u64| {
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
            cache.etag(&path, &File::open(&path).unwrap()).unwrap()
        };
        fs::write(&path, "one").unwrap();
        let first = etag(1);
        assert!(cache.0.lock().unwrap().is_empty(), "a file that was just written may be written again");
        assert_eq!(etag(10), first);
        for cached in cache.0.lock().unwrap().values_mut() {
            "cached".clone_into(&mut cached.etag);
        }
        assert_eq!(cache.etag(&path, &File::open(&path).unwrap()).unwrap(), "cached");
        fs::write(&path, "two").unwrap();
        assert!(![first, "cached".to_owned()].contains(&etag(10)));
    }
}
