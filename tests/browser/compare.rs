//! Comparisons as readers use them: ready-made pages, and any two levels chosen.

use serde_json::{Value, json};
use stepladder::disk;
use stepladder::index_vec::Index;
use stepladder::ladder::{Changes, CompetencyId, ExpectationId, Side, Steps, Turn, compare};
use stepladder::percent::encode;
use stepladder::tree::Tree;
use tempfile::TempDir;

use super::PreviewTab;
use super::axe;
use super::chromium::Tab;
use super::webdriver::key;
use crate::sites;
use crate::support::{Built, Project, build};

/// A ladder in which two levels can differ in every way that there is.
pub(super) fn varied_ladder() -> Project {
    let level = |path: &str, front: &str, body: &str| {
        let name = path.rsplit('/').next().expect("a name");
        (format!("content/{path}.md"), format!("---\nkind: level\ntitle: {name}\n{front}---\n{body}"))
    };
    let files = [
        level(
            "ic/low",
            "rank: 1\ncode: L1\nfacets:\n  scope: A *task*\nprofile: {craft: Novice, scaled: 1}\n",
            "## Craft\n- Writes **tests** for the code of the team\n- Stays here & there <i>\n- Same words\n\n## Wide\n- A thing\n",
        ),
        level(
            "ic/mid",
            "rank: 2\nextends: ic/low\nleads_to: [ic/top, boss/lead]\nfacets:\n  impact: \"![Map](map.svg)\"\nprofile: {craft: 3, scaled: 1}\nexperience: 2 years\n",
            "## Craft\n- Writes good tests for the code of other teams 🎉\n- Same words\n",
        ),
        level(
            "ic/top",
            "rank: 3\nfacets:\n  scope:\n    - One [[ic/low|link]]\n    - Two\nprofile: {craft: 2}\nnot_applicable: [wide]\n",
            "## Craft\n- Same words\n- Another thing\n\n## Just here {.expectations}\n- Only at the top\n",
        ),
        level(
            "boss/lead",
            "rank: 3\n",
            "## People\n- Leads\n- Looks after the people of one team\n- チームのコードをレビューする。\n- Owns the plan\n  - Writes it.\n\n## Wide\n- A thing\n",
        ),
        level(
            "boss/low",
            "rank: 4\n",
            "## People\n- Leads\n- Looks after the people of several 🎉 teams\n- Hires \u{2028}people\n- 複数のチームのコードをレビューし、改善する。\n- Owns the plan\n  - Shares what others write of it.\n",
        ),
    ];
    let project = files.iter().fold(Project::new(), |project, (path, text)| project.bytes(path, text.as_bytes()));
    project
        .file("content/ic/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/boss/index.md", "---\nkind: track\ntitle: Boss\n---\n")
        .file("content/up.md", "---\nkind: move\ntitle: Up\nfrom: ic/low\nto: boss/lead\n---\n")
        .file(
            "content/craft.md",
            "---\nkind: competency\ntitle: Craft\narea: Making\nscale: [Novice, Able, Master]\n---\n",
        )
        .file("content/wide.md", "---\nkind: competency\ntitle: Wide\narea: Making\n---\n")
        .file("content/people.md", "---\nkind: competency\ntitle: People\narea: Humans\ntracks: [boss]\n---\n")
        .file("content/scaled.md", "---\nkind: competency\ntitle: Scaled\nscale: [One, Two]\ntracks: [ic]\n---\n")
}

/// The same with levels that raise and retire what they inherit.
fn raising_ladder() -> Project {
    let level = |path: &str, front: &str, body: &str| {
        let name = path.rsplit('/').next().expect("a name");
        (format!("content/{path}.md"), format!("---\nkind: level\ntitle: {name}\n{front}---\n{body}"))
    };
    let files = [
        level(
            "ic/peak",
            "rank: 5\nextends: [ic/mid, base]\nretires: [mid#same-words]\n",
            "## Craft\n- Same words as others\n- Decides what stays {#decides raises=stays-here-there}\n\n## Wide\n- All {raises=ic/low#a-thing,owns,writes-good-tests-for-the-code-of-other-teams}\n\n## Here {.expectations}\n- Leads leads {raises=base#guides}\n",
        ),
        level("ic/summit", "rank: 6\nextends: ic/peak\n", "## Craft\n- Decides what goes {raises=decides}\n"),
        level("base", "abstract: true\n", "## Craft\n- Owns what it makes {#owns}\n- Guides those who ask {#guides}\n"),
    ];
    files.iter().fold(varied_ladder(), |project, (path, text)| project.bytes(path, text.as_bytes()))
}

