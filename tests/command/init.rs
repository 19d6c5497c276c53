use serde_json::Value;

use super::files;
use crate::support::Folder;

/// All keys that `stepladder.yaml` may have.
const KEYS: [&str; 13] = [
    "title",
    "description",
    "language",
    "base_url",
    "urls",
    "indexed",
    "theme",
    "html",
    "edit_url",
    "facets",
    "areas",
    "owners",
    "style",
];

#[test]
fn a_new_project_builds_without_a_warning() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds().prints_nothing().says("stepladder serve --open");
    folder.run(&["check"]).succeeds().says("no problems");
    folder.run(&["check", "--drafts"]).succeeds().says("no problems");
    folder.run(&["build"]).succeeds().says("no problems");
    assert!(folder.has("README.md") && folder.has(".gitignore") && folder.has("public/index.html"));
}

#[test]
fn a_new_project_is_small_and_complete() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds();
    folder.run(&["build"]).succeeds();
    let ladder: Value = serde_json::from_str(&folder.read("public/ladder.json")).expect("JSON");
    let count = |key: &str| ladder[key].as_array().map_or(0, Vec::len);
    assert_eq!([count("tracks"), count("levels"), count("competencies"), count("moves")], [2, 5, 4, 1]);
    let of_kind = |kind: &str| {
        let texts = files(&folder, "content").into_values().map(|file| String::from_utf8(file).expect("UTF-8"));
        texts.filter(|text| text.contains(&format!("\nkind: {kind}\n"))).count()
    };
    assert_eq!([of_kind("article"), of_kind("worksheet")], [2, 1]);
    let levels = ladder["levels"].as_array().expect("levels");
    assert!(levels.iter().all(|level| level["not_written"].is_null()));
    assert!(levels.iter().any(|level| !level["cells"].is_null()));
}

#[test]
fn the_configuration_of_a_new_project_explains_every_key() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds();
    let configuration = folder.read("stepladder.yaml");
    let lines: Vec<&str> = configuration.lines().collect();
    for key in KEYS {
        let given = |line: &str| line.strip_prefix("# ").unwrap_or(line).starts_with(&format!("{key}:"));
        let at = lines.iter().position(|line| given(line)).unwrap_or_else(|| panic!("{key} is not there"));
        assert!(at > 0 && lines[at - 1].starts_with("# "), "{key} has no comment");
    }
    let run = {
        folder.write("stepladder.yaml", configuration + "\nunknown: 1\n");
        folder.run(&["check"])
    };
    let run = run.fails().says("unknown-field");
    let listed: Vec<&str> = KEYS.into_iter().filter(|key| run.stderr.contains(&format!("`{key}`"))).collect();
    assert!(listed.is_empty() || listed.len() == KEYS.len(), "only {listed:?} are listed:\n{}", run.stderr);
}

#[test]
fn commented_keys_show_their_defaults() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds();
    folder.run(&["build"]).succeeds();
    let before = files(&folder, "public");
    let configuration = folder.read("stepladder.yaml");
    for line in ["# language: en", "# urls: file", "# indexed: false", "# theme: default", "# html: safe"] {
        assert!(configuration.contains(&format!("\n{line}\n")), "no line {line:?}");
        folder.write("stepladder.yaml", configuration.replace(line, &line[2..]));
        folder.run(&["build", "-v"]).succeeds().says("0 files written");
    }
    assert_eq!(files(&folder, "public"), before);
}

#[test]
fn a_project_can_be_created_in_a_new_folder() {
    let folder = Folder::empty();
    folder.run(&["init", "deep/guide"]).succeeds().says("stepladder serve --open --project deep/guide");
    assert!(folder.has("deep/guide/stepladder.yaml") && !folder.has("stepladder.yaml"));
    folder.run(&["build", "--project", "deep/guide"]).succeeds();
    assert!(folder.has("deep/guide/public/index.html"));
    assert_eq!(Folder::empty().run(&["init", "-q"]).succeeds().stderr, "");
}

#[test]
fn no_file_is_overwritten() {
    let folder = Folder::empty();
    folder.write("README.md", "mine");
    folder.write("other.txt", "mine");
    folder.run(&["init"]).refuses().prints_nothing().says("README.md").says("would overwrite").says("init DIR");
    assert_eq!(files(&folder, "").len(), 2, "nothing is written when one file is in the way");
    assert_eq!(folder.read("README.md"), "mine");
    folder.remove("README.md");
    folder.run(&["init"]).succeeds();
    let before = files(&folder, "");
    folder.run(&["init"]).refuses().says("other files");
    assert_eq!(files(&folder, ""), before);
}
