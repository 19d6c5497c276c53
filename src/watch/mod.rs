//! A project's tree, kept equal to the disk: what is saved is in the tree a moment later.
//!
//! What the system tells of changes is only a hint to look again ([`folder_watcher`]): at one file, one folder, or the whole project
//! where links lead about or something was lost. Looking ([`kept`]) goes by fingerprints ([`fingerprint`]), so that only what
//! may have changed is read, and what is as before stays the very same bytes. Hints can be late, missing, or wrong; so once
//! it is quiet after a change, the whole project is looked at again, and where there are no hints, at short intervals.

mod file_stamp;
mod folder_watcher;
mod mounts;
mod snapshot;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::read_error;
use crate::tree::Tree;
use folder_watcher::{Batch, Hints};
use snapshot::Snapshot;

pub(crate) use file_stamp::TIMESTAMP_GRANULARITY;

/// How long it has to be quiet before the whole project is looked at once more.
const SETTLED: Duration = Duration::from_secs(1);

/// How long it is between two looks where the system doesn't tell of changes. Tests have less patience.
const POLL: Duration = Duration::from_millis(if cfg!(test) { 30 } else { 300 });

/// How much longer than a look the time to the next one is, at least: a large project must not keep the machine busy.
const REST: u32 = 10;

/// After how long a file that was just written can be told from any later state of it.
const DOUBT: Duration = file_stamp::TIMESTAMP_GRANULARITY.saturating_add(AGAIN);

/// How soon what could not be read is tried again before it counts: a file may be locked while it is saved.
const AGAIN: Duration = Duration::from_millis(50);

/// The longest time to wait for anything; more can't be counted on.
const LONGEST: Duration = Duration::from_hours(24);

/// With more hints than this, a look at the whole project is faster.
const MANY: usize = 256;

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The system tells of them; where it can't, by looking at short intervals.
    Auto,
    /// Only by looking at short intervals.
    Poll,
}

/// What there is to say after a time of waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The tree has changed, or an asset that it names, or the project can be read again.
    Changed,
    /// Nothing has changed.
    Quiet,
    /// The project can't be read, for the reason given; the tree stays as it was until it can.
    Unreadable(String),
}

/// A project on disk, and a tree that is equal to it.
pub struct Watch {
    root: PathBuf,
    kept: Snapshot,
    /// Whether the system is asked for hints.
    listens: bool,
    /// Where hints come from.
    hints: Option<Hints>,
    /// Why the project is looked at again and again.
    polls: Option<String>,
    /// Which folder the project's is; `None` when it is gone. Another one may come to stand in its place.
    identity: Option<(u64, u64)>,
    /// Why the last look failed.
    trouble: Option<ReadFailure>,
    /// When to look at the whole project.
    due: Option<Instant>,
    /// Whether it is enough to look at the files that are in doubt then.
    settled: bool,
    /// Whether there is something to tell.
    changed: bool,
}

struct ReadFailure {
    message: String,
    /// Whether it has stood for more than one look.
    stands: bool,
    told: bool,
}

impl Watch {
    /// Starts to watch a project, then reads it, so that no change in between is lost.
    ///
    /// # Errors
    /// What can't be read, as [`crate::disk::read`].
    pub fn start(root: &Path, how: Mode) -> io::Result<Self> {
        let root = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
        let polls = match how {
            Mode::Auto => mounts::silent(&root),
            Mode::Poll => Some("it was asked for".to_owned()),
        };
        let mut watch = Self {
            root,
            kept: Snapshot::default(),
            listens: how == Mode::Auto,
            hints: None,
            polls,
            identity: None,
            trouble: None,
            due: None,
            settled: false,
            changed: false,
        };
        watch.look()?;
        watch.changed = false;
        Ok(watch)
    }

