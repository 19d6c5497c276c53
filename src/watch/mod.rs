//! Watches a project and keeps its tree equal to the files on disk.
//!
//! A [`FolderWatcher`] collects the events of the file system into batches of paths. An event only means that a path
//! may have changed, so each path is scanned. The [`Snapshot`] reads only files whose stamps have changed or are
//! uncertain, and unchanged files keep the same bytes in memory. Events can be late, missing or wrong. Therefore, the
//! whole project is scanned again when no event has come for a while after a change, and at short intervals (polling)
//! where the file system raises no events.

mod folder_watcher;
mod mounts;
mod observed_stamp;
mod snapshot;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::list::is_project_path;
use crate::disk::{TIMESTAMP_GRANULARITY, read_error};
use crate::tree::Tree;
use folder_watcher::{Batch, FolderWatcher};
use snapshot::Snapshot;

/// The delay after the last event before the whole project is scanned.
const SETTLE_DELAY: Duration = Duration::from_secs(1);

/// The interval between scans of the whole project where the system raises no events; shorter in tests.
const POLL_INTERVAL: Duration = Duration::from_millis(if cfg!(test) { 30 } else { 300 });

/// The shortest pause between two scans, as a multiple of the duration of a scan, so that polling a large project
/// doesn't keep a core busy.
const MIN_PAUSE_FACTOR: u32 = 10;

/// The delay after which the stamp of a file that was just written is certain.
const RECHECK_DELAY: Duration = TIMESTAMP_GRANULARITY.saturating_add(READ_RETRY_DELAY);

/// The delay before a failed scan is repeated. Only a second failure is reported: editors lock files while they save.
const READ_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The longest wait, which keeps the computation of deadlines from overflowing.
const MAX_WAIT: Duration = Duration::from_hours(24);

/// The largest batch whose paths are scanned one by one; beyond it, a scan of the whole project is faster.
const MAX_BATCH_PATHS: usize = 256;

/// The way in which changes are detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By events of the file system, or by polling where there are none.
    Auto,
    /// Only by polling.
    Poll,
}

/// The result of a wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The tree or the content of an asset has changed, or the project can be read again.
    Changed,
    /// Nothing has changed.
    Quiet,
    /// The project can't be read, for the given reason. The tree stays as it was until it can.
    Unreadable(String),
}

/// A project on disk with a tree that follows its changes.
pub struct Watch {
    root: PathBuf,
    snapshot: Snapshot,
    /// Whether events of the file system are used.
    uses_events: bool,
    /// `None` in [`Mode::Poll`], and while a new watcher has to be created.
    watcher: Option<FolderWatcher>,
    /// The reason why the project is polled, if it is.
    poll_reason: Option<String>,
    /// The identity of the project's folder; `None` if it is missing. Another folder may replace it.
    root_identity: Option<(u64, u64)>,
    /// The error of the last scan, if it failed.
    failure: Option<ReadFailure>,
    /// The time at which the next scan is due if no event comes before.
    next_scan: Option<Instant>,
    /// Whether that scan has to check only files with uncertain stamps.
    recheck_suffices: bool,
    /// Whether a change has yet to be reported.
    has_unreported_change: bool,
}

/// A failed scan.
struct ReadFailure {
    message: String,
    /// Whether the scan before failed as well.
    is_confirmed: bool,
    is_reported: bool,
}

impl Watch {
    /// Starts to watch a project, then reads it, so that no change in between is missed.
    ///
    /// # Errors
    /// If the project can't be read; see [`crate::disk::read`].
    pub fn start(root: &Path, mode: Mode) -> io::Result<Self> {
        let root = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
        let poll_reason = match mode {
            Mode::Auto => mounts::poll_reason(&root),
            Mode::Poll => Some("it was asked for".to_owned()),
        };
        let mut watch = Self {
            root,
            snapshot: Snapshot::default(),
            uses_events: mode == Mode::Auto,
            watcher: None,
            poll_reason,
            root_identity: None,
            failure: None,
            next_scan: None,
            recheck_suffices: false,
            has_unreported_change: false,
        };
        watch.scan()?;
        watch.has_unreported_change = false;
        Ok(watch)
    }

