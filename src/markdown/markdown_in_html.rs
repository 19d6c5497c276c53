//! Markdown inside of raw HTML, which isn't read as Markdown.

use std::ops::Range;

use super::paragraph_line::INDENTATION;
use super::parser::MarkdownParser;
use super::raw_html;
use crate::diagnostic::catalog;

impl MarkdownParser<'_> {
    /// Reports the first line in a block of raw HTML that was meant as Markdown. Without an empty line above it, it would
    /// be published as text.
    pub(super) fn report_markdown_in_html(&mut self, block: &Range<usize>) {
        let Some(html) = self.verbatim_source(block) else { return };
        let Some(line) = first_markdown_line(html) else { return };
        let span = self.span(&(block.start + line.start..block.start + line.end));
        self.push(catalog::markdown_in_html(span));
    }
}

/// Returns whether raw HTML, up to its first empty line, has Markdown in it, which is reported.
pub(crate) fn has_markdown(html: &str) -> bool {
    let end = html.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    first_markdown_line(&html[..end]).is_some()
}

/// The range of the first line, without indentation and tags, that has Markdown in it.
fn first_markdown_line(html: &str) -> Option<Range<usize>> {
    let text = raw_html::without_tags(html);
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let content = line.trim_start_matches(INDENTATION);
        let at = start + line.len() - content.len();
        // A block begins at the start of a line, and so not behind a tag.
        let before = html[start..at].trim_start_matches(INDENTATION).trim_end();
        start += line.len();
        let content = content.trim_end();
        let begins_block = (before.is_empty() || before.ends_with("-->")) && begins_block(content);
        (begins_block || has_bold(content) || has_link(content)).then(|| at..at + content.len())
    })
}

/// Returns whether a line begins with the marker of a block.
fn begins_block(line: &str) -> bool {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_digits.len() < line.len() && after_digits.starts_with(". ");
    let is_item = is_numbered || ["- ", "* ", "+ ", "-\t", "*\t"].iter().any(|marker| line.starts_with(marker));
    let after_hashes = line.trim_start_matches('#');
    let is_heading = (1..=6).contains(&(line.len() - after_hashes.len())) && after_hashes.starts_with(' ');
    let is_row = line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    is_item || is_heading || is_row || line.starts_with("```")
}

fn has_bold(line: &str) -> bool {
    let mut parts = line.split("**").skip(1);
    let is_bold = parts.next().is_some_and(|bold| !bold.trim().is_empty() && bold.trim() == bold);
    is_bold && parts.next().is_some()
}

fn has_link(line: &str) -> bool {
    let closed_after = |open: &str, close: &str| line.split_once(open).is_some_and(|(_, rest)| rest.contains(close));
    closed_after("[", "](") && closed_after("](", ")") || closed_after("[[", "]]")
}

#[cfg(test)]
mod tests {
    use super::first_markdown_line;

    #[test]
    fn markdown_in_html_is_found() {
        let found = |html: &'static str| first_markdown_line(html).map(|range| &html[range]);
        assert_eq!(found("<div>\n- Turns.\n</div>\n"), Some("- Turns."));
        assert_eq!(found("<details><summary>More</summary>\n1. Turns.\n</details>"), Some("1. Turns."));
        assert_eq!(found("<div class=\"a\n- b\">\n  ## Delivery\n</div>"), Some("## Delivery"));
        assert_eq!(found("<!-- later --> - Turns"), Some("- Turns"));
        assert_eq!(found("<p>See **this**.</p>"), Some("See **this**."));
        assert_eq!(found("<td>See [us](about.md)</td>"), Some("See [us](about.md)"));
        assert_eq!(found("<td>[[senior]]</td>"), Some("[[senior]]"));
    }

    #[test]
    fn html_alone_is_no_markdown() {
        let html = [
            "<div>\nText - and more, 2 ** 3.\n</div>",
            "<!--\n- Turns.\n## Delivery\n-->",
            "<pre>\n- a\n# b\n</pre>",
            "<script>\n/*\n * a\n */\n</script>",
            "<div><code>**a**</code> [a]</div>",
            "<li>1. Insert a goal</li>\n<em>* Note</em>\n<td># of options</td>",
        ];
        for html in html {
            assert_eq!(first_markdown_line(html), None, "{html}");
        }
    }
}
