//! The braces at the end of a paragraph's first line: `{#id}`, its permanent id, and `{raises=id}`, the expectations that it
//! replaces. One pair of braces can hold both: `{#id raises=one,two}`.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::inline_marks::{SpannedEvent, first_line_end};
use super::unknown_markup::is_macro;
use crate::diagnostic::Spanned;
use crate::diagnostic::catalog::IdMistake;
use crate::name;

/// What the braces at the end of a first line say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LineMarks {
    /// The permanent id.
    pub(super) id: Option<Spanned<String>>,
    /// The names of the expectations that this one raises.
    pub(super) raises: Vec<Spanned<String>>,
}

/// Removes `{#id}` and `{raises=id}` from the end of the first line.
pub(super) fn take_marks(events: &mut [SpannedEvent<'_>]) -> LineMarks {
    let mut marks = LineMarks::default();
    let end = first_line_end(events);
    let Some((Event::Text(text), range)) = events[..end].last_mut() else { return marks };
    while let Some((before, inside)) = braces(text) {
        let Some(read) = read_marks(inside).filter(|read| read.id.is_none() || marks.id.is_none()) else { break };
        // The text before the braces may be spelled differently in the file, so positions count from their end.
        let start = range.start + text.trim_end().len() - 1 - inside.len();
        let moved = |mark: Spanned<String>, around: usize| Spanned {
            span: (start + mark.span.start).saturating_sub(around)..start + mark.span.end,
            value: mark.value,
        };
        let is_only = read.raises.is_empty();
        if let Some(id) = read.id {
            let id = moved(id, if is_only { 2 } else { 1 });
            marks.id = Some(Spanned { span: id.span.start..id.span.end + usize::from(is_only), ..id });
        }
        marks.raises.splice(0..0, read.raises.into_iter().map(|name| moved(name, 0)));
        *text = CowStr::from(before.trim_end().to_owned());
    }
    marks
}

/// Whether the brace at the end of the first line has a backslash before it, so that it's text: `{#id\}`.
pub(super) fn ends_with_literal_brace(events: &[SpannedEvent<'_>], source: &str) -> bool {
    let Some((Event::Text(_), range)) = events[..first_line_end(events)].last() else { return false };
    source.get(range.clone()).is_some_and(|written| written.trim_end().ends_with("\\}"))
}

/// A text without the marks at its end and the white space before them.
pub(super) fn without_marks(text: &str) -> &str {
    let before = braces(text).filter(|(_, inside)| read_marks(inside).is_some()).map_or(text, |(before, _)| before);
    before.trim_end()
}

/// The text before a pair of braces at the end of a text, and the text in them.
fn braces(text: &str) -> Option<(&str, &str)> {
    text.trim_end().strip_suffix('}')?.rsplit_once('{')
}

/// Reads the text in braces; spans are positions in it. `None` if it's no mark.
fn read_marks(inside: &str) -> Option<LineMarks> {
    let mut marks = LineMarks::default();
    if let Some(id) = inside.strip_prefix('#').filter(|id| is_id(id)) {
        marks.id = Some(Spanned { value: id.to_owned(), span: 1..inside.len() });
        return Some(marks);
    }
    let mut continues = false;
    for word in inside.split_ascii_whitespace() {
        let at = word.as_ptr() as usize - inside.as_ptr() as usize;
        if !continues && let Some(id) = word.strip_prefix('#').filter(|id| marks.id.is_none() && is_id(id)) {
            marks.id = Some(Spanned { value: id.to_owned(), span: at + 1..at + word.len() });
            continue;
        }
        let names = if continues { Some(word) } else { word.strip_prefix("raises=") }?;
        let mut from = at + word.len() - names.len();
        for name in names.split(',') {
            let span = from..from + name.len();
            from = span.end + 1;
            if name.is_empty() {
                continue;
            }
            if !is_name(name) {
                return None;
            }
            marks.raises.push(Spanned { value: name.to_owned(), span });
        }
        continues = names.ends_with([',', '=']);
    }
    Some(marks).filter(|marks| !marks.raises.is_empty() && !continues)
}

/// Detects braces at the end of the first line that are malformed, and so would be published as text. Returns their range,
/// the mistake, and what they should be if that's known.
pub(super) fn malformed_marks(events: &[SpannedEvent<'_>]) -> Option<(Range<usize>, IdMistake, Option<String>)> {
    let (Event::Text(text), range) = events[..first_line_end(events)].last()? else { return None };
    let (before, inside) = braces(text)?;
    let end = range.start + text.trim_end().len();
    let span = end.saturating_sub(inside.len() + 2)..end;
    if read_marks(inside).is_some() {
        return None;
    }
    if let Some(names) = after_raises(inside) {
        return Some((span, IdMistake::Raises, valid_raises(inside, names)));
    }
    let mistake = match inside.strip_prefix('#') {
        Some(_) => IdMistake::Character,
        // The end of a wiki's macro, which is reported as such.
        None if is_macro(&format!("{{{inside}}}")) => return None,
        // Braces may be prose, but not after the end of a sentence.
        None if is_id(inside) && before.trim_end().ends_with(['.', '!', '?']) => IdMistake::NoHash,
        None => return None,
    };
    let id = name::slug(inside);
    (!id.is_empty()).then(|| (span, mistake, Some(format!("{{#{id}}}"))))
}

/// The text after `raises` and a separator, or another form of the word.
fn after_raises(inside: &str) -> Option<&str> {
    let at = inside.to_ascii_lowercase().find("raise")?;
    let is_first = at == 0 || inside.starts_with('#');
    let rest = inside[at + "raise".len()..].trim_start_matches(['s', 'd', 'S', 'D']).trim_start();
    rest.strip_prefix(['=', ':']).filter(|_| is_first)
}

/// Well-formed braces with some names, unless these aren't names of expectations.
fn valid_raises(inside: &str, names: &str) -> Option<String> {
    let quotes = ['"', '\'', '“', '”', '‘', '’', '`', '[', ']'];
    let names = names.split(|c: char| c == ',' || c.is_whitespace() || quotes.contains(&c));
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if names.is_empty() || !names.iter().all(|name| is_name(name)) {
        return None;
    }
    let id = inside.split_ascii_whitespace().next().filter(|id| id.strip_prefix('#').is_some_and(is_id));
    let id = id.map(|id| format!("{id} ")).unwrap_or_default();
    Some(format!("{{{id}raises={}}}", names.join(",")))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_id_character)
}

/// Whether a text can name an expectation: its id, or the name of a level, `#` and its id.
fn is_name(text: &str) -> bool {
    let (level, id) = text.rsplit_once('#').unwrap_or(("", text));
    is_id(id) && level.chars().all(|c| is_id_character(c) || c == '/')
}

fn is_id_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> (String, Vec<&'static str>, Vec<&'static str>) {
        let mut events = [(Event::Text(CowStr::Borrowed(text)), 0..text.len())];
        let marks = take_marks(&mut events);
        let source = |mark: &Spanned<String>| &text[mark.span.clone()];
        let Event::Text(rest) = &events[0].0 else { unreachable!() };
        (rest.to_string(), marks.id.iter().map(source).collect(), marks.raises.iter().map(source).collect())
    }

    #[test]
    fn marks_are_removed_and_have_their_places() {
        assert_eq!(read("A. {#a}"), ("A.".into(), vec!["{#a}"], vec![]));
        assert_eq!(read("A. {raises=b}"), ("A.".into(), vec![], vec!["b"]));
        assert_eq!(read("A. {raises=ic/mid#b,c, d} "), ("A.".into(), vec![], vec!["ic/mid#b", "c", "d"]));
        assert_eq!(read("A. {#a raises=b}"), ("A.".into(), vec!["#a"], vec!["b"]));
        assert_eq!(read("A. {raises=b #a}"), ("A.".into(), vec!["#a"], vec!["b"]));
        assert_eq!(read("A. {#a} {raises=b}"), ("A.".into(), vec!["{#a}"], vec!["b"]));
        assert_eq!(read("A. {raises=#b,#c}"), ("A.".into(), vec![], vec!["#b", "#c"]));
        for text in ["A. {#a b}", "A. {raises=}", "A. {raises=a b}", "A. {raises=a!}", "A. {}", "A {raises=a}."] {
            assert_eq!(read(text), (text.to_owned(), vec![], vec![]));
        }
    }

    #[test]
    fn malformed_marks_are_corrected() {
        let found = |text: &'static str| {
            let events = [(Event::Text(CowStr::Borrowed(text)), 0..text.len())];
            malformed_marks(&events).map(|(span, mistake, valid)| (&text[span], mistake, valid))
        };
        let raises = |written, valid: &str| Some((written, IdMistake::Raises, Some(valid.to_owned())));
        assert_eq!(found("A. {raises: b}"), raises("{raises: b}", "{raises=b}"));
        assert_eq!(found("A. {raises = \"b, mid#c\"}"), raises("{raises = \"b, mid#c\"}", "{raises=b,mid#c}"));
        assert_eq!(found("A. {#a raise=b}"), raises("{#a raise=b}", "{#a raises=b}"));
        assert_eq!(found("A. {raises=b c}"), raises("{raises=b c}", "{raises=b,c}"));
        assert_eq!(found("A. {raises=}"), Some(("{raises=}", IdMistake::Raises, None)));
        assert_eq!(found("A. {#a b}"), Some(("{#a b}", IdMistake::Character, Some("{#a-b}".to_owned()))));
        assert_eq!(found("A. {a}"), Some(("{a}", IdMistake::NoHash, Some("{#a}".to_owned()))));
        assert_eq!((found("A {raise a hand}"), found("A {a}"), found("A. {raises=b}")), (None, None, None));
    }
}
