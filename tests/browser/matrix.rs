//! The matrix, narrowed down as readers do it.

use serde_json::json;

use super::PreviewTab;
use super::axe;
use super::chromium::Tab;
use super::compare::{on_disk, varied_ladder};
use super::webdriver::key;
use crate::sites;
use crate::support::Project;

/// Functions for scripts that return the shown levels, competencies and expectations of the matrix.
const SEEN: &str = "
const shown = words => [...document.querySelectorAll(words)].filter(one => one.checkVisibility());
const heads = () => shown('.matrix thead th[data-rank]').map(one => one.querySelector('a').innerText).join();
const rows = () => shown('.matrix th[scope=row]').map(one => one.innerText).join();
const lines = () => shown('.matrix td > ul > li').length;
const found = () => shown('.matrix-found').map(one =>
  [one.closest('td').dataset.label, one.querySelector('a').firstChild.data, ...[...one.querySelectorAll('li')].map(line => line.innerText)].join(' | '));
const counts = () => ['lines', 'rows', 'levels'].map(name => find('.filter-' + name).innerText).join();
";

/// [`varied_ladder`], with a foundation that has no column in any matrix, and a level that builds on one of another
/// track.
fn built_up() -> Project {
    let (ladder, craft) = (varied_ladder(), "## Craft\n- Writes good tests for the code of other teams 🎉\n");
    ladder.file("content/all.md", "---\nkind: level\ntitle: all\nabstract: true\n---\n## Craft\n- Keeps *secrets*\n\n## Scaled\n- Hums one\n- Hums two\n- Hums three\n- Hums four\n- Hums five\n- Hums six\n")
        .file("content/ic/mid.md", &format!("---\nkind: level\ntitle: mid\nrank: 2\nextends: [ic/low, all]\n---\n{craft}"))
        .file(
            "content/boss/lead.md",
            "---\nkind: level\ntitle: lead\nrank: 3\nextends: ic/mid\n---\n## People\n- Leads\n\n## Craft\n- Keeps secrets\n",
        )
}

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
    let (folder, _) = on_disk(&varied_ladder().tree());
    let page = format!("file://{}/matrix.html", folder.path().display());
    let (all, rows) = ("lead,low,L1 low,mid,top", "People,Craft,Wide,Scaled");
    tab.open(&page);
    tab.until("find('.filter').checkVisibility() && !find('.filter').hidden");
    shows(&tab, all, rows, 18);
    // No level of this track has expectations of people.
    tab.click("[name=track][value=ic]");
    shows(&tab, "L1 low,mid,top", "Craft,Wide,Scaled", 8);
    // With keys alone: the area, the range, the words.
    tab.run("find('[name=area][value=Making]').focus();");
    tab.press(" ");
    shows(&tab, "L1 low,mid,top", "Craft,Wide", 8);
    tab.run("find('[name=low]').focus();");
    tab.press("2");
    shows(&tab, "mid,top", "Craft,Wide", 4);
    tab.write("[name=text]", "ANOTHER thing");
    shows(&tab, "mid,top", "Craft", 1);
    tab.until("location.search === '?track=ic&area=Making&low=2&text=ANOTHER+thing'");
    tab.open("about:blank");
    tab.open(&format!("{page}?track=ic&area=Making&low=2&text=ANOTHER+thing"));
    tab.until("!find('.filter').hidden");
    shows(&tab, "mid,top", "Craft", 1);
    axe::finds_nothing(&tab);
    // It stays one place to come back to, but what one has left for a part of the page is there again.
    tab.click("[name=news]");
    tab.until("location.search.endsWith('&news=1')");
    tab.run("location.hash = 'sl-main';");
    tab.click("[name=news]");
    tab.until("!location.search.endsWith('&news=1')");
    tab.back();
    tab.until("location.search.endsWith('&news=1') && find('[name=news]').checked");
    tab.back();
    tab.until("location.href === 'about:blank'");
    tab.open(&format!("{page}?track=ic&area=Making&low=2&text=ANOTHER+thing"));
    tab.until("!find('.filter').hidden");
    // Nothing fits.
    tab.write("[name=text]", " nowhere");
    tab.until("find('.filter-empty').checkVisibility()");
    tab.holds("!find('.matrix').checkVisibility() && find('.filter-lines').innerText === '0'");
    tab.run("find('[name=all]').focus();");
    tab.press(key::ENTER);
    shows(&tab, all, rows, 18);
    tab.until("location.search === ''");
    tab.holds("find('[name=text]').value === '' && !find('.filter :checked[type=checkbox]')");
    // What is the same as at the level below gives way to a note.
    tab.click("[name=news]");
    shows(&tab, all, rows, 15);
    let diagnostics = tab.run(&format!("{SEEN} return shown('.matrix-kept').map(one => one.innerText).join();"));
    assert_eq!(diagnostics, "1 as at lead,3 as at low,1 as at mid,As at low");
    tab.holds("find('.filter [role=status]').innerText.includes('Expectations: 15')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_matrix_stays_narrowed_down_while_its_author_writes() {
    let Some(preview) = PreviewTab::new(&built_up()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("matrix.html?track=ic&text=thing");
    shows(tab, "L1 low,mid,top", "Craft,Wide", 2);
    let text =
        folder.read("content/ic/top.md").replace("- Another thing", "- Another thing\n- One more thing\n- And none");
    folder.write("content/ic/top.md", text);
    tab.until("find('.matrix').textContent.includes('And none')");
    tab.until("find('.filter-lines').innerText === '3'");
    shows(tab, "L1 low,mid,top", "Craft,Wide", 3);
    // What stands in no cell is kept up to date as well.
    let text = folder.read("content/all.md");
    folder.write("content/all.md", text.replace("secrets*", "secrets*\n- Keeps the smallest thing"));
    tab.until("find('.filter-lines').innerText === '4'");
    assert_eq!(
        tab.run(&format!("{SEEN} return found();")),
        json!(["mid | 1 of 5 from below | Keeps the smallest thing", "mid | 1 of 1 from below | A thing"])
    );
    preview.is_same_page();
}

#[test]
fn words_are_found_in_what_a_level_builds_on_in_any_matrix() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&built_up().tree());
    let open = |page: &str| {
        tab.open(&format!("file://{}/{page}", folder.path().display()));
        tab.until("find('.filter').checkVisibility() && !find('.filter').hidden");
    };
    let found = || tab.run(&format!("{SEEN} return found();"));
    let said = || tab.run(&format!("{SEEN} return counts();"));
    open("matrix.html?text=tests");
    shows(&tab, "lead,low,L1 low,mid,top", "Craft", 2);
    let (tests, good) = ("Writes tests for the code of the team", "Writes good tests for the code of other teams 🎉");
    assert_eq!(
        found(),
        json!([format!("lead | 2 of 4 from below | {tests} | {good}"), format!("mid | 1 of 4 from below | {tests}"),])
    );
    tab.holds("find('.matrix-found a').href.endsWith('/boss/lead.html#craft')");
    // What is the same as below stays hidden; what comes with the first level of a track is new.
    tab.click("[name=news]");
    assert_eq!(found(), json!([format!("lead | 2 of 4 from below | {tests} | {good}")]));
    tab.click("[name=news]");
    // The column it stands in is not shown, or there is none; what a level says again is not said twice.
    tab.click("[name=track][value=boss]");
    assert_eq!((found(), said()), (json!([format!("lead | 2 of 4 from below | {tests} | {good}")]), json!("2,1,2")));
    open("matrix.html?text=secrets");
    assert_eq!((found(), said()), (json!(["mid | 1 of 4 from below | Keeps secrets"]), json!("2,1,5")));
    // Of many the number is said alone.
    open("matrix.html?text=hums");
    assert_eq!((found(), said()), (json!(["mid | 6 of 6 from below"]), json!("6,1,5")));
    open("matrix.html?text=hums+f");
    assert_eq!(found(), json!(["mid | 2 of 6 from below | Hums four | Hums five"]));
    // A competency that is called so is shown whole.
    open("matrix.html?text=craft");
    assert_eq!((found(), said()), (json!([]), json!("7,1,5")));
    tab.holds("find('.matrix .more').checkVisibility()");

    // The matrix of a track: by area, levels and words.
    open("boss/index.html");
    shows(&tab, "lead,low", "People,Craft,Wide", 7);
    tab.holds("!find('[name=track]') && !find('.matrix th ul').checkVisibility()");
    tab.click("[name=area][value=Making]");
    shows(&tab, "lead,low", "Craft,Wide", 1);
    tab.run("find('[name=high]').focus();");
    tab.press("3");
    shows(&tab, "lead", "Craft,Wide", 1);
    // Few columns take the whole width, so that no line runs over nothing.
    tab.holds("find('.matrix').offsetWidth >= find('.matrix-scroll').clientWidth");
    tab.write("[name=text]", "a THING");
    assert_eq!((found(), said()), (json!(["lead | 1 of 1 from below | A thing"]), json!("1,1,1")));
    tab.until("location.search === '?area=Making&high=3&text=a+THING'");
    // Of levels without a column the nearest comes first.
    open("boss/index.html?text=team");
    assert_eq!(found(), json!([format!("lead | 2 of 4 from below | {good} | {tests}")]));
    assert_eq!(said(), "3,2,2");

    // On a phone a level without a hit is not named.
    tab.phone();
    open("matrix.html?text=tests");
    let named = "[...document.querySelectorAll('.matrix td')].filter(cell => cell.checkVisibility()).map(cell => cell.dataset.label).join()";
    assert_eq!(tab.text(named), "lead,L1 low,mid");
    open("matrix.html?text=craft");
    assert_eq!(tab.text(named), "lead,low,L1 low,mid,top");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_matrix_is_whole_without_scripts_and_made_of_cards_on_a_phone() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&varied_ladder().tree());
    let page = format!("file://{}/matrix.html?track=ic&news=1", folder.path().display());
    tab.without_scripts();
    tab.open(&page);
    tab.holds("!find('.filter').checkVisibility()");
    assert_eq!(tab.run(&format!("{SEEN} return [lines(), shown('.matrix-kept').length];")), json!([18, 0]));
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
    assert_eq!(tab.get(&format!("{cards}.length")), 9);
    tab.holds(&format!("{cards}.every(cell => cell.getBoundingClientRect().width > 250)"));
}

