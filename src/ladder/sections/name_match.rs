//! Whether a heading that isn't exactly the name of a page was probably meant as it.

use crate::diagnostic::{nearly, same_letters};
use crate::ladder::sections::heading_candidate::without_number;

/// Words that don't make a heading about something else: `Craft at this level`, `Our craft skills`.
const COMMON_WORDS: [&str; 20] = [
    "a",
    "an",
    "and",
    "at",
    "competencies",
    "competency",
    "expectations",
    "for",
    "in",
    "level",
    "my",
    "of",
    "on",
    "our",
    "skill",
    "skills",
    "the",
    "their",
    "this",
    "your",
];

/// Whether a folded word doesn't make a heading about something else.
pub(crate) fn is_common_word(word: &str) -> bool {
    COMMON_WORDS.contains(&word)
}

/// Whether a folded heading most likely means a folded name: they are nearly equal, a part of the heading equals the
/// name (`Craft (technology)`, `1. Craft`, `Craft and delivery`), it has one more word (`Technical craft`), or they
/// differ in number.
pub(crate) fn like(text: &str, name: &str) -> bool {
    nearly(text, name)
        || text.len() >= name.len()
            && text.contains(name)
            && (parts(text).any(|part| part == name) || has_one_more_word(text, name))
        || have_same_singular(text, name)
}

/// Whether a heading consists of a name and at most one word that isn't common.
fn has_one_more_word(text: &str, name: &str) -> bool {
    let Some((before, after)) =
        text.match_indices(name).map(|(at, _)| (&text[..at], &text[at + name.len()..])).find(|(before, after)| {
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with([' ', '\'', '’']))
        })
    else {
        return false;
    };
    let words = before.split_whitespace().chain(after.split_whitespace());
    !name.is_empty() && words.filter(|word| !is_common_word(word)).count() <= 1
}

/// Whether a folded line that isn't a sentence joins a folded name with others (`Craft and quality`) or with words that add
/// nothing (`Our craft`).
pub(crate) fn is_joined(text: &str, name: &str) -> bool {
    const PREPOSITIONS: [&str; 6] = ["at", "by", "for", "in", "on", "with"];
    if text.split_whitespace().next().is_some_and(|first| PREPOSITIONS.contains(&first)) {
        return false;
    }
    let (padded, name_as_words) = (format!(" {text} "), format!(" {name} "));
    let rest = padded.split_once(&name_as_words);
    let is_common = |part: &str| part.split_whitespace().all(is_common_word);
    let adds_nothing = rest.is_some_and(|(before, after)| is_common(before) && is_common(after));
    adds_nothing || parts(text).any(|part| part == name)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let text = without_number(text).unwrap_or(text);
    let marks = ['(', ')', '[', ']', ':', '/', '&', '+', ',', '|', '–', '—', '·', '"', '“', '”', '='];
    let words = |part| [" and ", " or ", " - "].into_iter().fold(vec![part], split_all);
    text.split(marks).flat_map(words).map(str::trim).filter(|part| !part.is_empty())
}

fn split_all<'t>(parts: Vec<&'t str>, by: &str) -> Vec<&'t str> {
    parts.into_iter().flat_map(|part| part.split(by).collect::<Vec<_>>()).collect()
}

/// A word without the ending of its plural.
fn singular(text: &str) -> String {
    match text.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => text.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(text).to_owned(),
    }
}

/// Whether two texts are the same word in singular or plural.
fn have_same_singular(text: &str, name: &str) -> bool {
    /// The longest ending that a plural adds: `ies` in place of `y`.
    const MAX_ADDED_BYTES: usize = 2;
    text.len().abs_diff(name.len()) <= MAX_ADDED_BYTES && singular(text) == singular(name)
}

/// Whether a folded text is a typo of a folded name, and not another word: they have the same letters, they differ in
/// number, a letter inside is missing or doubled, or the name is so long that other letters don't make another word.
pub(crate) fn is_typo(text: &str, name: &str) -> bool {
    /// In shorter words, another letter often makes another word (`craft`, `draft`).
    const MIN_LONG_CHARS: usize = 9;
    if text == name || have_same_singular(text, name) {
        return true;
    }
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    let (length, of_name) = (text.chars().count(), name.chars().count());
    let is_other_length = length != of_name && of_name > 6 && ends(text) == ends(name);
    nearly(text, name) && (of_name >= MIN_LONG_CHARS || is_other_length || same_letters(text, name))
}

#[cfg(test)]
mod tests {
    use super::{is_joined, is_typo, like};

    #[test]
    fn a_heading_that_holds_a_name_is_like_it() {
        for text in [
            "craft (technology)",
            "1. craft",
            "2) craft",
            "craft and delivery",
            "delivery & craft",
            "crafts",
            "carft",
            "2.3 craft",
            "iv. craft",
            "our craft",
            "technical craft",
            "craft/quality",
            "craft at this level",
            "craft – what we make",
            "== craft ==",
        ] {
            assert!(like(text, "craft"), "{text}");
        }
        assert!(like("staff engineer (ic3)", "ic3") && like("deliveries", "delivery"));
        for text in ["how craft grows", "aircraft", "craft fairs we like", "minecraft servers"] {
            assert!(!like(text, "craft"), "{text}");
        }
    }

    #[test]
    fn a_line_joins_names_or_adds_nothing() {
        for text in ["our craft", "craft skills", "craft & quality", "quality and craft"] {
            assert!(is_joined(text, "craft"), "{text}");
        }
        assert!(is_joined("our senior engineer", "senior engineer"));
        for text in ["for craft", "in our craft", "technical craft", "how craft grows", "aircraft"] {
            assert!(!is_joined(text, "craft"), "{text}");
        }
    }

    #[test]
    fn a_typo_is_no_other_word() {
        for (text, name) in
            [("carft", "craft"), ("crafts", "craft"), ("comunication", "communication"), ("delivry", "delivery")]
        {
            assert!(is_typo(text, name), "{text}");
        }
        for (text, name) in
            [("draft", "craft"), ("delivers", "delivery"), ("deliver", "delivery"), ("for example", "delivery")]
        {
            assert!(!is_typo(text, name), "{text}");
        }
    }
}
