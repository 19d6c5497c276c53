use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag};

use super::rich::Marks;

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Reduced to a safe list of elements and attributes.
    #[default]
    Safe,
    /// Shown as text.
    Escape,
    /// Printed as it is; whoever writes content can run scripts in readers' browsers.
    Allow,
}

/// Reduces HTML to what is safe. Of an author's attributes no `id`, `class` or `style` is left.
pub(super) fn sanitise(html: &str, marks: &Marks) -> String {
    let marks = marks.stem().to_owned();
    let is_mark = move |value: &str| value.starts_with(&marks);
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .link_rel(None)
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        .add_generic_attributes(["id"])
        .url_schemes(super::link::SCHEMES.into_iter().collect::<HashSet<_>>())
        .allowed_classes(HashMap::from([
            ("sup", HashSet::from(["footnote-ref"])),
            ("th", HashSet::from(["align-left", "align-center", "align-right"])),
            ("td", HashSet::from(["align-left", "align-center", "align-right"])),
        ]))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "id") => is_mark(value).then_some(Cow::Borrowed(value)),
            // Nothing is loaded from another host: the source of an image is a file of the project.
            (_, "src") if !is_mark(value) => None,
            (_, "cite") | ("th" | "td", "align" | "valign" | "char" | "charoff") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner.clean(html).to_string()
}

/// The elements that [`sanitise`] keeps.
static KEPT: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ammonia::Builder::default().clone_tags());

fn is_kept(element: &str) -> bool {
    KEPT.contains(element.to_ascii_lowercase().as_str())
}

/// The elements in raw HTML that [`sanitise`] drops: each name, and the bytes from its `<` to the end of its name.
pub(super) fn removed(html: &str) -> Vec<(&str, Range<usize>)> {
    let elements = tags(html).into_iter().map(|open| (element(html, open), open));
    let dropped = elements.filter(|(element, _)| !is_kept(element));
    dropped.map(|(element, open)| (element, open..open + 1 + element.len())).collect()
}

/// The name of the element that opens at a `<`.
fn element(html: &str, open: usize) -> &str {
    let rest = &html[open + 1..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    &rest[..end]
}

/// The values of `href` and `src` attributes in raw HTML: which of the two, and the bytes of the value; if `kept`, only
/// those of elements that [`sanitise`] keeps.
pub(super) fn addresses(html: &str, kept: bool) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    for open in tags(html).into_iter().filter(|open| !kept || is_kept(element(html, *open))) {
        attributes(html, open + 1, &mut |name, value| {
            let image = name.eq_ignore_ascii_case("src");
            if !value.is_empty() && (image || name.eq_ignore_ascii_case("href")) {
                found.push((image, value));
            }
        });
    }
    found
}

/// The places of images in raw HTML that have no `alt`, not even an empty one.
pub(super) fn undescribed_images(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for open in tags(html) {
        let name = html.get(open + 1..open + 4).is_some_and(|name| name.eq_ignore_ascii_case("img"));
        if !name || html[open + 4..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let mut described = false;
        let end = attributes(html, open + 1, &mut |name, _| described |= name.eq_ignore_ascii_case("alt"));
        if !described {
            found.push(open..html.len().min(end + 1));
        }
    }
    found
}

/// Where elements open.
fn tags(html: &str) -> Vec<usize> {
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

/// Reads the attributes of the element whose name starts at `at`, names and places of values; returns where its tag ends.
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

/// How much deeper some raw HTML leaves the nesting of an element than it found it; void elements count as nothing.
pub(super) fn unclosed(html: &str) -> isize {
    const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"];
    // HTML lets authors leave out what closes these.
    const OPTIONAL: [&str; 12] =
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
        let uncounted = VOID.contains(&name.as_str()) || OPTIONAL.contains(&name.as_str());
        if name.is_empty() || self_closing || uncounted {
            continue;
        }
        depth += if closing { -1 } else { 1 };
    }
    depth
}

/// Where the HTML comments of a Markdown text stand; those in code are text.
#[must_use]
pub fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (event, place) in Parser::new(text).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = place.start;
        while let Some(start) = text[at..place.end].find("<!--").map(|offset| at + offset) {
            at = text[start..place.end].find("-->").map_or(place.end, |offset| start + offset + "-->".len());
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
    fn nothing_that_runs_survives() {
        let marks = Marks::of("");
        let dirty = "<p onclick=x()>a<script>b</script><img src=https://x/y.png onerror=z><a href=javascript:c>d</a>\
                     <iframe src=e></iframe><svg onload=f></svg><style>g</style><b style='color:red' id=h>i</b></p>";
        assert_eq!(sanitise(dirty, &marks), "<p>a<img><a>d</a><b>i</b></p>");
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(unclosed("<div><p>a</p><br><img src=x>"), 1);
        assert_eq!(unclosed("</div>"), -1);
        assert_eq!(unclosed("<!-- <div> --><ul><li>one<li>two</ul><p>three"), 0);
        assert_eq!(unclosed("<details><summary>x</summary>"), 1);
    }
}
