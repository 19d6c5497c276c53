//! Problems in the open page: errors over it, warnings as a quiet count.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{PreviewTab, project};

/// A page with some words.
fn about(words: &str) -> String {
    format!("---\ntitle: About\n---\n\n{words}\n")
}

#[test]
fn an_error_is_shown_over_the_last_good_page_until_it_is_fixed() {
    let project = project().file("stepladder.yaml", "title: Test\nhtml: allow\neditor: vscode\n");
    let Some(preview) = PreviewTab::new(&project) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    tab.holds("seen('panel') === null && seen('badge') === null");
    folder.write("content/about.md", about("Other words, and [[Nowhere]]."));
    tab.until("seen('panel')");
    assert_eq!(tab.text("seen('title')"), "1 error");
    assert!(tab.text("seen('message')").starts_with("error: "), "{}", tab.text("seen('message')"));
    assert!(tab.text("seen('message')").contains("Nowhere"));
    assert_eq!(tab.text("seen('place')"), "content/about.md:5:18");
    let editor = tab.text("own('place').href");
    assert!(editor.starts_with("vscode://file/") && editor.ends_with("content/about.md:5:18"), "{editor}");
    assert!(tab.text("seen('lines')").contains("Other words, and [[Nowhere]]."), "{}", tab.text("seen('lines')"));
    tab.holds("find('main').innerText.includes('Words.')");
    tab.holds("document.elementFromPoint(300, 10).getRootNode() === document && seen('dim') !== null");

    folder.write("content/index.md", "---\ntitle: Home\n---\n[[Elsewhere]] [[About]]\n");
    tab.until("seen('title') === '2 errors'");
    folder.write("content/about.md", about("Mended words."));
    tab.until("seen('title') === '1 error' && seen('place').startsWith('content/index.md:')");
    folder.write("content/index.md", "---\ntitle: Home\n---\n[[About]]\n");
    tab.until("seen('panel') === null && seen('dim') === null && find('main').innerText.includes('Mended words.')");
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn the_panel_folds_away_and_takes_no_focus() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("long.html");
    tab.write("#field", "!");
    folder.write("content/about.md", about("[[Nowhere]]"));
    tab.until("seen('panel')");
    tab.write("#field", "?");
    assert_eq!(tab.text("`${document.activeElement.id} ${find('#field').value}`"), "field as written!?");
    tab.write("#field", "\u{e00c}");
    tab.until("seen('panel') === null && seen('badge') === '1 error'");
    preview.open("about.html");
    tab.until("seen('panel') === null && seen('badge') === '1 error'");
    tab.run("own('badge').click();");
    tab.until("seen('panel') && seen('badge') === null");
    tab.run("own('hide').click();");
    tab.until("seen('panel') === null && seen('badge') === '1 error'");
    folder.write("content/about.md", about("[[Elsewhere]]"));
    tab.until("seen('panel')?.includes('Elsewhere')");
    folder.write("content/about.md", about("Mended."));
    tab.until("seen('panel') === null && seen('badge') === null");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn the_content_of_a_message_is_text() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    let hostile = "<img src=x onerror=\"window.hurt = true\"><script>window.hurt = true</script>";
    folder.write("content/about.md", about(&format!("[[{hostile}]]")));
    tab.until("seen('panel')");
    assert!(tab.text("seen('message')").contains("<img src=x onerror="), "{}", tab.text("seen('message')"));
    assert!(tab.text("seen('lines')").contains("<img src=x onerror="));
    tab.holds("corner.querySelector('img, script') === null && window.hurt === undefined");
    tab.open(&format!("http://{}/_stepladder/", preview.program.address));
    tab.holds("find('main').innerText.includes('<img src=x onerror=') && window.hurt === undefined");
    tab.holds("find('img, script:not([src=\"/_stepladder/preview.js\"])') === null");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn the_corrected_lines_can_be_copied() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    folder.write("content/about.md", "---\ntitle: About\nsumary: It.\n---\n");
    tab.until("seen('fixed') === 'summary: It.'");
    assert_eq!(tab.text("seen('offer')"), "Replace line 3 with:");
    tab.run("own('copy').click();");
    // Without access to the clipboard, the text is selected.
    tab.until("['Copied', 'Selected'].includes(seen('copy'))");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_half_written_file_shows_no_mistake() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    tab.run(
        "window.shown = [];
        new MutationObserver(() => own('panel').hidden && own('badge').hidden || shown.push(own('panel').innerText))
          .observe(corner, { subtree: true, childList: true, attributes: true, characterData: true });",
    );
    let mut rounds = 0;
    for number in 0.. {
        let begun = Instant::now();
        folder.write("content/about.md", "---\ntitle: About\nslug: \"us\n");
        // An editor that takes its time between two writes.
        sleep(Duration::from_millis(50));
        folder.write("content/about.md", about(&format!("Round {number}.")));
        let quick = begun.elapsed() < Duration::from_millis(100);
        tab.until(&format!("find('main').innerText.includes('Round {number}.') && seen('panel') === null"));
        if quick {
            assert_eq!(tab.get("shown").to_string(), "[]");
            rounds += 1;
        }
        tab.run("shown.length = 0;");
        if rounds == 5 {
            break;
        }
        assert!(number < 100, "this machine is too busy to write twice in 100 ms");
    }
    preview.is_same_page();
}

#[test]
fn warnings_are_a_quiet_count_that_leads_to_the_author_s_page() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    tab.holds("seen('warnings') === null");
    folder.write("content/about.md", about("## One\n\n#### Deep\n\nWords."));
    tab.until("seen('warnings') === '1 warning'");
    tab.holds("seen('panel') === null && seen('badge') === null && seen('dim') === null");
    tab.holds("find('main').innerText.includes('Deep')");
    folder.write("content/index.md", "---\ntitle: Home\n---\n[[About]]\n\n## One\n\n#### Deep\n");
    tab.until("seen('warnings') === '2 warnings'");
    preview.is_same_page();
    tab.run("own('warnings').click();");
    tab.until("location.pathname === '/_stepladder/' && find('#problems').innerText.includes('content/about.md:7')");
    preview.open("about.html");
    folder.write("content/about.md", about("Mended."));
    folder.write("content/index.md", "---\ntitle: Home\n---\n[[About]]\n");
    tab.until("seen('warnings') === null");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn a_broken_template_is_shown_with_its_place() {
    let Some(preview) = PreviewTab::new(&project()) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    preview.open("about.html");
    let template =
        |text: &str| format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{text}\n{{% endblock main %}}\n");
    let path = "themes/default/templates/page.html";
    let mut shown = "Words.".to_owned();
    for broken in ["<p>{{ no.such.thing }}</p>", "<p>{{ title | nonsense }}</p>", "<p>{% if %}</p>"] {
        folder.write(path, template(broken));
        tab.until(&format!("seen('place')?.startsWith('{path}:3:')"));
        assert_eq!(tab.text("seen('title')"), "1 error");
        tab.until(&format!("find('main')?.innerText.includes('{shown}')"));
        assert!(tab.text("seen('lines')").contains(broken), "{}", tab.text("seen('lines')"));
        shown = format!("Mended {}.", broken.len());
        folder.write(path, template(&format!("<p>{shown}</p>")));
        tab.until(&format!("seen('panel') === null && find('main')?.innerText === '{shown}'"));
    }
    preview.is_same_page();
    assert_eq!(tab.console(), Vec::<String>::new());
}
