//! Detection of lines that were probably meant as list items.

use std::ops::Range;

use pulldown_cmark::Event;

use super::bullets::{Bullet, Certainty, bullet, same_list, second_bullet};
use super::inline_marks::{SpannedEvent, is_line_break};
use super::marker_characters::{is_emoji, is_numbered, is_state};
use super::paragraph_line::{INDENTATION, ParagraphLine, line_break, line_start, lines};
use super::parser::MarkdownParser;
use crate::diagnostic::{Applicability, catalog};

impl<'a> MarkdownParser<'a> {
    /// Reports the first line of a paragraph that was probably meant as a list item, with a fix for all such lines. It's
    /// certain if all items have one marker, which may otherwise mean something such as the level of an item, and if no other
    /// line may be an item, because Markdown would join that to the text of the item above.
    pub(super) fn report_item_typo(
        &mut self,
        lines: &[ParagraphLine<'_>],
        is_text: &dyn Fn(&ParagraphLine<'_>) -> bool,
    ) {
        let possible = lines.iter().map(|line| {
            bullet(line.text).filter(|_| self.begins_source_line(line) && is_text(line)).map(|found| (line, found))
        });
        let possible: Vec<_> = possible.collect();
        let is_item = possible.iter().enumerate().map(|(at, found)| {
            let above = at.checked_sub(1).map(|above| lines[above].text);
            found.is_some_and(|(line, found)| {
                found.begins_item(above) && (found.certainty == Certainty::Certain || self.has_neighbour(line, found))
            })
        });
        let mut is_item: Vec<bool> = is_item.collect();
        let are_clear = possible.iter().zip(&is_item).all(|(found, is_item)| match found {
            Some((_, found)) if *is_item => found.only_marks_item(),
            Some((_, found)) => found.is_likely_prose(),
            None => true,
        });
        // The first of several lines with the same marker is an item if the next one is.
        for at in (1..lines.len()).rev() {
            if let (true, Some((_, above)), Some((_, found))) = (is_item[at], possible[at - 1], possible[at]) {
                is_item[at - 1] |= same_list(above.mark, found.mark);
            }
        }
        let found: Vec<_> =
            possible.iter().zip(is_item).filter_map(|(found, is_item)| found.filter(|_| is_item)).collect();
        let Some((line, first)) = found.first() else { return };
        let text_start =
            |line: &ParagraphLine<'_>, bullet: Bullet<'_>| line.start + line.text.len() - bullet.text.len();
        let is_first_line = found[0].0.start == lines[0].start;
        let edits = found.iter().enumerate().map(|(nth, (line, bullet))| {
            let marker = line.start..text_start(line, *bullet);
            let text = item_start(&self.source[marker.clone()], *bullet, nth + 1, is_first_line);
            (self.span(&marker), text)
        });
        // A fence would begin a code block.
        let begins_code = found.iter().any(|(_, bullet)| ["```", "~~~"].iter().any(|it| bullet.text.starts_with(it)));
        let edits: Vec<_> = edits.filter(|_| !begins_code).collect();
        // A single dash may also begin the name of someone quoted.
        let is_below_quote = || {
            let end = line_start(self.source, line.start).saturating_sub(1);
            self.source[line_start(self.source, end)..end].starts_with('>')
        };
        let is_single_dash =
            found.len() == 1 && first.may_be_punctuation() && (first.mark.starts_with(['—', '―']) || is_below_quote());
        let is_clear = are_clear && !is_single_dash && self.have_one_marker_per_level(&found);
        let applicability = if is_clear { Applicability::MachineApplicable } else { Applicability::Suggestion };
        let word = first.text.split_whitespace().next().unwrap_or_default();
        let span = self.span(&(line.start..text_start(line, *first) + word.len()));
        let written = item_start(&self.source[line.start..text_start(line, *first)], *first, 1, is_first_line);
        self.push(catalog::unknown_list_marker(span, (&written, first.text), edits, applicability));
    }

    /// Returns whether all items with the same indentation have the same marker.
    fn have_one_marker_per_level(&self, items: &[(&ParagraphLine<'_>, Bullet<'_>)]) -> bool {
        items.iter().all(|(line, bullet)| {
            let first = items.iter().find(|(other, _)| self.indentation(other) == self.indentation(line));
            first.is_some_and(|(_, first)| first.mark == bullet.mark)
        })
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
        let end = heading.start + source.len();
        let after = &self.source[end..];
        let line_end = end + after.split_inclusive('\n').next().map_or(0, str::len);
        let line = self.span(&(line_start(self.source, end)..line_end));
        self.push(catalog::hyphen_makes_heading(self.span(&(end - 1..end)), line));
        true
    }

    /// Reports a second bullet at the start of a list item.
    pub(super) fn report_second_bullet(&mut self, line: &ParagraphLine<'_>) {
        let Some(bullet) = second_bullet(line.text).filter(|_| !self.begins_source_line(line)) else { return };
        let start = line.start;
        let marker = self.span(&(start..start + line.text.len() - bullet.text.len()));
        let span = self.span(&(start..start + bullet.mark.len()));
        self.repeated.push(catalog::second_bullet(span, bullet.mark, bullet.text, marker));
    }

    /// Reports the first list item inside a line: behind a `<br>`, or a bullet behind a sentence. Its fix has all of them.
    pub(super) fn report_inline_item(&mut self, events: &[SpannedEvent<'_>]) {
        let after_break = events.windows(2).filter_map(|pair| match pair {
            [(Event::InlineHtml(_), separator), (Event::Text(text), range)] if is_line_break(&pair[0].0) => {
                let text = text.trim_start();
                let is_item = ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark));
                let is_bullet = bullet(text).is_some_and(|found| found.certainty == Certainty::Certain);
                (is_item || is_bullet).then_some((separator.start, range.start))
            }
            _ => None,
        });
        let after_sentence = events.iter().flat_map(|(event, range)| match event {
            Event::Text(text) if text.len() == range.len() => bullets_after_sentences(text)
                .chain(numbers_after_sentences(text))
                .map(|at| (range.start + text[..at].trim_end().len(), range.start + at))
                .collect(),
            _ => Vec::new(),
        });
        let mut found: Vec<_> = after_break.collect();
        if found.is_empty() {
            found.extend(after_sentence);
        }
        let Some((_, first)) = found.first() else { return };
        let (start, mark) = self.mark_at(*first);
        let markers = found.iter().map(|(separator, at)| {
            let (start, mark) = self.mark_at(*at);
            let rest = self.source.get(start + mark..).unwrap_or_default();
            let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.span(&(*separator..start + mark + gap))
        });
        let markers = markers.collect();
        let line = self.new_item(events.first().map_or(start, |(_, range)| range.start));
        self.repeated.push(catalog::item_inside_line(self.span(&(start..start + mark)), markers, &line));
    }

    /// The start and the length of the first character, or number, from a byte on that isn't white space.
    fn mark_at(&self, byte: usize) -> (usize, usize) {
        let source = self.source.get(byte..).unwrap_or_default();
        let text = source.trim_start();
        // A number is a mark with its sign.
        let number = text.trim_start_matches('(').trim_start_matches(|c: char| c.is_ascii_digit());
        let length = match number.strip_prefix(')').filter(|_| number.len() < text.len()) {
            Some(after) => text.len() - after.len(),
            None => text.chars().next().map_or(0, char::len_utf8),
        };
        (byte + source.len() - text.len(), length)
    }

    /// The text that begins a new list item in place of a separator in a text that begins at a byte: an item of the same
    /// list, if the text is one.
    fn new_item(&self, text_start: usize) -> String {
        let before = &self.source[line_start(self.source, text_start)..text_start];
        let indentation = &before[..before.len() - before.trim_start_matches(INDENTATION).len()];
        format!("{}{indentation}- ", line_break(self.source, text_start))
    }

    /// Reports an indented code block that is a list of a word processor.
    pub(super) fn report_indented_bullets(&mut self, block: &Range<usize>, in_item: bool) {
        let lines = self.verbatim_source(block).map(|text| lines(text, block.start)).unwrap_or_default();
        let lines: Vec<_> = lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let Some(first) = lines.first() else { return };
        let certain = |line: &ParagraphLine<'_>| {
            bullet(line.text).filter(|found| found.certainty == Certainty::Certain).map(|found| found.text.len())
        };
        if certain(first).is_none() || first.text.starts_with('-') {
            return;
        }
        let marker = |line: &ParagraphLine<'_>| {
            let start = line_start(self.source, line.start);
            Some(self.span(&(start..line.start + line.text.len() - certain(line)?)))
        };
        let is_at_margin = !in_item && lines.iter().all(|line| self.indentation(line) == self.indentation(first));
        let markers = if is_at_margin { lines.iter().map(marker).collect() } else { None };
        self.push(catalog::indented_bullets(self.span(&first.span()), markers.unwrap_or_default()));
    }

    /// The white space before a line.
    fn indentation(&self, line: &ParagraphLine<'_>) -> &'a str {
        &self.source[line_start(self.source, line.start)..line.start]
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
}

/// What the `nth` item of a list begins with in Markdown, in place of a marker and the white space after it. A number stays
/// one, unless it would be text, and so does a mark with a meaning of its own.
fn item_start(written: &str, bullet: Bullet<'_>, nth: usize, is_first_line: bool) -> String {
    let mark = written.trim();
    let is_check_box = matches!(bullet.mark, "[ ]" | "[x]" | "[X]");
    if is_check_box || bullet.mark.starts_with(|c| c == ':' || is_emoji(c) || is_state(c)) {
        return format!("- {mark} ");
    }
    if !is_numbered(bullet.mark) {
        return "- ".to_owned();
    }
    let digits = mark.trim_matches(|c: char| !c.is_ascii_digit());
    let is_letter = !mark.contains(char::is_numeric);
    match digits.parse::<usize>().ok().or(is_letter.then_some(nth)) {
        // Below a text, only the number 1 begins a list.
        Some(number) if is_first_line || !is_letter && (nth > 1 || number == 1) => format!("{number}. "),
        Some(_) => "- ".to_owned(),
        None => format!("- {mark} "),
    }
}

/// The positions of the numbers from 2 on that are between a sentence and one that begins with a capital: `2) Listens.`
fn numbers_after_sentences(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(char::is_whitespace) {
        let start = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let number = (found.len() + 2).to_string();
        let rest = text[start..].strip_prefix('(').unwrap_or(&text[start..]);
        let after = rest.strip_prefix(number.as_str()).and_then(|rest| rest.strip_prefix(')'));
        let is_item = after.is_some_and(|after| after.trim_start().starts_with(char::is_uppercase));
        if is_item && text[..at].trim_end().ends_with(['.', '!', '?', ';']) {
            found.push(start);
        }
    }
    found
}

/// The positions of bullets between a sentence and one that begins with a capital.
fn bullets_after_sentences(text: &str) -> impl Iterator<Item = usize> {
    let found = |(at, bullet): &(usize, &str)| {
        let (before, after) = (text[..*at].trim_end(), text[at + bullet.len()..].trim_start());
        before.ends_with(['.', '!', '?', ';']) && after.starts_with(char::is_uppercase)
    };
    text.match_indices(['•', '‣', '◦', '▪', '●', '○', '■']).filter(found).map(|(at, _)| at)
}
