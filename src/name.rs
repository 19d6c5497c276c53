//! Names and what is made from them: how two names compare ([`fold`]), addresses ([`slug`]), anchors ([`anchor`]).

use unicode_normalization::UnicodeNormalization;

/// A text in Unicode NFC and lower case, the form in which paths and names compare.
#[must_use]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().flat_map(char::to_lowercase).collect() }
}

/// The form in which names compare: Unicode NFC, lower case, one space between words, without emoji and `:shortcodes:`
/// at the ends, inline markup, and closing punctuation. Two names are the same when their folded forms are equal.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut lower = lower(name);
    lower.retain(|c| !matches!(c, '*' | '`'));
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    while words.len() > 1 && is_decoration(words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_decoration(word)) {
        words.pop();
    }
    let joined = words.join(" ");
    let bare = joined.trim_matches(is_emoji).trim().trim_matches('_');
    let bare = bare.trim_end_matches([':', '.', '!', '?', ',', ';', '…']).trim_end();
    if bare.is_empty() { joined } else { bare.to_owned() }
}

fn is_decoration(word: &str) -> bool {
    let shortcode = word.len() > 2
        && word.starts_with(':')
        && word.ends_with(':')
        && word[1..word.len() - 1].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'));
    shortcode || word.chars().all(is_emoji)
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0xFE0F | 0x200D | 0x20E3 | 0xE0020..=0xE007F)
}

/// One segment of an address: letters and digits in lower case, everything else one `-` (`L4 - Lead` → `l4-lead`).
/// Empty for a name without letters and digits.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in lower(name).chars() {
        if c.is_alphanumeric() || is_mark(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Combining marks belong to the letter before them (as in Devanagari or Thai).
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A heading's anchor by GitHub's rule: lower case, spaces become `-`, all but letters, digits, `-` and `_` goes.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let lower = lower(heading.trim());
    let kept = lower.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ if c.is_alphanumeric() || is_mark(c) => Some(c),
        _ => None,
    });
    kept.collect()
}

/// The permanent anchor of an expectation without one of its own: its first words as a slug, so that moving the
/// expectation changes nothing.
#[must_use]
pub fn sentence_anchor(sentence: &str) -> String {
    const LONGEST: usize = 56;
    let whole = slug(sentence);
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    let cut: String = whole.chars().take(LONGEST).collect();
    cut.rsplit_once('-').map_or_else(|| cut.clone(), |(words, _)| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_form_emoji_and_closing_punctuation() {
        assert_eq!(fold("Senior  Engineer:"), "senior engineer");
        assert_eq!(fold("🚀 Staff :tada:"), "staff");
        assert_eq!(fold("**Craft**"), "craft");
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
        assert_eq!(fold("C++"), "c++");
        assert_eq!(fold("🚀"), "🚀");
    }

    #[test]
    fn addresses_are_slugs() {
        assert_eq!(slug("L4 - Lead"), "l4-lead");
        assert_eq!(slug("  (draft) "), "draft");
        assert_eq!(slug("シニア エンジニア"), "シニア-エンジニア");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn anchors_follow_githubs_rule() {
        assert_eq!(anchor("What's new, here?"), "whats-new-here");
        assert_eq!(anchor("A - B"), "a---b");
        assert_eq!(anchor("snake_case & Ünïcode"), "snake_case--ünïcode");
    }

    #[test]
    fn a_sentences_anchor_ends_at_a_word() {
        let long = "Breaks a feature into changes that can each be reviewed within a day by a colleague";
        assert_eq!(sentence_anchor(long), "breaks-a-feature-into-changes-that-can-each-be-reviewed");
        assert_eq!(sentence_anchor("Short."), "short");
    }
}
