//! Names: their comparison ([`fold`]), and the address segments ([`slug`]) and anchors ([`anchor`]) derived from them.

use std::borrow::Cow;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// Converts a text to lower case in Unicode NFC, for the case-insensitive comparison of paths, and for addresses.
#[must_use]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().flat_map(char::to_lowercase).collect() }
}

/// Converts a text to case-folded Unicode NFC. Unlike [`lower`], it removes all differences in case: `Straße` and `STRASSE`.
fn fold_case(text: &str) -> String {
    let composed = || text.nfc().collect::<String>();
    if text.is_ascii() { lower(text) } else { UniCase::unicode(composed()).to_folded_case().nfc().collect() }
}

/// Folds a name for comparison: two names are the same if their folded forms are equal.
///
/// The folded form is case-folded Unicode NFC with single spaces, without inline markup, and without emoji, `:shortcodes:`
/// and closing punctuation at both ends. A name that consists of nothing else stays as it is.
#[must_use]
pub fn fold(name: &str) -> String {
    // Most texts that could be names are sentences.
    let sentence = name.strip_suffix('.').filter(|sentence| !sentence.is_empty()).unwrap_or(name);
    if is_plain(sentence) { sentence.to_ascii_lowercase() } else { fold_any(name) }
}

/// Whether a name has nothing that [`fold`] changes but capital letters, as most names and sentences do.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic() && !matches!(byte, b'[' | b'~' | b'*' | b'`');
    let is_inner = |c: char| matches!(c, ' ' | '_') || is_closing(c);
    name.bytes().all(is_plain) && !name.starts_with(is_inner) && !name.ends_with(is_inner) && !name.contains("  ")
}

fn fold_any(name: &str) -> String {
    let mut plain = fold_case(name);
    if plain.bytes().any(|byte| matches!(byte, b'[' | b'~' | b'*' | b'`')) {
        plain = without_links(&plain).replace("~~", "").replace(['*', '`'], "");
    }
    let joined = single_spaced(&plain);
    let mut bare = &*joined;
    while let Some(stripped) = strip_ignorable_start(bare).or_else(|| strip_ignorable_end(bare)) {
        bare = stripped;
    }
    if bare.is_empty() {
        bare = joined.trim_end_matches(is_closing);
    }
    if bare.is_empty() { joined.into_owned() } else { bare.to_owned() }
}

/// A text with one space in place of any white space, and none at its ends.
pub(crate) fn single_spaced(text: &str) -> Cow<'_, str> {
    let mut after_space = true;
    let is_spaced = text.chars().all(|c| {
        let is_double = after_space && c == ' ';
        after_space = c == ' ';
        !is_double && (after_space || !c.is_whitespace())
    });
    if is_spaced && (!after_space || text.is_empty()) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    Cow::Owned(spaced)
}

/// How closely a text equals a name that has the same folded form. Closer ones take precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// They are equal in Unicode NFC.
    Exact,
    /// They differ in case, and perhaps in the presentation of emoji.
    Case,
    /// They differ in closing punctuation too.
    Punctuation,
    /// They differ in emoji or markup too.
    Folded,
}

/// How closely a text equals a name; `None` if their folded forms differ.
#[must_use]
pub fn closeness(text: &str, name: &str) -> Option<Closeness> {
    if is_plain(text) && is_plain(name) {
        let is_same = text.eq_ignore_ascii_case(name);
        return is_same.then_some(if text == name { Closeness::Exact } else { Closeness::Case });
    }
    let (text, name) = (single_spaced(text), single_spaced(name));
    let cased = |text: &str| fold_case(text).replace(is_presentation_selector, "");
    if text == name || text.nfc().eq(name.nfc()) {
        return Some(Closeness::Exact);
    }
    let are_ascii = text.is_ascii() && name.is_ascii();
    let differ_in_case_only = if are_ascii { text.eq_ignore_ascii_case(&name) } else { cased(&text) == cased(&name) };
    if differ_in_case_only {
        Some(Closeness::Case)
    } else if fold(&text) != fold(&name) {
        None
    } else if cased(&text).trim_end_matches(is_closing) == cased(&name).trim_end_matches(is_closing) {
        Some(Closeness::Punctuation)
    } else {
        Some(Closeness::Folded)
    }
}

/// The position of the entry with the name that a text equals most closely; the first of those that are equally close.
/// An entry may have several names.
pub fn closest<'n, N: IntoIterator<Item = &'n str>>(text: &str, entries: impl IntoIterator<Item = N>) -> Option<usize> {
    let folded = text.is_ascii().then(|| fold(text));
    // Most names differ, which costs less to find out than how close they are.
    let may_be_close = |name: &str| folded.as_ref().is_none_or(|folded| !name.is_ascii() || fold(name) == *folded);
    let of_entry = |names: N| {
        let close = names.into_iter().filter(|name| may_be_close(name));
        close.filter_map(|name| closeness(text, name)).min()
    };
    let found = entries.into_iter().enumerate().filter_map(|(at, names)| Some((of_entry(names)?, at)));
    found.min().map(|(_, at)| at)
}

