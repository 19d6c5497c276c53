//! Lists whose items or terms name competencies or levels, with their expectations inside.

use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::{SectionKind, extent};
use crate::markdown::{Block, Definition, Item, Paragraph};

/// The name and the blocks of a list item that begins with a text.
fn named(item: &Item) -> Option<(Paragraph, &[Block])> {
    let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() else { return None };
    let text = first.text.trim().trim_end_matches([':', '：']).trim_end().to_owned();
    Some((Paragraph { text, ..first.clone() }, rest))
}

/// The content of a cell that an item names: the items or the paragraphs inside it, each of which is an expectation.
fn content(rest: &[Block]) -> Vec<Block> {
    if rest.iter().any(|block| !matches!(block, Block::Paragraph(_))) {
        return rest.to_vec();
    }
    let item = |block: &Block| Item { span: extent(block).unwrap_or_default(), blocks: vec![block.clone()] };
    vec![Block::List { start: None, items: rest.iter().map(item).collect() }]
}

/// Whether an item has a cell's text: other items, or paragraphs under a name that isn't a link.
fn has_content(source: &str, name: &Paragraph, rest: &[Block]) -> bool {
    let is_link = source[name.span.clone()].starts_with('[');
    rest.iter().any(is_list) || (!is_link && matches!(rest.first(), Some(Block::Paragraph(_))))
}

/// Fills the cells that the items of a list name, if one with other items or paragraphs inside does.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, items: &[Item]) {
    let Some(kind) = cells.target() else { return };
    let mut all = items.iter().filter_map(named);
    if !all.any(|(ref name, rest)| has_content(&cells.page().source, name, rest) && cells.is_name(kind, &name.text)) {
        return;
    }
    for item in items {
        if let Some((name, rest)) = named(item) {
            let Some(id) = cells.page_named(kind, &name.text, &name.span) else { continue };
            cells.add(0, SectionKind::Cell(id), &name, |_, _| content(rest));
        } else {
            let end = item.span.start + cells.page().source[item.span.clone()].trim_end().len();
            cells.page_named(kind, "", &(item.span.start..end));
        }
    }
}

/// Terms and their definitions as list items with other items inside.
pub(crate) fn of_definitions(terms: &[Definition]) -> Vec<Item> {
    let item = |Definition { term, definitions }: &Definition| {
        let end = definitions.last().map_or(term.span.end, |last| last.span.end);
        let inside = Block::List { start: None, items: definitions.clone() };
        Item { blocks: vec![Block::Paragraph(term.clone()), inside], span: term.span.start..end }
    };
    terms.iter().map(item).collect()
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::List { .. })
}
