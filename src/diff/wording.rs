//! How a text changed: whether its new words ask for more or less, or only explain.
//!
//! Only what the words show for certain gets a name; everything else is reworded. The words are English. In another
//! language, a text is spelled differently, explained or reworded.

use strsim::osa_distance;

use super::model::Verdict;
use crate::ladder::words;

/// Phrases that ask for more the later they are in their list. A change from one to another, if all others of the text
/// point the same way, makes it stricter or more relaxed.
const SCALES: [&[&[&str]]; 7] = [
    &[
        &["learns", "learning", "watches", "shadows", "observes", "is aware of", "knows of", "understands"],
        &["helps", "assists", "contributes to", "contributes", "participates in", "takes part in", "supports", "joins"],
        &["leads", "drives", "owns", "ensures", "is accountable for", "sets"],
    ],
    &[
        &["with close guidance", "with close supervision", "under supervision", "under close supervision"],
        &["with guidance", "with help", "with support", "with supervision", "when asked", "with a mentor"],
        &["with little guidance", "with minimal guidance", "with some guidance", "with occasional guidance"],
        &["independently", "alone", "without guidance", "without help", "without supervision", "autonomously"],
    ],
    &[
        &["their own", "own", "a task", "tasks", "their"],
        &["a feature", "features", "a component"],
        &["the team", "their team", "a team", "team"],
        &["several teams", "multiple teams", "other teams", "adjacent teams", "two teams", "teams", "across teams"],
        &["the department", "their department", "the group", "the area", "the division"],
        &["the organisation", "the organization", "the company", "company", "the whole company", "engineering"],
        &["the industry"],
    ],
    &[
        &["rarely", "sometimes", "occasionally", "at times"],
        &["often", "regularly", "usually", "frequently", "routinely", "mostly"],
        &["always", "consistently", "every time", "continuously", "without exception"],
    ],
    &[&["may", "can", "could", "might"], &["should", "is encouraged to"], &["must", "is required to", "has to"]],
    &[&["some", "a few", "few"], &["several", "many", "multiple"], &["most"], &["all", "every", "each", "all of"]],
    &[
        &["trivial", "simple", "small", "basic", "well-defined", "routine"],
        &["moderate", "medium", "medium-sized"],
        &["large", "complex", "ambiguous", "difficult", "critical", "open-ended", "large and complex"],
    ],
];

/// The scale whose phrases, where they're missing on one side, aren't needed by the sentence: help that isn't mentioned
/// isn't expected.
const GUIDANCE: usize = 1;

/// The same for how often something happens.
const FREQUENCY: usize = 3;

/// The share of words that a stricter or more relaxed text keeps. Where more changed, a single phrase shows little.
const MIN_KEPT: f64 = 0.6;

/// The words before a number that make a higher one stricter.
const AT_LEAST: [&str; 5] = ["least", "minimum", "over", "than", "above"];

/// The words before a number that make a lower one stricter.
const AT_MOST: [&str; 6] = ["within", "under", "most", "below", "maximum", "fewer"];

/// The words that begin an explanation.
const EXPLANATIONS: [&str; 14] = [
    "such as",
    "e g",
    "for example",
    "for instance",
    "that is",
    "i e",
    "in particular",
    "so that",
    "because",
    "which",
    "in other words",
    "meaning",
    "like",
    "namely",
];

/// The words that begin a further demand.
const FURTHER: [&str; 7] = ["and", "as well as", "also", "plus", "or", "including", "both"];

/// The words that take back a demand.
const EXCEPTIONS: [&str; 6] = ["unless", "except", "if possible", "where possible", "when possible", "if asked"];

