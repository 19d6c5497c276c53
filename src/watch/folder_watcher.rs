//! What the system tells of changes: hints to look again, gathered into bursts.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::list::is_ignored;

/// A burst has ended when nothing was told for this long.
const QUIET: Duration = Duration::from_micros(1500);

/// The same as long as a file is gone or half written: editors save by taking a file away and putting another there, and
/// on a busy machine it may be a while before they go on.
const UNSURE: Duration = Duration::from_millis(100);

/// How long a burst may go on before its hints are followed.
const LONGEST: Duration = Duration::from_millis(50);

/// The same as long as a file is gone or half written: a checkout may take many away before it puts others there.
const LONGEST_UNSURE: Duration = Duration::from_millis(400);

/// Whether the system tells when a file that was written to is closed, and watches each folder by itself. A recursive
/// watch on such a system misses what is made in a new folder before that is watched, too.
const EACH: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// A watch on a project's folders.
pub(super) struct Hints {
    watcher: RecommendedWatcher,
    told: Receiver<RawEvent>,
    root: PathBuf,
    /// The watched folders, without the project's own.
    folders: BTreeSet<PathBuf>,
    /// Whether a watched folder was moved or removed.
    pub(super) shaken: bool,
    /// Why a folder could not be watched.
    pub(super) refused: Option<notify::Error>,
}

/// Routes to look at again.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Each place with whether more is to be expected there.
    pub(super) places: BTreeMap<PathBuf, bool>,
    /// At how many places more is to be expected.
    expecting: usize,
    /// Whether something was lost, and so everything is to be looked at.
    pub(super) all: bool,
}

/// One thing that the system told.
enum RawEvent {
    Hint(Hint),
    Lost,
}

#[derive(Debug, PartialEq, Eq)]
struct Hint {
    place: PathBuf,
    /// Whether something came or went, so that a watch on that place is no longer what it was.
    moves: bool,
    /// Whether more is to be expected there; `None` when this says nothing about it.
    more: Option<bool>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty() && !self.all
    }

    /// After how long without a hint it has ended, and how long it may go on from its first hint at most.
    fn patience(&self) -> (Duration, Duration) {
        if self.expecting > 0 { (UNSURE, LONGEST_UNSURE) } else { (QUIET, LONGEST) }
    }

    fn add(&mut self, place: PathBuf, more: Option<bool>) {
        let expected = self.places.entry(place).or_default();
        let now = more.unwrap_or(*expected);
        self.expecting = self.expecting + usize::from(now) - usize::from(*expected);
        *expected = now;
    }
}

impl Hints {
    /// Watches a project's own folder, without those in it.
    pub(super) fn new(root: &Path) -> notify::Result<Self> {
        let (sender, told) = channel();
        let mut watcher = notify::recommended_watcher(move |event| tell(event, &sender))?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let root = root.to_owned();
        Ok(Self { watcher, told, root, folders: BTreeSet::new(), shaken: false, refused: None })
    }

    /// Watches one more folder. One that has gone, or can't be read, is passed over: looking into it shows that.
    pub(super) fn watch(&mut self, folder: &Path) {
        let known = |folder: &Path| self.folders.contains(folder);
        if folder == self.root
            || self.refused.is_some()
            || (if EACH { known(folder) } else { folder.ancestors().any(known) })
        {
            return;
        }
        let mode = if EACH { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        match self.watcher.watch(folder, mode) {
            Ok(()) => {
                self.folders.insert(folder.to_owned());
            }
            Err(error) => self.refused = Some(error).filter(is_limit),
        }
    }

    /// Whether a folder is watched.
    pub(super) fn has(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    /// Waits for hints that are `relevant`, and for the rest of their burst. An empty burst means that there were none.
    pub(super) fn burst(&mut self, until: Instant, relevant: &dyn Fn(&Self, &Path) -> bool) -> Batch {
        let mut burst = Batch::default();
        let (mut end, mut first, mut latest) = (until, None, None);
        // What has been told already comes even when the time is over.
        while latest.is_none_or(|latest| Instant::now() < latest) {
            match self.told.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(RawEvent::Hint(hint)) if !relevant(self, &hint.place) => continue,
                Ok(RawEvent::Hint(Hint { place, moves, more })) => {
                    if moves {
                        self.forget(&place);
                    }
                    burst.add(place, more);
                }
                // Without the thread that tells, nothing is known; whoever asks makes a new one.
                Ok(RawEvent::Lost) | Err(RecvTimeoutError::Disconnected) => return Batch { all: true, ..burst },
                Err(RecvTimeoutError::Timeout) => return burst,
            }
            let now = Instant::now();
            let (quiet, longest) = burst.patience();
            let last = *first.get_or_insert(now) + longest;
            (end, latest) = ((now + quiet).min(last), Some(last));
        }
        burst
    }

    /// Forgets that a folder and those in it are watched, for the watch may have moved away with them.
    fn forget(&mut self, place: &Path) {
        let range = self.folders.range::<Path, _>((Bound::Included(place), Bound::Unbounded));
        let lost: Vec<PathBuf> = range.take_while(|folder| folder.starts_with(place)).cloned().collect();
        for folder in lost {
            self.folders.remove(&folder);
            self.shaken = true;
        }
    }
}

/// Whether a watch failed for a limit of the system, so that others will fail as well.
pub(super) fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => false,
        notify::ErrorKind::Io(error) => !matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory
        ),
        _ => true,
    }
}

