//! What is computed again after an edit: only what depends on it.

use stepladder::site::{Options, SiteCache};
use stepladder::tree::TreePath;

use crate::rebuild::same;
use crate::support::{Project, TODAY};

/// A ladder of two tracks with three levels each, three competencies, an article and a page.
fn small_guide() -> Project {
    let mut project = Project::new().file("stepladder.yaml", "title: T\n");
    for (track, title, first) in [("ic", "Engineer", 0), ("em", "Manager", 10)] {
        let index = format!("---\nkind: track\ntitle: {title}s\n---\n");
        project = project.file(&format!("content/{track}/index.md"), &index);
        for rank in 1..=3 {
            let extends = if rank > 1 { format!("extends: {track}/l{}\n", rank - 1) } else { String::new() };
            let level = format!(
                "---\nkind: level\ntitle: {title} {rank}\nrank: {}\n{extends}---\n## Craft\n\n- Makes {rank} things.\n\n\
                 ## Plan\n\n- Plans {rank} weeks.\n\n## Talk\n\n- Talks to {rank} people.\n",
                first + rank
            );
            project = project.file(&format!("content/{track}/l{rank}.md"), &level);
        }
    }
    for competency in ["Craft", "Plan", "Talk"] {
        let page = format!("---\nkind: competency\ntitle: {competency}\n---\nWhat it is.\n");
        project = project.file(&format!("content/{}.md", competency.to_lowercase()), &page);
    }
    project
        .file("content/advice.md", "---\nkind: article\ntitle: Advice\nlevels: [ic/l2]\n---\nSee [[Engineer 2]].\n")
        .file("content/more.md", "---\ntitle: More\n---\nSee [[Advice]] and [[ic/l2]].\n")
}

/// The computations for an edit of one file of [`small_guide`], as `stage count`.
fn computed(path: &str, from: &str, to: &str) -> String {
    let before = small_guide();
    let source = before.tree();
    let text =
        std::str::from_utf8(source.bytes(&TreePath::new(path).expect("a path")).expect("a file")).expect("a text");
    assert!(text.contains(from), "{path} has {from}");
    computed_between(&before, &small_guide().file(path, &text.replacen(from, to, 1)))
}

/// The computations after a project became another one, as `stage count`.
fn computed_between(before: &Project, after: &Project) -> String {
    let options = Options { drafts: false, today: TODAY };
    let mut cache = SiteCache::new(options);
    assert!(same(&mut cache, options, &before.tree(), "the start"), "the guide has no error");
    let counts = cache.computed();
    same(&mut cache, options, &after.tree(), "the edit");
    let differences = cache.computed().into_iter().zip(counts).filter(|((_, now), (_, was))| now > was);
    let differences: Vec<String> =
        differences.map(|((stage, now), (_, was))| format!("{stage} {}", now - was)).collect();
    differences.join(", ")
}

#[test]
fn an_edit_computes_only_what_depends_on_it() {
    let level = "content/ic/l2.md";
    let cases = [
        ("the text of a page", "content/more.md", "See ", "Read ", "pages 1, links 1"),
        ("a link", "content/more.md", "[[Advice]]", "[[Engineer 3]]", "pages 1, links 1"),
        ("a summary", "content/advice.md", "levels:", "summary: Short.\nlevels:", "pages 1, links 1"),
        (
            "a title that no link names",
            "content/advice.md",
            "title: Advice",
            "title: Hints",
            "pages 1, names 1, links 1",
        ),
        (
            "a title that a link names",
            level,
            "title: Engineer 2",
            "title: Engineer II",
            "pages 1, names 1, sections 1, cells 1, ids 1, ladder 1, anchors 4, links 2",
        ),
        (
            "an expectation",
            level,
            "Makes 2 things.",
            "Makes 2 good things.",
            "pages 1, sections 1, cells 1, ids 1, ladder 1, anchors 1, links 1",
        ),
        (
            "a new expectation",
            level,
            "- Makes 2 things.",
            "- Makes 2 things.\n- Mends them.",
            "pages 1, sections 1, cells 1, ids 1, ladder 1, anchors 1, links 1",
        ),
        (
            "the summary of a track",
            "content/ic/index.md",
            "title: ",
            "summary: All.\ntitle: ",
            "pages 1, sections 1, links 1",
        ),
        (
            "the title of a competency that no heading would name",
            "content/talk.md",
            "title: Talk",
            "title: Talk\nalso_known_as: [Speech]",
            "pages 1, names 1, sections 1, cells 1, ladder 1, anchors 7, links 1",
        ),
        (
            "a rank that leaves all levels in their places",
            level,
            "rank: 2",
            "rank: 2.5",
            "pages 1, structure 1, sections 1, cells 1, ids 1, ladder 1, anchors 9, routes 1, links 1",
        ),
        (
            "a rank that another track has, so that two more levels are compared",
            level,
            "rank: 2",
            "rank: 12",
            "pages 1, structure 1, sections 1, cells 1, ids 1, ladder 1, anchors 9, routes 1, links 1",
        ),
    ];
    let found: Vec<(&str, String)> =
        cases.iter().map(|(what, path, from, to, _)| (*what, computed(path, from, to))).collect();
    let expected: Vec<(&str, String)> =
        cases.iter().map(|(what, .., expected)| (*what, (*expected).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_page_that_is_added_or_removed_leaves_the_links_of_others_as_they_are() {
    let page = "---\ntitle: Between\n---\nSee [[Engineer 3]].\n";
    let (without, with) = (small_guide(), small_guide().file("content/between.md", page));
    let of_all = "structure 1, sections 11, cells 1, ids 6, ladder 1, anchors 9, routes 1";
    assert_eq!(computed_between(&without, &with), format!("pages 1, names 1, {of_all}, links 1"));
    assert_eq!(computed_between(&with, &without), format!("names 1, {of_all}"));
}
