//! The rules for what is an expectation: which list items, table rows, definitions and paragraphs of a cell are, and
//! which text is an example, a detail or prose.

use std::ops::Range;
use std::sync::Arc;

use crate::ladder::expectations::beside_list;
use crate::ladder::expectations::example_text::{
    example, example_of_item, examples_at, is_example, quoted, read_examples, says_examples, split_examples,
};
use crate::ladder::expectations::group_label;
use crate::ladder::expectations::item_lines::{first_words, is_at_margin, is_below_text, marker_width, quote_end};
use crate::ladder::expectations::joined_lines;
use crate::ladder::expectations::statement::{Detail, Example, Statement, says_nothing, says_the_same};
use crate::ladder::expectations::table_expectations;
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::expectations::text_problem::{
    StrayExample, TextProblem, form, has_text, is_empty, is_indented_list,
};
use crate::markdown::{Block, Heading, Item, LinkRef, Paragraph, PartialHtml, possible_list_marker};
use crate::name::{anchor, fold};

/// The text of a cell, read as expectations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellText {
    /// The blocks before the expectations.
    pub intro: Vec<Block>,
    /// The expectations.
    pub statements: Vec<Arc<Statement>>,
    /// The blocks after the expectations.
    pub outro: Vec<Block>,
    /// Examples of the whole cell.
    pub examples: Vec<Example>,
    /// The parts that aren't read as their author meant them.
    pub(crate) problems: Vec<TextProblem>,
}

impl CellText {
    /// Whether there is nothing to show. Its list items, if it has some, are empty.
    pub(crate) fn is_empty(&self) -> bool {
        let is_empty = self.statements.is_empty() && self.intro.is_empty() && self.outro.is_empty();
        is_empty && self.examples.is_empty() && !self.problems.iter().any(TextProblem::hides_expectation)
    }

    /// The ids of the sub-headings that group its expectations.
    pub fn groups(&self) -> impl Iterator<Item = String> {
        self.statements.iter().filter_map(|statement| Some(statement.group.as_ref()?.id.clone()))
    }
}

/// Reads the blocks of a cell. List items, rows of tables and definitions are expectations; in a cell without any, each
/// paragraph is one. Nothing is lost: blocks that are neither expectations nor examples become intro, detail or outro.
/// The anchors of groups begin with `prefix`.
#[must_use]
pub(crate) fn read(
    source: &str,
    links: &[LinkRef],
    blocks: &[Block],
    prefix: &str,
    taken: &mut TakenAnchors<'_>,
) -> CellText {
    let mut reader = Reader {
        source,
        links,
        prefix,
        taken,
        has_list: has_list(blocks),
        cell: CellText::default(),
        examples: None,
        specialism: String::new(),
        group: None,
        before: Vec::new(),
        labelled: Vec::new(),
    };
    let has_several_labels = group_label::has_several_labels(blocks);
    let mut rest = blocks;
    while let Some((block, below)) = rest.split_first() {
        if let Some(label) = group_label::above_list(rest, has_several_labels).filter(|_| reader.examples.is_none()) {
            reader.labelled_list(label, &below[0]);
            rest = &below[1..];
        } else {
            reader.block(block);
            rest = below;
        }
    }
    reader.close_group();
    reader.cell
}

/// Whether a cell has a list of expectations (a list under `Examples` isn't one).
fn has_list(blocks: &[Block]) -> bool {
    let (mut examples, mut in_prose) = (None, false);
    blocks.iter().any(|block| {
        examples = examples_at(examples, block);
        if let Block::Heading(heading) = block {
            in_prose = heading.is_prose();
        }
        let is_list = match block {
            Block::List { .. } | Block::DefinitionList(_) => true,
            Block::Table(_) => !in_prose,
            Block::Html(html) => !html.items.is_empty(),
            _ => false,
        };
        examples.is_none() && is_list
    })
}

