//! Golden sites: small projects in `tests/golden/`, each with the whole site that they become in its `expected/`.
//!
//! Most of them have the theme in `tests/golden/theme/`, which prints every view plainly. `expected/` holds all files
//! that Stepladder makes; not what it copies (`assets/` of the theme, and files of `content/` that are no pages). A
//! project with warnings has them in `expected/problems.txt`. `STEPLADDER_BLESS=1 cargo test golden` rewrites all of
//! it; what is rewritten is reviewed as code. Missing expectations fail, and so do those that nothing fulfils any more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use stepladder::diagnostic::{any_error, text};
use stepladder::tree::{File, Tree, TreePath};

use crate::support::{Built, Project, blessing, build};

/// The sites, each with the folders that hold what it is to become and how its configuration is changed for that.
const SITES: [(&str, &[(&str, &str)]); 6] = [
    ("bare", &[("expected", "")]),
    ("by-competency", &[("expected", "")]),
    ("languages", &[("expected", "")]),
    ("links", &[("expected", "urls: file"), ("expected-directory", "urls: directory")]),
    ("shapes", &[("expected", "")]),
    ("tables", &[("expected", "")]),
];

/// The file of expected warnings.
const PROBLEMS: &str = "problems.txt";

#[test]
fn bare() {
    golden("bare");
}

#[test]
fn by_competency() {
    golden("by-competency");
}

#[test]
fn languages() {
    golden("languages");
}

#[test]
fn links() {
    golden("links");
}

#[test]
fn shapes() {
    golden("shapes");
}

#[test]
fn tables() {
    golden("tables");
}

#[test]
fn every_folder_is_a_site_with_a_test() {
    let entries = fs::read_dir(home("")).expect("tests/golden");
    let found: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let known: BTreeSet<String> =
        SITES.iter().map(|(name, _)| *name).chain(["diagrams", "theme"]).map(str::to_owned).collect();
    assert_eq!(found, known);
}

/// The names of all golden sites.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SITES.iter().map(|(name, _)| *name)
}

/// Every golden site in every form in which it is built, by a name for messages: with its own theme and the default
/// one.
pub(crate) fn all() -> Vec<(String, Tree)> {
    let mut all = Vec::new();
    for (site, (expected, urls)) in SITES.iter().flat_map(|(site, forms)| forms.iter().map(move |form| (site, form))) {
        let project = project(site, urls);
        let default = reconfigured(&project, "theme: plain", "");
        if default != project {
            all.push((format!("{site}/{expected} in the default theme"), default));
        }
        all.push((format!("{site}/{expected}"), project));
    }
    all
}

/// Whether a golden site has the default theme, not its own.
pub(crate) fn has_default_theme(project: &Tree) -> bool {
    let configuration = project.bytes(&TreePath::normalized("stepladder.yaml")).expect("a configuration");
    !String::from_utf8_lossy(configuration).contains("theme: plain")
}

/// The project in the theme that prints every view plainly.
pub(crate) fn in_plain_theme(project: Project) -> Project {
    let configuration =
        project.tree().bytes(&TreePath::normalized("stepladder.yaml")).expect("a configuration").to_vec();
    let theme = files(&home("theme")).into_iter();
    let project = theme.fold(project, |project, (path, bytes)| project.bytes(&format!("themes/plain/{path}"), &bytes));
    project.bytes("stepladder.yaml", &[&configuration, &b"theme: plain\n"[..]].concat())
}

