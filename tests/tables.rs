//! Tables and nested lists that fill cells: every form in which people write a ladder gives the same one.

use stepladder::diagnostic::Code;
use stepladder::tree::TreePath;

use crate::support::{Built, Project};

/// A ladder of two levels and two competencies, without expectations.
fn project() -> Project {
    let page = |kind: &str, title: &str, fields: &str| format!("---\nkind: {kind}\ntitle: {title}\n{fields}---\n");
    Project::new()
        .file("content/ic/index.md", &page("track", "Individual contributor", ""))
        .file("content/ic/junior.md", &page("level", "Junior", "rank: 1\n"))
        .file("content/ic/senior.md", &page("level", "Senior", "rank: 2\n"))
        .file("content/competencies/craft.md", &page("competency", "Craft", ""))
        .file("content/competencies/delivery.md", &page("competency", "Delivery", ""))
}

/// The project with the body of one page.
fn with(project: Project, path: &str, body: &str) -> Project {
    let path = format!("content/{path}.md");
    let front_matter = String::from_utf8(project.tree().bytes(&TreePath::normalized(&path)).expect("a page").to_vec());
    let front_matter = front_matter.expect("UTF-8");
    project.file(&path, &format!("{front_matter}{body}"))
}

/// The expectations of a site without errors: `level, competency: sentence`.
#[track_caller]
fn expectations(built: &Built) -> Vec<String> {
    let expected = [Code::MissingCell, Code::EmptyLevel];
    let errors: Vec<_> = built.problems.iter().filter(|problem| !expected.contains(&problem.code)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let ladder: serde_json::Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let all = ladder["expectations"].as_array().expect("expectations").iter();
    let mut found: Vec<String> = all
        .map(|one| format!("{}, {}: {}", text(&one["level"]), text(&one["competency"]), text(&one["text"])))
        .collect();
    found.sort();
    found
}

/// The ladder that all forms have.
const LADDER: [&str; 4] = [
    "ic/junior, competencies/craft: Writes tests.",
    "ic/junior, competencies/delivery: Ships with help.",
    "ic/senior, competencies/craft: Designs services.",
    "ic/senior, competencies/delivery: Ships every week.",
];

#[test]
fn every_form_on_the_pages_of_levels_gives_the_same_ladder() {
    let forms = [
        "| Competency | Expectations |\n| --- | --- |\n| Craft | ONE |\n| Delivery | TWO |\n",
        "| Competency | LEVEL |\n| --- | --- |\n| Craft | ONE |\n| Delivery | TWO |\n",
        "| Craft | ONE |\n| --- | --- |\n| Delivery | TWO |\n",
        "| | |\n| --- | --- |\n| Delivery | TWO |\n| Craft | - |\n| | ONE |\n",
        "| Craft | Delivery |\n| --- | --- |\n| ONE | TWO |\n",
        "| Craft | Delivery |\n| --- | --- |\n| ONE | |\n| – | TWO |\n",
        "| Level | Craft | Delivery |\n| --- | --- | --- |\n| LEVEL | ONE | TWO |\n",
        "| | LEVEL |\n| --- | --- |\n| **Craft** | <ul><li>ONE</li></ul> |\n| [[competencies/delivery\\|Delivery]] | • TWO |\n",
        "- Craft\n  - ONE\n- Delivery:\n  - TWO\n",
        "* **Craft**\n\n  1. ONE\n\n* **Delivery**\n\n  1. TWO\n",
        "Craft\n: ONE\n\nDelivery\n: TWO\n",
        "## Expectations\n\nOur table:\n\n| Delivery | Craft |\n| --- | --- |\n| TWO | ONE |\n\n## Notes\n\nText.\n",
        "| Craft |\n| --- |\n| ONE |\n\n## Delivery\n\n| TWO |\n| --- |\n",
        "## Craft\n\n<ol><li>ONE</li></ol>\n\n## Delivery\n\n- - TWO\n",
    ];
    for form in forms {
        let page =
            |level: &str, one: &str, two: &str| form.replace("LEVEL", level).replace("ONE", one).replace("TWO", two);
        let project = with(project(), "ic/junior", &page("Junior", "Writes tests.", "Ships with help."));
        let project = with(project, "ic/senior", &page("Senior", "Designs services.", "Ships every week."));
        assert_eq!(expectations(&project.build()), LADDER, "{form}");
    }
}

#[test]
fn every_form_on_the_pages_of_competencies_gives_the_same_ladder() {
    let forms = [
        "| Level | Expectations |\n| --- | --- |\n| Junior | ONE |\n| Senior | TWO |\n",
        "| Senior | Junior |\n| --- | --- |\n| TWO | ONE |\n",
        "## Individual contributor\n\n| Level | COMPETENCY |\n| --- | --- |\n| Junior | ONE |\n| Senior | TWO |\n",
        "- Junior\n  - ONE\n- Senior\n  - TWO\n",
        "Junior\n: ONE\n\nSenior\n: TWO\n",
    ];
    for form in forms {
        let page = |competency: &str, one: &str, two: &str| {
            form.replace("COMPETENCY", competency).replace("ONE", one).replace("TWO", two)
        };
        let project = with(project(), "competencies/craft", &page("Craft", "Writes tests.", "Designs services."));
        let project =
            with(project, "competencies/delivery", &page("Delivery", "Ships with help.", "Ships every week."));
        assert_eq!(expectations(&project.build()), LADDER, "{form}");
    }
}

#[test]
fn a_table_with_levels_and_competencies_fills_all_cells_on_any_page() {
    let tables = [
        "| | Craft | Delivery |\n| --- | --- | --- |\n| Junior | Writes tests. | Ships with help. |\n\
         | Senior | Designs services. | Ships every week. |\n",
        "| Competency | Junior | Senior |\n| --- | --- | --- |\n| Craft | Writes tests. | Designs services. |\n\
         | Delivery | Ships with help. | |\n| | - | Ships every week. |\n",
    ];
    for page in ["ic/index", "ic/senior", "competencies/craft"] {
        for table in tables {
            let built = with(project(), page, &format!("Text.\n\n{table}\nMore.\n")).build();
            assert_eq!(expectations(&built), LADDER, "{page}: {table}");
            let shown = built.text(&format!("{page}.html"));
            assert_eq!(shown.matches("Text.").count(), 1, "{page}");
            assert!(!shown.contains("<th>Craft</th>"), "the table isn't shown again: {page}");
        }
    }
}

#[test]
fn an_expectation_of_a_table_has_the_place_of_its_line() {
    let body = "| Craft |\n| --- |\n| Writes tests.<br>… |\n";
    let problems = with(project(), "ic/junior", body).problems();
    let placeholder = problems.iter().find(|problem| problem.code == Code::Placeholder).expect("a problem");
    let project = with(project(), "ic/junior", body);
    let source = project.tree().bytes(&TreePath::normalized("content/ic/junior.md")).expect("a page").to_vec();
    assert_eq!(&source[placeholder.span.start..placeholder.span.end], "…".as_bytes());
}

#[test]
fn tables_that_name_nothing_or_are_marked_are_prose() {
    let table = "| Craft | Delivery |\n| --- | --- |\n| Writes tests. | Ships with help. |\n";
    for body in [
        format!("{{.prose}}\n{table}"),
        format!("{{.prose}}\n\n{table}"),
        format!("## An overview {{.prose}}\n\n{table}"),
        format!("## An overview {{.prose}}\n\n### Of this\n\n{table}"),
        "| Tool | Use |\n| --- | --- |\n| Compiler | daily |\n\n- Craft\n- Delivery\n\n- Compilers\n  - rustc\n"
            .to_owned(),
    ] {
        let built = with(project(), "ic/junior", &body).build();
        assert_eq!(expectations(&built), [""; 0], "{body}");
        assert!(built.text("ic/junior.html").contains("<table>"), "{body}");
        assert!(!built.text("ic/junior.html").contains("{.prose}"), "{body}");
    }
}
