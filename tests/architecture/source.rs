//! The source files of the crate, as text without comments, string contents and tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::imports::{Import, imports};

/// A source file.
pub(super) struct File {
    /// The path below `src/`, with `/`.
    pub(super) path: String,
    /// The module, e.g. `crate::page::split`; `crate` for `lib.rs` and `main.rs`.
    pub(super) module: String,
    /// The code without comments, string contents and tests.
    pub(super) code: String,
    pub(super) lines: usize,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let stem = path.trim_end_matches(".rs");
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let module = match stem {
            "lib" | "main" => "crate".to_owned(),
            _ => format!("crate::{}", stem.replace('/', "::")),
        };
        Self { path: path.to_owned(), module, code: code(text), lines: text.lines().count() }
    }

    /// The first module of the path; empty for `lib.rs` and `main.rs`.
    pub(super) fn room(&self) -> &str {
        room(&self.module)
    }

    /// Every path that the file imports or writes out. `super` and `self` are resolved; names that a `use` brings into
    /// scope are not.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let (imports, rest) = imports(&self.code);
        let imported = imports.into_iter().map(|Import { path, .. }| path);
        imported.chain(written_paths(&rest)).map(|path| from_root(&self.module, &path)).collect()
    }

    /// The rooms that the file names, including its own.
    pub(super) fn rooms_named(&self) -> BTreeSet<String> {
        self.paths().iter().map(|path| room(path)).filter(|room| !room.is_empty()).map(str::to_owned).collect()
    }
}

/// The room of a path of the crate: `page` for `crate::page::split::Split`; empty for paths of other crates.
pub(super) fn room(path: &str) -> &str {
    path.strip_prefix("crate::").map_or("", |rest| rest.split("::").next().unwrap_or_default())
}

/// Resolves a leading `self` or `super` of a path in a module.
pub(super) fn from_root(module: &str, path: &str) -> String {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    let parent = module.rsplit_once("::").map_or("crate", |(parent, _)| parent);
    match first {
        "self" => join(module, rest),
        "super" if rest.starts_with("super") => from_root(parent, rest),
        "super" => join(parent, rest),
        _ => path.to_owned(),
    }
}

pub(super) fn join(module: &str, rest: &str) -> String {
    if rest.is_empty() { module.to_owned() } else { format!("{module}::{rest}") }
}

/// The rooms, in the order in which `src/lib.rs` declares them.
pub(super) fn rooms() -> Vec<String> {
    let library = fs::read_to_string(source().join("lib.rs")).expect("src/lib.rs");
    let rooms = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms.map(ToOwned::to_owned).collect()
}

/// Every source file except those that contain only tests.
pub(super) fn files() -> Vec<File> {
    let mut texts = BTreeMap::new();
    for entry in walkdir::WalkDir::new(source()) {
        let path = entry.expect("src/ can be listed").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(source()).expect("a file in src/").to_owned();
            texts.insert(inside, fs::read_to_string(&path).expect("a source file"));
        }
    }
    let tests: Vec<PathBuf> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    texts.retain(|path, _| !tests.iter().any(|test| path.with_extension("").starts_with(test)));
    assert!(texts.len() > 50, "only {} source files were found", texts.len());
    let name = |path: &Path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    texts.iter().map(|(path, text)| File::new(&name(path), text)).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules that a file declares by `#[cfg(test)] mod tests;`, as paths without extension.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let text = blank(text);
    let declared = text.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("mod "));
    let names =
        declared.filter_map(|rest| rest.split_once([';', '{']).filter(|(name, _)| rest[name.len()..].starts_with(';')));
    let folder = if path.ends_with("mod.rs") { path.with_file_name("") } else { path.with_extension("") };
    names.map(|(name, _)| folder.join(name.trim())).collect()
}

/// Every path of two or more segments outside `use`, e.g. `PageId::new`.
pub(super) fn written_paths(code: &str) -> Vec<String> {
    let pieces = code.split(|c: char| !is_word(c) && c != ':');
    let paths = pieces.map(|piece| piece.trim_matches(':'));
    paths.filter(|path| path.contains("::")).map(ToOwned::to_owned).collect()
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

/// The length of the block at the start of a text.
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

/// The length of the raw string at the start of some source; 0 for none.
fn raw_text(source: &str) -> usize {
    let hashes = source[1..].chars().take_while(|c| *c == '#').count();
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 2;
    if !source[1 + hashes..].starts_with('"') {
        return 0;
    }
    source[inside..].find(&end).map_or(source.len(), |at| inside + at + end.len())
}

/// The length of the string or character literal at the start of some source, quotes included.
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

/// The length of the character literal at the start of some source; 0 for a lifetime.
fn character(source: &str) -> usize {
    let mut chars = source.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => quoted(source, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(super) fn contains_word(code: &str, word: &str) -> bool {
    let starts = |at: usize| word.starts_with('.') || !code[..at].ends_with(is_word);
    code.match_indices(word).any(|(at, _)| starts(at))
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
    let file = File::new("page/split.rs", text);
    let found: Vec<String> = file.paths().into_iter().collect();
    let wanted = [
        "crate::link::encode",
        "crate::page::Page",
        "crate::tree::Tree",
        "crate::tree::TreePath",
        "std::fs",
        "std::io",
        "std::io::Read",
    ];
    assert_eq!(found, wanted);
    assert_eq!(file.rooms_named(), BTreeSet::from(["link", "page", "tree"].map(str::to_owned)));
    assert!(contains_word("a(); print!(x)", "print!") && !contains_word("eprint!(x)", "print!"));
}
