//! The page that a name means where several pages have it: in headings, front matter and links.

use serde_json::Value;

use crate::ladder_data::LadderData;
use crate::support::Project;

/// Two tracks with a level each, and two competencies that only their emoji and their tracks tell apart.
fn influence(dancing: &str) -> Project {
    let competency = |fields: &str| format!("---\nkind: competency\n{fields}\n---\nText.\n");
    Project::new()
        .file("content/dev/index.md", "---\nkind: track\ntitle: Developers\n---\n")
        .file("content/techops/index.md", "---\nkind: track\ntitle: Tech Ops\n---\n")
        .file("content/influence.md", &competency("title: ✨ Influence"))
        .file("content/c/dance.md", &competency(&format!("title: 🕺 Influence\nid: influence-31\n{dancing}")))
}

fn level(project: Project, id: &str, fields: &str, body: &str) -> Project {
    project.file(&format!("content/{id}.md"), &format!("---\nkind: level\nrank: 1\n{fields}\n---\n{body}"))
}

/// The competencies of the cells that are written for a level, of a project without problems.
#[track_caller]
fn written(project: &Project, id: &str) -> Vec<String> {
    let built = project.build();
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
    LadderData::of(&built).written(id).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_heading_that_equals_a_title_exactly_means_it() {
    for (heading, id) in [
        ("🕺 Influence", "influence-31"),
        ("✨ Influence", "influence"),
        ("Influence", "influence"),
        ("✨ INFLUENCE:", "influence"),
        ("🕺 influence", "influence-31"),
    ] {
        let other = if id == "influence" { "influence-31" } else { "influence" };
        let fields = format!("title: One\nnot_applicable: [{other}]");
        let project = influence("tracks: [techops]");
        let project = level(project, "techops/one", &fields, &format!("## {heading}\n\n- Convinces.\n"));
        assert_eq!(written(&project, "techops/one"), [id], "{heading}");
    }
}

#[test]
fn of_several_competencies_a_heading_means_the_one_that_applies() {
    let project = influence("tracks: [techops]")
        .file("content/influence.md", "---\nkind: competency\ntitle: ✨ Influence\ntracks: [dev]\n---\nText.\n");
    for heading in ["Influence", "🎈 Influence", "Influence:"] {
        let body = format!("## {heading}\n\n- Convinces.\n");
        let project = level(level(project.clone(), "techops/one", "title: One", &body), "dev/one", "title: Two", &body);
        assert_eq!(written(&project, "techops/one"), ["influence-31"], "{heading}");
        assert_eq!(written(&project, "dev/one"), ["influence"], "{heading}");
    }
}

#[test]
fn names_that_differ_in_signs_are_different_competencies() {
    let mut project = Project::new().file("content/a/index.md", "---\nkind: track\ntitle: A\n---\n");
    for (file, title) in [("c", "C"), ("cpp", "C++"), ("csharp", "C#")] {
        let text = format!("---\nkind: competency\ntitle: {title}\n---\n");
        project = project.file(&format!("content/c/{file}.md"), &text);
    }
    let body = "## C++\n\n- Owns.\n\n## C#\n\n- Awaits.\n\n## C\n\n- Frees.\n";
    assert_eq!(written(&level(project, "a/one", "title: One", body), "a/one"), ["c/c", "c/cpp", "c/csharp"]);
}

/// Two tracks with a competency of the same title each, and a level of the same title.
fn twins() -> Project {
    let mut project = Project::new();
    for track in ["a", "b"] {
        let index = format!("---\nkind: track\ntitle: Track {track}\n---\n");
        let craft = format!("---\nkind: competency\ntitle: Craft\ntracks: [{track}]\nscale: [learns, teaches]\n---\n");
        project = project
            .file(&format!("content/{track}/index.md"), &index)
            .file(&format!("content/{track}/skills/craft.md"), &craft);
        let senior = "title: Senior\nprofile: {Craft: learns}";
        project = level(project, &format!("{track}/senior"), senior, "## Craft\n\n- Builds.\n\n### Notes {.prose}\n");
    }
    project
}

#[test]
fn names_in_front_matter_mean_what_is_on_the_track_at_hand() {
    let lead = "title: Lead\nrank: 2\nextends: [{level: Senior, competencies: [Craft]}]\nprofile: {craft: teaches}";
    let project = twins()
        .file("content/b/lead.md", &format!("---\nkind: level\n{lead}\n---\nSee [[Senior]] and [[craft]].\n"))
        .file(
            "content/b/index.md",
            "---\nkind: track\ntitle: Track b\nlevels: [Senior, Lead]\nweights: {Craft: 100}\n---\n",
        );
    let built = project.build();
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
    let ladder: Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    assert_eq!(ladder["tracks"][1]["levels"], serde_json::json!(["b/senior", "b/lead"]));
    let levels = ladder["levels"].as_array().expect("levels");
    let lead = levels.iter().find(|level| level["id"] == "b/lead").expect("the level");
    assert_eq!(lead["profile"], serde_json::json!({"b/skills/craft": 2}));
    assert!(!LadderData::of(&built).inherited("b/lead", "b/skills/craft").is_empty());
    let page = built.text("b/lead.html");
    assert!(page.contains("See <a href=\"senior.html\">") && page.contains(" and <a href=\"skills/craft.html\">"));
}

#[test]
fn a_competency_of_one_track_names_the_levels_of_that_track() {
    let project = twins().file(
        "content/b/skills/talk.md",
        "---\nkind: competency\ntitle: Talk\ntracks: [b]\n---\n## Senior\n\n- Talks.\n",
    );
    assert_eq!(written(&project, "b/senior"), ["b/skills/craft", "b/skills/talk"]);
}

#[test]
fn a_name_without_a_track_at_hand_that_fits_several_pages_is_reported_with_all_of_them() {
    let problems = twins().file("content/about.md", "---\ntitle: About\n---\n[[Senior]]\n").problems();
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.message, "2 pages are called `Senior`");
    assert_eq!(
        problem.help.as_deref(),
        Some("use an id (`a/senior` or `b/senior`), or give one of them a different name")
    );
}

