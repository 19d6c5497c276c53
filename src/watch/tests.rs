//! What watching promises, with real files: whatever happens on disk, the tree becomes equal to it.

mod project_folder;
mod random;
#[cfg(unix)]
mod unix;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::folder_watcher::Batch;
use super::{Event, Mode, POLL, ReadFailure, Watch};
use crate::disk;
use crate::tree::{File, TreePath};

/// Within which a change has to be seen, on a machine that does a lot else.
const DEADLINE: Duration = Duration::from_secs(20);

/// How long to see that nothing happens.
const MOMENT: Duration = Duration::from_millis(150);

/// A project on disk that is watched.
struct Desk {
    root: PathBuf,
    watch: Watch,
    home: tempfile::TempDir,
}

impl Desk {
    /// A small project, watched.
    fn new(how: Mode) -> Self {
        Self::of(
            how,
            &["stepladder.yaml", "content/index.md", "content/ic/a.md", "content/ic/deep/b.md", "content/dot.png"],
        )
    }

    fn of(how: Mode, files: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap().join("guide");
        for file in files {
            put(&root.join(file), file);
        }
        Self { watch: Watch::start(&root, how).unwrap(), root, home }
    }

    fn place(&self, path: &str) -> PathBuf {
        match path.strip_prefix("../") {
            // The project's folder may be missing.
            Some(beside) => self.home.path().join(beside),
            None => self.root.join(path),
        }
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.place(path), text);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.place(from), self.place(to)).unwrap();
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.watch.tree().bytes(&TreePath::normalized(path)).map(|bytes| std::str::from_utf8(bytes).unwrap())
    }

    /// Waits until the tree equals the disk, and says what was told meanwhile. If the disk can't be read, that is to be
    /// told.
    #[track_caller]
    fn catch_up(&mut self) -> Vec<Event> {
        let start = Instant::now();
        let mut told = Vec::new();
        loop {
            let done = match disk::read(&self.root) {
                Ok(tree) => self.watch.trouble.is_none() && tree == *self.watch.tree() && !self.watch.changed,
                Err(error) => {
                    let known = |trouble: &ReadFailure| trouble.told && trouble.message == error.to_string();
                    self.watch.trouble.as_ref().is_some_and(known)
                }
            };
            if done {
                return told;
            }
            assert!(start.elapsed() < DEADLINE, "the tree doesn't become equal to the disk; told: {told:?}");
            match self.watch.wait(MOMENT) {
                Event::Quiet => {}
                news => told.push(news),
            }
        }
    }

    /// The same, for an edit that changes the tree.
    #[track_caller]
    fn changes(&mut self) {
        assert!(self.catch_up().contains(&Event::Changed), "no change was told");
    }

    /// Edits a file and requires that a hint led to the change, before any look at the whole project.
    #[track_caller]
    fn changes_by_hint(&mut self, path: &str) {
        self.catch_up();
        self.watch.due = None;
        let text = format!("{path}, edited");
        self.put(path, &text);
        self.is_told();
        assert_eq!(self.text(path), Some(&*text));
    }

    /// Waits for a change to be told.
    #[track_caller]
    fn is_told(&mut self) {
        let start = Instant::now();
        while self.watch.wait(MOMENT) != Event::Changed {
            assert!(start.elapsed() < DEADLINE, "no change was told");
        }
    }
}

fn put(place: &Path, text: &str) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

/// Runs a test with hints and without.
fn each_way(test: impl Fn(Desk)) {
    for how in [Mode::Auto, Mode::Poll] {
        test(Desk::new(how));
    }
}

#[test]
fn a_project_is_read_at_the_start() {
    each_way(|desk| assert_eq!(*desk.watch.tree(), disk::read(&desk.root).unwrap()));
    let missing = Watch::start(Path::new("/nowhere/guide"), Mode::Auto).err().unwrap();
    assert!(missing.to_string().contains("/nowhere/guide"), "{missing}");
}

#[test]
fn what_is_saved_is_in_the_tree() {
    each_way(|mut desk| {
        for text in ["other", "", "more than before, and longer"] {
            desk.put("content/ic/a.md", text);
            desk.changes();
            assert_eq!(desk.text("content/ic/a.md"), Some(text));
        }
        let mut file = fs::File::options().append(true).open(desk.place("content/ic/a.md")).unwrap();
        std::io::Write::write_all(&mut file, b"!").unwrap();
        desk.changes();
    });
}

