//! `stepladder diff`: between revisions and folders, in every format.

use serde_json::Value;

use super::formats::validate;
use super::project;
use crate::revisions::{commit, git};
use crate::support::{Folder, Run};

/// A repository with the project at the tag `v1`, and an edit of it that isn't committed.
fn edited() -> Folder {
    let folder = project().on_disk();
    commit(&folder.path(""), "v1");
    let level = "---\nkind: level\ntitle: Mid-level\nrank: 1\n---\n## Craft\n\n- Tests all that they change.\n- Reads \\<logs\\>.\n";
    folder.write("content/ic/mid.md", level);
    folder
}

#[test]
fn a_revision_is_compared_with_the_disk_and_with_another_one() {
    let folder = edited();
    let run = folder.run(&["diff", "v1"]).succeeds();
    let text = "Changes from v1 (2026-03-02) to the working tree
Expectations: 1 added, 1 reworded. Pages: 1 changed.

Mid-level (ic/mid): 1 added, 1 reworded, 1 other change
  ~ Title: [-Mid-]{+Mid-level+}
  Craft
    ~ reworded: Tests [-what-]{+all that+} they change.
    + added: Reads <logs>.
";
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (text, ""));
    commit(&folder.path(""), "v2");
    folder.run(&["diff", "v1", "v2"]).succeeds().prints("{+all that+}");
    folder.run(&["diff", "v2", "v1"]).succeeds().prints("- removed: Reads <logs>.");
    folder.run(&["diff", "HEAD"]).succeeds().prints("Nothing changed.");
}

#[test]
fn the_exit_status_says_whether_anything_changed_if_asked() {
    let folder = edited();
    folder.run(&["diff", "v1"]).succeeds();
    folder.run(&["diff", "v1", "--exit-code"]).exits(1).prints("1 added");
    folder.run(&["diff", "v1", "--exit-code", "--quiet"]).exits(1).prints_nothing();
    folder.run(&["diff", "v1", "HEAD", "--exit-code"]).succeeds();
}

#[test]
fn folders_are_compared_without_git() {
    let folder = Folder::empty();
    for (name, text) in [("a", "- Plans."), ("b", "- Plans.\n- Ships.")] {
        folder.write(&format!("{name}/stepladder.yaml"), "title: Guide\n");
        folder.write(
            &format!("{name}/content/mid.md"),
            format!("---\nkind: level\ntitle: Mid\n---\n## Own {{.expectations}}\n\n{text}\n"),
        );
    }
    folder.run(&["diff", "a", "b"]).succeeds().prints("Changes from a to b\n").prints("+ added: Ships.");
    folder.run_in("b", &["diff", "../a"], &[]).succeeds().prints("to the working tree").prints("+ added: Ships.");
}

#[test]
fn a_comment_on_a_pull_request_has_a_summary_and_a_section_for_each_level() {
    let run = edited().run(&["diff", "v1", "--format", "markdown"]).succeeds();
    let text = "**Changes from v1 (2026-03-02) to the working tree**

Expectations: 1 added, 1 reworded. Pages: 1 changed.

<details>
<summary><b>Mid-level</b>: 1 added, 1 reworded, 1 other change</summary>

- _Title:_ ~~Mid~~ **Mid-level**
- **Craft**
  - _reworded:_ Tests ~~what~~ **all that** they change.
  - _added:_ Reads \\<logs\\>.

</details>
";
    // A mark at the end of a line has a space after it.
    assert_eq!(run.stdout.replace(" \n", "\n"), text);
}

#[test]
fn a_page_stands_alone_in_the_style_of_the_theme() {
    let folder = edited();
    folder.write("stepladder.yaml", "title: Guide\nstyle: {hue-1: '#07a'}\n");
    let page = folder.run(&["diff", "v1", "--format", "html"]).succeeds().stdout;
    for part in [
        "<title>Changes from v1 (2026-03-02) to the working tree · Guide</title>",
        "Tests <del>what</del><ins>all that</ins> they change.",
        "Reads &lt;logs&gt;.",
        "--hue-1: #07a",
        ".eyebrow",
    ] {
        assert!(page.contains(part), "{part} isn't in {page}");
    }
    assert!(!page.contains("<link") && !page.contains("src=") && !page.contains("<script"), "{page}");
}

#[test]
fn programs_get_what_the_schema_describes() {
    let folder = edited();
    let schema = folder.path("diff.schema.json");
    folder.write("diff.schema.json", folder.run(&["schema", "--diff"]).succeeds().stdout);
    let printed: Value = serde_json::from_str(&folder.run(&["diff", "v1", "--format", "json"]).stdout).expect("JSON");
    validate(&schema, &printed);
    assert_eq!((&printed["was"]["name"], &printed["now"]["name"]), (&"v1".into(), &"working tree".into()));
    let added = &printed["changes"]["texts"][1];
    assert_eq!((&added["verdict"], &added["now"][0]["line"]), (&"added".into(), &9.into()));
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_way_out() {
    let refuses = |folder: &Folder, arguments: &[&str], message: &str, help: &str| -> Run {
        folder.run(arguments).refuses().prints_nothing().says(message).says(help)
    };
    let folder = edited();
    refuses(&folder, &["diff", "v11"], "there's no revision `v11`", "did you mean `v1`?");
    refuses(&folder, &["diff", "v1..HEAD"], "there's no revision `v1..HEAD`", "`stepladder diff v1 HEAD`");
    refuses(&folder, &["diff", "content"], "there's no revision `content`", "it needs a stepladder.yaml");
    refuses(&folder, &["diff", "0000000"], "there's no revision `0000000`", "`git log` commits");
    refuses(&project().on_disk(), &["diff", "HEAD"], "is in no git repository", "compare two folders");
    let without_git = [("PATH", "/nowhere")];
    folder
        .run_in("", &["diff", "HEAD"], &without_git)
        .gives_up()
        .says("couldn't run `git`")
        .says("compare two folders");
}

#[test]
fn a_shallow_clone_names_what_it_lacks() {
    let folder = Folder::empty();
    let origin = folder.path("origin");
    for (path, text) in [("stepladder.yaml", "title: Guide\n"), ("content/index.md", "---\ntitle: Home\n---\n")] {
        folder.write(&format!("origin/{path}"), text);
    }
    commit(&origin, "v1");
    commit(&origin, "v2");
    git(&folder.path(""), &["clone", "--quiet", "--depth=1", &format!("file://{}", origin.display()), "clone"]);
    folder.run_in("clone", &["diff", "HEAD"], &[]).succeeds();
    let run = folder.run_in("clone", &["diff", "HEAD~1"], &[]).refuses();
    run.says("shallow clone").says("git fetch --unshallow");
}

#[test]
fn a_guide_that_was_in_another_folder_is_found() {
    let folder = Folder::empty();
    folder.write("ladder/stepladder.yaml", "title: Guide\n");
    folder.write("ladder/content/index.md", "---\ntitle: Home\n---\n");
    commit(&folder.path(""), "v1");
    git(&folder.path(""), &["mv", "ladder", "guide"]);
    let run = folder.run_in("guide", &["diff", "v1"], &[]).succeeds();
    run.says("note: at v1, the content was in ladder/content/").prints("Nothing changed.");
}
