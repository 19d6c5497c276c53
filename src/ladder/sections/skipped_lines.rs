//! The parts of a page in which no heading is missed: byte ranges, fenced code and comments.

use std::ops::Range;

/// Byte ranges in order, those that overlap joined.
pub(crate) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

/// Whether a line overlaps one of some ranges, which are in order and disjoint.
pub(crate) fn overlap(ranges: &[Range<usize>], line: &Range<usize>) -> bool {
    let at = ranges.partition_point(|range| range.end <= line.start);
    ranges.get(at).is_some_and(|range| range.start < line.end)
}

/// Lines of fenced code and comments, which are skipped.
#[derive(Default)]
pub(crate) struct Skipped<'s> {
    fence: Option<&'s str>,
    in_comment: bool,
}

impl<'s> Skipped<'s> {
    /// Whether a line isn't text; `below` are the lines that follow it.
    pub(crate) fn skips(&mut self, line: &'s str, below: &str) -> bool {
        if self.in_comment {
            self.in_comment = !line.contains("-->");
            return true;
        }
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let fence = |line: &'s str| ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        match (self.fence, fence(bare)) {
            (Some(open), Some(mark)) if open == mark => self.fence = None,
            (Some(_), _) => {}
            (None, Some(mark)) => self.fence = Some(mark),
            (None, None) if bare.starts_with("<!--") => self.in_comment = !line.contains("-->"),
            // A fence that is never closed is reported elsewhere.
            (None, None) => {
                let next = below.lines().next().unwrap_or_default().trim();
                return next.starts_with("~~~") && !below[next.len()..].contains("\n~~~");
            }
        }
        true
    }
}
