//! `feed.xml`: what was reviewed or changed last.

use std::collections::BTreeSet;

use stepladder::tree::TreePath;

use crate::support::Project;

fn page(title: &str, fields: &str) -> String {
    format!("---\nkind: article\ntitle: {title}\n{fields}---\nThe *first* paragraph, <of> two & more.\n\nThe second.\n")
}

/// The content of each element with a tag.
fn all<'a>(feed: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    feed.split(open.as_str()).skip(1).filter_map(|rest| Some(rest.split_once(close.as_str())?.0)).collect()
}

fn dated() -> Project {
    Project::new()
        .file("content/a.md", &page("A", "reviewed: 2026-03-01\nchanged: 2026-01-31\n"))
        .file("content/b.md", &page("B & co", "changed: 2026-11-02\nsummary: What changed.\nowner: People\n"))
        .file("content/c.md", &page("C", ""))
}

#[test]
fn dated_pages_are_listed_newest_first() {
    let built = dated().build();
    let feed = built.text("feed.xml");
    assert_eq!(all(feed, "title"), ["Test", "B &amp; co", "A"]);
    assert_eq!(all(feed, "updated"), ["2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", "2026-03-01T00:00:00Z"]);
    assert_eq!(all(feed, "summary"), ["What changed.", "The first paragraph, two &amp; more."]);
    assert_eq!(all(feed, "name"), ["Test", "People"]);
    assert!(feed.contains("<link href=\"a.html\"/>"), "{feed}");
    assert!(feed.contains("<category term=\"changed\"/>") && feed.contains("<category term=\"reviewed\"/>"), "{feed}");
    assert!(built.text("a.html").contains("href=\"feed.xml\" type=\"application/atom+xml\""));
}

#[test]
fn names_are_permanent_addresses_or_else_made_of_the_page_s_id() {
    let site = "title: Test\nbase_url: https://example.org/guide/\n";
    let built = dated().file("stepladder.yaml", site).build();
    let ids = ["feed.xml", "b.html", "a.html"].map(|page| format!("https://example.org/guide/{page}"));
    assert_eq!(all(built.text("feed.xml"), "id"), ids);

    let (first, second) = (dated().build(), dated().file("content/d.md", &page("D", "changed: 2026-11-03\n")).build());
    let (first, second) = (all(first.text("feed.xml"), "id"), all(second.text("feed.xml"), "id"));
    assert!(first.iter().all(|id| second.contains(id)), "{first:?} {second:?}");
    assert_eq!(second.iter().collect::<BTreeSet<_>>().len(), 4);
    let kept = page("A", "id: a\nreviewed: 2026-03-01\nchanged: 2026-01-31\n");
    let moved = dated().without("content/a.md").file("content/far/away.md", &kept).build();
    assert_eq!(all(moved.text("feed.xml"), "id"), first, "a page that moves and keeps its id keeps its name");
    let is_uuid = |id: &&str| id.len() == 45 && id.starts_with("urn:uuid:") && id.as_bytes()[23] == b'8';
    assert!(second.iter().all(is_uuid), "{second:?}");
}

#[test]
fn it_is_bounded() {
    let many = (0..60).fold(Project::new(), |project, number| {
        let day = format!("changed: 2026-{:02}-01\n", number % 11 + 1);
        project.file(&format!("content/p{number}.md"), &page(&format!("P{number}"), &day))
    });
    assert_eq!(all(many.build().text("feed.xml"), "entry").len(), 50);
}

#[test]
fn without_any_date_there_is_none() {
    let built = Project::new().file("content/a.md", &page("A", "")).build();
    assert!(built.files.bytes(&TreePath::normalized("feed.xml")).is_none());
    assert!(!built.text("a.html").contains("feed"), "{}", built.text("a.html"));
    let draft = page("B", "changed: 2026-11-02\ndraft: true\n");
    let built = Project::new().file("content/a.md", &page("A", "")).file("content/b.md", &draft).build();
    assert!(built.files.bytes(&TreePath::normalized("feed.xml")).is_none(), "the date of a draft is none of the site");
}

#[test]
fn no_character_of_a_title_breaks_the_feed() {
    let built = Project::new().file("content/a.md", &page("\"A \\x01<b> & 'c'\"", "changed: 2026-11-02\n")).build();
    assert_eq!(all(built.text("feed.xml"), "title"), ["Test", "A &lt;b&gt; &amp; 'c'"]);
}

#[test]
fn a_theme_overrides_the_feed_the_site_map_and_robots_txt() {
    let feed = "<feed>{{ site.title }}{% for entry in entries %} {{ entry.title }}{% endfor %}</feed>";
    let built = dated()
        .file("themes/default/templates/feed.xml", feed)
        .file("themes/default/templates/sitemap.xml", "<urls>{{ pages | length }}</urls>")
        .file("themes/default/templates/robots.txt", "{{ site.title }} & {{ sitemap }}")
        .build();
    assert_eq!(built.text("feed.xml"), "<feed>Test B &amp; co A</feed>");
    assert!(built.text("sitemap.xml").starts_with("<urls>"));
    assert_eq!(built.text("robots.txt"), "Test & ");
}

#[test]
fn an_overdue_review_is_reported_with_a_way_to_act() {
    let site = "title: Test\nedit_url: https://example.org/edit/{path}\nowners:\n  team:\n    name: The team\n    email: team@example.org\n";
    let fields = "reviewed: 2025-01-01\nreview_every: 6 months\nowner: team\n";
    let built = Project::new().file("stepladder.yaml", site).file("content/a.md", &page("A", fields)).build();
    let text = built.text("a.html");
    let notice = text.split_once("class=\"notice\"").and_then(|(_, rest)| rest.split_once("</p>")).expect("a notice").0;
    for words in ["2025-07-01", "mailto:team@example.org", "The team", "https://example.org/edit/content/a.md"] {
        assert!(notice.contains(words), "{words} is not in {notice}");
    }
    assert!(text.contains("Last reviewed") && text.contains("was due again"), "{text}");
}
