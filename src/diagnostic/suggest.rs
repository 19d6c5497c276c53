//! "Did you mean": the nearest of the names that would have been valid.

/// The candidate nearest to `wrong`, if one is near enough to be a likely slip of the pen.
#[must_use]
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let folded = candidate.to_lowercase();
        let distance = strsim::damerau_levenshtein(&wrong, &folded);
        let longest = wrong.chars().count().max(folded.chars().count());
        let near = distance * 5 <= longest * 2 || strsim::jaro_winkler(&wrong, &folded) > 0.9;
        near.then_some((distance, candidate))
    });
    scored.min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1))).map(|(_, candidate)| candidate)
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