#[test]
fn a_name_that_is_nearly_that_of_several_pages_is_reported_with_all_of_them() {
    let project = twins().file("content/about.md", "---\ntitle: About\n---\n[[Senoir]]\n");
    let project = project.file("content/over.md", "---\nkind: move\ntitle: Over\nfrom: Senoir\nto: a/senior\n---\n");
    let project = project.file("content/b/lead.md", "---\nkind: level\ntitle: Lead\nrank: 2\n---\n[[Senoir]]\n");
    let problems = project.problems();
    let helps: Vec<(&str, &str)> = problems
        .iter()
        .filter(|problem| problem.message.contains("Senoir"))
        .map(|problem| (problem.span.file.as_str(), problem.help.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        helps,
        [
            ("content/about.md", "did you mean `a/senior` or `b/senior`?"),
            ("content/b/lead.md", "did you mean `Senior`?"),
            ("content/over.md", "did you mean `a/senior` or `b/senior`?"),
        ]
    );
}

#[test]
fn facets_areas_owners_and_steps_compare_like_all_names() {
    let project = Project::new()
        .file(
            "stepladder.yaml",
            "title: T\nfacets: {scope: How far, impact: Impact}\nareas: {work: How we work}\nowners: {people-ops: People Ops}\n",
        )
        .file("content/a/index.md", "---\nkind: track\ntitle: A\nowner: People-Ops\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\narea: how we work\nscale: [Learns, Teaches]\n---\n## TEACHES:\n\nCriteria.\n");
    let fields = "title: One\nfacets: {Scope: A team., IMPACT: Some.}\nprofile: {CRAFT: teaches}";
    let built = level(project, "a/one", fields, "Text.\n").build();
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
    let ladder: Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
    assert_eq!(ladder["levels"][0]["facets"], serde_json::json!({"scope": "A team.", "impact": "Some."}));
    assert_eq!(ladder["levels"][0]["profile"], serde_json::json!({"craft": 2}));
    let page = built.text("a/one.html");
    assert!(page.contains("A team.") && page.contains("How far"), "{page}");
    assert!(built.text("craft.html").contains("Criteria."));
}

#[test]
fn areas_that_are_not_listed_are_the_same_in_another_case() {
    let project = Project::new()
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\narea: Work\n---\n")
        .file("content/other.md", "---\nkind: competency\ntitle: Other\narea: People\n---\n")
        .file("content/plan.md", "---\nkind: competency\ntitle: Plan\narea: work\n---\n");
    let built = project.build();
    let page = built.text("competencies/index.html");
    assert_eq!((page.matches(">Work<").count(), page.matches(">work<").count()), (1, 0), "{page}");
}
