//! Links and images as their authors wrote them.

use std::ops::Range;

use crate::percent::decode_leniently;

/// A link or an image of a document, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRef {
    /// The target.
    pub target: Target,
    /// Whether the reference is an image.
    pub image: bool,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// The target of a link as written, not yet resolved. Anchors are percent-decoded and have no `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page by one of its names: `[[senior#scope]]`.
    Name {
        /// The name.
        name: String,
        /// The anchor on the page.
        anchor: Option<String>,
    },
    /// A file: `../ic/senior.md#scope`.
    File {
        /// The path, relative to the page's folder, or from `content/` when it starts with `/`.
        path: String,
        /// The anchor on the page.
        anchor: Option<String>,
    },
    /// An anchor on the page itself: `#scope`.
    Own(String),
    /// An external address: `https://…`, `mailto:…`.
    External(String),
    /// An address with a scheme that could run code or that readers can't open.
    Unsafe(String),
}

/// The schemes that links may have.
pub(super) const LINK_SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "ftp", "slack", "msteams"];

impl Target {
    /// Parses the content of `[[…]]`.
    pub(super) fn wiki(written: &str) -> Self {
        let written = written.trim().trim_end_matches('\\').trim_end();
        match written.split_once('#') {
            Some((name, anchor)) if name.trim().is_empty() => Self::Own(anchor.trim().to_owned()),
            Some((name, anchor)) => Self::Name { name: name.trim().to_owned(), anchor: Some(anchor.trim().to_owned()) },
            None => Self::Name { name: written.to_owned(), anchor: None },
        }
    }

    /// Parses the address of a Markdown or HTML link.
    pub(super) fn address(written: &str) -> Self {
        // Browsers ignore control characters, so `java\tscript:` would still run a script.
        let address: String = written.chars().filter(|c| !c.is_control()).collect();
        let address = address.trim();
        if let Some(scheme) = scheme(address) {
            let allowed = LINK_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
            return if allowed { Self::External(address.to_owned()) } else { Self::Unsafe(address.to_owned()) };
        }
        if address.starts_with("//") || address.starts_with("\\\\") {
            return Self::External(address.to_owned());
        }
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(decode_leniently(anchor))),
            None => (address, None),
        };
        let path = decode_leniently(path.split('?').next().unwrap_or_default());
        match anchor {
            Some(anchor) if path.is_empty() => Self::Own(anchor),
            anchor => Self::File { path, anchor },
        }
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_targets_are_parsed() {
        let file =
            |path: &str, anchor: Option<&str>| Target::File { path: path.into(), anchor: anchor.map(Into::into) };
        assert_eq!(Target::address("../ic/My%20Page.md?x#a%C3%A9"), file("../ic/My Page.md", Some("aé")));
        assert_eq!(Target::address("50%.md"), file("50%.md", None));
        assert_eq!(Target::address("#scope"), Target::Own("scope".into()));
        assert_eq!(Target::address("https://example.org/a#b"), Target::External("https://example.org/a#b".into()));
        assert_eq!(Target::wiki("#Common traps"), Target::Own("Common traps".into()));
        let named = Target::Name { name: "ic/senior".into(), anchor: Some("scope".into()) };
        assert_eq!(Target::wiki(" ic/senior # scope\\"), named);
    }

    #[test]
    fn schemes_that_run_code_are_unsafe_in_any_spelling() {
        for address in ["javascript:alert(1)", "JavaScript:x", "java\nscript:x", " \u{1}vbscript:x", "data:text/html,x"]
        {
            assert!(matches!(Target::address(address), Target::Unsafe(_)), "{address:?}");
        }
    }
}
