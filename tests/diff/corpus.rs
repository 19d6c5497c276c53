//! The labelled edits in `tests/diff/corpus/`.
//!
//! A file is a ladder in one style, then edits of it. `@ PATH` begins a file whose lines begin with `|`. `== NAME` begins an
//! edit of the ladder: `~ PATH` names the file in which the lines after `-` are replaced by those after `+`;
//! `move FROM TO`, `drop PATH` and `crlf PATH` do what they say; and `@` adds a file. Each `=` labels a change
//! that the edit makes, with the beginning of its text; `|` separates labels that are both right. An edit without a label
//! is no change.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use stepladder::guide::{Guide, Options};
use stepladder::tree::TreePath;

use crate::support::TODAY;

/// A ladder in one style, and edits of it.
pub(super) struct Style {
    pub(super) name: String,
    pub(super) base: Guide,
    pub(super) cases: Vec<Case>,
}

/// An edit with its labels.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) after: Guide,
    pub(super) expected: Vec<String>,
}

/// The files of a project, as texts.
type Files = BTreeMap<String, String>;

static STYLES: LazyLock<Vec<Style>> = LazyLock::new(read_all);

/// The corpus, read once.
pub(super) fn styles() -> &'static [Style] {
    &STYLES
}

fn read_all() -> Vec<Style> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/corpus");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let style = |file: &std::path::PathBuf| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        read(name, &fs::read_to_string(file).expect("a text"))
    };
    files.iter().map(style).collect()
}

fn read(name: String, text: &str) -> Style {
    let mut sections = text.split("\n== ");
    let mut base = Files::new();
    // The first line says what the style is.
    let (_, ladder) = sections.next().and_then(|section| section.split_once('\n')).expect("a ladder");
    edit(&mut base, ladder);
    let case = |section: &str| {
        let (name, edits) = section.split_once('\n').unwrap_or((section, ""));
        let mut files = base.clone();
        let expected = edit(&mut files, edits);
        Case { name: name.to_owned(), after: guide(&files), expected }
    };
    Style { name, base: guide(&base), cases: sections.map(case).collect() }
}

fn guide(files: &Files) -> Guide {
    let tree = files.iter().map(|(path, text)| (TreePath::normalized(path), text.as_str().into())).collect();
    Guide::new(&tree, Options { drafts: false, today: TODAY }).value
}

/// Applies edits, and returns their labels.
#[track_caller]
fn edit(files: &mut Files, edits: &str) -> Vec<String> {
    let mut labels = Vec::new();
    let mut at = String::new();
    let (mut old, mut new) = (String::new(), String::new());
    for line in edits.lines().chain([""]) {
        let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
        if (mark != "+" && !new.is_empty()) || (mark != "+" && mark != "-" && !old.is_empty()) {
            let text = files.get_mut(&at).unwrap_or_else(|| panic!("there's no {at}"));
            assert!(text.contains(&old), "{at} doesn't have\n{old}");
            *text = text.replacen(&old, &new, 1);
            (old, new) = (String::new(), String::new());
        }
        match mark {
            "@" => {
                rest.clone_into(&mut at);
                files.insert(at.clone(), String::new());
            }
            "~" => rest.clone_into(&mut at),
            "|" => *files.get_mut(&at).expect("a file") += &format!("{rest}\n"),
            "-" => old += &format!("{rest}\n"),
            "+" => new += &format!("{rest}\n"),
            "=" => labels.push(rest.to_owned()),
            "move" => {
                let (from, to) = rest.split_once(' ').expect("two paths");
                let text = files.remove(from).expect("a file to move");
                files.insert(to.to_owned(), text);
            }
            "drop" => assert!(files.remove(rest).is_some(), "there's no {rest}"),
            "crlf" => {
                let text = files.get_mut(rest).expect("a file");
                *text = text.replace('\n', "\r\n");
            }
            _ => assert!(line.is_empty(), "unknown edit: {line}"),
        }
    }
    labels
}
