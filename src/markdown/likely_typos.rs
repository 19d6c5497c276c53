//! Detection of likely typos in markup, which would be published as text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::foreign_notes::alert_of_note;
use super::inline_marks::SpannedEvent;
use super::paragraph_line::{ParagraphLine, line_start, lines};
use super::parser::{MarkdownParser, TextOrigin};
use super::unknown_markup::unknown_markup;
use crate::diagnostic::catalog::{self, ForeignMarkup, HeadingGap};
use crate::diagnostic::{Applicability, nearly, same_letters};

/// The most words of a text in lower case that is most likely a title.
const MAX_TITLE_WORDS: usize = 4;

impl<'a> MarkdownParser<'a> {
    /// Reports lines of a paragraph that were probably meant as a heading, list item, table, example or a program's markup; each
    /// kind once.
    pub(super) fn report_likely_typos(&mut self, events: &[SpannedEvent<'_>], in_item: bool) {
        let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) else { return };
        // The text of an escaped character begins behind its backslash.
        let is_escaped = self.source[..first.start].ends_with('\\');
        let start = first.start - usize::from(is_escaped);
        let Some(text) = self.verbatim_source(&(start..last.end)) else { return };
        let lines = lines(text, start);
        let texts = events.iter().filter(|(event, _)| matches!(event, Event::Text(_)));
        let texts: Vec<&Range<usize>> = texts.map(|(_, range)| range).collect();
        let is_text = |line: &ParagraphLine<'_>| {
            let start = line.start + usize::from(line.text.starts_with('\\'));
            let after = texts.partition_point(|range| range.start <= start);
            after.checked_sub(1).is_some_and(|at| texts[at].contains(&start))
        };
        if let Some(line) = lines.iter().find(|line| is_heading(line.text) && is_text(line)) {
            self.report_heading_typo(line, in_item);
        }
        self.report_unknown_markup(&lines, &is_text);
        if !self.report_table_typo(&lines) {
            self.report_item_typo(&lines, &is_text);
        }
        self.report_inline_item(events);
        if let Some(first) = lines.first().filter(|line| in_item && is_text(line)) {
            self.report_second_bullet(first);
            self.report_example_typo(first);
        }
    }

    /// A part of the file's source; `None` if the origin of the text is [`TextOrigin::Derived`].
    pub(super) fn verbatim_source(&self, range: &Range<usize>) -> Option<&'a str> {
        let source = matches!(self.origin, TextOrigin::Verbatim(_)).then_some(self.source);
        source.and_then(|source| source.get(range.clone()))
    }

    fn report_heading_typo(&mut self, line: &ParagraphLine<'_>, in_item: bool) {
        let rest = line.text.trim_start_matches('#');
        let (marks, title) = (&line.text[..line.text.len() - rest.len()], rest.trim());
        let gap = if rest.starts_with('\u{a0}') { HeadingGap::NoBreakSpace } else { HeadingGap::Nothing };
        let whole = line_start(self.source, line.start);
        let before = &self.source[whole..line.start];
        let start = match before.trim_matches(' ') {
            "" if before.is_empty() || !in_item => Some(whole),
            ">" => Some(line.start),
            _ => None,
        };
        let text_start = line.start + line.text.trim_end().len() - rest.trim_start().trim_end().len();
        let start = start.map(|start| self.span(&(start..text_start)));
        let is_title = title.split_whitespace().count() <= MAX_TITLE_WORDS || title.starts_with(char::is_uppercase);
        let applicability = if is_title { Applicability::MachineApplicable } else { Applicability::Suggestion };
        let span = self.span(&line.span());
        self.push(catalog::heading_without_space(span, marks, title, gap, start, applicability));
    }

    fn report_unknown_markup(&mut self, lines: &[ParagraphLine<'_>], is_text: &dyn Fn(&ParagraphLine<'_>) -> bool) {
        let found = lines.iter().filter(|line| is_text(line));
        let found: Vec<_> = found.filter_map(|line| Some((line, unknown_markup(line.text)?))).collect();
        let Some((line, first)) = found.first() else { return };
        if *first == ForeignMarkup::Tag {
            let tags = found.iter().filter(|(_, markup)| *markup == ForeignMarkup::Tag);
            let tags = tags.map(|(line, markup)| catalog::unknown_markup(self.span(&line.span()), *markup, None));
            self.repeated.extend(tags.collect::<Vec<_>>());
            return;
        }
        let span = line.span();
        let alert = alert_of_note(self.source, &span).map(|(range, alert)| (self.span(&range), alert));
        self.push(catalog::unknown_markup(self.span(&span), *first, alert));
    }

    fn report_example_typo(&mut self, line: &ParagraphLine<'_>) {
        let Some(word) = misspelled_example(line.text) else { return };
        let span = self.span(&(line.start..line.start + word.len()));
        self.push(catalog::misspelled_example(span, word));
    }
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
    fn headings_are_distinguished_from_prose() {
        assert!(is_heading("##Craft") && is_heading("##\u{a0}Craft"));
        assert!(!is_heading("#channel") && !is_heading("###") && !is_heading("##42"));
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
