//! Detection of malformed links and footnote references, which would be published as text.

use std::ops::Range;

use super::parser::MarkdownParser;
use crate::diagnostic::catalog::{self, LinkForm, LinkMistake};

/// A malformed link and what is wrong with it.
#[derive(Debug, PartialEq)]
struct MalformedLink {
    /// The range in the text.
    range: Range<usize>,
    mistake: LinkMistake,
    /// Whether a `!` before the range belongs to it.
    form: LinkForm,
}

impl MalformedLink {
    fn link(range: Range<usize>, mistake: LinkMistake) -> Self {
        Self { range, mistake, form: LinkForm::Link }
    }
}

impl MarkdownParser<'_> {
    /// Reports malformed links in a text of the file.
    pub(super) fn report_malformed_links(&mut self, range: &Range<usize>) {
        let Some(text) = self.verbatim_source(range).filter(|text| text.contains('[')) else { return };
        // A backslash before a text isn't part of it.
        let is_escaped = text.starts_with('[') && ends_with_escape(&self.source[..range.start]);
        let start = usize::from(is_escaped);
        for mut malformed in malformed_links(text, start) {
            if let Some(split) = split_wikilink(self.source, range.start + malformed.range.start, range.end) {
                malformed = split;
                malformed.range = malformed.range.start - range.start..malformed.range.end - range.start;
            }
            let span = range.start + malformed.range.start..range.start + malformed.range.end;
            let bracket = span.start + usize::from(malformed.form == LinkForm::Image);
            let bracket = self.span(&(bracket..bracket));
            self.push(catalog::malformed_link(self.span(&span), &malformed.mistake, &bracket));
        }
    }
}

/// Matches `[[senior|Senior]]` in a table, whose `|` starts a new cell; `cell_end` is the end of the text before it.
fn split_wikilink(source: &str, start: usize, cell_end: usize) -> Option<MalformedLink> {
    let name = source[start..cell_end].strip_prefix("[[").filter(|name| !name.contains(['[', ']']))?;
    let rest = source[cell_end..].trim_start_matches([' ', '\t']).strip_prefix('|')?;
    let (label, _) = rest.lines().next()?.split_once("]]").filter(|(label, _)| !label.contains('['))?;
    let end = source.len() - rest.len() + label.len() + 2;
    let link = format!("[[{}\\|{}]]", name.trim(), label.trim());
    Some(MalformedLink::link(start..end, LinkMistake::PipeInTable { link }))
}

/// Returns whether the character after a text is escaped by the backslash at its end.
fn ends_with_escape(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}

