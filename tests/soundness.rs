//! Whatever a project has in it: nothing panics, every problem has its place in its file, every file of the site is in the
//! output folder. Checked on projects whose files are damaged at random, the same way every time. `tests/properties.rs`
//! checks it on random projects.
//!
//! `STEPLADDER_FUZZ_SECONDS=3600 cargo test soundness::` goes on with further damages for an hour.

use std::time::{Duration, Instant};

use stepladder::diagnostic::{Diagnostic, Span};
use stepladder::tree::{Tree, TreePath};

use crate::golden::project;
use crate::support::{Built, Folder, Rng, build};

/// Projects that use nearly everything.
const PROJECTS: [&str; 5] = ["bare", "by-competency", "links", "shapes", "tables"];

/// How often each project is damaged.
const ROUNDS: usize = 12;

/// Texts with a meaning somewhere in a project.
const FRAGMENTS: [&str; 48] = [
    "---\n",
    "\n\n",
    "# ",
    "## Craft\n\n",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "| a | b |\n|---|---|\n",
    "|",
    "```\n",
    "[[",
    "]]",
    "[[senior]]",
    "[a](b.md)",
    "![a](b.png)",
    "](",
    "[^1]",
    "[^1]: a\n",
    "**",
    "_",
    "`",
    "~~",
    "<details>\n",
    "</details>\n",
    "<!-- ",
    "-->",
    "<div>",
    "<![CDATA[",
    "&amp;",
    "\\",
    "{#id}",
    "{.prose}",
    "{% for x in site %}",
    "{{ title }}",
    "{% endfor %}",
    "title: ",
    "kind: level\n",
    "extends: [a, b]\n",
    ": ",
    "&a ",
    "*a",
    "[",
    "{",
    "\u{feff}",
    "\0",
    "🧗\u{200d}é",
];

/// Builds a project and requires what has to be true of any.
#[track_caller]
pub(crate) fn assert_sound(project: &Tree) -> Built {
    let built = build(project, false);
    let sources = project.clone().over(&built.site.theme_sources());
    for problem in &built.problems {
        for span in spans(problem) {
            assert_inside(span, &sources, problem);
        }
    }
    for (path, _) in built.files.iter() {
        let is_inside =
            !path.as_str().starts_with('/') && !path.as_str().split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(is_inside, "{path} isn't in the output folder");
    }
    built
}

fn spans(problem: &Diagnostic) -> impl Iterator<Item = &Span> {
    let edits = problem.fixes.iter().flat_map(|fix| &fix.edits);
    std::iter::once(&problem.span).chain(problem.labels.iter().chain(edits).map(|(span, _)| span))
}

#[track_caller]
fn assert_inside(span: &Span, sources: &Tree, problem: &Diagnostic) {
    let Some(bytes) = sources.bytes(&span.file) else { return };
    assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} isn't in its file: {problem:#?}");
    if let Ok(text) = std::str::from_utf8(bytes) {
        let are_characters = text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
        assert!(are_characters, "{span:?} begins or ends inside of a character: {problem:#?}");
    }
}

/// Damages a file as a bad merge, a bad copy or an attacker would.
fn damage(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Rng) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + chance.below(40)).min(bytes.len());
    match chance.below(10) {
        0 => drop(bytes.drain(at..end)),
        1 => bytes.truncate(at),
        2 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part.repeat(1 + chance.below(60)));
        }
        3 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        4 => {
            let from = chance.below(other.len() + 1);
            let part = &other[from..(from + chance.below(200)).min(other.len())];
            bytes.splice(at..at, part.iter().copied());
        }
        5 => {
            let line_end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |offset| at + offset);
            bytes.drain(at..line_end);
        }
        6 => {
            let fragment = chance.pick(&FRAGMENTS).repeat(1 + chance.below(200));
            bytes.splice(at..at, fragment.into_bytes());
        }
        7 => drop(bytes.splice(at..at, vec![0xff; 1 + chance.below(200)])),
        _ => {
            let fragment = chance.pick(&FRAGMENTS).as_bytes();
            bytes.splice(at..end.min(at + chance.below(3)), fragment.iter().copied());
        }
    }
}

