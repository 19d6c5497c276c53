//! Lines of markup that other programs read and Stepladder doesn't.

/// The help for a line with the markup of another program; `None` if it's text.
pub(super) fn unknown_markup(line: &str) -> Option<&'static str> {
    let line = line.trim_end();
    let opens =
        |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    let wraps = |start: &str, end: &str| line.starts_with(start) && line.ends_with(end);
    let is_block = opens(":::") || opens("!!! ") || opens("??? ") || opens("???+ ");
    let is_tag = wraps("{%", "%}") || wraps("{{<", ">}}") || wraps("{{%", "%}}") || wraps("{:", "}");
    if is_block {
        Some(
            "write a note as `> [!NOTE]`, and its text below, each line after `> `; to show the line, put it in backticks",
        )
    } else if is_tag {
        Some("remove it, or write it in Markdown; to show it, put it in backticks")
    } else if line.eq_ignore_ascii_case("[toc]") {
        Some("remove it: each page has a table of contents; to show it, put it in backticks")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::unknown_markup;

    #[test]
    fn markup_of_other_programs_is_found() {
        for line in [
            ":::note",
            "::: warning Title",
            "!!! note \"Title\"",
            "??? tip",
            "{% include a.html %}",
            "{{< figure >}}",
            "{: .lead}",
            "[TOC]",
        ] {
            assert!(unknown_markup(line).is_some(), "{line}");
        }
        for line in
            [":::", ":star: a", "!!!", "??? Really?!".trim_start_matches('?'), "{a}", "{{x}}", "[toc] of a", ": a"]
        {
            assert!(unknown_markup(line).is_none(), "{line}");
        }
    }
}
