//! The text inside a paragraph: ids and examples that authors mark in it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::diagnostic::Spanned;
use crate::name;

/// An event of the Markdown parser and its place in the file.
pub(super) type SpannedEvent<'t> = (Event<'t>, Range<usize>);

/// Takes `{#id}` off the end of the first line.
pub(super) fn take_id(events: &mut [SpannedEvent<'_>]) -> Option<Spanned<String>> {
    let end = first_line(events);
    let (Event::Text(text), range) = events[..end].last_mut()? else { return None };
    let trimmed = text.trim_end();
    let (before, id) = trimmed.strip_suffix('}')?.rsplit_once("{#")?;
    if !is_id(id) {
        return None;
    }
    let end = range.start + trimmed.len();
    let at = Spanned { value: id.to_owned(), span: end.saturating_sub(id.len() + 3)..end };
    *text = CowStr::from(before.trim_end().to_owned());
    Some(at)
}

/// What was most likely meant as an id at the end of the first line, and would be published as it stands: its place,
/// what is wrong with it, and an id in its place.
pub(super) fn malformed_id(events: &[SpannedEvent<'_>]) -> Option<(Range<usize>, &'static str, String)> {
    let (Event::Text(text), range) = events[..first_line(events)].last()? else { return None };
    let trimmed = text.trim_end();
    let (before, inside) = trimmed.strip_suffix('}')?.rsplit_once('{')?;
    let end = range.start + trimmed.len();
    let message = match inside.strip_prefix('#') {
        Some(id) if is_id(id) => return None,
        Some(_) => "an id can only contain letters, digits, `-`, `_` and `.`",
        // Braces may be prose. Behind the end of a sentence, they are not.
        None if is_id(inside) && before.trim_end().ends_with(['.', '!', '?']) => "an id must begin with `#`",
        None => return None,
    };
    let id = name::slug(inside);
    (!id.is_empty()).then(|| (end.saturating_sub(inside.len() + 2)..end, message, format!("{{#{id}}}")))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Where the first line ends.
fn first_line(events: &[SpannedEvent<'_>]) -> usize {
    let breaks = |(event, _): &SpannedEvent<'_>| matches!(event, Event::SoftBreak | Event::HardBreak);
    events.iter().position(breaks).unwrap_or(events.len())
}

/// The text of some events, without markup.
pub(super) fn text_of(events: &[SpannedEvent<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Whether everything stands between one pair of `**`.
pub(super) fn is_bold(events: &[SpannedEvent<'_>]) -> bool {
    let strong = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Strong));
    matches!(events.first(), Some((Event::Start(Tag::Strong), _)))
        && events.iter().position(|(event, _)| strong(event)).is_some_and(|end| {
            events[end + 1..].iter().all(|(event, _)| matches!(event, Event::Text(text) if text.trim() == ":"))
        })
}

/// Where a later line of a list item's text begins with `Example:`, and so starts a paragraph of its own.
pub(super) fn example_line(events: &[SpannedEvent<'_>]) -> Option<usize> {
    let starts =
        events.iter().enumerate().filter(|(_, (event, _))| matches!(event, Event::SoftBreak | Event::HardBreak));
    starts.map(|(at, _)| at).find(|at| {
        let ends_sentence = text_of(&events[..*at]).trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', ')']);
        ends_sentence && example_prefix(&text_of(&events[at + 1..])).is_some()
    })
}

/// Takes a leading `Example:`, `Example (SRE):` or `For example,` off; returns the specialism, empty for none.
pub(super) fn take_example(events: &mut Vec<SpannedEvent<'_>>) -> Option<String> {
    let text = text_of(events);
    let (mut length, specialism) = example_prefix(&text)?;
    // `For example, they …` goes on in the middle of a sentence.
    let spoken = text.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("for"));
    let mut first_left = None;
    for (at, (event, _)) in events.iter_mut().enumerate() {
        if matches!(event, Event::SoftBreak | Event::HardBreak) && length > 0 {
            length -= 1; // It counts as the space that `text_of` makes of it.
            *event = Event::Text(CowStr::Borrowed(""));
            continue;
        }
        let (Event::Text(text) | Event::Code(text)) = event else { continue };
        let cut = length.min(text.len());
        length -= cut;
        let rest = &text[cut..];
        let rest = if length == 0 && first_left.is_none() { rest.trim_start() } else { rest };
        *text = CowStr::from(rest.to_owned());
        if length == 0 && !text.is_empty() {
            first_left = Some(at);
            break;
        }
    }
    if let Some((Event::Text(text), _)) = first_left.filter(|_| spoken).map(|at| &mut events[at]) {
        let mut chars = text.chars();
        let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        *text = CowStr::from(capital + chars.as_str());
    }
    drop_empty_pairs(events);
    Some(specialism)
}

/// Drops emphasis that holds nothing any more.
fn drop_empty_pairs(events: &mut Vec<SpannedEvent<'_>>) {
    events.retain(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty()));
    while let Some(at) = events.windows(2).position(|pair| {
        let opens = matches!(&pair[0].0, Event::Start(Tag::Strong | Tag::Emphasis));
        opens && matches!(&pair[1].0, Event::End(TagEnd::Strong | TagEnd::Emphasis))
    }) {
        events.drain(at..at + 2);
    }
}

/// How many bytes of a text say only that it is an example, and of which specialism.
fn example_prefix(text: &str) -> Option<(usize, String)> {
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let spoken = starts("for example");
    let word = if spoken {
        11
    } else if starts("examples") {
        8
    } else if starts("example") {
        7
    } else {
        return None;
    };
    let after = &text[word..];
    let mut rest = after.trim_start();
    let mut specialism = String::new();
    if let Some((inside, behind)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        inside.trim().clone_into(&mut specialism);
        rest = behind.trim_start();
    }
    let rest = match rest.strip_prefix([':', '：']) {
        Some(rest) => rest,
        None if spoken && specialism.is_empty() && after.starts_with([',', ' ']) => rest.trim_start_matches(','),
        None => return None,
    };
    Some((text.len() - rest.trim_start().len(), specialism))
}

#[cfg(test)]
mod tests {
    use super::example_prefix;

    #[test]
    fn examples_are_told_by_their_first_words() {
        let rest = |text: &'static str| example_prefix(text).map(|(cut, specialism)| (&text[cut..], specialism));
        assert_eq!(rest("Example: one"), Some(("one", String::new())));
        assert_eq!(rest("example (SRE): two"), Some(("two", "SRE".into())));
        assert_eq!(rest("For example, three"), Some(("three", String::new())));
        assert_eq!(rest("For example: four"), Some(("four", String::new())));
        assert_eq!(rest("Examples abound"), None);
        assert_eq!(rest("Exemplary: no"), None);
    }
}
