//! The stamps of files as they were observed, with whether they can be trusted.

use std::time::{Instant, SystemTime};

use crate::disk::{FileStamp, TIMESTAMP_GRANULARITY};

/// The time of a scan by two clocks: file timestamps are in system time, and only the monotonic clock never goes back.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScanTime {
    monotonic: Instant,
    system: SystemTime,
}

impl ScanTime {
    pub(super) fn now() -> Self {
        Self { monotonic: Instant::now(), system: SystemTime::now() }
    }
}

/// A stamp that was taken before its file was read, with whether it can be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct ObservedStamp {
    pub(super) stamp: FileStamp,
    /// Since when the stamp has been observed, while a later write could still leave the same one.
    uncertain_since: Option<Instant>,
}

impl ObservedStamp {
    /// Observes a stamp that was taken after `time`; `former` is the last observation of the file.
    pub(super) fn new(stamp: FileStamp, time: ScanTime, former: Option<&Self>) -> Self {
        if stamp.is_certain(time.system) {
            return Self { stamp, uncertain_since: None };
        }
        // A timestamp in the future is never old enough. It is trusted once it has been observed for as long.
        let Some(former) = former.filter(|former| former.stamp == stamp) else {
            return Self { stamp, uncertain_since: Some(time.monotonic) };
        };
        let is_recent = |since: &Instant| time.monotonic.duration_since(*since) <= TIMESTAMP_GRANULARITY;
        Self { stamp, uncertain_since: former.uncertain_since.filter(is_recent) }
    }

    /// Returns whether the file could be written again without getting another stamp.
    pub(super) fn is_uncertain(&self) -> bool {
        self.uncertain_since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn stamp(age: Duration, time: ScanTime) -> FileStamp {
        FileStamp { length: 1, modified: Some(time.system - age), changed: None, identity: (1, 1) }
    }

    #[test]
    fn the_stamp_of_an_old_file_is_certain_and_that_of_a_new_one_is_not() {
        let time = ScanTime::now();
        assert!(!ObservedStamp::new(stamp(Duration::from_secs(3), time), time, None).is_uncertain());
        assert!(ObservedStamp::new(stamp(Duration::from_secs(1), time), time, None).is_uncertain());
        let without_time = FileStamp { modified: None, ..stamp(TIMESTAMP_GRANULARITY, time) };
        assert!(ObservedStamp::new(without_time, time, None).is_uncertain());
    }

    #[test]
    fn a_timestamp_in_the_future_becomes_certain_when_it_has_not_changed_for_a_while() {
        let time = ScanTime::now();
        let in_an_hour = Some(time.system + Duration::from_hours(1));
        let future = FileStamp { modified: in_an_hour, ..stamp(TIMESTAMP_GRANULARITY, time) };
        let first = ObservedStamp::new(future, time, None);
        let later = |seconds| {
            let wait = Duration::from_secs(seconds);
            ScanTime { monotonic: time.monotonic + wait, system: time.system + wait }
        };
        let second = ObservedStamp::new(future, later(1), Some(&first));
        assert!(first.is_uncertain() && second.is_uncertain());
        let third = ObservedStamp::new(future, later(3), Some(&second));
        assert!(!third.is_uncertain());
        assert!(!ObservedStamp::new(future, later(4), Some(&third)).is_uncertain());
        let other = FileStamp { length: 2, ..future };
        assert!(ObservedStamp::new(other, later(4), Some(&third)).is_uncertain());
    }
}
