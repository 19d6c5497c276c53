//! Separation of front matter and body.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span, catalog};
use crate::tree::TreePath;

/// The byte ranges of a page's front matter and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// The YAML between the two `---` lines; `None` for a page without front matter.
    pub(super) yaml: Option<Range<usize>>,
    /// The start of the body.
    pub(super) body: usize,
    /// Whether the front matter as a whole was reported, as never closed or in another format, so that its fields aren't.
    pub(super) reported: bool,
}

/// Finds the front matter: from a line `---` at the very start (after a byte order mark, if there is one) up to the next
/// such line. Variants that were probably meant as front matter are accepted and reported.
pub(super) fn split(file: &TreePath, source: &str, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let span = |line: &Range<usize>| {
        let end = line.start + source[line.clone()].trim_end().len();
        Span::new(file, line.start..end)
    };
    let mut first = first_content_line(source, start);
    if source[start..].trim().is_empty() {
        let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
        diagnostics.push(catalog::missing_front_matter(span(&first), "this file is empty", help));
        return Split { yaml: None, body: start, reported: false };
    }
    if source[first.clone()].trim().contains('\r') {
        let breaks = source.match_indices('\r').filter(|(at, _)| !source[at + 1..].starts_with('\n'));
        let breaks = breaks.map(|(at, _)| Span::new(file, at..at + 1)).collect();
        let start = Span::new(file, first.start..first.start + source[first].find('\r').unwrap_or_default());
        diagnostics.push(catalog::carriage_returns(start, breaks));
        return Split { yaml: None, body: source.len(), reported: true };
    }
    if let Some(end) = unopened_end(source, &first) {
        diagnostics.push(catalog::unopened_front_matter(span(&first), line_ending(source)));
        return Split { yaml: Some(first.start..end.start), body: end.end, reported: false };
    }
    if is_toml_fence(&source[first.clone()]) {
        let help = "write `---` here and where it ends, and fields as `title: …`, not `title = …`";
        let message = "front matter must be YAML between two lines `---`, not TOML";
        diagnostics.push(catalog::missing_front_matter(span(&first), message, help));
        let end = lines(source, first.end).find(|line| is_toml_fence(&source[line.clone()]));
        let end = end.unwrap_or_else(|| {
            let end = unclosed_end(source, first.end);
            end..end
        });
        return Split { yaml: Some(first.end..end.start), body: end.end, reported: true };
    }
    let is_wrapped = is_code_fence(&source[first.clone()]) && is_fence(&source[line(source, first.end)]);
    let opening_code_fence = is_wrapped.then(|| first.clone());
    if is_wrapped {
        first = line(source, first.end);
    }
    let exact = is_fence(&source[first.clone()]);
    let nearly = is_opening(&source[first.clone()]) && is_field(&source[line(source, first.end)]);
    if !(exact || nearly) {
        let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
        let message = "this page has no front matter";
        diagnostics.push(catalog::missing_front_matter(span(&line(source, start)), message, help));
        return Split { yaml: None, body: start, reported: false };
    }
    let find = |is_end: &dyn Fn(&str) -> bool| lines(source, first.end).find(|line| is_end(&source[line.clone()]));
    let opening = source[first.clone()].trim();
    let is_same = |line: &str| !exact && (line.trim() == opening || is_code_fence(opening) && is_code_fence(line));
    // An indented rule may be part of a multi-line text.
    let ends = |line: &str| !line.starts_with(char::is_whitespace) && (is_rule(line) || is_same(line));
    let end = find(&ends).or_else(|| find(&is_rule));
    let inexact_end = end.as_ref().filter(|end| !is_fence(&source[(*end).clone()]));
    let closing_code_fence =
        end.as_ref().map(|end| line(source, end.end)).filter(|next| is_wrapped && is_code_fence(&source[next.clone()]));
    if let Some(opening) = opening_code_fence {
        let fences = std::iter::once(&opening).chain(&closing_code_fence);
        let fences = fences.map(|line| Span::new(file, line.clone()));
        diagnostics.push(catalog::front_matter_in_code_block(span(&opening), fences));
    } else if !exact {
        diagnostics.push(catalog::inexact_front_matter(span(&first), inexact_end.map(span)));
    } else if first.start > start {
        let above = start..first.start;
        let is_blank = source[above.clone()].trim().is_empty();
        let above = is_blank.then(|| Span::new(file, above));
        diagnostics.push(catalog::front_matter_below_text(span(&first), above));
    }
    if let Some(end) = end.clone() {
        if exact && let Some(end) = inexact_end {
            diagnostics.push(catalog::inexact_front_matter_end(span(end)));
        }
        let body = closing_code_fence.map_or(end.end, |fence| fence.end);
        return Split { yaml: Some(first.end..end.start), body, reported: false };
    }
    let end = unclosed_end(source, first.end);
    diagnostics.push(unclosed_front_matter(file, source, &(first.end..end)));
    Split { yaml: Some(first.end..end), body: end, reported: true }
}

/// The line ending of a file: that of its first line.
pub(super) fn line_ending(source: &str) -> &'static str {
    let first = source.find('\n').map_or("", |end| &source[..end]);
    if first.ends_with('\r') { "\r\n" } else { "\n" }
}

/// The diagnostic for front matter without a closing line, at its last line.
pub(super) fn unclosed_front_matter(file: &TreePath, source: &str, yaml: &Range<usize>) -> Diagnostic {
    let end = source[..yaml.end].trim_end().len();
    let start = source[..end].rfind('\n').map_or(0, |end| end + 1);
    catalog::unclosed_front_matter(Span::new(file, start..end), line_ending(source))
}

