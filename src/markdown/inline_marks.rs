//! Notations of Stepladder in the text of a paragraph: a leading `Example:`, bold lines, and the end of the first line.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// An event of the Markdown parser and its range in the file.
pub(super) type SpannedEvent<'t> = (Event<'t>, Range<usize>);

/// The index of the event that ends the first line.
pub(super) fn first_line_end(events: &[SpannedEvent<'_>]) -> usize {
    events.iter().position(|(event, _)| is_line_break(event)).unwrap_or(events.len())
}

/// Whether an event ends a line of the source or of the published text.
pub(super) fn is_line_break(event: &Event<'_>) -> bool {
    match event {
        Event::SoftBreak | Event::HardBreak => true,
        Event::InlineHtml(html) => is_br(html),
        _ => false,
    }
}

/// Whether inline HTML is a `<br>`.
fn is_br(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']);
    name.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("br"))
}

/// The plain text of inline events.
pub(super) fn text_of(events: &[SpannedEvent<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            event if is_line_break(event) => text.push(' '),
            _ => {}
        }
    }
    text.shrink_to_fit();
    text
}

/// The number of bytes of an event in [`text_of`].
fn text_length(event: &Event<'_>) -> usize {
    match event {
        Event::Text(part) | Event::Code(part) => part.len(),
        event => usize::from(is_line_break(event)),
    }
}

/// Returns whether the whole text is bold; a colon may follow.
pub(super) fn is_bold(events: &[SpannedEvent<'_>]) -> bool {
    let strong = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Strong));
    matches!(events.first(), Some((Event::Start(Tag::Strong), _)))
        && events.iter().position(|(event, _)| strong(event)).is_some_and(|end| {
            events[end + 1..].iter().all(|(event, _)| matches!(event, Event::Text(text) if text.trim() == ":"))
        })
}

/// The index of the line break before a later line that begins with `Example:`, and so becomes a paragraph of its own.
pub(super) fn example_line(events: &[SpannedEvent<'_>]) -> Option<usize> {
    let whole = text_of(events);
    let mut length = 0;
    events.iter().position(|(event, _)| {
        let start = length;
        length += text_length(event);
        is_line_break(event)
            && whole[..start].trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', ')'])
            && example_prefix(&whole[length..]).is_some()
    })
}

/// Removes a leading `Example:`, `Example (SRE):` or `For example,`. Returns the specialism, empty if none is given; `None`
/// if the text doesn't begin like this.
pub(super) fn take_example(events: &mut Vec<SpannedEvent<'_>>) -> Option<String> {
    let text = text_of(events);
    let (mut length, specialism) = example_prefix(&text)?;
    // After `For example,` a sentence continues in lower case.
    let is_mid_sentence = text.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("for"));
    let mut first_remaining = None;
    for (at, (event, _)) in events.iter_mut().enumerate() {
        if is_line_break(event) && length > 0 {
            length -= 1; // `text_of` has it as a space.
            *event = Event::Text(CowStr::Borrowed(""));
            continue;
        }
        let (Event::Text(text) | Event::Code(text)) = event else { continue };
        let cut = length.min(text.len());
        length -= cut;
        let rest = &text[cut..];
        let rest = if length == 0 && first_remaining.is_none() { rest.trim_start() } else { rest };
        *text = CowStr::from(rest.to_owned());
        if length == 0 && !text.is_empty() {
            first_remaining = Some(at);
            break;
        }
    }
    if let Some((Event::Text(text), _)) = first_remaining.filter(|_| is_mid_sentence).map(|at| &mut events[at]) {
        let mut chars = text.chars();
        let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        *text = CowStr::from(capital + chars.as_str());
    }
    drop_empty_emphasis(events);
    Some(specialism)
}

/// Drops emphasis without content.
fn drop_empty_emphasis(events: &mut Vec<SpannedEvent<'_>>) {
    let mut kept: Vec<SpannedEvent<'_>> = Vec::with_capacity(events.len());
    for (event, range) in events.drain(..) {
        let closes = matches!(event, Event::End(TagEnd::Strong | TagEnd::Emphasis));
        let is_open = matches!(kept.last(), Some((Event::Start(Tag::Strong | Tag::Emphasis), _)));
        match event {
            Event::Text(text) if text.is_empty() => {}
            _ if closes && is_open => {
                kept.pop();
            }
            event => kept.push((event, range)),
        }
    }
    *events = kept;
}

/// The most bytes of a specialism, which bounds the search for the end of its parentheses.
const MAX_SPECIALISM_BYTES: usize = 200;

/// The length in bytes of the prefix that marks a text as an example, and the specialism it names.
pub(super) fn example_prefix(text: &str) -> Option<(usize, String)> {
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let has_for = starts("for example");
    let word = if has_for {
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
    let in_parentheses = rest.strip_prefix('(').and_then(|rest| {
        let start = &rest[..rest.floor_char_boundary(MAX_SPECIALISM_BYTES)];
        start.find(')').map(|end| (&rest[..end], &rest[end + 1..]))
    });
    if let Some((inside, behind)) = in_parentheses {
        inside.trim().clone_into(&mut specialism);
        rest = behind.trim_start();
    }
    let rest = match rest.strip_prefix([':', '：']) {
        Some(rest) => rest,
        None if has_for && specialism.is_empty() && after.starts_with([',', ' ']) => rest.trim_start_matches(','),
        None => return None,
    };
    Some((text.len() - rest.trim_start().len(), specialism))
}

#[cfg(test)]
mod tests {
    use super::example_prefix;

    #[test]
    fn examples_are_detected_by_their_first_words() {
        let rest = |text: &'static str| example_prefix(text).map(|(cut, specialism)| (&text[cut..], specialism));
        assert_eq!(rest("Example: one"), Some(("one", String::new())));
        assert_eq!(rest("example (SRE): two"), Some(("two", "SRE".into())));
        assert_eq!(rest("For example, three"), Some(("three", String::new())));
        assert_eq!(rest("For example: four"), Some(("four", String::new())));
        assert_eq!(rest("Examples abound"), None);
        assert_eq!(rest("Exemplary: no"), None);
    }
}
