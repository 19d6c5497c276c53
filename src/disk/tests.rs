//! Tests of writing a site to a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{SiteWriter, WriteError, Written, check_output, write};
use crate::tree::{File, Tree, TreePath};

const MANIFEST: &str = ".stepladder-manifest";

fn site(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| (TreePath::normalized(path), File::from(*text))).collect()
}

fn counts(written: usize, unchanged: usize, removed: usize) -> Written {
    Written { written, unchanged, removed }
}

/// An output folder in a folder of its own.
struct Output(tempfile::TempDir);

impl Output {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn place(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.place(path).parent().unwrap()).unwrap();
        fs::write(self.place(path), text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.place(path)).unwrap()
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written, WriteError> {
        write(&site(files), &self.folder(), false)
    }

    /// Every file and empty folder, without the manifest.
    fn paths(&self) -> Vec<String> {
        let entries = walkdir::WalkDir::new(self.folder()).min_depth(1).sort_by_file_name();
        let leaves = entries
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| !entry.path().is_dir() || entry.path().read_dir().unwrap().next().is_none());
        let names = leaves.map(|entry| entry.path().strip_prefix(self.folder()).unwrap().display().to_string());
        names.filter(|name| name != MANIFEST).collect()
    }

    fn listed(&self) -> Vec<String> {
        self.text(MANIFEST).lines().skip(1).map(str::to_owned).collect()
    }
}

#[test]
fn a_fresh_folder_gets_every_file_and_a_manifest() {
    let output = Output::new();
    assert_eq!(output.build(&[("index.html", "i"), ("ic/a/b.html", "b")]).unwrap(), counts(2, 0, 0));
    assert_eq!(output.paths(), ["ic/a/b.html", "index.html"]);
    assert_eq!(output.listed(), ["ic/a/b.html", "index.html"]);
    assert_eq!(output.text("ic/a/b.html"), "b");
}

#[test]
fn only_files_whose_bytes_differ_are_written() {
    let output = Output::new();
    output.build(&[("a.html", "one"), ("b.html", "two"), ("c.html", "three")]).unwrap();
    let long_ago = SystemTime::now() - Duration::from_hours(1000);
    let names = ["a.html", "b.html", "c.html", MANIFEST];
    for name in names {
        fs::File::options().write(true).open(output.place(name)).unwrap().set_modified(long_ago).unwrap();
    }
    let written = output.build(&[("a.html", "one"), ("b.html", "TWO"), ("c.html", "three!")]).unwrap();
    assert_eq!(written, counts(2, 1, 0));
    let untouched = names.map(|name| fs::metadata(output.place(name)).unwrap().modified().unwrap() == long_ago);
    assert_eq!(untouched, [true, false, false, true]);
    assert_eq!(output.text("b.html"), "TWO");
}

#[test]
fn an_asset_is_copied_and_compared_with_its_source() {
    let output = Output::new();
    let source = output.0.path().canonicalize().unwrap().join("photo.png");
    let build = |bytes: &[u8]| {
        fs::write(&source, bytes).unwrap();
        let tree: Tree = [(TreePath::normalized("img/photo.png"), File::OnDisk(source.clone()))].into_iter().collect();
        let written = write(&tree, &output.folder(), false).unwrap();
        assert_eq!(fs::read(output.place("img/photo.png")).unwrap(), bytes);
        written
    };
    let mut bytes = vec![7; 300_000];
    assert_eq!(build(&bytes), counts(1, 0, 0));
    assert_eq!(build(&bytes), counts(0, 1, 0));
    bytes[299_999] = 8;
    assert_eq!(build(&bytes), counts(1, 0, 0));
    assert_eq!(build(&bytes[1..]), counts(1, 0, 0));
}

#[test]
fn obsolete_files_are_removed_with_their_empty_folders() {
    let output = Output::new();
    output.build(&[("index.html", "i"), ("ic/a/b.html", "b"), ("em/c.html", "c")]).unwrap();
    output.put("em/mine.txt", "mine");
    assert_eq!(output.build(&[("index.html", "i")]).unwrap(), counts(0, 1, 2));
    assert_eq!(output.paths(), ["em/mine.txt", "index.html"]);
    assert_eq!(output.listed(), ["index.html"]);
}

#[test]
fn a_file_that_stepladder_did_not_write_stays() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    output.put("CNAME", "example.org");
    output.put("ic/notes.txt", "mine");
    output.build(&[("ic/a.html", "a")]).unwrap();
    assert_eq!(output.paths(), ["CNAME", "ic/a.html", "ic/notes.txt"]);
}

