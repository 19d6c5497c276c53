//! Headings in every form that isn't one: what's under them is never lost in silence, and ordinary text raises no alarm.

use std::collections::BTreeSet;

use stepladder::guide::{Guide, GuideCache, Options};
use stepladder::ladder::SectionRole;
use stepladder::page::Kind;
use stepladder::tree::{Tree, TreePath};

use crate::golden::project as golden;
use crate::sites;
use crate::support::{Project, Rng, TODAY};

/// The ways in which people and other programs write the heading `## NAME`, apart from that.
const FORMS: [&str; 53] = [
    "NAME",
    "NAME:",
    "NAME.",
    "🚀 NAME",
    "2.3 NAME",
    "**NAME**",
    "**NAME:**",
    "**NAME**:",
    "__NAME__",
    "*NAME*",
    "_NAME_",
    "***NAME***",
    "**2. NAME**",
    "**NAME** – gloss",
    "NAME – gloss",
    "NAME: gloss",
    "<h2>NAME</h2>",
    "<h2 id=\"x\">NAME</h2>",
    "<p><strong>NAME</strong></p>",
    "    ## NAME",
    "\t## NAME",
    "      NAME",
    "- ## NAME",
    "- NAME",
    "1. NAME",
    "* **NAME**",
    "> NAME",
    "> ## NAME",
    "\\## NAME",
    "＃＃ NAME",
    "＃＃NAME",
    "##NAME",
    "##\u{a0}NAME",
    "####### NAME",
    "h2. NAME",
    "== NAME ==",
    "=NAME=",
    "---++ NAME",
    "NAME\n____",
    "NAME\n++++",
    "Competency: NAME",
    "Step 2: NAME",
    "NAME<br>",
    "NAME\\",
    "**NAME[]{#x}**",
    "NAME []{#x}",
    "{panel:title=NAME}",
    "bq. NAME",
    "&#35;&#35; NAME",
    "NAME (30%)",
    "**NAME and impact**",
    "**Our NAME**",
    "NAME\tgloss",
];

/// The number of lines above the body of the pages with headings.
const FRONT_MATTER_LINES: usize = 5;

fn project(level: &str, competency: &str) -> Project {
    let craft = format!("---\nkind: competency\ntitle: Craft\nscale: [Novice, Able]\n---\n{competency}");
    Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: Engineers\n---\n")
        .file("content/mgmt/index.md", "---\nkind: track\ntitle: Managers\n---\nText.\n")
        .file(
            "content/ic/junior.md",
            "---\nkind: level\ntitle: Junior Engineer\nrank: 1\nfacets: {scope: A task.}\n---\n",
        )
        .file("content/ic/senior.md", &format!("---\nkind: level\ntitle: Senior Engineer\nrank: 2\n---\n{level}"))
        .file("content/competencies/craft.md", &craft)
        .file("content/competencies/delivery.md", "---\nkind: competency\ntitle: Delivery\n---\n")
}

/// The codes of the errors of a project and their lines. A warning that a cell is missing follows from none of them.
fn errors(project: &Project) -> Vec<(String, usize)> {
    let built = project.build();
    let tree = project.tree();
    let line = |span: &stepladder::diagnostic::Span| {
        let source = String::from_utf8_lossy(tree.bytes(&span.file).expect("the file")).into_owned();
        source[..span.start].matches('\n').count() + 1
    };
    let is_error = |code: &str| !matches!(code, "missing-cell" | "empty-level" | "heading-jump");
    let found = built.problems.iter().map(|problem| (problem.code.as_str().to_owned(), line(&problem.span)));
    found.filter(|(code, _)| is_error(code)).collect()
}

