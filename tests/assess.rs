//! Self-assessments as the build makes them: which levels have one, where it is, and what it asks; worksheets as Markdown.

use crate::support::{Built, Project};

fn ladder(expectation: &str) -> Project {
    Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\n")
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/all.md", &format!("---\nkind: level\ntitle: All\nabstract: true\n---\n{expectation}"))
        .file("content/ic/one.md", "---\nkind: level\ntitle: One\nrank: 1\nextends: all\n---\n")
        .file("content/ic/Level 2.md", "---\nkind: level\ntitle: Two\nrank: 2\nextends: one\nslug: second\n---\n")
        .file("content/sheet.md", "---\nkind: worksheet\ntitle: Sheet\nsummary: To fill in.\n---\n\n| [[one\\|A level]] | [[ic/one]] |\n| --- | --- |\n| ![A cat](cat.png) | <https://example.org> |\n\n[![Its *tail*](cat.png) waves](ic/one.md)\n\n# Part {#part}\n")
        .file("content/cat.png", "")
}

const CRAFT: &str = "## Craft\n\n- Writes tests. {#tests}\n";

fn has(built: &Built, path: &str) -> bool {
    built.files.iter().any(|(known, _)| known.as_str() == path)
}

#[test]
fn every_track_has_a_sheet_and_every_rung_an_address_that_leads_to_its_place() {
    let built = ladder(CRAFT).build();
    assert!(
        has(&built, "assess/ic/one.html") && has(&built, "assess/ic/second.html") && has(&built, "assess/index.html")
    );
    assert!(!has(&built, "assess/all.html"), "a foundation is nobody's level");
    assert!(built.text("ic/one.html").contains("href=\"../assess/ic.html#level:one\""));
    let lead = built.text("assess/ic/second.html");
    assert!(lead.contains("content=\"0; url=../../assess/ic.html#level:second\""), "{lead}");
    assert!(!built.text("sitemap.xml").contains("assess/ic/"), "an address that leads on is no page");
    assert!(built.text("worksheets/index.html").contains("href=\"../assess/index.html\""));
    let asked = "stepladder.give({\"all\":\"5b22cf\",\"ic/Level 2\":\"\",\"ic/one\":\"\"});\n";
    assert_eq!(built.text("assets/expectations.js"), asked);
    let sheet = built.text("assess/ic.html");
    assert_eq!(sheet.matches("Writes tests.").count(), 1, "a sentence is there once: {sheet}");
    assert!(sheet.contains("<ul data-subject=\"craft\">\n<li data-id=\"tests\">Writes tests.</li>"), "{sheet}");
    let two = sheet.split_once("id=\"level:second\"").expect("a section").1;
    assert!(two.contains("data-level=\"ic/one\">Also counts: <a href=\"#level:one\">all of One</a>.</p>"), "{two}");
    let one = sheet.split_once("id=\"level:one\"").expect("a section").1;
    assert!(one.contains("data-level=\"all\">Also counts: <a href=\"#base:1\">all of All</a>.</p>"), "{one}");
    assert!(sheet.contains("id=\"base:1\" data-level=\"all\">"), "a foundation is on the sheet, but nobody's level");
}

#[test]
fn what_a_level_leaves_of_another_is_said() {
    let two = "---\nkind: level\ntitle: Two\nrank: 2\nextends:\n  level: one\n  competencies: [people]\n---\n## People\n\n- Hires.\n";
    let project =
        ladder("## Craft\n\n- Writes tests. {#tests}\n\n## People\n\n- Hires.\n- Helps.\n\n## Sums\n\n- Adds.\n")
            .file("content/people.md", "---\nkind: competency\ntitle: People\n---\n")
            .file("content/sums.md", "---\nkind: competency\ntitle: Sums\n---\n")
            .file("content/ic/Level 2.md", two);
    let built = project.build();
    let sheet = built.text("assess/ic.html");
    let two = sheet.split_once("data-level=\"ic/Level 2\"").expect("a section").1;
    assert!(
        two.contains(
            "data-only=\"people\" data-except=\"all#hires\">Also counts: <a href=\"#level:one\">One</a> in People.</p>"
        ),
        "{two}"
    );
}