/// A built site on disk.
pub(super) fn on_disk(project: &Tree) -> (TempDir, Vec<String>) {
    let built = build(project, false);
    let errors =
        built.problems.iter().filter(|diagnostic| diagnostic.severity() == stepladder::diagnostic::Severity::Error);
    assert_eq!(errors.map(|diagnostic| &diagnostic.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&built.files, folder.path(), false).expect("the site is written");
    (folder, built.files.iter().map(|(path, _)| path.to_string()).collect())
}

/// A script that returns the text of a comparison and the targets of its links.
const SHOWN: &str = "
const shown = root => {
  const within = document.querySelector(root + ' .compared');
  if (!within) return null;
  within.querySelectorAll('details').forEach(details => details.open = true);
  const links = [...within.querySelectorAll('a')].map(link => link.href);
  const marks = [...within.querySelectorAll('ins, del')].map(mark => mark.outerHTML);
  const kinds = [...within.querySelectorAll('li, .diff-row, .compared-area, td, thead th')].map(one => one.className.trim());
  return JSON.stringify([within.innerText.replace(/\\s+/g, ' '), links, marks, kinds]);
};
";

/// Requires that the page on which levels are chosen shows for every pair what the page of that pair shows.
fn shows_the_same(tab: &Tab, base: &str, files: &[String], index: &str) {
    let is_page = |file: &&String| file.starts_with("compare/") && file.contains("--");
    let pages: Vec<&String> = files.iter().filter(is_page).collect();
    assert!(pages.len() > 4, "{pages:?}");
    for page in pages {
        tab.open(&format!("{base}{}", page.replace("/index.html", "/")));
        let ready = tab.run(&format!("{SHOWN} return shown('main');"));
        let pair = page.trim_start_matches("compare/").trim_end_matches("/index.html").trim_end_matches(".html");
        let (from, to) = pair.split_once("--").expect("two levels");
        tab.open(&format!("{base}{index}?from={from}&to={to}"));
        tab.until("find('.choose-result > .compared')");
        let chosen = tab.run(&format!("{SHOWN} return shown('.choose-result');"));
        assert_ne!(ready, Value::Null, "{page}");
        assert_eq!(chosen, ready, "{page}");
    }
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn what_is_chosen_shows_what_the_ready_made_page_shows() {
    let Some(tab) = Tab::new() else { return };
    assert!(varied_ladder().build().text("compare/lead--boss-low.html").contains("<ins>"), "something is raised");
    let (folder, files) = on_disk(&raising_ladder().tree());
    shows_the_same(&tab, &format!("file://{}/", folder.path().display()), &files, "compare/index.html");
    let guide = sites::guide();
    let files: Vec<String> = guide.built().files.iter().map(|(path, _)| path.to_string()).collect();
    shows_the_same(&tab, &format!("file://{}/", guide.folder().display()), &files, "compare/index.html");
}

/// A script that compares all rungs with each other and leaves the result in `window.compared`.
const ALL: &str = "
const { load, Levels } = stepladder;
load('ladder.js').then(async (ladder) => {
  const files = new Set(ladder.levels.map(one => one[6].length ? `track-${one[6][0]}.js` : 'foundations.js'));
  const data = Object.assign({}, ...await Promise.all([...files].map(load)));
  const levels = new Levels(ladder, data);
  const rungs = [...new Set(ladder.tracks.flatMap(([, ids]) => ids))];
  const urls = lines => lines.map(({ url }) => url);
  const told = one => [
    one.competency, one.before, one.now, urls(one.added), one.raised.map(({ was, now }) => [urls(was), now.url]),
    urls(one.unchanged), urls(one.dropped), urls(one.open), one.step && one.step.map(step => step ?? null),
  ];
  const pairs = rungs.flatMap(before => rungs.map(now => levels.compare(before, now).map(told)));
  window.compared = JSON.stringify(pairs);
});
";

/// What the script has to find.
fn all_changes(built: &Built) -> Value {
    let context = built.site.context();
    let ladder = &context.ladder;
    let url = |id: &ExpectationId| {
        let one = ladder.expectation(*id);
        format!("{}#{}", context.address(ladder.level(one.level).page).url, encode(&one.id))
    };
    let urls = |ids: &[ExpectationId]| ids.iter().map(url).collect::<Vec<_>>();
    let side = |side| match side {
        Side::Held => "held",
        Side::NotWritten => "not-written",
        Side::NotApplicable => "not-applicable",
        Side::NotOnTrack => "not-on-track",
        Side::Silent => "silent",
    };
    let turn = |steps: Steps| match steps.turn() {
        Turn::Up => "up",
        Turn::Down => "down",
        Turn::Same => "same",
        Turn::Starts => "starts",
        Turn::Ends => "ends",
    };
    let told = |one: &Changes| {
        json!([
            one.competency.map(CompetencyId::index),
            side(one.before),
            side(one.now),
            urls(&one.added),
            one.raised.iter().map(|raised| (urls(&raised.was), url(&raised.now))).collect::<Vec<_>>(),
            urls(&one.unchanged),
            urls(&one.dropped),
            urls(&one.open),
            one.steps.map(|steps| json!([turn(steps), steps.was, steps.now])),
        ])
    };
    let rungs = ladder.on_tracks();
    let pairs = rungs.iter().flat_map(|before| rungs.iter().map(move |now| (*before, *now)));
    pairs.map(|(before, now)| compare(ladder, before, now).iter().map(told).collect::<Value>()).collect()
}

#[test]
fn scripts_and_the_build_find_the_same_differences_between_any_two_levels() {
    let Some(tab) = Tab::new() else { return };
    let guide = sites::guide();
    let varied = raising_ladder();
    let (folder, _) = on_disk(&varied.tree());
    for (folder, built) in [(folder.path(), &varied.build()), (guide.folder(), guide.built())] {
        tab.open(&format!("file://{}/compare/index.html", folder.display()));
        tab.run(ALL);
        tab.until("window.compared");
        let found: Value = serde_json::from_str(&tab.text("window.compared")).expect("JSON");
        let expected = all_changes(built);
        let pairs = found.as_array().into_iter().flatten().zip(expected.as_array().into_iter().flatten());
        pairs.for_each(|(found, expected)| assert_eq!(found, expected));
        assert_eq!(found, expected);
    }
}

#[test]
fn any_two_levels_are_compared_over_http_from_a_sub_path() {
    let project = varied_ladder()
        .file("stepladder.yaml", "title: Test\nurls: directory\nbase_url: https://guide.example/ladder/\n");
    let Some(preview) = PreviewTab::new(&project) else { return };
    assert!(preview.program.url.ends_with("/ladder/"), "{}", preview.program.url);
    let files = [
        "compare/top--lead/index.html",
        "compare/lead--top/index.html",
        "compare/mid--top/index.html",
        "compare/ic-low--mid/index.html",
        "compare/ic-low--lead/index.html",
    ]
    .map(str::to_owned);
    shows_the_same(&preview.tab, &preview.program.url, &files, "compare/");
}

#[test]
fn two_levels_are_chosen_with_the_keyboard_alone_and_the_address_says_which() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&varied_ladder().tree());
    let page = format!("file://{}/compare/index.html", folder.path().display());
    tab.open(&page);
    tab.until("find('.choose').checkVisibility() && !find('.choose').hidden");
    assert_eq!(tab.text("find('.choose-result').innerText"), "");
    tab.run("find('.choose select').focus();");
    tab.press("mid");
    tab.press(&format!("{}{}", key::TAB, key::TAB));
    tab.holds("document.activeElement.name === 'to'");
    tab.press("top");
    tab.until("find('.choose-result > .compared')");
    assert_eq!(tab.text("location.search"), "?from=mid&to=top");
    assert_eq!(
        tab.text("find('.choose-said').textContent"),
        "mid – top: 2 new, 4 no longer expected, 2 on another step, 1 as before"
    );
    // The other way round.
    tab.run("find('[name=swap]').focus();");
    tab.press(key::ENTER);
    tab.until("find('.choose-said').textContent.startsWith('top – mid: ')");
    assert_eq!(tab.text("location.search"), "?from=top&to=mid");
    // Only what differs.
    tab.holds("find('.choose-result [data-what=unchanged]').checkVisibility()");
    tab.run("find('.choose-result [name=differs]').focus();");
    tab.press(" ");
    tab.holds("[...document.querySelectorAll('.choose-result :is(.compared-same, [data-what=unchanged])')].every(one => !one.checkVisibility())");
    tab.holds("find('.choose-result .added').checkVisibility()");
    assert_eq!(tab.text("location.search"), "?from=top&to=mid&differs=1");
    axe::finds_nothing(&tab);
    // Who comes back finds what was chosen, and whoever gets the address.
    tab.open(&format!("file://{}/index.html", folder.path().display()));
    tab.back();
    tab.until("find('.choose-said')?.textContent.startsWith('top – mid: ')");
    tab.holds("find('.choose-result [name=differs]').checked && find('[name=from]').value === 'top'");
    // The way back leads to each comparison that was looked at, not to what was passed with the keys on the way to one.
    tab.back();
    tab.until("find('.choose-said').textContent.startsWith('mid – top: ') && find('[name=from]').value === 'mid'");
    tab.run("find('[name=to]').focus();");
    tab.press(&key::UP.repeat(2));
    tab.until("find('.choose-said').textContent.startsWith('mid – low: ')");
    tab.run(
        "const to = find('[name=to]');
         to.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
         to.value = 'lead';
         to.dispatchEvent(new Event('change', { bubbles: true }));",
    );
    for levels in ["mid – lead", "mid – low", "mid – top"] {
        tab.until(&format!("find('.choose-said').textContent.startsWith('{levels}: ')"));
        tab.back();
    }
    tab.until("location.href === 'about:blank'");
    // One and the same, and levels that are not there.
    tab.open(&format!("{page}?from=top&to=top"));
    tab.until("find('.choose-result > .notice')?.innerText.includes('one and the same')");
    tab.open(&format!("{page}?from=gone&to=top"));
    tab.until("find('[name=to]').value === 'top' && find('[name=from]').value === ''");
    assert_eq!(tab.console(), Vec::<String>::new());
}