/// Replaces every `[text](address)` by its text.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some((lead, inside)), Some((_, tail))) = (before.rsplit_once('['), after.split_once(')')) else { break };
        out.extend([lead, inside]);
        rest = tail;
    }
    out + rest
}

/// Removes one ignorable element from the start of a name; returns `None` if there is none.
fn strip_ignorable_start(name: &str) -> Option<&str> {
    if let Some(rest) = name.strip_prefix(|c| c == ' ' || c == '_' || is_emoji(c)) {
        return Some(rest);
    }
    if let Some((code, rest)) = name.strip_prefix(':').and_then(|rest| rest.split_once(':'))
        && is_shortcode(code)
    {
        return Some(rest);
    }
    let base = name.chars().next()?;
    let rest = &name[base.len_utf8()..];
    is_made_emoji(base, rest.chars().take_while(|c| is_presentation_selector(*c))).then_some(rest)
}

/// Removes one ignorable element from the end of a name; returns `None` if there is none.
fn strip_ignorable_end(name: &str) -> Option<&str> {
    let bare = name.trim_end_matches(is_presentation_selector);
    if bare.len() < name.len() {
        let emoji = bare.chars().next_back().filter(|base| is_made_emoji(*base, name[bare.len()..].chars()));
        return Some(&bare[..bare.len() - emoji.map_or(0, char::len_utf8)]);
    }
    if let Some((rest, code)) = name.strip_suffix(':').and_then(|rest| rest.rsplit_once(':'))
        && is_shortcode(code)
        && (code.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphanumeric))
    {
        return Some(rest);
    }
    name.strip_suffix(|c| c == ' ' || c == '_' || is_closing(c) || is_emoji(c))
}

fn is_shortcode(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        ':' | '.'
            | '!'
            | '?'
            | ','
            | ';'
            | '…'
            | '：'
            | '．'
            | '！'
            | '？'
            | '，'
            | '；'
            | '。'
            | '、'
            | '،'
            | '؛'
            | '؟'
    )
}

/// Returns whether a character selects the presentation of the one before it: as text, as an emoji, as a keycap.
fn is_presentation_selector(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | KEYCAP)
}

/// U+20E3 COMBINING ENCLOSING KEYCAP.
const KEYCAP: char = '\u{20E3}';

/// Returns whether the selectors after a character make it an emoji, as in `▶️` and `1️⃣`. Letters and plain digits never
/// become one.
fn is_made_emoji(base: char, mut selectors: impl Iterator<Item = char>) -> bool {
    match base {
        '0'..='9' | '#' => selectors.any(|c| c == KEYCAP),
        _ => !base.is_alphanumeric() && !base.is_whitespace() && selectors.next().is_some(),
    }
}

/// Returns whether a character is an emoji, part of one, or a symbol that is used like one (`★`, `✓`, `➤`), without any
/// selector. Unicode's emoji properties don't include these, but do include `©` and `™`, which belong to names.
fn is_emoji(c: char) -> bool {
    let code = u32::from(c);
    // 0x24DC is Ⓜ in lower case.
    matches!(code, 0x1F000..=0x1FAFF | 0x2139 | 0x231A..=0x231B | 0x23CF | 0x23E9..=0x23FA | 0x24DC | 0x25B6 | 0x25C0)
        || matches!(code, 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x3297 | 0x3299 | 0x200D | 0xE0020..=0xE007F)
        || is_presentation_selector(c)
}

/// Converts a name to one segment of an address: letters and digits in lower case, any sequence of other characters as one
/// `-` (`L4 - Lead` → `l4-lead`). Empty for a name without letters and digits.
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

/// Returns whether a character is a combining mark, which belongs to the letter before it (as in Devanagari or Thai).
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The prefix of ids of a theme's own elements.
pub const THEME_ID_PREFIX: &str = "sl-";

/// Whether an id has the form of those of footnotes and of the references to them: `fn-1`, `fnref-1-2`.
#[must_use]
pub fn is_footnote_id(id: &str) -> bool {
    let numbers = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
    numbers.is_some_and(|numbers| numbers.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

/// Converts a heading to an anchor by GitHub's rule: lower case, spaces as `-`, and of all other characters only letters,
/// digits, `-` and `_`. An anchor with [`THEME_ID_PREFIX`], or of the form of a footnote's, is prefixed with `the-`.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let lower = lower(heading.trim());
    let allowed = lower.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ if c.is_alphanumeric() || is_mark(c) => Some(c),
        _ => None,
    });
    unreserved(allowed.collect())
}

/// An anchor with `the-` before it if it's reserved.
fn unreserved(anchor: String) -> String {
    if anchor.starts_with(THEME_ID_PREFIX) || is_footnote_id(&anchor) { format!("the-{anchor}") } else { anchor }
}

