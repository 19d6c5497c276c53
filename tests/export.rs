//! `stepladder export`: every format, and that an export that is imported again is the same ladder.

use serde_json::Value;
use stepladder::import::{Mapping, SourceFile, plan};

use crate::import::expected::cells;
use crate::import::generated::Generated;
use crate::sites;
use crate::support::{Folder, Rng, build};

/// `ladder.json` without what depends on the places of files.
fn comparable(ladder: &Value) -> Value {
    let mut ladder = ladder.clone();
    for list in ["tracks", "competencies", "levels", "moves"] {
        for page in ladder[list].as_array_mut().into_iter().flatten() {
            let page = page.as_object_mut().expect("an object");
            page.remove("url");
            page.remove("source");
            for cell in page.get_mut("cells").and_then(Value::as_array_mut).into_iter().flatten() {
                cell.as_object_mut().expect("an object").remove("source");
            }
        }
    }
    ladder
}

/// The ladder of a project as JSON.
fn ladder(project: &stepladder::tree::Tree) -> Value {
    serde_json::from_str(build(project, false).text("ladder.json")).expect("JSON")
}

/// Imports a file and returns the ladder of the project that it makes.
#[track_caller]
fn imported(name: &str, bytes: Vec<u8>) -> Value {
    let source = SourceFile { name: name.to_owned(), bytes };
    let plan = plan(&[source], &Mapping::default()).unwrap_or_else(|error| panic!("{error}"));
    ladder(&plan.files)
}

#[test]
fn json_that_is_imported_again_is_the_same_ladder() {
    for site in std::iter::once(sites::guide()).chain(sites::golden()) {
        let before = ladder(&site.project);
        if before["levels"].as_array().is_none_or(Vec::is_empty) || cells(&before).is_empty() {
            continue;
        }
        let after = imported("ladder.json", before.to_string().into_bytes());
        let (before, after) = (comparable(&before), comparable(&after));
        for list in ["tracks", "competencies", "levels", "moves"] {
            for (one, other) in
                before[list].as_array().into_iter().flatten().zip(after[list].as_array().into_iter().flatten())
            {
                assert_eq!(one, other, "{list} of {}", site.name);
            }
        }
        assert_eq!(before, after, "{}", site.name);
    }
}

#[test]
fn json_is_valid_by_its_schema() {
    let printed = Folder::empty().run(&["schema", "--ladder"]).succeeds().stdout;
    let schema: Value = serde_json::from_str(&printed).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("ladder.json", schema).expect("a schema");
    let schema = compiler.compile("ladder.json", &mut schemas).expect("a valid schema");
    for site in sites::all() {
        let ladder = ladder(&site.project);
        if let Err(error) = schemas.validate(&ladder, schema) {
            panic!("{}: {error}", site.name);
        }
    }
    assert!(schemas.validate(&serde_json::json!({ "version": 1 }), schema).is_err());
}

/// The number of generated ladders.
const GENERATED: u64 = 25;

#[test]
fn generated_ladders_survive_json_and_workbooks() {
    for seed in 0..GENERATED {
        let source = Generated::new(&mut Rng::new(seed)).csv();
        let project = plan(&[source], &Mapping::default()).unwrap_or_else(|error| panic!("{seed}: {error}")).files;
        let before = ladder(&project);
        let after = imported("ladder.json", before.to_string().into_bytes());
        assert_eq!(comparable(&before), comparable(&after), "{seed}");
    }
}

/// The guide that ships, with the program's `--out` in a folder of its own.
#[track_caller]
fn exported(arguments: &[&str], file: &str) -> Vec<u8> {
    let folder = Folder::empty();
    let guide = env!("CARGO_MANIFEST_DIR");
    let all: Vec<&str> =
        ["export"].iter().chain(arguments).copied().chain(["--out", file, "--project", guide]).collect();
    folder.run(&all).succeeds().says("Wrote");
    std::fs::read(folder.path(file)).expect("the export")
}

