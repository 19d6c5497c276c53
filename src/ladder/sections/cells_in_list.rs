//! Lists whose items or terms name competencies or levels, with their expectations inside.

use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::SectionKind;
use crate::markdown::{Block, Definition, Item, Paragraph};

/// The name and the blocks of a list item that begins with a text.
fn named(item: &Item) -> Option<(Paragraph, &[Block])> {
    let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() else { return None };
    let text = first.text.trim().trim_end_matches([':', '：']).trim_end().to_owned();
    Some((Paragraph { text, ..first.clone() }, rest))
}

/// Fills the cells that the items of a list name, if one with other items inside does.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, items: &[Item]) {
    let Some(kind) = cells.target() else { return };
    let mut all = items.iter().filter_map(named);
    if !all.any(|(name, rest)| rest.iter().any(is_list) && cells.is_name(kind, &name.text)) {
        return;
    }
    for item in items {
        if let Some((name, rest)) = named(item) {
            let Some(id) = cells.page_named(kind, &name.text, &name.span) else { continue };
            cells.add(0, SectionKind::Cell(id), &name, |_, _| rest.to_vec());
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