#[test]
fn a_foreign_file_at_the_path_of_a_site_file_is_an_error_before_anything_is_written() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    output.put("about.html", "mine");
    output.put("ic", "mine");
    let new = [("about.html", "a"), ("ic/a.html", "a"), ("index.html", "new")];
    let refused = output.build(&new).unwrap_err();
    assert!(matches!(&refused, WriteError::Foreign { more: 1, .. }), "{refused}");
    assert!(refused.to_string().contains("--force"));
    assert_eq!((output.text("index.html"), output.text("about.html")), ("i".into(), "mine".into()));
    assert_eq!(output.listed(), ["index.html"]);
    assert_eq!(write(&site(&new), &output.folder(), true).unwrap(), counts(3, 0, 0));
    assert_eq!((output.text("ic/a.html"), output.text("about.html")), ("a".into(), "a".into()));
}

#[test]
fn a_folder_with_files_and_no_manifest_is_refused_until_forced() {
    let output = Output::new();
    output.put("thesis.txt", "years of work");
    let refused = output.build(&[("index.html", "i")]).unwrap_err();
    assert!(matches!(refused, WriteError::NotOurs { .. }));
    assert!(refused.to_string().contains("use `--force`"));
    assert_eq!(output.paths(), ["thesis.txt"]);
    write(&site(&[("index.html", "i")]), &output.folder(), true).unwrap();
    assert_eq!(output.build(&[]).unwrap(), counts(0, 0, 1));
    assert_eq!(output.paths(), ["thesis.txt"]);
}

#[test]
fn hidden_files_at_the_root_are_allowed_and_stay() {
    let output = Output::new();
    for name in [".gitkeep", ".nojekyll", ".git/config"] {
        output.put(name, "");
    }
    output.build(&[("index.html", "i")]).unwrap();
    output.build(&[]).unwrap();
    assert_eq!(output.paths(), [".git/config", ".gitkeep", ".nojekyll"]);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let output = Output::new();
    output.build(&[("a", "file"), ("b/c/d.html", "d")]).unwrap();
    assert_eq!(output.build(&[("a/x.html", "x"), ("b", "file")]).unwrap(), counts(2, 0, 2));
    assert_eq!(output.paths(), ["a/x.html", "b"]);
}

#[test]
fn a_file_becomes_a_folder_while_the_only_file_of_another_folder_is_renamed() {
    let output = Output::new();
    output.build(&[("d/a.html", "a"), ("flip.txt", "file")]).unwrap();
    assert_eq!(output.build(&[("d/b.html", "b"), ("flip.txt/x", "x")]).unwrap(), counts(2, 0, 2));
    assert_eq!(output.paths(), ["d/b.html", "flip.txt/x"]);
    assert_eq!(output.build(&[("d/a.html", "a"), ("flip.txt", "file")]).unwrap(), counts(2, 0, 2));
    assert_eq!(output.paths(), ["d/a.html", "flip.txt"]);
}

#[test]
fn an_empty_folder_gives_way_to_a_file() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    fs::create_dir_all(output.place("notes/empty")).unwrap();
    output.build(&[("index.html", "i"), ("notes", "file")]).unwrap();
    assert_eq!(output.text("notes"), "file");
}

#[test]
fn a_folder_with_foreign_files_is_never_replaced_by_a_file() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    output.put("notes/mine.txt", "mine");
    let new = site(&[("index.html", "new"), ("notes", "file")]);
    for force in [false, true] {
        assert!(matches!(write(&new, &output.folder(), force), Err(WriteError::Foreign { .. })));
    }
    assert_eq!((output.text("notes/mine.txt"), output.text("index.html")), ("mine".into(), "i".into()));
}

#[test]
fn a_concurrent_build_is_an_error() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    let lock = super::lock::Lock::acquire(&output.folder()).unwrap();
    let refused = output.build(&[("index.html", "new")]).unwrap_err();
    assert!(matches!(refused, WriteError::Busy { .. }), "{refused}");
    assert_eq!(output.text("index.html"), "i");
    drop(lock);
    assert_eq!(output.build(&[("index.html", "new")]).unwrap(), counts(1, 0, 0));
    assert_eq!(output.paths(), ["index.html"], "the lock's file is gone");
}

/// Recreates the state of a build from (`a`, `b`) to (`b`, `c/d`, `e`) that is interrupted while it writes.
#[test]
fn a_build_that_was_interrupted_before_its_commit_changed_nothing_and_leaves_nothing() {
    let output = Output::new();
    output.build(&[("a.html", "a"), ("b.html", "b")]).unwrap();
    output.put(".stepladder-staging/c/d.html", "ha");
    output.put(".stepladder-staging/b.html", "n");
    output.put(".stepladder-tmp-0", "# Step");
    output.put(".stepladder-lock", "4711\n");
    assert_eq!((output.text("a.html"), output.text("b.html")), ("a".into(), "b".into()));
    assert_eq!(output.build(&[("a.html", "a"), ("b.html", "b")]).unwrap(), counts(0, 2, 0));
    assert_eq!(output.paths(), ["a.html", "b.html"]);
}

