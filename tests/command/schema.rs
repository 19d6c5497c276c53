use std::fs;

use serde_json::Value;

use super::{broken, project};
use crate::support::{Folder, Project};

/// The names of the written files.
fn written(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path(".stepladder")).expect("the folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn a_schema_is_printed_for_each_kind_any_page_and_the_configuration() {
    let folder = project().on_disk();
    for (arguments, title) in [
        (&["schema"][..], "Front matter of a page"),
        (&["schema", "--kind", "level"], "Front matter of a level"),
        (&["schema", "--kind", "article"], "Front matter of an article"),
        (&["schema", "--config"], "stepladder.yaml"),
    ] {
        let run = folder.run(arguments).succeeds();
        let schema: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!((&schema["title"], run.stderr.as_str()), (&title.into(), ""));
    }
}

#[test]
fn schemas_are_written_where_they_differ_and_stay_out_of_the_site() {
    let folder = project().on_disk();
    let line = "# yaml-language-server: $schema=.stepladder/config.schema.json";
    folder.run(&["schema", "--write"]).succeeds().says("10 of 10 schemas").prints(line);
    let names = written(&folder);
    assert_eq!(names.len(), 10);
    assert!(["config", "front-matter", "level"].iter().all(|name| names.contains(&format!("{name}.schema.json"))));
    folder.run(&["schema", "--write"]).succeeds().says("0 of 10 schemas");

    let printed = folder.run(&["schema", "--kind", "move"]).succeeds().stdout;
    assert_eq!(folder.read(".stepladder/move.schema.json"), printed);
    folder.write("content/ic/staff.md", "---\nkind: level\ntitle: Staff\nrank: 3\n---\n");
    let outdated = folder.read(".stepladder/move.schema.json");
    folder.run(&["schema", "--write"]).succeeds();
    assert!(!outdated.contains("Staff") && folder.read(".stepladder/move.schema.json").contains("\"Staff\""));

    folder.run(&["build"]).succeeds().never_says(".stepladder");
    let is_published = |name: &str| folder.has(&format!("public/{name}"));
    assert!(!is_published(".stepladder") && !is_published("level.schema.json"));
    let read = stepladder::disk::read(&folder.path("")).expect("a project");
    assert!(read.iter().all(|(path, _)| !path.as_str().contains(".stepladder")), "the preview would follow them");
}

#[test]
fn errors_in_the_content_do_not_matter() {
    broken().run(&["schema", "--kind", "level"]).succeeds().prints("\"senior\"");
    Project::new().file("stepladder.yaml", "title: [\n").run(&["schema", "--config"]).succeeds();
}

#[test]
fn wrong_arguments_are_refused() {
    let folder = project().on_disk();
    folder.run(&["schema", "--kind", "levle"]).refuses().says("'level'");
    folder.run(&["schema", "--kind", "level", "--config"]).refuses();
    folder.run(&["schema", "--write", "--config"]).refuses();
    Folder::empty().run(&["schema"]).refuses().says("stepladder.yaml");
}

#[test]
fn a_file_that_is_in_the_way_is_kept() {
    let folder = project().on_disk();
    folder.write(".stepladder/level.schema.json", "mine");
    folder.run(&["schema", "--write"]).refuses().says(".stepladder");
    assert_eq!(folder.read(".stepladder/level.schema.json"), "mine");
}
