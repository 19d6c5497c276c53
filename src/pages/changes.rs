//! The views of the differences between two levels.

use crate::context::word_diff::html;
use crate::context::{PageContext, RenderContext};
use crate::ladder::{Changes, CompetencyId, ExpectationId, LevelId, Raised, Side, Steps, Turn, compare};
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::view::{AppliesTo, Card, ChangeRelation, ChangeView, CompetencyChange, RaisedView, StepChange};

/// The differences between `now` and a level before it.
pub(crate) fn change(context: &RenderContext, page_context: &PageContext, before: LevelId, now: LevelId) -> ChangeView {
    let mut view = ChangeView {
        against: context.level_card(before),
        relation: if context.ladder.share_track(before, now) { ChangeRelation::Below } else { ChangeRelation::Fork },
        url: context.comparison_url(before, now),
        competencies: Vec::new(),
        added: 0,
        raised: 0,
        unchanged: 0,
        dropped: 0,
        steps: 0,
    };
    for changes in compare(&context.ladder, before, now) {
        let change = competency_change(context, page_context, now, &changes);
        view.added += change.added.len();
        view.raised += change.raised.len();
        view.unchanged += change.unchanged;
        view.dropped += change.dropped.len();
        view.steps += usize::from(change.steps.is_some());
        let says = !(change.added.is_empty() && change.raised.is_empty() && change.dropped.is_empty());
        if says || change.unchanged > 0 || change.steps.is_some() {
            view.competencies.push(change);
        }
    }
    view
}

fn competency_change(
    context: &RenderContext,
    page_context: &PageContext,
    now: LevelId,
    changes: &Changes,
) -> CompetencyChange {
    let applies = match (changes.before, changes.now) {
        (_, Side::NotApplicable | Side::NotOnTrack) => AppliesTo::Ends,
        (Side::NotApplicable | Side::NotOnTrack, _) => AppliesTo::Starts,
        _ => AppliesTo::Both,
    };
    let cells = &context.anchors.level(now).cells;
    let shown = changes.competency.filter(|id| cells.contains_key(id));
    let lines = |ids: &[ExpectationId]| {
        ids.iter().map(|id| CellBuilder { context, page_context }.line(*id, CellDetail::Statements)).collect()
    };
    CompetencyChange {
        competency: compared_card(context, changes.competency),
        url: shown.map(|id| context.cell_url(now, id)).unwrap_or_default(),
        applies,
        added: lines(&changes.added),
        raised: changes.raised.iter().map(|one| raised(context, *one)).collect(),
        unchanged: changes.unchanged.len(),
        dropped: lines(&changes.dropped),
        steps: changes
            .competency
            .zip(changes.steps)
            .and_then(|(id, steps)| step_change(context, page_context, id, steps)),
    }
}

/// The compared competency; an empty card for expectations of a level alone.
pub(crate) fn compared_card(context: &RenderContext, competency: Option<CompetencyId>) -> Card {
    competency.map(|id| context.competency_card(id)).unwrap_or_default()
}

fn step_change(
    context: &RenderContext,
    page_context: &PageContext,
    id: CompetencyId,
    steps: Steps,
) -> Option<StepChange> {
    if !matches!(steps.turn(), Turn::Up | Turn::Down) {
        return None;
    }
    Some(StepChange {
        was: CellBuilder { context, page_context }.step(id, steps.was?, false)?,
        now: CellBuilder { context, page_context }.step(id, steps.now?, false)?,
    })
}

/// A raised expectation with its different words marked.
pub(crate) fn raised(context: &RenderContext, raised: Raised) -> RaisedView {
    let (was, now) = (context.ladder.expectation(raised.was), context.ladder.expectation(raised.now));
    let (was_runs, now_runs) = context.word_diff(raised);
    RaisedView {
        url: context.expectation_url(raised.now),
        html: html(&now.statement.full_text(), &now_runs, "ins"),
        was: html(&was.statement.full_text(), &was_runs, "del"),
    }
}
