//! `stepladder import`: ladders in the styles that spreadsheets, documents and data have them, and what must not come in.

pub(crate) mod expected;
pub(crate) mod generated;
mod sources;
mod workbooks;

use std::collections::BTreeMap;

use serde_json::Value;
use stepladder::diagnostic::Severity;
use stepladder::import::{LevelDirection, Mapping, Plan, SourceFile, Splitting, plan};
use stepladder::tree::Tree;

use self::expected::{Cells, cells};
use crate::support::{Built, Folder, build};

/// A source file with a text.
pub(crate) fn source(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// An import, and the site that its project makes.
pub(crate) struct Imported {
    pub(crate) plan: Plan,
    pub(crate) built: Built,
    /// `ladder.json` of the site.
    pub(crate) ladder: Value,
}

impl Imported {
    /// The texts of expectations by level and competency.
    pub(crate) fn cells(&self) -> Cells {
        cells(&self.ladder)
    }

    /// The places of texts that weren't placed, with the reasons.
    pub(crate) fn named(&self) -> BTreeMap<&str, &str> {
        self.plan.named.iter().map(|(place, reason)| (place.as_str(), *reason)).collect()
    }

    /// The files of the project as one text.
    pub(crate) fn text(&self) -> String {
        let files = self.plan.files.iter().filter_map(|(path, _)| self.plan.files.bytes(path));
        files.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }
}

/// Imports sources. The project must have no errors, and every text must be placed or named.
#[track_caller]
pub(crate) fn import(sources: &[SourceFile], mapping: &Mapping) -> Imported {
    let plan = plan(sources, mapping).unwrap_or_else(|error| panic!("{error} {:?}", error.help));
    assert_eq!(plan.placed + plan.named.len(), plan.texts);
    let tree: Tree = plan.files.clone();
    let built = build(&tree, false);
    let errors: Vec<String> = built
        .problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .map(|problem| format!("{:?}: {} ({:?})", problem.span, problem.message, problem.help))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", plan.report);
    let ladder = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    Imported { plan, built, ladder }
}

#[track_caller]
fn import_one(name: &str, text: &str) -> Imported {
    import(&[source(name, text)], &Mapping::default())
}

#[test]
fn every_style_is_placed_right_without_flags() {
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for style in sources::all() {
        let imported = import(&style.sources, &Mapping::default());
        let found = imported.cells();
        for expected in &style.cells {
            all += 1;
            if found.contains(expected) {
                right += 1;
            } else {
                wrong.push(format!("{}: {expected:?} isn't in {found:#?}", style.name));
            }
        }
    }
    assert!(sources::all().len() >= 12);
    assert!(right * 100 >= all * 95, "{right} of {all} cells\n{}", wrong.join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stood_in_a_cell_is_what_the_site_says() {
    let texts = [
        "# not a heading",
        "- not a list",
        "[[craft]] and [a](b)",
        "ends with {#id}",
        "{{ template }}",
        "&amp; and &lt;",
        "=SUM(A1)",
        "note[^1]",
        "<b>bold</b> <script>alert(1)</script>",
        "a * b * c and _d_",
        "`code` and ``",
        "a | b",
        "1. first of none",
        "> quote",
        "+ plus",
        "~~gone~~",
        "\\ and \\n",
        "C:\\temp\\",
        "![image](x.png)",
        "::: note",
        ": definition",
        "Setext ===",
        "- [ ] task",
        "$1 and $x$",
        "user_name_here",
        "http://example.org/a_b_c",
        "Example of x",
        "ends with #",
        "** stars **",
        "emoji :smile: 🎉",
        "\"quoted\" 'text' -- dash ...",
        "x<y && y>z",
        "| a | b |",
        "@name",
        "1) one",
    ];
    let mut csv = String::from("Competency,Junior,Senior\n");
    for (at, text) in texts.iter().enumerate() {
        csv.push_str(&format!("Area {at},\"{}\",Other text {at}\n", text.replace('"', "\"\"")));
    }
    let mapping = Mapping { split: Splitting::None, ..Mapping::default() };
    let imported = import(&[source("texts.csv", &csv)], &mapping);
    let cells = imported.cells();
    let mut wrong = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let cell = ("Junior".to_owned(), format!("Area {at}"), (*text).to_owned());
        if !cells.contains(&cell) {
            let found: Vec<_> = cells.iter().filter(|(level, name, _)| *level == cell.0 && *name == cell.1).collect();
            wrong.push(format!("{text:?} became {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_of_a_wiki_lead_to_the_pages_that_its_files_became() {
    let craft = "# Craft\n\n## Junior\n\n- Writes [good code](https://example.org/a_b) with [delivery](Delivery%200123456789abcdef0123456789abcdef.md).\n\n## Senior\n\n- Designs [a](gone.md)\n";
    let delivery = "# Delivery\n\n## Junior\n\n- Ships\n\n## Senior\n\n- Plans\n";
    let sources = [source("Craft.md", craft), source("Delivery 0123456789abcdef0123456789abcdef.md", delivery)];
    let imported = import(&sources, &Mapping::default());
    let text = "Writes good code with delivery.".to_owned();
    assert!(imported.cells().contains(&("Junior".to_owned(), "Craft".to_owned(), text)), "{:#?}", imported.cells());
    let page = imported.built.text("engineering/junior.html");
    assert!(page.contains("href=\"https://example.org/a_b\">good code</a>"), "{page}");
    assert!(page.contains("competencies/delivery.html\">delivery</a>"), "{page}");
}

#[test]
fn names_of_any_kind_become_pages() {
    let names = [
        "Yes", "null", "1.0", "con", "index", "🚀", "C", "C++", "C#", "# x", "a: b", "- dash", "{#id}", "matrix",
        "2. Two",
    ];
    let mut csv = String::from("Competency,Junior,Senior\n");
    for (at, name) in names.iter().enumerate() {
        csv.push_str(&format!("\"{name}\",Does {at},Leads {at}\n"));
    }
    let imported = import_one("names.csv", &csv);
    let cells = imported.cells();
    let missing = names
        .iter()
        .enumerate()
        .filter(|(at, name)| !cells.contains(&("Junior".to_owned(), (**name).to_owned(), format!("Does {at}"))));
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "{missing:?} of {cells:#?}");
}

#[test]
fn tables_that_are_no_ladders_end_the_import_with_what_was_seen() {
    for (name, text) in [
        ("gaps.csv", "Skill,Current,Target,Gap\nCraft,2,3,1\nDelivery,1,3,2\n"),
        (
            "onboarding.csv",
            "Topic,Day 1,After 30 days,After 90 days\nCraft,Reads,Writes,Leads\nTeam,Meets,Knows,Helps\n",
        ),
        ("pay.csv", "Level,Min,Mid,Max\nL1,$50k,$60k,$70k\nL2,$60k,$70k,$80k\n"),
        ("people.csv", "Employee,Rating\nAnn,3\nBob,4\n"),
    ] {
        let error = plan(&[source(name, text)], &Mapping::default()).expect_err(name);
        assert!(error.message.contains(name) && error.message.contains("no ladder"), "{error}");
        assert!(error.help.is_some_and(|help| help.contains("--levels")));
    }
}

#[test]
fn pay_people_and_ratings_are_named_by_place_only() {
    let csv = "Competency,Junior,Senior,Rating,Comments\nCraft,Writes,Designs,4,Ann is great\nSalary,$50k,$90k,,\nTeam,Helps,Leads,3,Bob too\n";
    let imported = import_one("ratings.csv", csv);
    let named = imported.named();
    for place in ["ratings.csv: D2", "ratings.csv: E2", "ratings.csv: B3", "ratings.csv: A3"] {
        assert!(named.contains_key(place), "{place} in {named:#?}");
    }
    for text in ["Ann", "Bob", "$50k"] {
        assert!(!imported.text().contains(text) && !imported.plan.report.contains(text), "{text}");
    }
}

#[test]
fn a_mapping_overrules_what_is_recognised() {
    let csv = "Some title here,,\nTopic,Explorer,Builder\nCraft,Looks; Finds,Makes\nTeam,Asks,Answers\n";
    let mapping = Mapping {
        levels: Some(LevelDirection::Columns),
        header_row: Some(2),
        split: Splitting::Semicolons,
        track: Some("Makers".to_owned()),
        title: Some("Our ladder".to_owned()),
        extends: true,
        hidden: false,
    };
    let imported = import(&[source("names.csv", csv)], &mapping);
    let cells = imported.cells();
    for (level, competency, text) in [("Explorer", "Craft", "Finds"), ("Builder", "Team", "Answers")] {
        assert!(cells.contains(&(level.to_owned(), competency.to_owned(), text.to_owned())), "{cells:#?}");
    }
    assert_eq!(imported.ladder["title"], "Our ladder");
    assert_eq!(imported.ladder["tracks"][0]["title"], "Makers");
    let levels = imported.ladder["levels"].as_array().expect("a list");
    let builder = levels.iter().find(|level| level["title"] == "Builder").expect("a level");
    assert_eq!(builder["extends"][0]["level"], "makers/explorer");
    assert_eq!(Mapping::parse(&mapping.to_yaml()), Ok(mapping));
    assert_eq!(Mapping::parse(&Mapping::default().to_yaml()), Ok(Mapping::default()));
    assert!(Mapping::parse("colums: 3\n").is_err());
}

#[test]
fn the_program_writes_a_project_that_check_accepts_and_overwrites_nothing() {
    let folder = Folder::empty();
    folder.write("ladder.csv", "Competency,Junior,Senior\nCraft,Writes tests.,Designs systems.\n");
    let dry = folder.run(&["import", "ladder.csv", "--into", "guide", "--dry-run"]).succeeds();
    assert!(dry.stdout.contains("Placed 6 of 6 texts"), "{}", dry.stdout);
    assert!(!folder.has("guide"));
    folder.run(&["import", "ladder.csv", "--into", "guide", "--write-mapping"]).succeeds();
    assert!(folder.read("guide/IMPORT.md").contains("2 levels") && folder.has("guide/import.yaml"));
    let check = ["check", "--project", "guide"];
    folder.run(&check).succeeds().says("2 levels, 1 competency, 2 expectations").says("no problems");
    folder.run(&["import", "ladder.csv", "--into", "guide"]).refuses().says("would overwrite");
    // The competency is there already.
    folder.run(&["import", "ladder.csv", "--into", "guide", "--track", "Data"]).refuses();
    folder.write("data.csv", "Competency,Junior,Senior\nModels,Trains.,Designs.\n");
    folder.run(&["import", "data.csv", "--into", "guide", "--track", "Data"]).succeeds();
    assert!(folder.read("guide/IMPORT-2.md").contains("stepladder.yaml existed and wasn't changed"));
    folder.run(&check).succeeds().says("4 levels, 2 competencies, 4 expectations");
}

#[test]
fn sources_that_cannot_be_read_say_what_to_export() {
    let folder = Folder::empty();
    for (name, word) in [("old.xls", ".xlsx"), ("doc.doc", ".docx"), ("scan.pdf", ".docx"), ("what.bin", ".csv")] {
        folder.write(name, "x");
        folder.run(&["import", name]).refuses().says("can't be read").says(word);
    }
    folder.run(&["import", "https://docs.example.org/spreadsheets/d/1"]).refuses().says("download");
    folder.write("broken.xlsx", "not a zip");
    folder.run(&["import", "broken.xlsx"]).refuses().says("broken.xlsx can't be read");
    folder.run(&["import", "missing.csv"]).gives_up();
    folder.write("import.yaml", "colums: 3\n");
    folder.write("ladder.csv", "Competency,Junior,Senior\nCraft,Writes.,Designs.\n");
    folder.run(&["import", "ladder.csv"]).refuses().says("import.yaml");
}
