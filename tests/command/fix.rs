//! `check --fix`.

use std::fs;

use super::{files, project};
use crate::support::Project;

/// A page with two mistakes whose fixes are certain.
const PAGE: &str =
    "\u{feff}---\r\nkind: level\r\ntitel: Mid\r\nrank: 1\r\nsumary: Grows.\r\n---\r\n## Craft\r\n\r\n- Tests.\r\n";

/// The small project with that page, and a mistake that has no certain fix.
fn fixable() -> Project {
    let home = "---\ntitle: Home\n---\nWelcome to [[Seniro]].\n";
    project().bytes("content/ic/mid.md", PAGE.as_bytes()).file("content/index.md", home)
}

#[test]
fn a_check_says_how_many_problems_can_be_fixed() {
    project().run(&["check"]).succeeds().never_says("--fix");
    fixable().run(&["check"]).fails().says("  2 can be fixed with `stepladder check --fix`\n");
    fixable().run(&["build"]).fails().says("  2 can be fixed with `stepladder check --fix`\n");
    fixable().run(&["check", "-q"]).fails().never_says("--fix");
}

#[test]
fn only_what_is_certain_is_fixed_and_a_second_run_finds_nothing() {
    let folder = fixable().on_disk();
    let before = files(&folder, "");
    let run = folder.run(&["check", "--fix"]).fails().prints_nothing();
    let run = run
        .says("error[broken-link]")
        .says("Fixed 2 problems in 1 file\n           2  content/ic/mid.md\n")
        .says("1 error");
    run.never_says("unknown-field").never_says("can be fixed");
    let after = files(&folder, "");
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, ["content/ic/mid.md"]);
    let page = PAGE.replace("titel", "title").replace("sumary", "summary");
    assert_eq!(String::from_utf8_lossy(&after["content/ic/mid.md"]), page);
    folder.run(&["check", "--fix"]).fails().says("Fixed no problems");
    assert_eq!(files(&folder, ""), after);
    folder.write("content/index.md", "---\ntitle: Home\n---\nWelcome to [[Senior]].\n");
    folder.run(&["check", "--fix", "-q"]).succeeds().prints_nothing().never_says("Fixed");
}

#[test]
fn a_dry_run_prints_a_diff_and_writes_nothing() {
    let folder = fixable().on_disk();
    let before = files(&folder, "");
    let run = folder.run(&["check", "--fix", "--dry-run"]).fails().says("Would fix ").says("1 error");
    let diff = "\
        --- a/content/ic/mid.md\n\
        +++ b/content/ic/mid.md\n\
        @@ -1,8 +1,8 @@\n \u{feff}---\r\n kind: level\r\n\
        -titel: Mid\r\n\
        +title: Mid\r\n rank: 1\r\n\
        -sumary: Grows.\r\n\
        +summary: Grows.\r\n ---\r\n ## Craft\r\n \r\n";
    assert_eq!(run.stdout, diff);
    assert_eq!(files(&folder, ""), before);
    project().run(&["check", "--fix", "--dry-run"]).succeeds().prints_nothing().says("Would fix no problems");
}

/// The program `patch` is part of every system with a compiler.
#[cfg(unix)]
#[test]
fn the_diff_is_one_that_other_programs_apply() {
    let folder = fixable().file("content/a page.md", "---\ntitel: A page\n---\nThe end.").on_disk();
    let diff = folder.run(&["check", "--fix", "--dry-run"]).fails().stdout;
    folder.write("changes.diff", diff);
    let mut patch = std::process::Command::new("patch");
    let patch = patch.args(["-p1", "--binary", "-i", "changes.diff"]).current_dir(folder.path(""));
    let Ok(output) = patch.output() else {
        println!("`patch` isn't installed");
        return;
    };
    assert!(output.status.success(), "{output:?}");
    folder.run(&["check", "--fix"]).fails().says("Fixed no problems");
}

#[test]
fn the_flags_are_checked() {
    for (typed, words) in [
        (&["check", "--dry-run"][..], "--fix"),
        (&["check", "--fixx"], "'--fix'"),
        (&["check", "--fix", "--dryrun"], "'--dry-run'"),
        (&["check", "--fix", "--dry-run", "--format", "json"], "--dry-run"),
        (&["build", "--fix"], "--fix"),
    ] {
        let folder = fixable().on_disk();
        let before = files(&folder, "");
        folder.run(typed).refuses().prints_nothing().says(words);
        assert_eq!(files(&folder, ""), before);
    }
}

#[test]
fn a_report_for_programs_has_what_is_left() {
    let run = fixable().run(&["check", "--fix", "--format", "json"]).fails().says("Fixed ");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON object");
    assert_eq!((&value["errors"], &value["warnings"]), (&1.into(), &0.into()));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_files_outside_the_project_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = fixable().on_disk();
    let page = folder.path("content/ic/mid.md");
    folder.write("shared/mid.md", fs::read(&page).expect("the page"));
    fs::remove_file(&page).expect("the page can be removed");
    symlink("../../shared/mid.md", &page).expect("a link");
    fs::set_permissions(folder.path("shared/mid.md"), fs::Permissions::from_mode(0o600)).expect("its owner");
    folder.run(&["check", "--fix"]).fails().says("  content/ic/mid.md\n");
    assert!(fs::symlink_metadata(&page).expect("the link").is_symlink());
    assert!(folder.read("shared/mid.md").contains("\r\nsummary: Grows.\r\n"));
    let mode = fs::metadata(folder.path("shared/mid.md")).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_written_is_named_with_the_cause() {
    use std::os::unix::fs::PermissionsExt;
    let folder = fixable().on_disk();
    fs::set_permissions(folder.path("content/ic/mid.md"), fs::Permissions::from_mode(0o444)).expect("its owner");
    let before = files(&folder, "");
    folder.run(&["check", "--fix"]).gives_up().says("content/ic/mid.md`: it's read-only");
    assert_eq!(files(&folder, ""), before);
    folder.run(&["check", "--fix", "--dry-run"]).fails();
}
