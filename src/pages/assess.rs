//! Self-assessments: the expectations of a level and of those that follow it, for readers to rate.

use std::collections::HashSet;

use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::radar::Radar;
use crate::ladder::{Area, CompetencyId, ExpectationId, LevelId, OwnExpectations};
use crate::link::Generated;
use crate::page::Kind;
use crate::percent::encode;
use crate::view::{
    AssessedArea, AssessedCell, AssessedLevel, AssessedLine, AssessedRelation, AssessedSource, AssessedSubject,
    AssessmentView, Card, Content, GroupView, RadarView,
};

/// The author's worksheets, then the list of self-assessments.
pub(crate) fn worksheet_groups(context: &RenderContext) -> Vec<GroupView> {
    let group = |cards: Vec<Card>| GroupView { cards, ..GroupView::default() };
    let own = group(context.cards(context.listed(Kind::Worksheet)));
    let made = context.generated_card(&Generated::Assessments).map(|card| group(vec![card]));
    [own].into_iter().chain(made).collect()
}

/// The levels that have a self-assessment, by track.
pub(crate) fn groups(context: &RenderContext) -> Vec<GroupView> {
    let mut seen = HashSet::new();
    let mut card = |level: &LevelId| {
        let url = context.assessment_url(*level);
        let is_new = seen.insert(*level) && !url.is_empty();
        is_new.then(|| Card { url, ..context.level_card(*level) })
    };
    let mut group = |track: &crate::ladder::Track| GroupView {
        title: context.pages.get(track.page).title.value.clone(),
        cards: track.levels.iter().filter_map(&mut card).collect(),
        ..GroupView::default()
    };
    let groups = context.ladder.tracks.iter().map(&mut group);
    groups.filter(|group| !group.cards.is_empty()).collect()
}

/// The content of a level's self-assessment.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: LevelId) -> Content {
    let level = context.ladder.level(id);
    let mut parts = vec![assessed(context, page_context, id, AssessedRelation::Here, &HashSet::new())];
    let known = expected_at(context, id);
    for next in &level.leads_to {
        let akin = context.ladder.level(*next).tracks.iter().any(|track| level.tracks.contains(track));
        let relation = if akin { AssessedRelation::Next } else { AssessedRelation::Fork };
        parts.push(assessed(context, page_context, *next, relation, &known));
    }
    let (competencies, own) = subjects(&parts);
    // Subjects of following levels only are in the table, but not on the chart.
    let asked = subjects(&parts[..1]).0.len();
    let radar = radar(context, &competencies[..asked]);
    let view = AssessmentView {
        level: context.level_card(id),
        id: context.pages.get(level.page).id.clone(),
        parts,
        subjects: competencies.into_iter().chain(own).collect(),
        radar,
    };
    Content { assessment: Some(view), ..Content::default() }
}

fn radar(context: &RenderContext, competencies: &[AssessedSubject]) -> Option<RadarView> {
    let axes = competencies.iter().map(|subject| (subject.title.clone(), RADAR_RINGS)).collect();
    Radar { axes, shapes: Vec::new(), right_to_left: context.config.is_right_to_left() }.draw()
}

/// All expectations of a level.
fn expected_at(context: &RenderContext, id: LevelId) -> HashSet<ExpectationId> {
    let level = context.ladder.level(id);
    let cells = level.cells.values().flat_map(|cell| cell.lines.iter().chain(&cell.inherited));
    cells.chain(level.own.iter().flat_map(|own| &own.lines)).copied().collect()
}

