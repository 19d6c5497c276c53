//! Detection of malformed links and footnote references, which would be published as text.

use std::ops::Range;

use super::parser::MarkdownParser;
use crate::diagnostic::Code;

/// A malformed link and how to fix it.
#[derive(Debug, PartialEq)]
struct MalformedLink {
    /// The range in the text.
    range: Range<usize>,
    message: String,
    help: String,
}

impl MarkdownParser<'_> {
    /// Reports malformed links in a text of the file.
    pub(super) fn report_malformed_links(&mut self, range: &Range<usize>) {
        let Some(text) = self.verbatim_source(range).filter(|text| text.contains('[')) else { return };
        for malformed in malformed_links(text) {
            let span = range.start + malformed.range.start..range.start + malformed.range.end;
            let help = format!("{}; if it's meant as text, put `\\` before the `[`", malformed.help);
            self.report(Code::NotALink, &span, malformed.message, help);
        }
    }
}

fn malformed_links(text: &str) -> Vec<MalformedLink> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|offset| at + offset) {
        at = open + 1;
        let before = text[..open].chars().next_back();
        if before == Some('\\') {
            continue;
        }
        let line = line_start(&text[open..]);
        let malformed = wikilink(line).or_else(|| footnote(line)).or_else(|| {
            let (label, rest) = line[1..].split_once(']')?;
            (!label.is_empty()).then_some(())?;
            inline(line, label, rest).or_else(|| reference(label, rest, before))
        });
        if let Some(malformed) = malformed {
            at = open + malformed.range.end;
            found.push(MalformedLink { range: open..at, ..malformed });
        }
    }
    found
}

/// The text up to the end of its line, or up to the maximum length of a link.
fn line_start(text: &str) -> &str {
    /// Bounds the search for closing brackets in very long lines.
    const MAX_LINK_CHARS: usize = 300;
    let end = text.char_indices().take(MAX_LINK_CHARS).find(|(_, c)| *c == '\n').map(|(at, _)| at);
    let end = end.or_else(|| text.char_indices().nth(MAX_LINK_CHARS).map(|(at, _)| at));
    &text[..end.unwrap_or(text.len())]
}

/// Matches `[[ic/staff]`, without its closing brackets.
fn wikilink(line: &str) -> Option<MalformedLink> {
    let rest = line.strip_prefix("[[")?;
    let end = rest.find([']', '[']).unwrap_or(rest.len());
    let (name, closed) = (&rest[..end], rest[end..].starts_with("]]"));
    if closed || name.trim().is_empty() || !name.starts_with(char::is_alphanumeric) {
        return None;
    }
    let has_one_bracket = rest[end..].starts_with(']');
    let message = "this looks like a link, but its `]]` is missing".to_owned();
    let help = if has_one_bracket { format!("write `[[{name}]]`") } else { "end it with `]]`".to_owned() };
    Some(MalformedLink { range: 0..if has_one_bracket { 2 + end + 1 } else { 2 }, message, help })
}

/// Matches `[^1]` without a definition.
fn footnote(line: &str) -> Option<MalformedLink> {
    let (label, _) = line.strip_prefix("[^")?.split_once(']')?;
    if label.is_empty() || label.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("this looks like a footnote, but the page has no line `[^{label}]: …`");
    let help = format!("write the footnote's text on its own line: `[^{label}]: …`");
    Some(MalformedLink { range: 0..label.len() + 3, message, help })
}

/// Matches `[label](an address.md)`, `[label] (address.md)` and `[label](address.md`.
fn inline(line: &str, label: &str, rest: &str) -> Option<MalformedLink> {
    let before = label.len() + 2;
    let (gap, rest) = rest.find('(').filter(|at| rest[..*at].trim().is_empty()).map(|at| rest.split_at(at))?;
    let inside = &rest[1..];
    let (address, closed) = match inside.find(')') {
        Some(end) => (&inside[..end], true),
        None => (inside.split_whitespace().next().unwrap_or_default(), false),
    };
    let range = 0..before + gap.len() + 1 + address.len() + usize::from(closed);
    let malformed = |why: &str, right: String| {
        let message = format!("this looks like a link, but {why}");
        Some(MalformedLink { range, message, help: format!("write `{right}`") })
    };
    if !is_address(address) {
        return None;
    }
    if !gap.is_empty() {
        return malformed("there's a space before its `(`", format!("[{label}]({address})"));
    }
    if !closed {
        return malformed("its `)` is missing", format!("{}{address})", &line[..=before]));
    }
    if address.contains(' ') && !address.contains('"') {
        return malformed("its address has a space in it", format!("[{label}](<{address}>)"));
    }
    None
}

/// Returns whether a text looks like an address, not like prose in parentheses.
fn is_address(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    let starts = ["http://", "https://", "mailto:", "./", "../"].iter().any(|start| text.starts_with(start));
    starts || text.starts_with('#') && text.len() > 1 || [".md", ".html"].iter().any(|ending| path.ends_with(ending))
}

/// Matches `[label][name]` without a line `[name]: address`.
fn reference(label: &str, rest: &str, before: Option<char>) -> Option<MalformedLink> {
    let (name, _) = rest.strip_prefix('[')?.split_once(']')?;
    let is_index = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')'));
    if is_index || name.is_empty() || name.starts_with(['^', '[']) {
        return None;
    }
    let message = format!("this looks like a link, but the page has no line `[{name}]: address`");
    let help = format!("write `[{label}](address)`, or `[[name|{label}]]` for a page of this guide");
    Some(MalformedLink { range: 0..label.len() + name.len() + 4, message, help })
}

#[cfg(test)]
mod tests {
    use super::malformed_links;

    #[test]
    fn malformed_links_are_found_and_prose_in_brackets_is_not() {
        let found = |text: &'static str| {
            malformed_links(text).into_iter().map(|malformed| &text[malformed.range]).collect::<Vec<_>>()
        };
        assert_eq!(found("See [[ic/staff] there."), ["[[ic/staff]"]);
        assert_eq!(found("See [[ic/staff there."), ["[["]);
        assert_eq!(found("So it is.[^1]"), ["[^1]"]);
        assert_eq!(found("a [Staff](ic/staff engineer.md) b"), ["[Staff](ic/staff engineer.md)"]);
        assert_eq!(found("a [Staff] (staff.md#top) b"), ["[Staff] (staff.md#top)"]);
        assert_eq!(found("a [Staff](staff.md and on"), ["[Staff](staff.md"]);
        assert_eq!(found("a [Staff][stf] b [c][d]"), ["[Staff][stf]", "[c][d]"]);
        for prose in
            ["[sic] (see below)", "[him](and/or her)", "x[1][2]", "\\[a] (b.md)", "[ ] to do", "[a-z]", "a [b] c"]
        {
            assert!(found(prose).is_empty(), "{prose}");
        }
    }
}
