//! Files that are copied as they are: read when they are asked for, by the place that the project's tree holds.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use hyper::body::Bytes;
use tokio::task::spawn_blocking;
use xxhash_rust::xxh3::Xxh3Default;

use super::body::Body;
use super::payload::{self, Content};
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

/// How coarse the times of a file system may be. A file that was written this short ago may be written again without
/// getting another time.
const COARSEST: Duration = Duration::from_secs(2);

/// The entity tags of large files, each for as long as its file stays as it is.
#[derive(Debug, Default)]
pub(super) struct Tags(Mutex<HashMap<PathBuf, (Print, String)>>);

/// What tells that a file is still the same: its length, its times, and which file it is where the system tells.
type Print = (u64, SystemTime, (i64, i64), u64);

impl Tags {
    /// The tag of a file, whose bytes are read only if they may be other ones than those that it was made of.
    fn of(&self, place: &Path, mut file: &File) -> io::Result<String> {
        let found = file.metadata()?;
        let (written, (touched, number)) = (found.modified()?, more(&found));
        let print = (found.len(), written, touched, number);
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, tag)) = known().get(place).filter(|(known, _)| *known == print) {
            return Ok(tag.clone());
        }
        let settled = SystemTime::now().duration_since(written).is_ok_and(|age| age > COARSEST);
        let mut hash = Xxh3Default::new();
        let mut buffer = vec![0; PIECE];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => hash.update(&buffer[..read]),
            }
        }
        let tag = payload::tag(hash.digest());
        if settled {
            known().insert(place.to_owned(), (print, tag.clone()));
        }
        Ok(tag)
    }
}

#[cfg(unix)]
fn more(found: &fs::Metadata) -> ((i64, i64), u64) {
    use std::os::unix::fs::MetadataExt;
    ((found.ctime(), found.ctime_nsec()), found.ino())
}

#[cfg(not(unix))]
fn more(_: &fs::Metadata) -> ((i64, i64), u64) {
    ((0, 0), 0)
}

/// Opens a file at its place on disk; `None` when it is gone, or is no longer in the project: a link may have been put in
/// its place since the project was read.
pub(super) fn open(root: &Path, path: &TreePath, place: &Path, tags: &Tags) -> io::Result<Option<Asset>> {
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
    let (kind, tag) = (payload::kind_of(path.name()), tags.of(&real, &file)?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_stays_as_it_is_is_read_once_for_its_tag() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("film.mp4");
        let tags = Tags::default();
        let tag = |age: u64| {
            let file = File::options().write(true).open(&place).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
            tags.of(&place, &File::open(&place).unwrap()).unwrap()
        };
        fs::write(&place, "one").unwrap();
        let first = tag(1);
        assert!(tags.0.lock().unwrap().is_empty(), "what was just written may be written again");
        assert_eq!(tag(10), first);
        for (_, known) in tags.0.lock().unwrap().values_mut() {
            "known".clone_into(known);
        }
        assert_eq!(tags.of(&place, &File::open(&place).unwrap()).unwrap(), "known");
        fs::write(&place, "two").unwrap();
        assert!(![first, "known".to_owned()].contains(&tag(10)));
    }
}
