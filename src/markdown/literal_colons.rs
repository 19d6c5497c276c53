//! Lines that begin with a colon without being definitions.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

/// A text in which lines such as `:star:` and `:::note` don't begin with a colon, because the Markdown library takes any
/// colon for the start of a definition.
pub(super) struct HiddenColons<'t> {
    text: Cow<'t, str>,
    /// The character instead of the colons.
    substitute: char,
}

impl<'t> HiddenColons<'t> {
    /// Hides the colons at the start of lines that have no white space after them. Offsets stay the same.
    pub(super) fn new(text: &'t str) -> Self {
        // Control characters have no meaning in Markdown, and are a single byte like the colon.
        let substitute = ('\u{1}'..='\u{1f}').find(|c| !c.is_whitespace() && !text.contains(*c));
        let (Some(substitute), true) = (substitute, text.contains(':')) else {
            return Self { text: Cow::Borrowed(text), substitute: ':' };
        };
        let mut hidden = String::new();
        let mut copied = 0;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '\t', '>']);
            if let Some(rest) = content.strip_prefix(':')
                && rest.starts_with(|c: char| !c.is_whitespace())
            {
                let colon = start + line.len() - content.len();
                hidden.push_str(&text[copied..colon]);
                hidden.push(substitute);
                copied = colon + 1;
            }
            start += line.len();
        }
        if copied == 0 {
            return Self { text: Cow::Borrowed(text), substitute };
        }
        hidden.push_str(&text[copied..]);
        Self { text: Cow::Owned(hidden), substitute }
    }

    /// The text to parse.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Restores the colons in an event of the parsed text.
    pub(super) fn restore<'e>(&self, event: Event<'e>) -> Event<'e> {
        if matches!(self.text, Cow::Borrowed(_)) {
            return event;
        }
        let restore = |text: CowStr<'e>| {
            if text.contains(self.substitute) { text.replace(self.substitute, ":").into() } else { text }
        };
        match event {
            Event::Text(text) => Event::Text(restore(text)),
            Event::Code(text) => Event::Code(restore(text)),
            Event::Html(text) => Event::Html(restore(text)),
            Event::InlineHtml(text) => Event::InlineHtml(restore(text)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(restore(info))))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type,
                dest_url: restore(dest_url),
                title: restore(title),
                id: restore(id),
            }),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
                link_type,
                dest_url: restore(dest_url),
                title: restore(title),
                id: restore(id),
            }),
            event => event,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colons_without_white_space_behind_them_are_hidden() {
        let text = "a\n:star: b: c\n> :::note\n: a definition\n:\tanother\n:\n";
        let hidden = HiddenColons::new(text);
        assert_eq!(hidden.text(), "a\n\u{1}star: b: c\n> \u{1}::note\n: a definition\n:\tanother\n:\n");
        assert_eq!(hidden.restore(Event::Text(hidden.text().to_owned().into())), Event::Text(text.into()));
        assert!(matches!(HiddenColons::new(": a").text, Cow::Borrowed(_)));
    }

    #[test]
    fn a_control_character_of_the_text_stays() {
        let hidden = HiddenColons::new("\u{1}\n:a");
        assert_eq!(hidden.text(), "\u{1}\n\u{2}a");
    }
}
