//! Links, rights, and names that are no text.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

#[test]
fn what_cannot_be_read_is_told_once_and_ends() {
    each_way(|mut desk| {
        let before = desk.watch.tree().clone();
        let bad = desk.place("content/ic").join(OsStr::from_bytes(b"bad-\xff.md"));
        fs::write(&bad, "x").unwrap();
        let told = desk.catch_up();
        assert!(
            matches!(&told[..], [Event::Unreadable(message)] if message.contains("isn't valid Unicode")),
            "{told:?}"
        );
        assert_eq!(*desk.watch.tree(), before);
        assert_eq!(desk.watch.wait(MOMENT * 4), Event::Quiet, "it is told once");
        fs::remove_file(&bad).unwrap();
        assert_eq!(desk.catch_up(), [Event::Changed], "its end is told although the tree is the same");
    });
}

/// Those who may read everything see no change here.
#[test]
fn rights_may_be_taken_and_given_back() {
    each_way(|mut desk| {
        for path in ["content/ic/a.md", "content/ic/deep", "content", "stepladder.yaml"] {
            let rights = fs::metadata(desk.place(path)).unwrap().permissions();
            fs::set_permissions(desk.place(path), fs::Permissions::from_mode(0o000)).unwrap();
            let refused = disk::read(&desk.root).is_err();
            assert_eq!(desk.catch_up().iter().any(|news| matches!(news, Event::Unreadable(_))), refused);
            fs::set_permissions(desk.place(path), rights).unwrap();
            assert_eq!(desk.catch_up().contains(&Event::Changed), refused);
        }
    });
}

#[test]
fn links_may_lead_about_in_the_project() {
    each_way(|mut desk| {
        desk.put("shared/x/c.md", "shared");
        desk.put("other/x/d.md", "other");
        symlink("../shared", desk.place("content/s")).unwrap();
        symlink("../README.md", desk.place("content/readme.md")).unwrap();
        desk.changes();
        desk.put("shared/x/c.md", "edited");
        desk.changes();
        assert_eq!(desk.text("content/s/x/c.md"), Some("edited"));
        desk.put("shared/y/e.md", "new");
        desk.changes();
        desk.put("README.md", "the end of a link that led nowhere");
        desk.changes();
        desk.rename("shared", "elsewhere");
        desk.changes();
        fs::remove_file(desk.place("content/s")).unwrap();
        symlink("../other", desk.place("content/s")).unwrap();
        desk.changes();
        desk.put("other/x/d.md", "edited");
        desk.changes();
        // A link to a link: the one in between may change where nobody watches.
        symlink("../other/x", desk.place("content/t")).unwrap();
        desk.rename("other", "third");
        symlink("third", desk.place("other")).unwrap();
        desk.changes();
        fs::remove_file(desk.place("other")).unwrap();
        symlink("elsewhere", desk.place("other")).unwrap();
        desk.changes();
    });
}

#[test]
fn the_content_may_become_a_link() {
    each_way(|mut desk| {
        desk.rename("content", "docs");
        symlink("docs", desk.place("content")).unwrap();
        desk.catch_up();
        desk.put("docs/ic/a.md", "edited");
        desk.changes();
        fs::remove_file(desk.place("content")).unwrap();
        symlink("/", desk.place("content")).unwrap();
        let told = desk.catch_up();
        assert!(
            matches!(&told[..], [Event::Unreadable(message)] if message.contains("outside the project")),
            "{told:?}"
        );
        fs::remove_file(desk.place("content")).unwrap();
        desk.rename("docs", "content");
        desk.changes();
    });
}
