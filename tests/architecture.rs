//! The layers hold: what `src/lib.rs` tells as a story is true of every file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms that may touch the outside world.
const OUTSIDE: [&str; 4] = ["disk", "watch", "serve", "command"];

/// Rooms that don't know each other although the order of flow would let them: the first must not name the second.
const STRANGERS: [(&str, &str); 2] = [("page", "config"), ("theme", "page")];

/// How long a file may be.
const LONGEST: usize = 450;

/// What only the commands do.
const PRINTED: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// What only the outer rooms may name, by the start of its path.
const FENCED: [&str; 8] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time",
];

/// What only the outer rooms may write, wherever it stands.
const FENCED_WORDS: [&str; 13] = [
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "Instant::now",
    "SystemTime",
    "Zoned::now",
    "Timestamp::now",
    ".exists()",
    ".canonicalize()",
    ".read_dir()",
    ".metadata()",
];

#[test]
fn the_rooms_are_declared_in_the_order_of_flow() {
    let flow = [
        "tree",
        "index",
        "memo",
        "diagnostic",
        "name",
        "yaml",
        "markdown",
        "config",
        "page",
        "ladder",
        "link",
        "guide",
        "theme",
        "view",
        "context",
        "diagram",
        "pages",
        "search",
        "export",
        "print",
        "site",
        "disk",
        "watch",
        "serve",
        "command",
    ];
    assert_eq!(rooms(), flow, "a new room takes its place in this list, in src/lib.rs and in its story");
}

#[test]
fn every_arrow_goes_with_the_flow() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut wrong = Vec::new();
    for file in files() {
        let Some(from) = place(&file.room) else { continue };
        for to in file.rooms_named().iter().filter(|to| **to != file.room) {
            let against = place(to).is_none_or(|to| to > from);
            let strangers = STRANGERS.iter().any(|(one, other)| *one == file.room && other == to);
            let too_much = file.room == "disk" && to != "tree";
            if against || strangers || too_much {
                wrong.push(format!("{} names crate::{to}", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the order of flow:\n{}", wrong.join("\n"));
}

#[test]
fn main_only_starts_the_command() {
    let main = fs::read_to_string(source().join("main.rs")).expect("src/main.rs");
    let paths = paths(&code(&main));
    assert!(paths.contains("stepladder::command::run"), "{paths:?}");
    assert!(
        paths.iter().all(|path| path.starts_with("std::process::") || path.starts_with("stepladder::command")),
        "{paths:?}"
    );
}

#[test]
fn only_the_outer_rooms_touch_the_outside_world() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| matches!(file.room.as_str(), "watch" | "serve")) {
        let words = PRINTED.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path.display())));
    }
    let inner = |file: &&File| !OUTSIDE.contains(&file.room.as_str()) && !file.path.ends_with("main.rs");
    for file in files().iter().filter(inner) {
        let fenced = |path: &&String| FENCED.iter().any(|start| path.starts_with(start));
        wrong.extend(file.paths().iter().filter(fenced).map(|path| format!("{} uses {path}", file.path.display())));
        let words = FENCED_WORDS.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path.display())));
    }
    assert!(wrong.is_empty(), "what only the outer rooms may do:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_of_a_size_to_be_read() {
    let lines = |file: &File| fs::read_to_string(&file.path).expect("a source file").lines().count();
    let long: Vec<String> = files()
        .iter()
        .filter(|file| lines(file) > LONGEST)
        .map(|file| format!("{}: {} lines", file.path.display(), lines(file)))
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST} lines:\n{}", long.join("\n"));
}

/// A source file.
struct File {
    path: PathBuf,
    /// The room it is in; empty for `lib.rs` and `main.rs`.
    room: String,
    /// How many modules deep it is: 1 for `src/name.rs`, 2 for `src/page/split.rs`.
    depth: usize,
    /// Its code, without comments, the content of texts, and tests.
    code: String,
}

impl File {
    /// The paths that it names, `super` resolved as far as that leads to the root.
    fn paths(&self) -> BTreeSet<String> {
        let up = "super::".repeat(self.depth);
        let rooted = |path: String| match path.strip_prefix(&up) {
            Some(rest) => format!("crate::{rest}"),
            None => path,
        };
        paths(&self.code).into_iter().map(rooted).collect()
    }

    /// The rooms that it names.
    fn rooms_named(&self) -> BTreeSet<String> {
        let room = |path: &String| Some(path.strip_prefix("crate::")?.split("::").next()?.to_owned());
        self.paths().iter().filter_map(room).collect()
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms, in the order in which `src/lib.rs` declares them.
fn rooms() -> Vec<String> {
    let library = fs::read_to_string(source().join("lib.rs")).expect("src/lib.rs");
    let rooms = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms.map(ToOwned::to_owned).collect()
}

/// All source files but those that are only tests.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(source()).sort_by_file_name() {
        let path = entry.expect("src/ can be listed").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            files.push(file(path, &text));
        }
    }
    let tests: BTreeSet<PathBuf> = files.iter().flat_map(|file| test_files(&file.path)).collect();
    files.retain(|file| !tests.contains(&file.path));
    assert!(files.len() > 50, "only {} source files were found", files.len());
    files
}

