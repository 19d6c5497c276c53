//! The findings about a ladder's health on the author's page, and that there are none where nothing is to be improved.

use stepladder::context::RenderContext;
use stepladder::ladder::{Health, Ladder, LevelId, StepSize, health};
use stepladder::page::PageId;
use stepladder::pages::orphans;

use crate::support::{Built, Project};

/// A track of levels `a1`, `a2`, … with a page for each.
fn track(levels: &[&str]) -> Project {
    let project = Project::new()
        .file("content/a/index.md", "---\nkind: track\ntitle: A\n---\n")
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/c/people.md", "---\nkind: competency\ntitle: People\n---\n");
    levels.iter().enumerate().fold(project, |project, (at, text)| {
        let rank = at + 1;
        let page = format!("---\nkind: level\ntitle: A{rank}\nrank: {rank}\n---\n{text}");
        project.file(&format!("content/a/a{rank}.md"), &page)
    })
}

fn context(built: &Built) -> &RenderContext {
    built.site.context()
}

fn examine(built: &Built) -> (&Ladder, Health) {
    let ladder = &context(built).ladder;
    (ladder, health(ladder, &context(built).pages))
}

fn title(built: &Built, page: PageId) -> &str {
    &context(built).pages.get(page).title.value
}

fn level(built: &Built, id: LevelId) -> &str {
    title(built, context(built).ladder.level(id).page)
}

/// A cell of a competency with a number of different expectations.
fn cell(competency: &str, count: usize) -> String {
    let words =
        ["harbour", "ledger", "quarry", "violin", "meadow", "furnace", "compass", "glacier", "orchard", "beacon"];
    let line = |at: usize| format!("- {competency} {} {} {}.\n", words[at], words[(at + 3) % 10], words[(at + 7) % 10]);
    format!("\n## {competency}\n\n{}", (0..count).map(line).collect::<String>())
}

#[test]
fn a_cell_that_is_neither_written_nor_inherited_is_empty() {
    let one = "## Craft\n\n- Builds.\n\n## People\n\n- Listens.\n";
    let two = "## Craft\n\n- Builds more.\n";
    let built = track(&[one, two]).build();
    let (ladder, health) = examine(&built);
    let [gaps] = health.gaps.as_slice() else { panic!("{:?}", health.gaps) };
    assert_eq!((level(&built, gaps.level), gaps.competencies.len()), ("A2", 1));
    assert_eq!(title(&built, ladder.competency(gaps.competencies[0]).page), "People");
    for fix in ["extends: a/a1", "not_applicable: [People]"] {
        let page = format!("---\nkind: level\ntitle: A2\nrank: 2\n{fix}\n---\n{two}");
        let built = track(&[one, two]).file("content/a/a2.md", &page).build();
        assert!(examine(&built).1.gaps.is_empty(), "{fix}");
    }
}

#[test]
fn a_competency_that_no_level_uses_is_not_a_gap_of_every_level() {
    let built = track(&["## Craft\n\n- Builds.\n"]).build();
    let (ladder, health) = examine(&built);
    let unused: Vec<&str> = health.unused.iter().map(|id| title(&built, ladder.competency(*id).page)).collect();
    assert_eq!((unused, health.gaps.len()), (vec!["People"], 0));
    let built = track(&["## Craft\n\n- Builds.\n\n## People\n\n- Listens.\n"]).build();
    assert!(examine(&built).1.unused.is_empty());
}

#[test]
fn a_level_without_any_example_is_found() {
    let plain = "## Craft\n\n- Builds.\n- Tests.\n";
    let with_one = "## Craft\n\n- Builds more.\n- Tests more.\n  > A page.\n";
    let of_the_cell = "## Craft\n\n- Builds most.\n\n### Examples\n\n- A city.\n";
    let alone = "## Rites {.expectations}\n\n- Sings.\n";
    let built = track(&[plain, with_one, of_the_cell, alone, "Nothing is expected.\n"]).build();
    let bare: Vec<&str> = examine(&built).1.without_examples.iter().map(|id| level(&built, *id)).collect();
    assert_eq!(bare, ["A1", "A4"]);
}

