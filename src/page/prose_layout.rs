//! The layout of a page's body: its prose and its anchors.

use std::collections::HashSet;
use std::ops::Range;

use super::layout::PageLayout;
use super::model::Page;
use crate::diagnostic::{Diagnostic, catalog};
use crate::markdown::{headings, paragraphs};

/// Computes the layout of a body without the blocks that belong to cells, given by `is_cell` for each block; `first_cell` is
/// the index of the first one.
pub(crate) fn layout_without_cells(
    page: &Page,
    is_cell: &[bool],
    first_cell: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> PageLayout {
    let prose_in = |blocks: Range<usize>| -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for block in blocks.filter(|block| !is_cell[*block]) {
            match ranges.last_mut() {
                Some(last) if last.end == block => last.end += 1,
                _ => ranges.push(block..block + 1),
            }
        }
        ranges
    };
    let (lead, rest) = (prose_in(0..first_cell), prose_in(first_cell..page.blocks.len()));
    let anchors = prose_anchors(page, &[&lead, &rest], diagnostics);
    PageLayout { lead, rest, anchors }
}

/// The layout of a page without cells.
pub(super) fn plain_layout(page: &Page, diagnostics: &mut Vec<Diagnostic>) -> PageLayout {
    layout_without_cells(page, &vec![false; page.blocks.len()], page.blocks.len(), diagnostics)
}

/// Collects the anchors of headings, paragraphs, footnotes and raw HTML, and reports duplicates.
fn prose_anchors(page: &Page, prose: &[&[Range<usize>]], diagnostics: &mut Vec<Diagnostic>) -> HashSet<String> {
    let prose = || prose.iter().copied().flatten().map(|range| &page.blocks[range.clone()]);
    let mut anchors: HashSet<String> = page.document.anchors.iter().map(|anchor| anchor.value.clone()).collect();
    for blocks in prose() {
        headings(blocks, &mut |heading| {
            anchors.insert(heading.id.clone());
        });
    }
    for blocks in prose() {
        paragraphs(blocks, &mut |paragraph| {
            let Some(id) = &paragraph.id else { return };
            if !anchors.insert(id.value.clone()) {
                diagnostics.push(catalog::duplicate_anchor(page.span(&id.span), &id.value));
            }
        });
    }
    for footnote in &page.document.footnotes {
        anchors.insert(footnote.anchor());
        anchors.extend((1..=footnote.references).map(|number| footnote.reference_anchor(number)));
    }
    anchors
}