#[test]
fn a_burst_of_saves_ends_with_the_last() {
    each_way(|mut desk| {
        for number in 0..200 {
            desk.put("content/ic/a.md", &number.to_string());
        }
        desk.changes();
        assert_eq!(desk.text("content/ic/a.md"), Some("199"));
    });
}

#[test]
fn editors_may_save_by_renaming() {
    each_way(|mut desk| {
        for text in ["once", "again"] {
            // Vim: a probe, the old file becomes a backup, a new one takes its place.
            desk.put("content/ic/4913", "");
            fs::remove_file(desk.place("content/ic/4913")).unwrap();
            desk.rename("content/ic/a.md", "content/ic/a.md~");
            desk.put("content/ic/a.md", text);
            fs::remove_file(desk.place("content/ic/a.md~")).unwrap();
            desk.changes();
            // JetBrains: the new text is written beside the old file, both change names.
            desk.put("content/index.md___jb_tmp___", text);
            desk.rename("content/index.md", "content/index.md___jb_old___");
            desk.rename("content/index.md___jb_tmp___", "content/index.md");
            fs::remove_file(desk.place("content/index.md___jb_old___")).unwrap();
            desk.changes();
            // Many others: a hidden file is renamed over the old one.
            desk.put(".stepladder.yaml.tmp", text);
            desk.rename(".stepladder.yaml.tmp", "stepladder.yaml");
            desk.changes();
            assert_eq!(
                ["content/ic/a.md", "content/index.md", "stepladder.yaml"].map(|path| desk.text(path)),
                [Some(text); 3]
            );
        }
    });
}

#[test]
fn a_new_folder_may_hold_files_at_once() {
    each_way(|mut desk| {
        for number in 0..4 {
            desk.put(&format!("content/new/{number}/deep/er/x.md"), "x");
            desk.changes();
            desk.put(&format!("content/new/{number}/deep/er/x.md"), "y");
            desk.changes();
        }
    });
}

#[test]
fn files_and_folders_may_go_and_come_back_and_change_names() {
    each_way(|mut desk| {
        let text = fs::read_to_string(desk.place("content/ic/a.md")).unwrap();
        fs::remove_file(desk.place("content/ic/a.md")).unwrap();
        desk.changes();
        desk.put("content/ic/a.md", &text);
        desk.changes();
        desk.rename("content/ic/a.md", "content/ic/c.md");
        desk.changes();
        desk.rename("content/ic", "content/em");
        desk.changes();
        desk.put("content/em/deep/b.md", "in the renamed folder");
        desk.changes();
        desk.put("content/ic/deep/b.md", "in a new one of the old name");
        desk.changes();
        fs::remove_dir_all(desk.place("content/em")).unwrap();
        desk.changes();
        fs::remove_dir_all(desk.place("content/ic")).unwrap();
        desk.put("content/ic", "a file where a folder was");
        desk.changes();
        fs::remove_file(desk.place("content/ic")).unwrap();
        desk.put("content/ic/a.md", "and a folder again");
        desk.changes();
    });
}

#[test]
fn the_parts_of_a_project_may_appear_later() {
    for how in [Mode::Auto, Mode::Poll] {
        let mut desk = Desk::of(how, &["stepladder.yaml"]);
        desk.put("content/ic/a.md", "first");
        desk.changes();
        desk.put("content/ic/a.md", "second");
        desk.changes();
        desk.put("themes/own/templates/page.html", "first");
        desk.changes();
        fs::remove_dir_all(desk.place("content")).unwrap();
        desk.changes();
        desk.put("content/b.md", "third");
        fs::remove_file(desk.place("stepladder.yaml")).unwrap();
        desk.changes();
    }
}

#[test]
fn thousands_of_files_may_change_at_once() {
    let mut desk = Desk::new(Mode::Auto);
    let path = |number: usize| format!("content/many/{}/{number}.md", number % 40);
    for number in 0..2500 {
        desk.put(&path(number), "before");
    }
    desk.changes();
    for number in 0..2500 {
        fs::remove_file(desk.place(&path(number))).unwrap();
        if number % 3 > 0 {
            desk.put(&path(number), "after");
        }
    }
    desk.changes();
    fs::remove_dir_all(desk.place("content/many")).unwrap();
    desk.changes();
}

