//! The address of a page: the output file and the URL that follow from its path. Also paths that aren't valid on every
//! system.

use crate::config::Urls;
use crate::percent::encode;
use crate::tree::TreePath;

/// The address of a page: its file in the site, and its URL relative to the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The file.
    pub file: TreePath,
    /// The address, percent-encoded; empty for the home page under `urls: directory`.
    pub url: String,
}

impl Address {
    /// The file of the page's text as Markdown, if it's offered: beside the page.
    #[must_use]
    pub fn markdown(&self) -> TreePath {
        let path = self.file.as_str();
        TreePath::normalized(&format!("{}.md", path.strip_suffix(".html").unwrap_or(path)))
    }

    /// The address of the page `path` (segments without extension, empty for the home page); `folder` if it is the
    /// index page of a folder.
    #[must_use]
    pub fn new(path: &str, folder: bool, urls: Urls) -> Self {
        let file = match (path, folder, urls) {
            ("", ..) => "index.html".to_owned(),
            (_, true, _) | (_, _, Urls::Directory) => format!("{path}/index.html"),
            (_, false, Urls::File) => format!("{path}.html"),
        };
        let url = match urls {
            Urls::File => encode(&file),
            Urls::Directory if path.is_empty() => String::new(),
            Urls::Directory => format!("{}/", encode(path)),
        };
        Self { file: TreePath::normalized(&file), url }
    }
}

/// The relative path from a file of the site to its root: `./`, `../`, …
#[must_use]
pub fn root_prefix(file: &TreePath) -> String {
    match file.as_str().matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// The folder that the preview serves beside the site.
const PREVIEW: &str = "_stepladder";

/// The reason why an address, given by its segments, is invalid, if it is.
pub(super) fn invalid_path<'a>(segments: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut segments = segments.into_iter().peekable();
    if segments.peek() == Some(&PREVIEW) {
        return Some(format!("`{PREVIEW}/` is reserved for the preview"));
    }
    segments.find_map(invalid_segment)
}

/// The reason why a segment of an address is invalid on some system, if it is.
pub(super) fn invalid_segment(segment: &str) -> Option<String> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = |name: &str| stem.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    if RESERVED.contains(&stem.as_str()) || port("com") || port("lpt") {
        return Some(format!("Windows doesn't allow a file called `{segment}`"));
    }
    if let Some(c) =
        segment.chars().find(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    {
        let c = if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        return Some(format!("some systems don't allow `{c}` in file names"));
    }
    if segment.ends_with(['.', ' ']) {
        return Some("Windows doesn't allow names that end with a dot or a space".to_owned());
    }
    (segment.len() > 200).then(|| "the name is too long for some systems".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_live_where_the_configuration_says() {
        let of = |path, folder, urls| {
            let address = Address::new(path, folder, urls);
            (address.file.to_string(), address.url)
        };
        assert_eq!(of("ic/senior", false, Urls::File), ("ic/senior.html".into(), "ic/senior.html".into()));
        assert_eq!(of("ic", true, Urls::File), ("ic/index.html".into(), "ic/index.html".into()));
        assert_eq!(of("ic/senior", false, Urls::Directory), ("ic/senior/index.html".into(), "ic/senior/".into()));
        assert_eq!(of("", true, Urls::Directory), ("index.html".into(), String::new()));
        assert_eq!(of("é", false, Urls::File), ("é.html".into(), "%C3%A9.html".into()));
    }

    #[test]
    fn names_that_some_systems_cannot_hold_are_told() {
        assert!(
            invalid_segment("con").is_some()
                && invalid_segment("LPT1.txt").is_some()
                && invalid_segment("a:b").is_some()
        );
        assert!(invalid_segment("a.").is_some() && invalid_segment(&"x".repeat(201)).is_some());
        assert!(invalid_segment("console").is_none() && invalid_segment("com10").is_none());
    }
}