/// Asserts that a text with `HEADING` in every form has one error, at the line of the heading.
#[track_caller]
fn assert_reported(text: &str, name: &str, project: impl Fn(&str) -> Project) {
    assert_eq!(errors(&project(&text.replace("HEADING", &format!("## {name}")))), [], "{text}");
    let mut failures = Vec::new();
    for form in FORMS {
        let page = text.replace("HEADING", &form.replace("NAME", name));
        let project = project(&page);
        let errors = errors(&project);
        let first =
            page.lines().position(|line| line.contains(name) && !line.starts_with("- Text")).expect("the heading");
        let is_right =
            |(code, line): &(String, usize)| code == "not-a-heading" && *line == first + 1 + FRONT_MATTER_LINES;
        if errors.len() != 1 || !errors.iter().all(is_right) {
            failures.push(format!("{form:?}: {errors:?}"));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", text.replace("HEADING", name), failures.join("\n"));
}

#[test]
fn a_competency_that_is_named_by_no_heading_is_reported_on_a_levels_page() {
    let level = |text: &str| project(text, "Text.\n");
    assert_reported(
        "## Craft\n\n- Writes tests.\n\nHEADING\n\n- Ships every week.\n- Ships daily.\n",
        "Delivery",
        level,
    );
    assert_reported(
        "HEADING\n\n- Ships every week.\n- Ships daily.\n\n## Craft\n\n- Writes tests.\n",
        "Delivery",
        level,
    );
    assert_reported("## Craft\n\nWrites tests.\n\nHEADING\n\n- Ships every week.\n- Ships daily.\n", "Delivery", level);
}

#[test]
fn a_level_or_step_that_is_named_by_no_heading_is_reported_on_a_competencys_page() {
    let competency = |text: &str| project("Text.\n", text);
    let text = "## Junior Engineer\n\n- Writes tests.\n\nHEADING\n\n- Writes designs.\n- Reviews them.\n";
    assert_reported(text, "Senior Engineer", competency);
    assert_reported(
        "## Novice\n\n- Writes tests.\n\nHEADING\n\n- Writes designs.\n- Reviews them.\n",
        "Able",
        competency,
    );
}

#[test]
fn names_underlined_with_the_marks_of_code_are_reported_once() {
    let once = project("## Craft\n\n- Writes tests.\n\nDelivery\n~~~~\n\n- Ships.\n", "Text.\n");
    assert_eq!(errors(&once), [("unclosed-block".to_owned(), 11)]);
    let twice = "## Craft\n\n- Tests.\n\nDelivery\n~~~~\n\n- Ships.\n\nMore\n~~~~\n\n- Ships.\n";
    assert_eq!(errors(&project(twice, "Text.\n")), [("not-a-heading".to_owned(), 10)]);
}

#[test]
fn headings_without_empty_lines_around_them_are_reported() {
    let tight = [
        "## Craft\n- Writes tests.\nDelivery\n- Ships every week.\n",
        "## Craft\n- Writes tests\nDelivery\n- Ships every week\n",
        "## Craft\n- Writes tests.\n**Delivery**\n- Ships every week.\n",
        "## Craft\nWrites tests.\nDelivery:\nShips every week.\n",
        "## Craft\n- Writes tests.\n    ## Delivery\n- Ships every week.\n",
        "## Craft\n- Writes tests.\n- Delivery\n- Ships every week.\n",
        "## Craft\n\nDelivery\n: Ships every week.\n",
        "## Craft\n- Writes tests.\n\n<details><summary>More</summary>\n\n## Delivery\n\n- Ships.\n\n</details>\n",
        "## Craft\n- Writes tests.\n\n**Delivry**\n\n- Ships.\n",
        "## Craft\n- Writes tests.\n\nh2. Technical delivery\n\n- Ships.\n",
        "## Craft\n- Writes tests.\n\n**Deliv**ery\n\n- Ships.\n",
        "## Craft\n- Writes tests.\n\nDELIVERY & QUALITY\n\n- Ships.\n",
        "## Craft\n- Writes tests.\n\nDelivery\tShips\n\n- Ships.\n",
    ];
    for text in tight {
        let errors = errors(&project(text, "Text.\n"));
        assert!(matches!(errors.as_slice(), [(code, _)] if code == "not-a-heading"), "{text}\n{errors:?}");
    }
}

#[test]
fn ordinary_text_that_has_names_raises_no_alarm() {
    let prose = [
        "## Craft\n\n- Writes tests.\n- Cares about Delivery.\n- Delivery is not all.\n",
        "## Craft\n\n- **Craft:** writes tests.\n- **Delivery:** ships.\n",
        "## Craft\n\n- Writes tests, and helps with\n  delivery.\n- Reviews.\n",
        "## Craft\n\n- Writes tests, and helps with\ndelivery.\n- Reviews.\n",
        "## Craft\n\n**Craft**\n\n- Writes tests.\n",
        "## Craft\n\n- Writes tests.\n\n### Delivery {.prose}\n\n- Ships with tests.\n",
        "This level is about:\n\n- Craft\n- Delivery\n\n## Craft\n\n- Writes tests.\n",
        "This level is about [Craft](../competencies/craft.md) and\nDelivery.\n\n## Craft\n\n- Writes tests.\n",
        "Drafts:\n\n- Writes.\n\n## Craft\n\nIn reviews:\n\n- Writes tests.\n",
        "## Craft\n\n```\nDelivery\n```\n\n- Writes tests.\n\n<!--\nDelivery\n-->\n",
        "## What counts {.prose}\n\nDelivery\n\n- Ships.\n\n## Craft\n\n- Writes tests.\n",
        "## Craft\n\n- Writes tests.\n\n{.prose}\n| Delivery | Often |\n| --- | --- |\n| Ships | Yes |\n",
        "## Craft\n\n- Writes tests.\n\n#delivery is the channel.\n",
    ];
    for text in prose {
        assert_eq!(errors(&project(text, "Text.\n")), [], "{text}");
    }
    let marked = "## What counts {.prose}\n\nText.\n\n<h2>Delivery</h2>\n\n- Ships.\n\n## Craft\n\n- Writes tests.\n";
    assert_eq!(errors(&project(marked, "Text.\n")), [("not-a-heading".to_owned(), 10)]);
    let competency = "Each track has its own.\n\n- Engineers\n- Managers\n\n## Novice\n\nFollows.\n\n## Engineers\n\n\
                      ### Junior Engineer\n\n- Writes tests with a Senior Engineer.\n";
    assert_eq!(errors(&project("Text.\n", competency)), []);
}

#[test]
fn names_with_their_text_on_the_same_line_are_reported_once() {
    for text in [
        "- **Craft** – Writes tests.\n- **Delivery** – Ships often.\n",
        "- Craft: Writes tests.\n- Delivery: Ships often.\n",
        "**Craft:** Writes tests.\n\n**Delivery:** Ships often.\n",
        "Craft: Writes tests.\n\nDelivery: Ships often.\n",
        "Craft: Writes tests\nDelivery: Ships often\n",
    ] {
        let found = errors(&project(text, "Text.\n"));
        assert_eq!(found, [("not-a-heading".to_owned(), 6)], "{text}");
    }
    for text in [
        "- Junior Engineer: Writes tests.\n- Senior Engineer: Writes designs.\n",
        "Novice: Follows.\n\nAble: Writes alone.\n",
    ] {
        assert_eq!(errors(&project("Text.\n", text)), [("not-a-heading".to_owned(), 6)], "{text}");
    }
    for text in [
        "- Craft: 30%\n- Delivery: 70%\n",
        "- Craft: 30 % of the time\n- Delivery: 70 % of the time\n",
        "## How {.prose}\n\n- Craft: Writes tests.\n- Delivery: Ships often.\n",
        "- Craft: Writes tests.\n- Other: Ships often.\n",
    ] {
        assert_eq!(errors(&project(text, "Text.\n")), [], "{text}");
    }
}

#[test]
fn names_above_paragraphs_fill_cells() {
    for text in [
        "- Craft\n\n    Writes tests.\n\n    Reviews.\n\n- Delivery\n\n    Ships.\n",
        "1. Craft\n\n   Writes tests.\n\n   Reviews.\n\n2. Delivery\n\n   Ships.\n",
    ] {
        let project = project(text, "Text.\n");
        assert_eq!(errors(&project), [], "{text}");
        let guide = GuideCache::new(Options { drafts: false, today: TODAY }).guide(&project.tree(), &[]).value;
        let texts: Vec<String> = expectations(&guide).into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(texts, ["Reviews.", "Writes tests.", "Ships."], "{text}");
    }
}

#[test]
fn links_to_pages_are_no_headings() {
    for text in [
        "## Craft\n\n- Writes tests.\n- [[delivery]]\n- Reviews.\n",
        "## Craft\n\n- Writes tests.\n\n## See also\n\n[[craft]]\n\n[[delivery]]\n",
    ] {
        assert_eq!(errors(&project(text, "Text.\n")), [], "{text}");
    }
    let heading = "## Craft\n\n- Writes tests.\n\n[[delivery]]\n\n- Ships.\n";
    assert_eq!(errors(&project(heading, "Text.\n")), [("not-a-heading".to_owned(), 10)]);
}

/// The expectations of all levels: the level's page, the competency's, and the text.
fn expectations(guide: &Guide) -> BTreeSet<(String, String, String)> {
    let ladder = &guide.ladder;
    let mut all = BTreeSet::new();
    for level in &ladder.levels {
        let of = |page| guide.pages.get(page).id.clone();
        let cells = level.cells.iter().map(|(competency, cell)| (of(ladder.competency(*competency).page), &cell.lines));
        let own = level.own.iter().map(|own| (String::new(), &own.lines));
        for (competency, lines) in cells.chain(own) {
            let texts = lines.iter().map(|id| ladder.expectation(*id).statement.text.clone());
            all.extend(texts.map(|text| (of(level.page), competency.clone(), text)));
        }
    }
    all
}

/// The headings of cells, steps and tracks of a guide: file, text, and byte range.
fn headings(guide: &Guide) -> Vec<(TreePath, String, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for (id, page) in guide.pages.shown().filter(|(_, page)| matches!(page.kind, Kind::Level | Kind::Competency)) {
        for section in guide.reading(id).iter() {
            let is_track = || guide.pages.shown().any(|(_, page)| page.title.value == section.heading);
            let has_name = match section.role {
                SectionRole::Cell(_) | SectionRole::Step(_) => true,
                SectionRole::Own => page.source[section.span.clone()].contains("{.expectations}"),
                SectionRole::Container => page.kind == Kind::Competency && is_track(),
                _ => false,
            };
            if has_name {
                found.push((page.file.clone(), section.heading.clone(), section.span.clone()));
            }
        }
    }
    found
}

/// Writes a heading of a site in a form that isn't one, and returns what went wrong: neither the expectations are as
/// before, nor is a problem reported at its place.
fn mangle(
    cache: &mut GuideCache,
    site: &Tree,
    sound: &Guide,
    heading: &(TreePath, String, std::ops::Range<usize>),
    form: &str,
) -> Option<String> {
    let (file, text, span) = heading;
    let source = String::from_utf8_lossy(site.bytes(file).expect("the page")).into_owned();
    let written = source[span.clone()].trim_end();
    let attributes = written.find(" {").map_or("", |at| &written[at..]);
    let mangled = form.replace("NAME", &format!("{text}{attributes}"));
    let mut project = site.clone();
    let page = format!("{}{mangled}\n{}", &source[..span.start], &source[span.end..]);
    project.insert(file.clone(), page.into_bytes());
    let found = cache.guide(&project, &[]);
    let is_at_place = |span: &stepladder::diagnostic::Span| {
        span.file == *file && span.start <= heading.2.start + mangled.len() && heading.2.start <= span.end
    };
    let is_reported = found.diagnostics.iter().any(|problem| is_at_place(&problem.span));
    let is_same = expectations(&found.value) == expectations(sound);
    (!is_reported && !is_same).then(|| format!("{file}: {mangled:?}"))
}

#[test]
fn no_heading_of_any_site_is_lost_in_silence() {
    /// In the shipped guide, which is large, a random choice of headings and forms.
    const CHOICES: u64 = 150;
    // Outside cells, such a line may be a remark, unless a list follows.
    let is_clear = |form: &&str| !form.contains("gloss") && !form.contains("impact") && !form.contains("Our");
    let options = Options { drafts: false, today: TODAY };
    let mut failures = Vec::new();
    let mut tried = 0;
    for name in crate::golden::names() {
        let site = golden(name, "urls: file");
        let mut cache = GuideCache::new(options);
        let sound = cache.guide(&site, &[]).value;
        for heading in headings(&sound) {
            for form in FORMS.into_iter().filter(is_clear) {
                tried += 1;
                failures.extend(mangle(&mut cache, &site, &sound, &heading, form));
            }
        }
    }
    let site = sites::guide().project.clone();
    let mut cache = GuideCache::new(options);
    let sound = cache.guide(&site, &[]).value;
    let headings = headings(&sound);
    let forms: Vec<&str> = FORMS.into_iter().filter(is_clear).collect();
    let mut rng = Rng::new(12);
    for _ in 0..CHOICES {
        let (heading, form) = (rng.pick(&headings), rng.pick(&forms));
        tried += 1;
        failures.extend(mangle(&mut cache, &site, &sound, heading, form));
    }
    assert!(tried > 1_000, "{tried}");
    assert!(failures.is_empty(), "{} of {tried}:\n{}", failures.len(), failures.join("\n"));
}
