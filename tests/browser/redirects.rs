//! Redirects from former addresses: they lead on to the page, with the anchor.

use super::PreviewTab;
use super::chromium::Tab;
use crate::support::Project;

/// A page with two former addresses and a section far down.
fn project() -> Project {
    let words = "Some words that fill the page.\n\n".repeat(60);
    let page = format!("---\ntitle: Moved\naliases: [old, before/old/]\n---\n{words}\n## Scope\n\n{words}");
    Project::new().file("content/new/page.md", &page)
}

#[test]
fn an_anchor_at_a_former_address_leads_to_that_anchor_of_the_page() {
    let Some(tab) = Tab::new() else { return };
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    let site = folder.path("public");
    for former in ["old.html", "before/old/index.html"] {
        tab.open(&format!("file://{}/{former}?x=1#scope", site.display()));
        tab.until("location.pathname.endsWith('/new/page.html') && document.readyState === 'complete'");
        tab.until("location.hash === '#scope' && location.search === '?x=1' && Math.abs(top('#scope')) < 300");
        tab.open("about:blank");
    }
    assert_eq!(tab.console(), Vec::<String>::new());

    // Without scripts, the page is reached all the same.
    tab.without_scripts();
    tab.open(&format!("file://{}/old.html#scope", site.display()));
    tab.until("location.pathname.endsWith('/new/page.html') && find('#scope')");
}

#[test]
fn a_redirect_works_under_a_strict_policy() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { tab, program, .. } = &preview;
    tab.open(&format!("{}before/old/#scope", program.url));
    tab.until("location.pathname === '/new/page.html' && location.hash === '#scope' && Math.abs(top('#scope')) < 300");
    assert_eq!(tab.console(), Vec::<String>::new());
}
