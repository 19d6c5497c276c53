//! Detection of likely typos in markup, which would be published as text.

use std::ops::Range;

use pulldown_cmark::Event;

use super::bullets::{Bullet, Certainty, bullet, second_bullet};
use super::inline_marks::{SpannedEvent, is_line_break};
use super::paragraph_line::{INDENTATION, ParagraphLine, lines};
use super::parser::{MarkdownParser, TextOrigin};
use super::unknown_markup::unknown_markup;
use crate::diagnostic::{Code, nearly, same_letters};

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
        let is_text = |line: &ParagraphLine<'_>| {
            let start = line.start + usize::from(line.text.starts_with('\\'));
            events.iter().any(|(event, range)| matches!(event, Event::Text(_)) && range.contains(&start))
        };
        self.report_heading_typo(lines.iter().find(|line| is_heading(line.text) && is_text(line)));
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
        let help = format!("write `{marks} {title}`, with a regular space");
        // A title most likely names a cell, whose name would be reported with a backslash too.
        let is_short = title.split_whitespace().count() <= MAX_TITLE_WORDS;
        let help = if is_short || title.starts_with(char::is_uppercase) {
            help
        } else {
            format!("{help}; to show the `#`, write `\\{marks}{title}`")
        };
        self.report(Code::NotAHeading, &span, message, help);
    }

    fn report_unknown_markup(&mut self, lines: &[ParagraphLine<'_>], is_text: &dyn Fn(&ParagraphLine<'_>) -> bool) {
        let mut found = lines.iter().filter_map(|line| Some((line, unknown_markup(line.text)?)));
        let Some((line, help)) = found.find(|(line, _)| is_text(line)) else { return };
        let span = line.start..line.start + line.text.trim_end().len();
        let message = "this is markup of another program, so it would be published as text";
        self.report(Code::UnknownMarkup, &span, message, help);
    }

    fn report_item_typo(&mut self, lines: &[ParagraphLine<'_>], is_text: &dyn Fn(&ParagraphLine<'_>) -> bool) {
        let found = lines.iter().enumerate().find_map(|(at, line)| {
            let above = at.checked_sub(1).map(|above| lines[above].text);
            let found = bullet(line.text).filter(|bullet| bullet.begins_item(above))?;
            (self.begins_source_line(line) && is_text(line)).then_some(())?;
            let is_item = found.certainty == Certainty::Certain || self.has_neighbour(line, found);
            is_item.then_some((*line, found))
        });
        let Some((line, bullet)) = found else { return };
        let word = bullet.text.split_whitespace().next().unwrap_or_default();
        let help = format!("write `- {word}…`; every item begins with a hyphen and a space");
        let span = line.start..line.start + line.text.len() - bullet.text.len() + word.len();
        self.report(Code::NotAListItem, &span, "this looks like a list item, but it isn't one", help);
    }

    /// Reports a single hyphen below a text, which makes a heading of it: an item without text was meant. Returns whether
    /// there's one.
    pub(super) fn report_accidental_heading(&mut self, heading: &Range<usize>) -> bool {
        let heading = self.source_range(heading);
        let Some(source) = self.verbatim_source(&heading).map(str::trim_end) else { return false };
        let Some(above) = source.strip_suffix('-').map(|above| above.trim_end_matches(INDENTATION)) else {
            return false;
        };
        if !above.ends_with('\n') {
            return false;
        }
        let span = heading.start + source.len() - 1..heading.start + source.len();
        let help = "write a text after it, or remove it; for a heading, write `## …`";
        self.report(Code::NotAListItem, &span, "this `-` turns the line above into a heading", help);
        true
    }

    /// Reports a second bullet at the start of a list item.
    fn report_second_bullet(&mut self, line: &ParagraphLine<'_>) {
        let Some(bullet) = second_bullet(line.text).filter(|_| !self.begins_source_line(line)) else { return };
        let word = bullet.text.split_whitespace().next().unwrap_or_default();
        let message = format!("this list item begins with a second bullet, `{}`", bullet.mark);
        let help = format!("write `- {word}…`, without the `{}`", bullet.mark);
        self.report(Code::NotAListItem, &(line.start..line.start + bullet.mark.len()), message, help);
    }

    /// Reports the first list item inside a line: behind a `<br>`, or a bullet behind a sentence.
    fn report_inline_item(&mut self, events: &[SpannedEvent<'_>]) {
        let after_break = events.windows(2).find_map(|pair| match (&pair[0].0, &pair[1]) {
            (Event::InlineHtml(_), (Event::Text(text), range)) if is_line_break(&pair[0].0) => {
                let text = text.trim_start();
                let is_item = ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark));
                let is_bullet = bullet(text).is_some_and(|found| found.certainty == Certainty::Certain);
                (is_item || is_bullet).then_some(range.start..range.end)
            }
            _ => None,
        });
        let after_sentence = || {
            events.iter().find_map(|(event, range)| match event {
                Event::Text(text) if text.len() == range.len() => {
                    let at = bullet_after_sentence(text)?;
                    Some(range.start + at..range.end)
                }
                _ => None,
            })
        };
        let Some(span) = after_break.or_else(after_sentence) else { return };
        let source = self.source.get(span.clone()).unwrap_or_default();
        let start = span.start + source.len() - source.trim_start().len();
        let mark = source.trim_start().chars().next().map_or(0, char::len_utf8);
        let message = "this looks like a list item, but it's in the middle of a text";
        let help = "begin a new line with a hyphen and a space, `- …`, for each item";
        self.report(Code::NotAListItem, &(start..start + mark), message, help);
    }

    /// Reports an indented code block that is a list of a word processor.
    pub(super) fn report_indented_bullets(&mut self, block: &Range<usize>) {
        let lines = self.verbatim_source(block).map(|text| lines(text, block.start)).unwrap_or_default();
        let Some(line) = lines.iter().find(|line| !line.text.trim().is_empty()) else { return };
        let is_list = bullet(line.text).is_some_and(|found| found.certainty == Certainty::Certain);
        if is_list && !line.text.starts_with('-') {
            let message = "this looks like a list, but the white space before it makes it a code block";
            let help = "begin each item with a hyphen and a space, at the start of the line";
            self.report(Code::NotAListItem, &(line.start..line.start + line.text.trim_end().len()), message, help);
        }
    }

    /// Returns whether a line isn't the text of an item with a marker of Markdown's, which may begin with any symbol.
    fn begins_source_line(&self, line: &ParagraphLine<'_>) -> bool {
        let before = self.source[..line.start].trim_end_matches(INDENTATION);
        before.is_empty() || before.ends_with('\n')
    }

    /// Returns whether the line above or below is an item of the same list. So is a line above that belongs to a list item or
    /// a quote, if this line, which continues its text, isn't indented.
    fn has_neighbour(&self, line: &ParagraphLine<'_>, bullet: Bullet<'_>) -> bool {
        let start = self.source[..line.start].rfind('\n').unwrap_or(0);
        let above = self.source[..start].lines().next_back().unwrap_or_default();
        let is_at_margin = self.source[start..line.start].trim_start_matches('\n').is_empty();
        if is_at_margin && above.starts_with([' ', '\t', '>']) && !above.trim().is_empty() {
            return true;
        }
        let below = self.source[line.start..].lines().nth(1).unwrap_or_default();
        let indentation = line.start - self.source[..line.start].rfind('\n').map_or(0, |end| end + 1);
        bullet.is_neighbour_of(indentation, above) || bullet.is_neighbour_of(indentation, below)
    }

    fn report_example_typo(&mut self, line: &ParagraphLine<'_>) {
        let Some(word) = misspelled_example(line.text) else { return };
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

/// The position of a bullet between a sentence and one that begins with a capital.
fn bullet_after_sentence(text: &str) -> Option<usize> {
    let found = |(at, bullet): &(usize, &str)| {
        let (before, after) = (text[..*at].trim_end(), text[at + bullet.len()..].trim_start());
        before.ends_with(['.', '!', '?', ';']) && after.starts_with(char::is_uppercase)
    };
    text.match_indices(['•', '‣', '◦', '▪', '●', '○', '■']).find(found).map(|(at, _)| at)
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
