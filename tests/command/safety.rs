#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::{broken, files, project};
use crate::support::Folder;

#[test]
fn links_to_files_outside_the_project_are_reported_and_not_read() {
    let outside = Folder::empty();
    outside.write("secret.md", "---\ntitle: A secret\n---\n");
    outside.write("folder/secret.md", "---\ntitle: A secret\n---\n");
    outside.write("secret.png", "A secret");
    let folder = project().on_disk();
    symlink(outside.path("secret.md"), folder.path("content/leak.md")).expect("a link");
    symlink(outside.path("secret.png"), folder.path("content/leak.png")).expect("a link");
    symlink(outside.path("folder"), folder.path("content/leak")).expect("a link");
    symlink("nowhere.png", folder.path("content/dead.png")).expect("a link");
    let run = folder.run(&["build"]).fails();
    for path in ["content/leak.md", "content/leak.png", "content/leak", "content/dead.png"] {
        assert!(run.stderr.contains(&format!("`{path}` is a symbolic link to")), "{path}: {}", run.stderr);
    }
    run.says("4 errors").never_says("A secret");
    assert!(!folder.has("public"));
}

#[test]
fn links_to_files_inside_the_project_are_read() {
    let folder = project().file("content/shared/dot.svg", "<svg/>").on_disk();
    symlink(folder.path("content/shared"), folder.path("content/ic/shared")).expect("a link");
    symlink(folder.path("content"), folder.path("content/again")).expect("a link that leads in a circle");
    folder.run(&["build"]).succeeds();
    assert_eq!(folder.read("public/ic/shared/dot.svg"), "<svg/>");
}

#[test]
fn a_content_folder_that_links_outside_the_project_is_refused() {
    let outside = Folder::empty();
    outside.write("a.md", "---\ntitle: A\n---\n");
    let folder = Folder::empty();
    folder.write("stepladder.yaml", "title: Test\n");
    symlink(outside.path(""), folder.path("content")).expect("a link");
    folder.run(&["check"]).gives_up().says("content`: it's a link to ").says("outside the project");
}

#[test]
fn nothing_is_written_through_a_link_in_the_output() {
    let outside = Folder::empty();
    outside.write("senior.html", "mine");
    let folder = project().on_disk();
    fs::create_dir(folder.path("public")).expect("a folder");
    symlink(outside.path(""), folder.path("public/ic")).expect("a link");
    folder.run(&["build"]).refuses().says("--force");
    folder.run(&["build", "--force"]).gives_up().says("public/ic is a symbolic link");
    assert_eq!(files(&outside, "").len(), 1);
    assert_eq!(outside.read("senior.html"), "mine");
}

#[test]
fn a_file_name_that_is_not_unicode_is_reported() {
    let folder = project().on_disk();
    let name = std::ffi::OsStr::from_bytes(b"content/bad-\xff.md");
    fs::write(folder.path("").join(name), "x").expect("a file");
    folder.run(&["build"]).gives_up().prints_nothing().says("error: couldn't read `").says("/content/bad-");
    assert!(!folder.has("public"));
}

/// Also passes for a superuser, who can read every folder.
#[test]
fn an_unreadable_folder_is_reported() {
    let folder = project().file("content/closed/a.md", "---\ntitle: Closed\n---\n").on_disk();
    let closed = folder.path("content/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let superuser = fs::read_dir(&closed).is_ok();
    let run = folder.run(&["build"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    if superuser {
        run.succeeds();
        assert!(folder.has("public/closed/a.html"));
    } else {
        run.gives_up().says("closed`: permission denied; change its permissions");
        assert!(!folder.has("public"));
    }
}

#[test]
fn an_output_that_can_not_be_written_is_reported() {
    let folder = project().on_disk();
    folder.write("public", "a file where the folder belongs");
    folder.run(&["build"]).gives_up().prints_nothing().says("error: couldn't ").says("public`: ");
    assert_eq!(folder.read("public"), "a file where the folder belongs");
}

#[test]
fn a_page_or_a_project_that_can_not_be_created_is_reported() {
    let folder = project().file("content/notes", "a file where a folder belongs").on_disk();
    let run = folder.run(&["new", "page", "notes/today"]).gives_up().prints_nothing();
    run.says("error: couldn't create the folder `").says("/content/notes`: ");
    folder.run(&["init", "content/notes"]).gives_up().says("error: couldn't create the folder `content/notes`: ");
}

#[test]
fn a_file_of_the_site_that_can_not_be_written_is_reported_with_its_path() {
    let folder = project().on_disk();
    folder.write("content/dot.svg", "<svg/>");
    folder.run(&["build"]).succeeds();
    folder.remove("public/.stepladder-manifest");
    fs::create_dir(folder.path("public/.stepladder-manifest")).expect("a folder");
    folder.run(&["build"]).gives_up().says("error: couldn't read `").says("/public/.stepladder-manifest`: ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_terminal_changes_no_exit_status() {
    for (project, arguments, status) in [
        (project(), &["check"][..], 0),
        (broken(), &["check"], 1),
        (project(), &["build"], 0),
        (broken(), &["build"], 1),
        (project(), &["init", "other"], 0),
        (project(), &["check", "--project", "elsewhere"], 2),
    ] {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device that is always full");
        let folder = project.on_disk();
        let ended = crate::support::command(&folder.path(""), arguments, &[]).stderr(full).status();
        assert_eq!(ended.expect("the program starts").code(), Some(status), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_can_not_be_printed_is_reported() {
    let folder = project().on_disk();
    for arguments in [&["check", "--format", "json"][..], &["completions", "bash"], &["new", "page", "about"]] {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device that is always full");
        let output = crate::support::command(&folder.path(""), arguments, &[]).stdout(full).output();
        let output = output.expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains("error: couldn't write to standard output: No space left on device"), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_stops_early_is_no_error() {
    let folder = project().on_disk();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = crate::support::command(&folder.path(""), &["explain", "not-a-heading"], &[]).stdout(writer).output();
    let output = output.expect("the program starts");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
