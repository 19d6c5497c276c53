//! Self-assessment as a reader does it: by mouse and by keys, into files and back, with a manager's file beside it, on
//! paper, and without scripts.

use serde_json::{Value, json};

use super::PreviewTab;
use super::axe;
use super::chromium::Tab;
use super::webdriver::key;
use crate::support::{Folder, Project};

/// The functions that tests of self-assessments use in the page.
const MARK: &str = "
const row = id => find(`tr[data-id=\"${id}\"]`);
const mark = id => row(id).querySelector('input:checked')?.value ?? '';
const shown = words => find(words).checkVisibility();
";

/// A script that checks that no focused element is covered by the message, in tab order and back.
const NEVER_UNDER: &str = "(() => {
const said = find('.assess-status');
const all = [...document.querySelectorAll('main :is(a, button, input, textarea, summary)')].filter(one => one.checkVisibility() && !said.contains(one));
return all.length > 20 && [...all, ...all.reverse()].every(one => (one.focus({ focusVisible: true }), one.getBoundingClientRect().top < said.getBoundingClientRect().top));
})()";

/// A ladder of three levels and three competencies; `craft` is what Senior expects in the first of them.
pub(super) fn ladder(craft: &str) -> Project {
    let level = |title: &str, rank: u8, fields: &str, body: &str| {
        format!("---\nkind: level\ntitle: {title}\nrank: {rank}\n{fields}---\n{body}\n")
    };
    let senior =
        format!("## Craft\n\n{craft}\n## Delivery\n\n- Ships on time.\n\n## People\n\n- Mentors one person.\n");
    let mut project = Project::new()
        .file("stepladder.yaml", "title: The guide\nbase_url: https://example.org/careers/guide/\n")
        .file("content/index.md", "---\ntitle: Home\n---\n[[senior]]\n")
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file(
            "content/ic/mid.md",
            &level("Mid", 1, "", "## Craft\n\n- Writes tests.\n\n## Delivery\n\n- Plans a week.\n"),
        )
        .file("content/ic/senior.md", &level("Senior", 2, "extends: mid\nleads_to: [staff, lead]\n", &senior))
        .file("content/ic/staff.md", &level("Staff", 3, "extends: senior\n", "## Craft\n\n- Sets standards.\n"))
        .file(
            "content/ic/lead.md",
            &level("Lead", 3, "", "## People\n\n- Hires.\n\n## Notes {.expectations}\n\n- Rests.\n"),
        )
        .file(
            "content/sheet.md",
            "---\nkind: worksheet\ntitle: Sheet\n---\nSee [[senior|this level]] & <more>.\n\n## Part {#part}\n",
        );
    for title in ["Craft", "Delivery", "People"] {
        let text = format!("---\nkind: competency\ntitle: {title}\n---\n");
        project = project.file(&format!("content/{}.md", title.to_lowercase()), &text);
    }
    project
}

pub(super) const CRAFT: &str = "- Writes designs. {#designs}\n- Reviews *all* code. {#reviews}\n";

/// The built site of a ladder, and the address of a level's self-assessment in it, which leads to the track's sheet.
pub(super) fn on_disk(project: &Project) -> (Folder, String) {
    let folder = project.on_disk();
    folder.run(&["build"]).succeeds();
    let url = format!("file://{}", folder.path("public/assess/ic/senior.html").display());
    (folder, url)
}

/// Opens a self-assessment and waits until it is alive.
pub(super) fn open(tab: &Tab, url: &str) {
    tab.open(url);
    tab.until("find('.assess-tools')?.hidden === false && find('tr[data-id] input')");
}

/// An expression with the words of [`MARK`].
pub(super) fn told(expression: &str) -> String {
    format!("(() => {{ {MARK} return {expression}; }})()")
}

/// Marks a sentence by a click on its button.
pub(super) fn click(tab: &Tab, id: &str, state: &str) {
    tab.run(&format!("find('tr[data-id=\"{id}\"]').scrollIntoView({{ block: 'center' }})"));
    tab.click(&format!("tr[data-id=\"{id}\"] input[value={state}]"));
}

