//! Applying fixes to source files.

use std::collections::BTreeMap;

use super::fix::Fix;
use super::model::Diagnostic;
use crate::tree::{Tree, TreePath};

/// The files that fixes changed, and the number of fixes that were applied.
#[derive(Debug, Default)]
pub struct Applied {
    /// The new contents of changed files.
    pub files: BTreeMap<TreePath, Vec<u8>>,
    /// The number of diagnostics whose fix was applied.
    pub count: usize,
}

/// Applies the machine-applicable fixes of diagnostics to the files of `sources`.
///
/// The first machine-applicable fix of each diagnostic is taken, in the order of the diagnostics. One that overlaps with an
/// edit taken before is left out as a whole, because its place no longer has the text that it was made for; so is one in a
/// file that isn't in memory. Bytes outside the edits stay as they are.
#[must_use]
pub fn apply(diagnostics: &[Diagnostic], sources: &Tree) -> Applied {
    let mut edits: BTreeMap<TreePath, Vec<Edit<'_>>> = BTreeMap::new();
    let mut count = 0;
    for fix in diagnostics.iter().filter_map(Diagnostic::machine_applicable_fix) {
        if is_applicable(fix, &edits, sources) {
            count += 1;
            for (span, text) in &fix.edits {
                edits.entry(span.file.clone()).or_default().push(Edit { start: span.start, end: span.end, text });
            }
        }
    }
    let changed = edits.into_iter().filter_map(|(file, edits)| {
        let bytes = edited(sources.bytes(&file)?, edits);
        Some((file, bytes))
    });
    Applied { files: changed.collect(), count }
}

/// A replacement of a byte range.
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl Edit<'_> {
    /// Returns whether two edits can't both be made: they share a byte, or the place of an insertion.
    fn overlaps(&self, start: usize, end: usize) -> bool {
        self.start < end && start < self.end || self.start == start || self.end == end
    }
}

/// Returns whether a fix fits the files and overlaps with no edit taken before.
fn is_applicable(fix: &Fix, taken: &BTreeMap<TreePath, Vec<Edit<'_>>>, sources: &Tree) -> bool {
    let changes = fix.edits.iter().any(|(span, text)| {
        sources.bytes(&span.file).is_some_and(|bytes| bytes.get(span.start..span.end) != Some(text.as_bytes()))
    });
    changes
        && fix.edits.iter().all(|(span, _)| {
            let is_inside = sources.bytes(&span.file).is_some_and(|bytes| bytes.get(span.start..span.end).is_some());
            let overlapping = |edit: &Edit<'_>| edit.overlaps(span.start, span.end);
            is_inside && !taken.get(&span.file).is_some_and(|taken| taken.iter().any(overlapping))
        })
}

fn edited(source: &[u8], mut edits: Vec<Edit<'_>>) -> Vec<u8> {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut bytes = Vec::with_capacity(source.len());
    let mut copied = 0;
    for edit in edits {
        bytes.extend_from_slice(&source[copied..edit.start]);
        bytes.extend_from_slice(edit.text.as_bytes());
        copied = edit.end;
    }
    bytes.extend_from_slice(&source[copied..]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    fn page() -> TreePath {
        TreePath::normalized("content/a.md")
    }

    fn span(start: usize, end: usize) -> Span {
        Span::new(&page(), start..end)
    }

    fn diagnostic(fix: Fix) -> Diagnostic {
        Diagnostic::new(Code::UnknownField, fix.edits[0].0.clone(), "wrong").fix(fix)
    }

    /// The text of the page after fixes were applied to `source`, and their number.
    fn applied(source: &str, fixes: Vec<Fix>) -> (String, usize) {
        let diagnostics: Vec<Diagnostic> = fixes.into_iter().map(diagnostic).collect();
        let mut tree = Tree::default();
        tree.insert(page(), source);
        let Applied { mut files, count } = apply(&diagnostics, &tree);
        (String::from_utf8(files.remove(&page()).unwrap_or_else(|| source.into())).unwrap(), count)
    }

    #[test]
    fn only_the_edited_bytes_change() {
        let fixes =
            vec![Fix::replace(span(3, 6), "one"), Fix::insert(&span(8, 8), "- "), Fix::replace(span(12, 13), "")];
        assert_eq!(applied("\u{feff}tow\r\nthree\rx", fixes), ("\u{feff}one\r\n- thre\rx".to_owned(), 3));
    }

    #[test]
    fn of_two_overlapping_fixes_only_the_first_is_applied() {
        assert_eq!(
            applied("abcd", vec![Fix::replace(span(0, 2), "x"), Fix::replace(span(1, 3), "y")]),
            ("xcd".into(), 1)
        );
        assert_eq!(
            applied("abcd", vec![Fix::insert(&span(1, 1), "x"), Fix::insert(&span(1, 1), "y")]),
            ("axbcd".into(), 1)
        );
        let two = Fix::replace(span(3, 4), "z").and_replace(span(0, 1), "z");
        assert_eq!(applied("abcd", vec![Fix::replace(span(0, 1), "x"), two]), ("xbcd".into(), 1), "as a whole or not");
        assert_eq!(
            applied("abcd", vec![Fix::replace(span(0, 2), "x"), Fix::replace(span(2, 4), "y")]),
            ("xy".into(), 2)
        );
    }

    #[test]
    fn suggestions_edits_without_effect_and_places_outside_the_file_are_left_alone() {
        let fixes = vec![
            Fix::replace(span(0, 1), "x").as_suggestion(),
            Fix::replace(span(0, 1), "a"),
            Fix::replace(span(3, 9), "x"),
        ];
        assert_eq!(applied("abcd", fixes), ("abcd".into(), 0));
    }
}
