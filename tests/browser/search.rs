//! The search, used as people use it: with keyboard and mouse, from disk and over HTTP, on a phone, and without
//! scripts.

use std::path::Path;

use serde_json::json;
use stepladder::disk;
use stepladder::tree::{File, TreePath};
use tempfile::TempDir;

use super::PreviewTab;
use super::chromium::Tab;
use super::webdriver::key;
use super::{axe, tour};
use crate::sites;
use crate::support::{Project, build};

/// A script that returns the results: for each its kind, title and address.
const FOUND: &str = "[...document.querySelectorAll('[role=option]')].map(option => [
  option.className.split(' search-')[1], option.querySelector('.search-title').innerText, option.getAttribute('href')])";

/// The address of a page of the guide that ships, on disk.
fn page(path: &str) -> String {
    format!("file://{}/{path}", sites::guide().folder().display())
}

/// Writes into the field, over what stands there, and waits for results of just that: the field's own words tell.
fn search(tab: &Tab, words: &str) {
    tab.run("find('sl-search input').value = ''; find('.search-note').textContent = '';");
    tab.write("sl-search input", words);
    tab.until("find('.search-note').textContent && !find('.search-panel').hidden");
}

/// The title of the first result.
fn first(tab: &Tab, words: &str) -> String {
    search(tab, words);
    tab.text(&format!("{FOUND}[0]?.[1] ?? 'nothing'"))
}

