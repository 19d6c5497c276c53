//! Builds the summaries that show authors how each section of a page is read.

use std::ops::Range;
use std::sync::Arc;

use crate::ladder::expectations::read_expectations::CellText;
use crate::ladder::model::Ladder;
use crate::ladder::sections::section::{Section, SectionKind, extent};
use crate::ladder::sections::section_summary::{BlockRole, SectionRole, SectionSummary};
use crate::markdown::Block;
use crate::page::{Page, PageId, Pages};

impl Ladder {
    /// The sections of a page in order, as Stepladder reads them. Those of pages other than levels and competencies are
    /// prose.
    #[must_use]
    pub fn reading(&self, pages: &Pages, page: PageId) -> Arc<Vec<SectionSummary>> {
        let known = self.readings.get(&page).map(Arc::clone);
        known.unwrap_or_else(|| Arc::new(readings(pages, pages.get(page), &[])))
    }
}

/// The readings of a page whose sections with a role are `sections`, in order.
pub(crate) fn readings(pages: &Pages, page: &Page, sections: &[Section]) -> Vec<SectionSummary> {
    let mut readings = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let own = matches!(page.blocks[at], Block::Heading(_)).then_some(at);
        let start = own.map_or(at, |heading| heading + 1);
        let mut starting = sections.iter().filter(|section| section.blocks.start == start).peekable();
        let reading = match starting.peek() {
            Some(section) if own.is_some() && !section.is_named_inside => of_section(pages, page, section),
            Some(section) if own.is_none() && section.is_named_inside => {
                let blocks = section.blocks.clone();
                of_block(page, blocks, starting.filter(|section| is_shown(pages, section.kind)))
            }
            _ => of_prose(page, own, start, sections),
        };
        at = reading.blocks.end.max(start);
        readings.push(reading);
    }
    readings
}

fn of_section(pages: &Pages, page: &Page, section: &Section) -> SectionSummary {
    let (heading, text) = (&section.written.heading, &section.written.text);
    let role = match section.kind {
        SectionKind::Cell(id) if pages.is_shown(id) => SectionRole::Cell(id),
        SectionKind::Cell(id) => SectionRole::Draft(id),
        SectionKind::LevelCell { .. } | SectionKind::NotApplicable { .. } => SectionRole::Cells,
        SectionKind::Own => SectionRole::Own,
        SectionKind::Step(step) => SectionRole::Step(step),
    };
    let block_role = |at: usize| match role {
        SectionRole::Cell(_) | SectionRole::Own => role_in_cell(&page.blocks, at, text),
        _ if matches!(page.blocks[at], Block::Heading(_)) => BlockRole::Heading,
        _ => BlockRole::Prose,
    };
    let is_draft = matches!(role, SectionRole::Draft(_));
    let text = if is_draft { &CellText::default() } else { text };
    let of_expectations: usize = text.statements.iter().map(|statement| statement.examples.len()).sum();
    SectionSummary {
        heading: heading.text.clone(),
        level: heading.level,
        span: heading.span.clone(),
        role,
        expectations: text.statements.len(),
        examples: of_expectations + text.examples.len(),
        block_roles: section.blocks.clone().map(block_role).collect(),
        blocks: section.blocks.clone(),
    }
}

/// Whether the pages that a section is for are published.
fn is_shown(pages: &Pages, kind: SectionKind) -> bool {
    match kind {
        SectionKind::Cell(id) => pages.is_shown(id),
        SectionKind::LevelCell { level, competency } | SectionKind::NotApplicable { level, competency } => {
            pages.is_shown(level) && pages.is_shown(competency)
        }
        SectionKind::Own | SectionKind::Step(_) => true,
    }
}

/// The reading of a table or a list with the names of the cells `sections`.
fn of_block<'s>(page: &Page, blocks: Range<usize>, sections: impl Iterator<Item = &'s Section>) -> SectionSummary {
    let is_table = matches!(page.blocks[blocks.start], Block::Table(_));
    let texts: Vec<&CellText> = sections.map(|section| &section.written.text).collect();
    let statements = || texts.iter().flat_map(|text| &text.statements);
    let span = statements()
        .map(|statement| statement.span.clone())
        .reduce(|first, next| first.start.min(next.start)..first.end.max(next.end));
    SectionSummary {
        heading: if is_table { "Table" } else { "List" }.to_owned(),
        level: 0,
        span: span.unwrap_or_default(),
        role: SectionRole::Cells,
        expectations: statements().count(),
        examples: statements().map(|statement| statement.examples.len()).sum::<usize>()
            + texts.iter().map(|text| text.examples.len()).sum::<usize>(),
        blocks,
        block_roles: vec![BlockRole::Expectations],
    }
}

/// The reading of the text from a position up to the next heading or named cells, under the heading at `own`.
fn of_prose(page: &Page, own: Option<usize>, start: usize, sections: &[Section]) -> SectionSummary {
    let is_named = |at: usize| sections.iter().any(|section| section.is_named_inside && section.blocks.start == at);
    let mut later = start..page.blocks.len();
    let end = later.find(|at| matches!(page.blocks[*at], Block::Heading(_)) || is_named(*at));
    let end = end.unwrap_or(page.blocks.len());
    let blocks = &page.blocks[start..end];
    let heading = own.and_then(|at| if let Block::Heading(heading) = &page.blocks[at] { Some(heading) } else { None });
    let has_sub_heading = match (heading, page.blocks.get(end)) {
        (Some(own), Some(Block::Heading(next))) => next.level > own.level,
        (Some(_), Some(_)) => is_named(end),
        _ => false,
    };
    let is_container = has_sub_heading && blocks.iter().all(Block::is_blank);
    SectionSummary {
        heading: heading.map(|heading| heading.text.clone()).unwrap_or_default(),
        level: heading.map_or(0, |heading| heading.level),
        span: heading.map_or(page.body..page.body, |heading| heading.span.clone()),
        role: if is_container { SectionRole::Container } else { SectionRole::Prose },
        expectations: 0,
        examples: 0,
        blocks: start..end,
        block_roles: vec![BlockRole::Prose; blocks.len()],
    }
}

/// The role of a block of a cell, by where the cell's text has it.
fn role_in_cell(blocks: &[Block], at: usize, text: &CellText) -> BlockRole {
    let block = &blocks[at];
    let is_in = |some: &[Block]| some.contains(block);
    let has_expectation = extent(block).is_some_and(|extent| {
        text.statements.iter().any(|statement| extent.start <= statement.span.start && statement.span.end <= extent.end)
    });
    let is_label = |block: &Block| match block {
        Block::Paragraph(label) => {
            text.statements.iter().filter_map(|one| one.group.as_ref()).any(|of| of.span == label.span)
        }
        _ => false,
    };
    if matches!(block, Block::Heading(_)) || is_label(block) {
        BlockRole::Heading
    } else if has_expectation {
        BlockRole::Expectations
    } else if is_in(&text.intro) || text.statements.iter().any(|statement| is_in(&statement.before)) {
        BlockRole::Introduction
    } else if is_in(&text.outro) {
        BlockRole::Prose
    } else {
        BlockRole::Examples
    }
}
