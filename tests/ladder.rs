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
    let cells = of_level(&ladder, "a/two")["cells"].as_array().expect("cells").clone();
    assert_eq!(cells.len(), 1, "no level is measured by People");
    assert_eq!((&cells[0]["state"], &cells[0]["step"]), (&Value::from("missing"), &Value::from(2)));
    let page = built.text("a/two.html");
    assert!(page.contains("whats-new"), "{page}");
    assert!(built.text("matrix.html").contains("Craft"), "the matrix");
    assert!(built.text("c/craft.html").contains("a/two.html#craft"), "the progression");
}