#[test]
fn lost_hints_lead_to_a_look_at_everything() {
    let mut desk = Desk::new(Mode::Auto);
    desk.watch.hints = None;
    desk.put("content/lost/x.md", "unheard of");
    let mut burst = Batch::default();
    burst.all = true;
    desk.watch.follow(burst);
    assert_eq!(desk.text("content/lost/x.md"), Some("unheard of"));
    desk.changes_by_hint("content/lost/x.md");
}

#[test]
fn after_folders_moved_hints_still_come() {
    let mut desk = Desk::new(Mode::Auto);
    desk.rename("content/ic", "content/em");
    desk.put("content/ic/a.md", "new");
    desk.changes();
    desk.changes_by_hint("content/em/deep/b.md");
    desk.changes_by_hint("content/ic/a.md");
    desk.rename("content/em", "content/ic/em");
    desk.changes();
    desk.changes_by_hint("content/ic/em/deep/b.md");
}

#[test]
fn what_is_beside_the_parts_costs_nothing() {
    let mut desk = Desk::new(Mode::Auto);
    desk.catch_up();
    desk.watch.due = None;
    for path in
        ["public/index.html", ".git/index", "target/debug/x", "README.md", "content/.hidden/x.md", "content/x.swp"]
    {
        desk.put(path, "x");
    }
    assert_eq!(desk.watch.wait(MOMENT), Event::Quiet);
    assert_eq!(desk.watch.due, None, "nothing was looked at");
    let hints = desk.watch.hints.as_ref().unwrap();
    assert!(!["public", ".git", "target", "content/.hidden"].iter().any(|folder| hints.has(&desk.root.join(folder))));
}

#[test]
fn what_did_not_change_stays_the_same_bytes() {
    each_way(|mut desk| {
        let bytes = |desk: &Desk, path: &str| Arc::clone(desk.watch.tree().bytes(&TreePath::normalized(path)).unwrap());
        let before =
            ["content/index.md", "content/ic/deep/b.md", "stepladder.yaml"].map(|path| (path, bytes(&desk, path)));
        desk.put("content/ic/a.md", "changed");
        let same = fs::read(desk.place("content/index.md")).unwrap();
        fs::write(desk.place("content/index.md"), same).unwrap();
        desk.changes();
        desk.watch.look().unwrap();
        for (path, before) in before {
            assert!(Arc::ptr_eq(&before, &bytes(&desk, path)), "{path}");
        }
    });
}

#[test]
fn a_save_without_a_change_is_not_told() {
    let mut desk = Desk::new(Mode::Auto);
    // Its asset is new, and so counts as changed once more when its time is beyond doubt.
    fs::remove_file(desk.place("content/dot.png")).unwrap();
    desk.changes();
    let same = fs::read_to_string(desk.place("content/ic/a.md")).unwrap();
    desk.put("content/ic/a.md", &same);
    assert_eq!(desk.watch.wait(MOMENT), Event::Quiet);
}

#[test]
fn an_asset_that_changes_is_told_although_the_tree_stays_equal() {
    each_way(|mut desk| {
        let before = desk.watch.tree().clone();
        desk.put("content/dot.png", "another picture");
        desk.is_told();
        assert_eq!(*desk.watch.tree(), before);
        assert!(matches!(before.get(&TreePath::normalized("content/dot.png")), Some(File::OnDisk(_))));
    });
}

#[test]
fn what_is_written_twice_in_one_tick_is_seen() {
    each_way(|mut desk| {
        for number in 0..50 {
            let (one, other) = (format!("{number:05}"), format!("{:05}", number + 1));
            desk.put("content/ic/a.md", &one);
            desk.watch.look().unwrap();
            desk.put("content/ic/a.md", &other);
            desk.watch.look().unwrap();
            assert_eq!(desk.text("content/ic/a.md"), Some(&*other));
        }
    });
}

#[test]
fn where_nothing_more_can_be_watched_the_project_is_polled() {
    let mut desk = Desk::new(Mode::Auto);
    let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    desk.watch.hints.as_mut().unwrap().refused = Some(limit);
    desk.put("content/ic/a.md", "first");
    desk.changes();
    assert!(desk.watch.poll_reason().is_some_and(|reason| reason.contains("limit")));
    desk.put("content/ic/a.md", "second");
    desk.changes();
    assert!(desk.watch.hints.is_none());
}

#[test]
fn only_who_polls_says_so() {
    assert_eq!(Desk::new(Mode::Auto).watch.poll_reason(), None);
    assert!(Desk::new(Mode::Poll).watch.poll_reason().is_some());
}
