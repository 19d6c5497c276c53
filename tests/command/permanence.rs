//! `stepladder ids` and `stepladder check --against`: what was published lasts.

use crate::revisions::commit;
use crate::support::{Folder, Project};

const CONFIG: &str = "title: Guide\n";

const LEVEL: &str = "---\nkind: level\ntitle: Senior\nrank: 1\nfacets: {scope: A team}\n---\n";

fn project(text: &str) -> Project {
    Project::new()
        .file("stepladder.yaml", CONFIG)
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .bytes("content/ic/senior.md", format!("{LEVEL}{text}").as_bytes())
}

fn senior(folder: &Folder) -> String {
    folder.read("content/ic/senior.md").replace(LEVEL, "")
}

const EVERY_FORM: &str = "## Craft\r\n\n- Writes **tests**\n  for all.\n- Reads `code` \\\n  each week.\n-   Has one. {#own}\n- Raises `a`\n\n  Detail.\n  - Example: one.\n* Same.\n- Same!\n\n## Alone {.expectations}\n\n| Expectation | Example |\n| --- | --- |\n| Owns it. <br> Runs it. | one |\n";

#[test]
fn ids_are_written_at_the_end_of_first_lines_and_nothing_else_changes() {
    let folder = project(EVERY_FORM).on_disk();
    let addresses = |folder: &Folder| {
        folder.run(&["build"]).succeeds();
        let json: serde_json::Value = serde_json::from_str(&folder.read("public/ladder.json")).expect("JSON");
        json["levels"].clone()
    };
    let before = addresses(&folder);
    let dry = folder.run(&["ids", "--dry-run"]).succeeds();
    assert!(dry.stdout.contains("+- Writes **tests** {#writes-tests-for-all}\n"), "{}", dry.stdout);
    assert_eq!(senior(&folder), EVERY_FORM, "nothing is written");
    let run = folder.run(&["ids"]).succeeds();
    assert!(run.stderr.contains("Wrote 7 ids in 1 file"), "{}", run.stderr);
    let written = senior(&folder);
    let ids: Vec<&str> = written.split("{#").skip(1).map(|rest| rest.split('}').next().expect("an end")).collect();
    assert_eq!(ids.len(), 8, "{written}");
    let without = ids
        .iter()
        .filter(|id| **id != "own")
        .fold(written.clone(), |text, id| text.replace(&format!(" {{#{id}}}"), ""));
    assert_eq!(without, EVERY_FORM, "{written}");
    assert!(written.contains("- Reads `code` {#reads-code-each-week} \\\n"), "{written}");
    assert_eq!(addresses(&folder), before);
    assert!(folder.run(&["ids"]).succeeds().stderr.contains("Wrote no ids"));
}

#[test]
fn what_cannot_have_an_id_is_named_and_a_project_with_errors_is_left_alone() {
    let folder = project("## Craft\n\n<ul><li>In HTML.</li></ul>\n").on_disk();
    let run = folder.run(&["ids"]).succeeds();
    assert!(run.stderr.contains("content/ic/senior.md:9 can't have an id"), "{}", run.stderr);
    let broken = project("## Craft\n\n- Links to [[nothing]].\n").on_disk();
    let run = broken.run(&["ids"]).fails();
    assert!(run.stderr.contains("broken-link") && !senior(&broken).contains("{#"), "{}", run.stderr);
}

#[test]
fn what_was_published_is_compared_with_a_revision_a_file_and_a_folder() {
    let folder = project("## Craft\n\n- Decides how a component is tested.\n- Reads.\n").on_disk();
    folder.run(&["build"]).succeeds();
    let before = project("## Craft\n\n- Decides how a component is tested.\n- Reads.\n").on_disk();
    commit(&folder.path(""), "v1");
    let old_project = before.path("").display().to_string();
    let ways = ["v1", "public", "public/ladder.json", old_project.as_str()];
    let against = |way: &str| folder.run(&["check", "--against", way]);
    for way in ways {
        against(way).succeeds();
    }
    let text = "## Craft\n\n- Decides how each component is tested.\n- Reads.\n";
    folder.write("content/ic/lead.md", format!("{LEVEL}{text}"));
    folder.remove("content/ic/senior.md");
    for way in ways {
        let run = against(way).fails();
        assert!(run.stderr.contains("`ic/senior.html` was published, and nothing leads on"), "{way}: {}", run.stderr);
    }
    let run = folder.run(&["check", "--against", "v1", "--fix", "--dry-run"]);
    assert!(run.stdout.contains("+aliases: [ic/senior]"), "{}", run.stdout);
    folder.run(&["check", "--against", "public/ladder.json", "--fix"]).succeeds();
    let lead = folder.read("content/ic/lead.md");
    assert!(lead.contains("aliases: [ic/senior]\n"), "{lead}");
    assert!(lead.contains("- Decides how each component is tested. {#decides-how-a-component-is-tested}\n"), "{lead}");
    for way in ways {
        against(way).succeeds();
    }
}

#[test]
fn what_cannot_be_compared_with_is_explained() {
    let folder = project("## Craft\n\n- Reads.\n").on_disk();
    let fails = |way: &str, what: &str| {
        let run = folder.run(&["check", "--against", way]).refuses();
        assert!(run.stderr.contains(what), "{way}: {}", run.stderr);
    };
    fails("v1", "is in no git repository");
    folder.write("old.json", "{\"version\": 9, \"levels\": []}");
    fails("old.json", "its version is 9");
    folder.write("old.json", "[]");
    fails("old.json", "it isn't a `ladder.json`");
    fails("content", "there's neither a stepladder.yaml nor a ladder.json in content");
    commit(&folder.path(""), "release-1");
    fails("relaese-1", "did you mean `release-1`?");
}
