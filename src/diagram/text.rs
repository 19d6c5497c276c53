//! Text measuring and line breaking, with estimated widths: the build doesn't know which font a browser will use.
//!
//! Widths are in hundredths of the font size (hundredths of an em).

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Estimated widths of characters: those of wide sans-serif fonts at semibold weight, so that text fits in others.
mod em {
    /// East Asian characters and emoji.
    pub(crate) const FULL_WIDTH: usize = 104;
    /// `M`, `W`, dashes and the like.
    pub(crate) const BROAD: usize = 94;
    pub(crate) const UPPERCASE: usize = 70;
    pub(crate) const REGULAR: usize = 60;
    /// `i`, `l`, spaces, punctuation.
    pub(crate) const NARROW: usize = 34;
}

/// A text broken into lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct WrappedText {
    /// The lines, at least one.
    pub(crate) lines: Vec<String>,
    /// Whether the end of the text is missing, replaced by an ellipsis.
    pub(crate) is_shortened: bool,
}

/// The estimated width of a text.
pub(crate) fn width(text: &str) -> usize {
    text.graphemes(true).map(cluster_width).sum()
}

/// The estimated width of a grapheme cluster: a letter with its marks, or an emoji, which may consist of several.
fn cluster_width(cluster: &str) -> usize {
    const EMOJI_PRESENTATION: char = '\u{fe0f}';
    let is_full_width = cluster.starts_with(|c: char| c.width() == Some(2)) || cluster.contains(EMOJI_PRESENTATION);
    if is_full_width { em::FULL_WIDTH } else { cluster.chars().map(char_width).sum() }
}

fn char_width(c: char) -> usize {
    match c {
        _ if c.width().is_none_or(|width| width == 0) => 0,
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' | '—' | '…' => em::BROAD,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '(' | ')' | '[' | ']'
        | ' ' | '\u{a0}' | '-' | '/' => em::NARROW,
        _ if c.is_uppercase() => em::UPPERCASE,
        _ => em::REGULAR,
    }
}

/// A piece of text without a possible line break.
struct Fragment<'t> {
    text: &'t str,
    /// Whether a space separates it from the fragment before it.
    has_space_before: bool,
}

/// Splits a text at all possible line breaks, by Unicode Standard Annex 14.
fn fragments(text: &str) -> impl Iterator<Item = Fragment<'_>> {
    let text = text.trim();
    let mut start = 0;
    let mut has_space_before = true;
    linebreaks(text).map(move |(end, _)| {
        let piece = &text[start..end];
        let fragment = Fragment { text: piece.trim_end(), has_space_before };
        start = end;
        has_space_before = fragment.text.len() < piece.len();
        fragment
    })
}

/// Breaks a text into lines of at most `room`, the first of them indented by `indent`. If there are more than `max_lines`,
/// the rest is replaced by an ellipsis.
pub(crate) fn wrap(text: &str, indent: usize, room: usize, max_lines: usize) -> WrappedText {
    let mut lines = vec![String::new()];
    let mut used = indent;
    for Fragment { text, has_space_before } in fragments(text) {
        let (space, width) = (if has_space_before { em::NARROW } else { 0 }, width(text));
        let line = lines.last_mut().filter(|line| !line.is_empty() && used + space + width <= room);
        if let Some(line) = line {
            line.extend(has_space_before.then_some(' '));
            line.push_str(text);
            used += space + width;
            continue;
        }
        // The first line may stay empty but for its indent, if the first fragment doesn't fit beside that.
        if lines.last().is_some_and(|line| !line.is_empty()) || (used > 0 && used + width > room) {
            lines.push(String::new());
            used = 0;
        }
        used = push_breaking(&mut lines, used, text, room);
    }
    let is_shortened = lines.len() > max_lines;
    if is_shortened {
        lines.truncate(max_lines);
        let indent = if max_lines == 1 { indent } else { 0 };
        if let Some(last) = lines.last_mut() {
            shorten(last, room.saturating_sub(indent));
        }
    }
    WrappedText { lines, is_shortened }
}

