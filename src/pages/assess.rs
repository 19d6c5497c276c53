//! Self-assessments: what is to be marked at a level, and at those that follow.

use std::collections::HashSet;

use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::radar::Radar;
use crate::ladder::{Area, CompetencyId, ExpectationId, LevelId, Own};
use crate::link::{Generated, encode};
use crate::page::Kind;
use crate::view::{
    AssessedArea, AssessedCell, AssessedLevel, AssessedLine, AssessedSource, AssessedSubject, AssessmentView, Card,
    Content, GroupView, RadarView,
};

/// The states that a reader can choose above the lowest one, which stand on the star's rings.
const STATES: usize = 3;

impl RenderContext {
    /// The self-assessment of a level, if it has one.
    pub(crate) fn assessment(&self, level: LevelId) -> Option<Generated> {
        let first = Generated::Assessment { level, path: String::new() };
        let (found, _) = self.routes.generated.range(first..).next()?;
        matches!(found, Generated::Assessment { level: of, .. } if *of == level).then(|| found.clone())
    }

    /// The address of a level's self-assessment; empty where nothing can be marked.
    pub(crate) fn assessment_url(&self, id: LevelId) -> String {
        let page = self.assessment(id);
        page.and_then(|page| self.generated(&page)).map(|address| address.url.clone()).unwrap_or_default()
    }

    /// The author's worksheets, then the list of self-assessments.
    pub(crate) fn worksheet_groups(&self) -> Vec<GroupView> {
        let group = |cards: Vec<Card>| GroupView { cards, ..GroupView::default() };
        let own = group(self.cards(self.listed(Kind::Worksheet)));
        let made = self.generated_card(&Generated::Assessments).map(|card| group(vec![card]));
        [own].into_iter().chain(made).collect()
    }

    /// The levels that have a self-assessment, by track.
    pub(crate) fn assessment_groups(&self) -> Vec<GroupView> {
        let mut seen = HashSet::new();
        let mut card = |level: &LevelId| {
            let url = self.assessment_url(*level);
            let is_new = seen.insert(*level) && !url.is_empty();
            is_new.then(|| Card { url, ..self.level_card(*level) })
        };
        let mut group = |track: &crate::ladder::Track| GroupView {
            title: self.pages.get(track.page).title.value.clone(),
            cards: track.levels.iter().filter_map(&mut card).collect(),
            ..GroupView::default()
        };
        let groups = self.ladder.tracks.iter().map(&mut group);
        groups.filter(|group| !group.cards.is_empty()).collect()
    }

    /// What a level's self-assessment shows.
    pub(crate) fn assessment_content(&self, here: &PageContext, id: LevelId) -> Content {
        let level = self.ladder.level(id);
        let mut parts = vec![self.assessed(here, id, "here", &HashSet::new())];
        let known = self.held(id);
        for next in &level.leads_to {
            let akin = self.ladder.level(*next).tracks.iter().any(|track| level.tracks.contains(track));
            parts.push(self.assessed(here, *next, if akin { "next" } else { "fork" }, &known));
        }
        let (competencies, own) = subjects(&parts);
        // What only following levels ask for is in the table alone.
        let asked = subjects(&parts[..1]).0.len();
        let radar = self.assessment_radar(&competencies[..asked]);
        let view = AssessmentView {
            level: self.level_card(id),
            id: self.pages.get(level.page).id.clone(),
            parts,
            subjects: competencies.into_iter().chain(own).collect(),
            radar,
        };
        Content { assessment: Some(view), ..Content::default() }
    }

    fn assessment_radar(&self, competencies: &[AssessedSubject]) -> Option<RadarView> {
        let axes = competencies.iter().map(|subject| (subject.title.clone(), STATES)).collect();
        Radar { axes, shapes: Vec::new(), right_to_left: self.config.is_right_to_left() }.draw()
    }

    /// All that holds at a level.
    fn held(&self, id: LevelId) -> HashSet<ExpectationId> {
        let level = self.ladder.level(id);
        let cells = level.cells.values().flat_map(|cell| cell.lines.iter().chain(&cell.inherited));
        cells.chain(level.own.iter().flat_map(|own| &own.lines)).copied().collect()
    }

