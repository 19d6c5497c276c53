//! "Did you mean": the nearest of the names that would have been valid.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// What is longer, in bytes, is nobody's name, and would take long to compare.
const LONGEST: usize = 400;

/// The candidate nearest to `wrong`, if one is near enough to be a likely slip of the pen.
#[must_use]
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_by(wrong, candidates, strsim::damerau_levenshtein)
}

/// As [`nearest`]. Counting what two names share is quick, and says how far apart they are at least; the `distance` of two
/// names takes long, and is asked only of those that may still be the nearest.
fn nearest_by<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    mut distance: impl FnMut(&str, &str) -> usize,
) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let lower = wrong.to_lowercase();
    let letters = Letters::of(&lower);
    let likely = candidates.into_iter().filter_map(|name| Some((letters.least_distance(&lowered(name))?, name)));
    let mut likely: Vec<(usize, &'a str)> = likely.collect();
    likely.sort_unstable_by_key(|(least, _)| *least);
    let (mut shortest, mut nearest) = (usize::MAX, Vec::new());
    for (least, name) in likely {
        if least > shortest {
            break;
        }
        let other = lowered(name);
        let far = distance(&lower, &other);
        if far > shortest || !is_near(&lower, &other, far) {
            continue;
        }
        if far < shortest {
            (shortest, nearest) = (far, Vec::new());
        }
        nearest.push(name);
    }
    // Of those equally near, the one in the same capitals.
    nearest.into_iter().min_by_key(|name| (strsim::damerau_levenshtein(wrong, name), *name))
}

/// Whether two names, both in lower case, are so near that one may be the other with a slip of the pen.
fn is_near(wrong: &str, name: &str, distance: usize) -> bool {
    let longest = wrong.chars().count().max(name.chars().count());
    distance * 5 <= longest * 2
        || strsim::jaro_winkler(wrong, name) > 0.9
        || goes_on(wrong, name)
        || swapped(wrong, name)
}

fn lowered(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// Letters that share a slot count as the same one, so that names seem nearer than they are, never farther.
const SLOTS: usize = 128;

/// How often each letter stands in a name.
struct Letters<'n> {
    name: &'n str,
    length: usize,
    counts: [u16; SLOTS],
}

impl<'n> Letters<'n> {
    fn slot(letter: char) -> usize {
        letter as usize % SLOTS
    }

    fn of(name: &'n str) -> Self {
        let mut letters = Self { name, length: 0, counts: [0; SLOTS] };
        for letter in name.chars() {
            letters.length += 1;
            letters.counts[Self::slot(letter)] += 1;
        }
        letters
    }

    /// How many letters, and how many of them two names share, wherever they stand.
    fn shared(&self, other: &str) -> (usize, usize) {
        let mut left = self.counts;
        other.chars().fold((0, 0), |(length, shared), letter| {
            let left = &mut left[Self::slot(letter)];
            let is_shared = *left > 0;
            *left -= u16::from(is_shared);
            (length + 1, shared + usize::from(is_shared))
        })
    }

    /// How far another name is at least; nothing if it can't be near.
    fn least_distance(&self, other: &str) -> Option<usize> {
        let (length, shared) = self.shared(other);
        let longest = self.length.max(length);
        let least = longest - shared;
        // Most names are far too long or short to be near.
        let far = self.length.abs_diff(length) * 5 > longest * 2;
        if far && self.name.chars().next() != other.chars().next() {
            return None;
        }
        let near = least * 5 <= longest * 2 || self.may_be_alike(other, length, shared) || goes_on(self.name, other);
        near.then_some(least)
    }

    /// Whether two names may be alike by Jaro and Winkler to more than 0.9, if all that they share stands in order.
    fn may_be_alike(&self, other: &str, length: usize, shared: usize) -> bool {
        let prefix = self.name.chars().zip(other.chars()).take(4).take_while(|(a, b)| a == b).count();
        // jaro = (shared / a + shared / b + 1) / 3, and jaro + prefix / 10 * (1 - jaro) >= 9 / 10, without fractions.
        let (sum, product) = (self.length + length, self.length * length);
        (shared * sum + product) * (10 - prefix) >= 3 * (9 - prefix) * product
    }
}

/// Whether one of two names is the other with more words behind it: `ic/staff` and `ic/staff-engineer`.
fn goes_on(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.chars().count() > 3 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['-', '_', ' ', '/']))
}

/// Whether the letters of a short name are there in another order: `ci` and `ic`.
fn swapped(a: &str, b: &str) -> bool {
    a.chars().count() > 1 && strsim::damerau_levenshtein(a, b) == 1 && same_letters(a, b)
}

/// Whether two words have the same letters, in any order.
pub(crate) fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// A sentence that names the nearest candidate, or else lists all of them when they are few; may be empty.
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(wrong, candidates.clone()) {
        return format!("did you mean `{near}`?");
    }
    valid_here(candidates)
}

/// A sentence that lists all candidates when they are few; else empty.
#[must_use]
pub fn valid_here<'a>(candidates: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 24;
    let mut all = BTreeSet::new();
    for candidate in candidates {
        all.insert(candidate);
        if all.len() > MOST {
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

/// Whether `text` is so near to `name` that it is most likely meant to be it: one slip in a short name, two in a long one.
#[must_use]
pub fn nearly(text: &str, name: &str) -> bool {
    let length = name.chars().count();
    let allowed = match length {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    text.chars().count().abs_diff(length) <= allowed && strsim::damerau_levenshtein(text, name) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_a_stranger_is_not() {
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
    fn the_nearest_is_that_of_all_which_are_near() {
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
    fn few_names_are_compared_letter_by_letter() {
        let words = ["incident", "roadmap", "testing", "mentoring", "hiring", "budget", "security"];
        let title = |at: usize| format!("{} {} {at}", words[at % 7], words[at / 7 % 7]);
        let titles: Vec<String> = (0..2000).map(title).collect();
        let compared = |wrong: &str| {
            let mut times = 0;
            let found = nearest_by(wrong, titles.iter().map(String::as_str), |a, b| {
                times += 1;
                strsim::damerau_levenshtein(a, b)
            });
            (found.map(str::to_owned), times)
        };
        let (found, times) = compared("testing raodmap 500");
        assert!(found.is_some() && times < 60, "{found:?} after {times}");
        let (found, times) = compared("the handbook of old");
        assert!(found.is_none() && times < 20, "{found:?} after {times}");
    }

    #[test]
    fn without_a_near_name_the_valid_ones_are_listed() {
        assert_eq!(did_you_mean("zzz", ["b", "a"]), "valid here: `a`, `b`");
        assert_eq!(did_you_mean("zzz", []), "");
    }

    #[test]
    fn a_heading_nearly_names_something_only_within_a_slip_or_two() {
        assert!(nearly("comunication", "communication"));
        assert!(nearly("carft", "craft"));
        assert!(!nearly("draft", "craftsmanship"));
        assert!(!nearly("scale", "scope") && !nearly("ops", "opt"));
    }
}
