//! A file's fingerprint: whether its bytes may have changed is told without reading them.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::disk::read_error;

/// How coarse the times of a file system may be; FAT counts in steps of two seconds. Two writes within one step may
/// leave the same fingerprint.
pub(crate) const TIMESTAMP_GRANULARITY: Duration = Duration::from_secs(2);

/// What the file system says about a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FileStamp {
    length: u64,
    written: Option<SystemTime>,
    /// When anything of the file was changed, its rights or name included; where the system tells.
    touched: Option<SystemTime>,
    /// Which file it is; 0 where the system doesn't tell.
    identity: (u64, u64),
}

impl FileStamp {
    /// The fingerprint of a file, or of a folder; `None` when nothing is there.
    pub(super) fn of(place: &Path) -> io::Result<Option<Self>> {
        match fs::metadata(place) {
            Ok(found) => Ok(Some(Self::from(&found))),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(read_error(place, &error)),
        }
    }

    /// Which file or folder it is.
    pub(super) fn identity(&self) -> (u64, u64) {
        self.identity
    }

    /// Whether any later write gives another fingerprint.
    fn is_settled(&self, now: SystemTime) -> bool {
        let last = self.written.max(self.touched);
        last.and_then(|last| now.duration_since(last).ok()).is_some_and(|age| age > TIMESTAMP_GRANULARITY)
    }
}

impl From<&fs::Metadata> for FileStamp {
    fn from(found: &fs::Metadata) -> Self {
        let (touched, identity) = more(found);
        Self { length: found.len(), written: found.modified().ok(), touched, identity }
    }
}

#[cfg(unix)]
fn more(found: &fs::Metadata) -> (Option<SystemTime>, (u64, u64)) {
    use std::os::unix::fs::MetadataExt;
    let whole = u64::try_from(found.ctime()).ok();
    let part = u32::try_from(found.ctime_nsec()).ok();
    let since = whole.zip(part).map(|(whole, part)| Duration::new(whole, part));
    (since.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since)), (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn more(_: &fs::Metadata) -> (Option<SystemTime>, (u64, u64)) {
    (None, (0, 0))
}

/// A moment by both clocks: the one that files are dated by, and the one that never goes back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) instant: Instant,
    date: SystemTime,
}

impl Moment {
    pub(super) fn now() -> Self {
        Self { instant: Instant::now(), date: SystemTime::now() }
    }
}

/// A fingerprint that was taken before its file was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimedStamp {
    pub(super) print: FileStamp,
    /// Since when the file has been seen with this fingerprint, as long as a later write could still leave the same one.
    doubt: Option<Instant>,
}

impl TimedStamp {
    /// `moment` is before the fingerprint was taken; `former` is what was known of the file.
    pub(super) fn new(print: FileStamp, moment: Moment, former: Option<&Self>) -> Self {
        if print.is_settled(moment.date) {
            return Self { print, doubt: None };
        }
        // A date in the future never settles; that the fingerprint has stood for long enough does as well.
        let Some(former) = former.filter(|former| former.print == print) else {
            return Self { print, doubt: Some(moment.instant) };
        };
        Self {
            print,
            doubt: former.doubt.filter(|since| moment.instant.duration_since(*since) <= TIMESTAMP_GRANULARITY),
        }
    }

    /// Whether the same fingerprint could stand for other bytes.
    pub(super) fn is_doubted(&self) -> bool {
        self.doubt.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(age: Duration, moment: Moment) -> FileStamp {
        FileStamp { length: 1, written: Some(moment.date - age), touched: None, identity: (1, 1) }
    }

    #[test]
    fn an_old_file_is_trusted_and_a_new_one_is_not() {
        let moment = Moment::now();
        assert!(!TimedStamp::new(print(Duration::from_secs(3), moment), moment, None).is_doubted());
        assert!(TimedStamp::new(print(Duration::from_secs(1), moment), moment, None).is_doubted());
        assert!(
            TimedStamp::new(FileStamp { written: None, ..print(TIMESTAMP_GRANULARITY, moment) }, moment, None)
                .is_doubted()
        );
    }

    #[test]
    fn a_date_in_the_future_is_trusted_once_it_has_stood_for_a_while() {
        let moment = Moment::now();
        let future =
            FileStamp { written: Some(moment.date + Duration::from_hours(1)), ..print(TIMESTAMP_GRANULARITY, moment) };
        let first = TimedStamp::new(future, moment, None);
        let later = |seconds| {
            let wait = Duration::from_secs(seconds);
            Moment { instant: moment.instant + wait, date: moment.date + wait }
        };
        let second = TimedStamp::new(future, later(1), Some(&first));
        assert!(first.is_doubted() && second.is_doubted());
        let third = TimedStamp::new(future, later(3), Some(&second));
        assert!(!third.is_doubted());
        assert!(!TimedStamp::new(future, later(4), Some(&third)).is_doubted());
        let other = FileStamp { length: 2, ..future };
        assert!(TimedStamp::new(other, later(4), Some(&third)).is_doubted());
    }
}
