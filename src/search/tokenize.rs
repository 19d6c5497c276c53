//! The tokenizer: normalizes texts and splits them into tokens.
//!
//! The browser's script has to do the same with what a reader types. The index carries the data for that
//! ([`LETTER_REPLACEMENTS`] and [`UNSPACED_SCRIPTS`]); the script repeats what [`normalize`] and [`for_each_token`] do.

use std::iter;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ladder::HAN_AND_KANA;

/// Letters without a Unicode decomposition, with what people type for them.
pub(crate) const LETTER_REPLACEMENTS: [(char, &str); 11] = [
    ('ß', "ss"),
    ('ς', "σ"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
];

/// The first and last characters of scripts without spaces between words: Thai and Lao, Burmese, Khmer, kana, Han.
pub(crate) const UNSPACED_SCRIPTS: [(char, char); 8] = [
    ('\u{0E00}', '\u{0EFF}'),
    ('\u{1000}', '\u{109F}'),
    ('\u{1780}', '\u{17FF}'),
    HAN_AND_KANA[0],
    HAN_AND_KANA[1],
    HAN_AND_KANA[2],
    HAN_AND_KANA[3],
    HAN_AND_KANA[4],
];

/// A text in lower case, without accents and compatibility variants.
pub(crate) fn normalize(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            // Each character on its own: the order of accents doesn't matter, because they are removed.
            push_normalized(c, &mut out);
        }
    }
    out
}

fn push_normalized(c: char, out: &mut String) {
    for c in iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match LETTER_REPLACEMENTS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c),
        }
    }
}

/// Calls `visit` with the byte range of every token of a normalized text, in order. A token is a sequence of letters and
/// digits. In scripts without spaces it is each pair of adjacent characters, and each last character alone, so that any
/// part of a text can be found.
pub(crate) fn for_each_token(normalized: &str, visit: &mut dyn FnMut(Range<usize>)) {
    let mut token_start = None;
    let mut previous_unspaced = None;
    let end = (normalized.len(), ' ');
    for (at, c) in normalized.char_indices().chain([end]) {
        let is_unspaced = is_unspaced(c);
        if let Some(start) = token_start.filter(|_| is_unspaced || !c.is_alphanumeric()) {
            visit(start..at);
            token_start = None;
        }
        if is_unspaced && c.is_alphanumeric() {
            if let Some(start) = previous_unspaced {
                visit(start..at + c.len_utf8());
            }
            previous_unspaced = Some(at);
            continue;
        }
        if let Some(start) = previous_unspaced.take() {
            visit(start..at);
        }
        if token_start.is_none() && c.is_alphanumeric() {
            token_start = Some(at);
        }
    }
}

/// Whether two tokens of a normalized text, with `between` between them, are often written as one: `on-call`, `don't`,
/// `CI/CD`; in names also where `between` is a space, as in `IC 3`.
pub(crate) fn can_be_joined(between: &str, is_name: bool) -> bool {
    let mut chars = between.chars();
    let is_joiner = |c: char| !c.is_alphanumeric() && !matches!(c, '–' | '—') && (is_name || !c.is_whitespace());
    chars.next().is_some_and(is_joiner) && chars.next().is_none()
}

/// Whether a character belongs to a script without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= UNSPACED_SCRIPTS[0].0 && UNSPACED_SCRIPTS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        let normalized = normalize(text);
        for_each_token(&normalized, &mut |range| tokens.push(normalized[range].to_owned()));
        tokens
    }

    #[test]
    fn tokens_are_letters_and_digits_without_case_and_accents() {
        assert_eq!(tokens("Café, IC3 – „Straße“ & naïveté"), ["cafe", "ic3", "strasse", "naivete"]);
        assert_eq!(tokens("Staff+ C++ don't"), ["staff", "c", "don", "t"]);
        assert_eq!(tokens("ΟΔΟΣ οδος"), ["οδοσ", "οδοσ"]);
        assert_eq!(tokens("ﬁrst ２"), ["first", "2"]);
        assert_eq!(tokens(" … "), Vec::<String>::new());
    }

    #[test]
    fn tokens_around_a_hyphen_can_be_joined() {
        assert!(["-", "‐", "'", "’", "/", "."].iter().all(|between| can_be_joined(between, false)));
        assert!([" ", "", ", ", "—", "–", "..."].iter().all(|between| !can_be_joined(between, false)));
        assert!(can_be_joined(" ", true) && !can_be_joined(" – ", true));
    }

    #[test]
    fn text_without_spaces_is_split_into_pairs() {
        assert_eq!(tokens("設計する"), ["設計", "計す", "する", "る"]);
        assert_eq!(tokens("人"), ["人"]);
        assert_eq!(tokens("技術A1力、次"), ["技術", "術", "a1", "力", "次"]);
    }
}