/// A project with some damaged files.
fn damaged(first: &Tree, chance: &mut Rng) -> Tree {
    let paths: Vec<TreePath> =
        first.iter().map(|(path, _)| path).filter(|path| first.bytes(path).is_some()).cloned().collect();
    let mut project = first.clone();
    for _ in 0..=chance.below(3) {
        let path = chance.pick(&paths).clone();
        let other = first.bytes(chance.pick(&paths)).expect("a file in memory").to_vec();
        let mut bytes = project.bytes(&path).expect("a file in memory").to_vec();
        for _ in 0..=chance.below(3) {
            damage(&mut bytes, &other, chance);
        }
        project.insert(path, bytes);
    }
    project
}

/// The projects, each with a template of its own, so that templates are damaged too.
fn projects() -> Vec<Tree> {
    let template = "{% for level in site.levels | default(value=[]) %}{% set x = level %}{{ x }}{% endfor %}\n<footer>{{ site.title }}</footer>\n";
    PROJECTS
        .iter()
        .map(|name| {
            let mut tree = project(name, "urls: file");
            tree.insert(TreePath::normalized("themes/default/templates/partials/footer.html"), template);
            tree
        })
        .collect()
}

#[test]
fn damaged_projects_are_reported_at_places_in_their_files() {
    let projects = projects();
    let seconds = std::env::var("STEPLADDER_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut round = 0;
    while round < ROUNDS * projects.len() || end.is_some_and(|end| Instant::now() < end) {
        let seed = u64::try_from(round).expect("a small number");
        let project = damaged(&projects[round % projects.len()], &mut Rng::new(seed));
        if let Err(panic) = std::panic::catch_unwind(|| assert_sound(&project)) {
            let files: Vec<_> = project
                .iter()
                .filter_map(|(path, _)| Some((path, String::from_utf8_lossy(project.bytes(path)?))))
                .collect();
            eprintln!("the damage of seed {seed}: {files:#?}");
            std::panic::resume_unwind(panic);
        }
        round += 1;
    }
    println!("{round} damaged projects");
}

/// A page in another encoding still has names, cells and places, to which problems of other pages point.
#[test]
fn problems_of_a_page_that_is_not_utf_8_are_at_places_in_its_file() {
    let page = b"---\nkind: level\ntitle: Senior\nrank: 3\nextends: mid\n---\n## Craft\n\n- Writes code. {#code}\n";
    let other = "---\nkind: level\ntitle: Mid\nrank: 2\nextends: senior\n---\n## Craft\n\n- Code. {#code}\n";
    for at in [4, 22, 29, 58, 68, page.len()] {
        let mut bytes = page.to_vec();
        bytes.splice(at..at, [0xe9; 100]);
        let mut tree = Tree::default();
        tree.insert(TreePath::normalized("content/ic/index.md"), "---\nkind: track\ntitle: Track\n---\n");
        tree.insert(TreePath::normalized("content/craft.md"), "---\nkind: competency\ntitle: Craft\n---\n");
        tree.insert(TreePath::normalized("content/ic/senior.md"), bytes);
        tree.insert(TreePath::normalized("content/ic/mid.md"), other);
        assert_sound(&tree);
    }
}

/// The program itself ends with 0 or 1, and never with a message of a panic.
#[test]
fn the_program_checks_damaged_projects() {
    for seed in 1000..1004 {
        let projects = projects();
        let mut chance = Rng::new(seed);
        let project = damaged(chance.pick(&projects), &mut chance);
        let folder = Folder::empty();
        for (path, _) in project.iter() {
            folder.write(path.as_str(), project.bytes(path).map_or(&[][..], |bytes| bytes));
        }
        let run = folder.run(&["check"]).never_says("panicked");
        let run = if run.stderr.contains("error[") { run.fails() } else { run.succeeds() };
        drop(run);
    }
}