#[test]
fn a_step_with_very_few_changes_is_thin() {
    let built =
        track(&[&cell("Craft", 4), "## Craft\n\n- Craft harbour violin glacier.\n- Sings.\n- Dances.\n"]).build();
    let (_, health) = examine(&built);
    let [progression] = health.progressions.as_slice() else { panic!("{:?}", health.progressions) };
    let [step] = progression.steps.as_slice() else { panic!("{progression:?}") };
    assert_eq!((step.added, step.raised, step.scaled, step.size), (2, 0, 0, StepSize::Thin));
    assert_eq!((level(&built, step.below), level(&built, step.level)), ("A1", "A2"));
}

#[test]
fn raised_expectations_count_as_changes() {
    let before = "## Craft\n\n- Reviews the code of their team.\n";
    let built = track(&[before, "## Craft\n\n- Reviews the code of other teams.\n- Sings.\n- Dances.\n"]).build();
    let step = &examine(&built).1.progressions[0].steps[0];
    assert_eq!((step.added, step.raised, step.changes(), step.size), (2, 1, 3, StepSize::Even));
}

#[test]
fn steps_far_from_the_median_of_their_track_are_small_or_large() {
    // The level below always speaks of another competency, so that all of a level's expectations are new.
    let sizes_of_steps = |sizes: &[usize]| -> Vec<(usize, StepSize)> {
        let text = |(at, size): (usize, &usize)| cell(["Craft", "People"][at % 2], *size);
        let texts: Vec<String> = sizes.iter().enumerate().map(text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let built = track(&texts).build();
        let steps = &examine(&built).1.progressions[0].steps;
        steps.iter().map(|step| (step.changes(), step.size)).collect()
    };
    assert_eq!(sizes_of_steps(&[1, 3, 7, 8]), [(3, StepSize::Small), (7, StepSize::Even), (8, StepSize::Even)]);
    assert_eq!(sizes_of_steps(&[1, 3, 4, 9]), [(3, StepSize::Even), (4, StepSize::Even), (9, StepSize::Large)]);
    assert_eq!(
        sizes_of_steps(&[1, 3, 9]),
        [(3, StepSize::Even), (9, StepSize::Even)],
        "two steps have no useful median"
    );
}

#[test]
fn tracks_without_cells_have_no_progression() {
    let built = track(&["Text.\n", "Text.\n"]).build();
    let (_, health) = examine(&built);
    assert!(
        health.progressions.is_empty() && health.gaps.is_empty() && health.without_examples.is_empty(),
        "{health:?}"
    );
}

#[test]
fn expectations_in_nearly_the_same_words_are_found_on_any_level() {
    let sentence = "Explains to the whole team why a plan has changed and what follows from it";
    let near = sentence.replace("whole", "entire");
    let one = format!("## Craft\n\n- {sentence}.\n- Builds a lot of things.\n");
    let two = format!("## Craft\n\n- Tests a lot of other things with care.\n\n## People\n\n- {near}!\n");
    let three = format!("## People\n\n- **{sentence}**\n- Listens to people of other trades.\n");
    let built = track(&[&one, &two, &three]).build();
    let (ladder, health) = examine(&built);
    let [group] = health.similar.as_slice() else { panic!("{:?}", health.similar) };
    let levels: Vec<&str> = group.expectations.iter().map(|id| level(&built, ladder.expectation(*id).level)).collect();
    assert_eq!((levels, group.same), (vec!["A1", "A2", "A3"], false));
    let built = track(&[&one, "Text.\n", &three]).build();
    assert!(examine(&built).1.similar[0].same);
    let detailed = |detail: &str| format!("## People\n\n- {sentence}\n  - {detail}\n");
    let other = detailed("Draws the two or three ways on which it could go on from here");
    assert!(examine(&track(&[&one, &other]).build()).1.similar.is_empty());
    let same = examine(&track(&[&other, &other]).build()).1.similar;
    assert!(same[0].same && same[0].expectations.len() == 2);
}

#[test]
fn an_expectation_that_is_like_an_inherited_one_may_raise_it() {
    let one = "## Craft\n\n- Writes a design for each task.\n- Asks early.\n";
    let two = "extends: a/a1\n---\n## Craft\n\n- Writes a design for each service. {#designs}\n- Sings and dances.\n";
    let three = "extends: a/a2\n---\n## Craft\n\n- Writes a design for each system.\n- Writes a note for each task.\n";
    let project = track(&[one, "Text.\n", "Text.\n"]);
    let level = |rank: usize, rest: &str| format!("---\nkind: level\ntitle: A{rank}\nrank: {rank}\n{rest}");
    let with = |two: &str| {
        let project = project.clone().bytes("content/a/a2.md", level(2, two).as_bytes());
        project.bytes("content/a/a3.md", level(3, three).as_bytes()).build()
    };
    let marks = |built: &Built| -> Vec<(String, String)> {
        let (ladder, health) = examine(built);
        let text = |id| ladder.expectation(id).statement.text.clone();
        health.likely_raises.iter().map(|likely| (text(likely.now), likely.mark.clone())).collect()
    };
    let designs = |what: &str, raises: &str| (format!("Writes a design for each {what}."), raises.to_owned());
    let first = designs("service", "{raises=writes-a-design-for-each-task}");
    let second = designs("system", "{raises=designs}");
    assert_eq!(marks(&with(two)), [first, second.clone()], "each inherited one is in one pair");
    let marked = with(&two.replace("{#designs}", "{#designs} {raises=writes-a-design-for-each-task}"));
    assert_eq!(marks(&marked), [second], "what is raised already isn't offered again");
}

#[test]
fn placeholders_and_sentences_with_few_common_words_are_not_similar() {
    let one = "## Craft\n\n- Designs a service with guidance.\n- TODO\n- …\n";
    let two = "## Craft\n\n- Designs a service and its tests without guidance.\n- TODO\n- …\n";
    let built = track(&[one, two]).build();
    assert!(examine(&built).1.similar.is_empty());
}

#[test]
fn an_orphan_is_a_page_that_readers_are_unlikely_to_find() {
    let page = |kind: &str, title: &str, rest: &str| format!("---\nkind: {kind}\ntitle: {title}\n{rest}---\nText.\n");
    let built = track(&["## Craft\n\n- Builds, see [[Linked note]].\n"])
        .file("content/index.md", "---\ntitle: Home\n---\nSee [[Linked word]] and [[Linked advice]].\n")
        .file("content/notes/index.md", &page("page", "Notes", ""))
        .file("content/notes/lost.md", &page("page", "Lost note", ""))
        .file("content/notes/linked.md", &page("page", "Linked note", ""))
        .file("content/notes/tagged.md", &page("page", "Tagged note", "tags: [x]\n"))
        .file("content/about.md", &page("page", "In the footer", ""))
        .file("content/articles/index.md", &page("page", "Introduces a list", ""))
        .file("content/articles/lost.md", &page("article", "Lost advice", ""))
        .file("content/articles/linked.md", &page("article", "Linked advice", ""))
        .file("content/articles/serves.md", &page("article", "Serving advice", "levels: [A1]\n"))
        .file("content/worksheets/serves.md", &page("worksheet", "Serving sheet", "competencies: [Craft]\n"))
        .file("content/glossary/lost.md", &page("term", "Lost word", ""))
        .file("content/glossary/linked.md", &page("term", "Linked word", ""))
        .file("content/lost-base.md", &page("level", "Lost base", "abstract: true\n"))
        .build();
    let mut lost: Vec<&str> = orphans(context(&built)).into_iter().map(|id| title(&built, id)).collect();
    lost.sort_unstable();
    assert_eq!(lost, ["Lost advice", "Lost base", "Lost note", "Lost word"]);
}
