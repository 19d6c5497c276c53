//! File stamps: metadata by which a file counts as unchanged without being read.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::file_error::read_error;

/// The coarsest resolution of the timestamps of a file system; FAT counts in steps of two seconds. Two writes within
/// one step can leave the same stamp.
pub(crate) const TIMESTAMP_GRANULARITY: Duration = Duration::from_secs(2);

/// The metadata of a file or folder that changes when it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FileStamp {
    pub(crate) length: u64,
    pub(crate) modified: Option<SystemTime>,
    /// The time of the last change of the content or the metadata; `None` on systems without it.
    pub(crate) changed: Option<SystemTime>,
    /// The device and the number of the inode, which renaming doesn't change; zeros on systems without inodes.
    pub(crate) identity: (u64, u64),
}

impl FileStamp {
    /// The stamp of a file or folder; `None` if nothing is at the path.
    pub(crate) fn of(path: &Path) -> io::Result<Option<Self>> {
        match fs::metadata(path) {
            Ok(metadata) => Ok(Some(Self::from(&metadata))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(read_error(path, &error)),
        }
    }

    /// A hash of the stamp.
    pub(super) fn digest(&self) -> u64 {
        let time = |time: Option<SystemTime>| match time.map(|time| time.duration_since(SystemTime::UNIX_EPOCH)) {
            Some(Ok(since)) => [1, since.as_secs(), since.subsec_nanos().into()],
            Some(Err(before)) => [2, before.duration().as_secs(), before.duration().subsec_nanos().into()],
            None => [0; 3],
        };
        let ([m1, m2, m3], [c1, c2, c3]) = (time(self.modified), time(self.changed));
        let fields = [self.length, m1, m2, m3, c1, c2, c3, self.identity.0, self.identity.1];
        xxh3_64(&fields.map(u64::to_le_bytes).concat())
    }

    /// Returns whether every later write is certain to give another stamp.
    pub(crate) fn is_certain(&self, now: SystemTime) -> bool {
        let last = self.modified.max(self.changed);
        last.and_then(|last| now.duration_since(last).ok()).is_some_and(|age| age > TIMESTAMP_GRANULARITY)
    }
}

impl From<&fs::Metadata> for FileStamp {
    fn from(metadata: &fs::Metadata) -> Self {
        let (changed, identity) = unix_metadata(metadata);
        Self { length: metadata.len(), modified: metadata.modified().ok(), changed, identity }
    }
}

#[cfg(unix)]
fn unix_metadata(metadata: &fs::Metadata) -> (Option<SystemTime>, (u64, u64)) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).ok();
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).ok();
    let since_epoch = seconds.zip(nanoseconds).map(|(seconds, nanoseconds)| Duration::new(seconds, nanoseconds));
    let changed = since_epoch.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    (changed, (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn unix_metadata(_: &fs::Metadata) -> (Option<SystemTime>, (u64, u64)) {
    (None, (0, 0))
}

/// A hash of the metadata of a file that changes whenever the file is written; `None` if it may not, because the file was
/// written a moment ago.
#[must_use]
pub fn certain_stamp(path: &Path) -> Option<u64> {
    let stamp = FileStamp::of(path).ok()??;
    stamp.is_certain(SystemTime::now()).then(|| stamp.digest())
}
