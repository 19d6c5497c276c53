//! Slips of the pen: text that was most likely meant as markup, and would be published as it stands.

use std::ops::Range;

use pulldown_cmark::Event;

use super::build::{Markdown, Origin};
use super::inline::SpannedEvent;
use crate::diagnostic::{Code, nearly, same_letters};

/// What people and word processors put before a list item instead of a hyphen and a space.
const BULLETS: [char; 5] = ['•', '‣', '◦', '▪', '●'];

/// A line of a paragraph: where its first word stands in the file, and its text from there on.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'a> Markdown<'a> {
    /// Notes what in a paragraph was meant as a heading, list item, table or example and is none: each kind once.
    pub(super) fn line_slips(&mut self, events: &[SpannedEvent<'_>], in_item: bool) {
        let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) else { return };
        let Some(text) = self.exactly(&(first.start..last.end)) else { return };
        let lines = lines(text, first.start);
        let is_text = |line: &Line<'_>| {
            let escaped = self.source[..line.start].ends_with('\\');
            let at = |range: &Range<usize>| range.contains(&line.start);
            !escaped && events.iter().any(|(event, range)| matches!(event, Event::Text(_)) && at(range))
        };
        self.heading_slip(lines.iter().find(|line| is_heading(line.text) && is_text(line)));
        self.item_slip(&lines, &is_text);
        self.table_slip(&lines);
        if in_item {
            self.example_slip(lines.first().filter(|line| is_text(line)));
        }
    }

    /// A text of the file, where places are that exact.
    pub(super) fn exactly(&self, range: &Range<usize>) -> Option<&'a str> {
        let source = matches!(self.place, Origin::From(_)).then_some(self.source);
        source.and_then(|source| source.get(range.clone()))
    }

    fn heading_slip(&mut self, line: Option<&Line<'_>>) {
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

    fn item_slip(&mut self, lines: &[Line<'_>], is_text: &dyn Fn(&Line<'_>) -> bool) {
        let found = lines.iter().enumerate().find_map(|(at, line)| {
            let begins = at == 0 || ends_sentence(lines[at - 1].text) || bullet(lines[at - 1].text).is_some();
            let mark = bullet(line.text).filter(|_| begins && is_text(line))?;
            (!matches!(mark, '–' | '—') || self.beside_item(line, mark)).then_some((*line, mark))
        });
        let Some((line, mark)) = found else { return };
        let item = line.text[mark.len_utf8()..].trim();
        let word = item.split_whitespace().next().unwrap_or_default();
        let end = line.text.find(word).map_or(mark.len_utf8(), |at| at + word.len());
        let help = format!("write `- {word}…`; every item begins with a hyphen and a space");
        let span = line.start..line.start + end;
        self.report(Code::NotAListItem, &span, "this looks like a list item, but it isn't one", help);
    }

    /// Whether the line above or below is a list item, or begins with the same mark: a dash may begin a line of prose.
    fn beside_item(&self, line: &Line<'_>, mark: char) -> bool {
        let is_item = |line: &str| {
            let line = line.trim_start();
            line.starts_with(mark) || ["- ", "* ", "+ "].iter().any(|start| line.starts_with(start))
        };
        let start = self.source[..line.start].rfind('\n').unwrap_or(0);
        let above = self.source[..start].lines().next_back().unwrap_or_default();
        let below = self.source[line.start..].lines().nth(1).unwrap_or_default();
        is_item(above) || is_item(below)
    }

    fn table_slip(&mut self, lines: &[Line<'_>]) {
        let is_row = |line: &Line<'_>| {
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

    fn example_slip(&mut self, line: Option<&Line<'_>>) {
        let Some((word, line)) = line.and_then(|line| Some((misspelt_example(line.text)?, line))) else { return };
        let span = line.start..line.start + word.len();
        let message = format!("`{word}` isn't recognized as the start of an example");
        self.report(Code::NotAnExample, &span, message, "did you mean `Example`?");
    }

    /// Notes markers that Git leaves where two versions of a text could not be merged.
    pub(super) fn conflicts(&mut self, text: &str, start: usize) {
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

    /// Notes a fenced code block that nothing closes, for all that follows is in it.
    pub(super) fn unclosed_fence(&mut self, range: &Range<usize>) {
        let Some(block) = self.exactly(range) else { return };
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

fn lines(text: &str, start: usize) -> Vec<Line<'_>> {
    let mut at = start;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        lines.push(Line { start: at + line.len() - words.len(), text: words.trim_end_matches(['\n', '\r']) });
        at += line.len();
    }
    lines
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    match rest.chars().next() {
        Some('\u{a0}') => (1..=6).contains(&marks),
        // A single one may begin a hashtag or the name of a channel.
        Some(next) => (2..=6).contains(&marks) && next.is_alphabetic(),
        None => false,
    }
}

/// What a line begins with, if it may be meant as a list item.
fn bullet(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let (mark, next) = (chars.next()?, chars.next()?);
    let meant = match mark {
        '-' => next.is_alphabetic(),
        '–' | '—' => next.is_whitespace() || next.is_alphabetic(),
        mark => BULLETS.contains(&mark),
    };
    meant.then_some(mark)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', ')', '}'])
}

/// The first word of an item that would be an example if that word were not misspelt: `Exmaple:`, `Exampel (SRE):`.
/// A letter that is another one is no slip (`Exemple` is French).
fn misspelt_example(line: &str) -> Option<&str> {
    let word = line.split(|c: char| !c.is_alphabetic()).next()?;
    let rest = line[word.len()..].trim_start();
    let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest.trim_start());
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches('s');
    let slip = lower != "example" && (lower.len() != 7 || same_letters(lower, "example")) && nearly(lower, "example");
    (slip && rest.starts_with(':')).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_items_are_told_from_prose() {
        assert!(is_heading("##Craft") && is_heading("##\u{a0}Craft"));
        assert!(!is_heading("#channel") && !is_heading("###") && !is_heading("##42"));
        assert_eq!([bullet("-Leads"), bullet("• Leads"), bullet("– Leads")], [Some('-'), Some('•'), Some('–')]);
        assert_eq!([bullet("-5 degrees"), bullet("--flag"), bullet("Leads")], [None; 3]);
    }

    #[test]
    fn only_a_slip_of_the_pen_is_a_misspelt_example() {
        assert_eq!(misspelt_example("Exmaple (Data): one"), Some("Exmaple"));
        assert_eq!(misspelt_example("exampel: two"), Some("exampel"));
        for line in ["Example: a", "Examples: a", "Exemple : a", "Exmaple one", "Sample: a"] {
            assert_eq!(misspelt_example(line), None, "{line}");
        }
    }
}
