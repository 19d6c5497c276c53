//! A response body in memory with its media type and entity tag, and the elements that the preview adds to each page.

use axum::body::Bytes;
use xxhash_rust::xxh3::xxh3_64;

use crate::markdown::escape;
use crate::tree::TreePath;

/// The elements that load the preview's client into a page.
const CLIENT_ELEMENTS: &str = concat!(
    r#"<link rel="stylesheet" href="/_stepladder/preview.css">"#,
    r#"<script src="/_stepladder/preview.js" defer></script>"#
);

/// Bytes to send with their metadata. Cloning shares the bytes.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    pub(super) bytes: Bytes,
    pub(super) media_type: String,
    /// The entity tag, in quotes.
    pub(super) etag: String,
}

impl Payload {
    /// The payload of a file of the site. HTML gets the preview's client.
    pub(super) fn site_file(path: &TreePath, bytes: Bytes) -> Self {
        let media_type = media_type(path.name());
        let bytes = if media_type.starts_with("text/html") { with_client(&bytes).into() } else { bytes };
        Self::new(bytes, media_type)
    }

    /// A payload of the given bytes, unchanged.
    pub(super) fn new(bytes: impl Into<Bytes>, media_type: impl Into<String>) -> Self {
        let bytes = bytes.into();
        let etag = etag(xxh3_64(&bytes));
        Self { bytes, media_type: media_type.into(), etag }
    }

    /// The same page with a `<base>` element, so that its relative links work at any URL.
    pub(super) fn with_base(&self, base: &str) -> Self {
        let head = b"<head>";
        let at = self.bytes.windows(head.len()).position(|bytes| bytes.eq_ignore_ascii_case(head));
        let at = at.map_or(0, |at| at + head.len());
        let base = format!("<base href=\"{}\">", escape(base));
        Self::new([&self.bytes[..at], base.as_bytes(), &self.bytes[at..]].concat(), self.media_type.clone())
    }

    /// A minimal page of the preview itself, for when the site has no page to show.
    pub(super) fn notice(title: &str, text: &str) -> Self {
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"icon\" href=\"/_stepladder/icon.svg\" \
             type=\"image/svg+xml\">\n{CLIENT_ELEMENTS}</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
             <p>{text}</p>\n</main>\n</body>\n</html>\n"
        );
        Self::new(html, "text/html; charset=utf-8")
    }
}

/// A strong entity tag from a hash.
pub(super) fn etag(hash: u64) -> String {
    format!("\"{hash:016x}\"")
}

/// The media type of a file by its name, with UTF-8 as the charset of text formats.
pub(super) fn media_type(name: &str) -> String {
    let media_type = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = media_type.type_() == "text"
        || matches!(media_type.subtype().as_str(), "json" | "xml" | "javascript")
        || media_type.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json");
    if is_text { format!("{}; charset=utf-8", media_type.essence_str()) } else { media_type.essence_str().to_owned() }
}

/// The page with the preview's client at the end of its head, or at the end of the page if it has no end tag of a head.
/// Scripts and comments may contain `</head>` too, so the last one before the body counts.
fn with_client(page: &[u8]) -> Vec<u8> {
    let (head_end, body_start) = (b"</head>", b"<body");
    let is = |tag: &'static [u8]| move |bytes: &[u8]| bytes.eq_ignore_ascii_case(tag);
    let body = page.windows(body_start.len()).position(is(body_start));
    let last = body.and_then(|body| page[..body].windows(head_end.len()).rposition(is(head_end)));
    let at = last.or_else(|| page.windows(head_end.len()).position(is(head_end))).unwrap_or(page.len());
    [&page[..at], CLIENT_ELEMENTS.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_added_at_the_end_of_the_head() {
        let page = |html: &str| String::from_utf8(with_client(html.as_bytes())).unwrap();
        assert_eq!(
            page("<head><title>ü</title></head><p></head>"),
            format!("<head><title>ü</title>{CLIENT_ELEMENTS}</head><p></head>")
        );
        assert_eq!(
            page("<head><script>'</head>'</script></head><BODY></head>"),
            format!("<head><script>'</head>'</script>{CLIENT_ELEMENTS}</head><BODY></head>")
        );
        assert_eq!(
            page("<head><!-- <body> --></head><body>"),
            format!("<head><!-- <body> -->{CLIENT_ELEMENTS}</head><body>")
        );
        assert_eq!(page("<HEAD></HEAD>"), format!("<HEAD>{CLIENT_ELEMENTS}</HEAD>"));
        assert_eq!(page("<p>no head"), format!("<p>no head{CLIENT_ELEMENTS}"));
    }

    #[test]
    fn media_types_follow_from_file_extensions() {
        for (name, expected) in [
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
            assert_eq!(media_type(name), expected, "{name}");
        }
    }
}
