//! The examples of cells and expectations.

use crate::ladder::expectations::statement::Example;
use crate::markdown::{Block, Item, Paragraph};
use crate::name::fold;

/// The level of a bold line that reads `Examples`: below every heading, so that the next heading or bold line ends it.
const BOLD: u8 = 7;

/// The level of the heading `Examples` that a block is under, if it is under one; `above` is that of the block before.
/// The section `Examples` ends at the next heading of the same or a higher level.
pub(crate) fn examples_at(above: Option<u8>, block: &Block) -> Option<u8> {
    match block {
        Block::Heading(heading) if says_examples(&heading.text) => Some(heading.level),
        Block::Heading(heading) => above.filter(|level| heading.level > *level),
        Block::Paragraph(paragraph) if paragraph.bold && says_examples(&paragraph.text) => Some(above.unwrap_or(BOLD)),
        Block::Paragraph(paragraph) if paragraph.bold => above.filter(|level| *level != BOLD),
        _ => above,
    }
}

pub(crate) fn says_examples(text: &str) -> bool {
    matches!(fold(text).as_str(), "example" | "examples" | "for example")
}

/// Separates the examples of an expectation from its detail.
pub(crate) fn split_examples(blocks: Vec<Block>) -> (Vec<Example>, Vec<Block>) {
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

pub(crate) fn is_example(item: &Item) -> bool {
    matches!(item.blocks.first(), Some(Block::Paragraph(first)) if first.example.is_some())
}

pub(crate) fn example_of_item(item: &Item) -> Example {
    quoted(&item.blocks)
}

pub(crate) fn example(paragraph: &Paragraph) -> Example {
    quoted(&[Block::Paragraph(paragraph.clone())])
}

/// An example made of blocks, without introductory words (`For example, …`).
pub(crate) fn quoted(blocks: &[Block]) -> Example {
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
pub(crate) fn read_examples(blocks: &[Block], into: &mut Vec<Example>) {
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
