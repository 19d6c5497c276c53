//! A watcher of folders that collects the events of the file system into batches of paths to scan.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::list::is_excluded_everywhere;

/// A batch ends when no event has come for this long. What is saved together usually arrives with less between; a batch that
/// ends too early costs one more rebuild, while every edit waits for the end of its batch.
const DEBOUNCE: Duration = Duration::from_micros(500);

/// The same while a file is missing or partly written: editors save by replacing a file, and on a busy machine it can
/// take a while until the new file is in place.
const INCOMPLETE_DEBOUNCE: Duration = Duration::from_millis(100);

/// The longest time from the first event of a batch to its end.
const MAX_BATCH_DURATION: Duration = Duration::from_millis(50);

/// The same while a file is missing or partly written: a checkout may remove many files before it writes others.
const MAX_INCOMPLETE_BATCH_DURATION: Duration = Duration::from_millis(400);

/// Whether the system reports when a written file is closed, and each folder is watched separately. A recursive watch
/// on such a system misses what is created in a new folder before the watcher has added that folder.
const WATCHES_SEPARATELY: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// A watcher of a project's folders.
pub(super) struct FolderWatcher {
    watcher: RecommendedWatcher,
    events: Receiver<RawEvent>,
    root: PathBuf,
    /// The watched folders, without the project's own.
    folders: BTreeSet<PathBuf>,
    /// Whether a watched folder was moved or removed, so that some watches may be gone.
    pub(super) lost_watches: bool,
    /// The limit of the system that prevented a folder from being watched.
    pub(super) limit: Option<notify::Error>,
}

/// The paths to scan after a series of events.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Each path with whether further events are expected for it.
    pub(super) paths: BTreeMap<PathBuf, bool>,
    /// The number of paths for which further events are expected.
    incomplete: usize,
    /// Whether events were lost, so that the whole project has to be scanned.
    pub(super) lost_events: bool,
}

/// An event of the file system, as the watcher's thread sends it.
enum RawEvent {
    Path(PathEvent),
    /// Some events were lost.
    Lost,
}

#[derive(Debug, PartialEq, Eq)]
struct PathEvent {
    path: PathBuf,
    /// Whether something was created, removed or renamed, so that a watch of this path may be gone.
    is_structural: bool,
    /// Whether further events are expected for the path; `None` if the event doesn't change that.
    expects_more: Option<bool>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.lost_events
    }

    /// The time without an event after which the batch ends, and the longest time from its first event.
    fn debounce(&self) -> (Duration, Duration) {
        if self.incomplete > 0 {
            (INCOMPLETE_DEBOUNCE, MAX_INCOMPLETE_BATCH_DURATION)
        } else {
            (DEBOUNCE, MAX_BATCH_DURATION)
        }
    }

    fn add(&mut self, path: PathBuf, expects_more: Option<bool>) {
        let expected = self.paths.entry(path).or_default();
        let expects_more = expects_more.unwrap_or(*expected);
        self.incomplete = self.incomplete + usize::from(expects_more) - usize::from(*expected);
        *expected = expects_more;
    }
}

impl FolderWatcher {
    /// Watches a project's own folder, without its subfolders.
    pub(super) fn new(root: &Path) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event| send_raw_events(event, &sender))?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let root = root.to_owned();
        Ok(Self { watcher, events, root, folders: BTreeSet::new(), lost_watches: false, limit: None })
    }

    /// Watches one more folder. A folder that doesn't exist any more or can't be read is ignored: the scan of it
    /// reports that.
    pub(super) fn watch(&mut self, folder: &Path) {
        let is_watched = |folder: &Path| self.folders.contains(folder);
        if folder == self.root
            || self.limit.is_some()
            || (if WATCHES_SEPARATELY { is_watched(folder) } else { folder.ancestors().any(is_watched) })
        {
            return;
        }
        let mode = if WATCHES_SEPARATELY { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        match self.watcher.watch(folder, mode) {
            Ok(()) => {
                self.folders.insert(folder.to_owned());
            }
            Err(error) => self.limit = Some(error).filter(is_system_limit),
        }
    }

    /// Returns whether a folder is watched.
    pub(super) fn watches(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    /// Waits for the first event on a path that `is_relevant` until `deadline`, and for the rest of its batch. The
    /// batch is empty if there was no such event. Events that have arrived already are returned even if the deadline
    /// has passed.
    pub(super) fn next_batch(&mut self, deadline: Instant, is_relevant: &dyn Fn(&Self, &Path) -> bool) -> Batch {
        let mut batch = Batch::default();
        let (mut end, mut first, mut latest_end) = (deadline, None, None);
        while latest_end.is_none_or(|latest_end| Instant::now() < latest_end) {
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(RawEvent::Path(event)) if !is_relevant(self, &event.path) => continue,
                Ok(RawEvent::Path(PathEvent { path, is_structural, expects_more })) => {
                    if is_structural {
                        self.forget_watches(&path);
                    }
                    batch.add(path, expects_more);
                }
                // If the watcher's thread has stopped, the caller replaces this watcher.
                Ok(RawEvent::Lost) | Err(RecvTimeoutError::Disconnected) => {
                    return Batch { lost_events: true, ..batch };
                }
                Err(RecvTimeoutError::Timeout) => return batch,
            }
            let now = Instant::now();
            let (debounce, max_duration) = batch.debounce();
            let last = *first.get_or_insert(now) + max_duration;
            (end, latest_end) = ((now + debounce).min(last), Some(last));
        }
        batch
    }

    /// Removes a folder and its subfolders from the watched ones, since their watches may have moved along with them.
    fn forget_watches(&mut self, path: &Path) {
        let range = self.folders.range::<Path, _>((Bound::Included(path), Bound::Unbounded));
        let lost: Vec<PathBuf> = range.take_while(|folder| folder.starts_with(path)).cloned().collect();
        for folder in lost {
            self.folders.remove(&folder);
            self.lost_watches = true;
        }
    }
}

