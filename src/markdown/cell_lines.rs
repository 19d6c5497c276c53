//! The lines of the cells of tables.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::inline_marks::SpannedEvent;
use super::item_marker::{LEADING_BULLETS, item_marker};
use super::line_marks::without_marks;
use super::parser::MAX_BLOCK_DEPTH;

/// The events of one line.
type EventLine<'t> = Vec<SpannedEvent<'t>>;

/// Bullets that separate the lines of a cell, wherever they are.
const BULLETS: [char; 7] = ['•', '‣', '◦', '▪', '●', '○', '■'];

/// Elements that begin or end a line of a cell.
const LINE_ELEMENTS: [&str; 6] = ["br", "ul", "ol", "li", "p", "div"];

/// The lines of a cell, without bullets and numbers. Empty ones are left out.
pub(super) fn lines(events: Vec<SpannedEvent<'_>>) -> impl Iterator<Item = EventLine<'_>> {
    let lines = split_lines(events).into_iter().flat_map(split_items);
    lines.map(without_bullet).filter(|line| has_content(line))
}

/// Splits the content of a cell at breaks, elements and bullets. Emphasis that spans several lines is closed and opened
/// again.
fn split_lines(events: Vec<SpannedEvent<'_>>) -> Vec<EventLine<'_>> {
    let mut lines = LineSplitter { finished: Vec::new(), line: Vec::new(), open: Vec::new() };
    for (event, range) in events {
        match event {
            Event::InlineHtml(html) if is_line_element(&html) => lines.split(range.end),
            Event::Text(text) => lines.push_text(&text, range),
            event => lines.push(event, range),
        }
    }
    lines.finished.push(lines.line);
    lines.finished
}

struct LineSplitter<'t> {
    finished: Vec<EventLine<'t>>,
    line: EventLine<'t>,
    /// The inline elements that are open.
    open: Vec<Tag<'t>>,
}

impl<'t> LineSplitter<'t> {
    /// Adds an event other than text.
    fn push(&mut self, event: Event<'t>, range: Range<usize>) {
        match &event {
            Event::Start(tag) => self.open.push(tag.clone()),
            Event::End(_) => {
                self.open.pop();
            }
            _ => {}
        }
        self.line.push((event, range));
    }

    /// Adds a part of a text.
    fn push_part(&mut self, text: &str, range: &Range<usize>, part: Range<usize>) {
        if !part.is_empty() {
            let end = if text.len() == range.len() { range.start + part.end } else { range.end };
            let span = position(text, range, part.start)..end;
            self.line.push((Event::Text(CowStr::from(text[part].to_owned())), span));
        }
    }

    /// Begins a new line at a byte of the file. A link stays whole, and so does what is nested too deeply.
    fn split(&mut self, at: usize) {
        let is_in_link = || self.open.iter().any(|tag| matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
        if self.open.len() > MAX_BLOCK_DEPTH || is_in_link() {
            self.line.push((Event::Text(CowStr::Borrowed(" ")), at..at));
            return;
        }
        let ends = self.open.iter().rev().map(|tag| (Event::End(tag.to_end()), at..at));
        self.line.extend(ends);
        let starts = self.open.iter().map(|tag| (Event::Start(tag.clone()), at..at));
        self.finished.push(std::mem::replace(&mut self.line, starts.collect()));
    }

    fn push_text(&mut self, text: &str, range: Range<usize>) {
        let mut start = 0;
        for (number, part) in text.split(BULLETS).enumerate() {
            if number > 0 {
                self.split(position(text, &range, start));
            }
            self.push_part(text, &range, start..start + part.len());
            start += part.len();
            start += text[start..].chars().next().map_or(0, char::len_utf8);
        }
    }
}

/// Splits a line that begins with a marker of a list before each later marker of that list, if a sentence ends there:
/// `1) Asks. 2) Listens.` These markers are removed.
fn split_items(line: EventLine<'_>) -> Vec<EventLine<'_>> {
    let whole: String = line.iter().map(|(event, _)| event_text(event)).collect();
    let items = item_starts(&whole);
    if items.len() < 2 {
        return vec![line];
    }
    let mut lines = LineSplitter { finished: Vec::new(), line: Vec::new(), open: Vec::new() };
    let mut start = 0;
    for (event, range) in line {
        let length = event_text(&event).len();
        match event {
            Event::Text(text) => {
                let first = items.partition_point(|marker| marker.start < start);
                let mut from = 0;
                for marker in items[first..].iter().take_while(|marker| marker.start < start + length) {
                    let (at, end) = (marker.start - start, (marker.end - start).min(length));
                    lines.push_part(&text, &range, from..at);
                    if marker.start != items[0].start {
                        lines.split(position(&text, &range, at));
                    }
                    from = end;
                }
                lines.push_part(&text, &range, from..length);
            }
            event => lines.push(event, range),
        }
        start += length;
    }
    lines.finished.push(lines.line);
    lines.finished
}

/// The text of an event of a line in which markers may be: none in code.
fn event_text<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(text) => text,
        _ => "",
    }
}

/// The ranges of the markers of a line's items, with the white space after them.
fn item_starts(line: &str) -> Vec<Range<usize>> {
    const CLOSING: [char; 6] = ['"', '”', '\'', '’', ')', ']'];
    const SENTENCE_ENDS: [char; 7] = ['.', '!', '?', ';', '…', '。', '！'];
    let first = line.len() - line.trim_start().len();
    let Some(mut last) = item_marker(&line[first..]) else { return Vec::new() };
    let mut found: Vec<Range<usize>> = std::iter::once(first..first + last.length()).collect();
    for (space, _) in line.match_indices(char::is_whitespace) {
        let at = space + line[space..].chars().next().map_or(0, char::len_utf8);
        let before = line[..space].trim_end();
        let ends_sentence = without_marks(before).trim_end_matches(CLOSING).ends_with(SENTENCE_ENDS);
        let Some(marker) = item_marker(&line[at..]).filter(|marker| ends_sentence && marker.follows(&last)) else {
            continue;
        };
        found.push(at..at + marker.length());
        last = marker;
    }
    found
}

/// The position in the file of a byte of a text, exact unless the text has escapes or entities.
fn position(text: &str, range: &Range<usize>, at: usize) -> usize {
    if text.len() == range.len() { range.start + at } else { range.start }
}

/// A line without its bullet or number, and without white space around it.
fn without_bullet(mut line: Vec<SpannedEvent<'_>>) -> Vec<SpannedEvent<'_>> {
    if let Some((Event::Text(text), range)) = line.first_mut() {
        let rest = text.trim_start();
        let rest = unnumbered(rest.strip_prefix(LEADING_BULLETS).filter(|rest| is_spaced(rest)).unwrap_or(rest));
        let rest = rest.trim_start().to_owned();
        if text.len() == range.len() {
            range.start += text.len() - rest.len();
        }
        *text = CowStr::from(rest);
    }
    if let Some((Event::Text(text), range)) = line.last_mut() {
        let rest = text.trim_end().to_owned();
        if text.len() == range.len() {
            range.end -= text.len() - rest.len();
        }
        *text = CowStr::from(rest);
    }
    line.retain(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty()));
    line
}

fn is_spaced(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()
}

/// A text without `1. ` or `1) ` before it.
fn unnumbered(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if rest.len() < text.len() { rest.strip_prefix(['.', ')']) } else { None };
    rest.filter(|rest| is_spaced(rest)).unwrap_or(text)
}

fn has_content(line: &[SpannedEvent<'_>]) -> bool {
    line.iter().any(|(event, _)| {
        !matches!(event, Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) | Event::End(_))
    })
}

/// Whether inline HTML is a tag that begins or ends a line.
fn is_line_element(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    LINE_ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name))
}
