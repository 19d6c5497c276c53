//! How texts become words. A search compares words in this form, so what is typed has to take the same way: the index
//! carries [`ALIKE`] and [`SPACELESS`], and the browser's side does the rest as [`fold`] and [`words`] do.

use std::iter;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ladder::HAN_AND_KANA;

/// Letters that Unicode doesn't take apart, and what people type for them.
pub(crate) const ALIKE: [(char, &str); 11] = [
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

/// First and last characters of scripts that put no spaces between words: Thai and Lao, Burmese, Khmer, kana, Han.
pub(crate) const SPACELESS: [(char, char); 8] = [
    ('\u{0E00}', '\u{0EFF}'),
    ('\u{1000}', '\u{109F}'),
    ('\u{1780}', '\u{17FF}'),
    HAN_AND_KANA[0],
    HAN_AND_KANA[1],
    HAN_AND_KANA[2],
    HAN_AND_KANA[3],
    HAN_AND_KANA[4],
];

/// A text in lower case and without accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            // Character by character: the order of accents makes no difference, for they go.
            fold_letter(c, &mut out);
        }
    }
    out
}

fn fold_letter(c: char, out: &mut String) {
    for c in iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match ALIKE.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c),
        }
    }
}

/// Calls `visit` with the place of every word of a folded text. Text without spaces counts as words of two characters each, and its last
/// character as one more, so that any piece of it is found.
pub(crate) fn words(folded: &str, visit: &mut dyn FnMut(Range<usize>)) {
    let mut start = None;
    let mut last = None;
    let ends = folded.char_indices().chain([(folded.len(), ' ')]);
    for (at, c) in ends {
        let spaceless = is_spaceless(c);
        if let Some(from) = start.filter(|_| spaceless || !c.is_alphanumeric()) {
            visit(from..at);
            start = None;
        }
        if spaceless && c.is_alphanumeric() {
            if let Some(from) = last {
                visit(from..at + c.len_utf8());
            }
            last = Some(at);
            continue;
        }
        if let Some(from) = last.take() {
            visit(from..at);
        }
        if start.is_none() && c.is_alphanumeric() {
            start = Some(at);
        }
    }
}

/// Whether two words of a folded text, of which only `between` lies between, are as often written as one: `on-call`,
/// `don't`, `CI/CD`; and in names such as `IC 3` also where that is a space.
pub(crate) fn is_joint(between: &str, is_name: bool) -> bool {
    let mut chars = between.chars();
    let joint = |c: char| !c.is_alphanumeric() && !matches!(c, '–' | '—') && (is_name || !c.is_whitespace());
    chars.next().is_some_and(joint) && chars.next().is_none()
}

pub(crate) fn is_spaceless(c: char) -> bool {
    c >= SPACELESS[0].0 && SPACELESS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        let folded = fold(text);
        words(&folded, &mut |word| all.push(folded[word].to_owned()));
        all
    }

    #[test]
    fn words_are_plain_letters_and_digits() {
        assert_eq!(of("Café, IC3 – „Straße“ & naïveté"), ["cafe", "ic3", "strasse", "naivete"]);
        assert_eq!(of("Staff+ C++ don't"), ["staff", "c", "don", "t"]);
        assert_eq!(of("ΟΔΟΣ οδος"), ["οδοσ", "οδοσ"]);
        assert_eq!(of("ﬁrst ２"), ["first", "2"]);
        assert_eq!(of(" … "), Vec::<String>::new());
    }

    #[test]
    fn what_hyphens_join_may_be_one_word() {
        assert!(["-", "‐", "'", "’", "/", "."].iter().all(|between| is_joint(between, false)));
        assert!([" ", "", ", ", "—", "–", "..."].iter().all(|between| !is_joint(between, false)));
        assert!(is_joint(" ", true) && !is_joint(" – ", true));
    }

    #[test]
    fn text_without_spaces_is_cut_into_pairs() {
        assert_eq!(of("設計する"), ["設計", "計す", "する", "る"]);
        assert_eq!(of("人"), ["人"]);
        assert_eq!(of("技術A1力、次"), ["技術", "術", "a1", "力", "次"]);
    }
}
