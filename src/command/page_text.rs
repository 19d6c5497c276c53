//! The pages that explain problems, as text for terminals and pagers.

use std::io::{self, IsTerminal};

use textwrap::{Options, WordSplitter};

/// The most columns of a line: longer ones are hard to read.
const MAX_COLUMNS: usize = 100;

/// The columns where there's no terminal.
const DEFAULT_COLUMNS: usize = 80;

/// The indentation of files and of problems.
const INDENTATION: &str = "    ";

/// The appearance of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageStyle {
    columns: usize,
    /// Whether headings are bold, which takes escape codes.
    has_bold: bool,
}

impl PageStyle {
    /// The style for standard output: escape codes only for a terminal whose user hasn't disabled them; the width of the
    /// terminal, even if a pager shows the text there.
    pub(super) fn of_output() -> Self {
        let columns = terminal_size::terminal_size().map_or(DEFAULT_COLUMNS, |(width, _)| width.0.into());
        let has_bold = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { columns: columns.clamp(20, MAX_COLUMNS), has_bold }
    }
}

/// Converts the page of a problem to text. Prose is wrapped; the lines of files aren't.
pub(super) fn page_text(page: &str, style: PageStyle) -> String {
    let mut text = String::new();
    let mut lines = page.lines().peekable();
    let mut paragraph: Vec<&str> = Vec::new();
    while let Some(line) = lines.next() {
        let backticks = line.len() - line.trim_start_matches('`').len();
        let starts_block = line.trim().is_empty() || line.starts_with(['#', '-']) || backticks >= 3;
        if starts_block {
            push_paragraph(&mut text, &mut paragraph, style);
        }
        if backticks >= 3 {
            let (fence, info) = line.split_at(backticks);
            let content: Vec<&str> = lines.by_ref().take_while(|line| line.trim_end() != fence).collect();
            push_fence(&mut text, info, &content, style);
        } else if let Some(heading) = line.strip_prefix("# ") {
            push_heading(&mut text, heading, "=", style);
        } else if let Some(heading) = line.strip_prefix("## ") {
            push_heading(&mut text, heading, "-", style);
        } else if line.trim().is_empty() {
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
        } else if line.starts_with(INDENTATION) && paragraph.is_empty() {
            text.push_str(&format!("{line}\n"));
        } else {
            paragraph.push(line.trim());
        }
    }
    push_paragraph(&mut text, &mut paragraph, style);
    text.trim_end().to_owned() + "\n"
}

/// Wraps a text, starting the first line with `first` and all others with `others`.
pub(super) fn wrap(text: &str, style: PageStyle, first: &str, others: &str) -> String {
    let options = Options::new(style.columns)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

fn push_paragraph(text: &mut String, paragraph: &mut Vec<&str>, style: PageStyle) {
    let words = paragraph.join(" ");
    paragraph.clear();
    match words.strip_prefix("- ") {
        Some(item) => text.push_str(&wrap(item, style, "- ", "  ")),
        None if words.is_empty() => {}
        None => text.push_str(&wrap(&words, style, "", "")),
    }
}

fn push_heading(text: &mut String, heading: &str, underline: &str, style: PageStyle) {
    let line = underline.repeat(textwrap::core::display_width(heading));
    let heading = if style.has_bold { format!("\u{1b}[1m{heading}\u{1b}[0m") } else { heading.to_owned() };
    text.push_str(&format!("{heading}\n{line}\n"));
}

/// Appends a fence of a case with a line that says what it is.
fn push_fence(text: &mut String, info: &str, content: &[&str], style: PageStyle) {
    let words: Vec<&str> = info.split_whitespace().collect();
    let path = info.split('"').nth(1).or(words.get(1).copied()).unwrap_or_default();
    let title = match words.as_slice() {
        ["problems", flags @ ..] => {
            let with_drafts = if flags.contains(&"drafts") { "With `--drafts`, " } else { "" };
            let what = if content.is_empty() { "no problem." } else { "this:" };
            let stepladder = if with_drafts.is_empty() { "Stepladder" } else { "it" };
            format!("{with_drafts}{stepladder} reports {what}")
        }
        ["symlink", ..] => format!("{path} is a symbolic link to"),
        [_, _, flags @ ..] if flags.contains(&"fixed") => format!("`stepladder check --fix` changes {path} to:"),
        [_, _, flags @ ..] if flags.contains(&"escaped") => format!("{path} (`\\xFF` is the byte FF):"),
        [_, _, ..] => format!("{path}:"),
        _ => String::new(),
    };
    if !title.is_empty() {
        text.push_str(&wrap(&title, style, "", ""));
    }
    for line in content {
        if words.first() == Some(&"problems") {
            let depth = line.len() - line.trim_start().len();
            let indentation = format!("{INDENTATION}{}", " ".repeat(depth));
            text.push_str(&wrap(line.trim_start(), style, &indentation, &format!("{indentation}    ")));
        } else {
            text.push_str(format!("{INDENTATION}{line}").trim_end());
            text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const PLAIN: PageStyle = PageStyle { columns: 40, has_bold: false };

    #[test]
    fn a_page_is_readable_text() {
        let page = "# a-code\n\nSeverity: error\n\n## What it means\n\nA paragraph of words that doesn't\nfit on one line.\n\n\
            - one item with so many words that it's wrapped\n- two\n\n## A case\n\n````markdown \"content/a b.md\" escaped\n\
            ```\nx\n```\n````\n\n```problems\ncontent/a.md:1:2 error[a-code]: wrong and wrong\n  help: write it\n```\n\n\
            ```markdown content/a.md fixed\nright\n```\n\n## Another\n\n```problems drafts\n```\n";
        let expected = "\
a-code
======

Severity: error

What it means
-------------

A paragraph of words that doesn't fit on
one line.

- one item with so many words that it's
  wrapped
- two

A case
------

content/a b.md (`\\xFF` is the byte FF):
    ```
    x
    ```

Stepladder reports this:
    content/a.md:1:2 error[a-code]:
        wrong and wrong
      help: write it

`stepladder check --fix` changes
content/a.md to:
    right

Another
-------

With `--drafts`, it reports no problem.
";
        assert_eq!(page_text(page, PLAIN), expected);
        let bold = page_text("# a-code\n", PageStyle { has_bold: true, ..PLAIN });
        assert_eq!(bold, "\u{1b}[1ma-code\u{1b}[0m\n======\n");
    }

    #[test]
    fn every_page_is_text_without_marks_of_fences() {
        for code in Code::ALL {
            let text = page_text(code.page(), PageStyle { columns: 100, ..PLAIN });
            assert!(text.starts_with(code.as_str()) && text.contains("\nStepladder reports this:\n"), "{text}");
            assert!(!text.contains('\u{1b}') && !text.contains("\n## ") && !text.contains("\n```"), "{text}");
        }
    }
}
