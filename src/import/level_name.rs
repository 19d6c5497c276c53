//! The names of levels, and what they carry.

use super::draft::{DraftLevel, DraftPage};
use super::words::{ColumnRole, column_role, is_money, is_name};
use crate::name::fold;

/// Words of which each makes a name probably that of a level.
const LEVEL_WORDS: &[&str] = &[
    "junior",
    "jr",
    "mid",
    "midlevel",
    "intermediate",
    "senior",
    "sr",
    "staff",
    "principal",
    "lead",
    "associate",
    "entry",
    "graduate",
    "grad",
    "intern",
    "trainee",
    "apprentice",
    "fellow",
    "distinguished",
    "manager",
    "director",
    "vp",
    "head",
    "chief",
    "cto",
    "level",
    "engineer",
    "developer",
    "designer",
    "analyst",
    "scientist",
    "architect",
    "consultant",
    "specialist",
    "expert",
    "novice",
    "beginner",
    "advanced",
    "master",
    "executive",
    "officer",
    "supervisor",
    "coordinator",
    "representative",
    "tester",
    "writer",
    "researcher",
    "programmer",
    "grade",
    "everyone",
];

/// Whether a text is probably the name of a level.
pub(super) fn is_level_name(text: &str) -> bool {
    if !is_name(text) || matches!(column_role(text), Some(ColumnRole::Private)) || is_money(text) {
        return false;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let coded = || text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '+')).any(is_code);
    // "Level" alone is the header of a column with levels.
    let header = matches!(fold(text).as_str(), "level" | "levels" | "grade" | "mid" | "job level" | "level name");
    if header && fold(text) != "mid" {
        return false;
    }
    coded() || words.any(|word| LEVEL_WORDS.contains(&word.trim_matches('-')) || word.starts_with("mid-"))
}

/// A word for experience, which isn't part of a title: `~ 1 yr`, `0-2 years`.
fn is_experience(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["yr", "yrs", "year", "years", "month", "months", "yoe"];
    lower.contains(|c: char| c.is_ascii_digit())
        && lower.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
}

/// Splits a level's name from a table or heading into title, code and other names. Whatever of it is in neither of these
/// stays as another name, so that it's published.
pub(super) fn level_from(name: &str) -> DraftLevel {
    let whole = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut level = DraftLevel::default();
    let mut lines: Vec<String> = name
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let mut exact = true;
    if lines.len() > 1 {
        lines.retain(|line| {
            if level.code.is_none() && is_code(line) {
                level.code = Some(line.clone());
                return false;
            }
            if level.experience.is_empty() && is_experience(line) {
                level.experience.clone_from(line);
                return false;
            }
            true
        });
    }
    let mut title = lines.join(" ");
    // "Engineer (L3)", "Senior (not in use)", "Staff (5+ years)"
    if let Some((before, inside)) = title.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && !before.trim().is_empty()
    {
        let (before, inside) = (before.trim().to_owned(), inside.trim().to_owned());
        if is_code(&inside) && level.code.is_none() {
            level.code = Some(inside);
            title = before;
        } else if is_experience(&inside) && level.experience.is_empty() {
            level.experience = inside;
            title = before;
        } else if fold(&inside).starts_with("not ") || fold(&inside).contains("unused") {
            exact = false;
            title = before;
        }
    }
    // "1/ Junior", "1. Junior", "2) Engineer"
    let digits = title.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && digits <= 2 {
        let rest = title[digits..].trim_start_matches(['/', '.', ')', ':', '-', '–', '—', ' ']);
        if rest.starts_with(char::is_alphabetic) && rest.len() < title.len() - digits && !is_experience(&title) {
            exact = false;
            title = rest.to_owned();
        }
    }
    // "E1, ~ 1 yr", "IC3: Senior Engineer", "L4 - Senior"
    let end = title.find([' ', ',', ':', '–', '—', '/', '|']).unwrap_or(title.len());
    let (first, rest) = title.split_at(end);
    let rest = rest.trim_start_matches([' ', ',', ':', '-', '–', '—', '/', '|']).to_owned();
    if is_code(first) && level.code.is_none() && !rest.is_empty() {
        if is_experience(&rest) && level.experience.is_empty() {
            level.experience = rest;
            title = first.to_owned();
        } else if rest.starts_with(char::is_alphabetic) {
            level.code = Some(first.to_owned());
            title = rest;
        }
    }
    if title.is_empty() {
        title = level.code.take().unwrap_or_else(|| whole.clone());
    }
    if !exact {
        level.also_known_as.push(whole);
    }
    level.page = DraftPage::new(&title);
    level
}

/// Whether a text is a level's code, such as `IC3`, `L5`, `E4` or `SE2`.
pub(super) fn is_code(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_uppercase).count();
    let rest = &text[letters..];
    let digits = rest.trim_start_matches('-').trim_end_matches(['+', 'a', 'b', 'A', 'B']);
    (1..=4).contains(&letters)
        && !digits.is_empty()
        && digits.len() <= 3
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_levels_carry_more() {
        let parts = |name: &str| {
            let level = level_from(name);
            (level.page.title, level.code.unwrap_or_default(), level.experience, level.also_known_as.join("|"))
        };
        let expected = |title: &str, code: &str, experience: &str, other: &str| {
            (title.to_owned(), code.to_owned(), experience.to_owned(), other.to_owned())
        };
        assert_eq!(parts("E1, ~ 1 yr"), expected("E1", "", "~ 1 yr", ""));
        assert_eq!(parts("1/ Junior"), expected("Junior", "", "", "1/ Junior"));
        assert_eq!(parts("IC3: Senior Engineer"), expected("Senior Engineer", "IC3", "", ""));
        assert_eq!(parts("L5\nStaff Engineer"), expected("Staff Engineer", "L5", "", ""));
        assert_eq!(parts("Senior Engineer (E4)"), expected("Senior Engineer", "E4", "", ""));
        assert_eq!(parts("L2 (not in use)"), expected("L2", "", "", "L2 (not in use)"));
        assert_eq!(parts("Engineer II"), expected("Engineer II", "", "", ""));
        assert_eq!(parts("Level 3"), expected("Level 3", "", "", ""));
    }

    #[test]
    fn levels_and_headers_are_told_apart() {
        for name in ["Junior", "L3", "Senior Software Engineer", "Level 2", "E1, ~ 1 yr", "1/ Junior", "VP Engineering"]
        {
            assert!(is_level_name(name), "{name}");
        }
        for name in [
            "Level",
            "Craft",
            "Writes tests for what they build.",
            "After 90 days",
            "Target",
            "$100k – $120k",
            "Salary",
            "",
        ] {
            assert!(!is_level_name(name), "{name}");
        }
        assert_eq!(column_role("Job title"), Some(ColumnRole::Level));
        assert_eq!(column_role("Key behavior"), Some(ColumnRole::Expectation));
        assert_eq!(column_role("Salary band"), Some(ColumnRole::Private));
        assert_eq!(column_role("Craft"), None);
    }
}
