//! The live preview: what changes on disk changes in the open page, and nothing else does.

use std::fs;

use super::{PreviewTab, long, project};
use crate::serve::program::Program;
use crate::support::Project;

/// Keeps a list of what changes in the page from here on.
const WATCH: &str = "
window.changes = [];
const name = node => node.id || node.parentElement?.id || node.nodeName;
new MutationObserver(list => list.forEach(({ target }) => changes.push(name(target)))).observe(
  document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
";

#[test]
fn a_page_looks_as_it_does_where_it_is_published() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { tab, .. } = &preview;
    preview.open("long.html");
    let looks = "(() => [...document.querySelectorAll('body *')].map(element => {
        const { margin, padding, font, color, boxSizing, textDecoration, listStyle } = getComputedStyle(element);
        return [margin, padding, font, color, boxSizing, textDecoration, listStyle].join();
      }).join('|'))()";
    let before = tab.get(looks);
    tab.run("find('link[href$=\"preview.css\"]').sheet.disabled = true");
    assert_eq!(tab.get(looks), before, "what the preview adds means nothing to the page");
}

#[test]
fn an_edit_shows_in_place_and_all_that_the_reader_did_stays() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("long.html");
    tab.click("main summary");
    tab.click("#box");
    tab.write("#field", ", and typed");
    tab.run("find('#field').setSelectionRange(3, 7); find('#p48').scrollIntoView({ behavior: 'instant' });");
    let place = tab.get("[top('#p48'), scrollY]");
    assert!(place[1].as_f64().is_some_and(|down| down > 1000.0), "the page is scrolled: {place}");

    folder.write("content/long.md", long("two", "First words."));
    tab.until("find('#p50').textContent.startsWith('Paragraph 50, two.')");
    assert_eq!(tab.get("[top('#p48'), scrollY]"), place, "the page stays where it is");

    let lead = "More words, and a list:\n\n- one\n- two\n\n".repeat(30);
    folder.write("content/long.md", long("three", &lead));
    tab.until("find('#p50').textContent.startsWith('Paragraph 50, three.')");
    // What the reader looks at stays, although the text above grew.
    tab.holds(&format!("Math.abs(top('#p48') - {}) < 1", place[0]));
    assert_ne!(tab.get("scrollY"), place[1]);

    tab.holds("find('main details').open && find('#box').checked");
    assert_eq!(tab.text("find('#field').value"), "as written, and typed");
    assert_eq!(
        tab.get("[document.activeElement.id, find('#field').selectionStart, find('#field').selectionEnd]").to_string(),
        "[\"field\",3,7]"
    );
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_page_that_did_not_change_is_not_touched() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("long.html");
    tab.run(WATCH);
    for number in 0..3 {
        let rounds = tab.get("rounds()");
        folder.write("content/about.md", format!("---\ntitle: About\n---\nOther words {number}.\n"));
        tab.until(&format!("rounds() > {rounds}"));
        assert_eq!(tab.get("changes").to_string(), "[]");
    }
    folder.write("content/long.md", long("two", "First words."));
    tab.until("changes.length");
    assert_eq!(tab.get("changes").to_string(), "[\"p50\"]", "one text changes, where it changed");
    preview.is_same_page();
}

