//! Ladders of odd shape that are too large, or too much alike, to be written down as golden sites.

use crate::support::Project;

/// The ladders by names for messages: twelve levels on each of eight tracks; one on which pages about many levels count
/// and link; and titles that fit nowhere.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Project)> {
    [("12 x 8", twelve_by_eight()), ("large", large()), ("very long titles", long_titles())].into_iter()
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

/// 26 tracks in ten families, of seven levels each, which extend a foundation; all but the last of each also lead to the
/// next track.
fn large() -> Project {
    let mut project = Project::new().file("stepladder.yaml", "title: Large\n");
    for (competency, rest) in [("Craft", "scale: [Low, High]\n"), ("Delivery", ""), ("People", "tracks: [t1, t2]\n")] {
        let text = format!("---\nkind: competency\ntitle: {competency}\n{rest}---\nWhat it is.\n");
        project = project.file(&format!("content/skills/{}.md", competency.to_lowercase()), &text);
    }
    project = project.file(
        "content/everyone.md",
        "---\nkind: level\ntitle: Everyone\nabstract: true\n---\n## Craft\n\n- Asks for reviews.\n",
    );
    for track in 1..=26 {
        let text = format!("---\nkind: track\ntitle: Track {track}\nfamily: Family {}\n---\nText.\n", track % 10);
        project = project.file(&format!("content/t{track}/index.md"), &text);
        for rank in 1..=7 {
            let base = if rank == 1 { "everyone".to_owned() } else { format!("t{track}/l{}", rank - 1) };
            let mut fields = format!("title: Level {track}.{rank}\nrank: {rank}\nextends: {base}\n");
            fields += &match rank {
                7 => "profile: { craft: High }\nnot_applicable: [delivery]\n".to_owned(),
                _ => format!("code: C{track}-{rank}\n"),
            };
            if rank < 7 && track < 26 {
                fields += &format!("leads_to: [t{track}/l{}, t{}/l{}]\n", rank + 1, track + 1, rank + 1);
            }
            let mut text =
                format!("---\nkind: level\n{fields}---\nText.\n\n## Craft\n\n- Crafts number {track}.{rank}.\n");
            if rank < 7 {
                text += &format!("\n## Delivery\n\n- Delivers number {track}.{rank}.\n");
            }
            if track < 3 {
                text += &format!("\n## People\n\n- Leads number {track}.{rank}.\n");
            }
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

#[test]
fn on_a_large_ladder_pages_about_many_levels_count_and_link() {
    let built = large().build();
    let craft = built.text("skills/craft.html");
    for link in [
        "<li id=\"level-32\"><a href=\"../t3/l2.html#craft\">C3-2</a> 1</li>",
        "<li id=\"level-37\"><a href=\"../t3/l7.html#craft\">Level 3.7</a> 1 High</li>",
    ] {
        assert!(craft.contains(link), "{link} in {craft}");
    }
    assert!(!craft.contains("Crafts number") && built.text("t3/l2.html").contains("Crafts number 3.2."));
    assert!(built.text("skills/delivery.html").contains("Not applicable to 1 level."));
    let track = built.text("t3/index.html");
    assert!(track.contains("<th scope=\"row\"><a href=\"../skills/craft.html\">Craft</a></th><td>1+</td>"), "{track}");
    assert!(!track.contains("Crafts number"));
    for page in ["index.html", "tracks/index.html"] {
        assert!(built.text(page).contains("<h3>Family 3</h3>") && built.text(page).contains(">Track 13</a>"), "{page}");
    }
    assert!(built.text("tracks/index.html").contains("t3/l2.html\">C3-2</a>"));
    assert!(!built.text("index.html").contains("C3-2"));
}