#[test]
fn a_sheet_does_not_repeat_all_of_another_track() {
    let line = |at| format!("- Does the thing number {at}.\n");
    let many: String = (0..300).map(line).collect();
    let project = ladder(CRAFT)
        .file("content/m/index.md", "---\nkind: track\ntitle: M\n---\n")
        .file("content/m/boss.md", &format!("---\nkind: level\ntitle: Boss\nrank: 1\n---\n## Craft\n\n{many}"))
        .file("content/ic/Level 2.md", "---\nkind: level\ntitle: Two\nrank: 2\nextends: [one, boss]\n---\n");
    let built = project.build();
    let sheet = built.text("assess/ic.html");
    assert!(!sheet.contains("Does the thing"));
    assert!(sheet.contains("<a href=\"m.html#level:boss\">all of Boss</a>, on another page.</p>"), "{sheet}");
}

#[test]
fn an_author_may_introduce_a_sheet_and_keep_a_page_where_one_was() {
    let built = ladder(CRAFT)
        .file("content/assess/ic.md", "---\ntitle: Rate yourself\n---\nWith care.\n")
        .file("content/assess/ic/second.md", "---\ntitle: Rate Two\n---\nWith joy.\n")
        .build();
    let sheet = built.text("assess/ic.html");
    assert!(sheet.contains("With care.") && sheet.contains("data-id=\"tests\""));
    let two = built.text("assess/ic/second.html");
    assert!(two.contains("With joy.") && two.contains("href=\"../ic.html#level:second\""), "{two}");
}

#[test]
fn where_nothing_is_expected_there_is_none() {
    let built = ladder("").build();
    assert!(built.files.iter().all(|(path, _)| !path.as_str().starts_with("assess/")));
    assert!(!built.text("ic/one.html").contains("assess"));
}

#[test]
fn a_rung_where_nothing_can_be_marked_has_none_anywhere() {
    let bare = "---\nkind: level\ntitle: Two\nrank: 2\nslug: second\n---\n";
    let built = ladder(CRAFT).file("content/ic/Level 2.md", bare).build();
    assert!(has(&built, "assess/ic/one.html") && !has(&built, "assess/ic/second.html"));
    for file in ["ic/second.html", "assess/index.html", "sitemap.xml", "assets/search-index.js"] {
        assert!(!built.text(file).contains("assess/ic/second"), "{file}");
    }
    let only_all = ladder(CRAFT).file("content/ic/one.md", "---\nkind: level\ntitle: One\nrank: 1\n---\n");
    let only_all = only_all.file("content/ic/Level 2.md", bare).build();
    assert!(!has(&only_all, "assess/index.html"), "what holds at a foundation alone is nobody's to mark");
}

#[test]
fn levels_whose_files_are_called_alike_are_kept_apart() {
    let project = ladder(CRAFT).file(
        "content/ic/level-2/index.md",
        "---\nkind: level\ntitle: Index\nrank: 3\nslug: second\n---\n## Craft\n\n- Plans.\n",
    );
    let project = project.file("content/assess/index.md", "---\ntitle: Know yourself\n---\nWords.\n");
    let built = project.build();
    let assessed: Vec<_> =
        built.files.iter().filter(|(path, _)| path.as_str().starts_with("assess/ic/second")).collect();
    assert_eq!(assessed.len(), 2, "{:?}", built.problems);
    assert!(built.text("assess/index.html").contains("Know yourself"), "an author's page introduces the list");
}

#[test]
fn a_worksheet_is_markdown_that_makes_sense_elsewhere() {
    let expected = |one: &str, two: &str, cat: &str, tail: &str| {
        format!(
            "# Sheet\n\nTo fill in.\n\n| {one} | {two} |\n| --- | --- |\n| {cat} | <https://example.org> |\n\n{tail}\n\n# Part\n"
        )
    };
    let project = ladder(CRAFT);
    assert_eq!(project.build().text("sheet.md"), expected("A level", "One", "A cat", "Its *tail* waves"));
    let absolute =
        project.file("stepladder.yaml", "title: T\nbase_url: https://a.example/guide/\nurls: directory\n").build();
    let one = "https://a.example/guide/ic/one/";
    let cat = |alt: &str| format!("![{alt}](https://a.example/guide/cat.png)");
    assert_eq!(
        absolute.text("sheet/index.md"),
        expected(
            &format!("[A level]({one})"),
            &format!("[One]({one})"),
            &cat("A cat"),
            &format!("[{} waves]({one})", cat("Its *tail*")),
        )
    );
}
