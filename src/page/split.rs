use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::TreePath;

/// Where front matter and body stand in a page, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// The YAML between the two `---` lines, if they are there.
    pub(super) yaml: Option<Range<usize>>,
    /// Where the body starts.
    pub(super) body: usize,
    /// Whether nobody can tell where the front matter ends, so that its end is a guess.
    pub(super) unclosed: bool,
}

/// Finds the front matter: a line `---` at the very start (after a BOM, if there is one) up to the next such line. Where
/// it is nearly there, it is taken for what it is meant to be, and the slip noted.
pub(super) fn split(file: &TreePath, source: &str, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut slip = |code, line: &Range<usize>, message: &str, help: &str| {
        let end = line.start + source[line.clone()].trim_end().len();
        diagnostics.push(Diagnostic::new(code, Span::new(file, line.start..end), message).help(help));
    };
    let first = first_words(source, start);
    if source[start..].trim().is_empty() {
        let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
        slip(Code::MissingFrontMatter, &first, "this file is empty", help);
        return Split { yaml: None, body: start, unclosed: false };
    }
    if let Some(end) = unopened_end(source, &first) {
        let help = "add a line `---` above this one";
        slip(Code::MissingFrontMatter, &first, "the first line of the front matter, `---`, is missing", help);
        return Split { yaml: Some(first.start..end.start), body: end.end, unclosed: false };
    }
    let exact = is_fence(&source[first.clone()]);
    let nearly = is_rule(&source[first.clone()]) && is_field(&source[line(source, first.end)]);
    if !(exact || nearly) {
        let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
        slip(Code::MissingFrontMatter, &line(source, start), "this page has no front matter", help);
        return Split { yaml: None, body: start, unclosed: false };
    }
    if !exact {
        let help = "write `---` here, and again where it ends";
        slip(Code::MissingFrontMatter, &first, "front matter must begin and end with exactly three hyphens", help);
    } else if first.start > start {
        let message = "front matter must be at the very top of the file";
        slip(Code::MissingFrontMatter, &first, message, "remove everything above this line");
    }
    let find = |is_end: fn(&str) -> bool| lines(source, first.end).find(|line| is_end(&source[line.clone()]));
    // What stands at the start of a line is no part of a field's text.
    let ends = |line: &str| is_fence(line) || is_rule(line) && !line.starts_with(char::is_whitespace);
    if let Some(end) = find(ends).or_else(|| find(is_rule)) {
        if exact && !is_fence(&source[end.clone()]) {
            let message = "front matter must end with exactly three hyphens at the start of a line";
            slip(Code::UnclosedFrontMatter, &end, message, "write `---` here");
        }
        return Split { yaml: Some(first.end..end.start), body: end.end, unclosed: false };
    }
    let end = unclosed_end(source, first.end);
    diagnostics.push(no_end(file, source, &(first.end..end)));
    Split { yaml: Some(first.end..end), body: end, unclosed: true }
}

/// The problem that front matter goes on and on, at its last line.
pub(super) fn no_end(file: &TreePath, source: &str, yaml: &Range<usize>) -> Diagnostic {
    let end = source[..yaml.end].trim_end().len();
    let start = source[..end].rfind('\n').map_or(0, |end| end + 1);
    Diagnostic::new(Code::UnclosedFrontMatter, Span::new(file, start..end), "this front matter is never closed")
        .help("add a line `---` below its last field")
}

/// The line that ends front matter whose first line is missing, when there are fields in its place.
fn unopened_end(source: &str, first: &Range<usize>) -> Option<Range<usize>> {
    let is_matter = |line: &str| line.trim().is_empty() || goes_on(line) || line.starts_with('#');
    let after = |line: &Range<usize>| !is_matter(&source[line.clone()]);
    let end = lines(source, first.start).find(after)?;
    let is_name = source[first.start..].starts_with(|c: char| c.is_ascii_lowercase());
    (is_name && is_field(&source[first.clone()]) && is_rule(&source[end.clone()])).then_some(end)
}

/// Where front matter ends if a rule `---` in the text was taken for its missing last line: at the first empty line that
/// is followed by something else than fields.
pub(super) fn early_end(source: &str, yaml: &Range<usize>) -> Option<usize> {
    let empty = |line: &Range<usize>| source[line.clone()].trim().is_empty();
    let first = lines(source, yaml.start).find(|line| empty(line)).filter(|line| line.end < yaml.end)?;
    let next = lines(source, first.end).find(|line| !empty(line)).filter(|line| line.start < yaml.end)?;
    (!goes_on(&source[next])).then_some(first.start)
}

/// Whether a line may be one of front matter.
fn goes_on(line: &str) -> bool {
    is_field(line) || line.starts_with([' ', '\t']) || line.starts_with("- ")
}

/// The line that starts at a byte, with its line break.
fn line(source: &str, start: usize) -> Range<usize> {
    start..source[start..].find('\n').map_or(source.len(), |at| start + at + 1)
}

/// The lines from a byte on.
fn lines(source: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let next = |at: usize| (at < source.len()).then(|| line(source, at));
    std::iter::successors(next(start), move |last| next(last.end))
}

/// The first line that says something: not an empty one, not a comment.
fn first_words(source: &str, start: usize) -> Range<usize> {
    let says = |line: &Range<usize>| {
        let text = source[line.clone()].trim();
        !(text.is_empty() || text.starts_with("<!--") && text.ends_with("-->"))
    };
    lines(source, start).find(says).unwrap_or_else(|| line(source, start))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// What word processors make of hyphens.
const DASHES: [char; 5] = ['-', '‐', '‑', '–', '—'];

/// Whether a line was probably meant to be a fence.
fn is_rule(line: &str) -> bool {
    let text = line.trim();
    text == "..." || text.chars().count() > 1 && text.chars().all(|c| DASHES.contains(&c))
}

fn is_field(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    line.contains(':') && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Where front matter without an end seems to end: at the first line that is empty, or that can't be one of its own.
fn unclosed_end(source: &str, start: usize) -> usize {
    // A comment belongs to the field below it; what else begins with `#` is a heading.
    let ends = |at: &Range<usize>| {
        let text = &source[at.clone()];
        let comment = text.starts_with('#') && goes_on(&source[line(source, at.end)]);
        text.trim().is_empty() || !goes_on(text) && !comment
    };
    lines(source, start).find(ends).map_or(source.len(), |line| line.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_behind_a_bom_and_with_crlf() {
        let source = "\u{feff}---\r\ntitle: A\r\n---\r\nBody\r\n";
        let mut diagnostics = Vec::new();
        let split = split(&TreePath::normalized("a.md"), source, &mut diagnostics);
        assert_eq!(&source[split.yaml.unwrap()], "title: A\r\n");
        assert_eq!(&source[split.body..], "Body\r\n");
        assert!(diagnostics.is_empty());
    }
}
