//! Suggestions for misspelled names: the most similar of the valid ones.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fix::Advice;

/// The maximum length in bytes of a name to compare. The cost is quadratic in the length, and no real name is longer.
const MAX_NAME_BYTES: usize = 400;

/// The candidate most similar to `wrong`, if one is similar enough for `wrong` to be a typo of it.
#[must_use]
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(wrong, candidates).first().copied()
}

/// All candidates that are as similar to `wrong` as [`nearest`], which is the first of them.
#[must_use]
pub fn all_nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    nearest_by(wrong, candidates, strsim::damerau_levenshtein)
}

/// As [`all_nearest`], with a replaceable distance function.
///
/// The number of common letters gives a lower bound of the distance in linear time. The quadratic `distance` is computed
/// only for candidates that may still be the nearest.
fn nearest_by<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    mut distance: impl FnMut(&str, &str) -> usize,
) -> Vec<&'a str> {
    if wrong.len() > MAX_NAME_BYTES {
        return Vec::new();
    }
    let lower = wrong.to_lowercase();
    let counts = LetterCounts::of(&lower);
    let likely = candidates.into_iter().filter_map(|name| Some((counts.min_distance(&lowered(name))?, name)));
    let mut likely: Vec<(usize, &'a str)> = likely.collect();
    likely.sort_unstable_by_key(|(min_distance, _)| *min_distance);
    let (mut shortest, mut nearest) = (usize::MAX, Vec::new());
    for (min_distance, name) in likely {
        if min_distance > shortest {
            break;
        }
        let other = lowered(name);
        let distance = distance(&lower, &other);
        if distance > shortest || !is_near(&lower, &other, distance) {
            continue;
        }
        if distance < shortest {
            (shortest, nearest) = (distance, Vec::new());
        }
        nearest.push(name);
    }
    // Among equally near candidates, prefer the one with the same capitalization.
    nearest.sort_by_cached_key(|name| (strsim::damerau_levenshtein(wrong, name), *name));
    nearest
}

/// Returns whether one of two lower-case names may be a typo of the other.
fn is_near(wrong: &str, name: &str, distance: usize) -> bool {
    let longest = wrong.chars().count().max(name.chars().count());
    distance * 5 <= longest * 2
        || strsim::jaro_winkler(wrong, name) > 0.9
        || extends_by_words(wrong, name)
        || is_transposed(wrong, name)
}

fn lowered(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// The number of counters for letters. Letters that share a counter are treated as equal, which can only lower the minimum
/// distance.
const LETTER_COUNTERS: usize = 128;

/// The frequencies of the letters of a name.
struct LetterCounts<'n> {
    name: &'n str,
    length: usize,
    counts: [u16; LETTER_COUNTERS],
}

impl<'n> LetterCounts<'n> {
    fn counter(letter: char) -> usize {
        letter as usize % LETTER_COUNTERS
    }

    fn of(name: &'n str) -> Self {
        let mut letters = Self { name, length: 0, counts: [0; LETTER_COUNTERS] };
        for letter in name.chars() {
            letters.length += 1;
            letters.counts[Self::counter(letter)] += 1;
        }
        letters
    }

    /// The length of another name, and how many of its letters this name has too, in any order.
    fn shared(&self, other: &str) -> (usize, usize) {
        let mut left = self.counts;
        other.chars().fold((0, 0), |(length, shared), letter| {
            let left = &mut left[Self::counter(letter)];
            let is_shared = *left > 0;
            *left -= u16::from(is_shared);
            (length + 1, shared + usize::from(is_shared))
        })
    }

    /// A lower bound of the distance to another name; `None` if that name can't be near.
    fn min_distance(&self, other: &str) -> Option<usize> {
        let (length, shared) = self.shared(other);
        let longest = self.length.max(length);
        let min_distance = longest - shared;
        // Most candidates are rejected by their length alone.
        let far = self.length.abs_diff(length) * 5 > longest * 2;
        if far && self.name.chars().next() != other.chars().next() {
            return None;
        }
        let may_be_near = min_distance * 5 <= longest * 2
            || self.may_be_similar(other, length, shared)
            || extends_by_words(self.name, other);
        may_be_near.then_some(min_distance)
    }

    /// Returns whether the Jaro-Winkler similarity of two names can exceed 0.9, assuming that all common letters match.
    fn may_be_similar(&self, other: &str, length: usize, shared: usize) -> bool {
        let prefix = self.name.chars().zip(other.chars()).take(4).take_while(|(a, b)| a == b).count();
        // jaro = (shared / a + shared / b + 1) / 3, and jaro + prefix / 10 * (1 - jaro) >= 9 / 10, without fractions.
        let (sum, product) = (self.length + length, self.length * length);
        (shared * sum + product) * (10 - prefix) >= 3 * (9 - prefix) * product
    }
}

/// Returns whether one of two names is the other one followed by more words, as in `ic/staff` and `ic/staff-engineer`.
fn extends_by_words(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.chars().count() > 3 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['-', '_', ' ', '/']))
}

/// Returns whether two names differ by one transposition, as in `ci` and `ic`.
fn is_transposed(a: &str, b: &str) -> bool {
    a.chars().count() > 1 && strsim::damerau_levenshtein(a, b) == 1 && same_letters(a, b)
}