/// As before, but interrupted after the commit, when `c` has been moved and `b` and `e` have not.
fn interrupted_after_commit() -> Output {
    let output = Output::new();
    output.build(&[("a.html", "a"), ("b.html", "b")]).unwrap();
    let manifest = output.text(MANIFEST);
    output.put(MANIFEST, &format!("{manifest}c/d.html\ne/f.html\n"));
    output.put("c/d.html", "new");
    output.put(".stepladder-publishing/b.html", "new");
    output.put(".stepladder-publishing/e/f.html", "new");
    output.put(
        &format!(".stepladder-publishing/{MANIFEST}"),
        &manifest.replace("a.html\nb.html", "b.html\nc/d.html\ne/f.html"),
    );
    output.put(".stepladder-lock", "4711\n");
    output
}

#[test]
fn the_next_build_completes_one_that_was_interrupted_after_its_commit() {
    let output = interrupted_after_commit();
    let site = [("b.html", "new"), ("c/d.html", "new"), ("e/f.html", "new")];
    assert_eq!(output.build(&site).unwrap(), counts(0, 3, 0));
    assert_eq!(output.paths(), ["b.html", "c/d.html", "e/f.html"]);
    assert_eq!(output.listed(), ["b.html", "c/d.html", "e/f.html"]);
}

#[test]
fn a_build_that_fails_completes_an_interrupted_one_all_the_same() {
    let output = interrupted_after_commit();
    let writer = SiteWriter::begin([TreePath::normalized("z.html")], &output.folder(), false).unwrap();
    writer.put(&TreePath::normalized("z.html"), &"z".into()).unwrap();
    drop(writer);
    assert_eq!(output.paths(), ["b.html", "c/d.html", "e/f.html"]);
    assert_eq!(["b.html", "c/d.html", "e/f.html"].map(|path| output.text(path)), ["new"; 3]);
}

#[test]
fn an_interrupted_build_that_can_not_be_completed_is_replaced() {
    let output = interrupted_after_commit();
    fs::remove_file(output.place("b.html")).unwrap();
    output.put("b.html/mine.txt", "mine");
    assert_eq!(output.build(&[("z.html", "z")]).unwrap(), counts(1, 0, 2));
    assert_eq!(output.paths(), ["b.html/mine.txt", "z.html"]);
}

#[test]
fn a_build_that_fails_while_writing_leaves_the_former_site_and_can_be_repeated() {
    let output = Output::new();
    output.build(&[("a.html", "old"), ("old.html", "o")]).unwrap();
    let source = output.0.path().canonicalize().unwrap().join("photo.png");
    let mut tree = site(&[("a.html", "a"), ("new/b.html", "b")]);
    tree.insert(TreePath::normalized("photo.png"), File::OnDisk(source.clone()));
    let failed = write(&tree, &output.folder(), false).unwrap_err();
    assert!(matches!(failed, WriteError::Io(_)) && failed.to_string().contains("photo.png"), "{failed}");
    assert_eq!((output.text("a.html"), output.text("old.html")), ("old".into(), "o".into()));
    assert_eq!(output.paths(), ["a.html", "old.html"]);
    fs::write(&source, "p").unwrap();
    write(&tree, &output.folder(), false).unwrap();
    assert_eq!(output.paths(), ["a.html", "new/b.html", "photo.png"]);
}

#[test]
fn a_first_build_that_fails_leaves_no_folder() {
    let output = Output::new();
    let writer = SiteWriter::begin([TreePath::normalized("a.html")], &output.folder(), false).unwrap();
    writer.put(&TreePath::normalized("a.html"), &"a".into()).unwrap();
    drop(writer);
    assert!(!output.folder().exists());
}

#[test]
fn readers_see_complete_files_at_any_moment() {
    let output = Output::new();
    let texts = ["a".repeat(50_000), "b".repeat(70_000)];
    output.build(&[("index.html", &texts[0])]).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::SeqCst) {
                assert!(texts.contains(&output.text("index.html")), "half a file");
            }
        });
        for number in 0..100 {
            output.build(&[("index.html", &texts[number % 2])]).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}