    /// What is expected at a level and not yet `known`.
    fn assessed(
        &self,
        here: &PageContext,
        id: LevelId,
        relation: &'static str,
        known: &HashSet<ExpectationId>,
    ) -> AssessedLevel {
        let level = self.ladder.level(id);
        let own = level.own.iter().map(|own| self.assessed_own(here, id, own, known));
        let own = AssessedArea { title: String::new(), cells: own.collect() };
        let area = |(area, competencies): (Area, Vec<CompetencyId>)| AssessedArea {
            title: self.area(&area).0,
            cells: competencies.into_iter().map(|of| self.assessed_cell(here, id, of, known)).collect(),
        };
        let mut areas: Vec<AssessedArea> = vec![own];
        areas.extend(self.by_area(level.cells.keys().copied().collect()).into_iter().map(area));
        for area in &mut areas {
            area.cells.retain(|cell| !cell.lines.is_empty() || !cell.inherited.is_empty());
        }
        areas.retain(|area| !area.cells.is_empty());
        let cells = areas.iter().flat_map(|area| &area.cells);
        let count = cells.map(|cell| cell.lines.len() + cell.inherited_count).sum();
        AssessedLevel { level: self.level_card(id), id: self.pages.get(level.page).id.clone(), relation, count, areas }
    }

    fn assessed_own(&self, here: &PageContext, id: LevelId, own: &Own, known: &HashSet<ExpectationId>) -> AssessedCell {
        let level = self.ladder.level(id);
        let anchor = &own.written.heading.id;
        let subject = AssessedSubject {
            is_competency: false,
            key: format!("{}#{anchor}", self.pages.get(level.page).id),
            title: own.written.heading.text.clone(),
            url: format!("{}#{}", self.address(level.page).url, encode(anchor)),
        };
        let lines = self.assessed_lines(here, own.lines.iter().filter(|line| !known.contains(line)));
        AssessedCell { subject, lines, inherited: Vec::new(), inherited_count: 0 }
    }

    fn assessed_cell(
        &self,
        here: &PageContext,
        id: LevelId,
        competency: CompetencyId,
        known: &HashSet<ExpectationId>,
    ) -> AssessedCell {
        let page = self.ladder.competency(competency).page;
        let subject = AssessedSubject {
            is_competency: true,
            key: self.pages.get(page).id.clone(),
            title: self.pages.get(page).title.value.clone(),
            url: self.address(page).url.clone(),
        };
        let cell = self.ladder.level(id).cells.get(&competency);
        let lines = cell.into_iter().flat_map(|cell| &cell.lines).filter(|line| !known.contains(line));
        let inherited = cell.into_iter().flat_map(|cell| &cell.inherited).filter(|line| !known.contains(line));
        let source = |(level, lines): (LevelId, Vec<ExpectationId>)| AssessedSource {
            level: self.level_card(level),
            id: self.pages.get(self.ladder.level(level).page).id.clone(),
            lines: self.assessed_lines(here, lines.iter()),
        };
        let inherited: Vec<AssessedSource> = self.ladder.by_source(inherited).into_iter().map(source).collect();
        AssessedCell {
            subject,
            lines: self.assessed_lines(here, lines),
            inherited_count: inherited.iter().map(|source| source.lines.len()).sum(),
            inherited,
        }
    }

    fn assessed_lines<'i>(
        &self,
        here: &PageContext,
        ids: impl Iterator<Item = &'i ExpectationId>,
    ) -> Vec<AssessedLine> {
        let line = |id: &ExpectationId| {
            let expectation = self.ladder.expectation(*id);
            let html = self.rich(here, expectation.page, &expectation.statement.html, false);
            AssessedLine { id: expectation.id.to_string(), html }
        };
        ids.map(line).collect()
    }
}

/// What the parts are about, each once: competencies, and headings of levels' own.
fn subjects(parts: &[AssessedLevel]) -> (Vec<AssessedSubject>, Vec<AssessedSubject>) {
    let mut seen = HashSet::new();
    let cells = parts.iter().flat_map(|part| &part.areas).flat_map(|area| &area.cells);
    let once = cells.filter(|cell| seen.insert(cell.subject.key.as_str()));
    once.map(|cell| cell.subject.clone()).partition(|subject| subject.is_competency)
}
