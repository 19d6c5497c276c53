//! The marks of self-assessments that a browser stores: one mark for each expectation, on whatever page, whatever
//! happens to the guide.

use serde_json::{Value, json};

use super::assess::{CRAFT, answer, catch_files, choose, click, file, ladder, on_disk, open, saved, told};
use super::chromium::Tab;
use crate::support::Folder;

/// A browser with the self-assessment of Senior, in which nothing is kept yet, and the addresses of others beside it.
fn fresh() -> Option<(Tab, Folder, impl Fn(&str) -> String)> {
    let tab = Tab::new()?;
    let (folder, url) = on_disk(&ladder(CRAFT));
    open(&tab, &url);
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    Some((tab, folder, move |name: &str| url.replace("senior.html", name)))
}

/// The names in the browser's store that are about self-assessments.
fn names(tab: &Tab) -> Value {
    tab.get("Object.keys(localStorage).filter(name => name.startsWith('stepladder')).map(name => name.replace(/:.*public/, '')).sort()")
}

const COUNT: &str = "find('.assess-count').innerText";

#[test]
fn a_mark_is_shown_wherever_the_same_is_asked() {
    let Some((tab, _folder, url)) = fresh() else { return };
    click(&tab, "designs", "consistently");
    click(&tab, "sets-standards", "sometimes");
    tab.run("find('[name=next]').value = 'ic/lead'; find('[name=next]').dispatchEvent(new Event('change', { bubbles: true }))");
    click(&tab, "hires", "beyond");
    tab.write("tr[data-id=hires] textarea", "Two last year");
    tab.write("[name=name]", "Ada");

    // After a promotion what was marked before is there; what this page does not ask is not, nor in its file.
    open(&tab, &url("staff.html"));
    assert_eq!(tab.text(COUNT), "2 of 7 marked");
    assert_eq!(
        tab.text(&told("[mark('designs'), mark('sets-standards'), find('[name=name]').value].join()")),
        "consistently,sometimes,Ada"
    );
    tab.holds("find('.assess-gone').hidden && find('.assess-changed').hidden");
    catch_files(&tab);
    tab.click("[data-do=save]");
    assert!(!saved(&tab).contains("Two last year"), "{}", saved(&tab));
    click(&tab, "sets-standards", "beyond");

    // To clear a page takes away what it asks; and all pages, all.
    tab.click("[data-do=clear]");
    tab.click("dialog[open] [value=clear]");
    tab.until(&format!("{COUNT} === '0 of 7 marked'"));
    open(&tab, &url("senior.html"));
    assert_eq!(
        tab.text(&told("[mark('designs'), mark('hires'), find('[name=next]').value].join()")),
        ",beyond,ic/lead"
    );
    open(&tab, &url("staff.html"));
    tab.click("[data-do=clear]");
    tab.click("dialog[open] [value=all]");
    tab.until("find('.assess-status span').innerText.startsWith('All self-assessments')");
    assert_eq!(names(&tab), json!([]));
    tab.click(".assess-status button:first-of-type");
    open(&tab, &url("lead.html"));
    assert_eq!(
        tab.text(&told("[mark('hires'), row('hires').querySelector('textarea').value].join()")),
        "beyond,Two last year"
    );
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn marks_stay_when_levels_move_and_are_gone_only_with_their_sentence() {
    let Some((tab, folder, url)) = fresh() else { return };
    for id in ["designs", "ships-on-time", "mentors-one-person", "sets-standards"] {
        click(&tab, id, "consistently");
    }
    catch_files(&tab);
    tab.click("[data-do=save]");
    let before = saved(&tab);

    // What this page no longer asks is no less in the guide.
    let senior = folder.read("content/ic/senior.md");
    folder.write("content/ic/senior.md", senior.replace("leads_to: [staff, lead]", "leads_to: [lead]"));
    folder.run(&["build"]).succeeds();
    open(&tab, &url("senior.html"));
    tab.until("find('sl-assessment').store.guide");
    tab.holds("find('.assess-gone').hidden && find('.assess-changed').hidden");

    // A level's file is renamed; a sentence gets an id, is reworded, goes to another level, goes.
    folder.remove("content/ic/senior.md");
    let moved =
        senior.replace("Ships on time.", "Ships on time. {#ships}").replace("Writes designs.", "Writes good designs.");
    folder.write("content/ic/expert.md", moved.replace("## People\n\n- Mentors one person.\n", ""));
    let staff = folder.read("content/ic/staff.md").replace("extends: senior", "extends: expert");
    folder.write(
        "content/ic/staff.md",
        staff.replace("- Sets standards.", "- Sings.") + "\n## People\n\n- Mentors one person.\n",
    );
    folder.run(&["build"]).succeeds();
    open(&tab, &url("expert.html"));
    tab.until(&format!("{COUNT} === '3 of 7 marked'"));
    let marks = "[mark('designs'), mark('ships'), mark('mentors-one-person')].join()";
    assert_eq!(tab.text(&told(marks)), "consistently,consistently,consistently");
    assert_eq!(
        tab.text("find('.assess-reworded p').innerText"),
        "Reworded since you marked it. It was: “Writes designs.”"
    );
    tab.holds("find('.assess-gone li').innerText.includes('Sets standards.') && document.querySelectorAll('.assess-gone li').length === 1");
    open(&tab, &url("staff.html"));
    assert_eq!(tab.text(&told(marks)), "consistently,consistently,consistently");

    // So does a file that was saved before.
    tab.run("localStorage.clear(); find('sl-assessment').refresh()");
    open(&tab, &url("expert.html"));
    choose(&tab, &folder, "[data-do=load]", ".assess-file", "before.json", &before);
    tab.until(&format!("{COUNT} === '3 of 7 marked'"));
    assert_eq!(tab.text(&told(marks)), "consistently,consistently,consistently");
    choose(&tab, &folder, "[data-side=\"1\"][data-do=pick]", ".assess-pair-file", "before.json", &before);
    tab.until("document.querySelectorAll('.assess-side-name')[1].innerText.startsWith('Second view')");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn what_earlier_versions_kept_is_taken_over_and_what_cannot_be_read_is_not_lost() {
    let Some((tab, _folder, url)) = fresh() else { return };
    let old = |level: &str, answers: &[Value]| file("Ada", answers).replace("\"ic/senior\"", &format!("\"{level}\""));
    let senior = [answer("ic/senior#designs", "beyond", "One"), answer("ic/mid#writes-tests", "sometimes", "")];
    let staff = [answer("ic/senior#designs", "sometimes", "Two"), answer("ic/staff#sets-standards", "beyond", "")];
    tab.run(&format!(
        "const start = `stepladder:assess:${{new URL(find('sl-assessment').dataset.root, location).pathname}}:`;
         localStorage.setItem(start + 'ic/senior', {}); localStorage.setItem(start + 'ic/staff', {});
         localStorage.setItem(start + 'ic/lead', 'half of')",
        json!(old("ic/senior", &senior)),
        json!(old("ic/staff", &staff)),
    ));
    open(&tab, &url("senior.html"));
    let state =
        told("[mark('designs'), mark('writes-tests'), mark('sets-standards'), find('[name=name]').value].join()");
    assert_eq!(tab.text(&state), "beyond,sometimes,beyond,Ada");
    assert_eq!(tab.text(&told("row('designs').querySelector('textarea').value")), "One\n\nSometimes: Two");
    assert_eq!(names(&tab), json!(["stepladder/", "stepladder/:damaged"]));

    // What can't be read can be had as a file, and removed, by itself or with the rest.
    tab.holds(&told("shown('.assess-damaged')"));
    catch_files(&tab);
    tab.click("[data-do=unreadable]");
    assert_eq!(saved(&tab), "half of");
    tab.click("[data-do=forget]");
    tab.holds(&told("!shown('.assess-damaged') && document.activeElement === find('[data-do=save]')"));
    assert_eq!(names(&tab), json!(["stepladder/"]));
    tab.run("localStorage.setItem(find('sl-assessment').store.key, 'the other half'); find('sl-assessment').refresh()");
    tab.holds(&told("shown('.assess-damaged') && mark('designs') === ''"));
    click(&tab, "designs", "sometimes");
    tab.click("[data-do=clear]");
    tab.click("dialog[open] [value=clear]");
    tab.until("find('.assess-status span').innerText.startsWith('Everything')");
    tab.holds(&told("!shown('.assess-damaged')"));
    tab.holds("!JSON.stringify(localStorage).includes('half')");
    tab.click(".assess-status button:first-of-type");
    tab.holds(&told("shown('.assess-damaged') && mark('designs') === 'sometimes'"));
    tab.click("[data-do=forget]");

    // Where there is no room to put it aside nothing is written over it.
    tab.run(
        "localStorage.setItem(find('sl-assessment').store.key, 'the other half');
         const set = Storage.prototype.setItem;
         Storage.prototype.setItem = function (name, text) { if (name.endsWith('damaged')) throw new Error('full'); set.call(this, name, text); };
         find('sl-assessment').refresh()",
    );
    click(&tab, "designs", "beyond");
    tab.holds(&told("shown('.assess-damaged') && shown('.assess-failing') && mark('designs') === 'beyond'"));
    tab.holds("localStorage.getItem(find('sl-assessment').store.key) === 'the other half'");
    tab.click("[data-do=unreadable]");
    assert_eq!(saved(&tab), "the other half");
    tab.click("[data-do=forget]");
    tab.holds(&told("!shown('.assess-damaged') && !shown('.assess-failing') && mark('designs') === 'beyond'"));
    open(&tab, &url("senior.html"));
    assert_eq!(tab.text(&told("mark('designs')")), "beyond");
    assert_eq!(tab.console(), Vec::<String>::new());
}
