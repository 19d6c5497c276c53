//! The views of the differences between two levels.

use crate::context::RenderContext;
use crate::context::word_diff::html;
use crate::ladder::{Changes, CompetencyId, ExpectationId, LevelId, Raised, Steps, is_comparable};
use crate::pages::difference_kinds::{counts, notes};
use crate::pages::level_facets;
use crate::view::{Card, ChangeView, ChangedStep, CompetencyChange, DifferenceKind, DroppedLine, RaisedView};

/// The most levels that a level's page compares it with: a level that dozens lead to is mostly read by those who come
/// from its own track, whose levels are first.
const MAX_COMPARED: usize = 6;

/// The most expectations that no longer apply that a level's page repeats for one other level.
const MAX_DROPPED: usize = 6;

/// The levels that a level's page compares it with, those of its own track first.
pub(crate) fn compared_levels(context: &RenderContext, id: LevelId) -> Vec<LevelId> {
    let before = context.ladder.compared_with(id).into_iter();
    before.filter(|before| is_comparable(&context.ladder, *before, id)).take(MAX_COMPARED).collect()
}

/// The differences between `now` and a level before it; from a level of another track only in figures, since most of
/// what is expected there differs.
pub(crate) fn change(context: &RenderContext, (before, now): (LevelId, LevelId), changes: &[Changes]) -> ChangeView {
    let counts = counts(changes);
    let (against, url) = (context.level_card(before), context.comparison_url(before, now));
    if !context.ladder.share_track(before, now) {
        return ChangeView { against, url, counts, ..ChangeView::default() };
    }
    let dropped: Vec<ExpectationId> = changes.iter().flat_map(|changes| &changes.dropped).copied().collect();
    let line = |id: &ExpectationId| DroppedLine {
        url: context.expectation_url(*id),
        text: context.ladder.expectation(*id).statement.text.clone(),
    };
    ChangeView {
        against,
        url,
        counts,
        facets: level_facets::changed(context, before, now),
        steps: changes.iter().filter_map(|changes| changed_step(context, changes)).collect(),
        dropped: dropped.iter().take(MAX_DROPPED).map(line).collect(),
        more_dropped: dropped.len().saturating_sub(MAX_DROPPED),
    }
}

/// The differences in one competency in figures; `None` if nothing differs.
pub(crate) fn competency_change(context: &RenderContext, now: LevelId, changes: &Changes) -> Option<CompetencyChange> {
    if changes.is_same() {
        return None;
    }
    let cells = &context.anchors.level(now).cells;
    let shown = changes.competency.filter(|id| cells.contains_key(id));
    let mut counts = counts(std::slice::from_ref(changes));
    counts.retain(|count| !matches!(count.what, DifferenceKind::Steps | DifferenceKind::Nothing));
    Some(CompetencyChange {
        competency: compared_card(context, changes.competency),
        url: shown.map(|id| context.cell_url(now, id)).unwrap_or_default(),
        notes: notes(changes),
        counts,
        step: changed_step(context, changes),
    })
}

/// The compared competency; an empty card for expectations of a level alone.
pub(crate) fn compared_card(context: &RenderContext, competency: Option<CompetencyId>) -> Card {
    competency.map(|id| context.competency_card(id)).unwrap_or_default()
}

/// The steps that two levels need, if they differ.
fn changed_step(context: &RenderContext, changes: &Changes) -> Option<ChangedStep> {
    let (id, steps) = (changes.competency?, changes.steps.filter(|steps| steps.differ())?);
    let competency = context.ladder.competency(id);
    let name = |number: Option<usize>| {
        let step = number.and_then(|number| competency.scale.get(number.checked_sub(1)?));
        step.map(|step| step.name.clone()).unwrap_or_default()
    };
    let Steps { was, now } = steps;
    let title = context.pages.get(competency.page).title.value.clone();
    Some(ChangedStep { title, was: name(was), now: name(now) })
}

/// A raised expectation with its different words marked.
pub(crate) fn raised(context: &RenderContext, raised: &Raised) -> RaisedView {
    let now = context.ladder.expectation(raised.now);
    RaisedView {
        url: context.expectation_url(raised.now),
        html: html(&now.statement.full_text(), &context.word_diffs.of_new(&context.ladder, raised), "ins"),
        was: former(context, raised),
    }
}

/// The former sentences of a raised expectation as HTML, with the words that differ in `<del>`.
pub(crate) fn former(context: &RenderContext, raised: &Raised) -> Vec<String> {
    let sentence = |was: &ExpectationId| {
        let runs = context.word_diffs.of_former(&context.ladder, *was, raised.now);
        html(&context.ladder.expectation(*was).statement.full_text(), &runs, "del")
    };
    raised.was.iter().map(sentence).collect()
}
