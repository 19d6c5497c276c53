//! Self-assessments of a guide that changes, from right to left, and as Markdown.

use pulldown_cmark::{Event, Parser, Tag};
use serde_json::json;

use super::PreviewTab;
use super::assess::{CRAFT, catch_files, click, ladder, on_disk, open, saved, told};
use super::chromium::Tab;

#[test]
fn an_edited_ladder_keeps_what_still_applies_and_says_what_changed() {
    let Some(preview) = PreviewTab::new(&ladder(CRAFT)) else { return };
    let PreviewTab { folder, tab, .. } = &preview;
    let senior = folder.read("content/ic/senior.md").replace("leads_to: [staff, lead]", "leads_to: [staff]");
    folder.write("content/ic/senior.md", &senior);
    preview.open("assess/ic.html#level:senior");
    tab.until("find('tr[data-id] input') && !find('.assess-next').checkVisibility()");
    // Before anything is marked nothing is new.
    folder.write("content/ic/mid.md", folder.read("content/ic/mid.md").replace("- Plans a week.", "- Plans a month."));
    tab.until("find('tr[data-id=plans-a-month] input')");
    tab.holds("!find('.assess-new') && find('.assess-changed').hidden");
    click(tab, "designs", "consistently");
    click(tab, "reviews", "beyond");
    tab.write("tr[data-id=reviews] textarea", "Every one");
    click(tab, "ships-on-time", "sometimes");
    tab.holds("!find('.assess-new') && find('.assess-changed').hidden");

    let edited = senior.replace("Writes designs.", "Writes and defends designs.");
    let edited = edited.replace("- Reviews *all* code. {#reviews}\n", "- Pairs with others. {#pairs}\n");
    folder.write("content/ic/senior.md", &edited);
    tab.until("find('tr[data-id=pairs] input') && find('.assess-reworded')");
    assert_eq!(
        tab.text("find('.assess-reworded p').innerText"),
        "Reworded since you marked it. It was: “Writes designs.”"
    );
    let new = "[...document.querySelectorAll('.assess-new')].map(one => one.closest('tr').dataset.id).join()";
    assert_eq!(tab.text(new), "pairs");
    let said = tab.text("find('.assess-changed-said').innerText");
    for part in ["1 new", "1 reworded", "1 no longer there"] {
        assert!(said.contains(part), "it is said on top: {said}");
    }
    assert_eq!(
        tab.text(&told("[mark('designs'), mark('pairs'), mark('ships-on-time')].join()")),
        "consistently,,sometimes"
    );
    assert!(tab.text("find('.assess-gone').textContent").contains("Beyond Reviews all code. Every one"));

    // What comes into what lies folded is unfolded; sections and levels that are added come alive.
    folder.write("content/ic/mid.md", folder.read("content/ic/mid.md") + "\n## People\n\n- Listens.\n");
    tab.until("find('tr[data-id=listens] input')?.checkVisibility()");
    folder.write("content/ic/senior.md", edited.replace("leads_to: [staff]", "leads_to: [staff, lead]"));
    tab.until("find('tr[data-id=hires] input') && find('.assess-next')?.checkVisibility()");
    tab.run("find('[name=next]').value = 'ic/lead'; find('[name=next]').dispatchEvent(new Event('change', { bubbles: true }))");
    click(tab, "hires", "beyond");
    assert_eq!(tab.text("find('.assess-count').innerText"), "3 of 9 marked");
    assert_eq!(tab.text(new), "pairs,listens,rests");
    folder.write(
        "content/ic/lead.md",
        folder.read("content/ic/lead.md").replace("- Hires.", "- Hires.\n- Lets go. {#lets-go}"),
    );
    tab.until("find('tr[data-id=lets-go] input') && find('tr[data-id=lets-go] .assess-new')");
    tab.print();
    tab.holds("find('tr[data-id=lets-go] .assess-new').checkVisibility()");
    tab.device("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    catch_files(tab);
    tab.click("[data-do=markdown]");
    let markdown = saved(tab);
    let section = "## New in the guide, not marked yet\n\n- Pairs with others.\n- Listens.\n- Rests.\n- Lets go.\n\n##";
    assert!(markdown.contains(section), "{markdown}");
    preview.is_same_page();

    // All that is looked at; it holds when the page is opened anew.
    tab.click("[data-do=known]");
    tab.holds("!find('.assess-new') && !find('.assess-changed-said').innerText.includes('new')");
    tab.click(".assess-status button:first-of-type");
    assert_eq!(tab.text(new), "pairs,listens,rests,lets-go");
    tab.click("[data-do=known]");
    tab.run("find('.assess-reworded button').click(); find('.assess-gone li button').click()");
    tab.holds("document.activeElement === find('[data-do=save]')");
    tab.holds("!find('.assess-reworded') && find('.assess-gone').hidden && find('.assess-changed').hidden");
    tab.click(".assess-status button:first-of-type");
    tab.holds("!find('.assess-gone').hidden");
    preview.open("assess/ic.html#level:senior");
    tab.until("find('tr[data-id] input')");
    tab.holds("!find('.assess-reworded') && !find('.assess-new') && !find('.assess-gone').hidden");
    assert_eq!(tab.console(), Vec::<String>::new());
}

/// A note full of what Markdown takes for its own, and how it is to leave the page.
const NOTE: &str = "# One\n- two `three`\n\n1. <b>four</b> & &amp; five_six _seven_ | *8*\n  ~~~\nSee https://example.org/a_b*c.\n====";
const WRITTEN: &str = "  > \\# One  \n  > \\- two \\`three\\`\n  >\n  > 1\\. \\<b>four\\</b> & \\&amp; five_six \\_seven\\_ \\| \\*8\\*  \n  > \u{a0}\u{a0}\\~\\~\\~  \n  > See <https://example.org/a_b*c>.  \n  > \\====\n";

#[test]
fn a_note_stays_text_in_markdown_and_a_page_from_right_to_left_is_mirrored() {
    let Some(tab) = Tab::new() else { return };
    let project = ladder(CRAFT)
        .file("stepladder.yaml", "title: The guide\nlanguage: he\n")
        .file("content/index.md", "---\ntitle: The guide of a company with a long name\n---\n")
        .file(
            "content/ic/senior.md",
            "---\nkind: level\ntitle: Mid-Level Software Engineer\nrank: 2\n---\n## Craft\n\n- Designs.\n",
        );
    let (_folder, url) = on_disk(&project);
    tab.phone();
    open(&tab, &url);
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    catch_files(&tab);
    click(&tab, "designs", "consistently");
    let note = json!(NOTE);
    tab.run(&format!(
        "const put = (field, text) => {{ field.value = text; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }};
         put(find('tr[data-id=designs] textarea'), {note}); put(find('[name=name]'), '- Ada');"
    ));
    tab.run("find('[data-do=markdown]').click()");
    let markdown = saved(&tab);
    assert!(markdown.contains(&format!("- **Consistently:** Designs.\n{WRITTEN}")), "{markdown}");
    assert!(markdown.contains("\n\n\\- Ada, 20"), "{markdown}");
    let (mut headings, mut lists) = (0, 0);
    for event in Parser::new(&markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::List(_)) => lists += 1,
            Event::Text(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::End(_)
            | Event::Start(Tag::Paragraph | Tag::Item | Tag::Strong | Tag::BlockQuote(_) | Tag::Link { .. }) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    assert_eq!((headings, lists), (3, 1), "{markdown}");

    // Every line begins at the right edge, and shares grow from there.
    tab.holds("document.documentElement.scrollWidth <= 360");
    let right = |words: &str| {
        tab.get(&format!("Math.round([...document.querySelectorAll('{words}')].at(-1).getBoundingClientRect().right)"))
    };
    assert_eq!(right("h1 .assess-of"), right("h1"), "the title is not broken at its hyphen");
    assert_eq!(right(".assess-name input"), right(".assess-name"));
    assert_eq!(right(".crumbs li:first-child a"), right(".crumbs li:last-child a"), "each on a line of its own");
    tab.holds("top('.crumbs li:last-child') > top('.crumbs li')");
    tab.holds("getComputedStyle(find('.assess-share')).transform === 'matrix(-1, 0, 0, 1, 0, 0)'");
    assert_eq!(tab.console(), Vec::<String>::new());
}
