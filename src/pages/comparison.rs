//! The page that compares two levels.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Area, Changes, ExpectationId, LevelId, Steps, compare};
use crate::link::Generated;
use crate::pages::cells::CellBuilder;
use crate::pages::difference_kinds::{counts, notes};
use crate::pages::{changes, level_facets};
use crate::percent::encode;
use crate::view::{ComparedArea, ComparedLine, ComparedRow, ComparedStep, ComparisonView, Content, StageView};

/// Whether the page of a comparison is short: on large ladders, unless an author's page introduces it.
pub(crate) fn is_brief(context: &RenderContext, page_context: &PageContext) -> bool {
    context.routes.comparisons.brief && page_context.page.is_none()
}

/// The content of the page; `slug` is the name of the comparison.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, slug: &str) -> Content {
    let pair = context.routes.comparisons.pair(slug);
    let comparison = pair.map(|pair| comparison(context, page_context, pair.before, pair.now));
    Content { comparison, ..Content::default() }
}

fn comparison(context: &RenderContext, page_context: &PageContext, before: LevelId, now: LevelId) -> ComparisonView {
    let changes = compare(&context.ladder, before, now);
    let is_brief = is_brief(context, page_context);
    let stage = |level| {
        if is_brief {
            return StageView { level: context.level_card(level), ..StageView::default() };
        }
        level_facets::view(context, page_context, level)
    };
    let shown = if is_brief { &[] } else { changes.as_slice() };
    let moves = context.moves_from(before).iter().map(|at| &context.ladder.moves[*at]);
    let slug = |level| encode(context.routes.comparisons.slug(level));
    let chooser = &context.routes.generated[&Generated::ComparisonChooser].0.url;
    ComparisonView {
        from: stage(before),
        to: stage(now),
        counts: counts(&changes),
        areas: compared_areas(context, page_context, shown),
        moves: context.cards(moves.filter(|one| one.to == now).map(|one| one.page)),
        swapped: context.comparison_url(now, before),
        chooser: format!("{chooser}?from={}&to={}", slug(before), slug(now)),
    }
}

fn compared_areas(context: &RenderContext, page_context: &PageContext, changes: &[Changes]) -> Vec<ComparedArea> {
    let mut areas: Vec<(Option<&Area>, ComparedArea)> = Vec::new();
    for changes in changes {
        let row = compared_row(context, page_context, changes);
        let area = changes.competency.map(|id| &context.ladder.competency(id).area);
        if let Some((_, view)) = areas.last_mut().filter(|(last, _)| *last == area) {
            view.same &= row.same;
            view.rows.push(row);
        } else {
            let title = area.map(|area| context.area(area).0).unwrap_or_default();
            areas.push((area, ComparedArea { title, same: row.same, rows: vec![row] }));
        }
    }
    areas.into_iter().map(|(_, view)| view).collect()
}

fn compared_row(context: &RenderContext, page_context: &PageContext, changes: &Changes) -> ComparedRow {
    let lines = |ids: &[ExpectationId]| ids.iter().map(|id| compared_line(context, *id)).collect();
    let step = |steps: Steps| {
        let named = |step: Option<usize>| CellBuilder { context, page_context }.step(changes.competency?, step?, false);
        ComparedStep { turn: steps.turn().into(), was: named(steps.was), now: named(steps.now) }
    };
    ComparedRow {
        competency: changes::compared_card(context, changes.competency),
        same: changes.is_same(),
        notes: notes(changes),
        steps: changes.steps.map(step).into_iter().collect(),
        raised: changes.raised.iter().map(|raised| changes::raised(context, raised)).collect(),
        added: lines(&changes.added),
        dropped: lines(&changes.dropped),
        open: lines(&changes.open),
        unchanged: changes.unchanged.len(),
        unchanged_url: changes.unchanged.first().map(|id| context.expectation_url(*id)).unwrap_or_default(),
    }
}

fn compared_line(context: &RenderContext, id: ExpectationId) -> ComparedLine {
    let statement = &context.ladder.expectation(id).statement;
    let (text, detail) = (statement.text.clone(), statement.detail.texts.clone());
    ComparedLine { url: context.expectation_url(id), label: statement.label().to_owned(), text, detail }
}
