//! Tables and nested lists that fill cells: every form in which people write a ladder gives the same one.

use stepladder::diagnostic::Code;
use stepladder::ladder::{LevelId, State};
use stepladder::tree::TreePath;

use crate::ladder_data::LadderData;
use crate::sites;
use crate::support::{Built, Project, Rng, build};

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
    let ladder = LadderData::of(built);
    let all = ladder.expectations().into_iter();
    let mut found: Vec<String> = all.map(|[level, of, text]| format!("{level}, {of}: {text}")).collect();
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
        "<ul>\n<li>Craft<ul><li>ONE</li></ul></li>\n<li><b>Delivery</b>:<ol><li>TWO</li></ol></li>\n</ul>\n",
        "| | |\n| --- | --- |\n| **Craft**<br>Quality of work | ONE |\n| **Delivery**<br>On time | TWO |\n",
        "| Craft<br>Quality of work | Delivery |\n| --- | --- |\n| ONE | TWO |\n",
        "- **Craft**<br>Quality of work\n  - ONE\n- Delivery\\\n  On time\n  - TWO\n",
        "| What we look for |\n| --- |\n| **Craft**<br>ONE |\n| **Delivery**<br>TWO |\n",
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
fn marked_items_in_one_line_of_a_table_are_expectations() {
    let table = "| Craft | Delivery |\n| --- | --- |\n| ONE | TWO |\n";
    for (one, two) in [
        ("1) Asks. 2) Listens.", "a) Ships. b) Cuts scope; c) Tells why."),
        ("- Asks. - **Listens.**", "1. Ships. {#ships} 2. Cuts scope; 3. Tells why."),
        ("✓ Asks. ✓ Listens.", "• Ships. • Cuts scope; • Tells why."),
    ] {
        let project = with(project(), "ic/junior", &table.replace("ONE", one).replace("TWO", two));
        let expected = [
            "ic/junior, competencies/craft: Asks.",
            "ic/junior, competencies/craft: Listens.",
            "ic/junior, competencies/delivery: Cuts scope;",
            "ic/junior, competencies/delivery: Ships.",
            "ic/junior, competencies/delivery: Tells why.",
        ];
        assert_eq!(expectations(&project.build()), expected, "{one}, {two}");
    }
    for (one, two) in [("Asks. 2) Listens.", "1) Ships to 2. floors."), ("- Asks - listens.", "– Ships. - Cuts.")] {
        let project = with(project(), "ic/junior", &table.replace("ONE", one).replace("TWO", two));
        assert_eq!(expectations(&project.build()).len(), 2, "{one}, {two}");
    }
}

#[test]
fn an_explanation_below_a_name_introduces_its_cell() {
    let body = "| | Junior | Senior |\n| --- | --- | --- |\n| **Craft**<br>Quality of [work](https://example.org) | Writes tests. | |\n\
                | | Reviews. | Designs services. |\n";
    let built = with(project(), "ic/index", body).build();
    assert_eq!(expectations(&built).len(), 3);
    for page in ["ic/junior.html", "ic/senior.html"] {
        let shown = built.text(page);
        assert_eq!(shown.matches("Quality of <a href=\"https://example.org\">work</a>").count(), 1, "{page}");
    }
    let list = "- **Craft**<br>Quality of *work*\n  - Writes tests.\n";
    let built = with(project(), "ic/junior", list).build();
    assert_eq!(expectations(&built), ["ic/junior, competencies/craft: Writes tests."]);
    assert!(built.text("ic/junior.html").contains("Quality of <em>work</em>"));
}