#[test]
fn comparisons_are_there_without_scripts_and_on_a_phone() {
    let Some(tab) = Tab::new() else { return };
    let (folder, _) = on_disk(&varied_ladder().tree());
    let at = |page: &str| format!("file://{}/{page}", folder.path().display());
    tab.without_scripts();
    tab.open(&at("compare/index.html"));
    tab.holds("!find('.choose').checkVisibility()");
    tab.holds("document.body.innerText.includes('with JavaScript, which is off here')");
    tab.holds("document.querySelectorAll('.pairs a').length > 4");
    tab.open(&at("compare/mid--top.html"));
    tab.holds("find('[data-what=unchanged]').checkVisibility()");
    tab.click("[name=differs]");
    tab.holds("!find('[data-what=unchanged]').checkVisibility() && find('.added').checkVisibility()");
    drop(tab);
    let Some(tab) = Tab::new() else { return };
    tab.phone();
    tab.open(&at("compare/index.html?from=ic-low&to=top"));
    tab.until("find('.choose-result > .compared')");
    tab.holds("document.documentElement.scrollWidth <= 360");
    tab.holds("find('.choose select').getBoundingClientRect().height >= 44");
    tab.print();
    tab.holds("!find('.choose').checkVisibility() && find('.choose-result .pair').checkVisibility()");
}
