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

/// The elements in raw HTML that [`sanitise`] removes, and declarations such as `<?xml`: each name, and the range from `<` to
/// the end of the name.
pub(super) fn removed_elements(html: &str) -> Vec<(&str, Range<usize>)> {
    let elements = opening_tags(html).into_iter().map(|open| (element_name(html, open), open));
    let removed = elements.filter(|(element, _)| !is_allowed(element));
    let last_end = html.rfind('>').unwrap_or(0);
    let declarations = html.match_indices("<?").chain(html.match_indices("<!")).map(|(open, _)| open);
    let declarations = declarations.filter(|open| !html[*open..].starts_with("<!--") && *open < last_end);
    let declarations = declarations.map(|open| (element_name(html, open), open));
    removed.chain(declarations).map(|(element, open)| (element, open..open + 1 + element.len())).collect()
}

/// The name of the element whose tag starts at byte `open`.
fn element_name(html: &str, open: usize) -> &str {
    let rest = &html[open + 1..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '/')).unwrap_or(rest.len());
    &rest[..end]
}

/// The use of an attribute of raw HTML whose value depends on the page that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttributeUse {
    /// The address of a link.
    Link,
    /// The address of an image.
    Image,
    /// An anchor: an `id`, or the `name` of an `<a>` without one.
    Anchor,
}

/// An attribute whose value depends on the page that shows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageAttribute {
    pub(super) usage: AttributeUse,
    /// The range of the whole attribute.
    pub(super) range: Range<usize>,
    pub(super) value: Range<usize>,
}

/// All attributes in raw HTML whose value depends on the page that shows it, except empty ones; with `only_allowed`, those
/// of elements that [`sanitise`] allows.
pub(super) fn page_attributes(html: &str, only_allowed: bool) -> Vec<PageAttribute> {
    let mut found = Vec::new();
    for open in opening_tags(html).into_iter().filter(|open| !only_allowed || is_allowed(element_name(html, *open))) {
        let is_link = element_name(html, open).eq_ignore_ascii_case("a");
        let first = found.len();
        let (mut id, mut name) = (None, None);
        attributes(html, open + 1, &mut |attribute, value| {
            let is = |known: &str| html[attribute.clone()].eq_ignore_ascii_case(known);
            let end = value.end + usize::from(html[attribute.end..value.start].ends_with(['"', '\'']));
            let range = attribute.start..end.min(html.len());
            let anchor =
                || Some(PageAttribute { usage: AttributeUse::Anchor, range: range.clone(), value: value.clone() });
            match value.clone() {
                value if value.is_empty() => {}
                value if is("href") => found.push(PageAttribute { usage: AttributeUse::Link, range, value }),
                value if is("src") => found.push(PageAttribute { usage: AttributeUse::Image, range, value }),
                value if html[value.clone()].contains(char::is_whitespace) => {}
                _ if is("id") => id = id.take().or_else(anchor),
                _ if is("name") && is_link => name = name.take().or_else(anchor),
                _ => {}
            }
        });
        found.extend(id.or(name));
        found[first..].sort_by_key(|attribute| attribute.range.start);
    }
    found
}

/// Raw HTML with spaces instead of tags, comments and code, so that the offsets of all other text stay the same.
pub(super) fn without_tags(html: &str) -> String {
    const CODE: [&str; 5] = ["pre", "code", "script", "style", "textarea"];
    let lower = html.to_ascii_lowercase();
    let mut text = String::with_capacity(html.len());
    while let Some(open) = html[text.len()..].find('<').map(|offset| text.len() + offset) {
        text.push_str(&html[text.len()..open]);
        let name = element_name(&lower, open);
        let end_of = |end: &str| lower[open..].find(end).map_or(html.len(), |at| open + at + end.len());
        let end = match name {
            _ if name.starts_with("!--") => end_of("-->"),
            _ if CODE.contains(&name) => end_of(&format!("</{name}")),
            _ if name.starts_with(|c: char| c.is_ascii_alphabetic()) => attributes(html, open + 1, &mut |_, _| {}) + 1,
            _ if lower[open..].starts_with("</") => end_of(">"),
            _ => open + 1,
        };
        let blank = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
        let end = end.min(html.len());
        text.extend(html[open..end].chars().map(blank));
    }
    text.push_str(&html[text.len()..]);
    text
}

