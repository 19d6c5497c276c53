//! Ladders of unusual shape: shared rungs, lists instead of ranks, profiles without expectations.

use serde_json::Value;

use crate::support::{Built, Project};

const SHARED: &str = "---\nkind: level\ntitle: Shared\nid: shared\n---\n";

fn track(project: Project, folder: &str, fields: &str) -> Project {
    let text = format!("---\nkind: track\ntitle: {}\n{fields}\n---\nText.\n", folder.to_uppercase());
    project.file(&format!("content/{folder}/index.md"), &text)
}

fn level(project: Project, id: &str, fields: &str) -> Project {
    let text = format!("---\nkind: level\ntitle: {id}\n{fields}\n---\nText.\n");
    project.file(&format!("content/{id}.md"), &text)
}

#[track_caller]
fn built(project: &Project) -> (Built, Value) {
    let built = project.build();
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
    let ladder = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    (built, ladder)
}

fn of_level<'a>(ladder: &'a Value, id: &str) -> &'a Value {
    let levels = ladder["levels"].as_array().expect("levels");
    levels.iter().find(|level| level["id"] == id).expect("the level")
}

#[test]
fn a_rung_that_two_tracks_list_at_different_heights_leads_on_in_both() {
    let project = track(Project::new(), "a", "levels: [shared, a/two]");
    let project = track(project, "b", "levels: [b/one, shared, b/top]");
    let project = level(level(level(project, "a/two", ""), "b/one", ""), "b/top", "");
    let (_, ladder) = built(&project.file("content/x/shared.md", &format!("{SHARED}Text.\n")));
    assert_eq!(ladder["tracks"][0]["levels"], serde_json::json!(["shared", "a/two"]));
    assert_eq!(ladder["tracks"][1]["levels"], serde_json::json!(["b/one", "shared", "b/top"]));
    assert_eq!(of_level(&ladder, "b/one")["leads_to"], serde_json::json!(["shared"]));
    assert_eq!(of_level(&ladder, "shared")["leads_to"], serde_json::json!(["a/two", "b/top"]));
}

#[test]
fn a_listed_level_without_a_rank_stands_above_a_ranked_one_below_it() {
    let project = track(Project::new(), "a", "levels: [a/one, a/two]");
    let (_, ladder) = built(&level(level(project, "a/one", "rank: 3"), "a/two", ""));
    assert_eq!(of_level(&ladder, "a/two")["rank"].as_f64(), Some(4.0));
}

#[test]
fn listed_levels_of_one_rank_are_shown_in_the_order_of_the_list() {
    let project = track(Project::new(), "a", "levels: [a/two, a/one]");
    let (_, ladder) = built(&level(level(project, "a/one", "rank: 3"), "a/two", "rank: 3"));
    assert_eq!(ladder["tracks"][0]["levels"], serde_json::json!(["a/two", "a/one"]));
}

#[test]
fn a_shared_rung_shows_the_competencies_of_all_its_tracks() {
    let project = track(track(Project::new(), "a", "levels: [shared]"), "b", "levels: [shared]");
    let project = project
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\ntracks: [a]\n---\n")
        .file("content/c/people.md", "---\nkind: competency\ntitle: People\ntracks: [b]\n---\n")
        .file("content/x/shared.md", &format!("{SHARED}## Craft\n\n- Builds.\n\n## People\n\n- Listens.\n"));
    let (built, ladder) = built(&project);
    assert_eq!(of_level(&ladder, "shared")["cells"].as_array().map(Vec::len), Some(2));
    let page = built.text("x/shared.html");
    assert!(page.contains("id=\"craft\"") && page.contains("id=\"people\""), "{page}");
}

#[test]
fn a_ladder_of_profiles_without_expectations_shows_its_steps() {
    let project = track(Project::new(), "a", "");
    let project = level(project, "a/one", "rank: 1\nprofile: {Craft: learns}");
    let project = level(project, "a/two", "rank: 2\nprofile: {Craft: teaches}")
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\nscale: [learns, teaches]\n---\n")
        .file("content/c/people.md", "---\nkind: competency\ntitle: People\n---\n");
    let (built, ladder) = built(&project);
    assert_eq!(ladder["tracks"][0]["competencies"], serde_json::json!(["c/craft"]), "no level is measured by People");
    assert_eq!(of_level(&ladder, "a/two")["profile"], serde_json::json!({"c/craft": 2}));
    assert!(of_level(&ladder, "a/two")["cells"].is_null() && of_level(&ladder, "a/two")["not_written"].is_null());
    let page = built.text("a/two.html");
    assert!(page.contains("whats-new"), "{page}");
    assert!(built.text("matrix.html").contains("Craft"), "the matrix");
    assert!(built.text("c/craft.html").contains("a/two.html#craft"), "the progression");
}

