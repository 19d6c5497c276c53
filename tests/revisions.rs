//! Projects at revisions of a git repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use stepladder::disk::{GitError, Repository, read};
use stepladder::tree::{SymlinkProblem, Tree, TreePath};

use crate::support::Folder;

/// Runs git in a folder, without the configuration of the machine, as an author of its own.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let settings = ["user.name=Test", "user.email=test@example.org", "init.defaultBranch=main", "commit.gpgsign=false"];
    let mut git = Command::new("git");
    git.current_dir(folder).args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
    git.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    git.envs(["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"].map(|name| (name, "2026-03-02T12:00:00Z")));
    let output = git.output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Commits everything in a folder, which becomes a repository if it isn't one, under a tag.
#[track_caller]
pub(crate) fn commit(folder: &Path, tag: &str) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet"]);
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", tag]);
    git(folder, &["tag", tag]);
}

fn page(title: &str) -> String {
    format!("---\ntitle: {title}\n---\n")
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.iter().map(|(path, _)| path.as_str()).collect()
}

#[track_caller]
fn text(tree: &Tree, path: &str) -> String {
    String::from_utf8(tree.bytes(&TreePath::normalized(path)).expect(path).to_vec()).expect("UTF-8")
}

#[test]
fn a_project_in_a_subfolder_is_read_as_it_was_and_nothing_is_written() {
    let folder = Folder::empty();
    folder.write("docs/guide/stepladder.yaml", "title: Guide\n");
    folder.write("docs/guide/content/ic/a b.md", page("Before"));
    folder.write("docs/guide/content/é.md", page("É"));
    folder.write("docs/guide/content/logo.png", [0_u8, 255]);
    folder.write("docs/guide/content/_drafts/x.md", page("X"));
    folder.write("docs/guide/src/main.rs", "fn main() {}\n");
    folder.write("other/content/a.md", page("Other"));
    commit(&folder.path(""), "v1");
    folder.write("docs/guide/content/ic/a b.md", page("After"));
    folder.remove("docs/guide/content/é.md");
    let index = fs::read(folder.path(".git/index")).unwrap();

    let root = folder.path("docs/guide");
    let repository = Repository::of(&root).unwrap();
    let now = read(&root).unwrap();
    let v1 = repository.commit("v1").unwrap();
    assert_eq!((v1.date.as_str(), v1.hash.len(), repository.is_shallow), ("2026-03-02", 40, false));
    let then = repository.read(&v1, &now).unwrap();
    assert_eq!(paths(&then.tree), ["content/ic/a b.md", "content/logo.png", "content/é.md", "stepladder.yaml"]);
    assert_eq!(text(&then.tree, "content/ic/a b.md"), page("Before"));
    assert_eq!(then.renamed_from, None);
    assert_eq!(folder.read("docs/guide/content/ic/a b.md"), page("After"));
    assert_eq!(fs::read(folder.path(".git/index")).unwrap(), index);
}

#[test]
fn a_folder_that_had_another_name_is_found() {
    let folder = Folder::empty();
    folder.write("ladder/stepladder.yaml", "title: Before\n");
    folder.write("ladder/content/ic/senior.md", page("Senior"));
    folder.write("old/content/senior.md", page("Copy"));
    commit(&folder.path(""), "v1");
    git(&folder.path(""), &["mv", "ladder", "guide"]);
    git(&folder.path(""), &["mv", "guide/content", "guide/pages"]);
    commit(&folder.path(""), "v2");
    git(&folder.path(""), &["mv", "guide/pages", "guide/content"]);

    let root = folder.path("guide");
    let (repository, now) = (Repository::of(&root).unwrap(), read(&root).unwrap());
    for (tag, place) in [("v1", "ladder/content"), ("v2", "guide/pages")] {
        let then = repository.read(&repository.commit(tag).unwrap(), &now).unwrap();
        assert_eq!(paths(&then.tree), ["content/ic/senior.md", "stepladder.yaml"], "{tag}");
        assert_eq!(then.renamed_from.as_deref(), Some(place));
    }
}

#[test]
#[cfg(unix)]
fn links_are_followed_inside_the_project_only() {
    use std::os::unix::fs::symlink;
    let folder = Folder::empty();
    folder.write("stepladder.yaml", "title: Guide\n");
    folder.write("content/a.md", page("A"));
    folder.write("shared/b.md", page("B"));
    for (target, link) in
        [("a.md", "c.md"), ("../shared", "s"), ("../../outside.md", "o.md"), ("gone.md", "g.md"), ("l.md", "l.md")]
    {
        symlink(target, folder.path("content").join(link)).unwrap();
    }
    commit(&folder.path(""), "v1");
    let repository = Repository::of(&folder.path("")).unwrap();
    let then = repository.read(&repository.commit("HEAD").unwrap(), &Tree::default()).unwrap().tree;
    assert_eq!(paths(&then), ["content/a.md", "content/c.md", "content/s/b.md", "stepladder.yaml"]);
    assert_eq!(text(&then, "content/c.md"), page("A"));
    let unresolved = then.symlinks().iter().map(|(path, link)| (path.as_str(), link.reason)).collect::<Vec<_>>();
    let expected = [
        ("content/g.md", SymlinkProblem::Missing),
        ("content/l.md", SymlinkProblem::Circular),
        ("content/o.md", SymlinkProblem::Outside),
    ];
    assert_eq!(unresolved, expected);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = Folder::empty();
    assert!(matches!(Repository::of(&folder.path("")), Err(GitError::NoRepository { .. })));
    folder.write("readme.txt", "Nothing here yet.\n");
    commit(&folder.path(""), "v1");
    let repository = Repository::of(&folder.path("")).unwrap();
    for revision in ["v2", "--all", "v1:readme.txt", ""] {
        let Err(GitError::UnknownRevision { names, .. }) = repository.commit(revision) else { panic!("{revision}") };
        assert_eq!(names, ["main", "v1"]);
    }
    let v1 = repository.commit("v1").unwrap();
    let error = repository.read(&v1, &Tree::default()).unwrap_err();
    assert_eq!(error.to_string(), "at the revision `v1`, there are no pages in `content/`");
}

#[test]
fn a_shallow_clone_says_so() {
    let folder = Folder::empty();
    let (origin, clone) = (folder.path("origin"), folder.path("clone"));
    folder.write("origin/content/a.md", page("A"));
    commit(&origin, "v1");
    commit(&origin, "v2");
    let url = format!("file://{}", origin.display());
    git(&folder.path(""), &["clone", "--quiet", "--depth=1", &url, "clone"]);
    let repository = Repository::of(&clone).unwrap();
    assert!(repository.is_shallow);
    assert!(repository.commit("HEAD").is_ok());
    assert!(matches!(repository.commit("HEAD~1"), Err(GitError::UnknownRevision { is_shallow: true, .. })));
}