/// The expectations of a level that are not `known`.
fn assessed(
    context: &RenderContext,
    page_context: &PageContext,
    id: LevelId,
    relation: AssessedRelation,
    known: &HashSet<ExpectationId>,
) -> AssessedLevel {
    let level = context.ladder.level(id);
    let own = level.own.iter().map(|own| assessed_own(context, page_context, id, own, known));
    let own = AssessedArea { title: String::new(), cells: own.collect() };
    let area = |(area, competencies): (Area, Vec<CompetencyId>)| AssessedArea {
        title: context.area(&area).0,
        cells: competencies.into_iter().map(|of| assessed_cell(context, page_context, id, of, known)).collect(),
    };
    let mut areas: Vec<AssessedArea> = vec![own];
    areas.extend(context.by_area(level.cells.keys().copied().collect()).into_iter().map(area));
    for area in &mut areas {
        area.cells.retain(|cell| !cell.lines.is_empty() || !cell.inherited.is_empty());
    }
    areas.retain(|area| !area.cells.is_empty());
    let cells = areas.iter().flat_map(|area| &area.cells);
    let count = cells.map(|cell| cell.lines.len() + cell.inherited_count).sum();
    AssessedLevel {
        level: context.level_card(id),
        id: context.pages.get(level.page).id.clone(),
        relation,
        count,
        areas,
    }
}

fn assessed_own(
    context: &RenderContext,
    page_context: &PageContext,
    id: LevelId,
    own: &OwnExpectations,
    known: &HashSet<ExpectationId>,
) -> AssessedCell {
    let level = context.ladder.level(id);
    let anchor = &own.written.heading.id;
    let subject = AssessedSubject {
        is_competency: false,
        key: format!("{}#{anchor}", context.pages.get(level.page).id),
        title: own.written.heading.text.clone(),
        url: format!("{}#{}", context.address(level.page).url, encode(anchor)),
    };
    let lines = assessed_lines(context, page_context, own.lines.iter().filter(|line| !known.contains(line)));
    AssessedCell { subject, lines, inherited: Vec::new(), inherited_count: 0 }
}

fn assessed_cell(
    context: &RenderContext,
    page_context: &PageContext,
    id: LevelId,
    competency: CompetencyId,
    known: &HashSet<ExpectationId>,
) -> AssessedCell {
    let page = context.ladder.competency(competency).page;
    let subject = AssessedSubject {
        is_competency: true,
        key: context.pages.get(page).id.clone(),
        title: context.pages.get(page).title.value.clone(),
        url: context.address(page).url.clone(),
    };
    let cell = context.ladder.level(id).cells.get(&competency);
    let lines = cell.into_iter().flat_map(|cell| &cell.lines).filter(|line| !known.contains(line));
    let inherited = cell.into_iter().flat_map(|cell| &cell.inherited).filter(|line| !known.contains(line));
    let source = |(level, lines): (LevelId, Vec<ExpectationId>)| AssessedSource {
        level: context.level_card(level),
        id: context.pages.get(context.ladder.level(level).page).id.clone(),
        lines: assessed_lines(context, page_context, lines.iter()),
    };
    let inherited: Vec<AssessedSource> = context.ladder.by_source(inherited).into_iter().map(source).collect();
    AssessedCell {
        subject,
        lines: assessed_lines(context, page_context, lines),
        inherited_count: inherited.iter().map(|source| source.lines.len()).sum(),
        inherited,
    }
}

fn assessed_lines<'i>(
    context: &RenderContext,
    page_context: &PageContext,
    ids: impl Iterator<Item = &'i ExpectationId>,
) -> Vec<AssessedLine> {
    let line = |id: &ExpectationId| {
        let expectation = context.ladder.expectation(*id);
        let statement = &expectation.statement;
        AssessedLine {
            id: expectation.id.to_string(),
            label: statement.label().to_owned(),
            html: context.rich(page_context, expectation.page, &statement.html, false),
            detail: context.quoted(page_context, expectation.page, &statement.detail.blocks, false),
        }
    };
    ids.map(line).collect()
}

/// The ratings that a reader can choose above the lowest one, one for each ring of the radar chart.
const RADAR_RINGS: usize = 3;

/// The subjects of some parts, each once: competencies, and the headings of expectations of a level alone.
fn subjects(parts: &[AssessedLevel]) -> (Vec<AssessedSubject>, Vec<AssessedSubject>) {
    let mut seen = HashSet::new();
    let cells = parts.iter().flat_map(|part| &part.areas).flat_map(|area| &area.cells);
    let once = cells.filter(|cell| seen.insert(cell.subject.key.as_str()));
    once.map(|cell| cell.subject.clone()).partition(|subject| subject.is_competency)
}