/// The closing line of front matter without an opening line; `None` if the page doesn't start with fields.
fn unopened_end(source: &str, first: &Range<usize>) -> Option<Range<usize>> {
    let is_front_matter = |line: &str| line.trim().is_empty() || may_be_front_matter(line) || line.starts_with('#');
    let after = |line: &Range<usize>| !is_front_matter(&source[line.clone()]);
    let end = lines(source, first.start).find(after)?;
    let is_name = source[first.start..].starts_with(|c: char| c.is_ascii_lowercase());
    (is_name && is_field(&source[first.clone()]) && is_rule(&source[end.clone()])).then_some(end)
}

/// The probable end of front matter if a thematic break in the body was taken for its missing closing line: the first blank
/// line before something other than fields.
pub(super) fn early_end(source: &str, yaml: &Range<usize>) -> Option<usize> {
    let empty = |line: &Range<usize>| source[line.clone()].trim().is_empty();
    let first = lines(source, yaml.start).find(|line| empty(line)).filter(|line| line.end < yaml.end)?;
    let next = lines(source, first.end).find(|line| !empty(line)).filter(|line| line.start < yaml.end)?;
    (!may_be_front_matter(&source[next])).then_some(first.start)
}

/// Returns whether a line can be part of front matter: a field, a list item or a continuation line.
fn may_be_front_matter(line: &str) -> bool {
    is_field(line) || line.starts_with([' ', '\t']) || line.starts_with("- ")
}

/// The range of the line that starts at a byte, with its line break.
fn line(source: &str, start: usize) -> Range<usize> {
    start..source[start..].find('\n').map_or(source.len(), |at| start + at + 1)
}

/// The ranges of all lines from a byte on.
fn lines(source: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let next = |at: usize| (at < source.len()).then(|| line(source, at));
    std::iter::successors(next(start), move |last| next(last.end))
}

/// The first line that is neither blank nor an HTML comment.
fn first_content_line(source: &str, start: usize) -> Range<usize> {
    let has_content = |line: &Range<usize>| {
        let text = source[line.clone()].trim();
        !(text.is_empty() || text.starts_with("<!--") && text.ends_with("-->"))
    };
    lines(source, start).find(has_content).unwrap_or_else(|| line(source, start))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Hyphens, and the characters that word processors substitute for them.
const DASHES: [char; 5] = ['-', '‐', '‑', '–', '—'];

/// Returns whether a line was probably meant as a fence.
fn is_rule(line: &str) -> bool {
    let text = line.trim();
    matches!(text, "..." | "–" | "—") || text.chars().count() > 1 && text.chars().all(|c| DASHES.contains(&c))
}

/// Returns whether a line was probably meant as the opening fence if a field follows it.
fn is_opening(line: &str) -> bool {
    let text: String = line.split_whitespace().collect(); // `* * *` and `– – –` are rules too.
    let repeats = |mark: char| text.len() > 2 && text.chars().all(|c| c == mark);
    is_rule(&text) || is_code_fence(line) || ['*', '_', '=', '~', '#'].into_iter().any(repeats)
}

fn is_code_fence(line: &str) -> bool {
    ["```", "~~~"].iter().any(|fence| line.trim_end().starts_with(fence))
}

/// Returns whether a line is the fence of front matter in TOML.
fn is_toml_fence(line: &str) -> bool {
    line.trim_end() == "+++"
}

fn is_field(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    line.contains(':') && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// The probable end of unclosed front matter: the first line that is blank or can't be part of it.
fn unclosed_end(source: &str, start: usize) -> usize {
    // A comment is followed by a field; any other line that begins with `#` is a heading.
    let ends = |at: &Range<usize>| {
        let text = &source[at.clone()];
        let comment = text.starts_with('#') && may_be_front_matter(&source[line(source, at.end)]);
        text.trim().is_empty() || !may_be_front_matter(text) && !comment
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

    #[test]
    fn lines_that_end_in_carriage_returns_are_one_problem_with_a_fix() {
        let source = "---\rtitle: A\r---\rBody\r";
        let mut diagnostics = Vec::new();
        let split = split(&TreePath::normalized("a.md"), source, &mut diagnostics);
        assert!(split.yaml.is_none() && split.reported && diagnostics.len() == 1, "{diagnostics:?}");
        let edits = &diagnostics[0].fixes[0].edits;
        assert!(edits.iter().all(|(span, text)| &source[span.start..span.end] == "\r" && text == "\n"));
        assert_eq!(edits.len(), 4);
    }

    #[test]
    fn a_code_fence_in_place_of_the_first_line_is_one_problem() {
        for (source, body) in [
            ("```yaml\ntitle: A\n---\nBody\n", "Body\n"),
            ("```yaml\ntitle: A\n```\nBody\n", "Body\n"),
            ("```\ntitle: A\n```\nBody\n", "Body\n"),
            ("```yaml\n---\ntitle: A\n---\n```\nBody\n", "Body\n"),
            ("```yaml\n---\ntitle: A\n---\nBody\n", "Body\n"),
        ] {
            let mut diagnostics = Vec::new();
            let split = split(&TreePath::normalized("a.md"), source, &mut diagnostics);
            assert_eq!(&source[split.yaml.unwrap()], "title: A\n", "{source}");
            assert_eq!(&source[split.body..], body, "{source}");
            assert_eq!(diagnostics.len(), 1, "{source}");
        }
    }
}
