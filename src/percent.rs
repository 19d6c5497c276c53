//! Percent-encoding of URL paths and anchors (RFC 3986).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters to encode: all but the unreserved ones of RFC 3986, section 2.3, and the slash.
const NOT_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// Percent-encodes a path except its slashes.
#[must_use]
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATHS).to_string()
}

/// Decodes what an author wrote. Malformed escapes, and texts that wouldn't be UTF-8, stay unchanged.
#[must_use]
pub fn decode_leniently(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// Decodes what a program sent; `None` if an escape is malformed or the result isn't UTF-8.
#[must_use]
pub fn decode_strictly(text: &str) -> Option<Cow<'_, str>> {
    let is_escape =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let is_valid = text.split('%').skip(1).all(is_escape);
    is_valid.then(|| percent_decode_str(text).decode_utf8().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_unreserved_characters_and_slashes_are_encoded() {
        assert_eq!(encode("ic/Über uns-1_a.b~c.html"), "ic/%C3%9Cber%20uns-1_a.b~c.html");
        assert_eq!(
            encode("\u{0}%+&#?:@!$'()*,;=[]\u{7f}"),
            "%00%25%2B%26%23%3F%3A%40%21%24%27%28%29%2A%2C%3B%3D%5B%5D%7F"
        );
    }

    #[test]
    fn malformed_escapes_stay_or_are_refused() {
        for (text, decoded) in [("a%20b", "a b"), ("%C3%bc", "ü"), ("%2520", "%20"), ("a+b", "a+b"), ("", "")] {
            assert_eq!(decode_leniently(text), decoded);
            assert_eq!(decode_strictly(text).as_deref(), Some(decoded));
        }
        for text in ["50%", "%4", "%zz", "%+1", "100% ü", "%ü", "%ff", "%20%ff", "%C3"] {
            assert_eq!(decode_strictly(text), None, "{text}");
        }
        assert_eq!(decode_leniently("50% %zz%20"), "50% %zz ");
        assert_eq!(decode_leniently("%20%ff"), "%20%ff");
    }
}
