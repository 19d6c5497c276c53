//! The project's own folder goes, comes back, or is another one.

use super::*;

#[test]
fn the_projects_folder_may_go_and_come_back() {
    each_way(|mut desk| {
        for text in ["first", "second"] {
            let before = desk.watch.tree().clone();
            desk.rename("", "../away");
            let told = desk.catch_up();
            assert!(matches!(&told[..], [Event::Unreadable(message)] if message.contains("guide")), "{told:?}");
            assert_eq!(*desk.watch.tree(), before, "the tree stays as it was");
            desk.put("content/ic/a.md", text);
            desk.changes();
            fs::remove_dir_all(desk.place("../away")).unwrap();
            desk.put("content/ic/a.md", "edited after it came back");
            desk.changes();
            desk.put("content/again/a.md", "a folder");
            desk.changes();
        }
    });
}

#[test]
fn another_folder_may_take_the_projects_place() {
    each_way(|mut desk| {
        put(&desk.place("../other/content/index.md"), "another one");
        desk.rename("", "../away");
        desk.rename("../other", "");
        desk.changes();
        desk.put("content/index.md", "edited");
        desk.changes();
    });
}

#[test]
fn a_project_that_can_not_be_listened_to_is_polled_until_it_can() {
    let mut desk = Desk::new(Mode::Auto);
    desk.watch.hints = None;
    assert_eq!(desk.watch.interval(), Some(POLL));
    desk.watch.look().unwrap();
    assert!(desk.watch.hints.is_some());
    assert_ne!(desk.watch.interval(), Some(POLL));
}

#[test]
fn once_the_project_has_settled_only_files_in_doubt_are_looked_at() {
    let mut desk = Desk::new(Mode::Auto);
    assert!(desk.watch.settled, "all files are new");
    desk.put("content/index.md", "edited");
    desk.put("content/new.md", "new");
    desk.watch.look_at_doubts();
    assert_eq!((desk.text("content/index.md"), desk.text("content/new.md")), (Some("edited"), None));
    fs::remove_file(desk.place("content/ic/a.md")).unwrap();
    desk.watch.look_at_doubts();
    assert_eq!((desk.text("content/ic/a.md"), desk.text("content/new.md")), (None, Some("new")));
    desk.put("content/index.md", "again");
    desk.changes();
}
