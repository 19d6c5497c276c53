//! Conversions between plain text and HTML.

use std::borrow::Cow;

use crate::name::single_spaced;

/// Escapes text for HTML, for use in attribute values too.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// Converts HTML to plain text: drops tags and footnote numbers, separates lines and table cells, decodes entities and
/// collapses white space.
#[must_use]
pub(super) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        if ["/td>", "/th>", "br>", "br/>", "br />"].iter().any(|end| tag.starts_with(end)) {
            text.push(' ');
        }
        let end = if tag.starts_with("sup class=\"footnote-ref\"") { "</sup>" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    if text.contains('&') {
        text = decode(&text);
    }
    match single_spaced(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(spaced) => spaced,
    }
}

/// Decodes the entities that [`escape`] and the Markdown renderer write.
fn decode(text: &str) -> String {
    const ENTITIES: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&amp;", '&')];
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find_map(|(entity, c)| Some((rest.strip_prefix(entity)?, *c)));
        let (after, c) = known.unwrap_or((&rest[1..], '&'));
        decoded.push(c);
        rest = after;
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_is_what_a_reader_sees() {
        assert_eq!(plain("<p>A <b>b</b>\n &amp;lt; c</p>"), "A b &lt; c");
        assert_eq!(plain("&lt;&gt; &amp;amp; &quot;&#39; &x; & &"), "<> &amp; \"' &x; & &");
        assert_eq!(plain("One.<br>Two.<br />Three."), "One. Two. Three.");
        assert_eq!(plain("<tr><td>a</td><td>b</td></tr>"), "a b");
        assert_eq!(plain("One.<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup> Two<sup>2</sup>"), "One. Two2");
    }
}