/// Keeps what the page saves as files, instead of having the browser save it.
pub(super) fn catch_files(tab: &Tab) {
    tab.run(
        "window.files = []; HTMLAnchorElement.prototype.click = function () { files.push([this.download, this.href]); };
         const make = URL.createObjectURL; URL.createObjectURL = blob => (window.blob = blob, make(blob));",
    );
}

/// The text of the file that was saved last.
pub(super) fn saved(tab: &Tab) -> String {
    tab.run("return blob.text();").as_str().expect("a text").to_owned()
}

/// Chooses a file where the page asks for one.
pub(super) fn choose(tab: &Tab, folder: &Folder, button: &str, field: &str, name: &str, text: &str) {
    folder.write(name, text);
    tab.run("HTMLInputElement.prototype.click = () => {};");
    tab.run(&format!("find('{button}').click()"));
    tab.write(field, &folder.path(name).display().to_string());
}

pub(super) fn answer(id: &str, state: &str, note: &str) -> Value {
    json!({ "id": id, "state": state, "note": note, "text": "A sentence.", "subject": "Craft" })
}

pub(super) fn file(name: &str, answers: &[Value]) -> String {
    json!({
        "format": "stepladder-self-assessment", "version": 1, "guide": "The guide",
        "level": { "id": "ic/senior", "title": "Senior" }, "name": name, "date": "2026-11-01", "answers": answers,
    })
    .to_string()
}

