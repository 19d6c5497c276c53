//! Charts: the radar chart of a competency profile, golden in `tests/golden/diagrams/`, and the step charts of facets.

use std::fs;
use std::path::Path;

use crate::html::elements;
use crate::support::{Built, Project, blessing};

/// Two levels that need steps of scales of these lengths; of the first competency the higher one needs the last step.
fn profiles(language: &str, scales: &[usize]) -> Built {
    let mut project = Project::new()
        .file("stepladder.yaml", &format!("title: Test\nlanguage: {language}\n"))
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n");
    let mut profile = (String::new(), String::new());
    for (at, of) in scales.iter().enumerate() {
        let steps: Vec<String> = (1..=*of).map(|step| format!("Step {step}")).collect();
        let title = ["Craft", "Delivery", "Communication", "A competency with a long title", "System design"][at];
        let text = format!(
            "---\nkind: competency\ntitle: {title}\nid: c{at}\norder: {at}\nscale: [{}]\n---\n",
            steps.join(", ")
        );
        project = project.file(&format!("content/c{at}.md"), &text);
        let higher = if at == 0 { *of } else { of.div_ceil(2) };
        profile.0.push_str(&format!("c{at}: 1, "));
        profile.1.push_str(&format!("c{at}: {higher}, "));
    }
    let level = |title: &str, rank: usize, profile: &str| {
        format!(
            "---\nkind: level\ntitle: {title}\nrank: {rank}\nfacets:\n  scope: Scope of {title}.\nprofile: {{ {profile} }}\n---\n## Facts {{.expectations}}\n\n- Is {title}.\n"
        )
    };
    project
        .file("content/ic/one.md", &level("One", 1, &profile.0))
        .file("content/ic/two.md", &level("Two", 2, &profile.1))
        .file(
            "content/ic/three.md",
            "---\nkind: level\ntitle: Three\nrank: 3\n---\n## Facts {.expectations}\n\n- Is Three.\n",
        )
        .file("content/up.md", "---\nkind: move\ntitle: Up\nfrom: one\nto: two\n---\n")
        .build()
}

/// The SVG element of the radar chart on a page.
fn radar_chart(page: &str) -> Option<&str> {
    let start = page.find("<svg class=\"radar-picture\"")?;
    let end = start + page[start..].find("</svg>")? + "</svg>".len();
    Some(&page[start..end])
}

#[track_caller]
fn golden(name: &str, page: &str) {
    let chart = radar_chart(page).expect("a radar chart");
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/diagrams/{name}.svg"));
    if blessing() {
        fs::write(&place, chart).expect("the chart can be written");
    }
    let expected = fs::read_to_string(&place).unwrap_or_default();
    let differs = similar::TextDiff::from_lines(&*expected, chart).unified_diff().context_radius(1).to_string();
    assert!(differs.is_empty(), "{} differs:\n{differs}", place.display());
}

/// Whether a page has an element of a class.
fn has(page: &str, class: &str) -> bool {
    let of = |classes: &str| classes.split(' ').any(|one| one == class);
    elements(page).iter().any(|element| element.attribute("class").is_some_and(of))
}

#[test]
fn a_radar_chart_of_scales_with_the_same_number_of_steps() {
    golden("star-even", profiles("en", &[4, 4, 4, 4, 4]).text("up.html"));
}

#[test]
fn a_radar_chart_of_different_scales_in_a_right_to_left_language() {
    golden("star-uneven", profiles("he", &[2, 3, 4, 5]).text("up.html"));
}

#[test]
fn a_profile_of_two_competencies_is_a_table_without_a_chart() {
    let page = profiles("en", &[3, 3]);
    let page = page.text("up.html");
    assert!(has(page, "profile") && radar_chart(page).is_none(), "{page}");
    let built = profiles("en", &[3, 3, 3]);
    assert_eq!(radar_chart(built.text("up.html")).map(|chart| chart.matches("radar-other").count()), Some(1));
}

#[test]
fn a_level_has_its_steps_with_its_expectations_and_those_that_differ_with_what_is_new() {
    let built = profiles("en", &[3, 3]);
    let page = built.text("ic/two.html");
    assert!(!has(page, "profile") && radar_chart(page).is_none(), "{page}");
    assert!(page.contains("<a href=\"../c0.html#step-3\">Step 3</a> (3 of 3)"), "{page}");
    assert!(page.contains("<li>Craft: Step 1 → <b>Step 3</b></li>"), "{page}");
    assert!(!has(built.text("ic/one.html"), "change-steps"), "nothing is below it");
}

#[test]
fn a_track_has_step_charts_of_its_facets_from_the_lowest_level_up() {
    let built = profiles("en", &[3]);
    let page = built.text("ic/index.html");
    let band = &page[page.find("growth-levels").expect("a band")..];
    let place = |words: &str| band.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(place("Scope of One.") < place("Scope of Two.") && place("Scope of Two.") < place("growth-none"));
    assert_eq!(page.matches("growth-levels").count(), 1, "facets that nobody has written are not shown");
    assert!(page.contains("aria-label=\"Scope grows with Two.\""), "what the stairs show, in words");
    assert_eq!(page.matches("growth-line").count(), 2, "no step where nothing is written");
}