#[test]
fn the_guide_is_searched_from_disk_with_the_keyboard_alone() {
    let Some(tab) = Tab::new() else { return };
    tab.open(&page("ic/senior.html"));
    tab.until("find('.search-box').checkVisibility()");
    tab.holds("!find('.search-away').checkVisibility()");

    tab.press("/");
    tab.until("document.activeElement === find('sl-search input')");
    tab.press("staff");
    tab.until("find('sl-search input').getAttribute('aria-expanded') === 'true'");
    assert_eq!(tab.get(&format!("{FOUND}[0]")), json!(["level", "Staff Engineer", "../ic/staff.html"]));
    tab.holds(
        "[...document.querySelectorAll('[role=option]')].slice(0, 8).every(option => option.querySelector('mark'))",
    );
    tab.until("find('sl-search [role=status]').textContent.includes('results')");

    axe::finds_nothing(&tab);

    let current = "document.getElementById(find('sl-search input').getAttribute('aria-activedescendant'))";
    tab.holds("find('sl-search input').getAttribute('aria-activedescendant') === null");
    for (key, place) in
        [(key::DOWN, "first"), (key::UP, "last"), (key::HOME, "first"), (key::END, "last"), (key::DOWN, "first")]
    {
        tab.press(key);
        tab.holds(&format!("{current} === find('[role=option]:{place}-child')"));
        tab.holds(&format!(
            "{current}.ariaSelected === 'true' && document.querySelectorAll('[aria-selected=true]').length === 1"
        ));
    }
    tab.press(key::ESCAPE);
    tab.holds("!find('.search-panel').checkVisibility() && find('sl-search input').value === 'staff'");
    tab.holds("find('sl-search input').getAttribute('aria-expanded') === 'false'");
    tab.press(key::ESCAPE);
    tab.holds("find('sl-search input').value === '' && document.activeElement === find('sl-search input')");

    search(&tab, "race missing index");
    tab.press(key::ENTER);
    tab.until("location.hash && find(':target')");
    tab.holds("find(':target').textContent.includes('a race, a missing index') && top(':target') >= 0");
    tab.holds("!find('.search-panel').checkVisibility()");

    tab.open(&page("ic/senior.html"));
    tab.until("find('.search-box').checkVisibility()");
    tab.run(
        "const field = find('sl-search input');
         field.focus();
         field.value = 'staff';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));
         field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));",
    );
    tab.until("location.pathname.endsWith('/ic/staff.html')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn the_search_finds_what_a_query_means() {
    let Some(tab) = Tab::new() else { return };
    tab.open(&page("index.html"));
    tab.until("find('.search-box').checkVisibility()");
    let meant = [
        ("IC3", "Senior Software Engineer"),
        ("staff+", "Staff Engineer"),
        ("Senior Developer", "Senior Software Engineer"),
        ("senoir developer", "Senior Software Engineer"),
        ("MÉNTÖR", "Mentor"),
        ("mentors", "Growing others"),
        ("collaboraton", "Working across teams"),
        ("scope creep", "Scope creep"),
        ("craft senior", "Craft"),
        ("individual con", "Individual contributor"),
        ("compare senior staff", "Compare: Senior Software Engineer\u{a0}– Staff Engineer"),
        ("ic 3", "Senior Software Engineer"),
        ("ic-3", "Senior Software Engineer"),
        ("oncall", "On-call"),
        ("on call", "On-call"),
        ("staffengineer", "Staff Engineer"),
    ];
    for (words, title) in meant {
        assert_eq!(first(&tab, words), title, "{words}");
    }
    search(&tab, "oncall");
    let joined = "[...document.querySelectorAll('[role=option] mark')].map(mark => mark.textContent.toLowerCase())";
    let joined: Vec<String> = serde_json::from_value(tab.get(joined)).expect("words");
    assert!(joined.iter().any(|words| words == "on-call"), "{joined:?}");
    assert!(joined.iter().any(|words| words == "on call"), "{joined:?}");
    assert_eq!(first(&tab, "codereview"), "nothing", "no two words stand side by side that nobody wrote so");
    let kinds = |words: &str| -> Vec<String> {
        search(&tab, words);
        let found = tab.get(&format!("{FOUND}.map(([kind]) => kind)"));
        serde_json::from_value(found).expect("kinds")
    };
    let engineers = kinds("engineer");
    let levels = engineers.iter().take_while(|kind| *kind == "level").count();
    assert_eq!(levels, 10, "levels of that name come first: {engineers:?}");
    assert_eq!(kinds("promotion case made")[0], "article");
    assert_eq!(kinds("convinces claim weak strong")[0], "section");
    assert_eq!(
        kinds("retrospective nonsenseword").first().map(String::as_str),
        Some("term"),
        "most of the words will do"
    );
    tab.holds("find('.search-note').textContent.includes('most of them')");

    search(&tab, "qqqzzz");
    tab.holds("!find('[role=option]') && find('sl-search input').getAttribute('aria-expanded') === 'false'");
    tab.until("find('sl-search [role=status]').textContent.includes('Nothing found')");
    tab.click(".search-note a");
    tab.until("location.pathname.endsWith('/titles.html')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

/// A small ladder in several scripts, below a sub-path, addressed by folders.
fn multilingual() -> Project {
    let level = "---\nkind: level\ntitle: シニアエンジニア\nrank: 3\ncode: L5\nalso_known_as: [e5, Łukasz]\n---\n";
    Project::new()
        .file("stepladder.yaml", "title: T\nhtml: allow\nurls: directory\nbase_url: https://example.org/guide/\n")
        .file(
            "content/index.md",
            "---\ntitle: Home\n---\n<p><input id=other> <span contenteditable=true id=free>x</span></p>\n",
        )
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/ic/senior.md", &format!("{level}## Craft\n\n- 設計をレビューする <b>&</b> \"x\".\n"))
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\nStraße.\n")
        .file("content/secret.md", "---\ntitle: Unpublished\ndraft: true\n---\nHidden words.\n")
}

#[test]
fn every_script_is_searched_over_http_and_other_fields_keep_their_keys() {
    let Some(preview) = PreviewTab::new(&multilingual()) else { return };
    let PreviewTab { tab, folder, .. } = &preview;
    preview.open("");
    for field in ["#other", "#free"] {
        tab.click(field);
        tab.press("/");
        tab.holds(&format!("document.activeElement === find('{field}')"));
    }
    tab.holds("find('#other').value === '/' && find('#free').textContent.includes('/')");
    let loaded = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/search-index.js'))";
    tab.holds(&format!("!{loaded}"));
    for words in ["L5", "e5", "lukasz", "シニア", "ニアエン"] {
        assert_eq!(first(tab, words), "シニアエンジニア", "{words}");
    }
    tab.holds(loaded);
    assert_eq!(first(tab, "レビュー"), "設計をレビューする & \"x\".");
    assert_eq!(tab.text("find('[role=option] mark').textContent"), "レビュー");
    assert_eq!(first(tab, "strasse"), "Craft");
    assert_eq!(first(tab, "unpublished hidden"), "nothing");
    search(tab, "レビュー");
    tab.click("[role=option]");
    tab.until("location.pathname === '/guide/ic/senior/' && find(':target')?.matches('.lines > li')");

    for words in ["ビュ", "計をレ", "する"] {
        assert_eq!(first(tab, words), "設計をレビューする & \"x\".", "{words}");
    }

    // What the preview changes around it leaves the search as it is.
    preview.settle();
    assert_eq!(first(tab, "L5"), "シニアエンジニア");
    folder.write("content/ic/senior.md", "---\nkind: level\ntitle: Other\nrank: 3\n---\n## Craft\n\n- New words.\n");
    tab.until("find('h1').innerText === 'Other'");
    tab.holds("find('sl-search input').value === 'L5' && !!find('[role=option]')");
    assert_eq!(first(tab, "new words"), "New words.", "the index is the new one");
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_piece_of_a_sentence_without_spaces_finds_it() {
    let Some(tab) = Tab::new() else { return };
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/languages");
    let mut project = disk::read(&golden).expect("a golden project");
    // In the theme that ships, which has the search.
    project.insert(TreePath::normalized("stepladder.yaml"), File::from("title: T\nlanguage: he\n".to_owned()));
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&build(&project, false).files, &folder.path().join("site"), false).expect("the site is written");
    tab.open(&format!("file://{}/site/index.html", folder.path().display()));
    tab.until("find('.search-box').checkVisibility()");
    for words in ["合意", "意を得", "まとめ", "書にま", "チーム"] {
        search(&tab, words);
        let found = tab.text(&format!("{FOUND}.map(([kind, title]) => kind + ': ' + title).join('; ')"));
        assert!(found.contains("expectation: 設計を文書にまとめ"), "{words}: {found}");
        assert_eq!(tab.text("find('[role=option] mark').textContent"), words);
    }
}

#[test]
fn a_phone_has_room_for_it_and_without_scripts_there_is_a_link() {
    let Some(tab) = Tab::new() else { return };
    let page = page("ic/senior.html");
    tab.phone();
    tab.open(&page);
    tab.until("find('.search-box').checkVisibility()");
    let header = tab.get("find('.site-header').offsetHeight");
    tab.holds("find('.search').offsetWidth === 44 && find('.search').offsetHeight === 44");
    tab.click("sl-search input");
    assert_eq!(tab.get("find('.site-header').offsetHeight"), header, "nothing moves");
    tab.holds("find('sl-search input').offsetWidth > 300");
    search(&tab, "communication");
    axe::finds_nothing(&tab);
    tab.holds("(({ left, right }) => left >= 0 && right <= innerWidth)(find('.search-panel').getBoundingClientRect())");
    tab.holds("document.documentElement.scrollWidth <= innerWidth");
    tab.run("find('sl-search input').blur()");
    tab.holds("!find('.search-panel').checkVisibility() && find('sl-search input').offsetWidth === 44");

    tab.without_scripts();
    tab.open(&page);
    assert_eq!(tab.get("find('.site-header').offsetHeight"), header, "the script moves nothing");
    tab.holds("!find('.search-box').checkVisibility()");
    tab.click(".search-away");
    tab.until("location.pathname.endsWith('/titles.html')");
}

#[test]
fn an_index_that_is_missing_is_reported() {
    let Some(tab) = Tab::new() else { return };
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&sites::guide().built().files, folder.path(), false).expect("the site is written");
    let index = folder.path().join("assets/search-index.js");
    let text = std::fs::read(&index).expect("the index");
    std::fs::remove_file(&index).expect("the index can go");
    tab.open(&format!("file://{}/index.html", folder.path().display()));
    tab.until("find('.search-box').checkVisibility()");
    search(&tab, "staff");
    tab.holds("find('.search-note').textContent.includes('could not be loaded') && !!find('.search-note a')");
    std::fs::write(&index, text).expect("the index is back");
    assert_eq!(first(&tab, "staff"), "Staff Engineer");
    let said = tab.console();
    assert!(said.iter().all(|line| line.contains("ERR_FILE_NOT_FOUND")), "{said:?}");
}

#[test]
fn the_index_of_the_guide_is_small() {
    let Some(preview) = PreviewTab::new(&tour::guide()) else { return };
    preview.open("");
    preview.tab.run(
        "(async () => {
          const { body } = await fetch('assets/search-index.js');
          const packed = await new Response(body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
          window.packed = packed.byteLength;
        })();",
    );
    preview.tab.until("window.packed > 0");
    let packed = preview.tab.get("packed").as_u64().expect("a size");
    assert!((20_000..80_000).contains(&packed), "{packed} bytes");
}