/// Returns whether a folder couldn't be watched because of a limit of the system, which will affect others as well.
pub(super) fn is_system_limit(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => false,
        notify::ErrorKind::Io(error) => !matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory
        ),
        _ => true,
    }
}

/// The reason why the system can't watch a project, in words.
pub(super) fn limit_reason(error: &notify::Error) -> String {
    /// "Too many open files" (`EMFILE`), which inotify returns when its limit of instances is reached.
    const EMFILE: i32 = 24;
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system's limit on watched folders has been reached (fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(EMFILE) && WATCHES_SEPARATELY => {
            "the system's limit on file watchers has been reached (fs.inotify.max_user_instances)".to_owned()
        }
        notify::ErrorKind::Io(cause) => match error.paths.first() {
            Some(path) => format!("couldn't watch `{}`: {cause}", path.display()),
            None => format!("couldn't watch the project: {cause}"),
        },
        _ => format!("couldn't watch the project: {error}"),
    }
}

/// Converts an event and sends it to the [`FolderWatcher`]. Runs in the watcher's thread for every event, including the
/// many that only report that a file was read.
fn send_raw_events(event: notify::Result<Event>, sender: &Sender<RawEvent>) {
    // Sending fails when the receiver has been dropped, which ends the watcher's thread soon.
    match event {
        Ok(event) if !event.need_rescan() => {
            for event in path_events(event) {
                let _ = sender.send(RawEvent::Path(event));
            }
        }
        _ => {
            let _ = sender.send(RawEvent::Lost);
        }
    }
}

fn path_events(event: Event) -> Vec<PathEvent> {
    let (is_structural, expects_more) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, Some(false)),
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::Folder) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
            (true, Some(false))
        }
        EventKind::Create(_) => (true, Some(WATCHES_SEPARATELY)),
        EventKind::Modify(ModifyKind::Metadata(_)) => (false, None),
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return rename_events(event.paths),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => (true, Some(true)),
        EventKind::Modify(_) => (false, Some(WATCHES_SEPARATELY)),
        EventKind::Any | EventKind::Other => (true, None),
    };
    let paths = event.paths.into_iter().filter(|path| is_project_name(path));
    paths.map(|path| PathEvent { path, is_structural, expects_more }).collect()
}

/// The events for a renamed file. After a rename to a backup's name, a new file is expected at the former path.
fn rename_events(paths: Vec<PathBuf>) -> Vec<PathEvent> {
    let is_backup = paths.last().is_some_and(|to| !is_project_name(to));
    let paths = paths.into_iter().filter(|path| is_project_name(path));
    paths.map(|path| PathEvent { path, is_structural: true, expects_more: Some(is_backup) }).collect()
}

/// Returns whether the name of a file or folder is one that projects are read with, rather than hidden or a backup.
fn is_project_name(path: &Path) -> bool {
    path.file_name().is_none_or(|name| !is_excluded_everywhere(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        paths.iter().fold(Event::new(kind), |event, path| event.add_path(path.into()))
    }

    fn sent(event: notify::Result<Event>) -> Vec<RawEvent> {
        let (sender, events) = channel();
        send_raw_events(event, &sender);
        events.try_iter().collect()
    }

    #[test]
    fn reading_a_file_sends_no_event() {
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert!(sent(Ok(event(opened, &["/guide/content/a.md"]))).is_empty());
    }

    #[test]
    fn lost_events_are_reported() {
        let overflow = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        for event in [Ok(overflow), Err(notify::Error::generic("no more"))] {
            assert!(matches!(sent(event)[..], [RawEvent::Lost]));
        }
    }

    #[test]
    fn further_events_are_expected_after_a_rename_to_a_backup_and_not_after_other_renames() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let structural = |path: &str, expects_more| PathEvent {
            path: path.into(),
            is_structural: true,
            expects_more: Some(expects_more),
        };
        assert_eq!(path_events(event(renamed, &["/c/a.md", "/c/a.md~"])), [structural("/c/a.md", true)]);
        let moved = path_events(event(renamed, &["/c/a.md", "/c/b.md"]));
        assert_eq!(moved, [structural("/c/a.md", false), structural("/c/b.md", false)]);
    }

    #[test]
    fn a_batch_may_take_longer_while_a_file_is_missing() {
        let mut batch = Batch::default();
        let mut add = |path: &str, expects_more| {
            batch.add(path.into(), expects_more);
            batch.debounce()
        };
        let complete = (DEBOUNCE, MAX_BATCH_DURATION);
        let incomplete = (INCOMPLETE_DEBOUNCE, MAX_INCOMPLETE_BATCH_DURATION);
        assert_eq!(add("/c/a.md", Some(false)), complete);
        assert_eq!(add("/c/b.md", Some(true)), incomplete);
        assert_eq!(add("/c/a.md", None), incomplete);
        assert_eq!(add("/c/b.md", Some(false)), complete);
    }

    #[test]
    fn a_missing_folder_is_not_a_system_limit() {
        assert!(is_system_limit(&notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
        assert!(is_system_limit(&notify::Error::io(io::Error::from_raw_os_error(24))));
        assert!(!is_system_limit(&notify::Error::path_not_found()));
        assert!(!is_system_limit(&notify::Error::io(io::ErrorKind::PermissionDenied.into())));
    }
}
