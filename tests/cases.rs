//! Every problem that Stepladder reports has a page in `tests/cases/`: documentation for authors, and its test. The
//! sections "What it means" and "How to fix it" of `tests/cases/<code>.md` explain the problem. Every other `##`
//! section is a case: fenced files (the info string is a language and a path) and a fence `problems` with *all*
//! problems of the project that these files make. So every case also proves that one mistake gives one message.
//!
//! - Files before the first case are part of every case of the page. `stepladder.yaml` says `title: Test` where no
//!   fence gives it.
//! - `symlink content/x.md missing`: a symbolic link that can't be followed (`missing`, `outside`, `circular`), with its
//!   target as the text.
//! - `text content/x.md escaped`: `\xFF` in the file stands for the byte FF.
//! - `problems drafts`: drafts are treated as published.
//! - `markdown content/x.md before`: a file of the version that was published, with which the project is compared as by
//!   `check --against`.
//! - In a problem, `at:` is what is underlined, `label` is another place that is shown.
//! - `markdown content/x.md fixed`, after the problems: the file as `check --fix` leaves it, for each that it changes.
//!
//! `STEPLADDER_BLESS=1 cargo test cases` rewrites the `problems` and `fixed` fences, `STEPLADDER_BLESS=broken-link` those
//! of one page. Review what it wrote as you would code: is the place exact, would a manager who has never programmed
//! understand the message, and is there a way out?

mod document;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use similar::TextDiff;
use stepladder::diagnostic::{Applicability, Code, Diagnostic, Fix, apply, fixable, json, sort, text};
use stepladder::guide::Guide;
use stepladder::permanence::{Published, against};
use stepladder::site::{Options, Site, fix_found};
use stepladder::tree::{SymlinkProblem, Tree, TreePath, UnresolvedSymlink};

use self::document::{Case, Document, Outcome, PROSE_SECTIONS};
use crate::support::{Built, Project, TODAY, blessing_of, build};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// All pages: the code that the file's name says, its path and its text.
fn documents() -> Vec<(String, PathBuf, Document)> {
    let files = fs::read_dir(folder()).expect("the cases' folder").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let code = path.file_stem().expect("a file with a name").to_string_lossy().into_owned();
        (code, path, Document::parse(&text))
    };
    pages.into_iter().map(read).collect()
}

/// The project of a case.
fn project(case: &Case) -> Tree {
    let mut project = Project::new();
    for (path, bytes) in &case.files {
        project = project.bytes(path, bytes);
    }
    let mut tree = project.tree();
    tree.replace_symlinks(case.symlinks.iter().map(|(path, link)| symlink(path, link)).collect());
    tree
}

/// What the published version of a case has, if it has one.
fn published(case: &Case) -> Published {
    if case.before.is_empty() {
        return Published::default();
    }
    let project = case.before.iter().fold(Project::new(), |project, (path, bytes)| project.bytes(path, bytes));
    Published::of(&Guide::new(&project.tree(), Options { drafts: false, today: TODAY }).value)
}

/// The project of each case, by a name for messages, and whether its drafts are published.
pub(crate) fn projects() -> Vec<(String, Tree, bool)> {
    let of = |(code, _, document): (String, PathBuf, Document)| {
        let named = move |case: &Case| (format!("{code}.md, \"{}\"", case.title), project(case), case.drafts);
        document.cases.iter().map(named).collect::<Vec<_>>()
    };
    documents().into_iter().flat_map(of).collect()
}

/// All problems of a case's project, in the notation of the `problems` fences, and the files that their fixes change.
fn outcome(case: &Case) -> Outcome {
    let tree = project(case);
    let Built { site, mut problems, .. } = build(&tree, case.drafts);
    let published = published(case);
    let find = |site: &Site| against(&published, &site.context().guide);
    problems.extend(find(&site));
    sort(&mut problems);
    let fixed = fixed_files(&tree, &problems, case.drafts, &find);
    let sources = tree.over(&site.theme_sources());
    let shown = text::render(&problems, &sources, false);
    for problem in &problems {
        let head = format!("{}[{}]", problem.severity().as_str(), problem.code.as_str());
        assert!(shown.contains(&head), "{head} is not in the text that people see:\n{shown}");
    }
    let report: Value = serde_json::from_str(&json::render(&problems, &sources)).expect("JSON");
    let entries = report["diagnostics"].as_array().expect("a list");
    Outcome { problems: entries.iter().map(|entry| written(entry, &sources)).collect(), fixed }
}

