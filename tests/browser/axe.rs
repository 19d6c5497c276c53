//! axe-core finds nothing on any kind of page, in light and in dark, on a desktop and on a phone.

use std::fs;

use serde_json::json;

use super::chromium::Tab;
use super::tour::kinds;
use crate::sites::{self, Site};
use crate::tools;

/// Runs axe and keeps what it finds. All rules are run, those of good practice among them, unless some are named.
const RUN: &str = "
window.found = null;
axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }).then(({ violations }) => {
  window.found = violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map(node => `${node.html.slice(0, 160)}: ${node.failureSummary}`).join(' / ')}`);
}, error => { window.found = [String(error)]; });
";

/// No selection: all rules, those of good practice among them.
const ALL_RULES: &str = "null";

/// The rules whose results depend on the scheme.
const COLOR_RULES: &str = "['color-contrast', 'link-in-text-block']";

/// What is checked where no colours are set that the guide's pages don't have: those are checked in both schemes.
const IN_LIGHT: &[(&str, &str)] = &[("light", ALL_RULES)];

/// What is checked where colours are set.
const IN_BOTH: &[(&str, &str)] = &[("light", ALL_RULES), ("dark", COLOR_RULES)];

/// Takes chapters out of a print edition that are like those before them: colours are looked at element by element,
/// each against what lies below it, and thousands of them take axe half a minute.
const SHORTEN: &str =
    "document.querySelectorAll('.book-chapter ~ .book-chapter ~ .book-chapter').forEach(chapter => chapter.remove());";

/// The violations that axe finds on the open page, by all rules or some.
fn found(tab: &Tab, rules: &str) -> Vec<String> {
    // Colours may change over a while.
    tab.until("document.getAnimations().every(one => one.playState === 'finished')");
    tab.run(&format!("const rules = {rules}; {RUN}"));
    tab.until("window.found");
    serde_json::from_value(tab.get("window.found")).expect("texts")
}

/// Requires that axe finds nothing on the page that is open, as it stands: for what comes up only when somebody uses
/// it.
#[track_caller]
pub(super) fn finds_nothing(tab: &Tab) {
    let Some(axe) = script() else { return };
    tab.run(&axe);
    assert_eq!(found(tab, ALL_RULES), Vec::<String>::new());
}

/// Runs rules on pages of a site in each of the given schemes.
fn check(tab: &Tab, axe: &str, site: &Site, pages: &[String], schemes: &[(&str, &str)], wrong: &mut Vec<String>) {
    for page in pages {
        tab.open(&format!("file://{}/{page}", site.folder().display()));
        tab.run(&format!("{axe}; {SHORTEN}"));
        for (scheme, rules) in schemes {
            let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            tab.device("Emulation.setEmulatedMedia", &features);
            tab.until(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches"));
            wrong.extend(found(tab, rules).iter().map(|one| format!("{}: {page}, {scheme}: {one}", site.name)));
        }
    }
}

fn script() -> Option<String> {
    let place = tools::fetched("axe-core/axe.min.js")?;
    Some(fs::read_to_string(place).expect("axe is a text"))
}

/// One page of each kind but the error page, which finds its style sheet only on a server.
fn from_disk(site: &Site) -> Vec<String> {
    kinds(site.built()).into_iter().filter(|page| page != "404.html").collect()
}

#[test]
fn axe_finds_nothing_on_a_desktop() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    let mut wrong = Vec::new();
    let guide = sites::guide();
    // One page for each template: all rules in both schemes.
    check(&tab, &axe, guide, &kinds(guide.built()), &[("light", ALL_RULES), ("dark", ALL_RULES)], &mut wrong);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_finds_nothing_on_golden_sites() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    let mut wrong = Vec::new();
    // The pages of `links` hold mistakes of authors on purpose, such as links in summaries.
    for site in sites::golden().filter(|site| !site.name.starts_with("links")) {
        // A theme may have colours of its own.
        let schemes = if site.name.starts_with("theme") { IN_BOTH } else { IN_LIGHT };
        check(&tab, &axe, site, &from_disk(site), schemes, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_finds_nothing_on_a_ladder_of_many_levels() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    let mut wrong = Vec::new();
    let site = sites::shapes().next().expect("a ladder");
    check(&tab, &axe, site, &from_disk(site), IN_LIGHT, &mut wrong);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    tab.phone();
    let mut wrong = Vec::new();
    let guide = sites::guide();
    check(&tab, &axe, guide, &kinds(guide.built()), IN_LIGHT, &mut wrong);
    let pages = ["index.html", "tracks/index.html", "ic/one.html", "skill.html", "article.html", "matrix.html"];
    let site = sites::shapes().last().expect("a ladder");
    check(&tab, &axe, site, &pages.map(str::to_owned), IN_LIGHT, &mut wrong);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn axe_does_find_what_is_wrong() {
    let (Some(axe), Some(tab)) = (script(), Tab::new()) else { return };
    tab.open("data:text/html,<title>A</title><img src=x><p style=color:%23eee>Pale.</p>");
    tab.run(&axe);
    for rule in ["image-alt", "color-contrast"] {
        assert!(found(&tab, ALL_RULES).iter().any(|one| one.starts_with(rule)), "{rule}");
    }
    assert!(found(&tab, COLOR_RULES).iter().all(|one| one.starts_with("color-contrast")));
}
