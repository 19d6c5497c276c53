//! Escaping for templates that make XML.

use std::io::{self, Write};

/// The end of the names of such templates.
pub(super) const SUFFIX: &str = ".xml";

/// Writes text so that it is text or part of an attribute in XML. Control characters, which XML has no way of writing, are
/// left out.
///
/// # Errors
/// Returns what `out` returns.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let is_special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}');
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let mut written = 0;
    for (at, special) in text.match_indices(|c| is_special(c) || is_control(c)) {
        out.write_all(&text.as_bytes()[written..at])?;
        out.write_all(match special {
            "&" => b"&amp;",
            "<" => b"&lt;",
            ">" => b"&gt;",
            "\"" => b"&quot;",
            _ => b"",
        })?;
        written = at + special.len();
    }
    out.write_all(&text.as_bytes()[written..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_break_xml() {
        let mut out = Vec::new();
        escape("<a b=\"c\">\u{1} d's\r\n&\u{ffff}\u{85}é", &mut out).expect("memory");
        assert_eq!(out, "&lt;a b=&quot;c&quot;&gt; d's\n&amp;é".as_bytes());
    }
}
