//! Drawing the edits of a fix as a patch.

use std::ops::Range;

use annotate_snippets::{Group, Level, Patch, Snippet};

use super::drawn::{drawn, path, without_control_characters};
use super::lines::{Lines, Sources, character_at};
use super::model::Diagnostic;

/// The most lines of a file that a patch shows, and the most that it adds: more is better seen in `check --fix --dry-run`.
const MAX_LINES: usize = 6;

/// The most bytes of a line, or of an edit, which is about three lines of a terminal.
const MAX_BYTES: usize = 240;

/// The patch of a diagnostic's fix, titled with the help; `None` if it's not short, or if there are several to choose from.
pub(super) fn patch<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'a>) -> Option<Group<'a>> {
    let [fix] = diagnostic.fixes.as_slice() else { return None };
    let (first_span, _) = fix.edits.first()?;
    let lines = sources.get(&first_span.file)?;
    let is_short = |text: &str| text.len() <= MAX_BYTES && text.lines().count() <= MAX_LINES;
    if fix.edits.iter().any(|(span, text)| span.file != first_span.file || !is_short(text)) {
        return None;
    }
    let first = fix.edits.iter().map(|(span, _)| lines.line_at(span.start)).min()?;
    let last = fix.edits.iter().map(|(span, _)| lines.line_at(span.end)).max()?;
    if last < first || last - first >= MAX_LINES || (first..=last).any(|number| lines.line(number).1.len() > MAX_BYTES)
    {
        return None;
    }
    let source = DrawnLines::new(lines, first, last);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (span, text) in &fix.edits {
        let text = without_control_characters(&text.replace("\r\n", "\n"));
        edits.push((source.offset(span.start)..source.offset(span.end), text));
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    if edits.iter().any(|(range, _)| range.start > range.end)
        || edits.windows(2).any(|two| two[0].0.end > two[1].0.start)
    {
        return None;
    }
    let patches: Vec<Patch<'a>> = edits.into_iter().map(|(range, text)| Patch::new(range, text)).collect();
    let title = without_control_characters(diagnostic.help.as_deref().unwrap_or(&fix.label));
    let snippet = Snippet::source(source.text).line_start(first).path(path(first_span)).patches(patches);
    Some(Group::with_title(Level::HELP.secondary_title(title)).element(snippet))
}

/// Some lines of a file as they are drawn.
struct DrawnLines<'a> {
    text: String,
    /// The start of each line in the file, its bytes, and its start in `text`.
    lines: Vec<(usize, &'a [u8], usize)>,
}

impl<'a> DrawnLines<'a> {
    fn new(lines: &Lines<'a>, first: usize, last: usize) -> Self {
        let mut drawn_lines = Self { text: String::new(), lines: Vec::new() };
        for number in first..=last {
            let (start, line) = lines.line(number);
            drawn_lines.lines.push((start, line, drawn_lines.text.len()));
            drawn_lines.text.push_str(&drawn(line, line.len()));
            drawn_lines.text.push('\n');
        }
        drawn_lines
    }

    /// The offset in the drawn text of a byte of the file.
    fn offset(&self, byte: usize) -> usize {
        let at = self.lines.partition_point(|(start, ..)| *start <= byte).saturating_sub(1);
        self.lines.get(at).map_or(0, |(start, line, offset)| {
            offset + drawn(line, character_at(line, byte.saturating_sub(*start))).len()
        })
    }
}