#[test]
fn a_manipulated_manifest_removes_nothing_outside_the_folder() {
    let output = Output::new();
    output.build(&[("index.html", "i")]).unwrap();
    let outside = output.0.path().join("mine.txt");
    fs::write(&outside, "mine").unwrap();
    let manifest = output.text(MANIFEST);
    output.put(MANIFEST, &format!("{manifest}../mine.txt\n{}\n", outside.display()));
    output.build(&[]).unwrap();
    assert!(outside.exists());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    fn with_outside(name: &str) -> (Output, PathBuf) {
        let output = Output::new();
        let outside = output.0.path().join("outside");
        fs::create_dir_all(&outside).unwrap();
        fs::write(outside.join(name), "mine").unwrap();
        (output, outside)
    }

    fn is_mine(path: &Path) -> bool {
        fs::read_to_string(path).is_ok_and(|text| text == "mine")
    }

    #[test]
    fn a_linked_folder_is_never_written_through() {
        let (output, outside) = with_outside("a.html");
        output.build(&[("index.html", "i")]).unwrap();
        symlink(&outside, output.place("ic")).unwrap();
        for force in [false, true] {
            let refused = write(&site(&[("ic/a.html", "a")]), &output.folder(), force).unwrap_err();
            assert!(matches!(refused, WriteError::Symlink { .. }), "{refused}");
        }
        assert!(is_mine(&outside.join("a.html")));
    }

    #[test]
    fn nothing_is_removed_through_a_linked_folder() {
        let (output, outside) = with_outside("a.html");
        output.build(&[("index.html", "i"), ("ic/a.html", "a")]).unwrap();
        fs::remove_dir_all(output.place("ic")).unwrap();
        fs::write(outside.join(".stepladder-tmp-1"), "mine").unwrap();
        symlink(&outside, output.place("ic")).unwrap();
        output.put(".stepladder-lock", "");
        output.build(&[("index.html", "i")]).unwrap();
        assert!(is_mine(&outside.join("a.html")) && is_mine(&outside.join(".stepladder-tmp-1")));
    }

    #[test]
    fn a_linked_file_is_replaced_and_its_target_stays() {
        let (output, outside) = with_outside("a.html");
        output.build(&[("a.html", "old")]).unwrap();
        fs::remove_file(output.place("a.html")).unwrap();
        symlink(outside.join("a.html"), output.place("a.html")).unwrap();
        symlink(outside.join("a.html"), output.place(".stepladder-tmp-0")).unwrap();
        output.build(&[("a.html", "new")]).unwrap();
        assert!(is_mine(&outside.join("a.html")));
        assert!(!output.place("a.html").is_symlink());
    }

    #[test]
    fn the_output_may_not_lead_to_the_project_or_a_part_of_it() {
        let root = tempfile::tempdir().unwrap();
        let (root, output) = (root.path(), root.path().join("public"));
        fs::create_dir_all(root.join("content/ic")).unwrap();
        fs::create_dir(root.join("dist")).unwrap();
        fs::write(root.join("stepladder.yaml"), "").unwrap();
        check_output(root, &output).unwrap();
        for target in ["content", "content/ic", ".", ".."] {
            symlink(target, &output).unwrap();
            let refused = check_output(root, &output).unwrap_err().to_string();
            assert!(refused.contains("the project's own files are in"), "{target}: {refused}");
            fs::remove_file(&output).unwrap();
        }
        symlink("dist", &output).unwrap();
        check_output(root, &output).unwrap();
    }

    #[test]
    fn an_output_that_is_no_folder_is_refused() {
        let output = Output::new();
        symlink("nowhere", output.folder()).unwrap();
        let refused = output.build(&[("index.html", "i")]).unwrap_err().to_string();
        assert!(refused.contains("a link to nowhere, which doesn't exist"), "{refused}");
        fs::remove_file(output.folder()).unwrap();
        fs::write(output.folder(), "mine").unwrap();
        let refused = output.build(&[("index.html", "i")]).unwrap_err().to_string();
        assert!(refused.contains("because it isn't a folder"), "{refused}");
    }

    #[test]
    fn a_pipe_in_place_of_the_manifest_is_an_error_at_once() {
        let output = Output::new();
        output.build(&[("index.html", "i")]).unwrap();
        fs::remove_file(output.place(MANIFEST)).unwrap();
        let made = std::process::Command::new("mkfifo").arg(output.place(MANIFEST)).status().unwrap();
        assert!(made.success());
        let refused = output.build(&[("index.html", "i")]).unwrap_err().to_string();
        assert!(refused.contains("it isn't a regular file"), "{refused}");
    }

    #[test]
    fn nothing_is_published_or_removed_through_a_link_in_place_of_a_staging_folder() {
        for name in [".stepladder-staging", ".stepladder-publishing"] {
            let (output, outside) = with_outside("a.html");
            output.build(&[("index.html", "i")]).unwrap();
            symlink(&outside, output.place(name)).unwrap();
            output.build(&[("index.html", "new")]).unwrap();
            assert!(is_mine(&outside.join("a.html")), "{name}");
            assert_eq!(output.paths(), ["index.html"]);
        }
    }

    #[test]
    fn the_output_itself_may_be_a_link() {
        let (output, outside) = with_outside(".gitkeep");
        symlink(&outside, output.folder()).unwrap();
        output.build(&[("index.html", "i")]).unwrap();
        assert!(outside.join("index.html").is_file());
    }
}
