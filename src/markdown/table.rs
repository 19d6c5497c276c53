//! Tables.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::block::{Paragraph, Table, TableCell};
use super::cell_lines::lines;
use super::inline_marks::SpannedEvent;
use super::parser::MarkdownParser;

impl MarkdownParser<'_> {
    /// Builds a table from its events.
    ///
    /// Its cells are rendered by themselves, and then the whole table. So links and footnotes of the first rendering are
    /// discarded, or they would be registered twice.
    pub(super) fn table(&mut self, events: Vec<SpannedEvent<'_>>, span: Range<usize>) -> Table {
        let mut rows = self.discard_references(|parser| parser.rows(&events)).into_iter();
        let header = rows.next().unwrap_or_default();
        self.report_undivided_row(&span, header.len());
        let (html, _) = self.render_inline(events);
        let exact = |mut cells: Vec<TableCell>| {
            cells.shrink_to_fit();
            cells
        };
        Table { html, header, rows: rows.map(exact).collect(), span }
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
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for line in lines(events) {
            let line = self.paragraph(line, true);
            match paragraphs.last_mut().filter(|last| line.text.trim().is_empty() && last.id.is_none()) {
                // An id or `{raises=…}` on a line of its own is that of the line above.
                Some(last) if line.id.is_some() || !line.raises.is_empty() => {
                    last.id = line.id;
                    last.raises.extend(line.raises);
                }
                _ => paragraphs.push(line),
            }
        }
        paragraphs.shrink_to_fit();
        let texts: Vec<&str> = paragraphs.iter().map(|line| line.text.trim()).collect();
        TableCell { text: texts.join(" "), lines: paragraphs, span }
    }
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