/// The anchor of an expectation without an id: the slug of its first words. It doesn't depend on the position of the
/// expectation, so links stay valid when it is moved.
#[must_use]
pub fn sentence_anchor(sentence: &str) -> String {
    /// Long enough to be unique on a page, short enough for a readable address.
    const MAX_ANCHOR_CHARS: usize = 56;
    let whole = unreserved(slug(sentence));
    if whole.chars().count() <= MAX_ANCHOR_CHARS {
        return whole;
    }
    let cut: String = whole.chars().take(MAX_ANCHOR_CHARS).collect();
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
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        for (one, other) in
            [("Straße", "STRASSE"), ("GROẞ", "gross"), ("Oﬃce", "OFFICE"), ("ǰ", "J\u{30c}"), ("Ꮳ", "ꮳ")]
        {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(fold("The [Craft](craft.md) of [code](x)"), "the craft of code");
    }

    #[test]
    fn plain_names_fold_like_any() {
        let plain =
            ["Senior", "L4-Lead", "ic/L4", "Plans, and so on", "Version 1.5", "-", "a, - b/", "", "C++", "x:y_z"];
        let sentences =
            ["1.", "Ends.", "Asks “why?” (and 'how'), then: acts.", "#1.", ".", "..", "C++.", "a:.", "a :b:."];
        for name in plain.into_iter().chain(sentences) {
            assert_eq!(fold(name), fold_any(name), "{name}");
        }
        assert!(plain.into_iter().all(is_plain));
        for name in ["Ends.", " Starts", "Two  spaces", "Ends?", "**Craft**", "Über", "_Craft_", "a:b:", ".NET"] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn emoji_shortcodes_and_closing_punctuation_do_not_count_at_the_ends_of_a_name() {
        let same = [
            "⏱️ Craft",
            "⏱ Craft",
            "1️⃣ Craft",
            "#️⃣ Craft",
            "*️⃣ Craft",
            "ℹ️ Craft",
            "▶️ Craft",
            "↗️Craft",
            "Ⓜ️ Craft",
            "Craft 1️⃣",
            "Craft 🚀:",
            "🇩🇪 Craft 👩🏽‍💻!",
            ":rocket:Craft",
            "Craft:tada:",
            "Craft :tada::",
            ":+1: Craft :100:.",
            "_Craft_ :tada: 🚀…",
            "Craft：",
            "Craft。",
            "**[Craft](x)**",
            "[Craft](x):",
            "~~Craft~~",
        ];
        for name in same {
            assert_eq!(fold(name), "craft", "{name}");
        }
    }

    #[test]
    fn names_that_differ_in_significant_characters_are_different() {
        let names = ["C", "C++", "C#", "C 1", "C 2", "1 C", "#C", "C (1)", "C 1:2:", "🇩🇪", "🇧🇪", "1️⃣", "2️⃣", ".C"];
        for (at, name) in names.iter().enumerate() {
            assert!(names[..at].iter().all(|other| fold(other) != fold(name)), "{name}: {}", fold(name));
        }
        assert_eq!(fold("..."), "...");
        assert_eq!(fold("🚀:"), "🚀");
    }

    #[test]
    fn names_of_the_same_folded_form_are_more_or_less_close() {
        assert_eq!(closeness("🕺  Influence ", "🕺 Influence"), Some(Closeness::Exact));
        assert_eq!(closeness("Cafe\u{301}", "Café"), Some(Closeness::Exact));
        assert_eq!(closeness("Straße", "STRASSE"), Some(Closeness::Case));
        assert_eq!(closeness("⏱ influence", "⏱️ Influence"), Some(Closeness::Case));
        assert_eq!(closeness("🕺 INFLUENCE:", "🕺 Influence"), Some(Closeness::Punctuation));
        assert_eq!(closeness("✨ Influence", "🕺 Influence"), Some(Closeness::Folded));
        assert_eq!(closeness("C++", "C#"), None);
    }

    #[test]
    fn white_space_is_one_space_between_words() {
        for (text, spaced) in
            [("", ""), ("a b", "a b"), (" a", "a"), ("a ", "a"), ("a  b", "a b"), ("é\tb\n", "é b"), (" ", "")]
        {
            assert_eq!(single_spaced(text), spaced, "{text:?}");
        }
        assert!(matches!(single_spaced("no change"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_closest_of_some_names_is_found() {
        let entries = [["influence", "✨ Influence"], ["influence-31", "🕺 Influence"]];
        assert_eq!(closest("🕺 Influence", entries), Some(1));
        assert_eq!(closest("INFLUENCE", entries), Some(0));
        assert_eq!(closest("🎈 Influence", entries), Some(0));
        assert_eq!(closest("Craft", entries), None);
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
        assert_eq!(anchor("SL main"), "the-sl-main");
        assert_eq!((anchor("Fn 1"), anchor("Fn 1st")), ("the-fn-1".to_owned(), "fn-1st".to_owned()));
    }

    #[test]
    fn a_sentences_anchor_ends_at_a_word() {
        let long = "Breaks a feature into changes that can each be reviewed within a day by a colleague";
        assert_eq!(sentence_anchor(long), "breaks-a-feature-into-changes-that-can-each-be-reviewed");
        assert_eq!(sentence_anchor("Short."), "short");
        assert_eq!(sentence_anchor("SL main"), "the-sl-main");
    }
}
