//! Symbolic links, access rights, and names that aren't Unicode.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

#[test]
fn a_read_error_and_its_end_are_each_reported_once() {
    in_both_modes(|mut project| {
        let before = project.watch.tree().clone();
        let bad = project.disk_path("content/ic").join(OsStr::from_bytes(b"bad-\xff.md"));
        fs::write(&bad, "x").unwrap();
        let events = project.wait_until_equal();
        assert!(
            matches!(&events[..], [Event::Unreadable(message)] if message.contains("isn't valid Unicode")),
            "{events:?}"
        );
        assert_eq!(*project.watch.tree(), before);
        assert_eq!(project.watch.wait(QUIET_PERIOD * 4), Event::Quiet, "it is reported once");
        fs::remove_file(&bad).unwrap();
        assert_eq!(project.wait_until_equal(), [Event::Changed], "its end is reported although the tree is the same");
    });
}

/// Has no effect for a user who may read everything.
#[test]
fn removed_and_restored_access_rights_are_reported() {
    in_both_modes(|mut project| {
        for path in ["content/ic/a.md", "content/ic/deep", "content", "stepladder.yaml"] {
            let rights = fs::metadata(project.disk_path(path)).unwrap().permissions();
            fs::set_permissions(project.disk_path(path), fs::Permissions::from_mode(0o000)).unwrap();
            let is_unreadable = disk::read(&project.root).is_err();
            assert_eq!(
                project.wait_until_equal().iter().any(|event| matches!(event, Event::Unreadable(_))),
                is_unreadable
            );
            fs::set_permissions(project.disk_path(path), rights).unwrap();
            assert_eq!(project.wait_until_equal().contains(&Event::Changed), is_unreadable);
        }
    });
}

#[test]
fn changes_behind_links_are_found() {
    in_both_modes(|mut project| {
        project.write("shared/x/c.md", "shared");
        project.write("other/x/d.md", "other");
        symlink("../shared", project.disk_path("content/s")).unwrap();
        symlink("../README.md", project.disk_path("content/readme.md")).unwrap();
        project.expect_change();
        project.write("shared/x/c.md", "edited");
        project.expect_change();
        assert_eq!(project.text("content/s/x/c.md"), Some("edited"));
        project.write("shared/y/e.md", "new");
        project.expect_change();
        project.write("README.md", "the target of a broken link");
        project.expect_change();
        project.rename("shared", "elsewhere");
        project.expect_change();
        fs::remove_file(project.disk_path("content/s")).unwrap();
        symlink("../other", project.disk_path("content/s")).unwrap();
        project.expect_change();
        project.write("other/x/d.md", "edited");
        project.expect_change();
        // A link to a link: the second one may change without an event.
        symlink("../other/x", project.disk_path("content/t")).unwrap();
        project.rename("other", "third");
        symlink("third", project.disk_path("other")).unwrap();
        project.expect_change();
        fs::remove_file(project.disk_path("other")).unwrap();
        symlink("elsewhere", project.disk_path("other")).unwrap();
        project.expect_change();
    });
}

#[test]
fn links_that_can_not_be_followed_are_in_the_tree_until_they_can() {
    in_both_modes(|mut project| {
        let path = TreePath::normalized("content/ic/c.md");
        symlink("../shared.md", project.disk_path(path.as_str())).unwrap();
        project.expect_change();
        assert_eq!(project.watch.tree().symlinks().keys().collect::<Vec<_>>(), [&path]);
        project.write("content/shared.md", "shared");
        project.expect_change();
        assert_eq!(project.text(path.as_str()), Some("shared"));
        assert!(project.watch.tree().symlinks().is_empty());
        fs::remove_file(project.disk_path(path.as_str())).unwrap();
        symlink("/", project.disk_path(path.as_str())).unwrap();
        project.expect_change();
        assert_eq!(project.watch.tree().symlinks().len(), 1);
        fs::remove_file(project.disk_path(path.as_str())).unwrap();
        project.expect_change();
        assert!(project.watch.tree().symlinks().is_empty());
    });
}

#[test]
fn the_content_folder_may_become_a_link() {
    in_both_modes(|mut project| {
        project.rename("content", "docs");
        symlink("docs", project.disk_path("content")).unwrap();
        project.wait_until_equal();
        project.write("docs/ic/a.md", "edited");
        project.expect_change();
        fs::remove_file(project.disk_path("content")).unwrap();
        symlink("/", project.disk_path("content")).unwrap();
        let events = project.wait_until_equal();
        assert!(
            matches!(&events[..], [Event::Unreadable(message)] if message.contains("outside the project")),
            "{events:?}"
        );
        fs::remove_file(project.disk_path("content")).unwrap();
        project.rename("docs", "content");
        project.expect_change();
    });
}
