//! Conversion of byte offsets to lines and columns.

use std::collections::HashMap;

use super::model::Diagnostic;
use super::span::Span;
use crate::tree::{Tree, TreePath};

/// A position in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column, from 1, in characters.
    pub(crate) column: usize,
}

/// A source text with the offsets of its lines. Invalid UTF-8 is counted as the replacement characters that stand for it.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    source: &'a [u8],
    /// The offsets of line starts; never empty. The first line starts after a byte order mark.
    starts: Vec<usize>,
    /// Offsets in long lines, each with the number of characters before it in its line; in order.
    checkpoints: Vec<(usize, usize)>,
}

/// The distance of checkpoints in bytes: the most that has to be read for a position.
const CHECKPOINT_DISTANCE: usize = 4096;

impl<'a> Lines<'a> {
    /// Indexes the lines of a source in one pass.
    pub(super) fn of(source: &'a [u8]) -> Self {
        let first = if source.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let breaks = source.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(first).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut lines = Self { source, starts, checkpoints: Vec::new() };
        lines.add_checkpoints();
        lines
    }

    fn add_checkpoints(&mut self) {
        for number in 1..=self.starts.len() {
            let (start, line) = self.line(number);
            let (mut at, mut characters) = (0, 0);
            while line.len() - at > CHECKPOINT_DISTANCE {
                let next = character_at(line, at + CHECKPOINT_DISTANCE);
                characters += count_characters(&line[at..next]);
                self.checkpoints.push((start + next, characters));
                at = next;
            }
        }
    }

    /// The number of the line, from 1, that contains a byte; the last line for bytes past the end.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// The offset and the bytes of a line, without its line break; the last line for numbers past the end.
    pub(super) fn line(&self, number: usize) -> (usize, &'a [u8]) {
        let index = number.clamp(1, self.starts.len()) - 1;
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.source.len(), |next| next - 1);
        let line = &self.source[start..end];
        (start, line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// The position of a byte. Bytes past the end, inside of a character or of a line break have the nearest position
    /// before them.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let number = self.line_at(byte);
        let (start, line) = self.line(number);
        let end = character_at(line, byte.saturating_sub(start));
        let after = self.checkpoints.partition_point(|(at, _)| *at <= start + end);
        let checkpoint = after.checked_sub(1).map(|at| self.checkpoints[at]).filter(|(at, _)| *at > start);
        let (from, characters) = checkpoint.map_or((0, 0), |(at, characters)| (at - start, characters));
        Position { line: number, column: characters + count_characters(&line[from..end]) + 1 }
    }
}

/// The position of a byte, for a single query: lines after the byte aren't read.
pub(crate) fn position(source: &[u8], byte: usize) -> Position {
    let end = source.iter().skip(byte).position(|byte| *byte == b'\n').map_or(source.len(), |rest| byte + rest);
    Lines::of(&source[..end]).position(byte)
}

fn count_characters(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).chars().count()
}

/// The start of the character that contains a byte of a line; the line's end for bytes past it.
pub(super) fn character_at(line: &[u8], byte: usize) -> usize {
    let byte = byte.min(line.len());
    let is_inside = |at: usize| line.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    // A character has at most three continuation bytes. Further ones are invalid, and each counts as a character.
    (byte.saturating_sub(3)..=byte).rev().find(|at| !is_inside(*at)).unwrap_or(byte)
}

/// The indexed sources of all files that some diagnostics refer to.
#[derive(Debug)]
pub(crate) struct Sources<'a>(HashMap<&'a TreePath, Lines<'a>>);

impl<'a> Sources<'a> {
    /// Indexes the files of all spans. Files that `tree` doesn't have in memory are left out.
    pub(crate) fn of(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, tree: &'a Tree) -> Self {
        let mut sources = HashMap::new();
        for diagnostic in diagnostics {
            for span in diagnostic.spans() {
                if !sources.contains_key(&span.file)
                    && let Some(bytes) = tree.bytes(&span.file)
                {
                    sources.insert(&span.file, Lines::of(bytes));
                }
            }
        }
        Self(sources)
    }

    /// The positions of the start and the end of a span; `None` for a file that isn't in memory.
    pub(crate) fn range(&self, span: &Span) -> Option<(Position, Position)> {
        let lines = self.get(&span.file)?;
        Some((lines.position(span.start), lines.position(span.end.max(span.start))))
    }

    /// The lines of a file.
    pub(crate) fn get(&self, file: &TreePath) -> Option<&Lines<'a>> {
        self.0.get(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, byte: usize) -> (usize, usize) {
        let Position { line, column } = Lines::of(source.as_bytes()).position(byte);
        (line, column)
    }

    #[test]
    fn lines_and_columns_count_from_one_and_columns_in_characters() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("äb\nc", 2), (1, 2));
        assert_eq!(at("äb\nc", 3), (1, 3));
        assert_eq!(at("äb\nc", 4), (2, 1));
    }

    #[test]
    fn a_single_position_equals_that_of_the_whole_index() {
        for source in ["", "äb\r\nc\n\nd", "\u{feff}ab\nc\n"] {
            for byte in 0..source.len() + 2 {
                assert_eq!(position(source.as_bytes(), byte), Lines::of(source.as_bytes()).position(byte), "{byte}");
            }
        }
    }

    #[test]
    fn columns_in_long_lines_count_all_characters() {
        let line = "äb\u{80}日🧑".repeat(2000);
        let source = format!("x\n{line}\n{line}");
        let lines = Lines::of(source.as_bytes());
        let counted: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
        for number in [2, 3] {
            let start = 2 + (number - 2) * (line.len() + 1);
            for (character, at) in counted.iter().enumerate().step_by(7) {
                assert_eq!(lines.position(start + at), Position { line: number, column: character + 1 });
            }
        }
    }

    #[test]
    fn bytes_between_characters_have_the_position_before() {
        assert_eq!(at("äb", 1), (1, 1), "inside a character");
        assert_eq!(at("ab", 99), (1, 3), "past the end");
        assert_eq!(at("ab\n", 99), (2, 1), "past the end of the last line");
        assert_eq!(at("ab\r\nc", 3), (1, 3), "between carriage return and line feed");
        assert_eq!(at("\u{feff}ab", 1), (1, 1), "inside the byte order mark");
        assert_eq!(at("\u{feff}ab", 4), (1, 2), "after the byte order mark");
    }

    #[test]
    fn invalid_utf_8_has_positions_too() {
        let lines = Lines::of(b"a\xffb\n\x80\x80\x80\x80\x80c");
        assert_eq!(lines.position(2), Position { line: 1, column: 3 });
        assert_eq!(lines.position(9), Position { line: 2, column: 6 });
    }
}
