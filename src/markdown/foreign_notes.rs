//! Notes in the markup of other programs as alerts of Markdown.

use std::ops::Range;

use super::paragraph_line::line_break;

/// The kinds of alerts.
const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// The range of the note that begins at a line of `source`, and the note as an alert; `None` if it has a title, is of another
/// kind, or its end is unclear.
pub(super) fn alert_of_note(source: &str, line: &Range<usize>) -> Option<(Range<usize>, String)> {
    let opening = source.get(line.clone())?;
    (line.start == 0 || source[..line.start].ends_with('\n')).then_some(())?;
    let kind = [":::", "!!! "].iter().find_map(|mark| opening.strip_prefix(mark))?.trim().to_ascii_lowercase();
    KINDS.contains(&kind.as_str()).then_some(())?;
    let lines = source[line.end..].split('\n').skip(1).map(str::trim_end);
    let Note { text, end } = if opening.starts_with('!') { indented(lines)? } else { closed(lines)? };
    let line_break = line_break(source, line.start);
    let mut alert = format!("> [!{}]", kind.to_ascii_uppercase());
    for line in text {
        let line = if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
        alert.push_str(line_break);
        alert.push_str(&line);
    }
    let end = end.as_ptr() as usize + end.len() - source.as_ptr() as usize;
    let is_above_text = source[end..].lines().nth(1).is_some_and(|next| !next.trim().is_empty());
    if is_above_text {
        alert.push_str(line_break);
    }
    Some((line.start..end, alert))
}

/// The lines of a note without its markup, and its last line in the source.
struct Note<'s> {
    text: Vec<&'s str>,
    end: &'s str,
}

/// A note whose lines are indented, up to an empty line.
fn indented<'s>(lines: impl Iterator<Item = &'s str>) -> Option<Note<'s>> {
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let text: Option<Vec<&str>> = lines.iter().map(|line| line.strip_prefix("    ")).collect();
    Some(Note { text: text?, end: lines.last()? })
}

/// A note that a line of colons ends. Empty lines around its text are left out.
fn closed<'s>(mut lines: impl Iterator<Item = &'s str>) -> Option<Note<'s>> {
    let mut text = Vec::new();
    let end = lines.find(|line| {
        let is_end = *line == ":::";
        text.extend((!is_end).then_some(*line));
        is_end
    })?;
    // What may begin another block isn't always the same in an alert.
    let is_unclear = |line: &&str| line.starts_with([':', '#', '>', '`', '~', ' ', '\t']);
    if text.iter().any(is_unclear) {
        return None;
    }
    let has_text = |line: &&str| !line.is_empty();
    let (first, last) = (text.iter().position(has_text)?, text.iter().rposition(has_text)?);
    Some(Note { text: text[first..=last].to_vec(), end })
}

#[cfg(test)]
mod tests {
    use super::alert_of_note;

    fn alert(source: &str) -> Option<String> {
        let end = source.find('\n').unwrap_or(source.len());
        let (range, alert) = alert_of_note(source, &(0..end))?;
        Some(alert + &source[range.end..])
    }

    #[test]
    fn a_closed_note_becomes_an_alert() {
        assert_eq!(alert(":::note\nOne.\n\n- Two.\n:::\n").as_deref(), Some("> [!NOTE]\n> One.\n>\n> - Two.\n"));
        assert_eq!(alert("::: tip\r\n\r\nOne.\r\n\r\n:::\r\n").as_deref(), Some("> [!TIP]\r\n> One.\r\n"));
        assert_eq!(alert(":::note\nOne.\n:::\nText.").as_deref(), Some("> [!NOTE]\n> One.\n\nText."));
        assert_eq!(alert("!!! tip\n    One.\n\nText.\n").as_deref(), Some("> [!TIP]\n> One.\n\nText.\n"));
    }

    #[test]
    fn a_note_that_is_unclear_stays() {
        for source in [
            ":::note\nOne.\n",
            ":::info\nOne.\n:::\n",
            ":::note\n:::\n",
            ":::note\n## One\n:::\n",
            "!!! tip \"T\"\n    One.\n",
            "!!! tip\n",
            "!!! tip\nOne.\n",
        ] {
            assert_eq!(alert(source), None, "{source}");
        }
    }
}
