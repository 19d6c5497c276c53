//! The browser as other readers have it: what tests say of it is true.

use std::fs;

use tempfile::TempDir;

use super::chromium::Tab;
use super::webdriver::key;

/// A page that tells what it was shown on.
const PAGE: &str =
    "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Plain</title>
<body><noscript>Without.</noscript><button>Push</button><script>document.documentElement.dataset.script = 'ran'</script>
<script>document.querySelector('button').onclick = ({ target }) => { target.textContent = 'Pushed'; }</script>";

#[test]
fn other_devices_are_what_they_are_called() {
    let Some(tab) = Tab::new() else { return };
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("page.html"), PAGE).expect("the page is written");
    let open = || tab.open(&format!("file://{}/page.html", folder.path().display()));
    let wide = "innerWidth > 900 && matchMedia('screen and (prefers-color-scheme: light)').matches";

    open();
    tab.holds(wide);
    tab.holds("document.documentElement.dataset.script === 'ran'");
    tab.press(key::TAB);
    tab.press(key::ENTER);
    tab.holds("find('button').textContent === 'Pushed'");

    tab.phone();
    open();
    tab.holds("innerWidth === 360 && document.documentElement.clientWidth === 360");
    tab.dark();
    tab.holds("matchMedia('(prefers-color-scheme: dark)').matches");
    tab.print();
    tab.holds("matchMedia('print').matches");

    tab.without_scripts();
    open();
    tab.holds("!document.documentElement.dataset.script && document.title === 'Plain'");
    tab.holds("find('noscript').innerText === 'Without.'");
    tab.click("button");
    tab.holds("find('button').textContent === 'Push'");

    drop(tab);
    let tab = Tab::new().expect("the browser is still here");
    tab.open(&format!("file://{}/page.html", folder.path().display()));
    tab.holds(wide);
    tab.holds("document.documentElement.dataset.script === 'ran'");
}
