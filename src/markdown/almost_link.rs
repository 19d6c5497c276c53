//! Text that was most likely meant as a link or a footnote, and would be published as it stands.

use std::ops::Range;

use super::build::Markdown;
use crate::diagnostic::Code;

/// What is wrong with something that is almost a link.
#[derive(Debug, PartialEq)]
struct AlmostLink {
    place: Range<usize>,
    message: String,
    help: String,
}

impl Markdown<'_> {
    /// Notes what in a text of the file is almost a link.
    pub(super) fn link_slips(&mut self, range: &Range<usize>) {
        let Some(text) = self.exactly(range).filter(|text| text.contains('[')) else { return };
        for almost in almost_links(text) {
            let span = range.start + almost.place.start..range.start + almost.place.end;
            let help = format!("{}; if it's meant as text, put `\\` before the `[`", almost.help);
            self.report(Code::NotALink, &span, almost.message, help);
        }
    }
}

fn almost_links(text: &str) -> Vec<AlmostLink> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|offset| at + offset) {
        at = open + 1;
        let before = text[..open].chars().next_back();
        if before == Some('\\') {
            continue;
        }
        let line = beginning(&text[open..]);
        let almost = wikilink(line).or_else(|| footnote(line)).or_else(|| {
            let (label, rest) = line[1..].split_once(']')?;
            (!label.is_empty()).then_some(())?;
            inline(line, label, rest).or_else(|| reference(label, rest, before))
        });
        if let Some(almost) = almost {
            at = open + almost.place.end;
            found.push(AlmostLink { place: open..at, ..almost });
        }
    }
    found
}

/// The rest of a line, or as much of it as a link may be long.
fn beginning(text: &str) -> &str {
    const LONGEST: usize = 300;
    let end = text.char_indices().take(LONGEST).find(|(_, c)| *c == '\n').map(|(at, _)| at);
    let end = end.or_else(|| text.char_indices().nth(LONGEST).map(|(at, _)| at));
    &text[..end.unwrap_or(text.len())]
}

/// `[[ic/staff]`
fn wikilink(line: &str) -> Option<AlmostLink> {
    let rest = line.strip_prefix("[[")?;
    let end = rest.find([']', '[']).unwrap_or(rest.len());
    let (name, closed) = (&rest[..end], rest[end..].starts_with("]]"));
    if closed || name.trim().is_empty() || !name.starts_with(char::is_alphanumeric) {
        return None;
    }
    let one = rest[end..].starts_with(']');
    let message = "this looks like a link, but its `]]` is missing".to_owned();
    let help = if one { format!("write `[[{name}]]`") } else { "end it with `]]`".to_owned() };
    Some(AlmostLink { place: 0..if one { 2 + end + 1 } else { 2 }, message, help })
}

/// `[^1]`
fn footnote(line: &str) -> Option<AlmostLink> {
    let (label, _) = line.strip_prefix("[^")?.split_once(']')?;
    if label.is_empty() || label.contains(char::is_whitespace) {
        return None;
    }
    let message = format!("this looks like a footnote, but the page has no line `[^{label}]: …`");
    let help = format!("write the footnote's text on its own line: `[^{label}]: …`");
    Some(AlmostLink { place: 0..label.len() + 3, message, help })
}

/// `[label](an address.md)`, `[label] (address.md)`, `[label](address.md`
fn inline(line: &str, label: &str, rest: &str) -> Option<AlmostLink> {
    let before = label.len() + 2;
    let (gap, rest) = rest.find('(').filter(|at| rest[..*at].trim().is_empty()).map(|at| rest.split_at(at))?;
    let inside = &rest[1..];
    let (address, closed) = match inside.find(')') {
        Some(end) => (&inside[..end], true),
        None => (inside.split_whitespace().next().unwrap_or_default(), false),
    };
    let place = 0..before + gap.len() + 1 + address.len() + usize::from(closed);
    let told = |why: &str, right: String| {
        let message = format!("this looks like a link, but {why}");
        Some(AlmostLink { place, message, help: format!("write `{right}`") })
    };
    if !is_address(address) {
        return None;
    }
    if !gap.is_empty() {
        return told("there's a space before its `(`", format!("[{label}]({address})"));
    }
    if !closed {
        return told("its `)` is missing", format!("{}{address})", &line[..=before]));
    }
    if address.contains(' ') && !address.contains('"') {
        return told("its address has a space in it", format!("[{label}](<{address}>)"));
    }
    None
}

/// Whether a text is an address rather than words in brackets.
fn is_address(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    let starts = ["http://", "https://", "mailto:", "./", "../"].iter().any(|start| text.starts_with(start));
    starts || text.starts_with('#') && text.len() > 1 || [".md", ".html"].iter().any(|ending| path.ends_with(ending))
}

/// `[label][name]` without a line `[name]: address`
fn reference(label: &str, rest: &str, before: Option<char>) -> Option<AlmostLink> {
    let (name, _) = rest.strip_prefix('[')?.split_once(']')?;
    let indexed = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')'));
    if indexed || name.is_empty() || name.starts_with(['^', '[']) {
        return None;
    }
    let message = format!("this looks like a link, but the page has no line `[{name}]: address`");
    let help = format!("write `[{label}](address)`, or `[[name|{label}]]` for a page of this guide");
    Some(AlmostLink { place: 0..label.len() + name.len() + 4, message, help })
}

#[cfg(test)]
mod tests {
    use super::almost_links;

    #[test]
    fn what_is_almost_a_link_is_found_and_prose_in_brackets_is_not() {
        let found = |text: &'static str| almost_links(text).into_iter().map(|one| &text[one.place]).collect::<Vec<_>>();
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