/// Builds a site in all its forms and compares each with what is expected.
fn golden(site: &str) {
    let (_, forms) = SITES.iter().find(|(name, _)| *name == site).expect("a site of the list");
    let mut wrong = Vec::new();
    for (expected, urls) in *forms {
        let project = project(site, urls);
        let folder = home(site).join(expected);
        let built = build(&project, false);
        let made = made(&project, &built);
        assert!(!any_error(&built.problems), "{}", text::render(&built.problems, &project, false));
        if blessing() {
            bless(&folder, &made);
        } else {
            compare(&folder, &made, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\n`STEPLADDER_BLESS=1 cargo test golden` takes what is made as right",
        wrong.join("\n")
    );
}

fn home(site: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(site)
}

/// The files of a site's project, and the theme of golden sites with them; `urls` instead of its `urls: file`.
pub(crate) fn project(site: &str, urls: &str) -> Tree {
    let mut project = stepladder::disk::read(&home(site)).expect("a project");
    for (path, bytes) in files(&home("theme")) {
        project.insert(TreePath::normalized(&format!("themes/plain/{path}")), bytes);
    }
    reconfigured(&project, "urls: file", urls)
}

fn reconfigured(project: &Tree, from: &str, to: &str) -> Tree {
    let path = TreePath::normalized("stepladder.yaml");
    let bytes = project.bytes(&path).expect("a configuration");
    let text = String::from_utf8_lossy(bytes).replace(from, to);
    let mut project = project.clone();
    project.insert(path, text);
    project
}

/// The output for a project: the files of its site that are not copied, and its problems.
fn made(project: &Tree, built: &Built) -> BTreeMap<String, Vec<u8>> {
    let copied = |path: &TreePath| {
        let from_content = project.get(&TreePath::normalized(&format!("content/{path}"))).is_some();
        path.as_str().starts_with("assets/") || from_content
    };
    let mut made = BTreeMap::new();
    for (path, file) in built.files.iter().filter(|(path, _)| !copied(path)) {
        let File::Bytes(bytes) = file else { panic!("{path} is neither made nor copied") };
        made.insert(path.to_string(), bytes.to_vec());
    }
    if !built.problems.is_empty() {
        made.insert(PROBLEMS.to_owned(), text::render(&built.problems, project, false).into_bytes());
    }
    made
}

/// The files of a folder by their paths in it; none when it is not there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("a file in the folder");
        let path = path.to_string_lossy().replace('\\', "/");
        (path, fs::read(entry.path()).expect("a readable file"))
    };
    files.map(read).collect()
}

fn bless(folder: &Path, made: &BTreeMap<String, Vec<u8>>) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old expectations can go");
    }
    for (path, bytes) in made {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("a file in the folder")).expect("folders can be made");
        fs::write(place, bytes).expect("expectations can be written");
    }
}

fn compare(folder: &Path, made: &BTreeMap<String, Vec<u8>>, wrong: &mut Vec<String>) {
    let expected = files(folder);
    let paths: BTreeSet<&String> = expected.keys().chain(made.keys()).collect();
    for path in paths {
        let place = folder.join(path);
        match (expected.get(path), made.get(path)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => wrong.push(format!("{} differs:\n{}", place.display(), difference(old, new))),
            (Some(_), None) => wrong.push(format!("{} is not made any more", place.display())),
            (None, _) => wrong.push(format!("{} is made and not expected", place.display())),
        }
    }
}

/// The lines in which two texts differ, with a few around them.
fn difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    similar::TextDiff::from_lines(&*old, &*new).unified_diff().context_radius(2).to_string()
}

#[test]
fn differences_are_described() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = |text: &str| BTreeMap::from([("a.html".to_owned(), text.as_bytes().to_vec())]);
    bless(folder.path(), &made("one\n"));
    let told = |made: &BTreeMap<String, Vec<u8>>| {
        let mut wrong = Vec::new();
        compare(folder.path(), made, &mut wrong);
        wrong.join("\n")
    };
    assert_eq!(told(&made("one\n")), "");
    assert!(told(&made("two\n")).contains("-one\n+two"));
    assert!(told(&BTreeMap::new()).contains("not made any more"));
    fs::write(folder.path().join("b.html"), "x").expect("a file");
    assert!(told(&made("one\n")).contains("b.html is not made any more"));
}
