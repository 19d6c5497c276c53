//! The lines of a paragraph.

/// Characters before a line of a paragraph.
pub(super) const INDENTATION: [char; 3] = [' ', '\t', '>'];

/// A line of a paragraph, without indentation and quote markers.
#[derive(Clone, Copy)]
pub(super) struct ParagraphLine<'t> {
    /// The offset of the text in the file.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl ParagraphLine<'_> {
    /// The byte range of the text in the file, without the white space after it.
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.text.trim_end().len()
    }
}

/// The lines of a text that begins at a byte of the file.
pub(super) fn lines(text: &str, start: usize) -> Vec<ParagraphLine<'_>> {
    let mut at = start;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches(INDENTATION);
        lines.push(ParagraphLine { start: at + line.len() - words.len(), text: words.trim_end_matches(['\n', '\r']) });
        at += line.len();
    }
    lines
}

/// The start of the line of `source` that has a byte.
pub(super) fn line_start(source: &str, byte: usize) -> usize {
    source[..byte].rfind('\n').map_or(0, |end| end + 1)
}

/// The line break of the line of `source` that has a byte: that of the file.
pub(super) fn line_break(source: &str, byte: usize) -> &'static str {
    let line = source[byte..].split_inclusive('\n').next().unwrap_or_default();
    if line.ends_with("\r\n") { "\r\n" } else { "\n" }
}
