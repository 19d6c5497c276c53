use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

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
        .add_tags(["input"])
        .add_tag_attributes("input", ["type", "disabled", "checked", "aria-label"])
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
            ("input", "type") if value != "checkbox" => None,
            ("th" | "td", "align" | "valign" | "char" | "charoff") => None,
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner.clean(html).to_string()
}

/// The values of `href` and `src` attributes in raw HTML: which of the two, and the bytes of the value.
pub(super) fn addresses(html: &str) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        at = open + 1;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at = attributes(html, at, &mut found);
    }
    found
}

/// Reads the attributes of the element whose name starts at `at`; returns where its tag ends.
fn attributes(html: &str, mut at: usize, found: &mut Vec<(bool, Range<usize>)>) -> usize {
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
            continue;
        }
        at = skip(at + 1, &|c| !c.is_whitespace());
        let value = match html[at..].chars().next() {
            Some(quote @ ('"' | '\'')) => at + 1..skip(at + 1, &|c| c == quote),
            _ => at..skip(at, &|c| c.is_whitespace() || c == '>'),
        };
        at = if html[value.end..].starts_with(['"', '\'']) { value.end + 1 } else { value.end };
        let image = name.eq_ignore_ascii_case("src");
        if image || name.eq_ignore_ascii_case("href") {
            found.push((image, value));
        }
    }
}

/// How much deeper some raw HTML leaves the nesting of an element than it found it; void elements count as nothing.
pub(super) fn unclosed(html: &str) -> isize {
    const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"];
    let mut depth = 0;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let self_closing = rest.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if name.is_empty() || self_closing || VOID.contains(&name.as_str()) {
            continue;
        }
        depth += if closing { -1 } else { 1 };
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_raw_html_are_found_however_they_are_quoted() {
        let html = "<a class=x href='a.md'>t</a> a < b <img alt=\"x>y\" SRC=b.png><br/><a href>";
        let found: Vec<_> = addresses(html).into_iter().map(|(image, at)| (image, &html[at])).collect();
        assert_eq!(found, [(false, "a.md"), (true, "b.png")]);
    }

    #[test]
    fn nothing_that_runs_survives() {
        let marks = Marks::unused_in("");
        let dirty = "<p onclick=x()>a<script>b</script><img src=https://x/y.png onerror=z><a href=javascript:c>d</a>\
                     <iframe src=e></iframe><svg onload=f></svg><style>g</style><b style='color:red' id=h>i</b></p>";
        assert_eq!(sanitise(dirty, &marks), "<p>a<img><a>d</a><b>i</b></p>");
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(unclosed("<div><p>a</p><br><img src=x>"), 1);
        assert_eq!(unclosed("</div>"), -1);
        assert_eq!(unclosed("<details><summary>x</summary>"), 1);
    }
}
