//! The project's own folder is removed, comes back, or is replaced.

use super::*;

#[test]
fn a_removed_project_folder_is_reported_and_found_again() {
    in_both_modes(|mut project| {
        for text in ["first", "second"] {
            let before = project.watch.tree().clone();
            project.rename("", "../away");
            let events = project.wait_until_equal();
            assert!(matches!(&events[..], [Event::Unreadable(message)] if message.contains("guide")), "{events:?}");
            assert_eq!(*project.watch.tree(), before, "the tree stays as it was");
            project.write("content/ic/a.md", text);
            project.expect_change();
            fs::remove_dir_all(project.disk_path("../away")).unwrap();
            project.write("content/ic/a.md", "edited after it came back");
            project.expect_change();
            project.write("content/again/a.md", "a folder");
            project.expect_change();
        }
    });
}

#[test]
fn another_folder_may_replace_the_project_folder() {
    in_both_modes(|mut project| {
        write(&project.disk_path("../other/content/index.md"), "another one");
        project.rename("", "../away");
        project.rename("../other", "");
        project.expect_change();
        project.write("content/index.md", "edited");
        project.expect_change();
    });
}

#[test]
fn a_project_is_polled_until_a_watcher_can_be_created() {
    let mut project = WatchedProject::new(Mode::Auto);
    project.watch.watcher = None;
    assert_eq!(project.watch.scan_interval(), Some(POLL_INTERVAL));
    project.watch.scan().unwrap();
    assert!(project.watch.watcher.is_some());
    assert_ne!(project.watch.scan_interval(), Some(POLL_INTERVAL));
}

#[test]
fn a_recheck_reads_only_files_with_uncertain_stamps() {
    let mut project = WatchedProject::new(Mode::Auto);
    assert!(project.watch.recheck_suffices, "all files are new");
    project.write("content/index.md", "edited");
    project.write("content/new.md", "new");
    project.watch.recheck_uncertain();
    assert_eq!((project.text("content/index.md"), project.text("content/new.md")), (Some("edited"), None));
    fs::remove_file(project.disk_path("content/ic/a.md")).unwrap();
    project.watch.recheck_uncertain();
    assert_eq!((project.text("content/ic/a.md"), project.text("content/new.md")), (None, Some("new")));
    project.write("content/index.md", "again");
    project.expect_change();
}
