//! Lists whose items or terms name competencies or levels, with their expectations inside.

use std::ops::Range;

use crate::ladder::sections::explained_names::split_paragraph;
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::{SectionKind, extent};
use crate::ladder::sections::steps_in_table::report_unknown_steps;
use crate::markdown::{Block, Definition, Item, Paragraph};
use crate::page::Kind;

/// The name and the blocks of a list item that begins with a text. A text below the name is the first of the blocks.
fn named(cells: &NamedCells<'_, '_, '_>, item: &Item) -> Option<(Paragraph, Vec<Block>)> {
    let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() else { return None };
    if let Some((name, below)) = split_paragraph(cells, first) {
        return Some((name, std::iter::once(Block::Paragraph(below)).chain(rest.iter().cloned()).collect()));
    }
    let text = first.text.trim().trim_end_matches([':', '：']).trim_end().to_owned();
    Some((Paragraph { text, ..first.clone() }, rest.to_vec()))
}

/// The content of a cell that an item names: the items or the paragraphs inside it, each of which is an expectation.
fn content(rest: Vec<Block>) -> Vec<Block> {
    if rest.iter().any(|block| !matches!(block, Block::Paragraph(_))) {
        return rest;
    }
    let item = |block: Block| Item { span: extent(&block).unwrap_or_default(), blocks: vec![block] };
    vec![Block::List { start: None, items: rest.into_iter().map(item).collect() }]
}

/// Whether an item has a cell's text: other items, or paragraphs under a name that isn't a link.
fn has_content(source: &str, name: &Paragraph, rest: &[Block]) -> bool {
    let is_link = source[name.span.clone()].starts_with('[');
    let is_text = |block: &Block| matches!(block, Block::Paragraph(first) if first.text.contains(char::is_whitespace));
    rest.iter().any(is_list) || (!is_link && rest.first().is_some_and(is_text))
}

/// Fills the cells that the items of a list name, if one with other items or paragraphs inside does.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, items: &[Item]) {
    let Some(kind) = cells.target() else {
        read_both(cells, items);
        return;
    };
    let all: Vec<_> = items.iter().map(|item| (item, named(cells, item))).collect();
    let with_content = |is_name: &dyn Fn(&str) -> bool| {
        let mut named = all.iter().filter_map(|(_, named)| named.as_ref());
        named.any(|(name, rest)| is_name(&name.text) && has_content(&cells.page().source, name, rest))
    };
    if with_content(&|text| cells.step(text).is_some()) {
        let named: Vec<_> = all.into_iter().filter_map(|(_, named)| named).collect();
        read_steps(cells, named);
        return;
    }
    if !with_content(&|text| cells.is_name(kind, text)) {
        return;
    }
    for (item, named) in all {
        if let Some((name, rest)) = named {
            let Some(id) = cells.page_named(kind, &name.text, &name.span) else { continue };
            cells.add(0, SectionKind::Cell(id), &name, |_, _| content(rest));
        } else {
            cells.page_named(kind, "", &text_span(cells, &item.span));
        }
    }
}

/// Fills the cells that lists inside a list name on a track's page: the outer one levels and the inner ones competencies, or
/// the reverse.
fn read_both(cells: &mut NamedCells<'_, '_, '_>, items: &[Item]) {
    let source = &cells.page().source;
    let all: Vec<_> = items.iter().map(|item| (item, named(cells, item))).collect();
    let is_divided = |(outer, inner): &(Kind, Kind)| {
        let mut named_outside = all.iter().filter_map(|(_, named)| named.as_ref());
        named_outside.any(|(name, rest)| {
            let mut inside = rest.iter().flat_map(list_items).filter_map(|item| named(cells, item));
            cells.is_name(*outer, &name.text)
                && inside.any(|(name, rest)| cells.is_name(*inner, &name.text) && has_content(source, &name, &rest))
        })
    };
    let kinds = [(Kind::Level, Kind::Competency), (Kind::Competency, Kind::Level)];
    let Some((outer, inner)) = kinds.into_iter().find(is_divided) else { return };
    for (item, named_outside) in all {
        let Some((name, rest)) = named_outside else {
            cells.page_named(outer, "", &text_span(cells, &item.span));
            continue;
        };
        let Some(outer_page) = cells.page_named(outer, &name.text, &name.span) else { continue };
        let (lists, mut above): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_list);
        for item in lists.iter().flat_map(list_items) {
            let Some((name, rest)) = named(cells, item) else {
                cells.page_named(inner, "", &text_span(cells, &item.span));
                continue;
            };
            let Some(inner_page) = cells.page_named(inner, &name.text, &name.span) else { continue };
            let (level, competency) =
                if outer == Kind::Level { (outer_page, inner_page) } else { (inner_page, outer_page) };
            // A text below the outer name introduces its cells.
            let above = std::mem::take(&mut above);
            let kind = cells.kind_of(level, competency);
            cells.add(0, kind, &name, |_, _| above.into_iter().chain(content(rest)).collect());
        }
        if let Some(span) = above.iter().find_map(extent) {
            cells.page_named(inner, "", &text_span(cells, &span));
        }
    }
}

fn list_items(block: &Block) -> &[Item] {
    match block {
        Block::List { items, .. } => items,
        _ => &[],
    }
}

/// A range of the page without the white space at its end.
fn text_span(cells: &NamedCells<'_, '_, '_>, span: &Range<usize>) -> Range<usize> {
    span.start..span.start + cells.page().source[span.clone()].trim_end().len()
}

/// Reads the criteria of steps, unless the page has headings for them.
fn read_steps(cells: &mut NamedCells<'_, '_, '_>, named: Vec<(Paragraph, Vec<Block>)>) {
    if cells.have_headings(named.iter().map(|(name, _)| name.text.as_str())) {
        return;
    }
    let mut unknown = Vec::new();
    for (name, rest) in named {
        match cells.step(&name.text) {
            Some(step) => cells.add(0, SectionKind::Step(step), &name, |_, _| rest),
            None => unknown.push(name),
        }
    }
    let unknown: Vec<_> = unknown.iter().map(|name| (name.text.as_str(), &name.span)).collect();
    report_unknown_steps(cells, &unknown);
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
