//! The guide that ships, in the preview: its author's page, and what the browser says of pages of every kind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stepladder::disk;
use stepladder::tree::{File, Tree};

use super::Desk;
use crate::support::{Project, build};

/// The guide that ships.
pub(super) fn guide() -> (Project, Tree) {
    let tree = disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a project");
    let mut project = Project::new();
    for (path, file) in tree.iter().filter(|(path, _)| !path.as_str().starts_with("themes/")) {
        let File::Bytes(bytes) = file else { panic!("{path} is no text") };
        project = project.bytes(path.as_str(), bytes);
    }
    (project, tree)
}

/// One page of each kind, by the class of its body.
pub(super) fn kinds(tree: &Tree) -> Vec<String> {
    let built = build(tree, false);
    let mut kinds = BTreeMap::new();
    for (path, file) in built.files.iter().filter(|(path, _)| path.as_str().rsplit('.').next() == Some("html")) {
        let File::Bytes(bytes) = file else { panic!("{path} is no text") };
        let text = std::str::from_utf8(bytes).expect("a text");
        let class = text.split_once("<body class=\"").and_then(|(_, rest)| rest.split(['"', ' ']).next());
        kinds.entry(class.unwrap_or("none").to_owned()).or_insert_with(|| path.to_string());
    }
    kinds.into_values().collect()
}

#[test]
fn no_page_of_the_guide_makes_the_console_speak() {
    let (project, tree) = guide();
    let Some(desk) = Desk::new(&project) else { return };
    let pages = kinds(&tree);
    assert!(pages.len() > 12, "pages of all kinds: {pages:?}");
    for page in pages.iter().map(String::as_str).chain(["no/such/page.html"]) {
        desk.open(page);
        desk.tab.until("getComputedStyle(document.body).margin === '0px'");
        desk.tab.holds("[...document.images].every(image => image.naturalWidth)");
        let said = desk.tab.console();
        let meant = |line: &String| page.starts_with("no/") && line.contains("status of 404");
        assert!(said.iter().all(meant), "{page}: {said:#?}");
    }
}

#[test]
fn the_author_s_page_opens_and_all_its_links_lead_somewhere() {
    let (project, _) = guide();
    let Some(desk) = Desk::new(&project) else { return };
    let Desk { program, tab, .. } = &desk;
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
