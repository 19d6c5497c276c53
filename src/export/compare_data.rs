//! Data for scripts that compare any two levels, computed like the pages of comparisons.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use crate::context::word_diff::Runs;
use crate::context::{RenderContext, data_script};
use crate::index_vec::Index;
use crate::ladder::{Area, Changes, CompetencyId, ExpectationId, LevelId, Raised, compare_by};
use crate::pages::difference_kinds::{counts, notes};
use crate::percent::encode;
use crate::view::{DifferenceKind, DifferenceNote, StepTurn};

/// The script with the pages, expectations and competencies that the scripts of levels refer to by number.
pub(crate) fn ladder(context: &RenderContext) -> String {
    let ladder = &context.ladder;
    let page = |level: &crate::ladder::Level| context.address(level.page).url.clone();
    let expectation = |one: &crate::ladder::Expectation| {
        let (level, id, text) = (one.level.index(), encode(&one.id), one.statement.full_text().into_owned());
        match one.statement.label() {
            "" => LineData::Plain(level, id, text),
            label => LineData::Labelled(level, id, text, label.to_owned()),
        }
    };
    let mut areas: Vec<&Area> = Vec::new();
    let mut competencies = Vec::new();
    for (id, competency) in ladder.competencies.iter_enumerated() {
        let known = areas.iter().position(|area| **area == competency.area);
        let area = known.unwrap_or_else(|| {
            areas.push(&competency.area);
            areas.len() - 1
        });
        let page = context.card(competency.page);
        let steps = competency.steps.iter().zip(&context.anchors.competency(id).steps);
        let steps: Vec<_> =
            steps.map(|(name, anchor)| (name.clone(), format!("{}#{}", page.url, encode(anchor)))).collect();
        competencies.push((page.title, page.url, area, steps));
    }
    let cell = |level: LevelId, at: usize| {
        let cell = ladder.level(level).cells.get(&CompetencyId::new(at));
        cell.map(|cell| runs(cell.lines.iter().chain(&cell.inherited).copied())).unwrap_or_default()
    };
    let cells = |level: LevelId| -> Vec<Vec<usize>> { (0..competencies.len()).map(|at| cell(level, at)).collect() };
    let of_levels =
        ladder.on_tracks().into_iter().map(|id| (context.routes.comparisons.slug(id).to_owned(), json!(cells(id))));
    data_script(&json!({
        "pages": ladder.levels.iter().map(page).collect::<Vec<_>>(),
        "lines": ladder.expectations.iter().map(expectation).collect::<Vec<_>>(),
        "areas": areas.into_iter().map(|area| context.area(area).0).collect::<Vec<_>>(),
        "competencies": &competencies,
        "cells": of_levels.collect::<serde_json::Map<_, _>>(),
    }))
}

/// The script with the differences between a level and each other one, by their slugs.
pub(crate) fn from(context: &RenderContext, before: LevelId) -> String {
    let others = context.ladder.on_tracks().into_iter().filter(|now| *now != before);
    let pairs = others.map(|now| (context.routes.comparisons.slug(now), pair(context, before, now)));
    data_script(&pairs.collect::<BTreeMap<_, _>>())
}

fn pair(context: &RenderContext, before: LevelId, now: LevelId) -> PairData {
    let changes = compare_by(&context.ladder, before, now, Some(context.similarity()));
    PairData {
        counts: counts(&changes).into_iter().map(|count| (count.what, count.number)).collect(),
        rows: changes.iter().map(|changes| row(context, before, now, changes)).collect(),
    }
}

/// An expectation: the number of its level, its id, its text, and the label of its group if it has one.
#[derive(Serialize)]
#[serde(untagged)]
enum LineData {
    Plain(usize, String, String),
    Labelled(usize, String, String, String),
}

#[derive(Serialize)]
struct PairData {
    counts: Vec<(DifferenceKind, usize)>,
    rows: Vec<RowData>,
}

/// The differences in one competency: its number, none for expectations of a level alone; 1 if nothing differs; notes;
/// steps; raised expectations; and the sets of added, dropped, open and unchanged ones.
#[derive(Serialize)]
struct RowData(Option<usize>, u8, Vec<DifferenceNote>, Option<StepsData>, Vec<RaisedData>, [ExpectationSet; 4]);

/// The change of a profile's step: its turn, and the numbers of the steps before and now, from 1.
type StepsData = (StepTurn, Option<usize>, Option<usize>);

/// A raised expectation: both versions, and for each the lengths of the alternating runs of equal and different words.
type RaisedData = (usize, usize, Runs, Runs);

/// A subset of the expectations of a cell.
#[derive(Serialize)]
#[serde(untagged)]
enum ExpectationSet {
    /// None (0), or all of them in their order (1).
    Of(u8),
    /// The given ones, as [`runs`].
    Runs(Vec<usize>),
}

fn row(context: &RenderContext, before: LevelId, now: LevelId, changes: &Changes) -> RowData {
    let some = |level: LevelId, ids: &[ExpectationId]| {
        let cell = changes.competency.and_then(|id| context.ladder.level(level).cells.get(&id));
        match cell {
            _ if ids.is_empty() => ExpectationSet::Of(0),
            Some(cell) if cell.lines.iter().chain(&cell.inherited).eq(ids) => ExpectationSet::Of(1),
            _ => ExpectationSet::Runs(runs(ids.iter().copied())),
        }
    };
    RowData(
        changes.competency.map(CompetencyId::index),
        u8::from(changes.is_same()),
        notes(changes),
        changes.steps.map(|steps| (steps.turn().into(), steps.was, steps.now)),
        changes.raised.iter().map(|one| raised(context, *one)).collect(),
        [
            some(now, &changes.added),
            some(before, &changes.dropped),
            some(before, &changes.open),
            some(now, &changes.unchanged),
        ],
    )
}

fn raised(context: &RenderContext, raised: Raised) -> RaisedData {
    let (was, now) = context.word_diff(raised);
    (raised.was.index(), raised.now.index(), was, now)
}

/// Expectations as runs of consecutive numbers: for each run its first number and its length.
fn runs(ids: impl IntoIterator<Item = ExpectationId>) -> Vec<usize> {
    let mut runs: Vec<usize> = Vec::new();
    for id in ids.into_iter().map(ExpectationId::index) {
        match runs.as_mut_slice() {
            [.., first, count] if *first + *count == id => *count += 1,
            _ => runs.extend([id, 1]),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_are_told_in_runs() {
        let ids = [4, 5, 6, 9, 1, 2].map(ExpectationId::new);
        assert_eq!(runs(ids), [4, 3, 9, 1, 1, 2]);
    }
}
