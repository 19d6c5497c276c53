//! Finds what makes a file of XML active: scripts, event handlers, elements of HTML, and references to other files.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Elements of SVG that run code, or contain other documents.
const ELEMENTS: [&str; 9] =
    ["audio", "embed", "foreignobject", "handler", "iframe", "listener", "object", "script", "video"];

/// Elements that set attributes of others.
const ANIMATIONS: [&str; 4] = ["animate", "animatemotion", "animatetransform", "set"];

/// Namespaces whose elements a browser runs or shows as a document.
const HTML_NAMESPACE: &str = "http://www.w3.org/1999/xhtml";
const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const MATHML_NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// The first part of a file of XML that could run or load something: its place, and what it does. In a file that isn't SVG,
/// elements only count if it has the namespace of SVG.
pub(super) fn find(text: &str, is_svg: bool) -> Option<(Range<usize>, String)> {
    let mut reader = Reader::from_str(text);
    // A namespace may be written with references to characters.
    let is_svg = is_svg || [SVG_NAMESPACE, MATHML_NAMESPACE, "&#"].iter().any(|part| text.contains(part));
    let mut in_style = false;
    loop {
        let start = position(reader.buffer_position());
        let event = reader.read_event();
        let place = start..position(reader.buffer_position()).max(start).min(text.len());
        let found = match event {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(element)) => {
                in_style = name(&element) == "style";
                active_element(&element, is_svg)
            }
            Ok(Event::Empty(element)) => active_element(&element, is_svg),
            Ok(Event::End(_)) => {
                in_style = false;
                None
            }
            Ok(Event::Text(style)) if in_style => active_style(&style),
            Ok(Event::CData(style)) if in_style => active_style(&style),
            Ok(Event::GeneralRef(_)) if in_style => Some("its style has an entity, so it can't be checked".to_owned()),
            Ok(Event::PI(instruction)) if instruction.target().eq_ignore_ascii_case("xml-stylesheet") => {
                Some("`<?xml-stylesheet?>` loads another file".to_owned())
            }
            Ok(Event::DocType(declaration)) if declaration.contains('[') => {
                Some("its `<!DOCTYPE>` declares entities".to_owned())
            }
            Ok(Event::Decl(declaration)) => match declaration.encoding() {
                Some(Ok(encoding)) if !["utf-8", "us-ascii"].contains(&encoding.to_ascii_lowercase().as_str()) => {
                    Some(format!("it says that it's in {encoding}, so it can't be checked"))
                }
                _ => None,
            },
            Ok(_) => None,
            Err(error) => Some(format!("it isn't well-formed ({error}), so it can't be checked")),
        };
        if let Some(reason) = found {
            return Some((place, reason));
        }
    }
}

