//! The author's page: its findings, its links to pages and places, and that text of a project is escaped.

use stepladder::serve::{AUTHOR_CSS, author_page};
use stepladder::tree::{Tree, TreePath};

use crate::html::{Element, elements, ids};
use crate::sites;
use crate::support::{Built, Project};

fn page(built: &Built, sources: &Tree) -> String {
    let editor = |file: &str, line: usize, column: usize| Some(format!("editor://{file}:{line}:{column}"));
    author_page(&built.site, &built.problems, sources, "/guide/", &editor)
}

fn page_of(project: &Project) -> String {
    page(&project.build(), &project.tree())
}

fn links(elements: &[Element]) -> Vec<&str> {
    elements.iter().filter_map(|element| element.attribute("href")).collect()
}

/// A project with findings of every kind.
fn unhealthy_project() -> Project {
    let level = |rank: usize, text: &str| format!("---\nkind: level\ntitle: L{rank}\nrank: {rank}\n---\n{text}");
    Project::new()
        .file("content/a/index.md", "---\nkind: track\ntitle: Track\n---\n")
        .file("content/a/l1.md", &level(1, "## Craft\n\n- Breaks work into small steps.\n\n## People\n\n- Listens.\n"))
        .file("content/a/l2.md", &level(2, "\n## Craft\n\n- Sings.\n- Breaks work into small steps.\n"))
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\n---\nSee [[L1]].\n")
        .file("content/c/people.md", "---\nkind: competency\ntitle: People\n---\n")
        .file("content/c/idle.md", "---\nkind: competency\ntitle: Idle\n---\n")
        .file(
            "content/t/old.md",
            "---\nkind: term\ntitle: Old\nreviewed: 2020-01-01\nreview_every: 1 year\n---\n[[gone]]\n",
        )
}

#[test]
fn every_finding_links_to_its_page_and_its_place() {
    let html = page_of(&unhealthy_project());
    let elements = elements(&html);
    let links = links(&elements);
    for (what, url, editor) in [
        ("the problem", "/guide/t/old.html", "editor://content/t/old.md:7:1"),
        ("the empty cell", "/guide/a/l2.html#people", "editor://content/a/l2.md:3:8"),
        ("the level without examples, and the thin step", "/guide/a/l1.html", "editor://content/a/l1.md:3:8"),
        ("the sentence", "/guide/a/l2.html#breaks-work-into-small-steps", "editor://content/a/l2.md:10:1"),
        ("the unused competency", "/guide/c/idle.html", "editor://content/c/idle.md:3:8"),
        ("the overdue page", "/guide/t/old.html", "editor://content/t/old.md:4:11"),
        ("the orphan", "/guide/t/old.html", "editor://content/t/old.md:3:8"),
    ] {
        assert!(links.contains(&url), "{what}: no {url} in {links:#?}");
        assert!(links.contains(&editor), "{what}: no {editor} in {links:#?}");
    }
    assert!(html.contains("<b>1</b> new") && html.contains(">thin</span>"), "{html}");
    assert!(html.contains("<summary>1 page</summary>"), "Craft cites L1: {html}");
}

#[test]
fn sections_with_findings_come_first_and_the_others_are_one_line() {
    let html = page_of(&unhealthy_project().without("content/t/old.md"));
    let place = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words} in {html}"));
    assert!(place("id=\"orphans\"") > place("id=\"unused\""));
    assert!(place("id=\"overdue\"") > place("id=\"unused\""));
    assert_eq!(html.matches("Nothing to fix here.").count(), 3, "overdue reviews, orphans and what may be raised");
    assert!(!html.contains("href=\"#overdue\""), "the contents name what wants mending");
}

#[test]
fn errors_come_before_warnings_and_the_totals_count_them() {
    let html = page_of(&unhealthy_project());
    let first = html.find("class=\"tag error\"").expect("the broken link");
    assert!(first < html.find("class=\"tag warning\"").expect("the overdue review"));
    assert!(html.contains("<b>7</b> pages") && html.contains("<b>1</b> error<"), "{html}");
}

#[test]
fn without_an_editor_places_are_plain_text() {
    let project = unhealthy_project();
    let built = project.build();
    let html = author_page(&built.site, &built.problems, &project.tree(), "/", &|_, _, _| None);
    assert!(html.contains("<span class=\"place\">content/c/idle.md:3</span>"), "{html}");
    assert!(links(&elements(&html)).contains(&"/c/idle.html"));
}

#[test]
fn a_fix_is_offered_as_the_corrected_lines() {
    let html = page_of(&Project::new().file("content/a.md", "---\ntitel: <A> & B\n---\n"));
    assert!(html.contains("<p class=\"help\">Replace line 2 with:</p>"), "{html}");
    let offer = "<pre tabindex=\"0\">\ntitle: &lt;A&gt; &amp; B</pre>\
        <button type=\"button\" aria-label=\"Copy (Replace line 2 with …)\" data-stepladder-copies>Copy</button>";
    assert!(html.contains(offer), "{html}");
    assert!(!html.contains("onclick") && AUTHOR_CSS.contains("(scripting: none)"));
}

