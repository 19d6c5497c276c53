//! `--format` of `check` and `build`: what programs read.

use std::path::Path;

use boon::{Compiler, Schemas};
use serde_json::Value;

use super::{broken, careless, project};
use crate::support::{Folder, Project};

/// A project with problems of many kinds: labels, fixes, a file that isn't text, a path with spaces, and characters that
/// need escapes.
fn faulty() -> Project {
    broken()
        .bytes("content/ic/mid.md", "---\r\nkind: level\r\ntitel: \"M\u{ef}d\"\r\nrank: 1\r\n---\r\n## Craft\r\n\r\n\u{2022} Tests.\r\n\r\n## Craft\r\n\r\n- Two.\r\n".as_bytes())
        .file("content/a page, 100%: \u{e9}.md", "---\ntitle: A\nownr: x\n---\n![](dot.svg) \u{1f600} [[Nowhere]]\n")
        .file("content/dot.svg", "<svg/>\n")
        .file("content/unused.pdf", "x")
}

/// Requires that a value is valid.
pub(super) fn validate(schema: &Path, value: &Value) {
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).expect("the schema")).expect("JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).expect("a resource");
    let index = compiler.compile("schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    if let Err(error) = schemas.validate(value, index) {
        panic!("{error:#}\n{value:#}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = root().join("src/diagnostic/schema.json");
    let printed = Folder::empty().run(&["schema", "--diagnostics"]).succeeds().stdout;
    assert_eq!(printed, std::fs::read_to_string(&schema).expect("the schema"));
    Folder::empty().run(&["schema", "--diagnostic"]).refuses().says("'--diagnostics'");
    for project in [project(), broken(), careless(), faulty()] {
        for command in ["check", "build"] {
            let run = project.run(&[command, "--format", "json"]);
            validate(&schema, &serde_json::from_str(&run.stdout).expect("one JSON object"));
        }
    }
}

#[test]
fn the_edits_of_json_are_places_in_the_files() {
    let folder = faulty().on_disk();
    let report: Value = serde_json::from_str(&folder.run(&["check", "--format=json"]).fails().stdout).expect("JSON");
    let mut count = 0;
    for diagnostic in report["diagnostics"].as_array().expect("a list") {
        for edit in diagnostic["fixes"]
            .as_array()
            .expect("a list")
            .iter()
            .flat_map(|fix| fix["edits"].as_array().expect("a list"))
        {
            let file = folder.read(edit["file"].as_str().expect("a path"));
            let number = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("a small number");
            let before = &file[..number("byte")];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!((line, column), (number("line"), number("column")), "{edit}");
            assert!(file.is_char_boundary(number("end_byte")), "{edit}");
            count += 1;
        }
    }
    assert!(count >= 2, "{report:#}");
}

#[test]
fn sarif_is_valid_and_has_every_problem() {
    let schema = root().join("tests/schemas/sarif-schema-2.1.0.json");
    for (project, results) in [(project(), 0), (careless(), 1), (broken(), 1)] {
        let log: Value = serde_json::from_str(&project.run(&["build", "--format", "sarif"]).stdout).expect("JSON");
        assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(results));
        validate(&schema, &log);
    }
    let run = faulty().run(&["check", "--format", "sarif", "-q"]).fails();
    assert_eq!(run.stderr, "");
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    validate(&schema, &log);
    let uris: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    assert!(uris.contains(&"content/a%20page%2C%20100%25%3A%20%C3%A9.md"), "{uris:?}");
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list") {
        let id = rule["id"].as_str().expect("a text");
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.starts_with(&format!("# {id}\n"))), "{id}");
        assert!(rule["helpUri"].is_null(), "there's no address");
    }
    assert!(run.stdout.contains("\"fixes\""), "{}", run.stdout);
}

#[test]
fn github_gets_one_command_per_problem_with_paths_from_the_repository() {
    let run = broken().run(&["check", "--format", "github"]).fails().says("Checked");
    let expected = "::error file=content/index.md,line=4,col=12,endLine=4,endColumn=22,title=broken-link::";
    assert!(run.stdout.starts_with(expected) && run.stdout.lines().count() == 1, "{}", run.stdout);
    assert!(run.stdout.contains("%0A%0A") && run.stdout.ends_with("%0A%0Astepladder explain broken-link\n"));
    let run = faulty().run(&["check", "--format", "github"]).fails();
    assert!(run.stdout.contains("::error file=content/a page%2C 100%25%3A \u{e9}.md,line=3,"), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")));

    let repository = broken().on_disk();
    let inside = |folder: &str, arguments: &[&str], variables: &[(&str, &str)]| {
        repository.run_in(folder, &[&["check", "--format", "github"], arguments].concat(), variables).fails().stdout
    };
    let name = repository.path("");
    let (above, name) = (name.parent().expect("a folder"), name.file_name().expect("a name").to_string_lossy());
    let workspace = [("GITHUB_WORKSPACE", above.to_str().expect("a path in Unicode"))];
    assert!(inside("", &[], &workspace).contains(&format!("file={name}/content/index.md,")));
    assert!(inside("content", &[], &[]).contains("file=content/index.md,"), "the repository is unknown");
}

#[test]
fn a_log_of_one_build_is_not_for_repeated_builds() {
    broken().run(&["build", "--watch", "--format", "sarif"]).refuses().prints_nothing().says("--format json");
}
