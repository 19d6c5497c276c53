//! Detection of likely typos in markup, which would be published as text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::inline_marks::SpannedEvent;
use super::parser::{MarkdownParser, TextOrigin};
use crate::diagnostic::{Code, nearly, same_letters};

/// Bullet characters that people and word processors write instead of a hyphen.
const BULLETS: [char; 5] = ['•', '‣', '◦', '▪', '●'];

/// A line of a paragraph, without indentation and quote markers.
#[derive(Clone, Copy)]
struct ParagraphLine<'t> {
    /// The offset of the text in the file.
    start: usize,
    text: &'t str,
}

impl<'a> MarkdownParser<'a> {
    /// Reports lines of a paragraph that were probably meant as a heading, list item, table or example; each kind once.
    pub(super) fn report_likely_typos(&mut self, events: &[SpannedEvent<'_>], in_item: bool) {
        let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) else { return };
        let Some(text) = self.verbatim_source(&(first.start..last.end)) else { return };
        let lines = lines(text, first.start);
        let is_text = |line: &ParagraphLine<'_>| {
            let escaped = self.source[..line.start].ends_with('\\');
            let at = |range: &Range<usize>| range.contains(&line.start);
            !escaped && events.iter().any(|(event, range)| matches!(event, Event::Text(_)) && at(range))
        };
        self.report_heading_typo(lines.iter().find(|line| is_heading(line.text) && is_text(line)));
        self.report_item_typo(&lines, &is_text);
        self.report_table_typo(&lines);
        if in_item {
            self.report_example_typo(lines.first().filter(|line| is_text(line)));
        }
    }

    /// A part of the file's source; `None` if the origin of the text is [`TextOrigin::Derived`].
    pub(super) fn verbatim_source(&self, range: &Range<usize>) -> Option<&'a str> {
        let source = matches!(self.origin, TextOrigin::Verbatim(_)).then_some(self.source);
        source.and_then(|source| source.get(range.clone()))
    }

    fn report_heading_typo(&mut self, line: Option<&ParagraphLine<'_>>) {
        let Some(line) = line else { return };
        let rest = line.text.trim_start_matches('#');
        let (marks, title) = (&line.text[..line.text.len() - rest.len()], rest.trim());
        let span = line.start..line.start + line.text.trim_end().len();
        let message = if rest.starts_with('\u{a0}') {
            format!("this isn't a heading: the space after `{marks}` is a no-break space")
        } else {
            format!("this isn't a heading: there's no space after `{marks}`")
        };
        let help = format!("write `{marks} {title}`, with a regular space; to show the `#`, write `\\{marks}{title}`");
        self.report(Code::NotAHeading, &span, message, help);
    }

    fn report_item_typo(&mut self, lines: &[ParagraphLine<'_>], is_text: &dyn Fn(&ParagraphLine<'_>) -> bool) {
        let found = lines.iter().enumerate().find_map(|(at, line)| {
            let begins = at == 0 || ends_sentence(lines[at - 1].text) || bullet(lines[at - 1].text).is_some();
            let mark = bullet(line.text).filter(|_| begins && is_text(line))?;
            (!matches!(mark, '–' | '—') || self.is_next_to_item(line, mark)).then_some((*line, mark))
        });
        let Some((line, mark)) = found else { return };
        let item = line.text[mark.len_utf8()..].trim();
        let word = item.split_whitespace().next().unwrap_or_default();
        let end = line.text.find(word).map_or(mark.len_utf8(), |at| at + word.len());
        let help = format!("write `- {word}…`; every item begins with a hyphen and a space");
        let span = line.start..line.start + end;
        self.report(Code::NotAListItem, &span, "this looks like a list item, but it isn't one", help);
    }

    /// Returns whether the line above or below is a list item or begins with the same character. Without one, a dash may
    /// be punctuation.
    fn is_next_to_item(&self, line: &ParagraphLine<'_>, mark: char) -> bool {
        let is_item = |line: &str| {
            let line = line.trim_start();
            line.starts_with(mark) || ["- ", "* ", "+ "].iter().any(|start| line.starts_with(start))
        };
        let start = self.source[..line.start].rfind('\n').unwrap_or(0);
        let above = self.source[..start].lines().next_back().unwrap_or_default();
        let below = self.source[line.start..].lines().nth(1).unwrap_or_default();
        is_item(above) || is_item(below)
    }

    fn report_table_typo(&mut self, lines: &[ParagraphLine<'_>]) {
        let is_row = |line: &ParagraphLine<'_>| {
            let line = line.text.trim();
            line.len() > 2 && line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2
        };
        let [head, _, ..] = lines else { return };
        if lines.iter().all(is_row) {
            let columns = head.text.trim().trim_matches('|').split('|').count();
            let rule = format!("|{}", " --- |".repeat(columns));
            let span = head.start..head.start + head.text.trim_end().len();
            let message = format!(
                "this looks like a table, but the line `{rule}` is missing below the column \
                headings"
            );
            self.report(Code::NotATable, &span, message, "add that line to turn the rows into a table");
        }
    }

    fn report_example_typo(&mut self, line: Option<&ParagraphLine<'_>>) {
        let Some((word, line)) = line.and_then(|line| Some((misspelled_example(line.text)?, line))) else { return };
        let span = line.start..line.start + word.len();
        let message = format!("`{word}` isn't recognised as the start of an example");
        self.report(Code::NotAnExample, &span, message, "did you mean `Example`?");
    }

    /// Reports the first conflict marker of Git outside of code.
    pub(super) fn report_merge_conflict(&mut self, text: &str, start: usize) {
        let mut fence = None;
        let mut at = start;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end();
            if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark)) {
                fence = match fence {
                    None => Some(mark),
                    Some(open) if open == mark => None,
                    open => open,
                };
            } else if fence.is_none() && (bare.starts_with("<<<<<<< ") || bare == "<<<<<<<") {
                let help = "keep the right version, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
                return self.report(
                    Code::MergeConflict,
                    &(at..at + bare.len()),
                    "there's an unresolved merge conflict \
                    here",
                    help,
                );
            }
            at += line.len();
        }
    }

    /// Reports a fenced code block that is never closed, and so contains the rest of the text.
    pub(super) fn report_unclosed_fence(&mut self, range: &Range<usize>) {
        let Some(block) = self.verbatim_source(range) else { return };
        let bare = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).to_owned();
        let mut lines = block.lines();
        let first = bare(lines.next().unwrap_or_default());
        let length = first.len() - first.trim_start_matches(['`', '~']).len();
        let mark = &first[..length];
        let last = lines.next_back().map(bare).unwrap_or_default();
        let closed = last.starts_with(mark) && last.chars().all(|c| mark.starts_with(c));
        if !closed {
            let help = format!("close it with a line that contains only {mark}");
            let span = range.start..range.start + first.len();
            self.report(
                Code::UnclosedBlock,
                &span,
                "this code block is never closed, so it includes everything below",
                help,
            );
        }
    }
}

