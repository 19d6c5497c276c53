//! The texts of a guide that are compared: expectations, criteria, examples and paragraphs, each with its place.

use std::collections::{BTreeMap, HashMap};

use super::model::{RaisedText, TextKind, TextSide};
use super::word_weights::word_hashes;
use crate::diagnostic::position;
use crate::guide::Guide;
use crate::ladder::{CompetencyId, Example, ExpectationId, LevelId, Role, Written};
use crate::markdown::{Block, Table, TableCell, written_texts};
use crate::name::fold;
use crate::page::{Page, PageId};

/// A text of a guide.
#[derive(Debug)]
pub(super) struct GuideText {
    pub(super) kind: TextKind,
    /// The page of its level; that of its competency for a criterion, its own page for a paragraph.
    pub(super) page: PageId,
    pub(super) part: PagePart,
    /// The text, with single spaces in each line.
    pub(super) text: String,
    /// The text without case, markup and closing punctuation.
    pub(super) folded: String,
    pub(super) words: Vec<u64>,
    /// The permanent id of an expectation.
    pub(super) id: Option<GuideTextId>,
    pub(super) specialism: String,
    /// The expectation of an example, by its position among the texts.
    pub(super) parent: Option<usize>,
    /// The expectations that it raises, by their positions among the texts.
    pub(super) raises: Vec<usize>,
    /// The expectation in the ladder.
    expectation: Option<ExpectationId>,
    /// The page that it's written on, and its position there in bytes.
    written: (PageId, usize),
}

/// The permanent id of an expectation.
#[derive(Debug)]
pub(super) struct GuideTextId {
    pub(super) id: String,
    /// Whether its author wrote it.
    pub(super) is_written: bool,
}

/// The part of a level or a competency that a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum PagePart {
    /// The cell of a competency, by its page.
    Cell(PageId),
    /// The level alone, or the page.
    Whole,
    /// The step of a scale, by its position.
    Step(usize),
}

/// Collects the texts of a guide, in the order of its ladder and its files.
pub(super) fn texts(guide: &Guide) -> Vec<GuideText> {
    let mut collected = Collected { guide, texts: Vec::new() };
    for level in level_order(guide) {
        collected.level(level);
    }
    for competency in guide.ladder.competencies.ids() {
        collected.criteria(competency);
    }
    for (page, _) in guide.pages.shown() {
        collected.paragraphs(page);
    }
    collected.find_raised();
    collected.texts
}

/// The levels of a guide: those on tracks from the lowest, then all others.
pub(super) fn level_order(guide: &Guide) -> Vec<LevelId> {
    let mut order = guide.ladder.on_tracks();
    let known: std::collections::HashSet<LevelId> = order.iter().copied().collect();
    order.extend(guide.ladder.levels.ids().filter(|level| !known.contains(level)));
    order
}

impl GuideText {
    /// The text as data.
    pub(super) fn side(&self, guide: &Guide) -> TextSide {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let title = |page: PageId| guide.pages.get(page).title.value.clone();
        let written = guide.pages.get(self.written.0);
        let step = |step: usize| {
            let Some(Role::Competency(competency)) = guide.ladder.role(self.page) else { return None };
            guide.ladder.competency(competency).scale.get(step).map(|step| step.name.clone())
        };
        TextSide {
            page: guide.pages.get(self.page).id.clone(),
            title: title(self.page),
            competency: if let PagePart::Cell(competency) = self.part { Some(title(competency)) } else { None },
            step: if let PagePart::Step(at) = self.part { step(at) } else { None },
            specialism: some(&self.specialism),
            id: self.id.as_ref().map(|id| id.id.clone()),
            text: self.text.clone(),
            raises: self.raised(guide),
            file: written.file.to_string(),
            line: position(written.source.as_bytes(), self.written.1).line,
        }
    }
}

impl GuideText {
    fn raised(&self, guide: &Guide) -> Vec<RaisedText> {
        let raised = self.expectation.map_or(&[][..], |id| guide.ladder.raises(id));
        let text = |id: &ExpectationId| {
            let one = guide.ladder.expectation(*id);
            let title = guide.pages.get(guide.ladder.level(one.level).page).title.value.clone();
            RaisedText { title, text: one.statement.full_text().into_owned() }
        };
        raised.iter().map(text).collect()
    }
}

/// The texts collected so far.
struct Collected<'g> {
    guide: &'g Guide,
    texts: Vec<GuideText>,
}

