//! Conversions between plain text and HTML.

/// Escapes text for HTML, for use in attribute values too.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
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
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_is_what_a_reader_sees() {
        assert_eq!(plain("<p>A <b>b</b>\n &amp;lt; c</p>"), "A b &lt; c");
        assert_eq!(plain("One.<br>Two.<br />Three."), "One. Two. Three.");
        assert_eq!(plain("<tr><td>a</td><td>b</td></tr>"), "a b");
        assert_eq!(plain("One.<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup> Two<sup>2</sup>"), "One. Two2");
    }
}