/// All problems of a project. Only templates of its own can make it a problem to render a page.
fn problems(project: &Tree, drafts: bool) -> Vec<Diagnostic> {
    if project.inside("themes").next().is_some() {
        return build(project, drafts).problems;
    }
    Site::new(project, Options { drafts, today: TODAY }).diagnostics
}

/// The files that `check --fix` changes in a project with some problems, as it leaves them.
fn fixed_files(
    project: &Tree,
    problems: &[Diagnostic],
    drafts: bool,
    find: &dyn Fn(&Site) -> Vec<Diagnostic>,
) -> Vec<(String, Vec<u8>)> {
    if fixable(problems, project) == 0 {
        return Vec::new();
    }
    let fixed = fix_found(project, Options { drafts, today: TODAY }, &BTreeMap::new(), find);
    let content = |path: &TreePath| (path.to_string(), fixed.project.bytes(path).expect("a file in memory").to_vec());
    fixed.files.keys().map(content).collect()
}

fn symlink(path: &str, link: &str) -> (TreePath, UnresolvedSymlink) {
    let (reason, target) = link.split_once(' ').expect("a reason and a target");
    let reason = match reason {
        "missing" => SymlinkProblem::Missing,
        "outside" => SymlinkProblem::Outside,
        "circular" => SymlinkProblem::Circular,
        _ => panic!("`{reason}` is no reason"),
    };
    (TreePath::normalized(path), UnresolvedSymlink { target: target.to_owned(), reason })
}

fn written(entry: &Value, sources: &Tree) -> String {
    let text = |key: &str| entry[key].as_str().expect("a text");
    let (severity, code, message) = (text("severity"), text("code"), text("message"));
    let mut out = format!("{} {severity}[{code}]: {message}\n", place(entry));
    if let Some(marked) = marked(entry, sources) {
        let _ = writeln!(out, "  at: {marked}");
    }
    for label in entry["labels"].as_array().expect("a list") {
        let _ = writeln!(out, "  label {}: {}", place(label), label["text"].as_str().expect("a text"));
    }
    if let Some(help) = entry["help"].as_str() {
        let _ = writeln!(out, "  help: {help}");
    }
    out
}

fn place(entry: &Value) -> String {
    format!("{}:{}:{}", entry["file"].as_str().expect("a text"), entry["line"], entry["column"])
}

/// The underlined text, if any: the part of the span in its first line.
fn marked(entry: &Value, sources: &Tree) -> Option<String> {
    let number = |key: &str| usize::try_from(entry[key].as_u64().expect("a number")).expect("a small number");
    let path = TreePath::normalized(entry["file"].as_str()?);
    let source = String::from_utf8_lossy(sources.bytes(&path)?).into_owned();
    let line = source.trim_start_matches('\u{feff}').lines().nth(number("line") - 1)?;
    let end = if number("end_line") > number("line") { usize::MAX } else { number("end_column") };
    let part: String = line.chars().take(end - 1).skip(number("column") - 1).collect();
    (!part.trim().is_empty()).then_some(part.replace('\0', "\\x00"))
}

