//! Text as it's drawn on a terminal, which must not interpret any of it.

use super::span::Span;

/// The path of a span's file.
pub(super) fn path(span: &Span) -> String {
    without_control_characters(span.file.as_str()).replace('\n', "␊")
}

/// The first bytes of a line as they are drawn. The result for fewer bytes is a prefix of that for more, if both end at
/// character boundaries.
pub(super) fn drawn(line: &[u8], bytes: usize) -> String {
    without_control_characters(&String::from_utf8_lossy(&line[..bytes]))
}

/// Replaces each control character, and each invisible formatting character, by one symbol. Otherwise a terminal would
/// interpret them. Tabs and line feeds stay.
pub(crate) fn without_control_characters(text: &str) -> String {
    let symbol = |c: char| match c {
        '\n' | '\t' => c,
        // Unicode has a picture for each ASCII control character.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(symbol).collect()
}
