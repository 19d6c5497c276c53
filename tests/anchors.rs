//! Routes on pages: a link to a place that a page does not show is broken, and no two things have one id.

use std::collections::BTreeSet;

use stepladder::diagnostic::Code;

use crate::html::{elements, ids};
use crate::support::Project;

/// A ladder of one level with a cell in one competency.
fn ladder() -> Project {
    Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file(
            "content/ic/mid.md",
            "---\nkind: level\ntitle: Mid\nrank: 1\nfacets: {scope: A task}\n---\n## Craft\n\n- Tests it.\n",
        )
}

fn codes(project: &Project) -> Vec<Code> {
    project.problems().into_iter().map(|problem| problem.code).collect()
}

#[test]
fn what_a_level_shows_can_be_linked_to() {
    let project = ladder().file(
        "content/index.md",
        "
        ---
        title: Home
        ---
        [[mid#scope]] [[mid#Craft]] [[mid#expectations]] [[mid#tests-it]] [[craft#mid]]
        ",
    );
    assert_eq!(codes(&project), []);
}

#[test]
fn what_a_level_does_not_show_cannot_be_linked_to() {
    for place in ["autonomy", "impact", "whats-new", "ways", "section"] {
        let home = format!("---\ntitle: Home\n---\n[[mid#{place}]]\n");
        assert_eq!(codes(&ladder().file("content/index.md", &home)), [Code::BrokenAnchor], "{place}");
    }
}

#[test]
fn a_second_level_makes_what_is_new_and_the_ways() {
    let project = ladder()
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nextends: mid\n---\n")
        .file("content/index.md", "---\ntitle: Home\n---\n[[senior#whats-new]] [[senior#ways]] [[mid#ways]]\n");
    assert_eq!(codes(&project), []);
    let project = project.file("content/index.md", "---\ntitle: Home\n---\n[[mid#whats-new]]\n");
    assert_eq!(codes(&project), [Code::BrokenAnchor]);
}

#[test]
fn generated_ids_give_way_to_those_of_the_text() {
    let project = ladder().file(
        "content/ic/mid.md",
        "
        ---
        kind: level
        title: Mid
        rank: 1
        facets:
          scope: A task
          impact: A team
        ---
        ## Expectations

        Prose.

        ## Craft

        - Tests it.

          #### Scope

          A heading in an item.

        ### Ways

        - Ways. {#impact}
        ",
    );
    let built = project.build();
    assert!(built.problems.iter().all(|problem| problem.code == Code::HeadingJump), "{:?}", built.problems);
    let page = elements(built.text("ic/mid.html"));
    let mut known = ids(&page);
    known.sort_unstable();
    let all = known.len();
    known.dedup();
    assert_eq!(all, known.len(), "{known:?}");
    for id in ["expectations", "expectations-2", "scope", "scope-2", "impact", "impact-2", "ways"] {
        assert!(known.contains(&id), "no {id} in {known:?}");
    }
}

#[test]
fn lists_have_ids_that_are_unique_on_their_page() {
    let home = "---\ntitle: Home\n---\n## Articles\n\n## SL main\n\n[[index#articles]] and [[index#sl-main]]\n";
    let competency = |title: &str| format!("---\nkind: competency\ntitle: Of {title}\narea: {title}\n---\n");
    let level =
        "---\nkind: level\ntitle: Mid\nrank: 1\nnot_applicable: [of-c, of-c-plus]\n---\n## Craft\n\n- Tests it.\n";
    let project = ladder()
        .file("content/ic/mid.md", level)
        .file("content/index.md", home)
        .file("content/essay.md", "---\nkind: article\ntitle: Essay\n---\n")
        .file("content/of-c.md", &competency("C"))
        .file("content/of-c-plus.md", &competency("C++"))
        .file("content/competencies/index.md", "---\ntitle: All\n---\n## C\n\nOf languages.\n");
    let built = project.build();
    assert_eq!(built.problems, []);
    let ids = |page: &str| ids(&elements(built.text(page))).into_iter().map(str::to_owned).collect::<Vec<String>>();
    for (page, wanted) in [
        ("index.html", ["articles", "articles-2", "competencies", "the-sl-main"].as_slice()),
        ("competencies/index.html", ["c", "c-2", "c-3"].as_slice()),
    ] {
        let all = ids(page);
        let distinct: BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{page}: {all:?}");
        assert!(wanted.iter().all(|id| all.iter().any(|known| known == id)), "{page}: {all:?}");
    }
    assert!(built.text("index.html").contains("<h2 id=\"articles\">Articles</h2>"), "the text's own id stays");
}

#[test]
fn one_id_for_two_paragraphs_is_a_problem() {
    let project = ladder().file("content/index.md", "---\ntitle: Home\n---\nOne. {#same}\n\nTwo. {#same}\n");
    assert_eq!(codes(&project), [Code::DuplicateAnchor]);
    let project = ladder().file("content/index.md", "---\ntitle: Home\n---\nOne. {#same}\n\n## Same\n\nTwo.\n");
    assert_eq!(codes(&project), [Code::DuplicateAnchor]);
}

#[test]
fn ids_in_raw_html_can_be_linked_to() {
    let text = "\n<a id=\"one\"></a>Text with <a name='two'></a> and <span id=three>this</span>.\n\n\
                <div id=\"four\">\n\n- Item <b ID=\"five\">x</b>\n\n</div>\n\n\
                <table><tr><th id=\"six\">a</th></tr></table>\n\n\
                <details id=\"seven\"><summary id=\"eight\">More</summary>\n\nText.\n\n</details>\n";
    let links = "[a](about.md#one) [b](about.md#two) [c](about.md#three) [[about#four]] [[about#five]] [[about#six]] \
         [[about#seven]] [[about#eight]]";
    for html in ["safe", "allow"] {
        let project = ladder()
            .file("stepladder.yaml", &format!("title: Test\nhtml: {html}\n"))
            .bytes("content/about.md", format!("---\ntitle: About\n---\n{text}").as_bytes())
            .bytes("content/index.md", format!("---\ntitle: Home\n---\n{links}\n").as_bytes());
        let built = project.build();
        assert_eq!(built.problems, [], "{html}");
        let page = elements(built.text("about.html"));
        for id in ["one", "two", "three", "four", "five", "six", "seven", "eight"] {
            assert!(ids(&page).contains(&id), "{html}: no {id} in {:?}", ids(&page));
        }
    }
}

#[test]
fn an_id_in_raw_html_is_only_on_its_own_page() {
    let level = "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft\n\n- Tests <a id=\"here\"></a>it.\n";
    let home = "---\ntitle: Home\n---\n[[mid#here]]\n";
    let built = ladder().file("content/ic/mid.md", level).file("content/index.md", home).build();
    assert_eq!(built.problems, []);
    for (page, count) in [("ic/mid.html", 1), ("craft.html", 0), ("matrix.html", 0)] {
        let page = elements(built.text(page));
        assert_eq!(ids(&page).into_iter().filter(|id| *id == "here").count(), count);
    }
}

#[test]
fn an_id_in_the_heading_of_a_cell_is_not_shown() {
    let level = "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft <a id=\"here\"></a>\n\n- Tests it.\n";
    let home = "---\ntitle: Home\n---\n[[mid#here]]\n";
    let project = ladder().file("content/ic/mid.md", level).file("content/index.md", home);
    assert_eq!(codes(&project), [Code::BrokenAnchor]);
}

#[test]
fn ids_in_raw_html_are_unique_and_not_those_of_the_theme() {
    for (text, code) in [
        ("<a id=\"x\"></a> <b id=\"x\">b</b>", Code::DuplicateAnchor),
        ("## X {#x}\n\n<div id=\"x\"></div>", Code::DuplicateAnchor),
        ("Text. {#x}\n\n<div id=\"x\"></div>", Code::DuplicateAnchor),
        ("Example: <b id=\"x\">b</b> <i id=\"x\">b</i>", Code::DuplicateAnchor),
        ("<a id=\"x\"></a>\n\n## X\n\nText.\n\n## X", Code::DuplicateAnchor),
        ("<a id=\"sl-search\"></a>", Code::MalformedId),
        ("## A {#sl-search}", Code::MalformedId),
        ("A[^1]. <i id=\"fn-1\">b</i>\n\n[^1]: Text.", Code::MalformedId),
        ("A[^1].\n\n## B {#fnref-1-1}\n\n[^1]: Text.", Code::MalformedId),
    ] {
        let home = format!("---\ntitle: Home\n---\n{text}\n");
        assert_eq!(codes(&ladder().file("content/index.md", &home)), [code], "{text}");
    }
    let home = "---\ntitle: Home\n---\n- Example: <b id=\"x\">b</b>\n\n<a id=\"same\" name=\"same\"></a>\n\nText.\n";
    assert_eq!(codes(&ladder().file("content/index.md", home)), []);
}

#[test]
fn footnotes_have_ids_of_their_own_whatever_they_are_called() {
    let text = "A[^*] b[^†] c[^a b] d[^a-b] e[^A.B] f[^*].\n\n[^*]: 1\n\n[^†]: 2\n\n[^a b]: 3\n\n[^a-b]: 4\n\n[^A.B]: 5\n\n## Fn 1\n";
    let built = ladder().file("content/index.md", &format!("---\ntitle: Home\n---\n{text}")).build();
    let page = elements(built.text("index.html"));
    let mut known: Vec<&str> = ids(&page).into_iter().filter(|id| id.starts_with("fn")).collect();
    let all = known.len();
    known.sort_unstable();
    known.dedup();
    assert_eq!((known.len(), all), (11, 11), "{known:?}");
}
