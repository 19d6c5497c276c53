use std::fs::File;
use std::time::{Duration, SystemTime};

use super::{broken, careless, files, project};
use crate::support::{Folder, Project};

/// An old modification time, by which files that were written since are recognised.
fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

/// Sets an old modification time for all files of the output.
fn age(folder: &Folder) {
    for path in files(folder, "public").keys() {
        let file = File::options().write(true).open(folder.path("public").join(path)).expect("a file");
        file.set_modified(long_ago()).expect("its time can be set");
    }
}

/// The files of the output that were written since [`age`].
fn written(folder: &Folder) -> Vec<String> {
    let is_new = |path: &String| {
        let found = folder.path("public").join(path).metadata().expect("a file");
        found.modified().expect("a time") != long_ago()
    };
    files(folder, "public").into_keys().filter(is_new).collect()
}

#[test]
fn a_build_writes_the_site_and_prints_where_to_open_it() {
    let folder = project().on_disk();
    let run = folder.run(&["build"]).succeeds().prints_nothing().says("Built ").says("no problems");
    assert!(run.stderr.contains("public/index.html"), "{}", run.stderr);
    assert!(folder.read("public/index.html").contains("Welcome to"));
    assert!(folder.has("public/ic/senior.html") && folder.has("public/assets/style.css"));
}

#[test]
fn quiet_prints_only_errors_and_verbose_prints_file_counts() {
    let folder = careless().on_disk();
    let run = folder.run(&["build", "-q"]).succeeds().prints_nothing();
    assert_eq!(run.stderr, "");
    folder.run(&["build"]).succeeds().says("warning[image-alt]").says("1 warning").never_says("unchanged");
    folder.run(&["build", "-v"]).succeeds().says("0 files written").says("unchanged").says("0 removed");
    let run = broken().run(&["build", "--quiet"]).fails().says("error[broken-link]");
    assert!(!run.stderr.contains("Failed"), "{}", run.stderr);
}

#[test]
fn an_error_writes_nothing() {
    let folder = broken().on_disk();
    folder.run(&["build"]).fails().prints_nothing().says("nothing was written").says("1 error");
    assert!(!folder.has("public"));
}

#[test]
fn an_error_leaves_the_previous_site_unchanged() {
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    let before = files(&folder, "public");
    age(&folder);
    folder.write("content/index.md", "---\ntitle: Home\n---\n[[nowhere]]\n");
    folder.write("content/new.md", "---\ntitle: New\n---\n");
    folder.run(&["build"]).fails();
    assert_eq!(files(&folder, "public"), before);
    assert_eq!(written(&folder), Vec::<String>::new());
}

#[test]
fn a_template_error_writes_nothing() {
    let template = "{% extends \"base.html\" %}{% block main %}{{ nobody }}{% endblock main %}";
    let folder = project().file("themes/default/templates/level.html", template).on_disk();
    folder.run(&["build"]).fails().says("template-error").says("themes/default/templates/level.html:1");
    assert!(!folder.has("public"));
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    age(&folder);
    let before = files(&folder, "public");
    folder.run(&["build"]).succeeds();
    assert_eq!(written(&folder), Vec::<String>::new());
    assert_eq!(files(&folder, "public"), before);
}

#[test]
fn a_change_writes_only_the_changed_files() {
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    age(&folder);
    folder.write("content/index.md", "---\ntitle: Home\n---\nOther words, and still [[Senior]].\n");
    folder.run(&["build", "-v"]).succeeds().says("2 files written");
    assert_eq!(written(&folder), ["assets/search-index.js", "index.html"]);
}

#[test]
fn files_of_removed_pages_are_removed() {
    let folder = project().file("content/notes/deep/extra.md", "---\ntitle: Extra\n---\n").on_disk();
    folder.run(&["build"]).succeeds();
    assert!(folder.has("public/notes/deep/extra.html"));
    folder.remove("content/notes/deep/extra.md");
    folder.run(&["build", "-v"]).succeeds().says("1 removed");
    assert!(!folder.has("public/notes"), "empty folders go, too");
    assert!(folder.has("public/index.html"));
}

#[test]
fn files_that_no_build_wrote_stay() {
    let folder = project().on_disk();
    folder.write("public/.gitkeep", "");
    folder.run(&["build"]).succeeds();
    folder.write("public/mine.txt", "mine");
    folder.write("public/ic/mine.txt", "mine");
    folder.remove("content/ic/senior.md");
    folder.write("content/index.md", "---\ntitle: Home\n---\n");
    folder.run(&["build"]).succeeds();
    assert!(!folder.has("public/ic/senior.html"));
    assert_eq!(folder.read("public/mine.txt") + &folder.read("public/ic/mine.txt"), "minemine");
    assert!(folder.has("public/.gitkeep"));
}