#[test]
fn every_form_describes_the_steps_of_a_scale() {
    let forms = [
        "## Guided\n\nWorks with help.\n\n## Independent\n\nWorks alone.\n",
        "| Step | What it means |\n| --- | --- |\n| Guided | Works with help. |\n| **Independent** | Works alone. |\n",
        "| # | Step | What it means |\n| --- | --- | --- |\n| 1 | Guided | Works with help. |\n| 2 | Independent | Works alone. |\n",
        "| Guided | Works with help. |\n| --- | --- |\n| 2. Independent | Works alone. |\n",
        "| Guided | Independent |\n| --- | --- |\n| Works with help. | Works alone. |\n",
        "- Guided\n\n  Works with help.\n\n- Independent\n\n  Works alone.\n",
        "- **Guided**<br>Works with help.\n- **Independent**<br>Works alone.\n",
    ];
    let (path, fields) =
        ("content/competencies/craft.md", "kind: competency\ntitle: Craft\nscale: [Guided, Independent]\n");
    for form in forms {
        let built = project().file(path, &format!("---\n{fields}---\nText.\n\n{form}\nMore.\n")).build();
        assert_eq!(expectations(&built), [""; 0], "{form}");
        let shown = built.text("competencies/craft.html");
        for (name, text) in [("Guided", "Works with help."), ("Independent", "Works alone.")] {
            let id = name.to_lowercase();
            assert_eq!(shown.matches(&format!("id=\"{id}\"")).count(), 1, "{form}: {name}");
            assert_eq!(shown.matches(&format!("<p>{text}</p>")).count(), 1, "{form}: {shown}");
        }
        assert!(!shown.contains("<th>") && shown.contains("More."), "{form}");
    }
    for prose in [
        "| Step | Levels |\n| --- | --- |\n| Guided | Junior |\n| Independent | Senior, Junior |\n",
        "| Step | Weight |\n| --- | --- |\n| Guided | 1 |\n| Independent | 2 |\n",
        "{.prose}\n| Step | What it means |\n| --- | --- |\n| Guided | Works with help. |\n",
        "| Step | What it means |\n| --- | --- |\n| Guided | Works with help. |\n\n## Guided\n\nText.\n",
    ] {
        let built = project().file(path, &format!("---\n{fields}---\n{prose}")).build();
        assert_eq!(expectations(&built), [""; 0], "{prose}");
        assert!(built.text("competencies/craft.html").contains("<th>Step</th>"), "{prose}");
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
fn anchors_of_names_and_groups_are_unique_and_can_be_linked_to() {
    let body = "Text. {#craft}\n\n[Tests](#craft-2-tests)\n\n| | Craft |\n| --- | --- |\n| Tests | Writes tests. |\n";
    let project = with(project(), "ic/junior", body);
    assert_eq!(expectations(&project.build()), ["ic/junior, competencies/craft: Writes tests."]);
    let built = project.build();
    let page = built.text("ic/junior.html");
    for id in ["craft", "craft-2", "craft-2-tests"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn tables_that_name_nothing_or_are_marked_are_prose() {
    let table = "| Craft | Delivery |\n| --- | --- |\n| Writes tests. | Ships with help. |\n";
    for body in [
        format!("{{.prose}}\n{table}"),
        format!("{{.prose}}\n\n{table}"),
        format!("## An overview {{.prose}}\n\n{table}"),
        format!("## An overview {{.prose}}\n\n### Of this\n\n{table}"),
        "| Competency | Weight |\n| --- | --- |\n| Craft | 7 |\n| Delivery | ★★★ |\n".to_owned(),
        "| Competency | Share of the time |\n| --- | --- |\n| Craft | 70 % |\n| Delivery | Rest |\n".to_owned(),
        "| | Craft | Delivery |\n| --- | --- | --- |\n| Junior | – | 20 % |\n| Senior | 30 | n/a |\n".to_owned(),
        "| Tool | Use |\n| --- | --- |\n| Compiler | daily |\n\n- Craft\n- Delivery\n\n- Compilers\n  - rustc\n"
            .to_owned(),
    ] {
        let built = with(project(), "ic/junior", &body).build();
        assert_eq!(expectations(&built), [""; 0], "{body}");
        assert!(built.text("ic/junior.html").contains("<table>"), "{body}");
        assert!(!built.text("ic/junior.html").contains("{.prose}"), "{body}");
    }
}

#[test]
fn a_nested_list_on_a_tracks_page_fills_cells() {
    let by_level = "- Junior\n  - Craft\n    - Fixes bugs.\n    - Reads code.\n  - Delivery\n    - Ships.\n\
                    - Senior\n\n  Text.\n  - Craft\n    - Designs services.\n";
    let by_competency = "1. **Craft**\n   - Junior:\n     - Fixes bugs.\n     - Reads code.\n   - Senior\n\n     \
                         Designs services.\n2. Delivery\n   - Junior\n     - Ships.\n";
    for list in [by_level, by_competency] {
        let built = with(project(), "ic/index", list).build();
        assert_eq!(
            expectations(&built),
            [
                "ic/junior, competencies/craft: Fixes bugs.",
                "ic/junior, competencies/craft: Reads code.",
                "ic/junior, competencies/delivery: Ships.",
                "ic/senior, competencies/craft: Designs services."
            ],
            "{list}"
        );
    }
}

/// A word that no page has.
const WORD: &str = "zqxwordqz";

/// The number of edits of pages with tables.
const EDITS: usize = 150;

#[test]
fn no_word_of_a_table_or_list_is_lost() {
    let site = sites::all().find(|site| site.name == "tables/expected").expect("the golden site of tables");
    let pages: Vec<_> = site.project.inside("content").map(|(path, _)| path.clone()).collect();
    let (mut random, mut lost) = (Rng::new(7), Vec::new());
    for _ in 0..EDITS {
        let path = random.pick(&pages);
        let text = String::from_utf8(site.project.bytes(path).expect("a page").to_vec()).expect("UTF-8");
        let Some((text, line)) = edited(&text, &mut random) else { continue };
        let mut project = site.project.clone();
        project.insert(path.clone(), text.clone().into_bytes());
        let built = build(&project, false);
        let near = |start: usize, end: usize| start <= line.end + 1 && line.start <= end + 1;
        let is_reported = built.problems.iter().any(|one| one.span.file == *path && near(one.span.start, one.span.end));
        let is_shown = || {
            built.files.iter().any(|(path, _)| {
                path.name().rsplit('.').next() == Some("html") && built.text(path.as_str()).contains(WORD)
            })
        };
        if !is_reported && !is_shown() {
            lost.push(format!("{path}: {:?}", &text[line]));
        }
    }
    assert!(lost.is_empty(), "{} of {EDITS} edits lose a word:\n{}", lost.len(), lost.join("\n"));
}

/// Replaces a word of the body that's in no header of a table by [`WORD`], and a mark in its line by another one.
fn edited(text: &str, random: &mut Rng) -> Option<(String, std::ops::Range<usize>)> {
    let body = text.find("\n---\n")? + 5;
    let lines: Vec<&str> = text[body..].split_inclusive('\n').collect();
    let is_header =
        |at: usize| lines.get(at + 1).is_some_and(|next| next.starts_with("| ---")) || lines[at].starts_with("| ---");
    let at = random.below(lines.len().max(1));
    let line = *lines.get(at).filter(|_| !is_header(at))?;
    let words: Vec<&str> = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).collect();
    let word = words.get(random.below(words.len().max(1)))?;
    let mut line = line.replacen(word, WORD, 1);
    let (from, to) = *random.pick(&[
        ("|", "\\|"),
        ("| ", "|- "),
        ("- ", "* "),
        (". ", "<br>"),
        ("  - ", "    - "),
        (": ", ":"),
        ("•", "·"),
        ("", ""),
    ]);
    if !from.is_empty() && random.below(2) == 0 {
        line = line.replacen(from, to, 1);
    }
    let start = body + lines[..at].iter().map(|line| line.len()).sum::<usize>();
    let edited = format!("{}{line}{}", &text[..start], lines[at + 1..].concat());
    Some((edited, start..start + line.len()))
}

/// The states of the cells of the first and the second competency.
fn states(built: &Built, level: &str) -> Vec<String> {
    let ladder = &built.site.context().ladder;
    let page = |id: &LevelId| built.site.context().pages.get(ladder.level(*id).page);
    let level = ladder.levels.ids().find(|id| page(id).title.value == level).expect("the level");
    let state = |competency| match ladder.state(level, competency) {
        State::Written => "own",
        State::Inherited => "inherited",
        State::Missing => "not-written",
        State::NotApplicable => "not-applicable",
        State::NotOnTrack => "not-on-track",
    };
    ladder.competencies.ids().map(|id| state(id).to_owned()).collect()
}

#[test]
fn in_a_table_n_a_says_that_a_competency_does_not_apply_and_a_dash_does_not() {
    let expected = [Code::MissingCell, Code::EmptyLevel];
    let applies = [("n/a", "not-applicable"), ("N/A", "not-applicable"), ("*None*", "not-applicable")];
    for (text, state) in applies.into_iter().chain([("-", "inherited"), ("—", "inherited"), ("", "inherited")]) {
        let senior = "---\nkind: level\ntitle: Senior\nrank: 2\nextends: ic/junior\n---\n";
        let project = project().file("content/ic/senior.md", senior);
        let tables = [
            (
                "ic/index",
                format!(
                    "| | Craft | Delivery |\n| - | - | - |\n| Junior | Tests it. | Ships it. |\n| Senior | Tests it well. | {text} |\n"
                ),
            ),
            (
                "ic/index",
                format!(
                    "| | Junior | Senior |\n| - | - | - |\n| Craft | Tests it. | Tests it well. |\n| Delivery | Ships it. | {text} |\n"
                ),
            ),
            (
                "competencies/delivery",
                format!(
                    "| Level | Expectation | Example |\n| - | - | - |\n| Junior | Ships it. | Once. |\n| Senior | {text} | |\n"
                ),
            ),
            (
                "competencies/delivery",
                format!("| Junior | Senior |\n| - | - |\n| Ships it. | {text} |\n| Plans it. | - |\n"),
            ),
        ];
        for (path, table) in tables {
            let built = with(project.clone(), path, &table).build();
            assert!(built.problems.iter().all(|problem| expected.contains(&problem.code)), "{:#?}", built.problems);
            assert_eq!(states(&built, "Senior").last().map(String::as_str), Some(state), "{text:?} in {table}");
            let anchor = built.text("ic/senior.html").matches("id=\"delivery\"").count();
            assert_eq!(anchor, 1, "{text:?} in {table}");
        }
    }
}
