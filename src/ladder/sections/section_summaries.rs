//! Builds the summaries that show authors how each section of a page is read.

use std::collections::{HashMap, HashSet};
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
    let mut starting_at: HashMap<usize, Vec<&Section>> = HashMap::new();
    for section in sections {
        starting_at.entry(section.blocks.start).or_default().push(section);
    }
    let mut readings = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let own = matches!(page.blocks[at], Block::Heading(_)).then_some(at);
        let start = own.map_or(at, |heading| heading + 1);
        let starting: &[&Section] = starting_at.get(&start).map_or(&[], Vec::as_slice);
        let reading = match starting.first() {
            Some(section) if own.is_some() && !section.is_named_inside => of_section(pages, page, section),
            Some(section) if own.is_none() && section.is_named_inside => {
                let shown = starting.iter().copied().filter(|section| is_shown(pages, section.kind));
                of_block(page, section.blocks.clone(), shown)
            }
            _ => of_prose(page, own, start, |at| {
                starting_at.get(&at).is_some_and(|sections| sections.iter().any(|section| section.is_named_inside))
            }),
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
    let cell_blocks = CellBlocks::of(text);
    let block_role = |at: usize| match role {
        SectionRole::Cell(_) | SectionRole::Own => cell_blocks.role(&page.blocks[at]),
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

/// The reading of the text from a position up to the next heading or block with named cells, under the heading at `own`.
fn of_prose(page: &Page, own: Option<usize>, start: usize, is_named: impl Fn(usize) -> bool) -> SectionSummary {
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

/// Where the text of a cell has its blocks.
struct CellBlocks<'t> {
    /// The byte ranges of its statements, in order.
    statements: Vec<&'t Range<usize>>,
    /// The places of the labels of their groups.
    labels: HashSet<&'t Range<usize>>,
    introduction: BlockSet<'t>,
    outro: BlockSet<'t>,
}

impl<'t> CellBlocks<'t> {
    fn of(text: &'t CellText) -> Self {
        let mut statements: Vec<&Range<usize>> = text.statements.iter().map(|statement| &statement.span).collect();
        statements.sort_unstable_by_key(|span| (span.start, span.end));
        let before = text.statements.iter().flat_map(|statement| &statement.before);
        let introduction = BlockSet::of(text.intro.iter().chain(before));
        let labels = text.statements.iter().filter_map(|one| one.group.as_ref()).map(|of| &of.span).collect();
        Self { statements, labels, introduction, outro: BlockSet::of(&text.outro) }
    }

    fn role(&self, block: &Block) -> BlockRole {
        let has_expectation = || {
            extent(block).is_some_and(|extent| {
                let first = self.statements.partition_point(|span| span.start < extent.start);
                let mut inside = self.statements[first..].iter().take_while(|span| span.start <= extent.end);
                inside.any(|span| span.end <= extent.end)
            })
        };
        let is_label = matches!(block, Block::Paragraph(label) if self.labels.contains(&label.span));
        if matches!(block, Block::Heading(_)) || is_label {
            BlockRole::Heading
        } else if has_expectation() {
            BlockRole::Expectations
        } else if self.introduction.contains(block) {
            BlockRole::Introduction
        } else if self.outro.contains(block) {
            BlockRole::Prose
        } else {
            BlockRole::Examples
        }
    }
}

/// A set of blocks.
struct BlockSet<'t> {
    /// Those whose place is known, by their first bytes.
    by_start: HashMap<usize, &'t Block>,
    /// The different ones of the others, most of which are rules.
    without_place: Vec<&'t Block>,
}

impl<'t> BlockSet<'t> {
    fn of(blocks: impl IntoIterator<Item = &'t Block>) -> Self {
        let mut set = Self { by_start: HashMap::new(), without_place: Vec::new() };
        for block in blocks {
            if let Some(extent) = extent(block) {
                set.by_start.insert(extent.start, block);
            } else if !set.without_place.contains(&block) {
                set.without_place.push(block);
            }
        }
        set
    }

    fn contains(&self, block: &Block) -> bool {
        match extent(block) {
            Some(extent) => self.by_start.get(&extent.start).is_some_and(|known| *known == block),
            None => self.without_place.contains(&block),
        }
    }
}
