//! Invariants of every kind of page of the guide that ships, however it is read. The kinds are found, not listed.

use serde_json::json;

use super::PreviewTab;
use super::chromium::Tab;
use super::tour::{guide, kinds};
use crate::sites;

/// Opens a page of each kind from disk, and requires that an expression gives an empty list on it.
#[track_caller]
fn finds_nothing(tab: &Tab, expression: &str) {
    let pages = kinds(sites::guide().built());
    let found: Vec<String> = pages.iter().flat_map(|page| found_on(tab, page, "", expression)).collect();
    assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
}

/// What an expression lists on a page of the guide, after a script, if there is one, has set `window.ready`.
fn found_on(tab: &Tab, page: &str, script: &str, expression: &str) -> Vec<String> {
    tab.open(&format!("file://{}/{page}", sites::guide().folder().display()));
    if !script.is_empty() {
        tab.run(script);
        tab.until("window.ready");
    }
    let value = tab.get(expression);
    value.as_array().expect("a list").iter().map(|one| format!("{page}: {one}")).collect()
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
    let config = sites::guide()
        .project
        .bytes(&stepladder::tree::TreePath::normalized("stepladder.yaml"))
        .expect("a configuration");
    let config = format!("{}base_url: https://example.org/team/guide/\n", String::from_utf8_lossy(config));
    let Some(preview) = PreviewTab::new(&guide().bytes("stepladder.yaml", config.as_bytes())) else { return };
    assert!(preview.program.url.ends_with("/team/guide/"), "{}", preview.program.url);
    for page in kinds(sites::guide().built()) {
        preview.open(&page);
        let policy = "(() => { const asked = new XMLHttpRequest(); asked.open('HEAD', location.href, false); asked.send(); \
                      return asked.getResponseHeader('content-security-policy'); })()";
        let policy = preview.tab.text(policy);
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
        preview.tab.holds("getComputedStyle(document.body).margin === '0px'");
        assert_eq!(preview.tab.console(), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn the_console_is_empty_on_every_kind_of_page_from_disk() {
    let Some(tab) = Tab::new() else { return };
    finds_nothing(&tab, "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn nothing_moves_while_a_page_comes_up() {
    let Some(tab) = Tab::new() else { return };
    let watch = "
    const source = ({ node, previousRect, currentRect }) =>
      `${(node?.outerHTML ?? node?.textContent ?? '').slice(0, 80)}: ${previousRect.y} to ${currentRect.y}`;
    const watched = new PerformanceObserver(list =>
      window.shifts.push(...list.getEntries().map(({ value, sources }) => [value, ...sources.map(source)])));
    window.shifts = [];
    watched.observe({ type: 'layout-shift', buffered: true });
    const frames = left => left ? requestAnimationFrame(() => frames(left - 1)) : window.ready = true;
    frames(3);";
    let moved = "window.shifts.reduce((sum, [value]) => sum + value, 0) < .01 ? [] : window.shifts";
    let guide = sites::guide();
    // A page that leads on is left before it is seen.
    let pages: Vec<String> =
        kinds(guide.built()).into_iter().filter(|page| !guide.built().text(page).contains("redirect.js")).collect();
    let mut found = Vec::new();
    for is_phone in [false, true] {
        if is_phone {
            tab.phone();
        }
        for page in &pages {
            // On a busy machine, a frame may be drawn of a page that is half read: what moves by itself moves every time.
            if !found_on(&tab, page, watch, moved).is_empty() {
                found.extend(found_on(&tab, page, watch, moved));
            }
        }
    }
    assert!(found.is_empty(), "{} things move:\n{}", found.len(), found.join("\n"));
}

#[test]
fn without_scripts_every_kind_of_page_shows_its_content_and_nothing_that_needs_them() {
    let Some(tab) = Tab::new() else { return };
    tab.without_scripts();
    // What style sheets alone can do needs none.
    let idle = "button, select, input:not([disabled], [name=differs]), textarea, [role=button], [role=search], [contenteditable]";
    finds_nothing(&tab, &seen(idle));
    let content = "[...document.querySelectorAll('main h1, main h2')].filter(one => !one.checkVisibility() && !one.closest('details, dialog, [hidden]')) \
                   .map(one => one.outerHTML).concat(find('main').innerText.length > 60 ? [] : ['no words'])";
    finds_nothing(&tab, content);
}

#[test]
fn paper_has_no_controls_and_hides_no_text() {
    let Some(tab) = Tab::new() else { return };
    tab.print();
    finds_nothing(&tab, &seen("nav:not(.book-contents), button, input:not([disabled]), .skip"));
    let folded = "[...document.querySelectorAll('details:not([open], .map-words) > :not(summary)')]
      .filter(one => !one.closest('[hidden]'))
      .filter(one => !one.checkVisibility({ contentVisibilityAuto: true }) || !one.getClientRects().length)
      .map(one => one.outerHTML.slice(0, 120))";
    finds_nothing(&tab, folded);
}

#[test]
fn nothing_moves_for_readers_who_prefer_that() {
    let Some(tab) = Tab::new() else { return };
    let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    tab.device("Emulation.setEmulatedMedia", &calm);
    let moving = "[...document.querySelectorAll('*')].filter(one => ['', '::before', '::after'].some(part => {
      const style = getComputedStyle(one, part);
      return style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) || parseFloat(style.animationDuration) > 0;
    })).map(one => one.outerHTML.slice(0, 120))";
    finds_nothing(&tab, moving);
}

#[test]
fn forced_colours_leave_texts_legible_and_edges_to_what_lies_on_top() {
    let Some(tab) = Tab::new() else { return };
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
    finds_nothing(&tab, faint);
    // All grounds are alike then, so what lies on top of a page, if only at times, has an edge.
    let loose = "[...document.querySelectorAll('body *')].filter(one => {
      const { position, backgroundColor, borderTopWidth, borderBottomWidth } = getComputedStyle(one);
      const floats = ['fixed', 'absolute'].includes(position) && !/, 0\\)$/.test(backgroundColor);
      return floats && !one.matches('a, button, svg *') && [borderTopWidth, borderBottomWidth].includes('0px');
    }).map(one => one.outerHTML.slice(0, 120))";
    finds_nothing(&tab, loose);
}

#[test]
fn the_feed_is_well_formed() {
    let Some(tab) = Tab::new() else { return };
    let feed = sites::guide().built();
    let text = json!(feed.text("feed.xml"));
    tab.run(&format!("window.feed = new DOMParser().parseFromString({text}, 'application/xml');"));
    tab.holds("!window.feed.querySelector('parsererror') && window.feed.documentElement.localName === 'feed'");
    tab.holds("window.feed.documentElement.namespaceURI === 'http://www.w3.org/2005/Atom'");
    tab.holds("[...window.feed.querySelectorAll('entry')].every(entry => ['id', 'title', 'updated'].every(name => entry.querySelector(name)))");
    tab.holds("window.feed.querySelectorAll('entry').length === 50");
}
