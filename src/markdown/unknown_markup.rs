//! Lines of markup that other programs read and Stepladder doesn't.

use crate::diagnostic::catalog::ForeignMarkup;

/// The markup of another program that a line is; `None` if it's text.
pub(super) fn unknown_markup(line: &str) -> Option<ForeignMarkup> {
    let line = line.trim_end();
    let opens =
        |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    let wraps = |start: &str, end: &str| line.starts_with(start) && line.ends_with(end);
    let is_block = opens(":::") || opens("!!! ") || opens("??? ") || opens("???+ ");
    let is_tag = wraps("{%", "%}")
        || wraps("{{<", ">}}")
        || wraps("{{%", "%}}")
        || wraps("{:", "}")
        || is_macro(line)
        || is_latex(line);
    if is_block {
        Some(ForeignMarkup::Note)
    } else if is_tag {
        Some(ForeignMarkup::Tag)
    } else if line.eq_ignore_ascii_case("[toc]") {
        Some(ForeignMarkup::Contents)
    } else {
        None
    }
}

/// Returns whether a line begins with a command of LaTeX that divides or lists text.
fn is_latex(line: &str) -> bool {
    ["\\begin{", "\\end{", "\\item ", "\\section{", "\\subsection{"].iter().any(|start| line.starts_with(start))
}

/// Returns whether a line begins with a macro of a wiki: `{panel}`, `{panel:title=Craft}`.
pub(super) fn is_macro(line: &str) -> bool {
    const MACROS: [&str; 17] = [
        "anchor", "children", "code", "color", "column", "excerpt", "expand", "info", "noformat", "note", "panel",
        "quote", "section", "status", "tip", "toc", "warning",
    ];
    let inside = line.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    inside.is_some_and(|inside| MACROS.contains(&inside.split(':').next().unwrap_or_default()))
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
            "{panel}",
            "\\begin{itemize}",
            "\\item Reads",
            "{panel:title=Craft|borderStyle=solid}",
            "{info}Note.{info}",
        ] {
            assert!(unknown_markup(line).is_some(), "{line}");
        }
        for line in [
            ":::",
            ":star: a",
            "!!!",
            "??? Really?!".trim_start_matches('?'),
            "{a}",
            "{panels} a",
            "{{x}}",
            "[toc] of a",
            ": a",
        ] {
            assert!(unknown_markup(line).is_none(), "{line}");
        }
    }
}