/// Finds malformed links from byte `at` on.
fn malformed_links(text: &str, mut at: usize) -> Vec<MalformedLink> {
    let mut found = Vec::new();
    while let Some(open) = text[at..].find('[').map(|offset| at + offset) {
        at = open + 1;
        if ends_with_escape(&text[..open]) {
            continue;
        }
        let before = text[..open].chars().next_back();
        let line = line_start(&text[open..]);
        let malformed = wikilink(line).or_else(|| footnote(line)).or_else(|| {
            let (label, rest) = line[1..].split_once(']')?;
            (!label.is_empty()).then_some(())?;
            let form = if before == Some('!') { LinkForm::Image } else { LinkForm::Link };
            inline(line, label, rest, form).or_else(|| reference(label, rest, before))
        });
        if let Some(malformed) = malformed {
            at = open + malformed.range.end;
            let start = open - usize::from(malformed.form == LinkForm::Image);
            found.push(MalformedLink { range: start..at, ..malformed });
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
    Some(if has_one_bracket {
        MalformedLink::link(0..2 + end + 1, LinkMistake::OneBracket { link: format!("[[{name}]]") })
    } else {
        MalformedLink::link(0..2, LinkMistake::NoBrackets)
    })
}

/// Matches `[^1]` without a definition.
fn footnote(line: &str) -> Option<MalformedLink> {
    let (label, _) = line.strip_prefix("[^")?.split_once(']')?;
    if label.is_empty() || label.contains(char::is_whitespace) {
        return None;
    }
    Some(MalformedLink::link(0..label.len() + 3, LinkMistake::NoFootnote { label: label.to_owned() }))
}

/// Matches `[label](an address.md)`, `[label] (address.md)` and `[label](address.md`; an image is the same after `!`.
fn inline(line: &str, label: &str, rest: &str, form: LinkForm) -> Option<MalformedLink> {
    let before = label.len() + 2;
    let (gap, rest) = rest.find('(').filter(|at| rest[..*at].trim().is_empty()).map(|at| rest.split_at(at))?;
    let inside = &rest[1..];
    let (address, closed) = match inside.find(')') {
        Some(end) => (&inside[..end], true),
        None => (inside.split_whitespace().next().unwrap_or_default(), false),
    };
    let range = 0..before + gap.len() + 1 + address.len() + usize::from(closed);
    let mark = if form == LinkForm::Image { "!" } else { "" };
    let mistake = if gap.is_empty() && closed && address.contains(' ') && names_file(address) {
        let mailbox = address.strip_prefix("mailto:").map(str::trim).filter(|mailbox| !mailbox.contains(' '));
        let address = mailbox.map_or_else(|| format!("<{address}>"), |mailbox| format!("mailto:{mailbox}"));
        LinkMistake::Space { form, link: format!("{mark}[{label}]({address})") }
    } else if !is_address(address) {
        return None;
    } else if !gap.is_empty() {
        LinkMistake::Gap { form, link: format!("{mark}[{label}]({address})") }
    } else if !closed {
        LinkMistake::NoParenthesis { form, link: format!("{mark}{}{address})", &line[..=before]) }
    } else {
        return None;
    };
    Some(MalformedLink { range, mistake, form })
}

/// Returns whether a text of several words is the name of a file or an address, and no title is behind it.
fn names_file(text: &str) -> bool {
    let name = text.rsplit('/').next().unwrap_or_default();
    let ending = name.split('#').next().and_then(|name| Some(name.rsplit_once('.')?.1)).unwrap_or_default();
    let is_ending = (2..=5).contains(&ending.len()) && ending.starts_with(|c: char| c.is_ascii_alphabetic());
    !text.contains('"') && (is_ending && ending.chars().all(|c| c.is_ascii_alphanumeric()) || is_address(text))
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
    let range = 0..label.len() + name.len() + 4;
    Some(MalformedLink::link(range, LinkMistake::NoDefinition { label: label.to_owned(), name: name.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::malformed_links;

    #[test]
    fn malformed_links_are_found_and_prose_in_brackets_is_not() {
        let found = |text: &'static str| {
            malformed_links(text, 0).into_iter().map(|malformed| &text[malformed.range]).collect::<Vec<_>>()
        };
        assert_eq!(found("See [[ic/staff] there."), ["[[ic/staff]"]);
        assert_eq!(found("See [[ic/staff there."), ["[["]);
        assert_eq!(found("So it is.[^1]"), ["[^1]"]);
        assert_eq!(found("a [Staff](ic/staff engineer.md) b"), ["[Staff](ic/staff engineer.md)"]);
        assert_eq!(found("a ![Us](Shot 2026-11-30.png) b"), ["![Us](Shot 2026-11-30.png)"]);
        assert_eq!(found("a [Staff] (staff.md#top) b"), ["[Staff] (staff.md#top)"]);
        assert_eq!(found("a [Staff](staff.md and on"), ["[Staff](staff.md"]);
        assert_eq!(found("a [Staff][stf] b [c][d]"), ["[Staff][stf]", "[c][d]"]);
        let mail = malformed_links("[Us](mailto: us@example.org)", 0).into_iter().next().map(|found| found.mistake);
        assert!(matches!(&mail, Some(super::LinkMistake::Space { link, .. }) if link == "[Us](mailto:us@example.org)"));
        for prose in [
            "[sic] (see below)",
            "[him](and/or her)",
            "[x](see v1.10)",
            "[x](e.g. this)",
            "wow![1](on p. 3)",
            "x[1][2]",
            "\\[a] (b.md)",
            "[ ] to do",
            "[a-z]",
            "a [b] c",
        ] {
            assert!(found(prose).is_empty(), "{prose}");
        }
    }
}