fn lines(text: &str, start: usize) -> Vec<ParagraphLine<'_>> {
    let mut at = start;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        lines.push(ParagraphLine { start: at + line.len() - words.len(), text: words.trim_end_matches(['\n', '\r']) });
        at += line.len();
    }
    lines
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    match rest.chars().next() {
        Some('\u{a0}') => (1..=6).contains(&marks),
        // A single `#` may begin a hashtag or the name of a chat channel.
        Some(next) => (2..=6).contains(&marks) && next.is_alphabetic(),
        None => false,
    }
}

/// The first character of a line, if it looks like the bullet of a list item.
fn bullet(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let (mark, next) = (chars.next()?, chars.next()?);
    let is_bullet = match mark {
        '-' => next.is_alphabetic(),
        '–' | '—' => next.is_whitespace() || next.is_alphabetic(),
        mark => BULLETS.contains(&mark),
    };
    is_bullet.then_some(mark)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', ')', '}'])
}

/// The misspelled first word of a list item that would otherwise be an example: `Exmaple:`, `Exampel (SRE):`. A
/// substituted letter is no typo (`Exemple` is French).
fn misspelled_example(line: &str) -> Option<&str> {
    let word = line.split(|c: char| !c.is_alphabetic()).next()?;
    let rest = line[word.len()..].trim_start();
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest.trim_start());
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches('s');
    let is_typo =
        lower != "example" && (lower.len() != 7 || same_letters(lower, "example")) && nearly(lower, "example");
    (is_typo && rest.starts_with(':')).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_items_are_distinguished_from_prose() {
        assert!(is_heading("##Craft") && is_heading("##\u{a0}Craft"));
        assert!(!is_heading("#channel") && !is_heading("###") && !is_heading("##42"));
        assert_eq!([bullet("-Leads"), bullet("• Leads"), bullet("– Leads")], [Some('-'), Some('•'), Some('–')]);
        assert_eq!([bullet("-5 degrees"), bullet("--flag"), bullet("Leads")], [None; 3]);
    }

    #[test]
    fn only_a_likely_typo_is_a_misspelled_example() {
        assert_eq!(misspelled_example("Exmaple (Data): one"), Some("Exmaple"));
        assert_eq!(misspelled_example("exampel: two"), Some("exampel"));
        for line in ["Example: a", "Examples: a", "Exemple : a", "Exmaple one", "Sample: a"] {
            assert_eq!(misspelled_example(line), None, "{line}");
        }
    }
}
