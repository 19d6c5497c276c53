//! The lines of a file as a fix leaves them, for people who make the edits by hand.

use super::fix::Fix;
use super::lines::Lines;
use crate::tree::Tree;

/// The most lines that a fix may touch, or leave, to be shown.
const MAX_LINES: usize = 20;

/// The lines that a fix replaces, counted from 1, and their new text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FixedLines {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The text without the last line break; empty if the lines are removed.
    pub(crate) text: String,
}

/// The lines that a fix replaces; `None` for a fix of several files, of a file that isn't in memory, or of many lines.
pub(crate) fn fixed_lines(fix: &Fix, sources: &Tree) -> Option<FixedLines> {
    let (first_span, _) = fix.edits.first()?;
    if fix.edits.iter().any(|(span, _)| span.file != first_span.file) {
        return None;
    }
    let source = sources.bytes(&first_span.file)?;
    let lines = Lines::of(source);
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let first = lines.line_at(edits[0].0.start);
    let last = lines.line_at(edits.iter().map(|(span, _)| span.end).max()?);
    let (start, _) = lines.line(first);
    let (last_start, last_line) = lines.line(last);
    let end = last_start + last_line.len();
    let mut text = Vec::new();
    let mut copied = start;
    for (span, new) in edits {
        text.extend_from_slice(source.get(copied..span.start)?);
        text.extend_from_slice(new.as_bytes());
        copied = span.end;
    }
    // A span may end in the line break.
    text.extend_from_slice(source.get(copied..end.max(copied))?);
    let text = String::from_utf8(text).ok()?.replace('\r', "");
    let text = text.trim_end_matches('\n').to_owned();
    (last - first < MAX_LINES && text.lines().count() <= MAX_LINES).then_some(FixedLines { first, last, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::tree::TreePath;

    #[test]
    fn whole_lines_are_shown_as_the_fix_leaves_them() {
        let page = TreePath::normalized("content/a.md");
        let mut tree = Tree::default();
        tree.insert(page.clone(), "\u{feff}one\r\ntwo three\r\n\r\nfour");
        let span = |start, end| Span::new(&page, start..end);
        let lines = |fix: &Fix| fixed_lines(fix, &tree).map(|lines| (lines.first, lines.last, lines.text));
        assert_eq!(lines(&Fix::replace(span(12, 17), "3")), Some((2, 2, "two 3".into())));
        assert_eq!(lines(&Fix::insert(&span(3, 3), "zero\n")), Some((1, 1, "zero\none".into())));
        assert_eq!(lines(&Fix::replace(span(21, 25), "")), Some((4, 4, String::new())));
        assert_eq!(lines(&Fix::replace(span(17, 19), "")), Some((2, 3, "two three".into())), "the line break itself");
        let two = Fix::insert(&span(21, 21), "`").and_replace(span(8, 8), "`");
        assert_eq!(lines(&two), Some((2, 4, "`two three\n\n`four".into())));
        assert_eq!(lines(&Fix::replace(Span::start_of(&TreePath::normalized("b.md")), "x")), None);
    }
}
