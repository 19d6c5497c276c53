//! Text that Markdown drops: every letter of a text has to be in a block, or be part of the markup.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, RefDefs, Tag, TagEnd};

use super::inline_marks::SpannedEvent;
use super::link::Target;
use super::parser::MarkdownParser;
use crate::diagnostic::{Diagnostic, Span, catalog};

impl MarkdownParser<'_> {
    /// Reports all parts of a text that are neither in `events` nor markup.
    pub(super) fn report_unpublished_text(&mut self, text: &str, events: &[SpannedEvent<'_>], links: &RefDefs<'_>) {
        let mut read = ReadText { text, ranges: Vec::with_capacity(events.len()) };
        read.add_events(events);
        let unused = read.add_definitions(events, links);
        for (label, range) in unused {
            let span = self.source_range(&range);
            let is_exact = self.source.get(span.clone()).is_some_and(|written| written.starts_with('['));
            let bracket = is_exact.then(|| self.span(&(span.start..span.start)));
            self.push(catalog::unused_link_address(self.span(&span), &label, bracket));
        }
        let places = Places::new(events);
        let mut last_table = None;
        for range in read.gaps() {
            let place = places.around(&range);
            // The first row of a table is enough to find its mistake.
            if let Some(Place::Row { table, range: row }) = place {
                if last_table == Some(table) || has_split_wikilink(&text[row.clone()]) {
                    continue;
                }
                last_table = Some(table);
            }
            let span = self.span(&self.source_range(&range));
            self.push(unpublished(span, &text[range], place));
        }
    }
}

/// A block whose text may be dropped in part.
#[derive(Debug, Clone, Copy)]
enum Place<'e> {
    Heading(&'e Range<usize>),
    /// A row of the table that starts at a byte.
    Row {
        table: usize,
        range: &'e Range<usize>,
    },
}

/// The headings and rows of a text, in its order.
struct Places<'e>(Vec<Place<'e>>);

impl<'e> Places<'e> {
    fn new(events: &'e [SpannedEvent<'_>]) -> Self {
        let mut table = 0;
        let place = |(event, range): &'e SpannedEvent<'_>| match event {
            Event::Start(Tag::Heading { .. }) => Some(Place::Heading(range)),
            Event::Start(Tag::Table(_)) => {
                table = range.start;
                None
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => Some(Place::Row { table, range }),
            _ => None,
        };
        Self(events.iter().filter_map(place).collect())
    }

    /// The block around a range.
    fn around(&self, range: &Range<usize>) -> Option<Place<'e>> {
        let block = |place: &Place<'e>| match place {
            Place::Heading(block) | Place::Row { range: block, .. } => *block,
        };
        let after = self.0.partition_point(|place| block(place).start <= range.start);
        let place = *self.0.get(after.checked_sub(1)?)?;
        (range.end <= block(&place).end).then_some(place)
    }
}

/// The parts of a text that are read.
struct ReadText<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
}