#[test]
fn the_headings_of_a_matrix_stay_in_sight() {
    let Some(tab) = Tab::new() else { return };
    let folder = sites::guide().folder();
    // As they come, and at twice the size.
    for (width, height) in [(1280, 900), (960, 540)] {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        tab.device("Emulation.setDeviceMetricsOverride", &size);
        tab.open(&format!("file://{}/matrix.html", folder.display()));
        tab.until("!find('.filter').hidden");
        tab.run("find('.matrix-scroll').scrollTo(700, 900);");
        tab.until("find('.matrix-scroll').scrollTop === 900");
        tab.holds("Math.abs(top('.matrix .corner') - top('.matrix-scroll')) < 3");
        tab.holds("Math.abs(top('.matrix thead th:nth-child(4)') - top('.matrix-scroll')) < 3");
        let left = "one => one.getBoundingClientRect().left";
        tab.holds(&format!("(({left})(find('.matrix tbody th[scope=row]'))) === ({left})(find('.matrix-scroll'))"));
        tab.holds("find('.matrix thead').offsetHeight < find('.matrix-scroll').offsetHeight / 2");
        // What gets the focus is not behind them.
        tab.run("[...document.querySelectorAll('.matrix .more')].at(-1).focus();");
        tab.run("find('.matrix tbody .more').focus();");
        tab.holds("top(':focus') >= find('.matrix thead').getBoundingClientRect().bottom");
    }
}
