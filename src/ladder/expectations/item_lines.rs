//! The lines of list items and quotations, which fixes remove or indent.

use std::ops::Range;

/// The whole lines of a list item, to remove it; `None` if something else is on them. Of the empty lines around it one stays.
pub(crate) fn item_lines(source: &str, item: &Range<usize>) -> Option<Range<usize>> {
    let text = source.get(item.clone())?;
    let start = line_start(source, item.start);
    let is_item = text.starts_with(['-', '*', '+']) || text.starts_with(|c: char| c.is_ascii_digit());
    (is_item && source[start..item.start].trim().is_empty()).then_some(())?;
    let mut end = line_end(source, item.start + text.trim_end().len());
    let next = &source[end..line_end(source, end)];
    let is_below_empty_line = source[..start].lines().next_back().is_none_or(|line| line.trim().is_empty());
    if is_below_empty_line && next.trim().is_empty() {
        end += next.len();
    }
    Some(start..end)
}

/// The line of a list item that has no more lines, as [`item_lines`]. `first` is a part of it, from its marker on.
pub(crate) fn single_item_line(source: &str, first: &Range<usize>) -> Option<Range<usize>> {
    let end = line_end(source, first.start);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let own = first.start - line_start(source, first.start);
    let next = source[end..].lines().next().unwrap_or_default();
    (next.trim().is_empty() || indentation(next) <= own).then(|| item_lines(source, &(first.start..end)))?
}

/// The starts of the lines of a part of a text that aren't empty, beginning with the whole first line.
pub(crate) fn line_starts(source: &str, part: &Range<usize>) -> Vec<usize> {
    let mut start = line_start(source, part.start);
    let mut starts = Vec::new();
    while start < part.end {
        let end = line_end(source, start);
        if !source[start..end].trim().is_empty() {
            starts.push(start);
        }
        start = end;
    }
    starts
}

/// The white space that all lines of a part of a text begin with, as a range of each line.
pub(crate) fn common_indentation(source: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let starts = line_starts(source, part);
    let indentation = |start: usize| {
        let line = &source[start..line_end(source, start)];
        &line[..line.len() - line.trim_start().len()]
    };
    let shared = |one: &str, other: &str| one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let Some(first) = starts.first().map(|start| indentation(*start)) else { return Vec::new() };
    let length = starts.iter().map(|start| shared(first, indentation(*start))).min().unwrap_or_default();
    starts.into_iter().map(|start| start..start + length).collect()
}

/// The width of the marker of a list item and the white space after it: that of its content's indentation.
pub(crate) fn marker_width(source: &str, item: usize) -> usize {
    let text = &source[item..];
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')'));
    text.len() - rest.len() + 1
}

/// The span of the first words of a range: its first line, at most up to a colon.
pub(super) fn first_words(source: &str, place: &Range<usize>) -> Range<usize> {
    let line = source.get(place.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
    let start = place.start + line.len() - line.trim_start().len();
    let end = line.find(':').map_or(line.trim_end().len(), |colon| colon + 1);
    start..(place.start + end).max(start)
}

/// Whether a list item begins at the start of a line, right below another one.
pub(super) fn is_below_text(source: &str, item: usize) -> bool {
    let above = source[..item].strip_suffix('\n').unwrap_or_default();
    is_at_margin(source, item) && above.lines().next_back().is_some_and(|line| !line.trim().is_empty())
}

/// The end of the lines of a quotation that begins at a byte.
pub(super) fn quote_end(source: &str, start: usize) -> usize {
    let lines = source[start..].split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    start + lines.map(str::len).sum::<usize>()
}

/// Whether a byte is at the start of a line.
pub(super) fn is_at_margin(source: &str, byte: usize) -> bool {
    byte == 0 || source[..byte].ends_with('\n')
}

pub(super) fn line_start(source: &str, byte: usize) -> usize {
    source[..byte].rfind('\n').map_or(0, |end| end + 1)
}

/// The end of a line with its line break.
fn line_end(source: &str, byte: usize) -> usize {
    source[byte..].find('\n').map_or(source.len(), |end| byte + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_removed_with_its_lines_and_one_empty_line() {
        let removed = |source: &str, item: Range<usize>| {
            item_lines(source, &item).map(|lines| format!("{}{}", &source[..lines.start], &source[lines.end..]))
        };
        assert_eq!(removed("- a\n- b\n  c\n- d\n", 4..12).as_deref(), Some("- a\n- d\n"));
        assert_eq!(removed("- a\r\n\r\n- b\r\n\r\n- c", 7..12).as_deref(), Some("- a\r\n\r\n- c"));
        assert_eq!(removed("> - a\n", 2..6), None);
        assert_eq!(single_item_line("-\n  - a\n", &(0..1)), None);
        assert_eq!(single_item_line("- a\n-\n- b", &(4..5)), Some(4..6));
    }

    #[test]
    fn lines_share_their_indentation() {
        let source = "\n    - a\n      - b\n\n    - c\n";
        assert_eq!(common_indentation(source, &(5..source.len())), [1..5, 9..13, 20..24]);
        assert_eq!(marker_width("10. a", 0), 4);
    }
}
