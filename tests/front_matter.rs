//! Front matter as it appears on the site: titles that the body has, and data for themes.

use crate::support::Project;

/// The number of headings of level 1 on a page, and the first one's text.
fn first_heading(html: &str) -> (usize, &str) {
    let first = html.split_once("<h1").and_then(|(_, rest)| rest.split_once('>')).expect("a heading of level 1").1;
    (html.matches("<h1").count(), first.split_once("</h1>").expect("its end").0.trim())
}

#[test]
fn a_heading_that_begins_the_body_is_the_title_and_shown_once() {
    let project = Project::new()
        .file("content/a.md", "---\nkind: article\n---\n# On *testing*\n\nText.\n")
        .file("content/b.md", "---\ntitle: On reviews\n---\n<!-- old -->\n\n# On Reviews\n\nText.\n")
        .file("content/c.md", "---\n---\nOn designs\n==========\n\nSee [[On testing]].\n");
    let built = project.build();
    assert_eq!(built.problems, []);
    assert_eq!(first_heading(built.text("a.html")), (1, "On testing"));
    assert_eq!(first_heading(built.text("b.html")), (1, "On reviews"));
    assert_eq!(first_heading(built.text("c.html")), (1, "On designs"));
    assert!(built.text("c.html").contains("a.html\">On testing</a>"));
}

#[test]
fn a_heading_that_differs_from_the_title_stays() {
    let project = Project::new().file("content/a.md", "---\ntitle: On testing\n---\n# Why we test\n\nText.\n");
    let built = project.build();
    let html = built.text("a.html");
    assert_eq!(first_heading(html).1, "On testing");
    assert!(html.contains("Why we test"));
}

#[test]
fn a_level_can_have_its_title_in_the_body() {
    let project = Project::new()
        .file("content/ic/index.md", "---\nkind: track\n---\n# Individual contributor\n")
        .file("content/ic/senior.md", "---\nkind: level\nrank: 1\n---\n# Senior\n\n## Craft\n\n- Writes tests.\n")
        .file("content/craft.md", "---\nkind: competency\n---\n# Craft\n\nWhat it is.\n");
    let built = project.build();
    assert_eq!(built.problems, []);
    assert!(built.text("ladder.csv").contains("Individual contributor,Senior,"), "{}", built.text("ladder.csv"));
    assert_eq!(first_heading(built.text("ic/senior.html")).0, 1);
}

#[test]
fn a_worksheet_as_markdown_has_its_title_once() {
    for heading in ["# My *form* {#form}", "My form\n=======", "# My form #"] {
        let text = format!("---\nkind: worksheet\n---\n{heading}\n\n- [ ] One\n");
        let built = Project::new().file("content/form.md", &text).build();
        assert_eq!(built.text("form.md"), "# My form\n\n- [ ] One\n", "{heading}");
    }
}

#[test]
fn themes_get_the_data_in_extra() {
    let extra = "extra:\n  mood: calm\n  level: 3\n  ratio: 0.5\n  open: true\n  none:\n  list: [a, {b: \"007\"}]\n";
    let template = "{{ extra.mood }} {{ extra.level + 1 }} {{ extra.ratio * 2 }} {{ extra.list[1].b }}\
        {% if extra.open and not extra.none %} open{% endif %}{% for key, value in extra %} {{ key }}{% endfor %}";
    let project = Project::new()
        .file("content/a.md", &format!("---\ntitle: A\n{extra}---\nText.\n"))
        .file("content/b.md", "---\ntitle: B\n---\nText.\n")
        .file("stepladder.yaml", "title: Test\ntheme: ours\n")
        .file("themes/ours/templates/page.html", &format!("{{% if extra.mood is defined %}}{template}{{% endif %}}"));
    let built = project.build();
    assert_eq!(built.problems, []);
    assert_eq!(built.text("a.html"), "calm 4 1.0 007 open mood level ratio open none list");
    assert_eq!(built.text("b.html"), "");
}