#[test]
fn a_style_sheet_is_exchanged_in_place() {
    let sheet = |colour: &str| format!("h1 {{ color: {colour} }}");
    let theme = "name: ours\nstepladder: \">=0.1, <0.2\"\n";
    let project = project()
        .file("stepladder.yaml", "title: Test\nhtml: allow\ntheme: ours\n")
        .file("themes/ours/theme.yaml", theme)
        .file("themes/ours/assets/style.css", &sheet("rgb(1, 2, 3)"));
    let Some(preview) = PreviewTab::new(&project) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    tab.until("getComputedStyle(find('h1')).color === 'rgb(1, 2, 3)'");
    for number in [4, 5] {
        let colour = format!("rgb(1, 2, {number})");
        folder.write("themes/ours/assets/style.css", sheet(&colour));
        tab.until(&format!("getComputedStyle(find('h1')).color === '{colour}'"));
        tab.until("document.querySelectorAll('head link[href*=\"assets/style.css\"]').length === 1");
    }
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_page_that_moves_takes_its_reader_along() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("");
    tab.click("main a[href='about.html']");
    preview.settle();
    let is_at = |path: &str, words: &str| {
        tab.until(&format!("location.pathname === '{path}' && find('main').innerText.includes('{words}')"));
        preview.is_same_page();
    };
    folder.write("content/about.md", "---\ntitle: About\nslug: us\n---\nWith a slug.\n");
    is_at("/us.html", "With a slug.");
    let text = "---\ntitle: About\n---\nWithout a slug.\n";
    folder.write("content/about.md", text);
    is_at("/about.html", "Without a slug.");
    fs::create_dir_all(folder.path("content/deep/er")).expect("a folder");
    fs::rename(folder.path("content/about.md"), folder.path("content/deep/er/people.md")).expect("another name");
    is_at("/deep/er/people.html", "Without a slug.");
    folder.write("content/deep/er/people.md", text.replace("Without", "Again without"));
    is_at("/deep/er/people.html", "Again without a slug.");
    tab.until("document.styleSheets.length && getComputedStyle(document.body).margin === '0px'");

    tab.back();
    tab.until("location.pathname === '/' && find('main').innerText.includes('Welcome')");
    tab.until("find('main a').getAttribute('href') === 'deep/er/people.html'");
    tab.click("main a");
    tab.until("location.pathname === '/deep/er/people.html'");
    tab.click("header a[href='../../index.html']");
    tab.until("find('main').innerText.includes('Welcome')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_page_that_is_gone_stays_and_goes_on_when_it_is_back() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    folder.write("content/other.md", "---\ntitle: Other\n---\nOther words.\n");
    preview.open("about.html");
    tab.until("find('footer').innerText.includes('Other')");
    preview.open("other.html");
    folder.remove("content/other.md");
    tab.until("seen('gone')?.includes('no longer exists')");
    tab.holds("find('main').innerText.includes('Other words.')");
    folder.write("content/other.md", "---\ntitle: Other\n---\nNew words.\n");
    tab.until("seen('gone') === null && find('main').innerText.includes('New words.')");
    preview.is_same_page();
}

#[test]
fn an_open_page_survives_a_restart() {
    let Some(mut preview) = PreviewTab::new(&project()) else { return };
    preview.open("about.html");
    let port = preview.program.address.port().to_string();
    preview.program.stop();
    preview.tab.until("seen('away')?.includes('running')");
    preview.folder.write("content/about.md", "---\ntitle: About\n---\nWritten meanwhile.\n");
    preview.program = Program::start(&preview.folder, &["--port", &port]);
    assert_eq!(preview.program.address.port().to_string(), port);
    preview.tab.until("find('main').innerText.includes('Written meanwhile.') && seen('away') === null");
    preview.is_same_page();
    preview.folder.write("content/about.md", "---\ntitle: About\n---\nWritten later.\n");
    preview.tab.until("find('main').innerText.includes('Written later.')");
    preview.is_same_page();
}

/// Opens pages of a site, whose addresses are given for the pages about and 404, and edits them.
fn works_at(configuration: &str, path: &str, about: &str, nowhere: &str) {
    let with = |title: &str| format!("title: {title}\nhtml: allow\n{configuration}");
    let project: Project = project().file("stepladder.yaml", &with("Test"));
    let Some(preview) = PreviewTab::new(&project) else { return };
    let PreviewTab { folder, program, tab } = &preview;
    assert_eq!(program.url, format!("http://{}{path}", program.address));
    let is_styled = || tab.until("getComputedStyle(document.body).margin === '0px'");

    tab.open(&format!("http://{}/", program.address));
    preview.settle();
    assert_eq!(tab.text("location.pathname"), path);
    is_styled();
    tab.click("main a");
    preview.settle();
    assert_eq!(tab.text("location.pathname"), format!("{path}{about}"));
    is_styled();
    folder.write("content/about.md", "---\ntitle: About\n---\nOther words.\n");
    tab.until("find('main').innerText.includes('Other words.')");
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new(), "{configuration}");

    preview.open(nowhere);
    is_styled();
    tab.holds("find('main').innerText.includes('no page at this address')");
    folder.write("stepladder.yaml", with("Renamed"));
    tab.until("document.title.includes('Renamed') && find('main').innerText.includes('Renamed')");
    preview.is_same_page();
    let said = tab.console();
    assert!(said.iter().all(|line| line.contains("status of 404")), "{configuration}: {said:#?}");
    let source = format!("content/{}.md", nowhere.trim_end_matches(".html").trim_end_matches('/'));
    folder.write(&source, "---\ntitle: Found\n---\nHere it is.\n");
    tab.until("find('main').innerText.includes('Here it is.')");
}

#[test]
fn it_works_at_the_top() {
    works_at("", "/", "about.html", "not/here.html");
}

#[test]
fn it_works_below_a_sub_path() {
    works_at("base_url: https://example.org/guide/\n", "/guide/", "about.html", "not/here.html");
}

#[test]
fn it_works_with_addresses_of_folders() {
    works_at("base_url: https://example.org/guide/\nurls: directory\n", "/guide/", "about/", "not/here/");
    works_at("urls: directory\n", "/", "about/", "not/here/");
}

#[test]
fn what_scripts_have_loaded_is_loaded_anew_after_a_rebuild() {
    let level = |rank: u8, craft: &str| {
        format!("---\nkind: level\ntitle: Level {rank}\nrank: {rank}\n---\n## Craft\n\n- {craft}\n")
    };
    let project = project()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/ic/one.md", &level(1, "Writes tests."))
        .file("content/ic/two.md", &level(2, "Designs services."));
    let Some(preview) = PreviewTab::new(&project) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("compare/?from=one&to=two");
    preview.settle();
    let shows = |words: &str| tab.until(&format!("find('.choose-result').innerText.includes('{words}')"));
    shows("Designs services.");
    let search = |words: &str, found: &str| {
        tab.run("find('sl-search input').value = ''");
        tab.write("sl-search input", words);
        tab.until(&format!("find('.search-panel').innerText.includes('{found}')"));
    };
    search("wholly", "Nothing found");
    folder.write("content/ic/two.md", level(2, "Reads something wholly other."));
    tab.until("rounds() > 1");
    search("wholly", "Reads something");
    tab.click("[name=swap]");
    tab.click("[name=swap]");
    shows("Reads something wholly other.");
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}