impl ReadText<'_> {
    fn add_events(&mut self, events: &[SpannedEvent<'_>]) {
        let mut leaf_end = 0;
        for (event, range) in events {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    self.ranges.push(range.clone());
                }
                Event::Start(Tag::BlockQuote(Some(_))) => self.add_alert(range),
                Event::Start(Tag::Item) => self.add_prefix(range, |c| c.is_ascii_digit()),
                Event::Start(Tag::FootnoteDefinition(_)) => self.add_prefix(range, |c| c != ':'),
                Event::End(TagEnd::Heading(_)) => self.add_attributes(leaf_end.max(range.start)..range.end),
                Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {}
                _ => {
                    self.ranges.push(range.clone());
                    leaf_end = range.end;
                }
            }
        }
    }

    /// Adds the characters at the start of a range, after white space.
    fn add_prefix(&mut self, range: &Range<usize>, is_prefix: impl Fn(char) -> bool) {
        let text = &self.text[range.clone()];
        let start = text.len() - text.trim_start().len();
        let length = text[start..].find(|c| !is_prefix(c)).unwrap_or(text.len() - start);
        self.ranges.push(range.start..range.start + start + length);
    }

    /// Adds the marker of an alert, e.g. `[!NOTE]`.
    fn add_alert(&mut self, range: &Range<usize>) {
        let marker = self.text[range.clone()].find("[!").and_then(|at| {
            let length = self.text[range.start + at..range.end].find(']')?;
            Some(range.start + at..range.start + at + length)
        });
        self.ranges.extend(marker);
    }

    /// Adds the ids and classes behind the text of a heading.
    fn add_attributes(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        for attribute in text.split(|c: char| c.is_whitespace() || matches!(c, '{' | '}')) {
            if attribute.starts_with(['#', '.']) {
                let start = attribute.as_ptr() as usize - self.text.as_ptr() as usize;
                self.ranges.push(start..start + attribute.len());
            }
        }
    }

    /// Adds the addresses of links that are defined on lines of their own. Returns the label and range of those that no link
    /// uses and that may be prose.
    fn add_definitions(
        &mut self,
        events: &[SpannedEvent<'_>],
        definitions: &RefDefs<'_>,
    ) -> Vec<(String, Range<usize>)> {
        let used: HashSet<usize> = events.iter().filter_map(|(event, _)| used_definition(event, definitions)).collect();
        let mut unused = Vec::new();
        for (label, definition) in definitions.iter() {
            self.ranges.push(definition.span.clone());
            // `[//]: # (…)` is a comment.
            let is_comment = definition.dest.is_empty() || &*definition.dest == "#";
            let is_prose = definition.title.is_some() || !is_address(&definition.dest);
            if !used.contains(&definition.span.start) && is_prose && !is_comment {
                unused.push((label.to_owned(), definition.span.clone()));
            }
        }
        unused.sort_by_key(|(_, range)| range.start);
        unused
    }

    /// The ranges between those that are read which have letters or digits in them.
    fn gaps(mut self) -> Vec<Range<usize>> {
        self.ranges.sort_by_key(|range| range.start);
        let mut gaps = Vec::new();
        let mut read = 0;
        let end = self.text.len()..self.text.len();
        for range in self.ranges.iter().chain([&end]) {
            if let Some(gap) = self.text.get(read..range.start) {
                let is_around = |c: char| c.is_whitespace() || matches!(c, '|' | '{' | '}');
                let start = read + gap.len() - gap.trim_start_matches(is_around).len();
                if gap.contains(char::is_alphanumeric) {
                    gaps.push(start..start + gap.trim_matches(is_around).len());
                }
            }
            read = read.max(range.end);
        }
        gaps
    }
}

/// The start of the definition that a link or image uses.
fn used_definition(event: &Event<'_>, definitions: &RefDefs<'_>) -> Option<usize> {
    let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event else {
        return None;
    };
    let is_reference = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
    is_reference.then(|| definitions.get(id)).flatten().map(|definition| definition.span.start)
}

/// Returns whether the target of a definition is an address rather than prose.
fn is_address(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let is_file = (2..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    let is_external = matches!(Target::address(target), Target::External(_) | Target::Own(_));
    is_external || is_file || target.contains('/')
}

/// The diagnostic of a part of a text that isn't read.
fn unpublished(span: Span, written: &str, place: Option<Place<'_>>) -> Diagnostic {
    match place {
        Some(Place::Row { .. }) => catalog::cell_without_column(span),
        Some(Place::Heading(_)) => catalog::unknown_attribute(span, written),
        None => match written.split_once("]:").filter(|(label, _)| label.starts_with('[')) {
            Some((label, _)) => catalog::repeated_link_address(span, label),
            None => catalog::dropped_text(span),
        },
    }
}

/// Returns whether a row of a table has a link such as `[[senior|Senior]]`, whose `|` starts a new cell.
fn has_split_wikilink(row: &str) -> bool {
    let links = row.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    links.into_iter().any(|(link, _)| link.replace("\\|", "").contains('|'))
}
