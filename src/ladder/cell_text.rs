//! The text of cells: their expectations and examples, and the blocks around them.

use std::ops::Range;
use std::sync::Arc;

use super::statement::{Detail, Example, Statement};
use crate::markdown::{Block, Heading, Item, LinkRef, Paragraph, PartialHtml};
use crate::name::fold;

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
    /// The spans of examples beside the list instead of in it, which are therefore read as something else.
    pub(super) strays: Vec<Range<usize>>,
}

impl CellText {
    /// The ids of the sub-headings that group its expectations.
    pub fn groups(&self) -> impl Iterator<Item = String> {
        self.statements.iter().filter_map(|statement| Some(statement.group.as_ref()?.id.clone()))
    }
}

/// Reads the blocks of a cell. List items are expectations; in a cell without a list each paragraph is one. Nothing is
/// lost: blocks that are neither expectations nor examples become intro, detail or outro.
#[must_use]
pub(super) fn read(source: &str, links: &[LinkRef], blocks: &[Block]) -> CellText {
    let mut reader = Reader { has_list: has_list(blocks), source, links, ..Reader::default() };
    for block in blocks {
        reader.block(block);
    }
    reader.close_group();
    reader.cell
}

/// Whether a cell has a list of expectations (a list under `Examples` isn't one).
fn has_list(blocks: &[Block]) -> bool {
    let mut examples = None;
    blocks.iter().any(|block| {
        examples = examples_at(examples, block);
        examples.is_none() && matches!(block, Block::List { .. })
    })
}

/// The level of a bold line that reads `Examples`: below every heading, so that the next heading or bold line ends it.
const BOLD: u8 = 7;

/// The level of the heading `Examples` that a block is under, if it is under one; `above` is that of the block before.
/// The section `Examples` ends at the next heading of the same or a higher level.
fn examples_at(above: Option<u8>, block: &Block) -> Option<u8> {
    match block {
        Block::Heading(heading) if says_examples(&heading.text) => Some(heading.level),
        Block::Heading(heading) => above.filter(|level| heading.level > *level),
        Block::Paragraph(paragraph) if paragraph.bold && says_examples(&paragraph.text) => Some(above.unwrap_or(BOLD)),
        Block::Paragraph(paragraph) if paragraph.bold => above.filter(|level| *level != BOLD),
        _ => above,
    }
}

fn says_examples(text: &str) -> bool {
    matches!(fold(text).as_str(), "example" | "examples" | "for example")
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    links: &'s [LinkRef],
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
}