impl Collected<'_> {
    fn level(&mut self, level: LevelId) {
        let ladder = &self.guide.ladder;
        let page = ladder.level(level).page;
        for (competency, cell) in &*ladder.level(level).cells {
            let part = PagePart::Cell(ladder.competency(*competency).page);
            self.expectations(page, part, &cell.lines);
            if let Some(written) = &cell.written {
                self.around(page, part, written);
            }
        }
        for own in &*ladder.level(level).own {
            self.expectations(page, PagePart::Whole, &own.lines);
            self.around(page, PagePart::Whole, &own.written);
        }
    }

    fn expectations(&mut self, page: PageId, part: PagePart, lines: &[ExpectationId]) {
        for id in lines {
            let expectation = self.guide.ladder.expectation(*id);
            let statement = &expectation.statement;
            let at = (expectation.page, statement.span.start);
            let given = GuideTextId { id: expectation.id.to_string(), is_written: statement.id.is_some() };
            self.push(TextKind::Expectation, page, part, &statement.full_text(), at);
            if let Some(last) = self.texts.last_mut().filter(|last| last.kind == TextKind::Expectation) {
                last.id = Some(given);
                last.expectation = Some(*id);
            }
            let parent = self.texts.len().checked_sub(1);
            for example in &statement.examples {
                self.example(page, part, example, parent, at);
            }
        }
    }

    fn example(&mut self, page: PageId, part: PagePart, example: &Example, parent: Option<usize>, at: (PageId, usize)) {
        let text = written_texts(&example.blocks, self.links(at.0)).join("\n");
        self.push(TextKind::Example, page, part, &text, at);
        if let Some(last) = self.texts.last_mut().filter(|last| last.kind == TextKind::Example) {
            example.specialism.clone_into(&mut last.specialism);
            last.parent = parent;
        }
    }

    /// The examples of a cell as a whole, and its text before and after the expectations.
    fn around(&mut self, page: PageId, part: PagePart, written: &Written) {
        let at = (written.page, written.heading.span.start);
        for example in &written.text.examples {
            self.example(page, part, example, None, at);
        }
        for blocks in [&written.text.intro, &written.text.outro] {
            for text in written_texts(blocks, self.links(written.page)) {
                self.push(TextKind::Paragraph, page, part, &text, at);
            }
        }
    }

    /// Finds the texts that others raise.
    fn find_raised(&mut self) {
        let texts = self.texts.iter().enumerate();
        let positions: HashMap<ExpectationId, usize> =
            texts.filter_map(|(at, text)| Some((text.expectation?, at))).collect();
        for text in &mut self.texts {
            let raised = text.expectation.map_or(&[][..], |id| self.guide.ladder.raises(id));
            text.raises = raised.iter().filter_map(|id| positions.get(id).copied()).collect();
        }
    }

    fn criteria(&mut self, competency: CompetencyId) {
        let competency = self.guide.ladder.competency(competency);
        let page = competency.page;
        let criteria = competency.scale.iter().enumerate();
        for (step, criteria) in criteria.filter_map(|(at, step)| Some((at, step.criteria.as_ref()?))) {
            for (text, start) in self.placed_texts(page, &criteria.blocks) {
                self.push(TextKind::Criterion, page, PagePart::Step(step), &text, (page, start));
            }
        }
    }

    fn paragraphs(&mut self, id: PageId) {
        let guide = self.guide;
        let page = guide.pages.get(id);
        for blocks in prose(guide, id, page) {
            for (text, start) in self.placed_texts(id, blocks) {
                self.push(TextKind::Paragraph, id, PagePart::Whole, &text, (id, start));
            }
        }
    }

    /// The texts of blocks of a page, each with the position of its block or list item.
    fn placed_texts(&self, id: PageId, blocks: &[Block]) -> Vec<(String, usize)> {
        let (mut texts, mut rows) = (Vec::new(), Vec::new());
        let mut push = |blocks: &[Block], start: usize| {
            texts.extend(written_texts(blocks, self.links(id)).into_iter().map(|text| (text, start)));
        };
        for block in blocks {
            match block {
                Block::List { items, .. } => items.iter().for_each(|item| push(&item.blocks, item.span.start)),
                Block::Table(table) => rows.extend(table_rows(table)),
                _ => push(std::slice::from_ref(block), block_start(block).unwrap_or(self.guide.pages.get(id).body)),
            }
        }
        texts.extend(rows);
        texts
    }

    fn links(&self, page: PageId) -> &[crate::markdown::LinkRef] {
        &self.guide.pages.get(page).document.links
    }

    fn push(&mut self, kind: TextKind, page: PageId, part: PagePart, text: &str, written: (PageId, usize)) {
        let spaced = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.lines().map(spaced).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        if text.is_empty() {
            return;
        }
        let folded = text.lines().map(fold).collect::<Vec<_>>().join("\n");
        let words = word_hashes(&text);
        let specialism = String::new();
        self.texts.push(GuideText {
            kind,
            page,
            part,
            text,
            folded,
            words,
            id: None,
            specialism,
            parent: None,
            raises: Vec::new(),
            expectation: None,
            written,
        });
    }
}

/// The blocks of a page that are neither cells nor criteria.
fn prose<'g>(guide: &'g Guide, id: PageId, page: &'g Page) -> Vec<&'g [Block]> {
    if guide.ladder.role(id).is_none() {
        return vec![&page.blocks];
    }
    let layout = guide.ladder.layout(&guide.pages, id);
    layout.lead.iter().chain(&layout.rest).map(|range| &page.blocks[range.clone()]).collect()
}

/// The position of a block in its file, where that is known.
fn block_start(block: &Block) -> Option<usize> {
    match block {
        Block::Heading(heading) => Some(heading.span.start),
        Block::Paragraph(paragraph) => Some(paragraph.span.start),
        Block::List { items, .. } => items.first().map(|item| item.span.start),
        Block::Quote { blocks, .. } | Block::Details { blocks, .. } => blocks.first().and_then(block_start),
        Block::Table(table) => Some(table.span.start),
        Block::DefinitionList(terms) => terms.first().map(|term| term.term.span.start),
        Block::Prose(block) => block_start(block),
        Block::Code(_) | Block::Html(_) | Block::Other(_) => None,
    }
}

/// The texts of the rows of a table, each with its position.
fn table_rows(table: &Table) -> Vec<(String, usize)> {
    let rows = std::iter::once(&table.header).chain(&table.rows);
    let row = |cells: &Vec<TableCell>| {
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        (texts.join(" | "), cells.first().map_or(table.span.start, |cell| cell.span.start))
    };
    rows.map(row).collect()
}

/// The positions of texts by the page that they belong to.
pub(super) fn by_page(texts: &[GuideText]) -> BTreeMap<PageId, Vec<usize>> {
    let mut by_page: BTreeMap<PageId, Vec<usize>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        by_page.entry(text.page).or_default().push(at);
        if let PagePart::Cell(competency) = text.part {
            by_page.entry(competency).or_default().push(at);
        }
    }
    by_page
}
