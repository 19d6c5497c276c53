use std::ops::Range;

/// A link or an image of a document, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRef {
    /// What it names.
    pub target: Target,
    /// Whether it is an image.
    pub image: bool,
    /// Its place, in bytes of the file.
    pub span: Range<usize>,
}

/// What a link names, before anybody has looked whether it exists. Anchors are decoded and without `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page by one of its names: `[[senior#scope]]`.
    Name {
        /// The name.
        name: String,
        /// The place on the page.
        anchor: Option<String>,
    },
    /// A file: `../ic/senior.md#scope`.
    File {
        /// The path, relative to the page's folder, or from `content/` when it starts with `/`.
        path: String,
        /// The place on the page.
        anchor: Option<String>,
    },
    /// A place on the page itself: `#scope`.
    Own(String),
    /// An address elsewhere: `https://…`, `mailto:…`.
    External(String),
    /// An address that could run code or that readers can't open.
    Unsafe(String),
}

/// Schemes that a link may have.
pub(super) const SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "ftp", "slack", "msteams"];

impl Target {
    /// Reads what stands in `[[…]]`.
    pub(super) fn wiki(written: &str) -> Self {
        let written = written.trim().trim_end_matches('\\').trim_end();
        match written.split_once('#') {
            Some((name, anchor)) if name.trim().is_empty() => Self::Own(anchor.trim().to_owned()),
            Some((name, anchor)) => Self::Name { name: name.trim().to_owned(), anchor: Some(anchor.trim().to_owned()) },
            None => Self::Name { name: written.to_owned(), anchor: None },
        }
    }

    /// Reads the address of an ordinary link.
    pub(super) fn address(written: &str) -> Self {
        // Browsers drop control characters, so `java\tscript:` would be a script all the same.
        let address: String = written.chars().filter(|c| !c.is_control()).collect();
        let address = address.trim();
        if let Some(scheme) = scheme(address) {
            let allowed = SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
            return if allowed { Self::External(address.to_owned()) } else { Self::Unsafe(address.to_owned()) };
        }
        if address.starts_with("//") || address.starts_with("\\\\") {
            return Self::External(address.to_owned());
        }
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(decode(anchor))),
            None => (address, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
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

/// Undoes percent-encoding; what is not valid stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |digit: u8| char::from(digit).to_digit(16);
        rest = match tail {
            [high, low, after @ ..] if *first == b'%' => {
                if let (Some(high), Some(low)) = (hex(*high), hex(*low)) {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                    after
                } else {
                    bytes.push(*first);
                    tail
                }
            }
            _ => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_its_author_meant_it() {
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
    fn what_could_run_code_is_unsafe_however_it_is_written() {
        for address in ["javascript:alert(1)", "JavaScript:x", "java\nscript:x", " \u{1}vbscript:x", "data:text/html,x"]
        {
            assert!(matches!(Target::address(address), Target::Unsafe(_)), "{address:?}");
        }
    }
}