impl Reader<'_> {
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
            Block::List { items, .. } => {
                for item in items {
                    if is_example(item) {
                        self.cell.strays.push(first_words(self.source, &item.span));
                    }
                    let statement = statement_of_item(item, self.links);
                    self.add(statement);
                }
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Quote { alert: None, blocks } if !self.has_list && !self.cell.statements.is_empty() => {
                self.add_example(quoted(blocks));
            }
            Block::Quote { alert: None, blocks } => {
                self.stray_quote(blocks);
                self.aside(block);
            }
            block => self.aside(block),
        }
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
        let before = std::mem::take(&mut self.before);
        let Some(heading) = self.group.take() else { return };
        if self.cell.statements.iter().any(|statement| statement.group.as_ref() == Some(&heading)) {
            return;
        }
        let (html, text, span) = (heading.html, heading.text, heading.span);
        let title = Paragraph { html, text, id: None, example: None, bold: true, task: false, tight: false, span };
        for block in std::iter::once(Block::Paragraph(title)).chain(before) {
            self.aside(&block);
        }
    }

    fn add(&mut self, statement: Statement) {
        let before = std::mem::take(&mut self.before);
        self.cell.statements.push(Arc::new(Statement { group: self.group.clone(), before, ..statement }));
    }

    /// Records a quotation right below an item, which was meant as the item's example.
    fn stray_quote(&mut self, blocks: &[Block]) {
        let (Some(item), Some(Block::Paragraph(first))) = (self.cell.statements.last(), blocks.first()) else { return };
        let Some(between) = self.source.get(item.span.start..first.span.start) else { return };
        let Some(mark) = between.rfind('>') else { return };
        let above = between[..mark].strip_suffix('\n').and_then(|text| text.rsplit('\n').next());
        if self.has_list && above.is_some_and(|line| !line.trim().is_empty()) {
            self.cell.strays.push(item.span.start + mark..first.span.end);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        if paragraph.example.is_some() {
            self.add_example(example(paragraph));
        } else if self.has_list {
            self.aside(&Block::Paragraph(paragraph.clone()));
        } else {
            self.add(statement(paragraph, Vec::new(), paragraph.span.clone(), self.links));
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
        let heads_nothing =
            |heading: &Heading| !self.cell.statements.iter().any(|statement| statement.group.as_ref() == Some(heading));
        if self.group.as_ref().is_some_and(heads_nothing) {
            self.before.push(block.clone());
            return;
        }
        let asides = if self.cell.statements.is_empty() { &mut self.cell.intro } else { &mut self.cell.outro };
        asides.push(block.clone());
    }
}

fn statement(first: &Paragraph, rest: Vec<Block>, span: Range<usize>, links: &[LinkRef]) -> Statement {
    let (examples, detail) = split_examples(rest);
    let detail = Detail::new(detail, links);
    Statement { examples, ..Statement::new(first.html.clone(), first.text.clone(), first.id.clone(), detail, span) }
}

fn statement_of_item(item: &Item, links: &[LinkRef]) -> Statement {
    match item.blocks.split_first() {
        Some((Block::Paragraph(first), rest)) => statement(first, rest.to_vec(), item.span.clone(), links),
        _ => {
            let detail = Detail::new(item.blocks.clone(), links);
            Statement::new(PartialHtml::default(), String::new(), None, detail, item.span.clone())
        }
    }
}

/// Separates the examples of an expectation from its detail.
fn split_examples(blocks: Vec<Block>) -> (Vec<Example>, Vec<Block>) {
    let mut examples = Vec::new();
    let mut detail = Vec::new();
    for block in blocks {
        match block {
            Block::Quote { alert: None, blocks } => examples.push(quoted(&blocks)),
            Block::Paragraph(paragraph) if paragraph.example.is_some() => examples.push(example(&paragraph)),
            Block::Details { summary_text, blocks, .. } if fold(&summary_text).contains("example") => {
                read_examples(&blocks, &mut examples);
            }
            Block::List { start, items } => {
                let (of_examples, others): (Vec<_>, Vec<_>) = items.into_iter().partition(is_example);
                examples.extend(of_examples.iter().map(example_of_item));
                if !others.is_empty() {
                    detail.push(Block::List { start, items: others });
                }
            }
            block => detail.push(block),
        }
    }
    (examples, detail)
}

/// The span of the first words of a range: its first line, at most up to a colon.
fn first_words(source: &str, place: &Range<usize>) -> Range<usize> {
    let line = source.get(place.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
    let start = place.start + line.len() - line.trim_start().len();
    let end = line.find(':').map_or(line.trim_end().len(), |colon| colon + 1);
    start..(place.start + end).max(start)
}

fn is_example(item: &Item) -> bool {
    matches!(item.blocks.first(), Some(Block::Paragraph(first)) if first.example.is_some())
}

fn example_of_item(item: &Item) -> Example {
    quoted(&item.blocks)
}

fn example(paragraph: &Paragraph) -> Example {
    quoted(&[Block::Paragraph(paragraph.clone())])
}

/// An example made of blocks, without introductory words (`For example, …`).
fn quoted(blocks: &[Block]) -> Example {
    let mut blocks = blocks.to_vec();
    let mut specialism = String::new();
    if let Some(Block::Paragraph(first)) = blocks.first_mut()
        && let Some(example) = first.example.take()
    {
        (first.html, first.text, specialism) = (example.html, example.text, example.specialism);
    }
    Example { specialism, blocks }
}

/// Reads blocks that are all examples: each item, paragraph and quote is one; any other block belongs to the one before
/// it.
fn read_examples(blocks: &[Block], into: &mut Vec<Example>) {
    for block in blocks {
        match block {
            Block::List { items, .. } => into.extend(items.iter().map(example_of_item)),
            Block::Paragraph(paragraph) => {
                into.push(example(paragraph));
            }
            Block::Quote { alert: None, blocks } => into.push(quoted(blocks)),
            other => match into.last_mut() {
                Some(last) => last.blocks.push(other.clone()),
                None => into.push(Example { specialism: String::new(), blocks: vec![other.clone()] }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{MarkdownParser, RawHtml, TextOrigin};
    use crate::tree::TreePath;

    fn cell(source: &str) -> CellText {
        let file = TreePath::normalized("a.md");
        let mut markdown = MarkdownParser::new(&file, source, RawHtml::Safe);
        let blocks = markdown.parse(source, TextOrigin::Verbatim(0));
        read(source, &[], &blocks)
    }

    fn texts(cell: &CellText) -> Vec<&str> {
        cell.statements.iter().map(|statement| statement.text.as_str()).collect()
    }

    fn specialisms(statement: &Statement) -> Vec<&str> {
        statement.examples.iter().map(|example| example.specialism.as_str()).collect()
    }

    #[test]
    fn list_items_are_expectations_and_the_rest_stays() {
        let cell = cell("Before.\n\n1. One.\n2. Two. {#two}\n\nAfter.\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        assert_eq!(cell.statements[1].id.as_ref().unwrap().value, "two");
        assert_eq!((cell.intro.len(), cell.outro.len()), (1, 1));
    }

    #[test]
    fn without_a_list_each_paragraph_is_one() {
        let cell = cell("One.\n\nExample: for one.\n\nTwo.\n\n> for two\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        assert_eq!(cell.statements.iter().map(|statement| statement.examples.len()).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn examples_of_an_expectation_come_in_every_form() {
        let cell = cell(
            "- One.\n  > quoted\n  - Example (SRE): nested\n  - For example, spoken\n  - a detail\n- Two.\n\n  **Example (ML):** \
             bold\n\n  Detail.\n- Three.\n  Example: on its own line\n",
        );
        assert_eq!(texts(&cell), ["One.", "Two.", "Three."]);
        assert_eq!(specialisms(&cell.statements[0]), ["", "SRE", ""]);
        assert_eq!(cell.statements[0].detail.blocks.len(), 1);
        assert_eq!(specialisms(&cell.statements[1]), ["ML"]);
        assert_eq!(cell.statements[1].detail.blocks.len(), 1);
        assert_eq!(specialisms(&cell.statements[2]), [""]);
    }

    #[test]
    fn examples_of_a_cell_come_in_every_form() {
        for form in [
            "- One.\n\n### Examples\n\n- first\n- Example (SRE): second\n",
            "- One.\n\n**Examples**\n\n- first\n- second (Example: no)\n",
            "- One.\n\n<details><summary>Examples</summary>\n\n- first\n- second\n\n</details>\n",
            "- One.\n\n<details><summary>Examples</summary>\n<p>first</p>\n</details>\n\n**Examples**\n\n- second\n",
        ] {
            let cell = cell(form);
            assert_eq!(texts(&cell), ["One."], "{form}");
            assert_eq!(cell.examples.len(), 2, "{form}");
        }
    }

    #[test]
    fn a_heading_below_examples_names_a_specialism_and_another_bold_line_ends_them() {
        let cell = cell("- One.\n\n### Examples\n\n- plain\n\n#### SRE\n\n- special\n\n### More\n\n- Two.\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        let shown: Vec<_> = cell.examples.iter().map(|example| example.specialism.as_str()).collect();
        assert_eq!(shown, ["", "SRE"]);
        let cell = self::cell("- One.\n\n**Examples**\n\n- an example\n\n**Also expected**\n\n- Two.\n");
        assert_eq!((texts(&cell), cell.examples.len()), (vec!["One.", "Two."], 1));
    }

    #[test]
    fn text_stays_under_its_sub_heading_and_a_sub_heading_without_expectations_stays() {
        let cell = cell("- One.\n\n### Philosophy\n\nOnly prose.\n\n### Tests\n\nIntro.\n\n- Two.\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        assert_eq!(cell.statements[1].before.len(), 1);
        let outro = cell.outro.iter().map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(outro.collect::<Vec<_>>(), ["Philosophy", "Only prose."]);
    }

    #[test]
    fn an_example_loses_its_first_words_only_where_it_is_one() {
        let cell = cell("- One.\n  - a detail\n    - Example (SRE): deep npm\n  - Example: npm install\n");
        assert_eq!(cell.statements[0].examples.len(), 1);
        let Block::Paragraph(example) = &cell.statements[0].examples[0].blocks[0] else { panic!("a paragraph") };
        assert_eq!(example.text, "npm install");
        let Block::List { items, .. } = &cell.statements[0].detail.blocks[0] else { panic!("a list") };
        let Block::List { items, .. } = &items[0].blocks[1] else { panic!("a list") };
        let Block::Paragraph(deep) = &items[0].blocks[0] else { panic!("a paragraph") };
        assert_eq!(deep.text, "Example (SRE): deep npm");
    }

    #[test]
    fn the_first_words_of_an_example_may_run_over_a_line_break() {
        let cell = cell("- One.\n\n  For\n  example: été\n\n  Example (a\n  b): état\n");
        let shown = |at: usize| match &cell.statements[0].examples[at].blocks[0] {
            Block::Paragraph(example) => example.text.as_str(),
            other => panic!("{other:?}"),
        };
        assert_eq!((shown(0), shown(1)), ("Été", "état"));
    }

    #[test]
    fn lower_headings_group_expectations() {
        let cell = cell("### Code\n\n- One.\n\n### Tests\n\n- Two.\n");
        let groups: Vec<_> =
            cell.statements.iter().map(|statement| statement.group.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(groups, ["Code", "Tests"]);
    }
}
