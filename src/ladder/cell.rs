use std::ops::Range;

use crate::markdown::{Block, Heading, Item, Paragraph, Rich};
use crate::name::fold;
use crate::yaml::At;

/// What stands under a heading that opens a cell, read as expectations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellText {
    /// What the author says before the expectations.
    pub intro: Vec<Block>,
    /// The expectations.
    pub lines: Vec<Line>,
    /// What the author says after them.
    pub outro: Vec<Block>,
    /// Examples of the whole cell.
    pub examples: Vec<Example>,
    /// The places of examples that stand beside the list instead of in it, and so are read as something else.
    pub(super) strays: Vec<Range<usize>>,
}

impl CellText {
    /// The ids of the sub-headings that its expectations stand under.
    pub(super) fn groups(&self) -> impl Iterator<Item = String> {
        self.lines.iter().filter_map(|line| Some(line.group.as_ref()?.id.clone()))
    }
}

/// One expectation as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The sentence.
    pub html: Rich,
    /// The sentence without markup.
    pub text: String,
    /// The permanent id that its author gave it.
    pub id: Option<At<String>>,
    /// What is shown with it.
    pub detail: Vec<Block>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The sub-heading that it stands under.
    pub group: Option<Heading>,
    /// Its place in the file, in bytes.
    pub span: Range<usize>,
}

/// An example.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The specialism it speaks of; may be empty.
    pub specialism: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// Reads the blocks of a cell. List items are expectations; in a cell without a list each paragraph is one. Nothing
/// that is written is lost: what is no expectation or example stays as intro, detail or outro.
#[must_use]
pub(super) fn read(source: &str, blocks: &[Block]) -> CellText {
    let mut reader = Reader { has_list: has_list(blocks), source, ..Reader::default() };
    for block in blocks {
        reader.block(block);
    }
    reader.cell
}

/// Whether a cell has a list of expectations (a list under `Examples` is none).
fn has_list(blocks: &[Block]) -> bool {
    let mut in_examples = false;
    blocks.iter().any(|block| {
        match block {
            Block::Heading(heading) => in_examples = says_examples(&heading.text),
            Block::Paragraph(paragraph) if paragraph.bold => in_examples = says_examples(&paragraph.text),
            _ => {}
        }
        !in_examples && matches!(block, Block::List { .. })
    })
}

fn says_examples(text: &str) -> bool {
    matches!(fold(text).as_str(), "example" | "examples" | "for example")
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    cell: CellText,
    has_list: bool,
    in_examples: bool,
    group: Option<Heading>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                self.in_examples = says_examples(&heading.text);
                self.group = (!self.in_examples).then(|| heading.clone());
            }
            Block::Paragraph(paragraph) if paragraph.bold && says_examples(&paragraph.text) => self.in_examples = true,
            Block::Details { summary_text, blocks, .. } if fold(summary_text).contains("example") => {
                read_examples(blocks, &mut self.cell.examples);
            }
            block if self.in_examples => read_examples(std::slice::from_ref(block), &mut self.cell.examples),
            Block::List { items, .. } => {
                for item in items {
                    if is_example(item) {
                        self.cell.strays.push(first_words(self.source, &item.span));
                    }
                    let group = self.group.clone();
                    self.cell.lines.push(line_of_item(item, group));
                }
            }
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Quote { alert: None, blocks } if !self.has_list && !self.cell.lines.is_empty() => {
                self.add_example(quoted(blocks));
            }
            Block::Quote { alert: None, blocks } => {
                self.stray_quote(blocks);
                self.aside(block);
            }
            block => self.aside(block),
        }
    }

    /// A quotation in the line right below an item was meant as its example.
    fn stray_quote(&mut self, blocks: &[Block]) {
        let (Some(item), Some(Block::Paragraph(first))) = (self.cell.lines.last(), blocks.first()) else { return };
        let Some(between) = self.source.get(item.span.start..first.span.start) else { return };
        let Some(mark) = between.rfind('>') else { return };
        let above = between[..mark].strip_suffix('\n').and_then(|text| text.rsplit('\n').next());
        if self.has_list && above.is_some_and(|line| !line.trim().is_empty()) {
            self.cell.strays.push(item.span.start + mark..first.span.end);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        if let Some(specialism) = &paragraph.example {
            self.add_example(example(specialism, paragraph));
        } else if self.has_list {
            self.aside(&Block::Paragraph(paragraph.clone()));
        } else {
            self.cell.lines.push(line(paragraph, Vec::new(), self.group.clone(), paragraph.span.clone()));
        }
    }

    /// An example between paragraphs belongs to the expectation before it; between lists, to the whole cell.
    fn add_example(&mut self, example: Example) {
        match self.cell.lines.last_mut() {
            Some(last) if !self.has_list => last.examples.push(example),
            _ => self.cell.examples.push(example),
        }
    }

    fn aside(&mut self, block: &Block) {
        let asides = if self.cell.lines.is_empty() { &mut self.cell.intro } else { &mut self.cell.outro };
        asides.push(block.clone());
    }
}

