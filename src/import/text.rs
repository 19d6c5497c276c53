//! The text of a cell or an item as expectations, labels and examples, and texts as Markdown.

use super::draft::{DraftExample, DraftLine};
use super::mapping::Splitting;
use super::sheet::{BOLD, LINK, LINK_END, LINK_TARGET, with_links};

/// The marks of list items at the start of a line, or between the items of one line.
const BULLETS: [char; 16] = ['•', '●', '○', '▪', '■', '◦', '‣', '⁃', '·', '➢', '➔', '►', '✔', '✓', '*', '–'];

/// The longest text of a line that can be a label.
const MAX_LABEL: usize = 60;

/// A line of a cell.
#[derive(Debug, PartialEq, Eq)]
struct CellLine {
    text: String,
    /// Whether it had a bullet or a number.
    marked: bool,
    indented: bool,
    bold: bool,
}

/// Reads the text of a cell as expectations.
pub(super) fn expectations(text: &str, splitting: Splitting) -> Vec<DraftLine> {
    let lines = cell_lines(text, splitting);
    let any_marked = lines.iter().any(|line| line.marked);
    let mut found: Vec<DraftLine> = Vec::new();
    let mut label = String::new();
    for (at, line) in lines.iter().enumerate() {
        let has_next = lines.get(at + 1).is_some();
        let is_label = line.text.chars().count() <= MAX_LABEL && has_next && !line.marked;
        let ends_with_colon = line.text.ends_with(':');
        if let (Some(example), Some(last)) = (example(&line.text), found.last_mut()) {
            last.examples.push(example);
            continue;
        }
        if is_label && (line.bold || ends_with_colon) {
            line.text.trim_end_matches(':').trim().clone_into(&mut label);
            continue;
        }
        if let Some(last) = found.last_mut() {
            if line.indented && line.marked && at > 0 && !lines[0].indented {
                last.detail.push(line.text.clone());
                continue;
            }
            let continues = any_marked && !line.marked && !line.bold && line.text.starts_with(char::is_lowercase);
            if continues {
                last.text = format!("{} {}", last.text, line.text);
                continue;
            }
        }
        found.push(DraftLine { label: label.clone(), text: line.text.clone(), ..DraftLine::default() });
    }
    found
}

/// The example that a line begins, with its specialism.
pub(super) fn example(line: &str) -> Option<DraftExample> {
    let lower = line.to_lowercase();
    let rest = ["examples:", "example:", "e.g.:", "for example:", "for example,"]
        .iter()
        .find_map(|start| lower.starts_with(start).then(|| line.get(start.len()..)).flatten());
    if let Some(rest) = rest {
        let text = rest.trim();
        return (!text.is_empty()).then(|| DraftExample { text: text.to_owned(), ..DraftExample::default() });
    }
    let inside = lower.starts_with("example (").then(|| line.get("example (".len()..)).flatten()?;
    let (specialism, text) = inside.split_once("):")?;
    Some(DraftExample { specialism: specialism.trim().to_owned(), text: text.trim().to_owned() })
}

/// The examples in the text of a cell that has nothing else.
pub(super) fn examples(text: &str, splitting: Splitting) -> Vec<DraftExample> {
    let splitting = if splitting == Splitting::Auto { Splitting::Bullets } else { splitting };
    let plain =
        |line: CellLine| example(&line.text).unwrap_or(DraftExample { text: line.text, ..DraftExample::default() });
    cell_lines(text, splitting).into_iter().map(plain).collect()
}

fn cell_lines(text: &str, splitting: Splitting) -> Vec<CellLine> {
    let by_lines = !matches!(splitting, Splitting::None | Splitting::Semicolons);
    if !by_lines {
        let text = with_links(text);
        let parts: Vec<&str> = if splitting == Splitting::None { vec![&text] } else { text.split(';').collect() };
        return parts.into_iter().filter_map(|part| line(part, false)).collect();
    }
    let mut lines = Vec::new();
    for one in text.lines() {
        for part in parts_of_line(one) {
            lines.extend(line(part, splitting != Splitting::Lines));
        }
    }
    if splitting == Splitting::Bullets && lines.iter().any(|line| line.marked) {
        return join_unmarked(lines);
    }
    if splitting == Splitting::Auto
        && let [only] = lines.as_slice()
        && let Some(parts) = by_semicolons(&only.text)
    {
        return parts.into_iter().filter_map(|part| line(part, false)).collect();
    }
    lines
}

