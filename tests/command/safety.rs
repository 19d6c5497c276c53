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
    folder
        .run(&["build"])
        .gives_up()
        .prints_nothing()
        .says("error: the site can't be written to ")
        .says("isn't a folder");
    assert_eq!(folder.read("public"), "a file where the folder belongs");
    folder.remove("public");
    symlink("nowhere", folder.path("public")).expect("a link");
    folder.run(&["build"]).gives_up().prints_nothing().says("it's a link to nowhere, which doesn't exist");
}

#[test]
fn an_output_that_leads_to_the_project_is_refused_even_by_force() {
    for target in ["content", "."] {
        let folder = project().on_disk();
        symlink(target, folder.path("public")).expect("a link");
        let before = files(&folder, "");
        for arguments in [&["build"][..], &["build", "--force"]] {
            folder.run(arguments).refuses().prints_nothing().says("the project's own files are in");
        }
        assert_eq!(files(&folder, ""), before);
    }
}

#[test]
fn a_file_may_become_a_folder_while_another_folder_loses_its_only_page() {
    let page = "---\ntitle: A page\n---\nSee [the file](../flip.txt).\n";
    let folder = project().file("content/d/a.md", page).file("content/flip.txt", "text").on_disk();
    folder.run(&["build"]).succeeds();
    folder.remove("content/flip.txt");
    folder.remove("content/d/a.md");
    folder.write("content/flip.txt/x.txt", "text");
    folder.write("content/d/b.md", page.replace("flip.txt", "flip.txt/x.txt"));
    folder.run(&["build"]).succeeds();
    assert!(folder.has("public/d/b.html") && folder.has("public/flip.txt/x.txt") && !folder.has("public/d/a.html"));
}

#[test]
fn a_pipe_is_reported_at_once() {
    for path in ["content/pipe.md", "content/pipe.png"] {
        let folder = project().on_disk();
        let made = std::process::Command::new("mkfifo").arg(folder.path(path)).status().expect("mkfifo");
        assert!(made.success());
        folder.run(&["build"]).gives_up().says(path).says("neither a file nor a folder");
    }
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    folder.remove("public/.stepladder-manifest");
    let manifest = folder.path("public/.stepladder-manifest");
    assert!(std::process::Command::new("mkfifo").arg(manifest).status().expect("mkfifo").success());
    folder.run(&["build"]).gives_up().says("it isn't a regular file");
}

/// Another process replaces a file and a folder by links to secrets, again and again.
#[test]
fn a_file_that_is_swapped_for_a_link_is_never_published() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let outside = Folder::empty();
    outside.write("secret.txt", "SECRET");
    let page = "---\ntitle: A page\n---\n[One](swapped.txt), [other](in/secret.txt)\n";
    let folder = project()
        .file("content/a.md", page)
        .file("content/swapped.txt", "x")
        .file("content/in/secret.txt", "x")
        .on_disk();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let swap = |from: &str, to: &str| fs::rename(folder.path(from), folder.path(to));
            symlink(outside.path("secret.txt"), folder.path("link")).expect("a link");
            symlink(outside.path(""), folder.path("linked")).expect("a link");
            while !done.load(Ordering::SeqCst) {
                for (path, aside, link) in [("content/swapped.txt", "file", "link"), ("content/in", "folder", "linked")]
                {
                    swap(path, aside).and_then(|()| swap(link, path)).expect("it can be renamed");
                    swap(path, link).and_then(|()| swap(aside, path)).expect("it can be renamed");
                }
            }
        });
        for _ in 0..25 {
            folder.run(&["build"]);
            let published = files(&folder, "public").into_iter();
            let leaks = published.filter(|(_, bytes)| bytes.windows(6).any(|part| part == b"SECRET"));
            assert_eq!(leaks.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<String>::new());
        }
        done.store(true, Ordering::SeqCst);
    });
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