fn line(first: &Paragraph, rest: Vec<Block>, group: Option<Heading>, span: Range<usize>) -> Line {
    let (examples, detail) = sort_out(rest);
    Line { html: first.html.clone(), text: first.text.clone(), id: first.id.clone(), detail, examples, group, span }
}

fn line_of_item(item: &Item, group: Option<Heading>) -> Line {
    match item.blocks.split_first() {
        Some((Block::Paragraph(first), rest)) => line(first, rest.to_vec(), group, item.span.clone()),
        _ => Line {
            html: Rich::default(),
            text: String::new(),
            id: None,
            detail: item.blocks.clone(),
            examples: Vec::new(),
            group,
            span: item.span.clone(),
        },
    }
}

/// Parts the examples of an expectation from its detail.
fn sort_out(blocks: Vec<Block>) -> (Vec<Example>, Vec<Block>) {
    let mut examples = Vec::new();
    let mut detail = Vec::new();
    for block in blocks {
        match block {
            Block::Quote { alert: None, blocks } => examples.push(quoted(&blocks)),
            Block::Paragraph(paragraph) if paragraph.example.is_some() => {
                let specialism = paragraph.example.clone().unwrap_or_default();
                examples.push(example(&specialism, &paragraph));
            }
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

/// The first words of a place: its first line, at most up to a colon.
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
    let specialism = match item.blocks.first() {
        Some(Block::Paragraph(first)) => first.example.clone().unwrap_or_default(),
        _ => String::new(),
    };
    Example { specialism, blocks: item.blocks.clone() }
}

fn example(specialism: &str, paragraph: &Paragraph) -> Example {
    Example { specialism: specialism.to_owned(), blocks: vec![Block::Paragraph(paragraph.clone())] }
}

fn quoted(blocks: &[Block]) -> Example {
    let specialism = match blocks.first() {
        Some(Block::Paragraph(first)) => first.example.clone().unwrap_or_default(),
        _ => String::new(),
    };
    Example { specialism, blocks: blocks.to_vec() }
}

/// Reads blocks all of which are examples: each item, paragraph and quote is one; what else there is belongs to the
/// one before it.
fn read_examples(blocks: &[Block], into: &mut Vec<Example>) {
    for block in blocks {
        match block {
            Block::List { items, .. } => into.extend(items.iter().map(example_of_item)),
            Block::Paragraph(paragraph) => {
                into.push(example(paragraph.example.as_deref().unwrap_or_default(), paragraph));
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
    use crate::markdown::{Markdown, Place, RawHtml};
    use crate::tree::TreePath;

    fn cell(source: &str) -> CellText {
        let file = TreePath::known("a.md");
        let mut markdown = Markdown::new(&file, source, RawHtml::Safe);
        read(source, &markdown.parse(source, Place::From(0)))
    }

    fn texts(cell: &CellText) -> Vec<&str> {
        cell.lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn specialisms(line: &Line) -> Vec<&str> {
        line.examples.iter().map(|example| example.specialism.as_str()).collect()
    }

    #[test]
    fn list_items_are_expectations_and_the_rest_stays() {
        let cell = cell("Before.\n\n1. One.\n2. Two. {#two}\n\nAfter.\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        assert_eq!(cell.lines[1].id.as_ref().unwrap().value, "two");
        assert_eq!((cell.intro.len(), cell.outro.len()), (1, 1));
    }

    #[test]
    fn without_a_list_each_paragraph_is_one() {
        let cell = cell("One.\n\nExample: for one.\n\nTwo.\n\n> for two\n");
        assert_eq!(texts(&cell), ["One.", "Two."]);
        assert_eq!(cell.lines.iter().map(|line| line.examples.len()).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn examples_of_an_expectation_come_in_every_form() {
        let cell = cell(
            "- One.\n  > quoted\n  - Example (SRE): nested\n  - For example, spoken\n  - a detail\n- Two.\n\n  **Example (ML):** \
             bold\n\n  Detail.\n- Three.\n  Example: on its own line\n",
        );
        assert_eq!(texts(&cell), ["One.", "Two.", "Three."]);
        assert_eq!(specialisms(&cell.lines[0]), ["", "SRE", ""]);
        assert_eq!(cell.lines[0].detail.len(), 1);
        assert_eq!(specialisms(&cell.lines[1]), ["ML"]);
        assert_eq!(cell.lines[1].detail.len(), 1);
        assert_eq!(specialisms(&cell.lines[2]), [""]);
    }

    #[test]
    fn examples_of_a_cell_come_in_every_form() {
        for form in [
            "- One.\n\n### Examples\n\n- first\n- Example (SRE): second\n",
            "- One.\n\n**Examples**\n\n- first\n- second (Example: no)\n",
            "- One.\n\n<details><summary>Examples</summary>\n\n- first\n- second\n\n</details>\n",
        ] {
            let cell = cell(form);
            assert_eq!(texts(&cell), ["One."], "{form}");
            assert_eq!(cell.examples.len(), 2, "{form}");
        }
    }

    #[test]
    fn lower_headings_group_expectations() {
        let cell = cell("### Code\n\n- One.\n\n### Tests\n\n- Two.\n");
        let groups: Vec<_> = cell.lines.iter().map(|line| line.group.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(groups, ["Code", "Tests"]);
    }
}
