//! Comparisons as readers use them: ready-made pages, and any two levels chosen.

use std::path::Path;

use fantoccini::key::Key;
use serde_json::Value;
use stepladder::disk;
use stepladder::tree::{File, Tree};
use tempfile::TempDir;

use super::Desk;
use super::chromium::Tab;
use crate::support::{Project, build};

/// A ladder in which two levels can differ in every way that there is.
pub(super) fn odd() -> Project {
    let level = |path: &str, front: &str, body: &str| {
        let name = path.rsplit('/').next().expect("a name");
        (format!("content/{path}.md"), format!("---\nkind: level\ntitle: {name}\n{front}---\n{body}"))
    };
    let files = [
        level("ic/low", "rank: 1\ncode: L1\nfacets:\n  scope: A *task*\nprofile: {craft: Novice, scaled: 1}\n",
            "## Craft\n- Writes **tests** for the code of the team\n- Stays here & there <i>\n- Same words\n\n## Wide\n- A thing\n"),
        level("ic/mid", "rank: 2\nextends: ic/low\nleads_to: [ic/top, boss/lead]\nprofile: {craft: 3, scaled: 1}\nexperience: 2 years\n",
            "## Craft\n- Writes good tests for the code of other teams 🎉\n"),
        level("ic/top", "rank: 3\nfacets:\n  scope:\n    - One [[ic/low|link]]\n    - Two\nprofile: {craft: 2}\nnot_applicable: [wide]\n",
            "## Craft\n- Same words\n- Another thing\n\n## Just here {.expectations}\n- Only at the top\n"),
        level("boss/lead", "rank: 3\n", "## People\n- Leads\n\n## Wide\n- A thing\n"),
        level("boss/low", "rank: 4\n", "## People\n- Leads\n- Hires \u{2028}people\n"),
    ];
    let project = files.iter().fold(Project::new(), |project, (path, text)| project.bytes(path, text.as_bytes()));
    project
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/boss/index.md", "---\nkind: track\ntitle: Boss\n---\n")
        .file("content/up.md", "---\nkind: move\ntitle: Up\nfrom: ic/low\nto: boss/lead\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\nscale: [Novice, Able, Master]\n---\n")
        .file("content/wide.md", "---\nkind: competency\ntitle: Wide\n---\n")
        .file("content/people.md", "---\nkind: competency\ntitle: People\ntracks: [boss]\n---\n")
        .file("content/scaled.md", "---\nkind: competency\ntitle: Scaled\nscale: [One, Two]\ntracks: [ic]\n---\n")
}

/// A built site on disk.
pub(super) fn on_disk(project: &Tree) -> (TempDir, Vec<String>) {
    let built = build(project, false);
    let errors = built.problems.iter().filter(|note| note.severity == stepladder::diagnostic::Severity::Error);
    assert_eq!(errors.map(|note| &note.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&built.files, folder.path(), false).expect("the site is written");
    (folder, built.files.iter().map(|(path, _)| path.to_string()).collect())
}

/// What a comparison shows, and where its links lead, for a script.
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
fn says_the_same(tab: &Tab, base: &str, files: &[String], index: &str) {
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
    let guide = disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a project");
    for project in [odd().tree(), guide] {
        let (folder, files) = on_disk(&project);
        says_the_same(&tab, &format!("file://{}/", folder.path().display()), &files, "compare/index.html");
    }
}
