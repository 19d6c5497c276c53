//! The treatment of raw HTML: unsafe elements and attributes are removed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag};

use super::link::LINK_SCHEMES;
use super::partial_html::PlaceholderMarkers;

/// The treatment of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Restricted to a safe list of elements and attributes.
    #[default]
    Safe,
    /// Escaped, so that readers see it as text.
    Escape,
    /// Copied unchanged. Authors can run scripts in readers' browsers.
    Allow,
}

/// Removes unsafe elements and attributes from HTML. `id`, `class` and `style` attributes of authors are removed too.
pub(super) fn sanitise(html: &str, markers: &PlaceholderMarkers) -> String {
    let marker_prefix = markers.prefix().to_owned();
    let is_marker = move |value: &str| value.starts_with(&marker_prefix);
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .link_rel(None)
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        .add_generic_attributes(["id"])
        .url_schemes(LINK_SCHEMES.into_iter().collect::<HashSet<_>>())
        .allowed_classes(HashMap::from([
            ("sup", HashSet::from(["footnote-ref"])),
            ("th", HashSet::from(["align-left", "align-center", "align-right"])),
            ("td", HashSet::from(["align-left", "align-center", "align-right"])),
        ]))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "id") => is_marker(value).then_some(Cow::Borrowed(value)),
            // Readers' browsers load nothing from other hosts: the source of an image is a file of the project.
            (_, "src") if !is_marker(value) => None,
            (_, "cite") | ("th" | "td", "align" | "valign" | "char" | "charoff") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner.clean(html).to_string()
}

/// The elements that [`sanitise`] allows.
static ALLOWED_ELEMENTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ammonia::Builder::default().clone_tags());

fn is_allowed(element: &str) -> bool {
    ALLOWED_ELEMENTS.contains(element.to_ascii_lowercase().as_str())
}

/// The elements in raw HTML that [`sanitise`] removes: each name, and the range from `<` to the end of the name.
pub(super) fn removed_elements(html: &str) -> Vec<(&str, Range<usize>)> {
    let elements = opening_tags(html).into_iter().map(|open| (element_name(html, open), open));
    let removed = elements.filter(|(element, _)| !is_allowed(element));
    removed.map(|(element, open)| (element, open..open + 1 + element.len())).collect()
}

/// The name of the element whose tag starts at byte `open`.
fn element_name(html: &str, open: usize) -> &str {
    let rest = &html[open + 1..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    &rest[..end]
}

/// The ranges of all `href` and `src` values in raw HTML, each with whether it is a `src`; with `only_allowed`, those of
/// elements that [`sanitise`] allows.
pub(super) fn addresses(html: &str, only_allowed: bool) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    for open in opening_tags(html).into_iter().filter(|open| !only_allowed || is_allowed(element_name(html, *open))) {
        attributes(html, open + 1, &mut |name, value| {
            let image = name.eq_ignore_ascii_case("src");
            if !value.is_empty() && (image || name.eq_ignore_ascii_case("href")) {
                found.push((image, value));
            }
        });
    }
    found
}

/// The ranges of images in raw HTML without an `alt` attribute. An empty one counts as present.
pub(super) fn images_without_alt(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for open in opening_tags(html) {
        let name = html.get(open + 1..open + 4).is_some_and(|name| name.eq_ignore_ascii_case("img"));
        if !name || html[open + 4..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let mut has_alt = false;
        let end = attributes(html, open + 1, &mut |name, _| has_alt |= name.eq_ignore_ascii_case("alt"));
        if !has_alt {
            found.push(open..html.len().min(end + 1));
        }
    }
    found
}

/// The offsets of opening tags, outside of comments.
fn opening_tags(html: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        at = open + 1;
        if html[at..].starts_with("!--") {
            at = html[at..].find("-->").map_or(html.len(), |end| at + end);
        } else if html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push(open);
            at = attributes(html, at, &mut |_, _| {});
        }
    }
    found
}

/// Calls `visit` with the name and the value's range of each attribute of the element whose name starts at `at`. Returns
/// the offset of the end of its tag.
fn attributes(html: &str, mut at: usize, visit: &mut dyn FnMut(&str, Range<usize>)) -> usize {
    let skip = |from: usize, stop: &dyn Fn(char) -> bool| html[from..].find(stop).map_or(html.len(), |to| from + to);
    at = skip(at, &|c| c.is_whitespace() || c == '>');
    loop {
        at = skip(at, &|c| !c.is_whitespace() && c != '/');
        if at >= html.len() || html[at..].starts_with('>') {
            return at;
        }
        let name_end = skip(at, &|c| c.is_whitespace() || matches!(c, '=' | '>' | '/')).max(at + 1);
        let Some(name) = html.get(at..name_end) else { return html.len() };
        at = skip(name_end, &|c| !c.is_whitespace());
        if !html[at..].starts_with('=') {
            visit(name, at..at);
            continue;
        }
        at = skip(at + 1, &|c| !c.is_whitespace());
        let value = match html[at..].chars().next() {
            Some(quote @ ('"' | '\'')) => at + 1..skip(at + 1, &|c| c == quote),
            _ => at..skip(at, &|c| c.is_whitespace() || c == '>'),
        };
        at = if html[value.end..].starts_with(['"', '\'']) { value.end + 1 } else { value.end };
        visit(name, value);
    }
}

/// The number of opening minus closing tags in raw HTML. Void elements and elements with optional closing tags don't count.
pub(super) fn nesting_change(html: &str) -> isize {
    const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"];
    const OPTIONAL_CLOSING: [&str; 12] =
        ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"];
    let mut depth = 0;
    let mut after_comment = 0;
    for (at, _) in html.match_indices('<') {
        if at < after_comment {
            continue;
        }
        let rest = &html[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            after_comment = comment.find("-->").map_or(html.len(), |end| at + 4 + end);
            continue;
        }
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name: String =
            rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let self_closing = rest.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        let uncounted = VOID.contains(&name.as_str()) || OPTIONAL_CLOSING.contains(&name.as_str());
        if name.is_empty() || self_closing || uncounted {
            continue;
        }
        depth += if closing { -1 } else { 1 };
    }
    depth
}

/// The ranges of HTML comments in a Markdown text. Comments in code don't count.
#[must_use]
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(start) = text[at..range.end].find("<!--").map(|offset| at + offset) {
            at = text[start..range.end].find("-->").map_or(range.end, |offset| start + offset + "-->".len());
            found.push(start..at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_raw_html_are_found_however_they_are_quoted() {
        let html = "<a class=x href='a.md'>t</a> a < b <img alt=\"x>y\" SRC=b.png><br/><a href>";
        let found: Vec<_> = addresses(html, true).into_iter().map(|(image, at)| (image, &html[at])).collect();
        assert_eq!(found, [(false, "a.md"), (true, "b.png")]);
    }

    #[test]
    fn scripts_and_event_handlers_are_removed() {
        let markers = PlaceholderMarkers::for_source("");
        let dirty = "<p onclick=x()>a<script>b</script><img src=https://x/y.png onerror=z><a href=javascript:c>d</a>\
                     <iframe src=e></iframe><svg onload=f></svg><style>g</style><b style='color:red' id=h>i</b></p>";
        assert_eq!(sanitise(dirty, &markers), "<p>a<img><a>d</a><b>i</b></p>");
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(nesting_change("<div><p>a</p><br><img src=x>"), 1);
        assert_eq!(nesting_change("</div>"), -1);
        assert_eq!(nesting_change("<!-- <div> --><ul><li>one<li>two</ul><p>three"), 0);
        assert_eq!(nesting_change("<details><summary>x</summary>"), 1);
    }
}
