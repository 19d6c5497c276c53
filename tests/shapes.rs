//! Ladders of odd shape that are too large, or too much alike, to be written down as golden sites.

use crate::support::Project;

/// The ladders by names for messages: twelve levels on each of eight tracks; and titles that fit nowhere.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Project)> {
    [("12 x 8", twelve_by_eight()), ("very long titles", long_titles())].into_iter()
}

/// Eight tracks of twelve levels with five competencies; each level builds on the one below, and every fourth leads to the
/// next track.
fn twelve_by_eight() -> Project {
    let mut project = Project::new().file("stepladder.yaml", "title: Twelve by eight\nfacets: [scope]\n");
    for competency in ["Craft", "Delivery", "Direction", "People", "Words"] {
        let text = format!("---\nkind: competency\ntitle: {competency}\nscale: [Low, High]\n---\nWhat it is.\n");
        project = project.file(&format!("content/skills/{}.md", competency.to_lowercase()), &text);
    }
    for track in 1..=8 {
        let text = format!("---\nkind: track\ntitle: Track {track}\n---\nText.\n");
        project = project.file(&format!("content/t{track}/index.md"), &text);
        for rank in 1..=12 {
            let mut fields = format!("title: Level {track}.{rank}\ncode: T{track}-{rank}\nrank: {rank}\n");
            fields += "profile: { craft: 1 }\nfacets: { scope: A team. }\n";
            if rank > 1 {
                fields += &format!("extends: t{track}/l{}\n", rank - 1);
            }
            if rank % 4 == 0 && rank < 12 && track < 8 {
                fields += &format!("leads_to: [t{track}/l{}, t{}/l{}]\n", rank + 1, track + 1, rank + 1);
            }
            let cells = ["Craft", "Delivery", "Direction", "People", "Words"]
                .map(|competency| format!("## {competency}\n\n- Does {competency} {track}.{rank}.\n"));
            let text = format!("---\nkind: level\n{fields}---\nText.\n\n{}", cells.join("\n"));
            project = project.file(&format!("content/t{track}/l{rank}.md"), &text);
        }
    }
    project
}

/// A ladder on which every title is a paragraph, or one word without an end.
fn long_titles() -> Project {
    let long = "A title that says all there is to say about what it stands for and then goes on ".repeat(3);
    let long = long.trim();
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
    let page = |kind: &str, title: &str, rest: &str| format!("---\nkind: {kind}\ntitle: {title}\n{rest}");
    Project::new()
        .file("stepladder.yaml", &format!("title: {long}\nfacets: {{ scope: {word} }}\n"))
        .file("content/ic/index.md", &page("track", &word, "---\nText.\n"))
        .file(
            "content/ic/one.md",
            &page("level", long, &format!("rank: 1\nfacets: {{ scope: {word} }}\n---\n## skill\n\n- Asks.\n")),
        )
        .file("content/ic/two.md", &page("level", &word, "rank: 2\n---\n## skill\n\n- Does it.\n"))
        .file(
            "content/skill.md",
            &page("competency", &format!("{word} {long}"), &format!("scale: [{word}, {long}]\n---\nText.\n")),
        )
        .file(
            "content/article.md",
            &page("article", &word, &format!("tags: [{word}]\n---\n## {word}\n\n### {long}\n\n## {long}\n\n{word}\n")),
        )
        .file("content/term.md", &page("term", &word, &format!("---\n{long}\n")))
        .file("content/sheet.md", &page("worksheet", long, &format!("---\n- [ ] {word}\n")))
        .file("content/moving.md", &page("move", &word, "from: ic/one\nto: ic/two\n---\nText.\n"))
}

#[test]
fn every_shape_is_built_without_a_problem() {
    for (name, project) in all() {
        let built = project.build();
        assert!(built.problems.is_empty(), "{name}: {:#?}", built.problems);
    }
}