#[test]
fn every_case_has_just_the_problems_that_it_says() {
    let mut failures = String::new();
    for (code, path, mut document) in documents() {
        assert!(
            !document.cases.is_empty(),
            "{code}.md has no case: a section `## …` with files and a `problems` fence"
        );
        let found: Vec<Outcome> = document.cases.iter().map(outcome).collect();
        for (case, found) in document.cases.iter().zip(&found) {
            if case.expected() == *found || blessing_of(&code) {
                continue;
            }
            let (expected, found) = (readable(&case.expected()), readable(found));
            let diff = TextDiff::from_lines(&expected, &found);
            let diff = diff.unified_diff().context_radius(20).header("expected", "found").to_string();
            let _ = writeln!(failures, "tests/cases/{code}.md, \"{}\":\n{diff}", case.title);
        }
        if blessing_of(&code) {
            document.set_outcomes(&found);
            fs::write(path, document.to_string()).expect("the page can be written");
        }
    }
    assert!(failures.is_empty(), "`STEPLADDER_BLESS=1` would accept what was found.\n\n{failures}");
}

/// An outcome as a text, for messages.
fn readable(outcome: &Outcome) -> String {
    let file = |(path, bytes): &(String, Vec<u8>)| format!("{path} after fixes:\n{}", String::from_utf8_lossy(bytes));
    outcome.problems.clone() + &outcome.fixed.iter().map(file).collect::<String>()
}

/// Each fix of each diagnostic of all cases, made alone, resolves its diagnostic.
#[test]
fn every_fix_resolves_its_problem() {
    let mut failures = String::new();
    for (code, _, document) in documents() {
        for case in &document.cases {
            let project = project(case);
            let found = problems(&project, case.drafts);
            for problem in &found {
                for fix in &problem.fixes {
                    let machine = Fix { applicability: Applicability::MachineApplicable, ..fix.clone() };
                    let alone = Diagnostic { fixes: vec![machine], ..problem.clone() };
                    let applied = apply(&[alone], &project);
                    let mut fixed = project.clone();
                    applied.files.into_iter().for_each(|(path, bytes)| fixed.insert(path, bytes));
                    let is_same = |other: &&Diagnostic| {
                        other.code == problem.code
                            && other.span.file == problem.span.file
                            && other.message == problem.message
                    };
                    let before = found.iter().filter(is_same).count();
                    let after = problems(&fixed, case.drafts).iter().filter(is_same).count();
                    if applied.fixed.is_empty() || after >= before {
                        let message = &problem.message;
                        let _ =
                            writeln!(failures, "tests/cases/{code}.md, \"{}\": {message}: {}", case.title, fix.label);
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "These fixes don't resolve their problem:\n{failures}");
}

#[test]
fn every_code_has_a_page_and_a_case_that_shows_it() {
    let documents = documents();
    for code in Code::ALL {
        let (name, severity) = (code.as_str(), code.severity().as_str());
        let Some((_, _, document)) = documents.iter().find(|(known, ..)| known == name) else {
            panic!("there is no tests/cases/{name}.md");
        };
        let head: Vec<&str> = document.lines().take(3).collect();
        let expected = [format!("# {name}"), String::new(), format!("Severity: {severity}")];
        assert_eq!(head, expected, "tests/cases/{name}.md");
        let mut headings = document.lines().filter_map(|line| line.strip_prefix("## "));
        assert!(headings.by_ref().take(2).eq(PROSE_SECTIONS), "tests/cases/{name}.md begins with {PROSE_SECTIONS:?}");
        let shown = format!(" {severity}[{name}]: ");
        assert!(document.cases.iter().any(|case| case.problems.contains(&shown)), "no case of {name}.md shows {name}");
    }
}

#[test]
fn every_page_is_about_a_code() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for (name, ..) in documents() {
        assert!(codes.contains(name.as_str()), "tests/cases/{name}.md: there is no such code");
    }
}

#[test]
fn every_problem_offers_a_way_out_in_plain_words() {
    for (code, _, document) in documents() {
        for case in &document.cases {
            let mut problem = "";
            let mut helped = true;
            for line in case.problems.lines().chain(["end"]) {
                if line.starts_with(' ') {
                    helped |= line.starts_with("  help: ");
                    continue;
                }
                assert!(helped, "tests/cases/{code}.md, \"{}\": no way out of: {problem}", case.title);
                (problem, helped) = (line, false);
            }
        }
    }
}
