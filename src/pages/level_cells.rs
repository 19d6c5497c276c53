//! The expectations of a level on its page.
//!
//! Its own are there in full. Inherited ones are written on the pages of other levels, so they are short lines that lead
//! there, and only those of the nearest levels: a page must not grow with the number of levels below it.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::ladder::Written;
use crate::ladder::{Changes, CompetencyId, ExpectationId, Ladder, LevelId, OwnExpectations, Raised, State};
use crate::pages::cells::CellBuilder;
use crate::pages::changes::former;
use crate::percent::encode;
use crate::view::{
    EmptyCell, EmptyCells, EmptyReason, FartherLevels, InheritedPart, LevelArea, LevelCell, LevelLine, LineMark,
    NeededStep,
};

/// The most inherited expectations that a page repeats: about as many as a level has of its own.
const MAX_INHERITED_LINES: usize = 30;

/// Builds the cells of one level for its page.
pub(crate) struct LevelCells<'a> {
    builder: CellBuilder<'a>,
    level: LevelId,
    marks: HashMap<ExpectationId, Mark>,
    /// The levels whose expectations are repeated.
    repeated: HashSet<LevelId>,
}

/// How an expectation compares with the level before.
enum Mark {
    New,
    Raised(Raised),
}

impl<'a> LevelCells<'a> {
    /// The cells of a level with its `changes` from the level before, if there is one.
    pub(crate) fn new(builder: CellBuilder<'a>, level: LevelId, changes: Option<&[Changes]>) -> Self {
        let ladder = &builder.context.ladder;
        let mut marks = HashMap::new();
        for changes in changes.unwrap_or_default() {
            marks.extend(changes.added.iter().map(|id| (*id, Mark::New)));
            marks.extend(changes.raised.iter().map(|raised| (raised.now, Mark::Raised(raised.clone()))));
        }
        // What it raises may never have held at the level before.
        for now in ladder.written_for(level).iter().copied().filter(|now| !ladder.raises(*now).is_empty()) {
            let mark = marks.entry(now).or_insert(Mark::New);
            if matches!(mark, Mark::New) {
                *mark = Mark::Raised(Raised { was: ladder.raises(now).to_vec(), now });
            }
        }
        Self { builder, level, marks, repeated: repeated_levels(ladder, level) }
    }

    /// The cells with something to say by area, and the competencies without.
    pub(crate) fn by_area(&self) -> (Vec<LevelArea>, Vec<EmptyCells>) {
        let context = self.builder.context;
        let (mut areas, mut empty) = (Vec::new(), Vec::new());
        for (area, competencies) in context.by_area(context.ladder.competencies_of(self.level)) {
            let mut cells = Vec::new();
            for id in competencies {
                let cell = self.cell(id);
                if cell.has_text() || cell.step.is_some() {
                    cells.push(LevelCell { only_step: !cell.has_text(), ..cell });
                } else {
                    empty.push((self.reason(id), EmptyCell { title: cell.title, anchor: cell.anchor }));
                }
            }
            if !cells.is_empty() {
                let (title, summary) = context.area(&area);
                areas.push(LevelArea { title, summary, cells });
            }
        }
        (areas, by_reason(empty))
    }

    /// The expectations of the level alone, under the headings of its author.
    pub(crate) fn own(&self) -> Vec<LevelCell> {
        let view = |own: &OwnExpectations| {
            let heading = &own.written.heading;
            let cell = LevelCell { title: heading.text.clone(), anchor: heading.id.clone(), ..LevelCell::default() };
            self.filled(cell, &own.written, &own.lines)
        };
        self.builder.context.ladder.level(self.level).own.iter().map(view).collect()
    }

    fn reason(&self, competency: CompetencyId) -> EmptyReason {
        let ladder = &self.builder.context.ladder;
        let tracks = &ladder.level(self.level).tracks;
        match ladder.state(self.level, competency) {
            State::NotApplicable => EmptyReason::NotApplicable,
            State::Missing if !tracks.iter().any(|track| ladder.track(*track).writes_cells) => EmptyReason::NoStep,
            _ => EmptyReason::Missing,
        }
    }

    fn cell(&self, id: CompetencyId) -> LevelCell {
        let context = self.builder.context;
        let (level, page) = (context.ladder.level(self.level), context.ladder.competency(id).page);
        let view = LevelCell {
            title: context.pages.get(page).title.value.clone(),
            url: context.address(page).url.clone(),
            anchor: context.anchors.level(self.level).cells.get(&id).cloned().unwrap_or_default(),
            step: level.profile.get(&id).and_then(|step| self.step(id, *step)),
            ..LevelCell::default()
        };
        let Some(cell) = level.cells.get(&id) else { return view };
        let (inherited, farther) = self.inherited(id, &cell.inherited);
        let view = LevelCell { inherited, farther, inherited_count: cell.inherited.len(), ..view };
        match &cell.written {
            Some(written) => self.filled(view, written, &cell.lines),
            None => view,
        }
    }

    /// A cell with what is written for it.
    fn filled(&self, cell: LevelCell, written: &Written, lines: &[ExpectationId]) -> LevelCell {
        let CellBuilder { context, page_context } = self.builder;
        LevelCell {
            intro: context.quoted(page_context, written.page, &written.text.intro, true),
            lines: self.lines(lines),
            outro: context.quoted(page_context, written.page, &written.text.outro, true),
            examples: self.builder.examples(written.page, &written.text.examples, true),
            ..cell
        }
    }