/// Four tracks of two levels and eight competencies. Each track uses some in another way: it writes them at its lower
/// level, inherits them from a foundation, needs a step of them, or is named by them.
fn many_tracks() -> Project {
    let mut project = Project::new().file(
        "content/everyone.md",
        "---\nkind: level\ntitle: Everyone\nabstract: true\n---\n## Five\n\n- Is honest.\n",
    );
    for (name, fields) in [
        ("One", ""),
        ("Two", ""),
        ("Three", ""),
        ("Four", "scale: [learns, teaches]"),
        ("Five", ""),
        ("Six", "tracks: [d]"),
        ("Seven", ""),
        ("Eight", ""),
    ] {
        let text = format!("---\nkind: competency\ntitle: {name}\n{fields}\n---\n");
        project = project.file(&format!("content/c/{}.md", name.to_lowercase()), &text);
    }
    for (folder, fields, written) in [
        ("a", "", &["One", "Two"][..]),
        ("b", "profile: {four: learns}", &["Two", "Three"]),
        ("c", "extends: [everyone]", &["One"]),
        ("d", "", &["Seven"]),
    ] {
        let sections: Vec<String> =
            written.iter().map(|name| format!("## {name}\n\n- Does {name} for {folder}.\n")).collect();
        project = track(project, folder, "")
            .file(
                &format!("content/{folder}/low.md"),
                &format!("---\nkind: level\ntitle: {folder} low\nrank: 1\n{fields}\n---\n{}", sections.join("\n")),
            )
            .file(
                &format!("content/{folder}/top.md"),
                &format!("---\nkind: level\ntitle: {folder} top\nrank: 2\nextends: {folder}/low\n---\nText.\n"),
            );
    }
    project
}

#[test]
fn a_track_has_the_competencies_that_name_it_and_those_that_its_levels_use() {
    let built = many_tracks().build();
    let messages: Vec<&str> = built.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "b low has no expectations for `Four`",
            "b top has no expectations for `Four`",
            "d low has no expectations for `Six`",
            "d top has no expectations for `Six`",
        ],
        "no competency of another track is missing"
    );
    let ladder: Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    let expected = [
        ("a", vec!["c/one", "c/two"]),
        ("b", vec!["c/four", "c/three", "c/two"]),
        ("c", vec!["c/five", "c/one"]),
        ("d", vec!["c/seven", "c/six"]),
    ];
    for ((name, competencies), track) in expected.iter().zip(ladder["tracks"].as_array().expect("tracks")) {
        assert_eq!(track["competencies"], serde_json::json!(competencies), "{name}");
    }
}

#[test]
fn pages_of_a_track_do_not_show_competencies_of_other_tracks() {
    let built = many_tracks().build();
    let others = ["Three", "Four", "Five", "Six", "Seven", "Eight"];
    for path in ["a/index.html", "a/low.html", "a/top.html", "assess/a.html", "compare/a-low--a-top.html"] {
        let page = built.text(path);
        assert!(page.contains(">Two<") || page.contains("Does Two for a."), "{path}: {page}");
        assert!(!page.contains("Not yet written"), "{path}: {page}");
        for other in others {
            assert!(!page.contains(&format!(">{other}<")), "{path} shows {other}: {page}");
        }
    }
    let book = built.text("print/index.html");
    let chapters: Vec<&str> = book.split("<section").filter(|part| part.contains(">a low<")).collect();
    assert!(!chapters.is_empty() && !chapters.iter().any(|chapter| chapter.contains(">Seven</a>: ")), "{book}");
    let rows: Vec<&str> = built.text("ladder.csv").lines().filter(|row| row.starts_with("A,a low,")).collect();
    assert_eq!(rows.len(), 2, "{rows:#?}");
}

#[test]
fn the_whole_matrix_shows_which_competencies_are_not_part_of_a_track() {
    let built = many_tracks().build();
    let matrix = built.text("matrix.html");
    let states = |state: &str| matrix.matches(&format!("cell-{state} ")).count();
    // Of seven used competencies and eight levels: One on a and c, Two on a and b, each other one on one track. Six, in
    // which nothing is written, has no row.
    assert_eq!((states("written"), states("inherited"), states("missing")), (6, 8, 2), "{matrix}");
    assert_eq!(states("not-on-track"), 6 * 8 - 16);
    assert!(matrix.contains("Not yet written: <a") && matrix.contains(">Six</a>"), "{matrix}");
    assert!(matrix.contains("Not part of this track") && !matrix.contains(">Eight<"), "{matrix}");
}

#[test]
fn between_two_tracks_a_comparison_says_what_is_not_part_of_one() {
    let project = many_tracks()
        .file("content/moves/over.md", "---\nkind: move\ntitle: Over\nfrom: a/low\nto: b/low\n---\nText.\n");
    let built = project.build();
    let page = built.text("compare/a-low--b-low.html");
    assert!(page.contains("<span class=\"name-to\">b low</span>: not part of this track."), "One: {page}");
    assert!(page.contains("<span class=\"name-from\">a low</span>: not part of this track."), "Three: {page}");
    assert!(page.contains("no longer expected") && !page.contains("whether that still holds"), "{page}");
    assert!(!page.contains(">Seven<") && !page.contains(">Six<"), "{page}");
}

#[test]
fn a_matrix_of_many_levels_is_divided_by_track() {
    let (_, project) = crate::shapes::all().next().expect("a ladder of 96 levels");
    let built = project.build();
    let matrix = built.text("matrix.html");
    assert!(!matrix.contains("<sl-matrix>"), "{matrix}");
    let link = "href=\"t1/index.html#sl-matrix\" data-track=\"t1\">Track 1</a></th><td>12</td>";
    assert!(matrix.contains(link), "{matrix}");
    assert!(built.text("t1/index.html").contains("id=\"sl-matrix\""));
}
