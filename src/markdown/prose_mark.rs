//! The mark `{.prose}` on the line before a block.

use super::block::Block;

/// The mark.
const MARK: &str = "{.prose}";

/// Removes each paragraph that is only the mark, and marks the block after it as prose.
pub(super) fn apply(blocks: Vec<Block>) -> Vec<Block> {
    let mut marked = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let is_mark = matches!(&block, Block::Paragraph(paragraph) if paragraph.text.trim() == MARK);
        marked.push(match blocks.next_if(|_| is_mark) {
            None => block,
            Some(Block::Heading(mut heading)) => {
                heading.classes.push("prose".to_owned());
                Block::Heading(heading)
            }
            Some(next) => Block::Prose(Box::new(next)),
        });
    }
    marked
}
