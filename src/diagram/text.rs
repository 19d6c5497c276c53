//! Text measuring and line breaking, with estimated widths: the build doesn't know which font a browser will use.
//!
//! Widths are in hundredths of the font size (hundredths of an em).

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
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c {
        _ if is_combining(c) => 0,
        _ if is_full_width(c) => em::FULL_WIDTH,
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' | '—' | '…' => em::BROAD,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '(' | ')' | '[' | ']'
        | ' ' | '-' | '/' => em::NARROW,
        _ if c.is_uppercase() => em::UPPERCASE,
        _ => em::REGULAR,
    }
}

/// Whether a character combines with the one before it: combining marks, joiners, variation selectors.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character is as wide as it is high and allows a line break on either side: East Asian ones and emoji.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Characters that may not be the first of a line in Japanese and Chinese text: closing punctuation and small kana.
const NOT_AT_LINE_START: &str = "、。，．・：；！？ー」』）】〉》ゃゅょっャュョッァィゥェォ";

/// A piece of text without a possible line break.
struct Fragment {
    text: String,
    /// Whether a space separates it from the fragment before it.
    has_space_before: bool,
}

/// Splits a text at all possible line breaks.
fn fragments(text: &str) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    for word in text.split_whitespace() {
        let mut has_space_before = true;
        let mut previous = ' ';
        for c in word.chars() {
            let must_join = is_combining(c) || NOT_AT_LINE_START.contains(c) || previous == '\u{200d}';
            let may_break = is_full_width(c) || is_full_width(previous) || matches!(previous, '-' | '/' | '–');
            match fragments.last_mut() {
                Some(fragment) if !has_space_before && (must_join || !may_break) => fragment.text.push(c),
                _ => fragments.push(Fragment { text: c.to_string(), has_space_before }),
            }
            has_space_before = false;
            // A combining mark doesn't change whether a break may follow its base character.
            previous = if is_combining(c) && c != '\u{200d}' { previous } else { c };
        }
    }
    fragments
}

/// Breaks a text into lines of at most `room`, the first of them indented by `indent`. If there are more than `max_lines`,
/// the rest is replaced by an ellipsis.
pub(crate) fn wrap(text: &str, indent: usize, room: usize, max_lines: usize) -> WrappedText {
    let mut lines = vec![String::new()];
    let mut used = indent;
    for Fragment { text, has_space_before } in fragments(text) {
        let (space, width) = (if has_space_before { em::NARROW } else { 0 }, width(&text));
        let line = lines.last_mut().filter(|line| !line.is_empty() && used + space + width <= room);
        if let Some(line) = line {
            line.extend(has_space_before.then_some(' '));
            line.push_str(&text);
            used += space + width;
            continue;
        }
        // The first line may stay empty but for its indent, if the first fragment doesn't fit beside that.
        if lines.last().is_some_and(|line| !line.is_empty()) || (used > 0 && used + width > room) {
            lines.push(String::new());
            used = 0;
        }
        used = push_breaking(&mut lines, used, &text, room);
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

/// Removes characters from the end of a line until an ellipsis fits, and appends it.
fn shorten(line: &mut String, room: usize) {
    while !line.is_empty() && width(line) + em::BROAD > room {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line.push('…');
}

/// Appends a fragment to the last line, of which `used` is taken, and breaks it between any two characters where it is
/// wider than a line. Returns how much of the last line is taken then.
fn push_breaking(lines: &mut Vec<String>, mut used: usize, fragment: &str, room: usize) -> usize {
    for c in fragment.chars() {
        let width = char_width(c);
        if used + width > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
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
    fn combining_marks_have_no_width_and_no_break_before_them() {
        assert_eq!(width("e\u{301}"), width("e"));
        assert_eq!(lines("👩\u{200d}💻👩\u{200d}💻", 220).len(), 2);
    }
}
