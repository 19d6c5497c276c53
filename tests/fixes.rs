//! `check --fix` on mangled projects: it ends, a second run changes nothing, and no text is lost.

use std::collections::{BTreeMap, BTreeSet};

use stepladder::diagnostic::fixable;
use stepladder::markdown::RawHtml;
use stepladder::page;
use stepladder::site::{Fixed, Options, fix};
use stepladder::tree::{Tree, TreePath};

use crate::golden;
use crate::mangling::{HEADINGS, ITEMS};
use crate::support::{Project, Rng, TODAY};
use crate::text::{mangle, published};

/// The number of mangled projects.
const PROJECTS: usize = 60;

/// The most mistakes in one project.
const MISTAKES: usize = 8;

/// Mistakes in front matter: what to replace, and by what.
const FRONT_MATTER: &[(&str, &str)] = &[
    ("title:", "titel:"),
    ("rank:", "Rank:"),
    ("kind:", "Kind :"),
    (": ", ":"),
    ("\n---\n", "\n—\n"),
    ("---\n", "----\n"),
    ("title: ", "title: “"),
    ("extends: ", "extend: "),
    ("summary:", "description:"),
    ("\n", "\n\t"),
];

fn fixed(project: &Tree) -> Fixed {
    fix(project, Options { drafts: false, today: TODAY }, &BTreeMap::new())
}

fn text(project: &Tree, path: &TreePath) -> String {
    String::from_utf8_lossy(project.bytes(path).expect("a file in memory")).into_owned()
}

/// Makes one mistake in a page, as pasting and typing make them.
fn with_mistake(source: &str, random: &mut Rng) -> Option<String> {
    let body = source.find("\n---\n").map_or(0, |end| end + 5);
    let with_line = |is_meant: &dyn Fn(&str) -> bool, forms: &[&str], random: &mut Rng| {
        let lines: Vec<&str> = source.split('\n').collect();
        let candidates: Vec<usize> = (0..lines.len()).filter(|at| is_meant(lines[*at])).collect();
        let at = *candidates.get(random.below(candidates.len().max(1)))?;
        let text = lines[at].trim_start_matches(['#', '-']);
        let marks = &lines[at][..lines[at].len() - text.len()];
        let form = random.pick(forms).trim_start_matches('=');
        let mangled = form.replace('#', marks).replace('T', text.trim());
        Some(
            lines
                .iter()
                .enumerate()
                .map(|(n, line)| if n == at { &*mangled } else { *line })
                .collect::<Vec<_>>()
                .join("\n"),
        )
    };
    match random.below(5) {
        0 => with_line(&|line| line.starts_with("## "), HEADINGS, random),
        1 | 2 => with_line(&|line| line.starts_with("- "), ITEMS, random),
        3 => mangle(source, body, random).map(|(text, _)| text),
        _ => {
            let (from, to) = random.pick(FRONT_MATTER);
            let at = source[..body].find(from)?;
            Some(format!("{}{to}{}", &source[..at], &source[at + from.len()..]))
        }
    }
}

/// A project with a few mistakes, and with Windows line endings and byte order marks in some of its files.
fn mangled(original: &Tree, random: &mut Rng) -> Tree {
    let mut project = original.clone();
    let pages: Vec<&TreePath> = original.iter().map(|(path, _)| path).filter(|path| page::is_page(path)).collect();
    for _ in 0..=random.below(MISTAKES) {
        let path = *random.pick(&pages);
        if let Some(text) = with_mistake(&text(&project, path), random) {
            project.insert(path.clone(), text);
        }
    }
    for path in pages {
        let source = text(&project, path);
        match random.below(8) {
            0 => project.insert(path.clone(), source.replace('\n', "\r\n")),
            1 => project.insert(path.clone(), format!("\u{feff}{source}")),
            _ => {}
        }
    }
    project
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_lowercase).collect()
}

/// The words that a page publishes, without tags.
fn published_words(path: &TreePath, source: &str) -> BTreeSet<String> {
    let html = published(&page::parse(path, &source.into(), RawHtml::Safe).value);
    let outside_tags = html.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
        Some((_, text)) if at > 0 => text,
        _ => part,
    });
    words(&outside_tags.collect::<Vec<_>>().join(" "))
}

#[test]
fn fixes_end_and_lose_no_text() {
    let originals: Vec<Tree> = golden::names().map(|name| golden::project(name, "urls: file")).collect();
    let mut random = Rng::new(13);
    let (mut failures, mut fixes) = (Vec::new(), 0);
    for number in 0..PROJECTS {
        let project = mangled(&originals[number % originals.len()], &mut random);
        let first = fixed(&project);
        fixes += first.count;
        let left = fixable(&first.checked.diagnostics, &first.project);
        if left > 0 {
            let left = first.checked.diagnostics.iter().filter(|one| one.machine_applicable_fix().is_some());
            let left: Vec<String> = left.map(|one| format!("{}: {}", one.span.file, one.message)).collect();
            failures.push(format!("{number}: not fixed: {left:?}"));
        }
        for (path, _) in project.iter().filter(|(path, _)| project.bytes(path).is_some()) {
            let (before, after) = (text(&project, path), text(&first.project, path));
            if !first.files.contains_key(path) {
                assert_eq!(before, after, "{path} has no fix");
                continue;
            }
            let removed: BTreeSet<String> = words(&before).difference(&words(&after)).cloned().collect();
            let unpublished: Vec<String> =
                published_words(path, &before).difference(&published_words(path, &after)).cloned().collect();
            let lost: Vec<&String> = unpublished.iter().filter(|word| !removed.contains(*word)).collect();
            if !lost.is_empty() {
                failures.push(format!("{number}: {path} loses {lost:?}:\n{before}\n--- after\n{after}"));
            }
            let line_breaks = |text: &str| (text.contains("\r\n"), text.replace("\r\n", "").contains('\n'));
            assert_eq!(line_breaks(&before), line_breaks(&after), "{path}");
            assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "{path}");
        }
        let second = fixed(&first.project);
        if second.project != first.project {
            failures.push(format!("{number}: a second run changes {:?}", second.files));
        }
    }
    println!("{fixes} fixes in {PROJECTS} projects");
    assert!(fixes > PROJECTS / 2, "{fixes} fixes");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_project_without_mistakes_stays_as_it_is() {
    let project = Project::new().file("content/index.md", "---\ntitle: Home\n---\n- One.\n").tree();
    let fixed = fixed(&project);
    assert_eq!((fixed.count, fixed.files.len(), fixed.project == project), (0, 0, true));
}
