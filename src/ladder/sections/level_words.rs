//! Words by which a heading most likely names a level, although no page has that name.

use std::collections::HashSet;

use crate::name::fold;

/// Words in the titles of levels of many ladders.
const LEVEL_WORDS: [&str; 17] = [
    "apprentice",
    "associate",
    "distinguished",
    "entry",
    "fellow",
    "graduate",
    "intern",
    "junior",
    "lead",
    "level",
    "mid",
    "middle",
    "principal",
    "regular",
    "senior",
    "staff",
    "trainee",
];

/// Words for the steps that people reach in a competency.
const STEP_WORDS: [&str; 9] =
    ["advanced", "basic", "beginner", "competent", "expert", "foundational", "intermediate", "novice", "proficient"];

/// The words in the titles of a project's levels.
pub(crate) struct LevelWords(HashSet<String>);

impl LevelWords {
    /// The words in some titles.
    pub(crate) fn of<'t>(titles: impl Iterator<Item = &'t str>) -> Self {
        let words = |title| fold(title).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        Self(titles.flat_map(words).collect())
    }

    /// Whether a heading looks like the title or the code of a level, or both (`Engineer (L3)`): it has only words and
    /// numbers that titles of levels have, such as those of the project.
    pub(crate) fn are_in(&self, heading: &str) -> bool {
        let heading = fold(heading);
        let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        words.peek().is_some()
            && words.all(|word| {
                let is_usual = LEVEL_WORDS.contains(&word) || STEP_WORDS.contains(&word);
                is_usual || is_code(word) || self.0.contains(word)
            })
    }
}

/// Whether a heading only has words for steps that people reach.
pub(crate) fn looks_like_step(heading: &str) -> bool {
    let heading = fold(heading);
    !heading.is_empty() && heading.split_whitespace().all(|word| STEP_WORDS.contains(&word))
}

/// Whether a word is a number, perhaps after a few letters: `3`, `L3`.
fn is_code(word: &str) -> bool {
    let digits = word.trim_start_matches(char::is_alphabetic);
    word.len() - digits.len() <= 3 && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_a_code_or_both_look_like_a_level() {
        let levels = LevelWords::of(["Software Engineer", "Staff Engineer"].into_iter());
        for heading in [
            "Engineer (L3)",
            "L3: Engineer",
            "L3 – Staff Engineer",
            "Level 3",
            "3",
            "Mid-level engineer",
            "Junior",
            "Expert",
        ] {
            assert!(levels.are_in(heading), "{heading}");
        }
        for heading in ["", "–", "Resources", "How we hire engineers", "Engineer of trains"] {
            assert!(!levels.are_in(heading), "{heading}");
        }
    }
}
