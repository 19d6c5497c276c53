//! Scripts for links: buttons that copy the address of a place, and the meanings of terms.

use serde_json::{Value, json};

use super::PreviewTab;
use super::chromium::Tab;
use super::webdriver::key;
use crate::support::Project;

/// A level with an expectation that links to a term, and an article that does so near the end of a line.
fn project() -> Project {
    let words = "Some words that fill the line. ".repeat(40);
    Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome.\n")
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file(
            "content/ic/senior.md",
            "---\nkind: level\ntitle: Senior\nrank: 3\n---\n## Craft\n\n- Keeps [[toil]] low. {#low}\n- Tests it.\n",
        )
        .file("content/glossary/toil.md", "---\nkind: term\ntitle: Toil\nsummary: Work that <b>comes</b> back.\n---\n")
        .file("content/glossary/bare.md", "---\nkind: term\ntitle: Bare\n---\nNo [summary](../index.md) here. More.\n")
        .file(
            "content/advice.md",
            &format!(
                "---\ntitle: Advice\n---\n{words}\n\n[[toil]] and [[bare]], and [[senior]].\n\n## Part\n\n{words}\n"
            ),
        )
}

/// Puts the pointer on an element.
fn point(tab: &Tab, words: &str) {
    let place =
        tab.get(&format!("(({{ x, y, height }}) => [x + 8, y + height / 2])(find('{words}').getClientRects()[0])"));
    move_to(tab, &place);
}

/// Moves the pointer.
fn move_to(tab: &Tab, place: &Value) {
    tab.device("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": place[0], "y": place[1] }));
}

/// The copied text, read by pasting it into the search.
fn pasted(tab: &Tab) -> String {
    tab.run("find('sl-search input').value = ''");
    tab.write("sl-search input", &format!("{}v", key::CONTROL));
    tab.text("find('sl-search input').value")
}

#[test]
fn the_address_of_a_place_is_copied() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { tab, folder, program } = &preview;
    preview.open("ic/senior.html");
    tab.until("find('#low > .copy-link')");
    point(tab, "#low");
    tab.holds("getComputedStyle(find('#low > .copy-link')).opacity === '1'");
    tab.click("#low > .copy-link");
    tab.until("find('.copy-note').innerText === 'Link copied'");
    assert_eq!(pasted(tab), format!("{}ic/senior.html#low", program.url));

    // With the keyboard: one stop for each expectation. A heading keeps its name.
    tab.run("find('#tests-it > .copy-link').focus()");
    tab.holds("getComputedStyle(find('#tests-it > .copy-link')).opacity === '1'");
    tab.press(key::ENTER);
    tab.until("find('.copy-note').innerText === 'Link copied'");
    assert_eq!(pasted(tab), format!("{}ic/senior.html#tests-it", program.url));
    tab.holds("find('#craft').ariaLabel === 'Craft' && !!find('#craft > .copy-link')");
    // Each button says what it is for.
    let told = "document.getElementById(find('#low > .copy-link').getAttribute('aria-describedby')).textContent";
    assert_eq!(tab.text(told), "Keeps Toil low.");

    // Where there is no clipboard: the old way, and then by hand.
    tab.run("Object.defineProperty(navigator, 'clipboard', { value: undefined });");
    tab.click("#low > .copy-link");
    tab.until("find('.copy-note').innerText === 'Link copied'");
    assert_eq!(pasted(tab), format!("{}ic/senior.html#low", program.url));
    tab.run("document.execCommand = () => false;");
    tab.click("#low > .copy-link");
    tab.until("find('.copy-note input')?.value.endsWith('senior.html#low')");
    tab.holds("document.activeElement === find('.copy-note input') && document.activeElement.selectionEnd > 9");
    tab.press(key::ESCAPE);
    let closed = "find('.copy-note').childElementCount === 0 && document.activeElement === find('#low > .copy-link')";
    tab.holds(closed);
    tab.press(key::ENTER);
    tab.until("find('.copy-note input')");
    tab.click(".copy-close");
    tab.holds(closed);

    folder
        .write("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 3\n---\n## Craft\n\n- Newly written.\n");
    tab.until("find('#newly-written > .copy-link') && !find('#low')");
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());

    tab.without_scripts();
    tab.open(&format!("{}ic/senior.html", program.url));
    tab.holds("!find('.copy-link') && find('#newly-written').checkVisibility()");
    tab.holds("!find('.copy-note')");
}

#[test]
fn a_term_is_explained_while_its_link_is_pointed_at_or_has_the_focus() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { tab, .. } = &preview;
    preview.open("advice.html");
    let (toil, tip) = ("main p a[href*=\"toil\"]", "find('.term-tip')");
    let said =
        "find('.term-tip').checkVisibility() && find('.term-tip').innerText.includes('Work that <b>comes</b> back.')";
    tab.run(&format!("find('{toil}').scrollIntoView({{ block: 'center' }})"));
    let loaded = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/assets/terms.js'))";
    tab.holds(&format!("!{loaded}"));
    point(tab, toil);
    tab.until(said);
    tab.holds(loaded);
    tab.holds(&format!("find('{toil}').getAttribute('aria-describedby') === find('[role=tooltip]').id"));
    let inside =
        "(({ left, right, top, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight)";
    tab.holds(&format!("{inside}({tip}.getBoundingClientRect())"));

    // It can be pointed at, and goes with Escape without anything being left.
    point(tab, ".term-tip");
    tab.run("window.later = false; setTimeout(() => { window.later = true; }, 500);");
    tab.until("window.later");
    tab.holds(said);
    tab.press(key::ESCAPE);
    tab.holds(&format!("!{tip}.checkVisibility() && !find('{toil}').hasAttribute('aria-describedby')"));

    point(tab, "main p a[href*=\"bare\"]");
    tab.until(&format!("{tip}.innerText.includes('No summary here.') && !{tip}.innerText.includes('More')"));
    move_to(tab, &json!([3, 3]));
    tab.until(&format!("!{tip}.checkVisibility()"));

    tab.run("find('main p').tabIndex = -1; find('main p').focus();");
    tab.press(key::TAB);
    tab.until(said);
    tab.press(key::TAB);
    tab.until(&format!("{tip}.innerText.includes('No summary')"));
    // A link that is only brushed does not take its place.
    tab.run("find('main p a[href*=\"toil\"]').scrollIntoView({ block: 'center' })");
    point(tab, toil);
    move_to(tab, &json!([3, 3]));
    tab.run("window.later = false; setTimeout(() => { window.later = true; }, 500);");
    tab.until("window.later");
    tab.holds(&format!("{tip}.innerText.includes('No summary')"));
    tab.press(key::TAB);
    tab.until(&format!("!{tip}.checkVisibility()"));
    tab.holds("document.activeElement.textContent === 'Senior'");

    tab.phone();
    preview.open("advice.html");
    tab.run(&format!("find('{toil}').scrollIntoView({{ block: 'end' }})"));
    point(tab, toil);
    tab.until(said);
    tab.holds(&format!("{inside}({tip}.getBoundingClientRect()) && top('.term-tip') < top('{toil}')"));
    tab.print();
    tab.holds("!find('.term-tip').checkVisibility() && !find('.copy-link').checkVisibility()");
    assert_eq!(tab.console(), Vec::<String>::new());
}