/// Classifies a change of a text's words. `english` says that the guides are in English.
pub(super) fn wording(was: &str, now: &str, english: bool) -> Verdict {
    let (old, new): (Vec<String>, Vec<String>) = (words(was).collect(), words(now).collect());
    if old == new || are_typos(&old, &new) {
        return Verdict::Spelling;
    }
    if let Some(verdict) = inserted(was, now, &old, &new, english) {
        return verdict;
    }
    if let Some(verdict) = inserted(now, was, &new, &old, english) {
        return verdict.mirrored();
    }
    let turn = if english && kept(&old, &new) >= MIN_KEPT { turn(&old, &new) } else { 0 };
    match turn {
        1 => Verdict::Stricter,
        -1 => Verdict::Relaxed,
        _ => Verdict::Reworded,
    }
}

/// Whether two texts differ only in how single words are spelled.
fn are_typos(old: &[String], new: &[String]) -> bool {
    const MIN_LETTERS: usize = 3;
    let joined = old.concat() == new.concat();
    let is_same = |(a, b): (&String, &String)| {
        a == b || {
            let length = a.chars().count().min(b.chars().count());
            let allowed = if length < 8 { 1 } else { 2 };
            let is_number = a.chars().chain(b.chars()).any(|c| c.is_ascii_digit());
            let is_inflected = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
            let begins_alike = a.chars().next() == b.chars().next();
            let is_short_swap = length <= 4 && !(a.len() == b.len() && sorted(a) == sorted(b));
            length >= MIN_LETTERS
                && begins_alike
                && !is_number
                && !is_inflected
                && !is_short_swap
                && osa_distance(a, b) <= allowed
        }
    };
    joined || old.len() == new.len() && old.iter().zip(new).all(is_same)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// The verdict on words that were inserted at one place of a text, if nothing else changed.
fn inserted(was: &str, now: &str, old: &[String], new: &[String], english: bool) -> Option<Verdict> {
    if new.len() <= old.len() {
        return None;
    }
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    if start + end < old.len() {
        return None;
    }
    let text = new[start..new.len() - end].join(" ");
    let begins = |phrases: &[&str]| phrases.iter().any(|phrase| starts_with(&text, phrase));
    let has_more = |marks: &[char]| now.matches(marks).count() > was.matches(marks).count();
    let begins_aside = || (end == 0 && has_more(&[':', '—', '–', ';'])).then_some(Verdict::Clarified);
    if has_more(&['(', '（', '[']) {
        return Some(Verdict::Clarified);
    }
    if now.lines().count() > was.lines().count() && now.lines().next() == was.lines().next() {
        return Some(Verdict::Clarified);
    }
    if english && begins(&EXPLANATIONS) {
        return Some(Verdict::Clarified);
    }
    if !english {
        return begins_aside();
    }
    if begins(&EXCEPTIONS) {
        return Some(Verdict::Relaxed);
    }
    match turn(old, new) {
        0 if begins(&FURTHER) => Some(Verdict::Stricter),
        0 => begins_aside(),
        turn => Some(if turn > 0 { Verdict::Stricter } else { Verdict::Relaxed }),
    }
}

fn starts_with(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the words that changed ask for more (1) or for less (-1), or say neither (0).
fn turn(old: &[String], new: &[String]) -> i32 {
    let (mut up, mut down) = (false, false);
    let mut count = |difference: i32| {
        up |= difference > 0;
        down |= difference < 0;
    };
    let (old_text, new_text) = (format!(" {} ", old.join(" ")), format!(" {} ", new.join(" ")));
    for (at, scale) in SCALES.iter().enumerate() {
        let (was, now) = (highest(scale, &old_text, &new_text), highest(scale, &new_text, &old_text));
        match (was, now) {
            (Some(was), Some(now)) => count(compare(now, was)),
            // Help that's no longer mentioned isn't expected any more.
            (Some(was), None) if at == GUIDANCE => count(if was < 3 { 1 } else { -1 }),
            (None, Some(now)) if at == GUIDANCE => count(if now < 3 { -1 } else { 1 }),
            (Some(was), None) if at == FREQUENCY => count(if was == 0 { 1 } else { -1 }),
            (None, Some(now)) if at == FREQUENCY => count(if now == 0 { -1 } else { 1 }),
            _ => {}
        }
    }
    count(numbers(old, new));
    match (up, down) {
        (true, false) => 1,
        (false, true) => -1,
        _ => 0,
    }
}

/// The share of words that two texts have in common, from 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "texts have few words")]
fn kept(old: &[String], new: &[String]) -> f64 {
    let mut left: Vec<&String> = new.iter().collect();
    let mut is_kept =
        |word: &&String| left.iter().position(|other| other == word).map(|at| left.swap_remove(at)).is_some();
    let kept = old.iter().filter(|word| is_kept(word)).count();
    2.0 * kept as f64 / (old.len() + new.len()) as f64
}

fn compare(a: usize, b: usize) -> i32 {
    i32::from(a > b) - i32::from(a < b)
}

/// The highest rank of a scale that a text has a phrase of and the other text hasn't.
fn highest(scale: &[&[&str]], text: &str, other: &str) -> Option<usize> {
    let occurs = |text: &str, phrase: &str| {
        let phrase = words(phrase).collect::<Vec<_>>().join(" ");
        text.matches(&format!(" {phrase} ")).count()
    };
    let is_new = |phrase: &&&str| occurs(text, phrase) > occurs(other, phrase);
    scale.iter().enumerate().rev().find(|(_, phrases)| phrases.iter().any(|phrase| is_new(&phrase))).map(|(at, _)| at)
}

/// Whether the only number of a text changed to a stricter or a more relaxed one.
fn numbers(old: &[String], new: &[String]) -> i32 {
    let (Some((before, was)), Some((_, now))) = (number(old), number(new)) else { return 0 };
    let is_after = |phrases: &[&str]| phrases.contains(&before);
    match () {
        () if is_after(&AT_MOST) => compare(was, now),
        () if is_after(&AT_LEAST) => compare(now, was),
        () => 0,
    }
}

/// The only number of a text, with the word before it.
fn number(text: &[String]) -> Option<(&str, usize)> {
    const NUMBERS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let value = |word: &str| word.parse().ok().or_else(|| NUMBERS.iter().position(|name| *name == word));
    let mut found = text.iter().enumerate().filter_map(|(at, word)| Some((at, value(word)?)));
    let (at, value) = found.next().filter(|(at, _)| *at > 0)?;
    found.next().is_none().then(|| (text[at - 1].as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(was: &str, now: &str, verdict: Verdict) {
        assert_eq!(wording(was, now, true), verdict, "{was} → {now}");
        assert_eq!(wording(now, was, true), verdict.mirrored(), "{now} → {was}");
    }

    #[test]
    fn words_show_what_is_asked_for() {
        is("Recieves feedback well.", "Receives feedback well", Verdict::Spelling);
        is("Reviews the code of others with guidance.", "Reviews the code of others independently.", Verdict::Stricter);
        is("Reviews code with guidance.", "Reviews code.", Verdict::Stricter);
        is("Helps with the planning of a project.", "Leads the planning of a project.", Verdict::Stricter);
        // Too little is left to say in which direction it changed.
        is("Reviews code with guidance.", "Reviews code independently.", Verdict::Reworded);
        is(
            "Answers questions of users within two days.",
            "Answers questions of users within one day.",
            Verdict::Stricter,
        );
        is("Writes code.", "Writes code and its tests.", Verdict::Stricter);
        is("Writes design documents.", "Writes design documents, such as proposals.", Verdict::Clarified);
        is("Writes design documents.", "Writes design documents (one page).", Verdict::Clarified);
        is("Writes clean code.", "Produces readable code.", Verdict::Reworded);
        is("Leads a small project.", "Helps with a large project.", Verdict::Reworded);
    }

    #[test]
    fn words_of_other_languages_are_not_judged() {
        assert_eq!(wording("Kann Code prüfen.", "Must Code prüfen.", false), Verdict::Reworded);
        assert_eq!(wording("Prüft Code.", "Prüft Code (auch fremden).", false), Verdict::Clarified);
    }
}
