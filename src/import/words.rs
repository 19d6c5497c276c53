//! The words by which the parts of a ladder are recognised.

use crate::name::fold;

/// The most words and characters of a level's name.
const MAX_LEVEL_WORDS: usize = 9;
const MAX_NAME: usize = 80;

/// What a column of a table with one row per expectation has, or a row or column beside levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRole {
    Track,
    Level,
    Code,
    Area,
    Competency,
    Label,
    Expectation,
    Example,
    Detail,
    Summary,
    Experience,
    AlsoKnownAs,
    Private,
    /// Nothing that a ladder has.
    Other,
}

/// Headers by role: the whole header, or one of its words. The first entry that fits counts.
const ROLES: &[(ColumnRole, &[&str], &[&str])] = &[
    (
        ColumnRole::Private,
        &[
            "pay",
            "pay band",
            "pay range",
            "pay grade",
            "bonus",
            "equity",
            "employee",
            "employees",
            "employee name",
            "name",
            "reviewer",
            "assessor",
            "self",
            "self assessment",
            "self-assessment",
            "assessment",
            "person",
            "direct report",
        ],
        &["salary", "salaries", "compensation", "wage", "ote", "rating", "ratings", "score", "scores"],
    ),
    (
        ColumnRole::Other,
        &[
            "current",
            "target",
            "gap",
            "status",
            "owner",
            "min",
            "max",
            "minimum",
            "maximum",
            "midpoint",
            "median",
            "total",
            "sum",
            "average",
            "tip",
            "tips",
            "key",
            "#",
            "no",
            "nr",
            "evidence",
            "link",
            "address",
            "today",
            "goal",
            "current level",
            "target level",
            "note",
            "date",
            "id",
            "order",
        ],
        &["weight", "weights", "weighting", "comment", "comments", "notes", "day", "days", "week", "weeks", "months"],
    ),
    (ColumnRole::Example, &["e.g", "for example", "examplecriteria"], &["example", "examples"]),
    (ColumnRole::Detail, &["detail", "details"], &[]),
    (
        ColumnRole::Expectation,
        &[
            "what it looks like",
            "what we expect",
            "descriptor",
            "responsibility",
            "responsibilities",
            "statement",
            "statements",
        ],
        &[
            "expectation",
            "expectations",
            "behavior",
            "behaviors",
            "behaviour",
            "behaviours",
            "criteria",
            "criterion",
            "indicator",
            "indicators",
            "requirement",
            "requirements",
        ],
    ),
    (ColumnRole::Code, &["code", "level code"], &[]),
    (ColumnRole::Experience, &["experience", "years", "years of experience", "tenure", "typical experience"], &[]),
    (ColumnRole::AlsoKnownAs, &["also known as", "titles", "typical title", "typical titles", "equivalent"], &[]),
    (
        ColumnRole::Track,
        &[
            "path",
            "track",
            "family",
            "discipline",
            "ladder",
            "stream",
            "job family",
            "role family",
            "career path",
            "career track",
        ],
        &[],
    ),
    (
        ColumnRole::Level,
        &[
            "level",
            "levels",
            "job title",
            "title",
            "role",
            "grade",
            "position",
            "seniority",
            "job level",
            "band",
            "level name",
            "career level",
            "roles",
            "level / role",
            "role / level",
        ],
        &[],
    ),
    (
        ColumnRole::Area,
        &[
            "area",
            "areas",
            "category",
            "categories",
            "pillar",
            "theme",
            "domain",
            "group",
            "section",
            "competency area",
            "skill area",
        ],
        &[],
    ),
    (
        ColumnRole::Competency,
        &[
            "capability",
            "capabilities",
            "dimension",
            "dimensions",
            "attribute",
            "attributes",
            "value",
            "values",
            "topic",
            "axis",
            "competency / level",
            "responsibility area",
        ],
        &["competency", "competencies", "competence", "competences"],
    ),
    (
        ColumnRole::Label,
        &["skill", "skills", "subskill", "sub-skill", "element", "trait", "aspect", "sub-competency"],
        &[],
    ),
    (
        ColumnRole::Summary,
        &[
            "summary",
            "description",
            "definition",
            "overview",
            "about",
            "level summary",
            "role summary",
            "what it means",
        ],
        &[],
    ),
];

/// The role that a header gives a column; `None` if it gives none.
pub(super) fn column_role(header: &str) -> Option<ColumnRole> {
    let folded = fold(header);
    if folded.chars().count() > MAX_NAME || folded.is_empty() {
        return None;
    }
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let whole = ROLES.iter().find(|(_, names, _)| names.contains(&folded.as_str()));
    let by_word = || ROLES.iter().find(|(.., of_role)| words().any(|word| of_role.contains(&word)));
    whole.or_else(by_word).map(|(role, ..)| *role)
}

