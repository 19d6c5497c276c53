//! What is computed again after an edit: only what depends on it.

use stepladder::site::{Options, SiteCache};
use stepladder::tree::TreePath;

use crate::rebuild::{same, small_guide};
use crate::support::{Project, TODAY};

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
        ("the text of a page", "content/more.md", "See ", "Read ", "pages 1, addresses 1, links 1"),
        ("a link", "content/more.md", "[[Advice]]", "[[Engineer 3]]", "pages 1, addresses 1, links 1"),
        (
            "a summary",
            "content/advice.md",
            "levels:",
            "summary: Short.\nlevels:",
            "pages 1, served 1, addresses 1, links 1",
        ),
        (
            "a level that an article serves",
            "content/advice.md",
            "ic/l2",
            "ic/l3",
            "pages 1, served 1, ladder 1, addresses 1, routes 1, links 1",
        ),
        (
            "a title that no link names",
            "content/advice.md",
            "title: Advice",
            "title: Hints",
            "pages 1, names 1, served 1, addresses 1, links 1",
        ),
        (
            "a title that a link names",
            level,
            "title: Engineer 2",
            "title: Engineer II",
            "pages 1, names 1, sections 1, cells 1, ids 1, inheritance 1, ladder 1, anchors 4, addresses 1, links 2",
        ),
        (
            "an expectation",
            level,
            "Makes 2 things.",
            "Makes 2 good things.",
            "pages 1, sections 1, cells 1, ids 1, inheritance 1, ladder 1, anchors 1, addresses 1, links 1",
        ),
        (
            "a new expectation",
            level,
            "- Makes 2 things.",
            "- Makes 2 things.\n- Mends them.",
            "pages 1, sections 1, cells 1, ids 1, inheritance 1, ladder 1, anchors 1, addresses 1, links 1",
        ),
        (
            "the summary of a track",
            "content/ic/index.md",
            "title: ",
            "summary: All.\ntitle: ",
            "pages 1, sections 1, addresses 1, links 1",
        ),
        (
            "the title of a competency that no heading would name",
            "content/talk.md",
            "title: Talk",
            "title: Talk\nalso_known_as: [Speech]",
            "pages 1, names 1, sections 1, cells 1, inheritance 1, ladder 1, anchors 7, addresses 1, links 1",
        ),
        (
            "a rank that leaves all levels in their places",
            level,
            "rank: 2",
            "rank: 2.5",
            "pages 1, structure 1, sections 1, cells 1, ids 1, inheritance 1, ladder 1, anchors 1, addresses 1, routes 1, links 1",
        ),
        (
            "a rank that another track has, so that two more levels are compared",
            level,
            "rank: 2",
            "rank: 12",
            "pages 1, structure 1, sections 1, cells 1, ids 1, inheritance 1, ladder 1, anchors 1, addresses 1, routes 1, links 1",
        ),
    ];
    let found: Vec<(&str, String)> =
        cases.iter().map(|(what, path, from, to, _)| (*what, computed(path, from, to))).collect();
    let expected: Vec<(&str, String)> =
        cases.iter().map(|(what, .., expected)| (*what, (*expected).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_page_that_is_added_or_removed_leaves_others_as_they_are() {
    let page = "---\ntitle: Between\n---\nSee [[Engineer 3]].\n";
    let (without, with) = (small_guide(), small_guide().file("content/between.md", page));
    assert_eq!(computed_between(&without, &with), "pages 1, names 1, ladder 1, addresses 1, routes 1, links 1");
    assert_eq!(computed_between(&with, &without), "names 1, ladder 1, routes 1");
}

#[test]
fn a_level_that_is_added_or_removed_leaves_the_bodies_of_others_as_they_are() {
    let level = "---\nkind: level\ntitle: Between\nrank: 2.5\n---\n## Craft\n\n- Makes half a thing.\n";
    let (without, with) = (small_guide(), small_guide().file("content/em/l0.md", level));
    let of_it = "pages 1, names 1, structure 1, sections 1, cells 1, ids 1, inheritance 1";
    let and_around = "ladder 1, anchors 5, addresses 1, routes 1, links 1";
    assert_eq!(computed_between(&without, &with), format!("{of_it}, {and_around}"));
    assert_eq!(
        computed_between(&with, &without),
        "names 1, structure 1, cells 1, inheritance 1, ladder 1, anchors 4, routes 1"
    );
}
