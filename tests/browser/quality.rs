//! What holds on every kind of page of the guide that ships, however it is read. The kinds are found, not listed.

use serde_json::json;
use stepladder::disk;
use stepladder::tree::Tree;
use tempfile::TempDir;

use super::Desk;
use super::chromium::Tab;
use super::tour::{guide, kinds};
use crate::support::build;

/// The guide on disk, and one page of each kind.
struct Shelf {
    folder: TempDir,
    pages: Vec<String>,
}

impl Shelf {
    fn new() -> Self {
        let tree: Tree = guide().1;
        let folder = TempDir::new().expect("a temporary folder");
        let built = build(&tree, false);
        disk::write(&built.files, folder.path(), false).expect("the site is written");
        Self { folder, pages: kinds(&built) }
    }

    /// Opens each page in turn, and requires that an expression gives an empty list on it.
    fn each(&self, tab: &Tab, before: &str, wrong: &str) {
        let mut found = Vec::new();
        for page in &self.pages {
            tab.open(&format!("file://{}/{page}", self.folder.path().display()));
            if !before.is_empty() {
                tab.run(before);
                tab.until("window.ready");
            }
            let said = tab.get(wrong);
            found.extend(said.as_array().expect("a list").iter().map(|one| format!("{page}: {one}")));
        }
        assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
    }
}

/// Elements that are seen, of those that selectors match, as the start of their HTML.
const SEEN: &str = "
const seen = words => [...document.querySelectorAll(words)]
  .filter(one => one.checkVisibility() && one.getClientRects().length && !one.closest('.vh'))
  .map(one => one.outerHTML.slice(0, 120));
";

fn seen(words: &str) -> String {
    format!("(() => {{ {SEEN} return seen(`{words}`); }})()")
}

#[test]
fn a_strict_policy_breaks_nothing_below_a_sub_path() {
    let (project, tree) = guide();
    let config = tree.bytes(&stepladder::tree::TreePath::normalized("stepladder.yaml")).expect("a configuration");
    let config = format!("{}base_url: https://example.org/team/guide/\n", String::from_utf8_lossy(config));
    let Some(desk) = Desk::new(&project.bytes("stepladder.yaml", config.as_bytes())) else { return };
    assert!(desk.program.url.ends_with("/team/guide/"), "{}", desk.program.url);
    for page in kinds(&build(&tree, false)) {
        desk.open(&page);
        let policy = "(() => { const asked = new XMLHttpRequest(); asked.open('HEAD', location.href, false); asked.send(); \
                      return asked.getResponseHeader('content-security-policy'); })()";
        let policy = desk.tab.text(policy);
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
        desk.tab.holds("getComputedStyle(document.body).margin === '0px'");
        assert_eq!(desk.tab.console(), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn the_console_is_empty_on_every_kind_of_page_from_disk() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    shelf.each(&tab, "", "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn nothing_moves_while_a_page_comes_up() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    let watch = "
    const watched = new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(one => one.value)));
    window.shifts = [];
    watched.observe({ type: 'layout-shift', buffered: true });
    const frames = left => left ? requestAnimationFrame(() => frames(left - 1)) : window.ready = true;
    frames(3);";
    let moved = "window.shifts.reduce((sum, one) => sum + one, 0) < .01 ? [] : window.shifts";
    shelf.each(&tab, watch, moved);
    tab.phone();
    shelf.each(&tab, watch, moved);
}

#[test]
fn without_scripts_every_kind_of_page_shows_its_content_and_nothing_that_needs_them() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    tab.without_scripts();
    // What style sheets alone can do needs none.
    let idle = "button, select, input:not([disabled], [name=differs]), textarea, [role=button], [role=search], [contenteditable]";
    shelf.each(&tab, "", &seen(idle));
    let content = "[...document.querySelectorAll('main h1, main h2')].filter(one => !one.checkVisibility() && !one.closest('details, dialog, [hidden]')) \
                   .map(one => one.outerHTML).concat(find('main').innerText.length > 60 ? [] : ['no words'])";
    shelf.each(&tab, "", content);
}