fn file(path: PathBuf, text: &str) -> File {
    let inside = path.strip_prefix(source()).expect("a file in src/").with_extension("");
    let names: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    let depth = names.len() - usize::from(names.last().is_some_and(|name| name == "mod"));
    let top = depth == 1 && matches!(names[0].as_str(), "lib" | "main");
    let room = if top { String::new() } else { names[0].clone() };
    File { path, room, depth, code: code(text) }
}

/// The files that a file declares as tests: `#[cfg(test)] mod tests;`.
fn test_files(path: &Path) -> Vec<PathBuf> {
    let text = blank(&fs::read_to_string(path).expect("a source file"));
    let declared = text.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("mod "));
    let names =
        declared.filter_map(|rest| rest.split_once([';', '{']).filter(|(name, _)| rest[name.len()..].starts_with(';')));
    let parent = path.parent().expect("a file in src/");
    names.map(|(name, _)| parent.join(format!("{}.rs", name.trim()))).collect()
}

/// Source without comments, the content of texts, and items under `#[cfg(test)]`.
fn code(text: &str) -> String {
    let blank = blank(text);
    let mut out = String::new();
    let mut rest = blank.as_str();
    while let Some((before, item)) = rest.split_once("#[cfg(test)]") {
        out.push_str(before);
        let end = item.find([';', '{']).unwrap_or(item.len());
        rest = if item[end..].starts_with('{') { &item[end + braces(&item[end..])..] } else { &item[end..] };
    }
    out + rest
}

/// How long the block is with which a text begins.
fn braces(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Source without comments and without what stands in texts and character literals.
fn blank(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            'r' if !out.ends_with(is_word) => raw_text(rest),
            '"' => quoted(rest, '"'),
            '\'' => character(rest),
            _ => 0,
        };
        if skip == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.push(' ');
            rest = &rest[skip..];
        }
    }
    out
}

/// How long the raw text is with which some source begins; 0 for none.
fn raw_text(source: &str) -> usize {
    let hashes = source[1..].chars().take_while(|c| *c == '#').count();
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 2;
    if !source[1 + hashes..].starts_with('"') {
        return 0;
    }
    source[inside..].find(&end).map_or(source.len(), |at| inside + at + end.len())
}

/// How long the text or character is with which some source begins, quotes included.
fn quoted(source: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in source.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    source.len()
}

/// How long the character literal is with which some source begins; 0 for a lifetime.
fn character(source: &str) -> usize {
    let mut chars = source.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => quoted(source, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn contains_word(code: &str, word: &str) -> bool {
    let starts = |at: usize| word.starts_with('.') || !code[..at].ends_with(is_word);
    code.match_indices(word).any(|(at, _)| starts(at))
}

/// The paths in some code, groups of `use` taken apart: `std::{fs, io::Read}` is `std::fs` and `std::io::Read`.
fn paths(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for root in ["crate::", "std::", "super::", "stepladder::"] {
        for (at, _) in code.match_indices(root) {
            let inside = code[..at].ends_with(is_word) || code[..at].ends_with("::");
            if !inside {
                expand("", &code[at..], &mut found);
            }
        }
    }
    found
}

/// Reads the path with which some code begins; returns how long it is.
fn expand(before: &str, code: &str, found: &mut BTreeSet<String>) -> usize {
    let length = code.find(|c: char| !is_word(c) && c != ':').unwrap_or(code.len());
    let path = format!("{before}{}", &code[..length]);
    if !(path.ends_with("::") && code[length..].starts_with('{')) {
        found.insert(path.trim_end_matches(':').to_owned());
        return length;
    }
    let mut at = length + 1;
    while !code[at..].starts_with('}') {
        let separators = code[at..].find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(0);
        at += separators;
        if code[at..].starts_with('}') {
            break;
        }
        let read = expand(&path, &code[at..], found);
        assert!(read > 0 || separators > 0, "a group that can't be read: {}", &code[..code.len().min(80)]);
        at += read.max(usize::from(!is_word(code[at..].chars().next().unwrap_or('x'))));
    }
    at + 1
}

#[test]
fn paths_are_read_out_of_code_and_not_out_of_comments_texts_and_tests() {
    let text = "
        use std::{fs, io::{self, Read}};
        use crate::tree::{Tree,
            TreePath};
        // crate::comment
        fn a<'x>() -> crate::page::Page { let c = ['\"', '{']; \"crate::text {\"; r#\"crate::\"raw\"# }
        #[cfg(test)]
        mod tests { use crate::site; fn b() { '}' } }
        fn c() { super::super::link::encode() }
        #[cfg(test)]
        mod more;
        ";
    let found: Vec<String> = paths(&code(text)).into_iter().collect();
    let wanted = [
        "crate::page::Page",
        "crate::tree::Tree",
        "crate::tree::TreePath",
        "std::fs",
        "std::io::Read",
        "std::io::self",
        "super::super::link::encode",
    ];
    assert_eq!(found, wanted);
    let nested = file(source().join("page/split.rs"), text);
    assert_eq!(nested.rooms_named(), BTreeSet::from(["link", "page", "tree"].map(str::to_owned)));
    assert!(contains_word("a(); print!(x)", "print!") && !contains_word("eprint!(x)", "print!"));
}
