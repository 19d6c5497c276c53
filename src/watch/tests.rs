//! Tests with real files: whatever happens on disk, the tree becomes equal to it.

mod project_folder;
mod random;
#[cfg(unix)]
mod unix;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::folder_watcher::Batch;
use super::{Event, Mode, POLL_INTERVAL, ReadFailure, Watch};
use crate::disk;
use crate::tree::{File, TreePath};

/// The deadline for a change to be detected, long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// The wait after which nothing is expected to happen any more.
const QUIET_PERIOD: Duration = Duration::from_millis(150);

/// A project on disk with a watch.
struct WatchedProject {
    root: PathBuf,
    watch: Watch,
    /// The temporary folder that holds the project's folder.
    parent: tempfile::TempDir,
}

impl WatchedProject {
    /// A small project.
    fn new(mode: Mode) -> Self {
        Self::with_files(
            mode,
            &["stepladder.yaml", "content/index.md", "content/ic/a.md", "content/ic/deep/b.md", "content/dot.png"],
        )
    }

    fn with_files(mode: Mode, files: &[&str]) -> Self {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().canonicalize().unwrap().join("guide");
        for file in files {
            write(&root.join(file), file);
        }
        Self { watch: Watch::start(&root, mode).unwrap(), root, parent }
    }

    fn disk_path(&self, path: &str) -> PathBuf {
        match path.strip_prefix("../") {
            // Not relative to the project's folder, which may be missing.
            Some(sibling) => self.parent.path().join(sibling),
            None => self.root.join(path),
        }
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.disk_path(path), text);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.disk_path(from), self.disk_path(to)).unwrap();
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.watch.tree().bytes(&TreePath::normalized(path)).map(|bytes| std::str::from_utf8(bytes).unwrap())
    }

    /// Waits until the tree equals the disk, or until an error is reported if the disk can't be read. Returns the
    /// events until then.
    #[track_caller]
    fn wait_until_equal(&mut self) -> Vec<Event> {
        let start = Instant::now();
        let mut events = Vec::new();
        loop {
            let done = match disk::read(&self.root) {
                Ok(tree) => {
                    self.watch.failure.is_none() && tree == *self.watch.tree() && !self.watch.has_unreported_change
                }
                Err(error) => {
                    let known = |failure: &ReadFailure| failure.is_reported && failure.message == error.to_string();
                    self.watch.failure.as_ref().is_some_and(known)
                }
            };
            if done {
                return events;
            }
            assert!(start.elapsed() < DEADLINE, "the tree doesn't become equal to the disk; {events:?}");
            match self.watch.wait(QUIET_PERIOD) {
                Event::Quiet => {}
                event => events.push(event),
            }
        }
    }

    /// The same, after an edit that changes the tree.
    #[track_caller]
    fn expect_change(&mut self) {
        assert!(self.wait_until_equal().contains(&Event::Changed), "no change was reported");
    }

    /// Edits a file and requires that an event leads to the change, without a scan of the whole project.
    #[track_caller]
    fn edit_is_found_by_event(&mut self, path: &str) {
        self.wait_until_equal();
        self.watch.next_scan = None;
        let text = format!("{path}, edited");
        self.write(path, &text);
        self.wait_for_change();
        assert_eq!(self.text(path), Some(&*text));
    }

    /// Waits until a change is reported.
    #[track_caller]
    fn wait_for_change(&mut self) {
        let start = Instant::now();
        while self.watch.wait(QUIET_PERIOD) != Event::Changed {
            assert!(start.elapsed() < DEADLINE, "no change was reported");
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs a test with events and with polling.
fn in_both_modes(test: impl Fn(WatchedProject)) {
    for mode in [Mode::Auto, Mode::Poll] {
        test(WatchedProject::new(mode));
    }
}

#[test]
fn a_project_is_read_at_the_start() {
    in_both_modes(|project| assert_eq!(*project.watch.tree(), disk::read(&project.root).unwrap()));
    let missing = Watch::start(Path::new("/nowhere/guide"), Mode::Auto).err().unwrap();
    assert!(missing.to_string().contains("/nowhere/guide"), "{missing}");
}

#[test]
fn a_saved_file_is_in_the_tree() {
    in_both_modes(|mut project| {
        for text in ["other", "", "more than before, and longer"] {
            project.write("content/ic/a.md", text);
            project.expect_change();
            assert_eq!(project.text("content/ic/a.md"), Some(text));
        }
        let mut file = fs::File::options().append(true).open(project.disk_path("content/ic/a.md")).unwrap();
        std::io::Write::write_all(&mut file, b"!").unwrap();
        project.expect_change();
    });
}

#[test]
fn a_page_is_left_out_while_its_name_or_folder_begins_with_an_underscore() {
    in_both_modes(|mut project| {
        for (from, to) in [("content/ic/a.md", "content/ic/_a.md"), ("content/ic/deep", "content/ic/_deep")] {
            let before = project.watch.tree().clone();
            project.rename(from, to);
            project.expect_change();
            assert_eq!(project.watch.tree().len(), before.len() - 1);
            project.rename(to, from);
            project.expect_change();
            assert_eq!(*project.watch.tree(), before);
        }
    });
}

#[test]
fn the_last_of_many_saves_is_in_the_tree() {
    in_both_modes(|mut project| {
        for number in 0..200 {
            project.write("content/ic/a.md", &number.to_string());
        }
        project.expect_change();
        assert_eq!(project.text("content/ic/a.md"), Some("199"));
    });
}

#[test]
fn files_that_editors_save_by_renaming_are_in_the_tree() {
    in_both_modes(|mut project| {
        for text in ["once", "again"] {
            // Vim: a probe, the old file becomes a backup, a new one takes its place.
            project.write("content/ic/4913", "");
            fs::remove_file(project.disk_path("content/ic/4913")).unwrap();
            project.rename("content/ic/a.md", "content/ic/a.md~");
            project.write("content/ic/a.md", text);
            fs::remove_file(project.disk_path("content/ic/a.md~")).unwrap();
            project.expect_change();
            // JetBrains: the new text is written beside the old file, both change names.
            project.write("content/index.md___jb_tmp___", text);
            project.rename("content/index.md", "content/index.md___jb_old___");
            project.rename("content/index.md___jb_tmp___", "content/index.md");
            fs::remove_file(project.disk_path("content/index.md___jb_old___")).unwrap();
            project.expect_change();
            // Many others: a hidden file is renamed over the old one.
            project.write(".stepladder.yaml.tmp", text);
            project.rename(".stepladder.yaml.tmp", "stepladder.yaml");
            project.expect_change();
            assert_eq!(
                ["content/ic/a.md", "content/index.md", "stepladder.yaml"].map(|path| project.text(path)),
                [Some(text); 3]
            );
        }
    });
}

#[test]
fn files_in_a_new_folder_are_found() {
    in_both_modes(|mut project| {
        for number in 0..4 {
            project.write(&format!("content/new/{number}/deep/er/x.md"), "x");
            project.expect_change();
            project.write(&format!("content/new/{number}/deep/er/x.md"), "y");
            project.expect_change();
        }
    });
}

#[test]
fn removed_restored_and_renamed_files_and_folders_are_followed() {
    in_both_modes(|mut project| {
        let text = fs::read_to_string(project.disk_path("content/ic/a.md")).unwrap();
        fs::remove_file(project.disk_path("content/ic/a.md")).unwrap();
        project.expect_change();
        project.write("content/ic/a.md", &text);
        project.expect_change();
        project.rename("content/ic/a.md", "content/ic/c.md");
        project.expect_change();
        project.rename("content/ic", "content/em");
        project.expect_change();
        project.write("content/em/deep/b.md", "in the renamed folder");
        project.expect_change();
        project.write("content/ic/deep/b.md", "in a new one of the old name");
        project.expect_change();
        fs::remove_dir_all(project.disk_path("content/em")).unwrap();
        project.expect_change();
        fs::remove_dir_all(project.disk_path("content/ic")).unwrap();
        project.write("content/ic", "a file where a folder was");
        project.expect_change();
        fs::remove_file(project.disk_path("content/ic")).unwrap();
        project.write("content/ic/a.md", "and a folder again");
        project.expect_change();
    });
}

#[test]
fn parts_of_a_project_may_be_created_later() {
    for mode in [Mode::Auto, Mode::Poll] {
        let mut project = WatchedProject::with_files(mode, &["stepladder.yaml"]);
        project.write("content/ic/a.md", "first");
        project.expect_change();
        project.write("content/ic/a.md", "second");
        project.expect_change();
        project.write("themes/own/templates/page.html", "first");
        project.expect_change();
        fs::remove_dir_all(project.disk_path("content")).unwrap();
        project.expect_change();
        project.write("content/b.md", "third");
        fs::remove_file(project.disk_path("stepladder.yaml")).unwrap();
        project.expect_change();
    }
}

#[test]
fn thousands_of_files_may_change_at_once() {
    let mut project = WatchedProject::new(Mode::Auto);
    let path = |number: usize| format!("content/many/{}/{number}.md", number % 40);
    for number in 0..2500 {
        project.write(&path(number), "before");
    }
    project.expect_change();
    for number in 0..2500 {
        fs::remove_file(project.disk_path(&path(number))).unwrap();
        if number % 3 > 0 {
            project.write(&path(number), "after");
        }
    }
    project.expect_change();
    fs::remove_dir_all(project.disk_path("content/many")).unwrap();
    project.expect_change();
}

#[test]
fn lost_events_cause_a_scan_of_the_whole_project() {
    let mut project = WatchedProject::new(Mode::Auto);
    project.watch.watcher = None;
    project.write("content/lost/x.md", "without an event");
    let mut batch = Batch::default();
    batch.lost_events = true;
    project.watch.apply_batch(batch);
    assert_eq!(project.text("content/lost/x.md"), Some("without an event"));
    project.edit_is_found_by_event("content/lost/x.md");
}

#[test]
fn renamed_folders_still_raise_events() {
    let mut project = WatchedProject::new(Mode::Auto);
    project.rename("content/ic", "content/em");
    project.write("content/ic/a.md", "new");
    project.expect_change();
    project.edit_is_found_by_event("content/em/deep/b.md");
    project.edit_is_found_by_event("content/ic/a.md");
    project.rename("content/em", "content/ic/em");
    project.expect_change();
    project.edit_is_found_by_event("content/ic/em/deep/b.md");
}

#[test]
fn changes_outside_of_the_parts_of_a_project_cause_no_scan() {
    let mut project = WatchedProject::new(Mode::Auto);
    project.wait_until_equal();
    project.watch.next_scan = None;
    for path in
        ["public/index.html", ".git/index", "target/debug/x", "README.md", "content/.hidden/x.md", "content/x.swp"]
    {
        project.write(path, "x");
    }
    assert_eq!(project.watch.wait(QUIET_PERIOD), Event::Quiet);
    assert_eq!(project.watch.next_scan, None, "nothing was scanned");
    let watcher = project.watch.watcher.as_ref().unwrap();
    assert!(
        !["public", ".git", "target", "content/.hidden"]
            .iter()
            .any(|folder| watcher.watches(&project.root.join(folder)))
    );
}

#[test]
fn unchanged_files_keep_the_same_bytes_in_memory() {
    in_both_modes(|mut project| {
        let bytes = |project: &WatchedProject, path: &str| {
            project.watch.tree().bytes(&TreePath::normalized(path)).unwrap().clone()
        };
        let before =
            ["content/index.md", "content/ic/deep/b.md", "stepladder.yaml"].map(|path| (path, bytes(&project, path)));
        project.write("content/ic/a.md", "changed");
        let same = fs::read(project.disk_path("content/index.md")).unwrap();
        fs::write(project.disk_path("content/index.md"), same).unwrap();
        project.expect_change();
        project.watch.scan().unwrap();
        for (path, before) in before {
            assert!(std::ptr::eq(&raw const *before, &raw const *bytes(&project, path)), "{path}");
        }
    });
}

#[test]
fn a_save_without_a_change_is_not_reported() {
    let mut project = WatchedProject::new(Mode::Auto);
    // A new asset counts as changed again when its stamp becomes certain.
    fs::remove_file(project.disk_path("content/dot.png")).unwrap();
    project.expect_change();
    let same = fs::read_to_string(project.disk_path("content/ic/a.md")).unwrap();
    project.write("content/ic/a.md", &same);
    assert_eq!(project.watch.wait(QUIET_PERIOD), Event::Quiet);
}

#[test]
fn a_changed_asset_is_reported_although_the_tree_stays_equal() {
    in_both_modes(|mut project| {
        let before = project.watch.tree().clone();
        project.write("content/dot.png", "another picture");
        project.wait_for_change();
        assert_eq!(*project.watch.tree(), before);
        assert!(matches!(before.get(&TreePath::normalized("content/dot.png")), Some(File::OnDisk(_))));
    });
}

#[test]
fn two_writes_with_the_same_timestamp_are_both_found() {
    in_both_modes(|mut project| {
        for number in 0..50 {
            let (one, other) = (format!("{number:05}"), format!("{:05}", number + 1));
            project.write("content/ic/a.md", &one);
            project.watch.scan().unwrap();
            project.write("content/ic/a.md", &other);
            project.watch.scan().unwrap();
            assert_eq!(project.text("content/ic/a.md"), Some(&*other));
        }
    });
}

#[test]
fn a_project_is_polled_when_the_limit_of_watches_is_reached() {
    let mut project = WatchedProject::new(Mode::Auto);
    let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    project.watch.watcher.as_mut().unwrap().limit = Some(limit);
    project.write("content/ic/a.md", "first");
    project.expect_change();
    assert!(project.watch.poll_reason().is_some_and(|reason| reason.contains("limit")));
    project.write("content/ic/a.md", "second");
    project.expect_change();
    assert!(project.watch.watcher.is_none());
}

#[test]
fn a_reason_is_given_only_for_polling() {
    assert_eq!(WatchedProject::new(Mode::Auto).watch.poll_reason(), None);
    assert!(WatchedProject::new(Mode::Poll).watch.poll_reason().is_some());
}
