//! The default theme, embedded in the program.

use std::collections::HashMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::tree::{File, Tree, TreePath};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

static THEME: LazyLock<Tree> =
    LazyLock::new(|| files().map(|(path, bytes)| (TreePath::normalized(&path), compact(&path, bytes))).collect());

/// The embedded files with their paths.
fn files() -> impl Iterator<Item = (String, &'static [u8])> {
    let mut folders = vec![&FILES];
    let all = std::iter::from_fn(move || {
        let folder = folders.pop()?;
        folders.extend(folder.dirs());
        Some(folder)
    });
    all.flat_map(Dir::files).map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents()))
}

/// Whether a project's file is the same as that of the default theme, which then counts as not being in the project: a
/// theme may begin as a copy of the default one.
pub(super) fn is_copy(path: &TreePath, file: &File) -> bool {
    static ORIGINALS: LazyLock<HashMap<String, &'static [u8]>> = LazyLock::new(|| files().collect());
    matches!(file, File::Bytes(bytes) if ORIGINALS.get(path.as_str()).is_some_and(|original| **original == **bytes))
}

/// A file without what only those who work on it need: the comments and indentation of scripts and style sheets, a fifth of
/// what a page loads. This isn't fit for any file: those of the default theme have no text that goes over several lines or
/// contains the start of a comment, which a test checks.
fn compact(path: &str, bytes: &'static [u8]) -> File {
    let comment = match path.rsplit_once('.') {
        Some((_, "js")) => "/**",
        Some((_, "css")) => "/*",
        _ => return File::from(bytes),
    };
    let mut code = String::with_capacity(bytes.len());
    let mut rest = std::str::from_utf8(bytes).unwrap_or_default(); // `include_dir` has what the repository has
    while let Some((before, from)) = rest.split_once(comment) {
        code.push_str(before);
        rest = from.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut compact = String::with_capacity(code.len());
    for line in lines {
        compact.push_str(line);
        compact.push('\n');
    }
    File::from(compact)
}

/// The folder that diagnostics name for files of the default theme, which aren't in the project.
const FOLDER: &str = "(default theme)";

/// The path by which diagnostics name a file of the default theme.
pub(super) fn file(path: &str) -> TreePath {
    TreePath::normalized(&format!("{FOLDER}/{path}"))
}

/// The default theme, embedded at build time.
pub(super) fn theme() -> &'static Tree {
    &THEME
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compacted(path: &str, text: &'static str) -> String {
        let File::Bytes(bytes) = compact(path, text.as_bytes()) else { panic!("a text") };
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }

    #[test]
    fn comments_and_indentation_are_left_out() {
        let script =
            "// @ts-check\n\n{\n  /** @type {string} */ (a).b;\n  /**\n   * Says.\n   */\n  c('//d'); // e\n}\n";
        assert_eq!(compacted("a.js", script), "{\n(a).b;\nc('//d'); // e\n}\n");
        assert_eq!(compacted("a.css", "/* A. */\na {\n  b: c;\n}\n"), "a {\nb: c;\n}\n");
        assert_eq!(compacted("a.html", "  /* a */"), "  /* a */");
    }

    #[test]
    fn no_text_of_the_theme_looks_like_a_comment_or_goes_over_several_lines() {
        let mut count = 0;
        for (path, bytes) in files().filter(|(path, _)| [".js", ".css"].iter().any(|end| path.ends_with(end))) {
            for line in std::str::from_utf8(bytes).expect("UTF-8").lines() {
                let code = line.split("//").next().unwrap_or_default();
                let is_even = |quote: char| code.matches(quote).count().is_multiple_of(2) || line.contains("/[\\\\`");
                assert!(is_even('`'), "{path}: {line}");
                let is_quoted = ["'/*", "\"/*", "`/*", "*/'", "*/\"", "*/`"].iter().any(|text| line.contains(text));
                assert!(!is_quoted, "{path}: {line}");
                count += 1;
            }
        }
        assert!(count > 1_000, "all files were read: {count} lines");
    }
}