    /// The canonical path of the project's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The project as of the last scan.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.snapshot.tree
    }

    /// The reason why the project is polled; `None` if it isn't.
    #[must_use]
    pub fn poll_reason(&self) -> Option<&str> {
        self.poll_reason.as_deref()
    }

    /// Waits until the project changes or the timeout has passed, and updates the tree meanwhile.
    pub fn wait(&mut self, timeout: Duration) -> Event {
        let deadline = Instant::now() + timeout.min(MAX_WAIT);
        loop {
            if let Some(event) = self.take_event() {
                return event;
            }
            let now = Instant::now();
            let is_due = self.next_scan.is_some_and(|due| due <= now);
            if is_due && self.recheck_suffices && self.is_root_unchanged() {
                self.recheck_uncertain();
            } else if is_due || !self.is_root_unchanged() {
                self.scan_or_retry();
            } else {
                let until = self.next_scan.into_iter().fold(deadline.min(now + SETTLE_DELAY), Instant::min);
                let batch = self.next_batch(until);
                if now >= deadline && batch.is_empty() {
                    return Event::Quiet;
                }
                self.apply_batch(batch);
            }
        }
    }

    /// Takes the event that has yet to be reported, if there is one.
    fn take_event(&mut self) -> Option<Event> {
        if let Some(failure) = &mut self.failure {
            let reports = failure.is_confirmed && !failure.is_reported;
            failure.is_reported |= reports;
            return reports.then(|| Event::Unreadable(failure.message.clone()));
        }
        std::mem::take(&mut self.has_unreported_change).then_some(Event::Changed)
    }

    /// Waits for the next batch of events until `deadline`. Without a watcher, only waits.
    fn next_batch(&mut self, deadline: Instant) -> Batch {
        let Some(watcher) = &mut self.watcher else {
            std::thread::sleep(deadline.saturating_duration_since(Instant::now()));
            return Batch::default();
        };
        let (root, snapshot) = (&self.root, &self.snapshot);
        let is_relevant = |watcher: &FolderWatcher, path: &Path| {
            // Other paths matter only in projects with symbolic links, which may lead there.
            let is_link_target = || {
                snapshot.has_links()
                    && (snapshot.is_linked(path) || watcher.watches(path) || path.parent() != Some(root))
            };
            path == root || path.strip_prefix(root).is_ok_and(is_project_path) || is_link_target()
        };
        watcher.next_batch(deadline, &is_relevant)
    }

    /// Scans the paths of a batch, or the whole project if that isn't enough or slower.
    fn apply_batch(&mut self, batch: Batch) {
        if batch.is_empty() {
            return;
        }
        self.recheck_suffices = false;
        if batch.lost_events {
            self.watcher = None;
        }
        let scans_paths =
            !batch.lost_events && batch.paths.len() <= MAX_BATCH_PATHS && !batch.paths.contains_key(&self.root);
        if !scans_paths || self.failure.is_some() || !self.scan_paths(batch) {
            return self.scan_or_retry();
        }
        self.poll_if_limited();
        let scans_regularly = self.poll_reason.is_some() || self.snapshot.has_links();
        self.next_scan = self.next_scan.filter(|_| scans_regularly).or(Some(Instant::now() + SETTLE_DELAY));
    }

    /// Scans each path of a batch. Returns `false` if the whole project has to be scanned.
    fn scan_paths(&mut self, batch: Batch) -> bool {
        let mut last: Option<PathBuf> = None;
        for path in batch.paths.into_keys() {
            if last.as_ref().is_some_and(|last| path.starts_with(last)) {
                continue;
            }
            let mut visit = |folder: &Path| self.watcher.iter_mut().for_each(|watcher| watcher.watch(folder));
            match self.snapshot.scan_path(&self.root, &path, &mut visit) {
                Ok(Some(changed)) => self.has_unreported_change |= changed,
                Ok(None) | Err(_) => return false,
            }
            last = Some(path);
        }
        true
    }

    /// Checks the files with uncertain stamps, or scans the whole project if that isn't enough.
    fn recheck_uncertain(&mut self) {
        let start = Instant::now();
        match self.snapshot.recheck_uncertain() {
            Ok(Some(changed)) => {
                self.has_unreported_change |= changed;
                self.schedule_scan(start);
            }
            Ok(None) | Err(_) => self.scan_or_retry(),
        }
    }

    /// Scans the whole project. After a failure, records it and schedules another attempt.
    fn scan_or_retry(&mut self) {
        if let Err(error) = self.scan() {
            let message = error.to_string();
            let former = self.failure.take();
            let is_confirmed = former.is_some();
            let is_reported = former.is_some_and(|former| former.is_reported && former.message == message);
            self.failure = Some(ReadFailure { message, is_confirmed, is_reported });
            self.next_scan = Some(Instant::now() + if is_confirmed { POLL_INTERVAL } else { READ_RETRY_DELAY });
        }
    }

    /// Scans the whole project, and watches its folders.
    fn scan(&mut self) -> io::Result<()> {
        let start = Instant::now();
        self.recheck_suffices = false;
        let former_identity = self.root_identity.take();
        let identity = Some(snapshot::folder_identity(&self.root)?);
        let lost_watches = self.watcher.as_ref().is_none_or(|watcher| watcher.lost_watches);
        if self.uses_events && (identity != former_identity || lost_watches) {
            self.replace_watcher();
        }
        self.root_identity = identity;
        let mut visit = |folder: &Path| self.watcher.iter_mut().for_each(|watcher| watcher.watch(folder));
        self.has_unreported_change |= self.snapshot.scan(&self.root, &mut visit)?;
        self.has_unreported_change |= self.failure.take().is_some_and(|failure| failure.is_reported);
        self.poll_if_limited();
        self.schedule_scan(start);
        Ok(())
    }

    /// Schedules the scan that follows the one that began at `start`.
    fn schedule_scan(&mut self, start: Instant) {
        let now = Instant::now();
        let interval = self.scan_interval();
        self.next_scan = interval.map(|interval| now + interval.max((now - start) * MIN_PAUSE_FACTOR));
        self.recheck_suffices = interval == Some(RECHECK_DELAY);
    }

    /// The interval after which the next scan is due if no event comes before; `None` if none is needed.
    fn scan_interval(&self) -> Option<Duration> {
        // A watcher that couldn't be created for an unknown reason is tried again by each scan.
        if self.poll_reason.is_some() || (self.uses_events && self.watcher.is_none()) {
            Some(POLL_INTERVAL)
        } else if self.snapshot.has_links() {
            // Some changes behind symbolic links raise no events.
            Some(SETTLE_DELAY)
        } else {
            self.snapshot.has_uncertain_files.then_some(RECHECK_DELAY)
        }
    }

    /// Creates a new watcher of the project's own folder. The scan that follows adds the subfolders.
    fn replace_watcher(&mut self) {
        self.watcher = None;
        match FolderWatcher::new(&self.root) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) if folder_watcher::is_system_limit(&error) => self.start_polling(&error),
            // The folder has just been removed. The scan that finds it again also creates a watcher.
            Err(_) => {}
        }
    }

    /// Starts polling if the watcher has reached a limit of the system.
    fn poll_if_limited(&mut self) {
        if let Some(error) = self.watcher.as_mut().and_then(|watcher| watcher.limit.take()) {
            self.start_polling(&error);
        }
    }

    fn start_polling(&mut self, error: &notify::Error) {
        self.uses_events = false;
        self.watcher = None;
        self.poll_reason = Some(folder_watcher::limit_reason(error));
        self.next_scan = Some(Instant::now());
    }

    /// Returns whether the project's folder is still the one that is watched. A failure counts as unchanged until the
    /// next scan.
    fn is_root_unchanged(&self) -> bool {
        self.failure.is_some()
            || (self.root_identity.is_some() && snapshot::folder_identity(&self.root).ok() == self.root_identity)
    }
}