/// Returns whether two words have the same letters, in any order.
pub(crate) fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// The advice to write the nearest candidate, or one of the listed candidates if none is near; see [`valid_here`].
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Advice {
    match nearest(wrong, candidates.clone()) {
        Some(nearest) => Advice::did_you_mean(vec![nearest.to_owned()]),
        None => Advice::text(valid_here(candidates)),
    }
}

/// A help text that lists all candidates, sorted; empty if there are none or too many.
#[must_use]
pub fn valid_here<'a>(candidates: impl IntoIterator<Item = &'a str>) -> String {
    /// A longer list isn't helpful on a terminal.
    const MAX_LISTED: usize = 24;
    let mut all = BTreeSet::new();
    for candidate in candidates {
        all.insert(candidate);
        if all.len() > MAX_LISTED {
            return String::new();
        }
    }
    let names: Vec<String> = all.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!("only {only} is valid here"),
        _ => format!("use one of {}", names.join(", ")),
    }
}

/// Returns whether `text` is probably a typo of `name`: one edit is allowed in a short name, two in a long one.
#[must_use]
pub fn nearly(text: &str, name: &str) -> bool {
    let length = name.chars().count();
    let allowed = match length {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    // The number of common letters gives a lower bound of the distance in linear time.
    let text_length = text.chars().count();
    let may_be_near = || text_length.max(length) - LetterCounts::of(name).shared(text).1 <= allowed;
    text_length.abs_diff(length) <= allowed && may_be_near() && strsim::damerau_levenshtein(text, name) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_recognised_and_other_names_are_not() {
        let names = ["ic/senior", "ic/staff", "ic/junior"];
        assert_eq!(nearest("ic/senoir", names), Some("ic/senior"));
        assert_eq!(nearest("STAFF", ["staff"]), Some("staff"));
        assert_eq!(nearest("banana", names), None);
        assert_eq!(nearest("ic/staff", ["ic/senior", "ic/staff-engineer"]), Some("ic/staff-engineer"));
        assert_eq!(nearest("ci", ["ic", "index"]), Some("ic"));
    }

    /// Names made of few letters, so that many are near to each other.
    fn made_up(count: usize) -> Vec<String> {
        let parts = ["ic/", "senior", "Staff", "-", "level", " ", "12", "été", "ΟΔΟΣ", "a", "ab", "review", "7"];
        let mut state: usize = 7;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut name = || {
            let mut name: Vec<char> = (0..=next(4)).flat_map(|_| parts[next(parts.len())].chars()).collect();
            for _ in 0..next(3) {
                let (a, b) = (next(name.len()), next(name.len()));
                name.swap(a, b);
            }
            name.into_iter().collect()
        };
        (0..count).map(|_| name()).collect()
    }

    #[test]
    fn the_nearest_equals_that_of_an_exhaustive_search() {
        let names = made_up(300);
        let plainly = |wrong: &str| {
            let lower = wrong.to_lowercase();
            let near = names.iter().filter_map(|name| {
                let other = name.to_lowercase();
                let (a, b) = (lower.chars().count(), other.chars().count());
                let far = a.abs_diff(b) * 5 > a.max(b) * 2 && lower.chars().next() != other.chars().next();
                let distance = strsim::damerau_levenshtein(&lower, &other);
                let near = !far && is_near(&lower, &other, distance);
                near.then(|| (distance, strsim::damerau_levenshtein(wrong, name), name.as_str()))
            });
            near.min().map(|(.., name)| name)
        };
        for wrong in made_up(360).iter().skip(300).chain(&[String::new(), "x".to_owned()]) {
            assert_eq!(nearest(wrong, names.iter().map(String::as_str)), plainly(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_quadratic_distance_is_computed_for_few_names() {
        let words = ["incident", "roadmap", "testing", "mentoring", "hiring", "budget", "security"];
        let title = |at: usize| format!("{} {} {at}", words[at % 7], words[at / 7 % 7]);
        let titles: Vec<String> = (0..2000).map(title).collect();
        let compared = |wrong: &str| {
            let mut times = 0;
            let found = nearest_by(wrong, titles.iter().map(String::as_str), |a, b| {
                times += 1;
                strsim::damerau_levenshtein(a, b)
            });
            (found.first().map(|name| (*name).to_owned()), times)
        };
        let (found, times) = compared("testing raodmap 500");
        assert!(found.is_some() && times < 60, "{found:?} after {times}");
        let (found, times) = compared("the handbook of old");
        assert!(found.is_none() && times < 20, "{found:?} after {times}");
    }

    #[test]
    fn without_a_near_name_the_candidates_are_listed() {
        assert_eq!(did_you_mean("zzz", ["b", "a"]).help, "use one of `a`, `b`");
        assert_eq!(did_you_mean("zzz", ["a"]).help, "only `a` is valid here");
        assert_eq!(did_you_mean("zzz", []), Advice::default());
    }

    #[test]
    fn nearly_allows_one_or_two_edits() {
        assert!(nearly("comunication", "communication"));
        assert!(nearly("carft", "craft"));
        assert!(!nearly("draft", "craftsmanship"));
        assert!(!nearly("scale", "scope") && !nearly("ops", "opt"));
    }
}