struct Reader<'s, 't> {
    source: &'s str,
    links: &'s [LinkRef],
    prefix: &'s str,
    taken: &'s mut TakenAnchors<'t>,
    cell: CellText,
    has_list: bool,
    /// The level of the current heading `Examples`.
    examples: Option<u8>,
    /// The specialism that a heading under `Examples` names.
    specialism: String,
    /// The current sub-heading.
    group: Option<Heading>,
    /// The blocks between that sub-heading and its first expectation.
    before: Vec<Block>,
    /// The groups that list items label, which follow the other expectations under that sub-heading.
    labelled: Vec<(Heading, Vec<Statement>)>,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block) {
        self.examples = examples_at(self.examples, block);
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) if paragraph.bold && says_examples(&paragraph.text) => self.specialism.clear(),
            Block::Details { summary_text, blocks, .. } if fold(summary_text).contains("example") => {
                read_examples(blocks, &mut self.cell.examples);
            }
            block if self.examples.is_some() => {
                let known = self.cell.examples.len();
                read_examples(std::slice::from_ref(block), &mut self.cell.examples);
                for example in self.cell.examples[known..].iter_mut().filter(|example| example.specialism.is_empty()) {
                    example.specialism.clone_from(&self.specialism);
                }
            }
            Block::List { items, .. } => self.items(items),
            Block::Table(table) if !self.group.as_ref().is_some_and(Heading::is_prose) => {
                let items = table_expectations::of_table(table, &mut self.cell.problems);
                self.items(&items);
            }
            Block::DefinitionList(terms) => self.items(&table_expectations::of_definitions(terms)),
            Block::Html(html) if !html.items.is_empty() => self.items(&html.items),
            Block::Code(code) if is_indented_list(code) => {
                self.cell.problems.push(TextProblem::IndentedList(code.span.clone()));
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Quote { alert: None, blocks } if !self.has_list && !self.cell.statements.is_empty() => {
                self.add_example(quoted(blocks));
            }
            Block::Quote { alert: None, blocks } => {
                if self.stray_quote(blocks) {
                    self.cell.outro.push(block.clone());
                } else {
                    self.aside(block);
                }
            }
            block => self.aside(block),
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            if let Some((label, rest)) = group_label::of_item(item).filter(|_| !is_example(item)) {
                self.label_group(label, rest);
                continue;
            }
            if is_example(item) {
                let first_words = first_words(self.source, &item.span);
                let is_below_item = is_below_text(self.source, item.span.start) && !self.cell.statements.is_empty();
                let indentation = is_below_item.then(|| marker_width(self.source, item.span.start));
                let whole = item.span.start..item.span.start + self.source[item.span.clone()].trim_end().len();
                self.cell.problems.push(TextProblem::StrayExample(StrayExample { first_words, whole, indentation }));
            }
            for statement in self.statements_of(item) {
                self.add(statement);
            }
        }
    }

    /// The expectations of a list item: one, or those of the list that it consists of. An item without text is none.
    fn statements_of(&mut self, item: &Item) -> Vec<Statement> {
        let span = first_words(self.source, &item.span);
        match item.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) if has_text(&first.text) => {
                self.cell.problems.extend(joined_lines::find(self.source, first));
                vec![statement(first, rest.to_vec(), item.span.clone(), self.links)]
            }
            Some((Block::Heading(heading), rest)) if has_text(&heading.text) => {
                vec![statement(&paragraph_of(heading), rest.to_vec(), item.span.clone(), self.links)]
            }
            Some((Block::List { .. }, rest)) if rest.iter().all(|block| matches!(block, Block::List { .. })) => {
                let lists = item.blocks.iter().map(|block| match block {
                    Block::List { items, .. } => items.as_slice(),
                    _ => &[],
                });
                let inner: Vec<&Item> = lists.flatten().collect();
                let marker = inner.first().map_or(item.span.clone(), |first| item.span.start..first.span.start);
                if self.source.get(marker).is_some_and(|marker| marker.contains('\n')) {
                    self.cell.problems.push(TextProblem::EmptyItem(span));
                }
                inner.into_iter().flat_map(|item| self.statements_of(item)).collect()
            }
            _ if item.blocks.iter().all(is_empty) => {
                self.cell.problems.push(TextProblem::EmptyItem(span));
                Vec::new()
            }
            Some((first, _)) => {
                self.cell.problems.push(TextProblem::NoSentence(span, form(first)));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Reads a list or table below a label as a group of expectations.
    fn labelled_list(&mut self, label: &Paragraph, list: &Block) {
        let items = match list {
            Block::Table(table) => table_expectations::of_table(table, &mut self.cell.problems),
            Block::Html(html) => html.items.clone(),
            Block::List { items, .. } => items.clone(),
            _ => Vec::new(),
        };
        self.label_group(label, &[Block::List { start: None, items }]);
    }

    /// Reads a list item that labels the items inside it as a group of expectations.
    fn label_group(&mut self, label: &Paragraph, blocks: &[Block]) {
        let mut statements: Vec<Statement> = Vec::new();
        let mut before = Vec::new();
        for block in blocks {
            let Block::List { items, .. } = block else {
                before.push(block.clone());
                continue;
            };
            for item in items {
                match statements.last_mut() {
                    Some(last) if is_example(item) => last.examples.push(example_of_item(item)),
                    _ => statements.extend(self.statements_of(item)),
                }
            }
        }
        let Some(first) = statements.first_mut() else { return };
        first.before = before;
        let heading = self.group_heading(label);
        self.labelled.push((heading, statements));
    }

    /// The sub-heading that a label stands for. Under another sub-heading it begins with that one's text.
    fn group_heading(&mut self, label: &Paragraph) -> Heading {
        let text = label.text.trim_end().trim_end_matches([':', '：']).trim_end();
        let is_plain = label.bold || text.len() < label.text.trim_end().len();
        let html = if is_plain { PartialHtml::text(text) } else { label.html.clone() };
        let id = match &label.id {
            Some(id) => {
                if !self.taken.take_owned(&id.value) {
                    self.cell.problems.push(TextProblem::RepeatedId(id.clone()));
                }
                id.value.clone()
            }
            None => self.taken.take_free(&format!("{}-{}", self.prefix, anchor(text))),
        };
        let (html, text) = match &self.group {
            Some(outer) => (
                PartialHtml::concat(&[outer.html.clone(), PartialHtml::text(": "), html]),
                format!("{}: {text}", outer.text),
            ),
            None => (html, text.to_owned()),
        };
        Heading { level: 6, id, classes: Vec::new(), html, text, span: label.span.clone() }
    }

    /// Adds the groups that list items label. Without other expectations, the first begins the current sub-heading.
    fn add_labelled(&mut self) {
        let mut labelled = std::mem::take(&mut self.labelled);
        if let Some((heading, statements)) = labelled.first_mut()
            && let Some(outer) = self.group.as_ref().filter(|outer| self.is_above_nothing(outer))
        {
            heading.id.clone_from(&outer.id);
            if let Some(first) = statements.first_mut() {
                first.before.splice(0..0, std::mem::take(&mut self.before));
            }
        }
        for (heading, statements) in labelled {
            let grouped = statements.into_iter().map(|one| Statement { group: Some(Box::new(heading.clone())), ..one });
            self.cell.statements.extend(grouped.map(Arc::new));
        }
    }

    /// Whether a sub-heading has no expectations so far.
    fn is_above_nothing(&self, heading: &Heading) -> bool {
        let groups = self.cell.statements.iter().filter_map(|statement| statement.group.as_ref());
        !groups.into_iter().any(|group| group.id == heading.id)
    }

    fn heading(&mut self, heading: &Heading) {
        self.close_group();
        if self.examples.is_none() {
            self.group = Some(heading.clone());
        } else if says_examples(&heading.text) {
            self.specialism.clear();
        } else {
            self.specialism.clone_from(&heading.text);
        }
    }

    /// Turns a sub-heading without expectations, and the blocks under it, into prose.
    fn close_group(&mut self) {
        self.add_labelled();
        let before = std::mem::take(&mut self.before);
        let Some(heading) = self.group.take().filter(|heading| self.is_above_nothing(heading)) else { return };
        let title = Paragraph { bold: true, ..paragraph_of(&heading) };
        for block in std::iter::once(Block::Paragraph(title)).chain(before) {
            self.aside(&block);
        }
    }

    fn add(&mut self, statement: Statement) {
        self.check_row(&statement.span);
        if says_nothing(&statement.text) {
            self.cell.problems.push(TextProblem::Nothing(first_words(self.source, &statement.span)));
        } else if statement.detail.texts.is_empty() && says_the_same(&statement.text) {
            self.cell.problems.push(TextProblem::Reference(first_words(self.source, &statement.span)));
        }
        let before = std::mem::take(&mut self.before);
        self.cell.statements.push(Arc::new(Statement { group: self.group.clone().map(Box::new), before, ..statement }));
    }

    /// Records a quotation right below an item, which was meant as the item's example. Returns whether it is one.
    fn stray_quote(&mut self, blocks: &[Block]) -> bool {
        let (Some(item), Some(Block::Paragraph(first))) = (self.cell.statements.last(), blocks.first()) else {
            return false;
        };
        let Some(between) = self.source.get(item.span.start..first.span.start) else { return false };
        let Some(mark) = between.rfind('>') else { return false };
        let above = between[..mark].strip_suffix('\n').and_then(|text| text.rsplit('\n').next());
        let is_below = self.has_list && above.is_some_and(|line| !line.trim().is_empty());
        if is_below {
            let start = item.span.start + mark;
            let end = quote_end(self.source, start);
            let indentation = is_at_margin(self.source, start).then(|| marker_width(self.source, item.span.start));
            let example = StrayExample { first_words: start..first.span.end, whole: start..end, indentation };
            self.cell.problems.push(TextProblem::StrayExample(example));
        }
        is_below
    }

    /// Reports a text that consists of rows with one cell each. Rows with several are reported with the page.
    fn check_row(&mut self, span: &Range<usize>) {
        let is_reported = self.cell.problems.iter().any(|problem| matches!(problem, TextProblem::StrayRow(_)));
        let source = self.source.get(span.clone()).unwrap_or_default();
        let text = source.trim_start_matches(['-', '*', '+', ' ']).trim_end();
        let is_row = |line: &str| {
            let line = line.trim();
            let inside = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
            inside.is_some_and(|inside| has_text(inside) && !inside.contains('|'))
        };
        if !is_reported && !text.is_empty() && text.lines().all(is_row) {
            self.cell.problems.push(TextProblem::StrayRow(first_words(self.source, span)));
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.check_marker(paragraph);
        if self.has_list {
            self.check_row(&paragraph.span);
        }
        if paragraph.example.is_some() {
            self.add_example(example(paragraph));
        } else if self.has_list || !has_text(&paragraph.text) {
            self.aside(&Block::Paragraph(paragraph.clone()));
        } else {
            self.cell.problems.extend(joined_lines::find(self.source, paragraph));
            self.add(statement(paragraph, Vec::new(), paragraph.span.clone(), self.links));
        }
    }

    /// Reports a paragraph of a single line that is most likely a list item; only one in a cell.
    fn check_marker(&mut self, paragraph: &Paragraph) {
        let is_reported = self.cell.problems.iter().any(|problem| matches!(problem, TextProblem::MarkedParagraph(..)));
        let source = self.source.get(paragraph.span.clone()).unwrap_or_default().trim_end();
        if let Some(mark) = possible_list_marker(&paragraph.text)
            && !is_reported
            && source.starts_with(mark)
            && !self.source[..paragraph.span.start].ends_with('\\')
            && !source.contains('\n')
        {
            let span = paragraph.span.start..paragraph.span.start + mark.len();
            self.cell.problems.push(TextProblem::MarkedParagraph(span, mark.to_owned()));
        }
    }

    /// Adds an example: to the expectation before it between paragraphs, to the whole cell between lists.
    fn add_example(&mut self, example: Example) {
        match self.cell.statements.last_mut() {
            Some(last) if !self.has_list => Arc::make_mut(last).examples.push(example),
            _ => self.cell.examples.push(example),
        }
    }

    fn aside(&mut self, block: &Block) {
        let is_first = self.labelled.is_empty();
        if self.group.as_ref().is_some_and(|heading| is_first && self.is_above_nothing(heading)) {
            self.before.push(block.clone());
            return;
        }
        if !(self.cell.statements.is_empty() && is_first) && self.has_list {
            self.cell.problems.extend(beside_list::find(self.source, block));
        }
        let asides =
            if self.cell.statements.is_empty() && is_first { &mut self.cell.intro } else { &mut self.cell.outro };
        asides.push(block.clone());
    }
}

fn statement(first: &Paragraph, rest: Vec<Block>, span: Range<usize>, links: &[LinkRef]) -> Statement {
    let (examples, detail) = split_examples(rest);
    let (detail, raises) = (Detail::new(detail, links), first.raises.clone());
    Statement {
        raises,
        examples,
        ..Statement::new(first.html.clone(), first.text.clone(), first.id.clone(), detail, span)
    }
}

/// The text of a heading as a paragraph.
fn paragraph_of(heading: &Heading) -> Paragraph {
    let (html, text, span) = (heading.html.clone(), heading.text.clone(), heading.span.clone());
    Paragraph { html, text, id: None, raises: Vec::new(), example: None, bold: false, task: false, tight: false, span }
}

#[cfg(test)]
mod tests;