#[test]
fn marks_are_kept_and_summed_up_whether_made_by_mouse_or_by_keys() {
    let Some(tab) = Tab::new() else { return };
    let (_folder, url) = on_disk(&ladder(CRAFT));
    open(&tab, &url);
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    assert_eq!(tab.text("find('.assess-count').innerText"), "0 of 7 marked");
    click(&tab, "designs", "consistently");
    tab.write("tr[data-id=designs] textarea", "The billing design.\nIn March.");

    // By keys alone, from the last button on: the heading's link, the first row, its note, the second row.
    tab.run("find('tr[data-id=designs] textarea').focus()");
    let (forward, right) = (key::TAB, key::RIGHT);
    tab.press(&format!("{forward} {right}"));
    assert_eq!(tab.text(&told("mark('reviews')")), "sometimes");
    tab.press(&format!("{forward}Half of it"));
    assert_eq!(tab.text(&told("row('reviews').querySelector('textarea').value")), "Half of it");
    assert_eq!(tab.text("document.activeElement.getAttribute('aria-label')"), "Evidence: Reviews all code.");

    // Two of three in Craft, the inherited one lies folded; the star has a shape for each level.
    let line = "find('.assess-progress tr[data-subject=craft]').innerText.replace(/\\s+/g, ' ')";
    assert_eq!(tab.text(line), "Craft 1 of 3 2 to go 0 of 1");
    tab.holds("document.querySelectorAll('.assess-radar polygon').length === 5");
    assert_eq!(tab.text("find('.assess-missing li').innerText"), "Reviews all code. Craft · Sometimes");
    tab.holds("!document.querySelector('tr[data-id=\"writes-tests\"]').checkVisibility()");

    // Another level may come next.
    tab.run("find('[name=next]').value = 'ic/lead'; find('[name=next]').dispatchEvent(new Event('change', { bubbles: true }))");
    assert_eq!(tab.text("find('.assess-next-head').innerText"), "Lead");
    assert_eq!(tab.text("find('.assess-count').innerText"), "2 of 8 marked");
    tab.holds(
        "!find('[data-part=\"ic/staff\"]').checkVisibility() && find('[data-part=\"ic/lead\"]').checkVisibility()",
    );

    // All of it is there again; a mark that is pressed again goes, and Delete takes one too.
    tab.phone();
    open(&tab, &url);
    tab.holds("document.documentElement.scrollWidth <= 360");
    assert_eq!(
        tab.text(&told("[mark('designs'), mark('reviews'), find('[name=next]').value].join()")),
        "consistently,sometimes,ic/lead"
    );
    assert_eq!(tab.text(&told("row('designs').querySelector('textarea').value")), "The billing design.\nIn March.");
    click(&tab, "designs", "consistently");
    assert_eq!(tab.text(&told("mark('designs')")), "");
    tab.run("find('tr[data-id=reviews] input:checked').focus()");
    tab.press(key::DELETE);
    assert_eq!(tab.text("find('.assess-count').innerText"), "0 of 8 marked");

    // On paper notes stand in full.
    tab.print();
    tab.holds(&told("!shown('.assess-tools') && !shown('textarea') && shown('.assess-paper')"));
    assert!(
        tab.text("getComputedStyle(find('tr[data-id=designs] td:last-child'), '::after').content")
            .contains("In March.")
    );
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn what_is_saved_can_be_loaded_again_and_anything_else_is_reported() {
    let Some(tab) = Tab::new() else { return };
    let (folder, url) = on_disk(&ladder(CRAFT));
    open(&tab, &url);
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    catch_files(&tab);
    click(&tab, "designs", "beyond");
    tab.write("tr[data-id=designs] textarea", "<b>Bold</b>");
    tab.write("[name=name]", "Ada");
    tab.click("[data-do=save]");
    let text = saved(&tab);
    let data: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (&data["name"], &data["level"]["id"], &data["guide"]),
        (&json!("Ada"), &json!("ic/senior"), &json!("The guide"))
    );
    assert_eq!(data["answers"][0]["id"], "ic/senior#designs");
    assert!(tab.text("files[0][0]").starts_with("self-assessment-senior-ada-20"), "{}", tab.text("files[0][0]"));
    tab.click("[data-do=markdown]");
    let markdown = saved(&tab);
    assert!(markdown.starts_with("# Self-assessment: Senior\n\nAda, 20"), "{markdown}");
    assert!(
        markdown.contains(
            "### Craft (1 of 3 consistently or beyond)\n\n- **Beyond:** Writes designs.\n  > \\<b>Bold\\</b>\n"
        ),
        "{markdown}"
    );

    // What has the focus is never under what is said, which goes with Escape and with what is entered next.
    tab.holds(NEVER_UNDER);
    tab.press(key::ESCAPE);
    tab.holds(&told("!shown('.assess-status')"));
    tab.click("[data-do=save]");
    tab.holds(&told("shown('.assess-status')"));
    tab.write("tr[data-id=designs] textarea", "!");
    tab.holds(&told("!shown('.assess-status')"));
    tab.press(key::BACKSPACE);

    // Cleared, after a question; brought back; cleared; loaded.
    let state =
        told("[mark('designs'), row('designs').querySelector('textarea').value, find('[name=name]').value].join()");
    tab.click("[data-do=clear]");
    tab.holds("document.activeElement === find('dialog[open] button') && !find('dialog .copy-link')");
    tab.click("dialog[open] h2");
    tab.holds("find('dialog[open]') !== null");
    tab.press(key::ESCAPE);
    tab.until("!find('dialog[open]')");
    assert_eq!(tab.text(&state), "beyond,<b>Bold</b>,Ada");
    for _ in 0..2 {
        tab.click("[data-do=clear]");
        tab.click("dialog[open] [value=clear]");
        tab.until("find('.assess-status span').innerText.startsWith('Everything')");
        assert_eq!(tab.text(&state), ",,");
        tab.click(".assess-status button:first-of-type");
        assert_eq!(tab.text(&state), "beyond,<b>Bold</b>,Ada");
    }
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    let load = |name: &str, text: &str| choose(&tab, &folder, "[data-do=load]", ".assess-file", name, text);
    let says = |start: &str| tab.until(&format!("find('.assess-status span').innerText.startsWith('{start}')"));
    load("mine.json", &text);
    says("Marks loaded from mine.json: 1.");
    assert_eq!(tab.text(&state), "beyond,<b>Bold</b>,Ada");

    load("damaged.json", &text[..text.len() / 2]);
    says("damaged.json can’t be read");
    load("odd.json", &text.replace("\"beyond\"", "\"superb\""));
    says("odd.json can’t be read");
    load("foreign.json", "{\"a\": 1}");
    says("foreign.json is not a self-assessment");
    load("newer.json", &text.replace("\"version\": 1", "\"version\": 2"));
    says("newer.json was saved by a newer version");
    load("other.json", &text.replace("ic/senior", "m/lead").replace("designs", "songs"));
    says("other.json is about Senior in “The guide”. Nothing");
    assert_eq!(tab.text(&state), "beyond,<b>Bold</b>,Ada", "nothing of these was taken");

    load("empty.json", &file("Ben", &[]));
    says("There are no marks in empty.json.");
    assert_eq!(tab.text(&state), "beyond,<b>Bold</b>,Ada", "an empty file takes nothing away");

    // Where both have marks the reader is asked.
    let theirs =
        file("Ben", &[answer("ic/senior#designs", "not-yet", "No"), answer("ic/senior#reviews", "sometimes", "")]);
    load("theirs.json", &theirs);
    tab.until("find('dialog[open]')");
    axe::finds_nothing(&tab);
    assert!(tab.text("find('dialog[open]').innerText").contains("saved on 2026-11-01. Marks in it: 2."));
    tab.click("dialog[open] [value=keep]");
    says("Marks loaded from theirs.json");
    assert_eq!(
        tab.text(&told("[mark('designs'), mark('reviews'), find('[name=name]').value].join()")),
        "beyond,sometimes,Ada"
    );
    load("theirs.json", &theirs);
    tab.until("find('dialog[open]')");
    tab.click("dialog[open] [value=replace]");
    tab.until(&told("mark('designs') === 'not-yet' && find('[name=name]').value === 'Ben'"));
    load("abroad.json", &theirs.replace("The guide", "Another guide"));
    tab.until("find('dialog[open]')");
    tab.click("dialog[open] [value=replace]");
    says("Marks loaded from abroad.json: 2. abroad.json comes from “Another guide”, not from this guide.");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn two_views_lie_side_by_side_and_differences_are_marked() {
    let Some(tab) = Tab::new() else { return };
    let (folder, url) = on_disk(&ladder(CRAFT));
    open(&tab, &url);
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    click(&tab, "designs", "beyond");
    click(&tab, "reviews", "sometimes");
    tab.run("find('[data-side=\"0\"][data-do=mine]').click()");
    assert!(tab.text("find('.assess-pair-said').innerText").starts_with("Load a second file"));
    let marks = [
        answer("ic/senior#designs", "sometimes", "Not seen yet"),
        answer("ic/senior#reviews", "sometimes", ""),
        answer("ic/senior#ships-on-time", "consistently", ""),
        answer("ic/senior#once", "beyond", ""),
    ];
    let load = |name: &str, text: &str| {
        choose(&tab, &folder, "[data-side=\"1\"][data-do=pick]", ".assess-pair-file", name, text);
    };
    load("foreign.json", "[]");
    tab.until(
        "find('.assess-pair-said').innerText.startsWith('foreign.json is not a self-assessment. Load a second file')",
    );
    load("manager.json", &file("Grace", &marks));
    tab.until("find('.assess-both')?.checkVisibility()");
    axe::finds_nothing(&tab);
    assert_eq!(tab.text("find('.assess-pair-said').innerText"), "Sentences on which the views differ: 3 of 4.");
    let lines = "[...document.querySelectorAll('.assess-both tbody tr')].filter(row => row.checkVisibility()).map(row => row.innerText.replace(/\\s+/g, ' ').trim())";
    assert_eq!(
        tab.get(lines),
        json!([
            "Craft",
            "Writes designs. Beyond Sometimes Not seen yet ◆◆ 2 apart",
            "Reviews all code. Sometimes Sometimes Same",
            "A sentence. Not marked Beyond Marked once",
            "Delivery",
            "Ships on time. Not marked Consistently Marked once",
        ])
    );
    assert_eq!(
        tab.get("[...document.querySelectorAll('.assess-both .assess-who')].map(head => head.innerText)"),
        json!(["Marked above", "Grace"])
    );
    tab.holds("document.querySelectorAll('.assess-pair .radar-shape polygon').length === 2");
    // Two files of one person are told apart.
    tab.run(
        "find('[name=name]').value = 'Grace'; find('[name=name]').dispatchEvent(new Event('input', { bubbles: true }))",
    );
    tab.run("find('[data-side=\"0\"][data-do=mine]').click()");
    assert_eq!(
        tab.get("[...document.querySelectorAll('.assess-both .assess-who')].map(head => head.innerText)"),
        json!(["Grace (First view)", "Grace (Second view)"])
    );
    tab.click("[name=differ]");
    assert_eq!(tab.get(&format!("{lines}.length")), 5);
    assert_eq!(tab.text(&told("mark('designs')")), "beyond", "what is marked above stays");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn two_windows_do_not_overwrite_each_other_and_a_full_store_is_reported() {
    let Some(preview) = PreviewTab::new(&ladder(CRAFT)) else { return };
    let PreviewTab { tab, .. } = &preview;
    preview.open("assess/ic.html#level:senior");
    tab.until("find('tr[data-id] input')");
    tab.run("const frame = document.createElement('iframe'); frame.src = location.href; document.body.append(frame);");
    tab.until("find('iframe').contentDocument?.querySelector('tr[data-id=designs] input')");
    // Both mark at once, before either hears of the other.
    tab.run(
        "const press = (page, id, state) => page.querySelector(`tr[data-id=\"${id}\"] input[value=${state}]`).click();
         const other = find('iframe').contentDocument;
         press(other, 'designs', 'beyond'); press(document, 'reviews', 'sometimes'); press(other, 'ships-on-time', 'beyond');",
    );
    let all = "['designs', 'reviews', 'ships-on-time'].map(id => page.querySelector(`tr[data-id=\"${id}\"] input:checked`)?.value).join()";
    for page in ["document", "find('iframe').contentDocument"] {
        tab.until(&format!("(page => {all} === 'beyond,sometimes,beyond')({page})"));
    }

    tab.run("find('iframe').remove(); Storage.prototype.setItem = () => { throw new Error('full'); };");
    click(tab, "designs", "sometimes");
    tab.holds(&told("shown('.assess-failing') && mark('designs') === 'sometimes'"));
    catch_files(tab);
    click(tab, "reviews", "beyond");
    tab.click("[data-do=save]");
    assert!(saved(tab).contains("\"state\": \"sometimes\""), "what could not be kept can be saved");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn without_scripts_it_is_a_worksheet_and_worksheets_are_markdown() {
    let Some(tab) = Tab::new() else { return };
    let (folder, url) = on_disk(&ladder(CRAFT));
    tab.without_scripts();
    tab.open(&url);
    tab.until("location.hash === '#level:senior' && find('li[data-id=designs]')");
    tab.holds("!find('.assess-tools, .assess-result, .assess-pair') && !find('main input')");
    tab.holds("getComputedStyle(find('li[data-id=designs]'), '::after').content.includes('boxes.svg')");
    tab.holds("[...document.querySelectorAll('.assess-level')].every(level => level.checkVisibility())");
    assert_eq!(tab.text("find('[id=\"level:senior\"] .assess-base').innerText"), "Also counts: all of Mid.");
    let sheet = format!("file://{}", folder.path("public/sheet.html").display());
    tab.open(&sheet);
    tab.holds(&told("shown('sl-worksheet a') && !shown('sl-worksheet button')"));

    tab.device("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
    tab.open(&sheet);
    tab.until("find('sl-worksheet button')?.checkVisibility()");
    tab.device(
        "Browser.grantPermissions",
        &json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    tab.click("sl-worksheet [data-do=copy]");
    tab.until("find('sl-worksheet [role=status]').innerText === 'Copied.'");
    let markdown = folder.read("public/sheet.md");
    assert_eq!(
        markdown,
        "# Sheet\n\nSee [this level](https://example.org/careers/guide/ic/senior.html) & <more>.\n\n## Part\n"
    );
    assert_eq!(tab.text("find('sl-worksheet template').content.textContent"), markdown);
    assert_eq!(tab.console(), Vec::<String>::new());
}