fn position(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// The name of an element without its prefix, in lower case.
fn name(element: &BytesStart<'_>) -> String {
    local(element.name().0)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// What an element runs or loads.
fn active_element(element: &BytesStart<'_>, is_svg: bool) -> Option<String> {
    let name = name(element);
    if is_svg && ELEMENTS.contains(&name.as_str()) {
        return Some(format!("`<{}>` can run code", element.name().0));
    }
    element.attributes().find_map(|attribute| {
        let Ok(attribute) = attribute else { return Some("it isn't well-formed, so it can't be checked".to_owned()) };
        let Ok(value) = unescape(&attribute.value) else {
            return Some("an attribute has an entity, so it can't be checked".to_owned());
        };
        active_attribute(&name, attribute.key.0, &value, is_svg)
    })
}

fn active_attribute(element: &str, key: &str, value: &str, is_svg: bool) -> Option<String> {
    if (key == "xmlns" || key.starts_with("xmlns:")) && value.trim() == HTML_NAMESPACE {
        return Some("it has elements of HTML".to_owned());
    }
    if !is_svg {
        return None;
    }
    let attribute = local(key);
    let is_event = |name: &str| name.starts_with("on");
    let is_reference = |name: &str| matches!(name, "href" | "src");
    if is_event(&attribute) {
        return Some(format!("`{key}` runs code"));
    }
    if is_reference(&attribute) {
        let is_known = if element == "a" { is_harmless_link(value) } else { is_inside(element, value) };
        return (!is_known).then(|| format!("`{key}` leads to `{}`", shown(value)));
    }
    let sets = ANIMATIONS.contains(&element) && attribute == "attributename";
    if sets && (is_event(&local(value)) || is_reference(&local(value))) {
        return Some(format!("`<{element}>` sets `{value}`"));
    }
    active_style(value)
}

/// Whether the target of a link opens another page without running code.
fn is_harmless_link(target: &str) -> bool {
    let scheme = target.trim_start().split(['/', '?', '#']).next().unwrap_or_default();
    !target.contains(char::is_control)
        && scheme.split_once(':').is_none_or(|(scheme, _)| ["http", "https", "mailto"].contains(&scheme))
}

/// Whether a reference is to a part of the file, or to an image that it contains.
fn is_inside(element: &str, target: &str) -> bool {
    let target = target.trim();
    target.is_empty()
        || target.starts_with('#')
        || matches!(element, "image" | "feimage") && target.starts_with("data:image/")
}

/// What a style loads.
fn active_style(style: &str) -> Option<String> {
    let style = style.to_ascii_lowercase();
    let is_local = |after: &str| {
        let target = after.trim_start().trim_start_matches(['"', '\'']);
        ["#", "data:image/", "data:font/", "data:application/font"].iter().any(|start| target.starts_with(start))
    };
    let mut urls = style.match_indices("url(");
    if ["@import", "image-set(", "src("].iter().any(|part| style.contains(part))
        || urls.any(|(at, part)| !is_local(&style[at + part.len()..]))
    {
        return Some("its style loads another file".to_owned());
    }
    // CSS can write any letter as an escape.
    style.contains('\\').then(|| "its style has an escape, so it can't be checked".to_owned())
}

/// A target in a message.
fn shown(target: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut shown: String = target.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect();
    if shown.len() < target.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::find;

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>")
    }

    #[test]
    fn what_runs_or_loads_is_found() {
        for inside in [
            "<script>alert(1)</script>",
            "<script href=\"evil.js\"/>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<rect onclick=\"alert(1)\"/>",
            "<rect ONCLICK='alert(1)'/>",
            "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            "<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\" onerror=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\"><text>x</text></a>",
            "<a xlink:href=\"&#106;avascript:alert(1)\"><text>x</text></a>",
            "<a href=\"java&#10;script:alert(1)\"><text>x</text></a>",
            "<a href=\"data:text/html,x\"><text>x</text></a>",
            "<image href=\"https://example.org/a.png\"/>",
            "<image href=\"a.png\"/>",
            "<use href=\"other.svg#a\"/>",
            "<use href=\"data:image/svg+xml,x#a\"/>",
            "<a><animate attributeName=\"href\" values=\"javascript:alert(1)\"/></a>",
            "<set attributeName=\"onclick\" to=\"alert(1)\"/>",
            "<style>@import url(https://example.org/a.css);</style>",
            "<style><![CDATA[rect { fill: url(https://example.org/a.svg#b) }]]></style>",
            "<style>rect { background: \\75rl(https://example.org) }</style>",
            "<rect style=\"fill: url('https://example.org/a.svg#b')\"/>",
            "<rect fill=\"url(a.svg#b)\"/>",
            "&evil;<rect x=\"&evil;\"/>",
        ] {
            assert!(find(&svg(inside), true).is_some(), "{inside}");
        }
        for whole in [
            "<?xml-stylesheet href=\"a.xsl\" type=\"text/xsl\"?><svg/>",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg/>",
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>",
        ] {
            assert!(find(whole, true).is_some() && find(whole, false).is_some(), "{whole}");
        }
    }

    #[test]
    fn a_drawing_is_harmless() {
        let drawing = svg("<!-- <script> --><title>On</title><defs><style>rect { fill: url(#a) }</style></defs>\
             <a href=\"https://example.org\" target=\"_blank\"><rect style=\"fill:url(#a)\" fill=\"url( '#b' )\"/></a>\
             <image href=\"data:image/png;base64,x\"/><use xlink:href=\"#a\"/><text>once &lt;script&gt;</text>\
             <animate attributeName=\"x\" to=\"1\"/>");
        assert_eq!(find(&drawing, true), None);
        let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                        \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>";
        assert_eq!(find(declared, true), None);
    }

    #[test]
    fn other_xml_is_active_only_with_elements_of_html_or_svg() {
        assert_eq!(find("<feed><link href=\"https://example.org\"/><only on=\"1\"/></feed>", false), None);
        assert!(find("<a><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script></a>", false).is_some());
        assert!(find("<a><s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script></a>", false).is_some());
        assert!(find("<a><x xmlns=\"http://www.w3.org/1999/xht&#109;l\"/></a>", false).is_some());
    }
}
