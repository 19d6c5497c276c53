//! Markdown text for messages and edits.

/// A heading in Markdown.
pub(crate) fn heading_line(level: u8, text: &str) -> String {
    format!("{} {text}", "#".repeat(level.into()))
}

/// The first word of a text, as quoted in help.
pub(super) fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// The attributes of a heading in braces, with a white space before them and one more class.
pub(super) fn with_class(attributes: &str, class: Option<&str>) -> String {
    match (attributes.strip_suffix('}'), class) {
        (Some(inside), Some(class)) => format!(" {inside} {class}}}"),
        (Some(_), None) => format!(" {attributes}"),
        (None, Some(class)) => format!(" {{{class}}}"),
        (None, None) => String::new(),
    }
}

/// A plain text in Markdown: characters that could mean something else have a backslash.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_word = before.is_alphanumeric() && next.is_alphanumeric();
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | '{' => true,
            '_' | '~' => !is_word,
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            // Number signs at the end of a heading aren't part of its text.
            '#' => before.is_whitespace(),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_with_a_meaning_are_escaped() {
        for (text, written) in [
            ("C++ & R&D", "C++ & R\\&D"),
            ("C#", "C#"),
            ("Rated #", "Rated \\#"),
            ("snake_case and _this_", "snake_case and \\_this\\_"),
            ("2 * 3 [a] `b` \\", "2 \\* 3 \\[a] \\`b\\` \\\\"),
            ("a < b <i>", "a < b \\<i>"),
            ("{x}", "\\{x}"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    #[test]
    fn a_class_is_added_to_those_in_braces() {
        assert_eq!(with_class("{#x}", Some(".prose")), " {#x .prose}");
        assert_eq!(with_class("{#x}", None), " {#x}");
        assert_eq!(with_class("", Some(".prose")), " {.prose}");
        assert_eq!(with_class("", None), "");
    }
}