    fn lines(&self, ids: &[ExpectationId]) -> Vec<LevelLine> {
        let CellBuilder { context, page_context } = self.builder;
        let mut group = None;
        let line = |id: &ExpectationId| {
            let expectation = context.ladder.expectation(*id);
            let (page, statement) = (expectation.page, &expectation.statement);
            let heading = statement.group.as_deref();
            let opens_group = heading.is_some_and(|heading| group != Some(&heading.id));
            group = heading.map(|heading| &heading.id);
            let mark = self.marks.get(id);
            LevelLine {
                id: expectation.id.to_string(),
                html: context.rich(page_context, page, &statement.html, true),
                detail: context.quoted(page_context, page, &statement.detail.blocks, true),
                examples: self.builder.examples(page, &statement.examples, true),
                group: heading
                    .filter(|_| opens_group)
                    .map(|heading| self.builder.group(page, heading, true))
                    .unwrap_or_default(),
                before: context.quoted(page_context, page, &statement.before, true),
                mark: mark.map(|mark| if matches!(mark, Mark::New) { LineMark::New } else { LineMark::Raised }),
                was: match mark {
                    Some(Mark::Raised(raised)) => former(context, raised),
                    Some(Mark::New) | None => Vec::new(),
                },
            }
        };
        ids.iter().map(line).collect()
    }

    /// The inherited expectations of near levels, by level, and what is said of the others.
    fn inherited(
        &self,
        competency: CompetencyId,
        ids: &[ExpectationId],
    ) -> (Vec<InheritedPart>, Option<FartherLevels>) {
        let context = self.builder.context;
        let mut places: HashMap<LevelId, usize> = HashMap::new();
        let mut sources: Vec<(LevelId, Vec<ExpectationId>)> = Vec::new();
        for id in ids {
            let from = context.ladder.expectation(*id).level;
            let place = *places.entry(from).or_insert(sources.len());
            if place == sources.len() {
                sources.push((from, Vec::new()));
            }
            sources[place].1.push(*id);
        }
        let (near, far): (Vec<_>, Vec<_>) = sources.into_iter().partition(|(from, _)| self.repeated.contains(from));
        let part = |(from, ids): &(LevelId, Vec<ExpectationId>)| InheritedPart {
            from: context.level_card(*from),
            url: context.cell_url(*from, competency),
            lines: ids.iter().map(|id| context.ladder.expectation(*id).statement.text.clone()).collect(),
        };
        (near.iter().map(part).collect(), self.farther(competency, &far))
    }

    fn farther(&self, competency: CompetencyId, far: &[(LevelId, Vec<ExpectationId>)]) -> Option<FartherLevels> {
        let context = self.builder.context;
        let (title, url) = match far {
            [] => return None,
            [(level, _)] => (context.level_card(*level).title, context.cell_url(*level, competency)),
            _ => (String::new(), context.address(context.ladder.competency(competency).page).url.clone()),
        };
        let count = far.iter().map(|(_, ids)| ids.len()).sum();
        Some(FartherLevels { levels: far.len(), count, title, url })
    }

    /// A step of a competency's scale, by its number from 1.
    fn step(&self, competency: CompetencyId, number: usize) -> Option<NeededStep> {
        let context = self.builder.context;
        let of = context.ladder.competency(competency);
        let at = number.checked_sub(1)?;
        let (step, anchor) = (of.scale.get(at)?, &context.anchors.competency(competency).steps[at]);
        let url = format!("{}#{}", context.address(of.page).url, encode(anchor));
        Some(NeededStep { name: step.name.clone(), number, of: of.scale.len(), url })
    }
}

/// The levels whose expectations the page of a level repeats: the nearest of those that it extends, directly or not, as
/// long as they have no more than [`MAX_INHERITED_LINES`] in all.
fn repeated_levels(ladder: &Ladder, level: LevelId) -> HashSet<LevelId> {
    let mut counts: HashMap<LevelId, usize> = HashMap::new();
    for id in ladder.level(level).cells.values().flat_map(|cell| &cell.inherited) {
        *counts.entry(ladder.expectation(*id).level).or_default() += 1;
    }
    let (mut queue, mut seen) = (VecDeque::from([level]), HashSet::from([level]));
    let (mut repeated, mut left) = (HashSet::new(), MAX_INHERITED_LINES);
    while let Some(next) = queue.pop_front() {
        if let Some(count) = counts.get(&next) {
            let Some(rest) = left.checked_sub(*count) else { break };
            left = rest;
            repeated.insert(next);
        }
        queue.extend(ladder.level(next).extends.iter().map(|(base, _)| *base).filter(|base| seen.insert(*base)));
    }
    repeated
}

/// Groups competencies by the reason why they are empty.
fn by_reason(cells: Vec<(EmptyReason, EmptyCell)>) -> Vec<EmptyCells> {
    let reasons = [EmptyReason::Missing, EmptyReason::NoStep, EmptyReason::NotApplicable];
    let mut groups = reasons.map(|reason| EmptyCells { reason, cells: Vec::new() });
    for (reason, cell) in cells {
        if let Some(group) = groups.iter_mut().find(|group| group.reason == reason) {
            group.cells.push(cell);
        }
    }
    groups.into_iter().filter(|group| !group.cells.is_empty()).collect()
}