#[test]
fn text_of_a_project_is_escaped() {
    let hostile = "</title><script>alert(1)</script><b onclick=x>\\\"'&";
    let project = Project::new()
        .file("stepladder.yaml", &format!("title: \"{hostile}\"\nlanguage: he\n"))
        .file("content/a/index.md", &format!("---\nkind: track\ntitle: \"{hostile}\"\n---\n"))
        .file(
            "content/a/one.md",
            &format!("---\nkind: level\ntitle: \"{hostile} 1\"\nrank: 1\n---\n## Craft\n\n- A <i>b</i> `<u>` c.\n"),
        )
        .file(
            "content/a/two.md",
            &format!("---\nkind: level\ntitle: \"{hostile} 2\"\nrank: 2\n---\n## Craft\n\n- A <i>b</i> `<u>` c.\n"),
        )
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\nowner: <u>\n---\n")
        .file("content/<u>.md", "---\nkind: term\ntitle: T\n---\n[[</p><u>`<u>`]]\n");
    let editor = |file: &str, _, _| Some(format!("editor://\"><u>{file}"));
    let built = project.build();
    let html = author_page(&built.site, &built.problems, &project.tree(), "/\"><u>/", &editor);
    let found = elements(&html);
    let own = |element: &Element| element.attribute("src") == Some("/_stepladder/preview.js");
    let foreign = |element: &&Element| matches!(element.name.as_str(), "script" | "u" | "i" | "style") && !own(element);
    assert_eq!(found.iter().find(foreign), None, "{html}");
    assert!(found.iter().all(|element| element.attribute("style").is_none() && element.attribute("onclick").is_none()));
    assert!(html.contains("lang=\"he\""), "the content's language is told");
}

#[test]
fn the_bundled_guide_has_no_findings_and_its_page_is_valid() {
    let guide = sites::guide();
    let html = page(guide.built(), &guide.project);
    let done = html.matches("Nothing to fix here.").count();
    let perhaps_raised = html.matches("<section id=\"raises\" aria-labelledby=\"raises-title\">").count();
    assert_eq!(done + perhaps_raised, 9, "only an author knows what raises what");
    let elements = elements(&html);
    let mut known = ids(&elements);
    known.sort_unstable();
    let count = known.len();
    known.dedup();
    assert_eq!(known.len(), count, "an id occurs twice");
    for target in elements.iter().filter_map(|element| element.attribute("aria-labelledby")) {
        assert!(known.contains(&target), "no element has the id {target}");
    }
    for own in links(&elements).iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(known.contains(&own), "no element has the id {own}");
    }
}

#[test]
fn likely_pairs_have_the_text_to_paste() {
    let level = |rank: usize, front: &str, text: &str| {
        format!(
            "---\nkind: level\ntitle: L{rank}\nrank: {rank}\n{front}---\n## Craft\n\n- Writes a design for each {text}.\n"
        )
    };
    let html = page_of(
        &Project::new()
            .file("content/a/index.md", "---\nkind: track\ntitle: Track\n---\n")
            .file("content/a/l1.md", &level(1, "", "task"))
            .file("content/a/l2.md", &level(2, "extends: a/l1\n", "service"))
            .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\n---\n"),
    );
    let pre = "<pre tabindex=\"0\">{raises=writes-a-design-for-each-task}</pre><button";
    assert!(html.contains(pre) && html.contains("content/a/l2.md:9"), "{html}");
}

#[test]
fn links_lead_to_the_pages_of_the_preview() {
    let guide = sites::guide();
    let built = guide.built();
    let html = page(built, &guide.project);
    let elements = elements(&html);
    let links = links(&elements);
    let served = links.iter().filter_map(|link| link.strip_prefix("/guide/")).filter(|path| !path.is_empty());
    let paths: Vec<&str> = served.map(|path| path.split('#').next().unwrap_or(path)).collect();
    assert!(paths.len() > 80, "{}", paths.len());
    for path in paths {
        assert!(built.files.get(&TreePath::normalized(path)).is_some(), "the site has no {path}");
    }
}

#[test]
fn the_style_sheet_loads_no_other_files() {
    assert!(
        AUTHOR_CSS.contains("prefers-color-scheme") && !AUTHOR_CSS.contains("url(") && !AUTHOR_CSS.contains("@import")
    );
}

#[test]
fn every_level_and_competency_shows_how_its_sections_are_read() {
    let project = Project::new()
        .file("content/a/index.md", "---\nkind: track\ntitle: Track\n---\n")
        .file(
            "content/a/l1.md",
            "---\nkind: level\ntitle: L1\nrank: 1\n---\n## Craft\n\n- Builds.\n  - Example: a shed\n\n## Only here {.expectations}\n\n\
             - Sings.\n- Hums.\n\n## Notes & more\n\nProse.\n",
        )
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\nscale: [Learns]\n---\n## Learns\n\nBegins.\n")
        .file("content/article.md", "---\nkind: article\ntitle: Article\n---\n## Part\n\nText.\n");
    let html = page_of(&project);
    for (heading, class, role, place) in [
        ("Craft", "quiet", "1 expectation, 1 example", "line 6"),
        ("Only here", "quiet", "this level alone: 2 expectations", "line 11"),
        ("Notes &amp; more", "tag", "prose", "line 16"),
        ("Learns", "quiet", "step 1 of the scale", "line 6"),
    ] {
        let section = format!("<span>{heading}</span> <span class=\"{class}\">{role}</span> <a class=\"place\"");
        let at = html.find(&section).unwrap_or_else(|| panic!("no {section} in {html}"));
        assert!(html[at..].split("</a>").next().is_some_and(|link| link.ends_with(place)), "{heading}: {place}");
    }
    assert!(html.contains("<summary>3 sections</summary>") && !html.contains("<span>Part</span>"));
}

#[test]
fn every_track_lists_its_competencies() {
    let html = page_of(&unhealthy_project().file("content/b/index.md", "---\nkind: track\ntitle: Other\n---\n"));
    let (_, section) = html.split_once("id=\"tracks\"").expect("the section");
    let (section, _) = section.split_once("</section>").expect("its end");
    assert!(section.contains("<summary>2 competencies</summary>"), "{section}");
    assert!(
        section.contains(">Craft</a>") && section.contains(">People</a>") && !section.contains("Idle"),
        "{section}"
    );
    assert!(section.contains(">Other</a>") && section.contains("none"), "{section}");
}