#[test]
fn an_output_folder_with_other_files_requires_force() {
    let folder = project().on_disk();
    folder.write("public/index.html", "mine");
    folder.write("public/other.txt", "mine");
    folder.run(&["build"]).refuses().prints_nothing().says("--force").says("didn't write");
    assert_eq!(files(&folder, "public").len(), 2);
    assert_eq!(folder.read("public/index.html"), "mine");
    folder.run(&["build", "--force"]).succeeds();
    assert!(folder.read("public/index.html").contains("Welcome"));
    assert_eq!(folder.read("public/other.txt"), "mine");
    folder.run(&["build"]).succeeds();
}

#[test]
fn overwriting_another_file_requires_force() {
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    folder.write("public/extra.html", "mine");
    folder.write("content/extra.md", "---\ntitle: Extra\n---\n");
    folder.run(&["build"]).refuses().says("extra.html").says("--force");
    assert_eq!(folder.read("public/extra.html"), "mine");
    folder.run(&["build", "--force"]).succeeds();
    assert!(folder.read("public/extra.html").contains("Extra"));
}

#[test]
fn drafts_are_built_on_request() {
    let folder = project().file("content/draft.md", "---\ntitle: A draft\ndraft: true\n---\nSee [[Mid]].\n").on_disk();
    folder.run(&["build"]).succeeds();
    assert!(!folder.has("public/draft.html"));
    let says = |folder: &Folder| {
        files(folder, "public").into_values().any(|file| String::from_utf8_lossy(&file).contains("A draft"))
    };
    assert!(!says(&folder), "nothing of a draft is published");
    folder.run(&["build", "--drafts"]).succeeds();
    assert!(folder.has("public/draft.html"));
    folder.run(&["build"]).succeeds();
    assert!(!folder.has("public/draft.html"));
}

#[test]
fn a_link_to_a_draft_is_an_error_until_drafts_are_shown() {
    let folder = project()
        .file("content/draft.md", "---\ntitle: A draft\ndraft: true\n---\n")
        .file("content/index.md", "---\ntitle: Home\n---\n[[A draft]]\n")
        .on_disk();
    folder.run(&["build"]).fails().says("link-to-draft");
    folder.run(&["build", "--drafts"]).succeeds();
}

#[test]
fn the_same_project_gives_the_same_files_anywhere() {
    let (one, other) = (project().on_disk(), project().on_disk());
    one.run(&["build"]).succeeds();
    other.run_in("content/ic", &["build"], &[("TZ", "Asia/Tokyo"), ("LANG", "tr_TR.UTF-8")]).succeeds();
    assert_eq!(files(&one, "public"), files(&other, "public"));
}

#[test]
fn assets_are_copied_as_they_are() {
    let bytes = [0xff, 0xd8, 0x00, b'\r', b'\n'];
    let folder = project()
        .bytes("content/ic/picture.jpg", &bytes)
        .file("content/index.md", "---\ntitle: Home\n---\n![A picture](ic/picture.jpg)\n")
        .on_disk();
    folder.run(&["build"]).succeeds();
    assert_eq!(files(&folder, "public")["ic/picture.jpg"], bytes);
    folder.write("content/ic/picture.jpg", "other");
    folder.run(&["build", "-v"]).succeeds().says("1 file written");
    assert_eq!(folder.read("public/ic/picture.jpg"), "other");
}

#[test]
fn a_project_without_content_is_wrong_use_and_the_way_out_is_one() {
    let folder = Project::new().on_disk();
    for command in ["check", "build"] {
        folder.run(&[command]).refuses().prints_nothing().says("content/").says("stepladder new page index");
    }
    assert!(!folder.has("public"));
    folder.run(&["new", "page", "index"]).succeeds();
    folder.run(&["build"]).succeeds().says("no problems");
    assert!(folder.has("public/index.html") && folder.has("public/404.html"));
}

/// A project in a folder, built.
fn built(project: &Project) -> Folder {
    let folder = project.on_disk();
    folder.run(&["build"]).succeeds();
    folder
}

#[test]
fn only_pages_and_files_that_are_meant_to_be_public_are_published() {
    let page = "---\ntitle: A page\n---\n";
    let before = files(&built(&project()), "public");
    let project = project()
        .file("content/_drafts/x.md", page)
        .file("content/_x.md", page)
        .file("content/Thumbs.db", "x")
        .file("content/desktop.ini", "x")
        .file("content/~$plan.docx", "x")
        .file("content/notes.md~", page)
        .file("content/.DS_Store", "x")
        .file("content/.nojekyll", "")
        .file("content/.well-known/security.txt", "x")
        .file("content/why.html.md", page)
        .file("content/salaries.xlsx", "x");
    let folder = built(&project);
    let after = files(&folder, "public");
    let new: Vec<&str> = after.keys().filter(|path| !before.contains_key(*path)).map(String::as_str).collect();
    assert_eq!(new, [".nojekyll", ".well-known/security.txt", "salaries.xlsx", "why.html"]);
    folder.run(&["build"]).succeeds().says("warning[unlinked-file]: `content/salaries.xlsx`").says(": 1 warning");
}
