//! A build of an unchanged project ends at once, and whatever could make a difference leads to a real one.

use std::fs;
use std::time::SystemTime;

use super::{careless, files, project};
use crate::support::{Folder, Project, Run};

const RECORD: &str = ".stepladder-cache/build.json";

/// Words that only a build reports that takes its report from the record.
const FROM_RECORD: &str = "as recorded";

/// A project that was built, and whose record has words in place of the number of problems.
fn built(project: &Project, arguments: &[&str]) -> Folder {
    let folder = project.on_disk();
    folder.run(arguments).succeeds();
    mark(&folder);
    folder
}

/// Replaces the number of problems in the record.
fn mark(folder: &Folder) {
    let marked = folder.read(RECORD).replace("\"problems\":\"", &format!("\"problems\":\"{FROM_RECORD} "));
    assert!(marked.contains(FROM_RECORD));
    folder.write(RECORD, marked);
}

/// What a build printed, without the time that it took.
fn printed(run: &Run) -> (String, String) {
    let without_time = |line: &str| match (line.find(" in "), line.find(" s: ")) {
        (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to..]),
        _ => line.to_owned(),
    };
    (run.stdout.clone(), run.stderr.lines().map(without_time).collect::<Vec<_>>().join("\n"))
}

#[test]
fn an_unchanged_project_is_not_built_again_and_reports_the_same() {
    for arguments in [
        &["build"][..],
        &["build", "--quiet"],
        &["build", "--format", "json"],
        &["build", "--format", "github"],
        &["build", "--drafts", "--today", "2026-01-31"],
    ] {
        let folder = careless().on_disk();
        let first = printed(&folder.run(arguments).succeeds());
        let site = files(&folder, "public");
        let second = printed(&folder.run(arguments).succeeds());
        assert_eq!(first, second, "{arguments:?}");
        mark(&folder);
        let third = folder.run(arguments).succeeds();
        assert_eq!(third.stderr.contains(FROM_RECORD), !arguments.contains(&"--quiet"), "{arguments:?}");
        assert_eq!(files(&folder, "public"), site);
    }
}

#[test]
fn file_counts_are_those_of_a_build_that_writes_nothing() {
    let folder = built(&project(), &["build", "-v"]);
    let count = files(&folder, "public").len() - 1;
    folder
        .run(&["build", "-v"])
        .succeeds()
        .says(FROM_RECORD)
        .says(&format!("0 files written, {count} unchanged, 0 rem"));
}

#[test]
fn a_file_that_was_only_touched_makes_no_difference() {
    let folder = built(&project(), &["build"]);
    let (page, output) = ("content/ic/mid.md", "public/ic/mid.html");
    for path in [page, output] {
        folder.write(path, folder.read(path));
    }
    folder.run(&["build"]).succeeds().says(FROM_RECORD);
}

/// Changes a file to another text of the same length, and sets its time to what it was.
fn edit_unnoticed(folder: &Folder, path: &str, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let modified: SystemTime = fs::metadata(folder.path(path)).expect("a file").modified().expect("a time");
    let text = folder.read(path);
    assert!(text.contains(from), "{path}");
    folder.write(path, text.replace(from, to));
    let file = fs::File::options().write(true).open(folder.path(path)).expect("a file");
    file.set_modified(modified).expect("its time can be set");
}

#[test]
fn any_change_of_the_project_leads_to_a_build() {
    type Change = fn(&Folder);
    let changes: [(&str, Change); 9] = [
        ("a page with the same length and time", |folder| {
            edit_unnoticed(folder, "content/ic/mid.md", "Tests what", "Tastes wha");
        }),
        ("a new page", |folder| folder.write("content/new.md", "---\ntitle: New\n---\n")),
        ("a removed page", |folder| folder.remove("content/ic/mid.md")),
        ("a renamed page", |folder| {
            fs::rename(folder.path("content/ic/mid.md"), folder.path("content/ic/med.md")).expect("a file");
        }),
        ("the configuration", |folder| folder.write("stepladder.yaml", "title: Toast\n")),
        ("the theme", |folder| folder.write("themes/default/templates/robots.txt", "Other words")),
        ("an asset of the same length and time", |folder| {
            edit_unnoticed(folder, "content/dot.svg", "<svg/>", "<SVG/>");
        }),
        ("a damaged record", |folder| folder.write(RECORD, "{\"key\":")),
        ("no record", |folder| folder.remove(RECORD)),
    ];
    let project = project()
        .file("content/index.md", "---\ntitle: Home\n---\n[[Senior]] ![A dot](dot.svg)\n")
        .file("content/dot.svg", "<svg/>\n");
    for (name, change) in changes {
        let folder = built(&project, &["build"]);
        change(&folder);
        let run = folder.run(&["build"]).never_says(FROM_RECORD);
        if run.stderr.contains("Built") {
            let fresh = folder.path("");
            let warm = files(&folder, "public");
            fs::remove_dir_all(fresh.join("public")).expect("the site");
            folder.run(&["build"]).succeeds();
            assert_eq!(files(&folder, "public"), warm, "{name}");
        }
    }
}

