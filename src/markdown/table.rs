//! Tables, and the lines of their cells.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::block::{Paragraph, Table, TableCell};
use super::inline_marks::SpannedEvent;
use super::parser::MarkdownParser;

/// Bullets that separate the lines of a cell, wherever they are.
const BULLETS: [char; 7] = ['•', '‣', '◦', '▪', '●', '○', '■'];

/// Bullets only at the start of a line, with a space after them.
const LEADING_BULLETS: [char; 8] = ['-', '*', '+', '–', '—', '·', '−', '‐'];

/// Elements that begin or end a line of a cell.
const LINE_ELEMENTS: [&str; 6] = ["br", "ul", "ol", "li", "p", "div"];

impl MarkdownParser<'_> {
    /// Builds a table from its events.
    ///
    /// Its cells are rendered by themselves, and then the whole table. So links and footnotes of the first rendering are
    /// discarded, or they would be registered twice.
    pub(super) fn table(&mut self, events: Vec<SpannedEvent<'_>>, span: Range<usize>) -> Table {
        let mut rows = self.discard_references(|parser| parser.rows(&events)).into_iter();
        let header = rows.next().unwrap_or_default();
        let (html, _) = self.render_inline(events);
        Table { html, header, rows: rows.collect(), span }
    }

    fn rows(&mut self, events: &[SpannedEvent<'_>]) -> Vec<Vec<TableCell>> {
        let mut rows: Vec<Vec<TableCell>> = Vec::new();
        let mut events = events.iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let inside = events.by_ref().take_while(|(event, _)| *event != Event::End(TagEnd::TableCell));
                    let cell = self.table_cell(inside.cloned().collect(), range.clone());
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                _ => {}
            }
        }
        rows
    }

    fn table_cell(&mut self, events: Vec<SpannedEvent<'_>>, span: Range<usize>) -> TableCell {
        let lines = split_lines(events).into_iter().map(without_bullet).filter(|line| has_content(line));
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for line in lines {
            let line = self.paragraph(line, true);
            match paragraphs.last_mut().filter(|last| line.text.trim().is_empty() && last.id.is_none()) {
                // An id on a line of its own is that of the line above.
                Some(last) if line.id.is_some() => last.id = line.id,
                _ => paragraphs.push(line),
            }
        }
        let texts: Vec<&str> = paragraphs.iter().map(|line| line.text.trim()).collect();
        TableCell { text: texts.join(" "), lines: paragraphs, span }
    }
}

/// Splits the content of a cell into lines. Emphasis that spans several lines is closed and opened again.
fn split_lines(events: Vec<SpannedEvent<'_>>) -> Vec<Vec<SpannedEvent<'_>>> {
    let mut lines = LineSplitter { finished: Vec::new(), line: Vec::new(), open: Vec::new() };
    for (event, range) in events {
        match event {
            Event::InlineHtml(html) if is_line_element(&html) => lines.split(range.end),
            Event::Text(text) => lines.push_text(&text, range),
            Event::Start(tag) => {
                lines.open.push(tag.clone());
                lines.line.push((Event::Start(tag), range));
            }
            Event::End(tag) => {
                lines.open.pop();
                lines.line.push((Event::End(tag), range));
            }
            event => lines.line.push((event, range)),
        }
    }
    lines.finished.push(lines.line);
    lines.finished
}

struct LineSplitter<'t> {
    finished: Vec<Vec<SpannedEvent<'t>>>,
    line: Vec<SpannedEvent<'t>>,
    /// The inline elements that are open.
    open: Vec<Tag<'t>>,
}

