//! Templates link by way of the site's root, so that data is the same for all pages. Most links lead to pages near by, to
//! which there is a shorter way.

use crate::link::root_prefix;
use crate::percent::encode;
use crate::tree::TreePath;

/// What precedes the address of a link.
const HREF: &str = " href=\"";

/// Shortens the links of a page that leave a folder only to come back to it: on `t/l2.html`, `../t/l3.html` becomes
/// `l3.html`, and `../t/l2.html#a` becomes `#a`. The targets stay the same.
pub(super) fn shorten(html: &str, file: &TreePath) -> String {
    let root = root_prefix(file);
    let folders: Vec<String> = file.parent().split('/').filter(|name| !name.is_empty()).map(encode).collect();
    let name = encode(file.name());
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(HREF) {
        let (before, from_value) = rest.split_at(at + HREF.len());
        out.push_str(before);
        rest = from_value;
        let end = from_value.find('"').unwrap_or(from_value.len());
        if let Some((up, tail)) = from_value[..end].strip_prefix(&root).and_then(|path| shorter(path, &folders, &name))
        {
            out.push_str(&"../".repeat(up));
            out.push_str(tail);
            rest = &from_value[end..];
        }
    }
    out + rest
}

/// The number of folders to leave, and the rest of the way, to a path from the site's root; `None` if the way by the root
/// is as short, or means something else.
fn shorter<'a>(path: &'a str, folders: &[String], name: &str) -> Option<(usize, &'a str)> {
    let (mut tail, mut up) = (path, folders.len());
    for folder in folders {
        let Some(inside) = tail.strip_prefix(folder.as_str()).and_then(|tail| tail.strip_prefix('/')) else { break };
        (tail, up) = (inside, up - 1);
    }
    if up > 0 {
        return (up < folders.len()).then_some((up, tail));
    }
    if let Some(anchor) = tail.strip_prefix(name).filter(|anchor| anchor.starts_with('#')) {
        return Some((0, anchor));
    }
    // A colon would end the scheme of an absolute URL, and nothing at all mean the page itself.
    let first = tail.split(['/', '?', '#']).next().unwrap_or_default();
    (!first.is_empty() && !first.contains(':')).then_some((0, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address on the page `file` of what is `href` there when it's written by way of the root.
    fn short(file: &str, href: &str) -> String {
        let html = shorten(&format!("<a href=\"{href}\">x</a>"), &TreePath::normalized(file));
        let html = html.strip_prefix("<a href=\"").expect("a link");
        html.strip_suffix("\">x</a>").expect("its end").to_owned()
    }

    #[test]
    fn links_take_the_shortest_way() {
        assert_eq!(short("t/l2.html", "../t/l3.html#a"), "l3.html#a");
        assert_eq!(short("t/l2.html", "../t/l2.html#a"), "#a");
        assert_eq!(short("t/l2.html", "../t/l2.html"), "l2.html");
        assert_eq!(short("a/b/l.html", "../../a/c/m.html"), "../c/m.html");
        assert_eq!(short("a/b/l.html", "../../b/m.html"), "../../b/m.html");
        assert_eq!(short("l.html", "./m.html"), "m.html");
        assert_eq!(short("a b/l.html", "../a%20b/m.html"), "m.html");
        assert_eq!(short("a/l/index.html", "../../a/l/index.html#b"), "#b");
        assert_eq!(short("a/l/index.html", "../../a/m/"), "../m/");
    }

    #[test]
    fn links_whose_short_form_would_mean_something_else_stay() {
        for (file, href) in [
            ("a/l.html", "../a/"),
            ("a/l.html", "../a/#b"),
            ("l.html", "./"),
            ("l.html", "./#a"),
            ("a/l.html", "../a/b:c.html"),
            ("a/l.html", "../ab/l.html"),
            ("a/l.html", "../../a/m.html"),
            ("a/l.html", "https://example.org/../a/m.html"),
            ("a/l.html", "#b"),
            ("a/l.html", ""),
        ] {
            assert_eq!(short(file, href), href, "on {file}");
        }
        let text = TreePath::normalized("a/l.html");
        assert_eq!(shorten("<p data-href=\"../a/m.html\"> href=&quot;../a/m.html</p>", &text).len(), 54);
        assert_eq!(shorten("<a href=\"../a/m.html", &text), "<a href=\"m.html");
    }
}