/// Renames `<h1>` to `<h2>`: the title is the only heading of level 1 on a page.
pub(super) fn without_h1(html: &str) -> Cow<'_, str> {
    let is_h1 =
        |at: usize, tag: &str| !html[at + tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let digits: HashSet<usize> = ["<h1", "<H1", "</h1", "</H1"]
        .iter()
        .flat_map(|tag| html.match_indices(tag))
        .filter(|(at, tag)| is_h1(*at, tag))
        .map(|(at, tag)| at + tag.len() - 1)
        .collect();
    if digits.is_empty() {
        return Cow::Borrowed(html);
    }
    let rename = |(at, c): (usize, char)| if digits.contains(&at) { '2' } else { c };
    Cow::Owned(html.char_indices().map(rename).collect())
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
        let end = attributes(html, open + 1, &mut |name, _| has_alt |= html[name].eq_ignore_ascii_case("alt"));
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

/// Calls `visit` with the ranges of the name and the value of each attribute of the element whose name starts at `at`. Returns
/// the offset of the end of its tag.
fn attributes(html: &str, mut at: usize, visit: &mut dyn FnMut(Range<usize>, Range<usize>)) -> usize {
    let skip = |from: usize, stop: &dyn Fn(char) -> bool| html[from..].find(stop).map_or(html.len(), |to| from + to);
    at = skip(at, &|c| c.is_whitespace() || c == '>');
    loop {
        at = skip(at, &|c| !c.is_whitespace() && c != '/');
        if at >= html.len() || html[at..].starts_with('>') {
            return at;
        }
        let name_end = skip(at, &|c| c.is_whitespace() || matches!(c, '=' | '>' | '/')).max(at + 1);
        if !html.is_char_boundary(name_end) {
            return html.len();
        }
        let name = at..name_end;
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

/// The start and the end of raw HTML that isn't an element, e.g. a comment.
pub(super) fn closing_of(html: &str) -> Option<(&'static str, &'static str)> {
    const CLOSINGS: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
    CLOSINGS.into_iter().find(|(open, _)| html.starts_with(open))
}

/// The offset of a comment or an element for code in raw HTML that is never closed. Markdown ends other elements at an empty
/// line, but not these.
pub(super) fn unclosed(html: &str) -> Option<usize> {
    const CODE: [&str; 4] = ["pre", "script", "style", "textarea"];
    let lower = html.to_ascii_lowercase();
    let mut at = 0;
    while let Some(open) = lower[at..].find('<').map(|offset| at + offset) {
        let name = element_name(&lower, open);
        let closing = match closing_of(&html[open..]) {
            Some((_, closing)) => closing.to_owned(),
            None if CODE.contains(&name) => format!("</{name}"),
            None => {
                at = open + 1;
                continue;
            }
        };
        let Some(close) = lower[open + 1..].find(&closing.to_ascii_lowercase()) else { return Some(open) };
        // A comment in a comment belongs to one whose end is missing.
        if closing == "-->" && lower[open + 1..open + 1 + close].contains("<!--") {
            return Some(open);
        }
        at = open + 1 + close;
    }
    None
}

/// The most elements of raw HTML inside each other. The time to sanitise HTML grows with the square of the depth.
pub(super) const MAX_HTML_DEPTH: usize = 200;

/// The number of opening minus closing tags in raw HTML. Void elements and elements with optional closing tags don't count.
pub(super) fn nesting_change(html: &str) -> isize {
    let mut depth = 0;
    visit_tags(html, &mut |_, _, closes| depth += if closes { -1 } else { 1 });
    depth
}

/// The offset of the first tag inside of [`MAX_HTML_DEPTH`] open elements, counted as in [`nesting_change`]. A closing tag
/// only ends an element of its name.
pub(super) fn too_deep(html: &str) -> Option<usize> {
    let mut open: Vec<String> = Vec::new();
    let mut found = None;
    visit_tags(html, &mut |at, name, closes| {
        if found.is_some() {
        } else if closes {
            if let Some(same) = open.iter().rposition(|open| open == name) {
                open.remove(same);
            }
        } else if open.len() == MAX_HTML_DEPTH {
            found = Some(at);
        } else {
            open.push(name.to_owned());
        }
    });
    found
}

/// Calls `visit` with the offset and the name of each tag in raw HTML, and whether it's a closing one, except for void
/// elements and elements with optional closing tags.
fn visit_tags(html: &str, visit: &mut dyn FnMut(usize, &str, bool)) {
    const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"];
    const OPTIONAL_CLOSING: [&str; 12] =
        ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"];
    let counts = |name: &str| !name.is_empty() && !VOID.contains(&name) && !OPTIONAL_CLOSING.contains(&name);
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        let rest = &html[open + 1..];
        let closing = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let name = name.to_ascii_lowercase();
        at = open + 1;
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + 1 + end);
        } else if closing && counts(&name) {
            visit(open, &name, true);
        } else if !closing && !name.is_empty() {
            // Values of attributes may have a `<` or `>`.
            at = attributes(html, open + 1, &mut |_, _| {});
            if counts(&name) && !html[open..at].ends_with('/') {
                visit(open, &name, false);
            }
        }
    }
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
    fn attributes_in_raw_html_are_found_however_they_are_quoted() {
        use AttributeUse::{Anchor, Image, Link};
        let found = |html: &'static str| {
            let found = page_attributes(html, true).into_iter();
            found.map(|one| (one.usage, &html[one.range], &html[one.value])).collect::<Vec<_>>()
        };
        let html = "<a class=x href='a.md'>t</a> a < b <img alt=\"x>y\" SRC=b.png><br/><a href>";
        assert_eq!(found(html), [(Link, "href='a.md'", "a.md"), (Image, "SRC=b.png", "b.png")]);
        let html = "<a id=\"x\" name='y'></a><a name=z></a><img name=no><th id='t'>";
        assert_eq!(found(html), [(Anchor, "id=\"x\"", "x"), (Anchor, "name=z", "z"), (Anchor, "id='t'", "t")]);
        assert_eq!(found("<div id=\"a b\"><video id=v></video>"), []);
    }

    #[test]
    fn headings_of_level_1_are_renamed() {
        assert_eq!(without_h1("<h1 id=a>b</H1><h10><hr>"), "<h2 id=a>b</H2><h10><hr>");
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
        assert_eq!(nesting_change("<div title=\"a <b> c\" /><DIV id='</div>'>"), 1);
    }

    #[test]
    fn the_first_tag_that_is_too_deep_is_found() {
        let nested = |count: usize| "<b>".repeat(count);
        assert_eq!(too_deep(&nested(200)), None);
        assert_eq!(too_deep(&(nested(200) + "<p><br></b><i><u>")), Some(614));
        assert_eq!(too_deep(&"<div><p>a</p></div>".repeat(300)), None);
        assert_eq!(too_deep(&"<b></i>".repeat(201)), Some(1400), "only its own closing tag ends an element");
    }
}
