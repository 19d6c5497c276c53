//! Names and what is made from them: how two names compare ([`fold`]), addresses ([`slug`]), anchors ([`anchor`]).

use unicode_normalization::UnicodeNormalization;

/// A text in Unicode NFC and lower case, the form in which paths and names compare.
#[must_use]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().flat_map(char::to_lowercase).collect() }
}

/// The form in which names compare: Unicode NFC, lower case, one space between words, without inline markup, and without
/// emoji, `:shortcodes:` and closing punctuation at the ends. Two names are the same when their folded forms are equal.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in without_links(&lower(name)).replace("~~", "").chars() {
        match c {
            '*' | '`' => {}
            'ß' => plain.push_str("ss"),
            'ς' => plain.push('σ'),
            _ => plain.push(c),
        }
    }
    let joined = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bare = joined.as_str();
    while let Some(less) = without_start(bare).or_else(|| without_end(bare)) {
        bare = less;
    }
    if bare.is_empty() {
        bare = joined.trim_end_matches(is_closing);
    }
    if bare.is_empty() { joined } else { bare.to_owned() }
}

/// Text in which every `[text](address)` is its text.
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

/// A name without the first thing at its start that does not count; nothing if all of it counts.
fn without_start(name: &str) -> Option<&str> {
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
    is_drawn(base, rest.chars().take_while(|c| is_selector(*c))).then_some(rest)
}

/// A name without the last thing at its end that does not count; nothing if all of it counts.
fn without_end(name: &str) -> Option<&str> {
    let bare = name.trim_end_matches(is_selector);
    if bare.len() < name.len() {
        let drawn = bare.chars().next_back().filter(|base| is_drawn(*base, name[bare.len()..].chars()));
        return Some(&bare[..bare.len() - drawn.map_or(0, char::len_utf8)]);
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
    ":.!?,;…：．！？，；。、،؛؟".contains(c)
}

/// Characters that say how the one before them is drawn: as text, as an emoji, as a keycap.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | KEYCAP)
}

const KEYCAP: char = '\u{20E3}';

/// Whether a character is an emoji by what follows it, as in `▶️` and `1️⃣`. Letters and plain digits stay what they are.
fn is_drawn(base: char, mut selectors: impl Iterator<Item = char>) -> bool {
    match base {
        '0'..='9' | '#' => selectors.any(|c| c == KEYCAP),
        _ => !base.is_alphanumeric() && !base.is_whitespace() && selectors.next().is_some(),
    }
}

/// Whether a character is an emoji, or part of one, whatever follows it.
fn is_emoji(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0x1F000..=0x1FAFF | 0x2139 | 0x231A..=0x231B | 0x23CF | 0x23E9..=0x23FA | 0x24DC | 0x25B6 | 0x25C0)
        || matches!(code, 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x3297 | 0x3299 | 0x200D | 0xE0020..=0xE007F)
        || is_selector(c)
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

/// What the ids of a theme's own parts begin with.
pub const THEME_ID_PREFIX: &str = "sl-";

/// A heading's anchor by GitHub's rule: lower case, spaces become `-`, all but letters, digits, `-` and `_` goes. None is
/// like an id of a theme's own parts.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let lower = lower(heading.trim());
    let kept = lower.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ if c.is_alphanumeric() || is_mark(c) => Some(c),
        _ => None,
    });
    let anchor: String = kept.collect();
    if anchor.starts_with(THEME_ID_PREFIX) { format!("the-{anchor}") } else { anchor }
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
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("The [Craft](craft.md) of [code](x)"), "the craft of code");
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
    fn what_only_looks_like_decoration_counts() {
        let names = ["C", "C++", "C#", "C 1", "C 2", "1 C", "#C", "C (1)", "C 1:2:", "🇩🇪", "🇧🇪", "1️⃣", "2️⃣", ".C"];
        for (at, name) in names.iter().enumerate() {
            assert!(names[..at].iter().all(|other| fold(other) != fold(name)), "{name}: {}", fold(name));
        }
        assert_eq!(fold("..."), "...");
        assert_eq!(fold("🚀:"), "🚀");
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
    }

    #[test]
    fn a_sentences_anchor_ends_at_a_word() {
        let long = "Breaks a feature into changes that can each be reviewed within a day by a colleague";
        assert_eq!(sentence_anchor(long), "breaks-a-feature-into-changes-that-can-each-be-reviewed");
        assert_eq!(sentence_anchor("Short."), "short");
    }
}