impl LineSplitter<'_> {
    /// Begins a new line at a byte of the file. A link stays whole.
    fn split(&mut self, at: usize) {
        if self.open.iter().any(|tag| matches!(tag, Tag::Link { .. } | Tag::Image { .. })) {
            self.line.push((Event::Text(CowStr::Borrowed(" ")), at..at));
            return;
        }
        let ends = self.open.iter().rev().map(|tag| (Event::End(tag.to_end()), at..at));
        self.line.extend(ends);
        let starts = self.open.iter().map(|tag| (Event::Start(tag.clone()), at..at));
        self.finished.push(std::mem::replace(&mut self.line, starts.collect()));
    }

    fn push_text(&mut self, text: &str, range: Range<usize>) {
        // The positions are exact unless the text has escapes or entities.
        let is_exact = text.len() == range.len();
        let mut start = 0;
        for (number, part) in text.split(BULLETS).enumerate() {
            let at = if is_exact { range.start + start } else { range.start };
            if number > 0 {
                self.split(at);
            }
            let end = if is_exact { at + part.len() } else { range.end };
            self.line.push((Event::Text(CowStr::from(part.to_owned())), at..end));
            start += part.len();
            start += text[start..].chars().next().map_or(0, char::len_utf8);
        }
    }
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

#[cfg(test)]
mod tests {
    use crate::markdown::{Block, MarkdownParser, RawHtml, Table, TextOrigin};
    use crate::tree::TreePath;

    fn blocks(source: &str) -> Vec<Block> {
        let file = TreePath::normalized("a.md");
        MarkdownParser::new(&file, source, RawHtml::Safe).parse(source, TextOrigin::Verbatim(0))
    }

    fn table(source: &str) -> Table {
        match blocks(source).into_iter().next() {
            Some(Block::Table(table)) => table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cell_has_lines_with_exact_places() {
        let source = "| Craft | B |\n| --- | --- |\n| **One.<br>Two.** <br/> - Three; four. • Five. {#five} | \
                      <ul><li>Six.</li><li>1. Seven.</li></ul> |\n| - | |\n";
        let table = table(source);
        let texts = |row: usize, cell: usize| -> Vec<String> {
            table.rows[row][cell].lines.iter().map(|line| line.text.clone()).collect()
        };
        assert_eq!(texts(0, 0), ["One.", "Two.", "Three; four.", "Five."]);
        assert_eq!(texts(0, 1), ["Six.", "Seven."]);
        assert_eq!((texts(1, 0), texts(1, 1)), (vec!["-".to_owned()], vec![]));
        assert_eq!(table.rows[0][0].lines[3].id.as_ref().unwrap().value, "five");
        for line in table.rows[0].iter().flat_map(|cell| &cell.lines) {
            assert!(source[line.span.clone()].contains(&line.text), "{:?}", &source[line.span.clone()]);
        }
        assert_eq!(table.header[0].text, "Craft");
        let own_line = self::table("| A |\n| --- |\n| One.<br>{#one} |\n");
        let lines = &own_line.rows[0][0].lines;
        assert_eq!((lines.len(), lines[0].id.as_ref().unwrap().value.as_str()), (1, "one"));
    }

    #[test]
    fn links_of_a_cell_and_of_the_whole_table_are_the_same_ones() {
        let source = "| A |\n| --- |\n| [one](one.md)<br>[[two]] [^1] |\n\nLater: [three](three.md).\n\n[^1]: Note.\n";
        let file = TreePath::normalized("a.md");
        let mut markdown = MarkdownParser::new(&file, source, RawHtml::Safe);
        markdown.parse(source, TextOrigin::Verbatim(0));
        let (document, diagnostics) = markdown.finish();
        assert_eq!((document.links.len(), document.footnotes[0].references, diagnostics.len()), (3, 1, 0));
    }

    #[test]
    fn a_mark_before_a_block_makes_it_prose() {
        for source in ["{.prose}\n\n| A |\n| --- |\n| b |\n", "{.prose}\n| A |\n| --- |\n| b |\n"] {
            assert!(matches!(blocks(source).as_slice(), [Block::Prose(inside)] if matches!(**inside, Block::Table(_))));
        }
        assert!(matches!(blocks("{.prose}\n- a\n").as_slice(), [Block::Prose(_)]));
        assert!(matches!(blocks("Text.\n\n{.prose}\n").as_slice(), [Block::Paragraph(_), Block::Paragraph(_)]));
    }
}