/// The role of a row that describes levels rather than a competency, by its whole name; pay and ratings by any word.
pub(super) fn row_role(name: &str) -> Option<ColumnRole> {
    let folded = fold(name);
    let is_whole =
        |role: ColumnRole| ROLES.iter().any(|(of, names, _)| *of == role && names.contains(&folded.as_str()));
    let role = column_role(name)?;
    match role {
        ColumnRole::Private => Some(role),
        ColumnRole::Code
        | ColumnRole::Experience
        | ColumnRole::AlsoKnownAs
        | ColumnRole::Summary
        | ColumnRole::Level
        | ColumnRole::Track
        | ColumnRole::Other => is_whole(role).then_some(role),
        _ => None,
    }
}

/// Whether a text is what authors write where there's no expectation.
pub(super) fn is_placeholder(text: &str) -> bool {
    let folded = fold(text);
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | '…' | '?' | '_' | '*' | '/' | '•');
    text.chars().all(is_mark)
        || ["tbd", "tba", "tbc", "todo", "to do", "to be defined", "to be decided", "to be written", "wip", "xxx"]
            .contains(&folded.as_str())
}

/// Whether a text says that nothing is expected.
pub(super) fn is_not_applicable(text: &str) -> bool {
    ["n/a", "na", "n.a", "none", "not applicable", "not expected"].contains(&fold(text).as_str())
}

/// Whether a text is a number, a share, or a rating made of marks.
pub(super) fn is_number(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '★' | '☆' | '●' | '○' | '◐' | '✓' | '✔' | '✗' | '✘' | '■' | '□');
    let bare = text.trim().trim_end_matches('%').trim();
    !bare.is_empty() && (bare.parse::<f64>().is_ok() || bare.chars().all(is_mark) || bare.eq_ignore_ascii_case("x"))
}

/// Whether a text is an amount or a range of money, and nothing else.
pub(super) fn is_money(text: &str) -> bool {
    const CURRENCIES: [&str; 5] = ["usd", "eur", "gbp", "chf", "cad"];
    const WORDS: [&str; 9] = ["k", "m", "to", "per", "year", "yr", "month", "hour", "base"];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let has_sign = text.contains(['$', '€', '£', '¥']) || words.clone().any(|word| CURRENCIES.contains(&word));
    has_sign
        && text.contains(|c: char| c.is_ascii_digit())
        && words.all(|word| WORDS.contains(&word) || CURRENCIES.contains(&word))
}

/// Whether a text can be a name: it's short and isn't a sentence.
pub(super) fn is_name(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= MAX_NAME
        && !text.is_empty()
        && text.split_whitespace().count() <= MAX_LEVEL_WORDS
        && !text.ends_with(['.', ';', ','])
        && !is_placeholder(text)
}

/// Whether a sheet's or file's name says nothing about its content.
pub(super) fn is_generic(name: &str) -> bool {
    let folded = fold(name);
    let words = [
        "sheet", "tabelle", "feuille", "hoja", "table", "book", "untitled", "export", "data", "stdin", "page",
        "document",
    ];
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '_'));
    let about = [
        "ladder",
        "ladders",
        "career",
        "careers",
        "matrix",
        "framework",
        "levels",
        "competencies",
        "competency",
        "readme",
        "index",
        "progression",
        "expectations",
        "skills",
        "roles",
    ];
    bare.is_empty()
        || words.contains(&bare)
        || folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .any(|word| about.contains(&word))
}

/// Whether a note says that each level includes those below.
pub(super) fn is_cumulative_note(text: &str) -> bool {
    let folded = fold(text);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    has(&["each level", "every level", "levels are cumulative", "higher level", "all levels", "cumulative"])
        && has(&["includ", "build", "cumulative", "in addition", "below", "previous"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_money_and_placeholders_are_no_expectations() {
        assert!(is_number("3") && is_number("20 %") && is_number("★★☆") && !is_number("3 reviews"));
        assert!(
            is_money("$100k – $120k") && is_money("EUR 60,000") && !is_money("Owns a budget of $1M and its forecast")
        );
        assert!(is_placeholder("—") && is_placeholder("TBD") && is_placeholder("...") && !is_placeholder("n/a"));
        assert!(is_not_applicable("N/A") && !is_not_applicable("None of the above"));
    }
}
