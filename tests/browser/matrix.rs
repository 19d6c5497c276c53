//! The matrix, narrowed down as readers do it.

use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;
use stepladder::disk;

use super::Desk;
use super::chromium::Tab;
use super::compare::{odd, on_disk};

/// What a script may ask of the matrix: the levels that are shown, the competencies, and the expectations.
const SEEN: &str = "
const shown = words => [...document.querySelectorAll(words)].filter(one => one.checkVisibility());
const heads = () => shown('.matrix thead th[data-rank]').map(one => one.querySelector('a').innerText).join();
const rows = () => shown('.matrix th[scope=row]').map(one => one.innerText).join();
const lines = () => shown('.matrix li').length;
const counts = () => ['lines', 'rows', 'levels'].map(name => find('.filter-' + name).innerText).join();
";

#[track_caller]
fn shows(tab: &Tab, levels: &str, rows: &str, lines: usize) {
    let seen = tab.run(&format!("{SEEN} return [heads(), rows(), lines()];"));
    assert_eq!(seen, json!([levels, rows, lines]));
    let count = |list: &str| list.split(',').filter(|one| !one.is_empty()).count();
    let said = tab.run(&format!("{SEEN} return counts();"));
    assert_eq!(said, format!("{lines},{},{}", count(rows), count(levels)), "what is said");
}

#[test]
fn a_matrix_is_narrowed_down_and_its_address_brings_that_back() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&odd().tree());
    let page = format!("file://{}/matrix.html", folder.path().display());
    let (all, rows) = ("lead,low,L1 low,mid,top", "People,Craft,Wide,Scaled");
    tab.open(&page);
    tab.until("find('.filter').checkVisibility() && !find('.filter').hidden");
    shows(&tab, all, rows, 13);
    tab.click("[name=track][value=ic]");
    shows(&tab, "L1 low,mid,top", rows, 7);
    // With keys alone: the area, the range, the words.
    tab.run("find('[name=area][value=Making]').focus();");
    tab.press(" ");
    shows(&tab, "L1 low,mid,top", "Craft,Wide", 7);
    tab.run("find('[name=low]').focus();");
    tab.press("2");
    shows(&tab, "mid,top", "Craft,Wide", 3);
    tab.write("[name=text]", "ANOTHER thing");
    shows(&tab, "mid,top", "Craft", 1);
    tab.until("location.search === '?track=ic&area=Making&low=2&text=ANOTHER+thing'");
    tab.open("about:blank");
    tab.open(&format!("{page}?track=ic&area=Making&low=2&text=ANOTHER+thing"));
    tab.until("!find('.filter').hidden");
    shows(&tab, "mid,top", "Craft", 1);
    // Nothing fits.
    tab.write("[name=text]", " nowhere");
    tab.until("find('.filter-empty').checkVisibility()");
    tab.holds("!find('.matrix').checkVisibility() && find('.filter-lines').innerText === '0'");
    tab.run("find('[name=all]').focus();");
    tab.press(&char::from(Key::Enter).to_string());
    shows(&tab, all, rows, 13);
    tab.until("location.search === ''");
    tab.holds("find('[name=text]').value === '' && !find('.filter :checked[type=checkbox]')");
    // What is the same as at the level below gives way to a note.
    tab.click("[name=news]");
    shows(&tab, all, rows, 11);
    let notes = tab.run(&format!("{SEEN} return shown('.matrix-kept').map(one => one.innerText).join();"));
    assert_eq!(notes, "1 as at lead,3 as at low,1 as at mid,As at low");
    tab.holds("find('.filter [role=status]').innerText.includes('Expectations: 11')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_matrix_stays_narrowed_down_while_its_author_writes() {
    let Some(desk) = Desk::new(&odd()) else { return };
    let Desk { folder, tab, .. } = &desk;
    desk.open("matrix.html?track=ic&text=thing");
    shows(tab, "L1 low,mid,top", "Craft,Wide", 2);
    let text =
        folder.read("content/ic/top.md").replace("- Another thing", "- Another thing\n- One more thing\n- And none");
    folder.write("content/ic/top.md", text);
    tab.until("find('.matrix').textContent.includes('And none')");
    tab.until("find('.filter-lines').innerText === '3'");
    shows(tab, "L1 low,mid,top", "Craft,Wide", 3);
    desk.is_same_page();
}

#[test]
fn a_matrix_is_whole_without_scripts_and_made_of_cards_on_a_phone() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&odd().tree());
    let page = format!("file://{}/matrix.html?track=ic&news=1", folder.path().display());
    tab.without_scripts();
    tab.open(&page);
    tab.holds("!find('.filter').checkVisibility()");
    assert_eq!(tab.run(&format!("{SEEN} return [lines(), shown('.matrix-kept').length];")), json!([13, 0]));
    drop(tab);
    let Some(tab) = Tab::new() else { return };
    tab.phone();
    tab.open(&page.replace("&news=1", "").replace("?track=ic", ""));
    tab.until("!find('.filter').hidden");
    tab.holds("!find('[name=text]').checkVisibility() && find('.filter summary').checkVisibility()");
    tab.click(".filter summary");
    tab.click("[name=track][value=ic]");
    tab.holds("document.documentElement.scrollWidth <= 360");
    let cards = "[...document.querySelectorAll('.matrix td')].filter(cell => cell.checkVisibility())";
    assert_eq!(tab.get(&format!("{cards}.length")), 12);
    tab.holds(&format!("{cards}.every(cell => cell.getBoundingClientRect().width > 250)"));
}

#[test]
fn the_headings_of_a_matrix_stay_in_sight() {
    let Some(tab) = Tab::new() else { return };
    let guide = disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a project");
    let (folder, _) = on_disk(&guide);
    // As they come, and at twice the size.
    for (width, height) in [(1280, 900), (960, 540)] {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        tab.device("Emulation.setDeviceMetricsOverride", &size);
        tab.open(&format!("file://{}/matrix.html", folder.path().display()));
        tab.until("!find('.filter').hidden");
        tab.run("find('.matrix-scroll').scrollTo(700, 900);");
        tab.until("find('.matrix-scroll').scrollTop === 900");
        tab.holds("Math.abs(top('.matrix .corner') - top('.matrix-scroll')) < 3");
        tab.holds("Math.abs(top('.matrix thead th:nth-child(4)') - top('.matrix-scroll')) < 3");
        let left = "one => one.getBoundingClientRect().left";
        tab.holds(&format!("(({left})(find('.matrix tbody th[scope=row]'))) === ({left})(find('.matrix-scroll'))"));
        tab.holds("find('.matrix thead').offsetHeight < find('.matrix-scroll').offsetHeight / 2");
        // What gets the focus is not behind them.
        tab.run("find('.matrix tbody:last-child tr:last-child .more').focus();");
        tab.run("find('.matrix tbody:nth-of-type(2) .more').focus();");
        tab.holds("top(':focus') >= find('.matrix thead').getBoundingClientRect().bottom");
    }
}
