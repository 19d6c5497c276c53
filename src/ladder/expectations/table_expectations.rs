//! Turns the rows of tables and the entries of definition lists in a cell into list items, so that all are read alike.

use crate::ladder::expectations::statement::says_nothing;
use crate::ladder::expectations::text_problem::TextProblem;
use crate::markdown::{Block, Definition, Item, Paragraph, PartialHtml, Table, TableCell};
use crate::name::fold;

/// The rows of a table as list items. The first column, or the one headed `Expectation`, has the expectations, one on each
/// line; a column headed `Example` has examples of the last one of its row, and any other details. A row without an
/// expectation continues the one above.
pub(crate) fn of_table(table: &Table, problems: &mut Vec<TextProblem>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let columns = RowReader::of(table);
    for row in columns.rows() {
        let known = items.len();
        for line in row.get(columns.expectation).into_iter().flat_map(lines) {
            match items.last_mut().filter(|_| line.example.is_some()) {
                Some(item) => item.blocks.push(Block::Paragraph(Paragraph { tight: false, ..line.clone() })),
                None => {
                    items.push(Item { blocks: vec![Block::Paragraph(line.clone())], span: line.span.clone() });
                }
            }
        }
        let others = row.iter().enumerate().filter(|(at, _)| *at != columns.expectation);
        for (at, cell) in others.filter(|(_, cell)| lines(cell).next().is_some()) {
            let new = items.len() - known;
            let is_paired = new > 1 && lines(cell).count() == new;
            for (number, line) in lines(cell).enumerate() {
                let item = if is_paired { items.get_mut(known + number) } else { items.last_mut() };
                match item {
                    Some(item) => item.blocks.push(columns.block(at, line)),
                    None => problems.push(TextProblem::RowWithoutExpectation(line.span.clone())),
                }
            }
        }
    }
    items
}

/// The lines of a table cell, unless they say that there is nothing.
pub(crate) fn lines(cell: &TableCell) -> impl Iterator<Item = &Paragraph> {
    cell.lines.iter().filter(|line| !line.text.trim().is_empty() && !says_nothing(line.text.trim()))
}

/// Whether a heading of a column or row says that there are examples.
pub(crate) fn says_examples(text: &str) -> bool {
    let text = fold(text);
    matches!(text.split('(').next().unwrap_or_default().trim(), "example" | "examples")
}

/// Whether a heading of a column or row says that there are expectations.
pub(crate) fn says_expectations(text: &str) -> bool {
    matches!(fold(text).as_str(), "expectation" | "expectations")
}

/// Reads the rows of a table in a cell.
struct RowReader<'t> {
    table: &'t Table,
    /// The position of the column with the expectations.
    expectation: usize,
}

impl<'t> RowReader<'t> {
    fn of(table: &'t Table) -> Self {
        let header = || table.header.iter().enumerate();
        let named = header().find(|(_, cell)| says_expectations(&cell.text));
        // A first column with numbers or nothing counts the rows.
        let has_words = |at: usize| {
            let cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.flat_map(lines).any(|line| line.text.chars().any(char::is_alphabetic))
        };
        let worded = || header().find(|(at, cell)| !says_examples(&cell.text) && has_words(*at));
        Self { table, expectation: named.or_else(worded).map_or(0, |(at, _)| at) }
    }

    /// The rows with text. A header that is a sentence is one too.
    fn rows(&self) -> impl Iterator<Item = &'t [TableCell]> {
        let head = self.table.header.get(self.expectation);
        let is_sentence = head.is_some_and(|cell| cell.text.trim_end().ends_with(['.', '!', '?']));
        let header = Some(self.table.header.as_slice()).filter(|_| is_sentence);
        header.into_iter().chain(self.table.rows.iter().map(Vec::as_slice))
    }

    /// The block for a line of a column other than that of the expectations.
    fn block(&self, column: usize, line: &Paragraph) -> Block {
        let head = self.table.header.get(column);
        let loose = Paragraph { tight: false, ..line.clone() };
        match head.filter(|head| !head.text.is_empty()) {
            Some(head) if says_examples(&head.text) => {
                Block::Quote { alert: None, blocks: vec![Block::Paragraph(loose)] }
            }
            Some(head) => {
                let text = head.text.trim_end_matches(':');
                let html = PartialHtml::labelled(&PartialHtml::text(text), &line.html);
                Block::Paragraph(Paragraph { html, text: format!("{text}: {}", line.text), ..loose })
            }
            None => Block::Paragraph(loose),
        }
    }
}

/// The definitions of a definition list as list items: each with its term before it.
pub(crate) fn of_definitions(terms: &[Definition]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for Definition { term, definitions } in terms {
        let known = items.len();
        for definition in definitions {
            let span = term.span.start..definition.span.end.max(term.span.end);
            match definition.blocks.split_first() {
                Some((Block::Paragraph(first), rest)) if first.example.is_none() => {
                    let sentence = Block::Paragraph(defined(term, first));
                    items.push(Item { blocks: std::iter::once(sentence).chain(rest.iter().cloned()).collect(), span });
                }
                _ => {
                    let blocks = definition.blocks.iter().cloned();
                    if let Some(last) = items.get_mut(known..).and_then(<[Item]>::last_mut) {
                        last.blocks.extend(blocks);
                    } else {
                        let term = std::iter::once(Block::Paragraph(term.clone()));
                        items.push(Item { blocks: term.chain(blocks).collect(), span });
                    }
                }
            }
        }
    }
    items
}

/// A term and its definition as one sentence.
fn defined(term: &Paragraph, definition: &Paragraph) -> Paragraph {
    let text = term.text.trim().trim_end_matches([':', '：']);
    Paragraph {
        html: PartialHtml::labelled(&term.html, &definition.html),
        text: format!("{text}: {}", definition.text),
        id: definition.id.clone().or_else(|| term.id.clone()),
        raises: definition.raises.iter().chain(&term.raises).cloned().collect(),
        bold: false,
        span: term.span.start..definition.span.end,
        ..definition.clone()
    }
}
