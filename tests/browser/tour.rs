//! The guide that ships, in the preview: its author's page, and what the browser says of pages of every kind.

use std::collections::{BTreeMap, BTreeSet};

use stepladder::tree::File;

use super::PreviewTab;
use crate::sites;
use crate::support::{Built, Project};

/// The guide that ships, as a project to be served.
pub(super) fn guide() -> Project {
    let mut project = Project::new();
    for (path, file) in sites::guide().project.iter().filter(|(path, _)| !path.as_str().starts_with("themes/")) {
        let File::Bytes(bytes) = file else { panic!("{path} is no text") };
        project = project.bytes(path.as_str(), bytes);
    }
    project
}

/// The fullest page of each kind, by the class of its body. Each list is a kind, but those of tags are one.
pub(super) fn kinds(built: &Built) -> Vec<String> {
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (path, file) in built.files.iter().filter(|(path, _)| path.as_str().rsplit('.').next() == Some("html")) {
        let File::Bytes(bytes) = file else { panic!("{path} is no text") };
        let text = std::str::from_utf8(bytes).expect("a text");
        let class = text.split_once("<body class=\"").and_then(|(_, rest)| rest.split(['"', ' ']).next());
        let kind = match class.unwrap_or("none") {
            list @ "kind-list" if path.as_str().ends_with("index.html") => format!("{list} {path}"),
            class => class.to_owned(),
        };
        let fullest = kinds.entry(kind).or_default();
        if fullest.0 < text.len() {
            *fullest = (text.len(), path.to_string());
        }
    }
    kinds.into_values().map(|(_, path)| path).collect()
}

#[test]
fn each_kind_is_seen_at_its_fullest() {
    let built = sites::guide().built();
    let pages = kinds(built);
    assert!(pages.len() > 20, "pages of all kinds: {pages:?}");
    let of = |class: &str| {
        let is_it = |page: &&String| built.text(page).contains(&format!("<body class=\"kind-{class}"));
        pages.iter().filter(is_it).map(|page| built.text(page)).collect::<String>()
    };
    for (class, parts) in [
        ("level", ["strip", "changes", "step", "map", "inherited", "ways"].as_slice()),
        ("assessment", &["assess-base", "assess-on"]),
        ("list", &["terms", "tags", "group-summary"]),
    ] {
        let text = of(class);
        let missing: Vec<_> = parts.iter().filter(|part| !text.contains(&format!("class=\"{part}"))).collect();
        assert!(missing.is_empty(), "no {class} that is looked at has {missing:?}: {pages:?}");
    }
}

#[test]
fn no_page_of_the_guide_logs_to_the_console() {
    let Some(preview) = PreviewTab::new(&guide()) else { return };
    let pages = kinds(sites::guide().built());
    for page in pages.iter().map(String::as_str).chain(["no/such/page.html"]) {
        preview.open(page);
        preview.tab.until("getComputedStyle(document.body).margin === '0px'");
        preview.tab.holds("[...document.images].every(image => image.naturalWidth)");
        let said = preview.tab.console();
        let meant = |line: &String| page.starts_with("no/") && line.contains("status of 404");
        assert!(said.iter().all(meant), "{page}: {said:#?}");
    }
}

#[test]
fn the_author_s_page_opens_and_all_its_links_lead_somewhere() {
    let Some(preview) = PreviewTab::new(&guide()) else { return };
    let PreviewTab { program, tab, .. } = &preview;
    tab.open(&format!("http://{}/_stepladder/", program.address));
    assert_eq!(tab.text("find('h1').innerText"), "Author’s page");
    let headings: BTreeSet<String> = serde_json::from_value(
        tab.get("[...document.querySelectorAll('h2')].map(heading => heading.innerText.replace(/\\s+\\d+$/, ''))"),
    )
    .expect("texts");
    for heading in ["Problems", "Empty cells", "All pages"] {
        assert!(headings.contains(heading), "{heading} is missing: {headings:?}");
    }
    tab.holds("getComputedStyle(document.body).margin === '0px'");
    tab.holds("[...document.querySelectorAll('a[href^=\"#\"]')].every(link => find(link.getAttribute('href')))");
    let links: BTreeSet<String> = serde_json::from_value(
        tab.get("[...document.links].map(link => link.href).filter(href => href.startsWith(location.origin + '/'))"),
    )
    .expect("addresses");
    assert!(links.len() > 60, "{links:?}");
    let origin = format!("http://{}", program.address);
    let paths: BTreeSet<&str> = links.iter().filter_map(|link| link.strip_prefix(&origin)?.split('#').next()).collect();
    for path in paths {
        program.get(path).is(200);
    }
    assert_eq!(tab.console(), Vec::<String>::new());
}