#[test]
fn paper_has_no_controls_and_hides_no_text() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    tab.print();
    shelf.each(&tab, "", &seen("nav:not(.book-contents), button, input:not([disabled]), .skip, .permalink"));
    let folded = "[...document.querySelectorAll('details:not([open], .map-words) > :not(summary)')]
      .filter(one => !one.closest('[hidden]'))
      .filter(one => !one.checkVisibility({ contentVisibilityAuto: true }) || !one.getClientRects().length)
      .map(one => one.outerHTML.slice(0, 120))";
    shelf.each(&tab, "", folded);
}

#[test]
fn nothing_moves_for_readers_who_prefer_that() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    tab.device("Emulation.setEmulatedMedia", &calm);
    let moving = "[...document.querySelectorAll('*')].filter(one => ['', '::before', '::after'].some(part => {
      const style = getComputedStyle(one, part);
      return style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) || parseFloat(style.animationDuration) > 0;
    })).map(one => one.outerHTML.slice(0, 120))";
    shelf.each(&tab, "", moving);
}

#[test]
fn forced_colours_leave_texts_legible_and_edges_to_what_lies_on_top() {
    let Some(tab) = Tab::new() else { return };
    let shelf = Shelf::new();
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    tab.device("Emulation.setEmulatedMedia", &forced);
    tab.holds("matchMedia('(forced-colors: active)').matches");
    // What a browser does not force: the colours of pictures, and of what says that it keeps its own.
    let faint = "(() => {
      const numbers = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
      const shade = colour => numbers(colour).slice(0, 3).reduce((sum, one) => sum + one, 0);
      const apart = (one, other) => Math.abs(shade(one) - shade(other)) > 150;
      const page = getComputedStyle(document.body).backgroundColor;
      const filled = colour => numbers(colour)[3] !== 0;
      const isFaint = one => {
        const { fill, color, backgroundColor } = getComputedStyle(one);
        if (!one.closest('svg')) return !apart(color, filled(backgroundColor) ? backgroundColor : page);
        const box = one.parentElement.querySelector(':scope > rect, :scope > circle');
        return !apart(fill, box ? getComputedStyle(box).fill : page);
      };
      const keeps = one => one.matches('svg text') || (!one.closest('svg') && getComputedStyle(one).forcedColorAdjust === 'none');
      return [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && keeps(one) && isFaint(one))
        .map(one => one.outerHTML.slice(0, 120));
    })()";
    shelf.each(&tab, "", faint);
    // All grounds are alike then, so what lies on top of a page, if only at times, has an edge.
    let loose = "[...document.querySelectorAll('body *')].filter(one => {
      const { position, backgroundColor, borderTopWidth, borderBottomWidth } = getComputedStyle(one);
      const floats = ['fixed', 'absolute'].includes(position) && !/, 0\\)$/.test(backgroundColor);
      return floats && !one.matches('a, button, svg *') && [borderTopWidth, borderBottomWidth].includes('0px');
    }).map(one => one.outerHTML.slice(0, 120))";
    shelf.each(&tab, "", loose);
}

#[test]
fn the_feed_is_well_formed() {
    let Some(tab) = Tab::new() else { return };
    let feed = build(&guide().1, false);
    let text = json!(feed.text("feed.xml"));
    tab.run(&format!("window.feed = new DOMParser().parseFromString({text}, 'application/xml');"));
    tab.holds("!window.feed.querySelector('parsererror') && window.feed.documentElement.localName === 'feed'");
    tab.holds("window.feed.documentElement.namespaceURI === 'http://www.w3.org/2005/Atom'");
    tab.holds("[...window.feed.querySelectorAll('entry')].every(entry => ['id', 'title', 'updated'].every(name => entry.querySelector(name)))");
    tab.holds("window.feed.querySelectorAll('entry').length === 50");
}
