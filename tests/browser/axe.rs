//! axe-core finds nothing on any kind of page, in light and in dark, on a desktop and on a phone.

use std::fs;

use serde_json::json;
use stepladder::disk;
use stepladder::tree::Tree;
use tempfile::TempDir;

use super::chromium::Tab;
use super::tour::kinds;
use crate::support::build;
use crate::{golden, promises, shapes, tools};

/// Runs axe and keeps what it finds. All rules are run, those of good practice among them.
const RUN: &str = "
window.found = null;
axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => {
  window.found = violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)}: ${node.failureSummary}`).join(' / ')}`);
}, error => { window.found = [String(error)]; });
";

/// Looks at pages of a site, in both schemes. axe is taken into each page as a test's own script.
fn look(tab: &Tab, axe: &str, name: &str, site: &Tree, pages: &[String], wrong: &mut Vec<String>) {
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&build(site, false).files, folder.path(), false).expect("the site is written");
    for page in pages {
        tab.open(&format!("file://{}/{page}", folder.path().display()));
        tab.run(axe);
        for scheme in ["light", "dark"] {
            let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            tab.device("Emulation.setEmulatedMedia", &features);
            tab.until(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"));
            // Colours may change over a while.
            tab.until("document.getAnimations().every(one => one.playState === 'finished')");
            tab.run(RUN);
            tab.until("window.found");
            let found: Vec<String> = serde_json::from_value(tab.get("window.found")).expect("texts");
            wrong.extend(found.iter().map(|one| format!("{name}: {page}, {scheme}: {one}")));
        }
    }
}

fn script() -> Option<String> {
    let place = tools::fetched("axe-core/axe.min.js")?;
    Some(fs::read_to_string(place).expect("axe is a text"))
}

#[test]
fn axe_finds_nothing_on_a_desktop() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    let mut wrong = Vec::new();
    let guide = promises::guide();
    look(&tab, &axe, "guide", &guide, &kinds(&guide), &mut wrong);
    // The pages of `links` hold mistakes of authors on purpose, such as links in summaries.
    for (name, site) in golden::in_default_theme().filter(|(name, _)| !name.starts_with("links")) {
        // An error page finds its style sheet only on a server.
        let pages: Vec<String> = kinds(&site).into_iter().filter(|page| page != "404.html").collect();
        look(&tab, &axe, &name, &site, &pages, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    tab.phone();
    let mut wrong = Vec::new();
    let guide = promises::guide();
    look(&tab, &axe, "guide", &guide, &kinds(&guide), &mut wrong);
    let pages = ["index.html", "tracks/index.html", "ic/one.html", "skill.html", "article.html", "matrix.html"];
    let (name, project) = shapes::all().last().expect("a shape");
    look(&tab, &axe, name, &project.tree(), &pages.map(str::to_owned), &mut wrong);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_does_find_what_is_wrong() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    tab.open("data:text/html,<title>A</title><img src=x><p style=color:%23eee>Pale.</p>");
    tab.run(&axe);
    tab.run(RUN);
    tab.until("window.found?.some(one => one.startsWith('image-alt'))");
    tab.holds("window.found.some(one => one.startsWith('color-contrast'))");
}