/// Says in words why the system refuses to tell of changes.
pub(super) fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system's limit on watched folders has been reached (fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(24) && EACH => {
            "the system's limit on file watchers has been reached (fs.inotify.max_user_instances)".to_owned()
        }
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// Passes on what an event hints at. Runs in the watcher's thread, for every event; reading files raises some, too.
fn tell(event: notify::Result<Event>, sender: &Sender<RawEvent>) {
    // Sending fails when nobody is interested any longer.
    match event {
        Ok(event) if !event.need_rescan() => {
            for hint in hints(event) {
                let _ = sender.send(RawEvent::Hint(hint));
            }
        }
        _ => {
            let _ = sender.send(RawEvent::Lost);
        }
    }
}

fn hints(event: Event) -> Vec<Hint> {
    let (moves, more) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, Some(false)),
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::Folder) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
            (true, Some(false))
        }
        EventKind::Create(_) => (true, Some(EACH)),
        EventKind::Modify(ModifyKind::Metadata(_)) => (false, None),
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return renamed(event.paths),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => (true, Some(true)),
        EventKind::Modify(_) => (false, Some(EACH)),
        EventKind::Any | EventKind::Other => (true, None),
    };
    let places = event.paths.into_iter().filter(|place| is_looked_at(place));
    places.map(|place| Hint { place, moves, more }).collect()
}

/// A file that got the name of a backup will be followed by another one; one that was given a new name will not.
fn renamed(places: Vec<PathBuf>) -> Vec<Hint> {
    let more = places.last().is_some_and(|to| !is_looked_at(to));
    let places = places.into_iter().filter(|place| is_looked_at(place));
    places.map(|place| Hint { place, moves: true, more: Some(more) }).collect()
}

fn is_looked_at(place: &Path) -> bool {
    place.file_name().is_none_or(|name| !is_ignored(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, places: &[&str]) -> Event {
        places.iter().fold(Event::new(kind), |event, place| event.add_path(place.into()))
    }

    fn told(event: notify::Result<Event>) -> Vec<RawEvent> {
        let (sender, told) = channel();
        tell(event, &sender);
        told.try_iter().collect()
    }

    #[test]
    fn reading_is_no_hint() {
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert!(told(Ok(event(opened, &["/guide/content/a.md"]))).is_empty());
    }

    #[test]
    fn what_is_lost_is_told() {
        let full = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        for event in [Ok(full), Err(notify::Error::generic("no more"))] {
            assert!(matches!(told(event)[..], [RawEvent::Lost]));
        }
    }

    #[test]
    fn more_is_expected_where_a_file_became_a_backup_and_not_where_it_got_another_name() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let expected = |place: &str, more| Hint { place: place.into(), moves: true, more: Some(more) };
        assert_eq!(hints(event(renamed, &["/c/a.md", "/c/a.md~"])), [expected("/c/a.md", true)]);
        let moved = hints(event(renamed, &["/c/a.md", "/c/b.md"]));
        assert_eq!(moved, [expected("/c/a.md", false), expected("/c/b.md", false)]);
    }

    #[test]
    fn a_burst_may_go_on_for_longer_as_long_as_something_is_gone() {
        let mut burst = Batch::default();
        let mut add = |place: &str, more| {
            burst.add(place.into(), more);
            burst.patience()
        };
        assert_eq!(add("/c/a.md", Some(false)), (QUIET, LONGEST));
        assert_eq!(add("/c/b.md", Some(true)), (UNSURE, LONGEST_UNSURE));
        assert_eq!(add("/c/a.md", None), (UNSURE, LONGEST_UNSURE));
        assert_eq!(add("/c/b.md", Some(false)), (QUIET, LONGEST));
    }

    #[test]
    fn a_limit_is_told_apart_from_a_folder_that_has_gone() {
        assert!(is_limit(&notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
        assert!(is_limit(&notify::Error::io(io::Error::from_raw_os_error(24))));
        assert!(!is_limit(&notify::Error::path_not_found()));
        assert!(!is_limit(&notify::Error::io(io::ErrorKind::PermissionDenied.into())));
    }
}
