//! The characters that people and word processors use as list markers, by what they mean.

use unicode_width::UnicodeWidthChar;

/// Returns whether a character is drawn as a bullet or check box, and is no part of prose: geometric shapes, dingbats (both
/// without those that are drawn as emoji), glyphs of symbol fonts such as Wingdings, and others.
pub(super) fn is_bullet(c: char) -> bool {
    const OTHERS: &str = "•‣⁃⁌⁍·‧∙⋅・･☐☑☒";
    let is_shape_or_dingbat = matches!(c, '\u{25a0}'..='\u{25ff}' | '\u{2701}'..='\u{27bf}') && !is_emoji(c);
    let is_glyph = matches!(c, '\u{e000}'..='\u{f8ff}');
    is_shape_or_dingbat || is_glyph || OTHERS.contains(c)
}

/// Returns whether a symbol says to which degree something is done or true: a check mark, a cross, a check box, or a circle
/// that is filled in part, also as glyphs of Wingdings.
pub(super) fn is_state(c: char) -> bool {
    matches!(c, '☐'..='☒' | '✓'..='✘' | '◐'..='◕' | '\u{f0fb}'..='\u{f0fe}')
}

/// Returns whether a symbol is drawn as an emoji: those that are by default are wide, and `❤` is in many fonts.
pub(super) fn is_emoji(c: char) -> bool {
    c == '❤' || c >= '\u{1f000}' || matches!(c, '\u{2300}'..='\u{2bff}') && c.width() == Some(2)
}

/// Returns whether a character is a dash, an arrow, an emoji or another symbol: a bullet in lists, but possible in prose.
pub(super) fn is_symbol(c: char) -> bool {
    matches!(c, '§' | '¶' | '¤' | '¨' | '¬' | '~' | '»' | '›' | '†' | '‡' | '※' | '＊' | '⁎' | '⁕')
        || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' | '﹣' | '﹘')
        || matches!(c, '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}')
        || matches!(c, '\u{3004}'..='\u{3007}' | '\u{1f000}'..='\u{1faff}')
}

/// Returns whether a marker is a word.
pub(super) fn is_word(mark: &str) -> bool {
    mark.chars().all(char::is_alphabetic)
}

/// Returns whether a marker may be the initial of a name: a word and a full stop.
pub(super) fn is_initial(mark: &str) -> bool {
    mark.strip_suffix('.').is_some_and(|letter| !letter.is_empty() && is_word(letter))
}

/// Returns whether a marker has a number or letter that changes from item to item.
pub(super) fn is_numbered(mark: &str) -> bool {
    mark.contains(char::is_alphanumeric) && !is_word(mark) && !mark.starts_with([':', '&'])
}

/// Returns whether a text begins with white space.
pub(super) fn is_spaced(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace)
}
