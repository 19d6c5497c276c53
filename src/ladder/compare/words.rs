//! Splits text into words.
//!
//! Most languages put spaces between words. In Chinese and Japanese, which don't, each Han or hiragana character is a word,
//! and so is each run of katakana. Thai, Lao, Khmer and Burmese would need a dictionary; a phrase in them counts as one word.
//! `differences.js` of the theme splits text by the same rules.

use unicode_normalization::char::is_combining_mark;

/// The ranges of kana and Han: scripts without spaces between words whose characters make words without a dictionary.
pub const HAN_AND_KANA: [(char, char); 5] = [
    ('\u{3040}', '\u{30FF}'),
    ('\u{31F0}', '\u{31FF}'),
    ('\u{3400}', '\u{9FFF}'),
    ('\u{F900}', '\u{FAFF}'),
    ('\u{20000}', '\u{323AF}'),
];

/// The words of a text, in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
    pieces.flat_map(parts).map(str::to_lowercase)
}

/// A text split into words, each with the punctuation beside it, and the spaces between them. The pieces make up the text.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let same = |a: char, b: char| a.is_whitespace() == b.is_whitespace();
    let mut pieces = Vec::with_capacity(text.len() / 4 + 1);
    let mut start = 0;
    let ends = text.char_indices().zip(text.chars().skip(1)).filter(|((_, a), b)| !same(*a, *b));
    for end in ends.map(|((at, c), _)| at + c.len_utf8()).chain([text.len()]) {
        pieces.extend(parts(&text[start..end]));
        start = end;
    }
    pieces
}

/// The words between two spaces: one, unless its script has no spaces.
fn parts(piece: &str) -> impl Iterator<Item = &str> {
    let has_no_words =
        piece.is_ascii() || !piece.chars().any(|c| matches!(Class::of(c), Class::Word | Class::Katakana));
    let mut rest = piece;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let first = Class::of(chars.next()?.1);
        let goes_on = |c: char| has_no_words || is_combining_mark(c) || first != Class::Word && first == Class::of(c);
        let end = chars.find(|(_, c)| !goes_on(*c)).map_or(rest.len(), |(at, _)| at);
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

/// The class of a character where a script has no spaces between words.
#[derive(PartialEq, Eq)]
enum Class {
    /// A word by itself: Han, hiragana.
    Word,
    /// Katakana, of which a run is a word.
    Katakana,
    /// Another letter or a digit.
    Alphanumeric,
    /// Punctuation and all else.
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            '\u{30A0}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => Self::Katakana,
            c if HAN_AND_KANA.iter().any(|(first, last)| (*first..=*last).contains(&c)) => Self::Word,
            c if c.is_alphanumeric() => Self::Alphanumeric,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_between_spaces_or_characters() {
        let of = |text| words(text).collect::<Vec<_>>();
        assert_eq!(of("Don't merge 2 PRs, Émile."), ["don", "t", "merge", "2", "prs", "émile"]);
        assert_eq!(of("チームのAPIを設計。"), ["チーム", "の", "api", "を", "設", "計"]);
        assert_eq!(of("코드를 검토한다"), ["코드를", "검토한다"]);
        assert_eq!(of("ตรวจโค้ด"), ["ตรวจโค", "ด"], "without a dictionary, a phrase is as good as a word");
    }

    #[test]
    fn pieces_make_up_the_text() {
        let texts = [
            "",
            "a",
            " a  b.\n",
            "Leads (well-known) チームのコードを確認する。 Yes",
            "评审团队的代码,\u{3000}独立",
            "ตรวจ โค้ด",
        ];
        for text in texts {
            assert_eq!(pieces(text).concat(), text);
        }
        assert_eq!(pieces(" a  b.\n"), [" ", "a", "  ", "b.", "\n"]);
        assert_eq!(pieces("APIを設計。 well-known"), ["API", "を", "設", "計", "。", " ", "well-known"]);
    }
}