#[test]
fn any_change_of_the_site_leads_to_a_build_that_repairs_it() {
    type Change = fn(&Folder);
    let changes: [(&str, Change); 5] = [
        ("a page with the same length and time", |folder| {
            edit_unnoticed(folder, "public/ic/senior.html", "Senior", "Junior");
        }),
        ("a removed page", |folder| folder.remove("public/ic/senior.html")),
        ("a longer manifest", |folder| {
            let manifest = folder.read("public/.stepladder-manifest");
            folder.write("public/.stepladder-manifest", manifest + "zebra.html\n");
        }),
        ("a page of an earlier build", |folder| {
            let manifest = folder.read("public/.stepladder-manifest");
            folder.write("public/.stepladder-manifest", manifest + "zebra.html\n");
            folder.write("public/zebra.html", "old");
        }),
        ("an interrupted build", |folder| folder.write("public/.stepladder-staging/index.html", "ha")),
    ];
    for (name, change) in changes {
        let folder = built(&project(), &["build"]);
        let before = files(&folder, "public");
        change(&folder);
        folder.run(&["build"]).succeeds().never_says(FROM_RECORD);
        assert_eq!(files(&folder, "public"), before, "{name}");
    }
}

#[test]
fn other_arguments_lead_to_a_build() {
    let folder = built(&project(), &["build"]);
    for arguments in [
        &["build", "--drafts"][..],
        &["build", "--today=2026-01-31"],
        &["build", "--force"],
        &["build", "--format", "json"],
        &["build", "--verbose"],
        &["build"],
    ] {
        folder.run(arguments).succeeds().never_says(FROM_RECORD);
        mark(&folder);
    }
    folder.run(&["build"]).succeeds().says(FROM_RECORD);
}

#[test]
fn the_record_of_another_program_is_not_used() {
    let folder = built(&project(), &["build"]);
    let record = folder.read(RECORD);
    let version = concat!("{\"key\":\"", env!("CARGO_PKG_VERSION"), " ");
    assert!(record.starts_with(version), "{}", &record[..80]);
    folder.write(RECORD, record.replacen(version, "{\"key\":\"0.0.1 ", 1));
    folder.run(&["build"]).succeeds().never_says(FROM_RECORD);
}

#[test]
fn a_project_with_errors_leaves_no_record_and_the_record_is_ignored_by_git() {
    let folder = super::broken().on_disk();
    folder.run(&["build"]).fails();
    assert!(!folder.has(".stepladder-cache"));
    let folder = built(&project(), &["build"]);
    assert!(folder.read(".stepladder-cache/.gitignore").ends_with("\n*\n"));
    assert_eq!(files(&folder, ".stepladder-cache").len(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_folder_or_a_page_is_noticed() {
    use std::os::unix::fs::symlink;

    let outside = Folder::empty();
    let folder = project().on_disk();
    symlink(outside.path(""), folder.path(".stepladder-cache")).expect("a link");
    folder.run(&["build"]).succeeds();
    assert_eq!(files(&outside, "").len(), 0, "nothing is written through a link");

    let folder = built(&project(), &["build"]);
    fs::rename(folder.path("public/ic"), folder.path("aside")).expect("a folder");
    symlink(folder.path("aside"), folder.path("public/ic")).expect("a link");
    folder.run(&["build"]).gives_up().says("public/ic is a symbolic link");
}
