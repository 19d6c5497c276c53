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
}

/// Finds the front matter: a line `---` at the very start (after a BOM, if there is one) up to the next such line.
pub(super) fn split(file: &TreePath, source: &str, notes: &mut Vec<Diagnostic>) -> Split {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let first = line(source, start);
    if !is_fence(&source[first.clone()]) {
        let note = Diagnostic::new(Code::MissingFrontMatter, Span::new(file, first), "this page has no front matter");
        notes.push(note.help("begin it with `---`, a line `title: …`, and `---`"));
        return Split { yaml: None, body: start };
    }
    let mut at = first.end;
    while at < source.len() {
        let next = line(source, at);
        if is_fence(&source[next.clone()]) {
            return Split { yaml: Some(first.end..next.start), body: next.end };
        }
        at = next.end;
    }
    let fence = Span::new(file, first.start..first.start + 3);
    let note = Diagnostic::new(Code::UnclosedFrontMatter, fence, "this front matter has no end");
    notes.push(note.help("put a line `---` after its last field"));
    // What reads like fields is taken for them, so that the page keeps its names.
    let end = unclosed_end(source, first.end);
    Split { yaml: Some(first.end..end), body: end }
}

/// The line that starts at a byte, with its line break.
fn line(source: &str, start: usize) -> Range<usize> {
    start..source[start..].find('\n').map_or(source.len(), |at| start + at + 1)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Where front matter without an end seems to end: at the first line that is empty or a heading.
fn unclosed_end(source: &str, start: usize) -> usize {
    let mut at = start;
    while at < source.len() {
        let next = line(source, at);
        let text = source[next.clone()].trim_end();
        if text.is_empty() || text.starts_with("# ") || text.starts_with("## ") {
            break;
        }
        at = next.end;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_behind_a_bom_and_with_crlf() {
        let source = "\u{feff}---\r\ntitle: A\r\n---\r\nBody\r\n";
        let mut notes = Vec::new();
        let split = split(&TreePath::known("a.md"), source, &mut notes);
        assert_eq!(&source[split.yaml.unwrap()], "title: A\r\n");
        assert_eq!(&source[split.body..], "Body\r\n");
        assert!(notes.is_empty());
    }
}
