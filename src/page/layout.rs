use std::collections::HashSet;
use std::ops::Range;

use super::Page;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{headings, paragraphs};

/// What a page's body is split into: ranges of its blocks, and the ids that its page will have.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Prose before the first cell.
    pub lead: Vec<Range<usize>>,
    /// Prose after it.
    pub rest: Vec<Range<usize>>,
    /// All ids that can be linked to.
    pub anchors: HashSet<String>,
}

impl Layout {
    /// What is left of a body when some blocks are `taken` away. `first` is the first of them.
    pub(crate) fn of(page: &Page, taken: &[bool], first: usize, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let ranges = |blocks: Range<usize>| -> Vec<Range<usize>> {
            let mut ranges: Vec<Range<usize>> = Vec::new();
            for at in blocks.filter(|at| !taken[*at]) {
                match ranges.last_mut() {
                    Some(last) if last.end == at => last.end += 1,
                    _ => ranges.push(at..at + 1),
                }
            }
            ranges
        };
        let mut layout = Self { lead: ranges(0..first), rest: ranges(first..page.blocks.len()), ..Self::default() };
        layout.add_prose_anchors(page, diagnostics);
        layout
    }

    /// The layout of a page without cells.
    pub(super) fn plain(page: &Page, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::of(page, &vec![false; page.blocks.len()], page.blocks.len(), diagnostics)
    }

    fn add_prose_anchors(&mut self, page: &Page, diagnostics: &mut Vec<Diagnostic>) {
        let prose = || self.lead.iter().chain(&self.rest).map(|range| &page.blocks[range.clone()]);
        let mut anchors = HashSet::new();
        for blocks in prose() {
            headings(blocks, &mut |heading| {
                anchors.insert(heading.id.clone());
            });
        }
        for blocks in prose() {
            paragraphs(blocks, &mut |paragraph| {
                let Some(id) = &paragraph.id else { return };
                if !anchors.insert(id.value.clone()) {
                    let message = format!("this page has two anchors called `{}`", id.value);
                    let diagnostic = Diagnostic::new(Code::DuplicateAnchor, page.span(&id.span), message);
                    diagnostics.push(diagnostic.help("give one of them a different id"));
                }
            });
        }
        for footnote in &page.document.footnotes {
            anchors.insert(footnote.anchor());
            anchors.extend((1..=footnote.references).map(|number| footnote.reference_anchor(number)));
        }
        self.anchors = anchors;
    }
}