#[test]
fn the_guide_has_the_same_expectations_after_a_workbook_a_table_and_documents() {
    let before = cells(&ladder(&sites::guide().project));
    for (format, file) in [
        ("xlsx", "ladder.xlsx"),
        ("csv", "ladder.csv"),
        ("json", "ladder.json"),
        ("markdown", "ladder.md"),
        ("html", "ladder.html"),
    ] {
        let after = cells(&imported(file, exported(&[format], file)));
        let is_document = matches!(format, "markdown" | "html");
        // Documents name the group in the sentence.
        let lost: Vec<_> =
            before.iter().filter(|cell| !(after.contains(*cell) || is_document && has_suffix(&after, cell))).collect();
        assert!(lost.is_empty(), "{format}: {lost:#?}");
    }
}

fn has_suffix(cells: &crate::import::expected::Cells, (level, competency, text): &(String, String, String)) -> bool {
    cells
        .iter()
        .any(|(of, name, sentence)| (of, name) == (level, competency) && sentence.ends_with(&format!(": {text}")))
}

#[test]
fn a_cumulative_table_has_what_each_level_inherits() {
    let folder = Folder::empty();
    folder.write("stepladder.yaml", "title: T\n");
    folder.write("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n");
    folder.write("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n");
    folder.write(
        "content/ic/junior.md",
        "---\nkind: level\ntitle: Junior\nrank: 1\n---\n\n## Craft\n\n- Writes tests.\n",
    );
    folder.write(
        "content/ic/senior.md",
        "---\nkind: level\ntitle: Senior\nrank: 2\nextends: ic/junior\n---\n\n## Craft\n\n- Designs.\n",
    );
    let own = folder.run(&["export", "csv"]).succeeds().stdout;
    assert!(own.contains("Senior,,2,,Craft,own,,Designs.") && !own.contains("inherited"), "{own}");
    let all = folder.run(&["export", "csv", "--cumulative"]).succeeds().stdout;
    assert!(all.contains("Senior,,2,,Craft,inherited,,Writes tests."), "{all}");
    folder.run(&["export", "json", "--cumulative"]).refuses();
    folder.run(&["export", "xlsx"]).refuses().says("--out");
    folder.run(&["export", "json", "--out", "a.json"]).succeeds().says("Not in this format");
    folder.run(&["export", "json", "--out", "a.json"]).refuses().says("never overwritten");
    folder.write("content/ic/broken.md", "---\nkind: level\n---\n");
    folder.run(&["export", "json"]).fails();
}

#[test]
fn an_assessment_has_a_sheet_for_each_level_with_ratings() {
    let bytes = exported(&["xlsx", "--assessment"], "assessment.xlsx");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/worksheets/sheet1.xml").expect("a sheet"), &mut sheet)
        .expect("text");
    for part in ["<dataValidation ", "Consistently", "COUNTIF(", "<sheetProtection"] {
        assert!(sheet.contains(part), "{part}");
    }
    let levels = ladder(&sites::guide().project)["levels"].as_array().map_or(0, Vec::len);
    assert_eq!(
        book.file_names()
            .filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("xl/worksheets/sheet")))
            .count(),
        levels
    );
}

#[test]
fn linked_data_has_terms_and_occupations() {
    let data: Value = serde_json::from_slice(&exported(&["jsonld"], "ladder.jsonld")).expect("JSON");
    assert_eq!(data["@context"], "https://schema.org");
    let types =
        |wanted: &str| data["@graph"].as_array().into_iter().flatten().filter(|one| one["@type"] == wanted).count();
    let guide = ladder(&sites::guide().project);
    assert_eq!((types("DefinedTermSet"), types("Occupation")), (1, guide["levels"].as_array().map_or(0, Vec::len)));
    assert!(
        data["@graph"][1]["responsibilities"].as_array().is_some_and(|all| !all.is_empty()),
        "{}",
        data["@graph"][1]
    );
}
