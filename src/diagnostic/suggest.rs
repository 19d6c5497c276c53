//! "Did you mean": the nearest of the names that would have been valid.

/// What is longer, in bytes, is nobody's name, and would take long to compare.
const LONGEST: usize = 400;

/// The candidate nearest to `wrong`, if one is near enough to be a likely slip of the pen.
#[must_use]
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let original = wrong;
    let wrong = wrong.to_lowercase();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let folded = candidate.to_lowercase();
        let (length, other) = (wrong.chars().count(), folded.chars().count());
        let longest = length.max(other);
        // Most candidates are far too long or short to be near; comparing letters is what takes time.
        let far = length.abs_diff(other) * 5 > longest * 2;
        if far && wrong.chars().next() != folded.chars().next() {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&wrong, &folded);
        let near = distance * 5 <= longest * 2
            || strsim::jaro_winkler(&wrong, &folded) > 0.9
            || goes_on(&wrong, &folded)
            || swapped(&wrong, &folded);
        near.then_some((distance, candidate))
    });
    // Of those equally near, the one in the same capitals.
    let written = |candidate: &str| strsim::damerau_levenshtein(original, candidate);
    let key = |(distance, candidate): &(usize, &'a str)| (*distance, written(candidate), *candidate);
    scored.min_by(|a, b| key(a).cmp(&key(b))).map(|(_, candidate)| candidate)
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
    let mut all: Vec<&str> = candidates.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    match all.len() {
        1..=24 => format!("valid here: {}", all.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        _ => String::new(),
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
