//! Applying fixes to source files.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::fix::Fix;
use super::model::Diagnostic;
use super::span::Span;
use crate::tree::{Tree, TreePath};

/// The files that fixes changed, and the fixes that were applied.
#[derive(Debug, Default)]
pub struct Applied {
    /// The new contents of changed files.
    pub files: BTreeMap<TreePath, Vec<u8>>,
    /// The positions, in the list of diagnostics, of those whose fix was applied.
    pub fixed: Vec<usize>,
    /// The edits that were made, with the line breaks of their files.
    pub edits: Vec<(Span, String)>,
}

/// Applies the machine-applicable fixes of diagnostics to the files of `sources`.
///
/// The first machine-applicable fix of each diagnostic is taken, in the order of the diagnostics. One that overlaps with an
/// edit taken before is left out as a whole, because its place no longer has the text that it was made for; so is one in a
/// file that isn't in memory. Bytes outside the edits stay as they are, and inserted line breaks are those of the file.
#[must_use]
pub fn apply(diagnostics: &[Diagnostic], sources: &Tree) -> Applied {
    let mut applied = Applied::default();
    let mut taken = TakenPlaces::default();
    let mut line_breaks = HashMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        if let Some(fix) = diagnostic.machine_applicable_fix()
            && is_applicable(fix, &taken, sources)
        {
            applied.fixed.push(at);
            for (span, text) in &fix.edits {
                taken.take(span);
                let has_crlf = *line_breaks.entry(&span.file).or_insert_with(|| has_crlf(&span.file, sources));
                applied.edits.push((span.clone(), with_line_breaks(text, has_crlf).into_owned()));
            }
        }
    }
    applied.files = edited_files(&applied.edits, sources);
    applied
}

/// The files that some edits change, with their new contents. No two edits of a file may overlap.
#[must_use]
pub fn edited_files(edits: &[(Span, String)], sources: &Tree) -> BTreeMap<TreePath, Vec<u8>> {
    let mut by_file: BTreeMap<&TreePath, Vec<&(Span, String)>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.0.file).or_default().push(edit);
    }
    let changed = by_file.into_iter();
    changed.filter_map(|(file, edits)| Some((file.clone(), edited(sources.bytes(file)?, edits)))).collect()
}

/// The number of diagnostics that have a machine-applicable fix for the files of `sources`.
#[must_use]
pub fn fixable(diagnostics: &[Diagnostic], sources: &Tree) -> usize {
    let fixes = diagnostics.iter().filter_map(Diagnostic::machine_applicable_fix);
    fixes.filter(|fix| is_applicable(fix, &TakenPlaces::default(), sources)).count()
}

/// Returns whether a fix changes the files, fits them, and overlaps neither with itself nor with an edit taken before.
fn is_applicable(fix: &Fix, taken: &TakenPlaces, sources: &Tree) -> bool {
    let replaced = |span: &Span| sources.bytes(&span.file).and_then(|bytes| bytes.get(span.start..span.end));
    let changes = fix.edits.iter().any(|(span, text)| replaced(span) != Some(text.as_bytes()));
    let mut own = TakenPlaces::default();
    changes
        && fix.edits.iter().all(|(span, _)| replaced(span).is_some())
        && fix.edits.iter().all(|(span, _)| taken.is_free(span) && own.take(span))
}

/// The places of edits in each file: their starts and ends. No two can't both be made, so both are in the same order.
#[derive(Debug, Default)]
struct TakenPlaces(HashMap<TreePath, BTreeMap<usize, usize>>);

impl TakenPlaces {
    /// Whether an edit can be made beside those: it shares neither a byte nor the place of an insertion with one.
    fn is_free(&self, span: &Span) -> bool {
        let Some(places) = self.0.get(&span.file) else { return true };
        let before = places.range(..=span.start).next_back();
        let after = places.range(span.start..).next();
        let is_free = |(start, end): (&usize, &usize)| {
            let shares_bytes = span.start < *end && *start < span.end;
            !shares_bytes && span.start != *start && span.end != *end
        };
        before.is_none_or(is_free) && after.is_none_or(is_free)
    }

    /// Adds the place of an edit if it's free; returns whether it was.
    fn take(&mut self, span: &Span) -> bool {
        let is_free = self.is_free(span);
        if is_free {
            self.0.entry(span.file.clone()).or_default().insert(span.start, span.end);
        }
        is_free
    }
}

/// Whether the first line of a file ends in a carriage return and a line feed.
fn has_crlf(file: &TreePath, sources: &Tree) -> bool {
    let bytes = sources.bytes(file).map_or(&[][..], |bytes| bytes);
    let first = bytes.iter().position(|byte| *byte == b'\n');
    first.is_some_and(|at| bytes[..at].ends_with(b"\r"))
}

/// The text of an edit with the line breaks of the edited file.
fn with_line_breaks(text: &str, has_crlf: bool) -> Cow<'_, str> {
    if has_crlf && text.contains('\n') {
        return text.replace("\r\n", "\n").replace('\n', "\r\n").into();
    }
    text.into()
}

fn edited(source: &[u8], mut edits: Vec<&(Span, String)>) -> Vec<u8> {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut bytes = Vec::with_capacity(source.len());
    let mut copied = 0;
    for (span, text) in edits {
        bytes.extend_from_slice(&source[copied..span.start]);
        bytes.extend_from_slice(text.as_bytes());
        copied = span.end;
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
        let Applied { mut files, fixed, .. } = apply(&diagnostics, &tree);
        (String::from_utf8(files.remove(&page()).unwrap_or_else(|| source.into())).unwrap(), fixed.len())
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
    fn inserted_line_breaks_are_those_of_the_file() {
        let fixes = || vec![Fix::insert(&span(0, 0), "x\ny\n")];
        assert_eq!(applied("a\r\nb\n", fixes()), ("x\r\ny\r\na\r\nb\n".into(), 1));
        assert_eq!(applied("a\nb\r\n", fixes()), ("x\ny\na\nb\r\n".into(), 1));
    }

    #[test]
    fn a_fix_whose_edits_overlap_is_left_out() {
        let fix = Fix::replace(span(0, 3), "x").and_replace(span(1, 2), "y");
        assert_eq!(applied("abcd", vec![fix]), ("abcd".into(), 0));
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