/// Removes grapheme clusters from the end of a line until an ellipsis fits, and appends it.
fn shorten(line: &mut String, room: usize) {
    while width(line) + em::BROAD > room
        && let Some((last, _)) = line.grapheme_indices(true).next_back()
    {
        line.truncate(last);
    }
    line.truncate(line.trim_end().len());
    line.push('…');
}

/// Appends a fragment to the last line, of which `used` is taken, and breaks it between any two grapheme clusters where
/// it is wider than a line. Returns how much of the last line is taken then.
fn push_breaking(lines: &mut Vec<String>, mut used: usize, fragment: &str, room: usize) -> usize {
    for cluster in fragment.graphemes(true) {
        let width = cluster_width(cluster);
        if used + width > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(cluster);
        }
        used += width;
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: usize) -> Vec<String> {
        let wrapped = wrap(text, 0, room, 3);
        assert!(wrapped.lines.iter().all(|line| width(line) <= room), "{wrapped:?}");
        wrapped.lines
    }

    #[test]
    fn words_are_wrapped_to_the_width() {
        assert_eq!(lines("Senior Software Engineer", 3000), ["Senior Software Engineer"]);
        assert_eq!(lines("Senior Software Engineer", 1000), ["Senior Software", "Engineer"]);
        assert_eq!(lines("Site-reliability", 600), ["Site-", "reliability"]);
        assert_eq!(lines("", 600), [""]);
    }

    #[test]
    fn the_first_line_is_shorter_by_its_indent() {
        assert_eq!(wrap("Senior Engineer", 400, 900, 3).lines, ["Senior", "Engineer"]);
        assert_eq!(wrap("Distinguished", 400, 900, 3).lines, ["", "Distinguished"]);
    }

    #[test]
    fn a_text_with_too_many_lines_ends_with_an_ellipsis() {
        let wrapped = wrap(&"Vice ".repeat(30), 0, 600, 3);
        assert_eq!((wrapped.lines.len(), wrapped.is_shortened), (3, true));
        assert!(wrapped.lines[2].ends_with('…') && width(&wrapped.lines[2]) <= 600, "{wrapped:?}");
        assert!(lines(&"x".repeat(40), 600).iter().all(|line| line.chars().count() <= 10));
    }

    #[test]
    fn east_asian_text_breaks_between_characters_but_not_before_closing_punctuation() {
        assert_eq!(lines("シニアエンジニア", 520), ["シニアエン", "ジニア"]);
        assert_eq!(lines("シニア、上級", 320), ["シニ", "ア、上", "級"]);
    }

    #[test]
    fn a_no_break_space_and_a_number_keep_together_what_belongs_together() {
        assert_eq!(lines("Level\u{a0}4 Engineer", 800), ["Level\u{a0}4", "Engineer"]);
        assert_eq!(lines("Support 24/7", 480), ["Support", "24/7"]);
    }

    #[test]
    fn opening_brackets_are_not_at_the_end_of_a_line() {
        assert_eq!(lines("上級「職人」", 320), ["上級", "「職", "人」"]);
    }

    #[test]
    fn marks_have_no_width_and_an_emoji_of_several_characters_is_as_wide_as_one() {
        assert_eq!(width("e\u{301}"), width("e"));
        for emoji in ["👩\u{200d}💻", "👩🏽\u{200d}💻", "👍🏽", "⚙\u{fe0f}", "👨\u{200d}👩\u{200d}👧"]
        {
            assert_eq!(width(emoji), width("👩"), "{emoji}");
        }
        assert_eq!(width("न\u{94d}"), width("न"));
    }

    #[test]
    fn no_emoji_and_no_letter_is_broken() {
        assert_eq!(lines("👩\u{200d}💻👩\u{200d}💻", 110), ["👩\u{200d}💻", "👩\u{200d}💻"]);
        assert_eq!(lines("e\u{301}e\u{301}", 60), ["e\u{301}", "e\u{301}"]);
        let wrapped = wrap("👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻", 0, 210, 1);
        assert_eq!(wrapped.lines, ["👩\u{200d}💻…"]);
    }
}