/// Joins lines without a mark to those before them.
fn join_unmarked(lines: Vec<CellLine>) -> Vec<CellLine> {
    let mut joined: Vec<CellLine> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if !line.marked && last.marked => last.text = format!("{} {}", last.text, line.text),
            _ => joined.push(line),
        }
    }
    joined
}

/// The parts of a text between semicolons, if these divide expectations rather than a sentence.
fn by_semicolons(text: &str) -> Option<Vec<&str>> {
    // The semicolon of `&amp;` divides nothing.
    let is_entity = |before: &str| {
        let name = before.rsplit('&').next().filter(|name| name.len() < before.len());
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
    };
    let cuts = text.match_indices(';').map(|(at, _)| at).filter(|at| !is_entity(&text[..*at]));
    let mut start = 0;
    let mut parts = Vec::new();
    for cut in cuts.chain([text.len()]) {
        parts.extend(Some(text[start..cut].trim()).filter(|part| !part.is_empty()));
        start = (cut + 1).min(text.len());
    }
    let is_start = |part: &&str| part.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    let are_entries = parts.len() > 2 || parts.iter().all(is_start);
    (parts.len() > 1 && are_entries).then_some(parts)
}

/// The items of a line that has several, with bullets between them, or numbers in sequence.
fn parts_of_line(line: &str) -> Vec<&str> {
    let bullets: Vec<char> = BULLETS.into_iter().filter(|c| !matches!(c, '*' | '–' | '·')).collect();
    let mut cuts: Vec<usize> =
        line.char_indices().filter(|(at, c)| *at > 0 && bullets.contains(c)).map(|(at, _)| at).collect();
    if cuts.is_empty() {
        let mut from = 0;
        for number in 1..=99 {
            let find = |mark: &str| {
                let mark = format!("{number}{mark} ");
                line[from..]
                    .match_indices(&mark)
                    .map(|(at, _)| from + at)
                    .find(|at| *at == 0 || line[..*at].ends_with(char::is_whitespace))
            };
            let Some(at) = find(")").or_else(|| find(".")) else { break };
            cuts.push(at);
            from = at + 1;
        }
        let starts =
            cuts.first().is_some_and(|first| line[..*first].trim().is_empty() || line[..*first].trim().ends_with(':'));
        if cuts.len() < 2 || !starts {
            return vec![line];
        }
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for cut in cuts {
        parts.push(&line[start..cut]);
        start = cut;
    }
    parts.push(&line[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn line(text: &str, strip: bool) -> Option<CellLine> {
    let indented = text.starts_with([' ', '\t', '\u{a0}']);
    let bold = text.contains(BOLD) && {
        let trimmed = text.trim();
        trimmed.starts_with(BOLD) && trimmed.ends_with(BOLD) && trimmed.matches(BOLD).count() == 2
    };
    let text = with_links(text);
    let text = text.trim();
    let (rest, marked) = if strip { without_mark(text) } else { (text, false) };
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    (!rest.is_empty()).then_some(CellLine { text: rest, marked, indented, bold })
}

/// A line without the bullet or number at its start, and whether it has one.
pub(super) fn without_mark(line: &str) -> (&str, bool) {
    let after = |rest: &str| rest.starts_with([' ', '\t', '\u{a0}']);
    if let Some(rest) = line.strip_prefix(BULLETS)
        && (after(rest) || !line.starts_with(['*', '–', '·']))
    {
        return (rest.trim_start(), true);
    }
    if let Some(rest) = line.strip_prefix(['-', 'o', '+', '\u{2014}'])
        && after(rest)
        && !rest.trim_start().is_empty()
    {
        return (rest.trim_start(), true);
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let start = if digits == 0 && line.starts_with(|c: char| c.is_ascii_lowercase()) { 1 } else { digits };
    if (1..=2).contains(&start)
        && let Some(rest) = line[start..].strip_prefix([')', '.'])
        && after(rest)
        && (digits > 0 || line[start..].starts_with(')'))
    {
        return (rest.trim_start(), true);
    }
    (line, false)
}

/// Characters that have a meaning in Markdown wherever they are.
const SPECIAL: [char; 13] = ['\\', '`', '*', '_', '[', ']', '<', '{', '}', '|', '~', '&', '^'];

/// A text as Markdown that publishes exactly this text, for the start of a paragraph, an item or a heading. Links to
/// addresses and to pages (`page:Title`) stay links.
pub(crate) fn escape(text: &str) -> String {
    let Some((before, link)) = text.split_once(LINK) else { return escape_plain(text) };
    let parts = link.split_once(LINK_END).and_then(|(link, after)| Some((link.split_once(LINK_TARGET)?, after)));
    let Some(((label, target), after)) = parts else { return escape_plain(&text.replace(LINK, "")) };
    let label = escape_plain(label);
    let link = match target.strip_prefix("page:") {
        Some(title) => format!("[[{title}|{label}]]"),
        None if is_address(target) => format!("[{label}](<{target}>)"),
        None => label,
    };
    // Spaces at the ends of the parts are between words.
    let space = |at_end: bool| if at_end { " " } else { "" };
    let (before_space, after_space) = (before.ends_with(' '), after.starts_with(' '));
    format!("{}{}{link}{}{}", escape_plain(before), space(before_space), space(after_space), escape(after))
}

/// Whether a link's target is an address that can be published.
fn is_address(target: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
        && !target.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '\\'))
}

fn escape_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_number = |rest: &str| {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        (digits > 0 && rest[digits..].starts_with(['.', ')'])).then_some(digits)
    };
    let number = is_number(&text);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let starts = at == 0 && matches!(c, '+' | '-' | '=' | ':' | '>' | '!');
        let is_inner = c == '_' && before.is_alphanumeric() && after.is_alphanumeric();
        let is_mark = c == '#' && before == ' ' || c == ':' && after == ':' || c == '!' && after == '[';
        if SPECIAL.contains(&c) && !is_inner || starts || is_mark || number == Some(at) {
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

    fn texts(cell: &str) -> Vec<String> {
        expectations(cell, Splitting::Auto).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_cell_is_divided_by_what_it_has() {
        assert_eq!(texts("Writes tests.\nReviews code."), ["Writes tests.", "Reviews code."]);
        assert_eq!(texts("• Writes tests • Reviews code"), ["Writes tests", "Reviews code"]);
        assert_eq!(texts("- Writes\n  code\n- Reviews"), ["Writes code", "Reviews"]);
        assert_eq!(texts("1) Asks. 2) Listens."), ["Asks.", "Listens."]);
        assert_eq!(texts("1. Asks.\n2. Listens."), ["Asks.", "Listens."]);
        assert_eq!(texts("Plans; Reviews; ships"), ["Plans", "Reviews", "ships"]);
        assert_eq!(texts("Does it; however, not alone"), ["Does it; however, not alone"]);
        assert_eq!(texts("Version 2. Then more"), ["Version 2. Then more"]);
    }

    #[test]
    fn bold_lines_are_labels_and_examples_belong_to_the_line_before() {
        let cell = format!("{BOLD}Testing{BOLD}\n- Writes tests\n- Example: a parser\nDesign:\n- Draws");
        let lines = expectations(&cell, Splitting::Auto);
        let parts: Vec<(&str, &str, usize)> =
            lines.iter().map(|line| (line.label.as_str(), line.text.as_str(), line.examples.len())).collect();
        assert_eq!(parts, [("Testing", "Writes tests", 1), ("Design", "Draws", 0)]);
    }

    #[test]
    fn a_mapping_decides_what_divides() {
        let of = |cell: &str, splitting| expectations(cell, splitting).len();
        assert_eq!(of("- a\nb\n- c", Splitting::Bullets), 2);
        assert_eq!(of("a; B\nc", Splitting::Semicolons), 2);
        assert_eq!(of("a; B\nc", Splitting::None), 1);
        assert_eq!(of("a; B\nc", Splitting::Lines), 2);
    }
}