    /// The project as it is on disk.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.kept.tree
    }

    /// Why changes are looked for at short intervals, if they are.
    #[must_use]
    pub fn poll_reason(&self) -> Option<&str> {
        self.polls.as_deref()
    }

    /// Waits until the tree has changed with the disk, but no longer than `patience`.
    pub fn wait(&mut self, patience: Duration) -> Event {
        let end = Instant::now() + patience.min(LONGEST);
        loop {
            if let Some(news) = self.news() {
                return news;
            }
            let now = Instant::now();
            let due = self.due.is_some_and(|due| due <= now);
            if due && self.settled && self.is_in_place() {
                self.look_at_doubts();
            } else if due || !self.is_in_place() {
                self.look_again();
            } else {
                let until = self.due.into_iter().fold(end.min(now + SETTLED), Instant::min);
                let burst = self.burst(until);
                if now >= end && burst.is_empty() {
                    return Event::Quiet;
                }
                self.follow(burst);
            }
        }
    }

    fn news(&mut self) -> Option<Event> {
        if let Some(trouble) = &mut self.trouble {
            let tell = trouble.stands && !trouble.told;
            trouble.told |= tell;
            return tell.then(|| Event::Unreadable(trouble.message.clone()));
        }
        std::mem::take(&mut self.changed).then_some(Event::Changed)
    }

    /// Waits for hints; without any, just waits.
    fn burst(&mut self, until: Instant) -> Batch {
        let Some(hints) = &mut self.hints else {
            std::thread::sleep(until.saturating_duration_since(Instant::now()));
            return Batch::default();
        };
        let (root, kept) = (&self.root, &self.kept);
        // What lies beside the project's parts matters only if links lead there.
        let relevant = |hints: &Hints, place: &Path| {
            let linked =
                || kept.has_links() && (kept.is_linked(place) || hints.has(place) || place.parent() != Some(root));
            place == root || place.strip_prefix(root).is_ok_and(crate::disk::list::is_project_path) || linked()
        };
        hints.burst(until, &relevant)
    }

    /// Looks where hints lead.
    fn follow(&mut self, burst: Batch) {
        if burst.is_empty() {
            return;
        }
        self.settled = false;
        if burst.all {
            self.hints = None;
        }
        let near = !burst.all && burst.places.len() <= MANY && !burst.places.contains_key(&self.root);
        if !near || self.trouble.is_some() || !self.follow_each(burst) {
            return self.look_again();
        }
        self.check_hints();
        let keeps = self.polls.is_some() || self.kept.has_links();
        self.due = self.due.filter(|_| keeps).or(Some(Instant::now() + SETTLED));
    }

    /// Looks at each place; `false` when that is not enough.
    fn follow_each(&mut self, burst: Batch) -> bool {
        let mut last: Option<PathBuf> = None;
        for place in burst.places.into_keys() {
            if last.as_ref().is_some_and(|last| place.starts_with(last)) {
                continue;
            }
            let mut watch = |folder: &Path| self.hints.iter_mut().for_each(|hints| hints.watch(folder));
            match self.kept.at(&self.root, &place, &mut watch) {
                Ok(Some(changed)) => self.changed |= changed,
                Ok(None) | Err(_) => return false,
            }
            last = Some(place);
        }
        true
    }

    /// Looks at the files that are in doubt; at the whole project when that is not enough.
    fn look_at_doubts(&mut self) {
        let start = Instant::now();
        match self.kept.doubted() {
            Ok(Some(changed)) => {
                self.changed |= changed;
                self.rest(start);
            }
            Ok(None) | Err(_) => self.look_again(),
        }
    }

    /// Looks at the whole project; what can't be read is kept to be told.
    fn look_again(&mut self) {
        if let Err(error) = self.look() {
            let message = error.to_string();
            let former = self.trouble.take();
            let stands = former.is_some();
            let told = former.is_some_and(|former| former.told && former.message == message);
            self.trouble = Some(ReadFailure { message, stands, told });
            self.due = Some(Instant::now() + if stands { POLL } else { AGAIN });
        }
    }

    /// Looks at the whole project.
    fn look(&mut self) -> io::Result<()> {
        let start = Instant::now();
        self.settled = false;
        let former = self.identity.take();
        let identity = Some(snapshot::identity(&self.root)?);
        let shaken = self.hints.as_ref().is_none_or(|hints| hints.shaken);
        if self.listens && (identity != former || shaken) {
            self.listen();
        }
        self.identity = identity;
        let mut watch = |folder: &Path| self.hints.iter_mut().for_each(|hints| hints.watch(folder));
        self.changed |= self.kept.all(&self.root, &mut watch)?;
        self.changed |= self.trouble.take().is_some_and(|trouble| trouble.told);
        self.check_hints();
        self.rest(start);
        Ok(())
    }

    /// Says when the next look is due after one that began at `start`, and at what.
    fn rest(&mut self, start: Instant) {
        let now = Instant::now();
        let interval = self.interval();
        self.due = interval.map(|interval| now + interval.max((now - start) * REST));
        self.settled = interval == Some(DOUBT);
    }

    /// How long after a look the next one is due, if no hint comes before.
    fn interval(&self) -> Option<Duration> {
        // Without hints, though nothing says why, they are tried again at each look.
        if self.polls.is_some() || (self.listens && self.hints.is_none()) {
            Some(POLL)
        } else if self.kept.has_links() {
            // Not everything that changes behind a link is told of.
            Some(SETTLED)
        } else {
            self.kept.doubts.then_some(DOUBT)
        }
    }

    /// Watches anew, from the project's own folder; the look that follows watches the folders in it.
    fn listen(&mut self) {
        self.hints = None;
        match Hints::new(&self.root) {
            Ok(hints) => self.hints = Some(hints),
            Err(error) if folder_watcher::is_limit(&error) => self.do_without_hints(&error),
            // The folder has gone in between; the look that finds it again tries again.
            Err(_) => {}
        }
    }

    /// Polls from now on if not everything can be watched.
    fn check_hints(&mut self) {
        if let Some(error) = self.hints.as_mut().and_then(|hints| hints.refused.take()) {
            self.do_without_hints(&error);
        }
    }

    fn do_without_hints(&mut self, error: &notify::Error) {
        self.listens = false;
        self.hints = None;
        self.polls = Some(folder_watcher::reason(error));
        self.due = Some(Instant::now());
    }

    /// Whether the project's folder is still the one that is watched.
    fn is_in_place(&self) -> bool {
        self.trouble.is_some() || (self.identity.is_some() && snapshot::identity(&self.root).ok() == self.identity)
    }
}
