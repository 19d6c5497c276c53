//! Bare web addresses in text.

use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

static FINDER: LazyLock<LinkFinder> = LazyLock::new(|| {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    finder
});

/// Turns addresses that begin with `https://`, `http://` or `www.` into links, without the punctuation after them. Code,
/// images and links stay as they are.
pub(super) fn autolinks(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut linked = Vec::with_capacity(events.len());
    // The number of open elements that can't have links in them.
    let mut depth = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => depth += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => depth = depth.saturating_sub(1),
            Event::InlineHtml(html) if is_tag(html, "<a") => depth += 1,
            Event::InlineHtml(html) if is_tag(html, "</a") => depth = depth.saturating_sub(1),
            Event::Text(text) if depth == 0 && (text.contains("://") || text.contains("www.")) => {
                link_addresses(text, &mut linked);
                continue;
            }
            _ => {}
        }
        linked.push(event);
    }
    linked
}

/// Returns whether raw HTML is a tag that begins with `start`.
fn is_tag(html: &str, start: &str) -> bool {
    let begins = html.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    begins && html[start.len()..].starts_with(|c: char| c.is_whitespace() || c == '>')
}

/// Appends a text, split at the addresses in it.
fn link_addresses(text: &str, events: &mut Vec<Event<'_>>) {
    for span in FINDER.spans(text) {
        let part = span.as_str().to_owned();
        match span.kind().and_then(|_| address(&part)) {
            Some(address) => {
                let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
                events.push(Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: address.into(),
                    title,
                    id,
                }));
                events.push(Event::Text(part.into()));
                events.push(Event::End(TagEnd::Link));
            }
            None => events.push(Event::Text(part.into())),
        }
    }
}

/// The target of a bare web address; `None` for a host without `www.`, which may be the name of a product, and for other
/// schemes.
fn address(written: &str) -> Option<String> {
    let starts = |start: &str| written.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    if starts("https://") || starts("http://") {
        return Some(written.to_owned());
    }
    starts("www.").then(|| format!("https://{written}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let address = |event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        };
        autolinks(vec![Event::Text(text.into())]).into_iter().filter_map(address).collect()
    }

    #[test]
    fn bare_addresses_are_links_without_the_punctuation_after_them() {
        assert_eq!(links("See https://example.org/a_b?c=d#e."), ["https://example.org/a_b?c=d#e"]);
        assert_eq!(links("(www.example.org/x), or"), ["https://www.example.org/x"]);
        assert_eq!(
            links("at https://en.wikipedia.org/wiki/Rust_(video_game)!"),
            ["https://en.wikipedia.org/wiki/Rust_(video_game)"]
        );
        assert_eq!(links("http://a.org and https://b.org; c"), ["http://a.org", "https://b.org"]);
        assert_eq!(links("HTTPS://Example.org"), ["HTTPS://Example.org"]);
    }

    #[test]
    fn names_of_products_and_other_schemes_are_no_links() {
        for text in ["Node.js and example.org", "javascript://x", "git://example.org", "https://", "a www. b", "x://y"]
        {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_text_stays_the_same() {
        let text = "a https://example.org, b www.example.org.";
        let parts = autolinks(vec![Event::Text(text.into())]).into_iter().filter_map(|event| match event {
            Event::Text(part) => Some(part.to_string()),
            _ => None,
        });
        assert_eq!(parts.collect::<String>(), text);
    }

    #[test]
    fn links_are_not_linked_again() {
        let html = "[https://a.org](https://b.org) <a href=\"https://b.org\">https://a.org</a> `https://a.org`";
        let events = pulldown_cmark::Parser::new(html).collect::<Vec<_>>();
        assert_eq!(autolinks(events.clone()), events);
    }
}
