//! The print edition: what is in it, and where its links lead.

use std::collections::BTreeSet;

use crate::html::{Element, elements, ids};
use crate::support::Project;

/// Two levels, of which the second builds on the first; a competency that is written for both; and texts whose headings
/// and footnotes have the same ids on their own pages.
fn project() -> Project {
    let text = "See [[Senior#craft]], [[Craft#junior]], [[Sheet]], [[Glossary]] and [there](#why).[^1]\n\n## Why\n\nSo.\n\n[^1]: Note.";
    Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\nFor all. See [[Junior]].\n")
        .file("content/ic/junior.md", "---\nkind: level\ntitle: Junior\nrank: 1\n---\n")
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nextends: Junior\n---\n")
        .file(
            "content/craft.md",
            "---\nkind: competency\ntitle: Craft\n---\n## Junior\n\n- Works.\n- Asks.\n\n## Senior\n\n- Works [alone](ic/junior.md#asks).\n",
        )
        .file("content/one.md", &format!("---\nkind: article\ntitle: One\n---\n{text}\n"))
        .file("content/two.md", &format!("---\nkind: article\ntitle: Two\n---\n{text}\n"))
        .file("content/sheet.md", "---\nkind: worksheet\ntitle: Sheet\n---\n[[One]]\n")
        .file("content/word.md", "---\nkind: term\ntitle: Word\n---\nA [[One#why]].\n")
        .file("content/hidden.md", "---\nkind: article\ntitle: Hidden\ndraft: true\n---\nNot yet.\n")
}

fn hrefs(elements: &[Element]) -> BTreeSet<&str> {
    elements.iter().filter(|element| element.name == "a").filter_map(|element| element.attribute("href")).collect()
}

#[test]
fn links_between_chapters_stay_in_the_document_and_all_others_lead_to_their_pages() {
    let built = project().build();
    assert!(built.problems.is_empty(), "{:?}", built.problems);
    let print = elements(built.text("print/index.html"));
    let hrefs = hrefs(&print);
    let inside = [
        "#page:ic/senior:craft",
        "#page:ic/junior:craft",
        "#page:one:why",
        "#page:two:why",
        "#page:one:fn-1",
        "#page:glossary/index",
        "#page:ic/junior",
    ];
    for href in inside {
        assert!(hrefs.contains(href), "{href} is not among {hrefs:?}");
    }
    assert!(hrefs.contains("../sheet.html"), "a page that is no chapter stays a page: {hrefs:?}");
    let chapters = ["../ic/junior.html", "../one.html"];
    assert!(chapters.iter().all(|page| !hrefs.contains(page)), "{hrefs:?}");
    let ids: BTreeSet<&str> = ids(&print).into_iter().collect();
    for href in hrefs.iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.contains(href), "nothing has the id {href}");
    }
}

#[test]
fn what_holds_by_inheritance_is_said_once_and_referred_to() {
    let built = project().build();
    let text = built.text("print/index.html");
    assert_eq!(text.matches("Asks.").count(), 1);
    let senior = text.split_once("id=\"page:ic/senior\"").expect("a chapter").1;
    let chapter = senior.split_once("</section>").expect("its end").0;
    let said = "All that <a href=\"#page:ic/junior\">Junior</a> <span class=\"book-ref\">(2.1)</span> expects applies as well.";
    assert!(chapter.contains(said), "{chapter}");
}

#[test]
fn what_is_not_written_takes_no_room() {
    let built = project()
        .file("content/other.md", "---\nkind: competency\ntitle: Other\n---\n## Junior\n\n- Waits.\n")
        .file("content/three.md", "---\nkind: article\ntitle: Three\n---\n[[Senior#other]]\n")
        .build();
    let text = built.text("print/index.html");
    let senior =
        text.split_once("id=\"page:ic/senior\"").expect("a chapter").1.split_once("</section>").expect("its end").0;
    assert!(!senior.contains(">Other</h"), "what is inherited alone has no heading: {senior}");
    assert!(text.contains("<a href=\"#page:ic/senior\">"), "a link to it leads to the chapter");
}

#[test]
fn headings_stand_below_their_chapter_and_only_pages_of_the_site_are_chapters() {
    let built = project().build();
    let print = elements(built.text("print/index.html"));
    let heading = print.iter().find(|element| element.attribute("id") == Some("page:one:why")).expect("a heading");
    assert_eq!(heading.name, "h4");
    assert!(!built.text("print/index.html").contains("Hidden"));
    assert!(project().with_drafts().build().text("print/index.html").contains("Hidden"));
    assert!(!built.text("sitemap.xml").contains("print"), "search engines need each text once");
}

#[test]
fn an_author_may_introduce_it() {
    let intro = "---\ntitle: On paper\n---\nRead [how](#how) and [[Junior]].\n\n## How\n\nSo.\n";
    let built = project()
        .file("content/print/index.md", intro)
        .file("content/other.md", "---\ntitle: O\n---\n[[On paper#how]]\n");
    let built = built.build();
    assert!(built.problems.is_empty(), "{:?}", built.problems);
    let print = built.text("print/index.html");
    assert!(print.contains("<h2 id=\"how\">How</h2>") && print.contains("href=\"#how\""), "{print}");
    assert!(print.contains("<p class=\"eyebrow\">On paper</p>"));
    assert!(built.text("other.html").contains("print/index.html#how"));
}

#[test]
fn a_site_without_a_ladder_has_none() {
    let built = Project::new().file("content/index.md", "---\ntitle: Home\n---\nWords.\n").build();
    assert!(built.files.iter().all(|(path, _)| !path.as_str().starts_with("print")));
}

#[test]
fn a_large_edition_has_a_page_for_each_part() {
    let article = |at: usize| format!("---\nkind: article\ntitle: Article {at}\n---\nSee [[Senior#craft]].\n");
    let project = (0..300).fold(project(), |project, at| project.file(&format!("content/a/{at}.md"), &article(at)));
    let built = project.build();
    let contents = built.text("print/index.html");
    assert!(!contents.contains("Asks.") && contents.contains("assets/scripts/book.js"), "{contents}");
    assert!(contents.contains("href=\"ic.html#page:ic/senior\""), "{contents}");
    let track = built.text("print/ic.html");
    assert!(track.contains("Asks.") && track.contains("One part of <a href=\"index.html\">"), "{track}");
    assert!(
        built.text("print/glossary.html").contains("href=\"../one.html#why\""),
        "articles print from their own pages"
    );
    assert!(contents.contains("<a href=\"../articles/index.html\">Articles</a> are not among them"), "{contents}");
    assert!(!built.text("sitemap.xml").contains("print"), "search engines need each text once");
    let links = ["index", "ic", "competencies", "glossary"].map(|name| format!("print/{name}.html"));
    for page in &links {
        let page_elements = elements(built.text(page));
        for href in hrefs(&page_elements).into_iter().filter(|href| !href.starts_with("../")) {
            let Some((file, place)) = href.split_once('#').filter(|(file, _)| !file.is_empty()) else { continue };
            let there = elements(built.text(&format!("print/{file}")));
            assert!(ids(&there).contains(&place), "{page} links to {href}");
        }
    }
}
