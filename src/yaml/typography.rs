//! Characters that word processors substitute for those of YAML: curly quotes, and spaces that don't break.

use std::ops::Range;

/// Spaces that YAML reads as part of a word, and characters without a width.
const UNUSUAL_SPACES: [char; 7] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Double curly quotes. Which of them opens depends on the language.
const DOUBLE_QUOTES: [char; 4] = ['“', '”', '„', '‟'];

/// The message for curly quotes around a text.
pub(super) const CURLY_QUOTES: &str = "YAML doesn't read curly quotes as quotes, so they'd be part of the text";

/// Returns whether a character is a space that YAML reads as part of a word.
pub(super) fn is_unusual_space(c: char) -> bool {
    UNUSUAL_SPACES.contains(&c)
}

/// The name of an unusual space, with an article.
pub(super) fn described(space: char) -> String {
    match space {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => "a no-break space".to_owned(),
        '\u{3000}' => "an ideographic space".to_owned(),
        other => format!("an invisible character (U+{:04X})", u32::from(other)),
    }
}

/// The text within curly quotes that were meant as YAML's quotes: a pair around the whole text, or an opening one if the
/// text was split at a comma.
pub(super) fn within_curly_quotes(text: &str) -> Option<Range<usize>> {
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let quotes = text.chars().filter(|c| DOUBLE_QUOTES.contains(c)).count();
    let (opens, closes) = (DOUBLE_QUOTES.contains(&first), DOUBLE_QUOTES.contains(&last));
    let is_double = opens && (closes && quotes == 2 || quotes == 1);
    let singles = text.chars().filter(|c| matches!(c, '‘' | '‚')).count();
    let is_single = matches!(first, '‘' | '‚') && matches!(last, '’' | '‘') && singles <= 2;
    if is_single {
        return Some(first.len_utf8()..text.len().saturating_sub(last.len_utf8()).max(first.len_utf8()));
    }
    let start = if opens { first.len_utf8() } else { 0 };
    let end = if closes { text.len() - last.len_utf8() } else { text.len() };
    is_double.then(|| start..end.max(start))
}

/// An unusual space where YAML needs an ordinary one.
pub(super) struct MisplacedSpace {
    /// The range of the spaces in the line.
    pub(super) span: Range<usize>,
    /// The problem.
    pub(super) message: String,
}

/// Finds an unusual space in the indentation of a line, after the hyphen of a list item, or after the colon of a field.
pub(super) fn misplaced_space(line: &str) -> Option<MisplacedSpace> {
    let indentation = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || is_unusual_space(c)).len();
    let found = |at: usize, place: &str| {
        let rest = &line[at..];
        let space = rest.chars().next().filter(|c| is_unusual_space(*c))?;
        let length = rest.len() - rest.trim_start_matches(is_unusual_space).len();
        let space = described(space);
        Some(MisplacedSpace { span: at..at + length, message: format!("there's {space} {place}") })
    };
    let unusual = line[..indentation].find(is_unusual_space);
    if let Some(found) = unusual.and_then(|at| found(at, "in the indentation of this line")) {
        return Some(found);
    }
    let after_hyphen = line[indentation..].strip_prefix('-').map(|_| indentation + 1);
    if let Some(found) = after_hyphen.and_then(|at| found(at, "after this hyphen")) {
        return Some(found);
    }
    let field = line[indentation..].trim_start_matches("- ");
    let colon = field.find(':').filter(|colon| is_name(&field[..*colon]))?;
    found(line.len() - field.len() + colon + 1, "after this colon")
}

/// The help for an unusual space in place of an ordinary one.
pub(super) const WRITE_SPACE: &str = "write an ordinary space instead; it looks the same, but YAML only knows that one";

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_a_text_are_told_from_quotes_in_it() {
        let within = |text: &'static str| within_curly_quotes(text).map(|range| &text[range]);
        assert_eq!(within("“Senior Engineer”"), Some("Senior Engineer"));
        assert_eq!(within("„Senior“"), Some("Senior"));
        assert_eq!(within("”Senior”"), Some("Senior"));
        assert_eq!(within("‘It’s’"), Some("It’s"));
        assert_eq!(within("“one"), Some("one"));
        assert_eq!(within("“"), Some(""));
        for text in
            ["“A” and “B”", "The “best” one", "It’s", "’90s", "«Senior»", "Known as “A”", "“A” is a title", "two”", ""]
        {
            assert_eq!(within(text), None, "{text}");
        }
    }
}
