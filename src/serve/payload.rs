//! A file of the site as it is sent: its bytes, with the preview's two lines in every page, its type and its tag.

use hyper::body::Bytes;
use xxhash_rust::xxh3::xxh3_64;

use crate::markdown::escape;
use crate::tree::TreePath;

/// What makes a page of the site one of the preview.
const LINES: &str = concat!(
    r#"<link rel="stylesheet" href="/_stepladder/preview.css">"#,
    r#"<script src="/_stepladder/preview.js" defer></script>"#
);

/// Something to send.
#[derive(Debug, Clone)]
pub(super) struct Content {
    /// The bytes.
    pub(super) bytes: Bytes,
    /// Their media type.
    pub(super) kind: String,
    /// Their entity tag, in quotes.
    pub(super) tag: String,
}

impl Content {
    /// A file of the site.
    pub(super) fn of_site(path: &TreePath, bytes: Bytes) -> Self {
        let kind = kind_of(path.name());
        let bytes = if kind.starts_with("text/html") { previewed(&bytes).into() } else { bytes };
        Self::new(bytes, kind)
    }

    /// Anything else.
    pub(super) fn new(bytes: impl Into<Bytes>, kind: impl Into<String>) -> Self {
        let bytes = bytes.into();
        let tag = tag(xxh3_64(&bytes));
        Self { bytes, kind: kind.into(), tag }
    }

    /// The same page for any address: what it links to is found from the site's root.
    pub(super) fn rooted(&self, root: &str) -> Self {
        let start = b"<head>";
        let at = self.bytes.windows(start.len()).position(|bytes| bytes.eq_ignore_ascii_case(start));
        let at = at.map_or(0, |at| at + start.len());
        let base = format!("<base href=\"{}\">", escape(root));
        Self::new([&self.bytes[..at], base.as_bytes(), &self.bytes[at..]].concat(), self.kind.clone())
    }

    /// A small page of the preview's own, for when the site has none to show.
    pub(super) fn notice(title: &str, text: &str) -> Self {
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"icon\" href=\"/_stepladder/icon.svg\" \
             type=\"image/svg+xml\">\n{LINES}</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
             <p>{text}</p>\n</main>\n</body>\n</html>\n"
        );
        Self::new(html, "text/html; charset=utf-8")
    }
}

/// A strong entity tag made of a hash.
pub(super) fn tag(hash: u64) -> String {
    format!("\"{hash:016x}\"")
}

/// The media type of a file by its name. Texts of the web are UTF-8.
pub(super) fn kind_of(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = kind.type_() == "text"
        || matches!(kind.subtype().as_str(), "json" | "xml" | "javascript")
        || kind.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json");
    if is_text { format!("{}; charset=utf-8", kind.essence_str()) } else { kind.essence_str().to_owned() }
}

/// A page with the preview's lines at the end of its head; of its text, where it marks no end of a head. Scripts and
/// comments may write of such an end, too, but none stands between the true one and the body.
fn previewed(page: &[u8]) -> Vec<u8> {
    let (end, start) = (b"</head>", b"<body");
    let is = |mark: &'static [u8]| move |bytes: &[u8]| bytes.eq_ignore_ascii_case(mark);
    let body = page.windows(start.len()).position(is(start));
    let last = body.and_then(|body| page[..body].windows(end.len()).rposition(is(end)));
    let at = last.or_else(|| page.windows(end.len()).position(is(end))).unwrap_or(page.len());
    [&page[..at], LINES.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_stand_at_the_end_of_the_head() {
        let page = |html: &str| String::from_utf8(previewed(html.as_bytes())).unwrap();
        assert_eq!(
            page("<head><title>ü</title></head><p></head>"),
            format!("<head><title>ü</title>{LINES}</head><p></head>")
        );
        assert_eq!(
            page("<head><script>'</head>'</script></head><BODY></head>"),
            format!("<head><script>'</head>'</script>{LINES}</head><BODY></head>")
        );
        assert_eq!(page("<head><!-- <body> --></head><body>"), format!("<head><!-- <body> -->{LINES}</head><body>"));
        assert_eq!(page("<HEAD></HEAD>"), format!("<HEAD>{LINES}</HEAD>"));
        assert_eq!(page("<p>no head"), format!("<p>no head{LINES}"));
    }

    #[test]
    fn types_are_those_that_browsers_want() {
        for (name, kind) in [
            ("a.html", "text/html; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json; charset=utf-8"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("a.csv", "text/csv; charset=utf-8"),
            ("A.SVG", "image/svg+xml; charset=utf-8"),
            ("a.png", "image/png"),
            ("a.webp", "image/webp"),
            ("a.woff2", "font/woff2"),
            ("a.pdf", "application/pdf"),
            ("a.mp4", "video/mp4"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
