//! The fourth phase of the ladder: the expectations that levels inherit from those they extend.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnosed, catalog};
use crate::index_vec::IndexVec;
use crate::ladder::expectations::cells::{WrittenCell, WrittenExpectation};
use crate::ladder::expectations::item_lines::item_lines;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::model::Cell;
use crate::ladder::structure::Structure;
use crate::page::Pages;

type LevelCells<C> = IndexVec<LevelId, BTreeMap<CompetencyId, C>>;

/// Adds inherited expectations to the written cells of all levels.
pub(super) fn inherit(
    pages: &Pages,
    structure: &Structure,
    expectations: &IndexVec<ExpectationId, WrittenExpectation>,
    mut written: LevelCells<WrittenCell>,
    not_applicable: &HashSet<(LevelId, CompetencyId)>,
) -> Diagnosed<LevelCells<Cell>> {
    let is_same = |one: ExpectationId, other: ExpectationId| {
        let (one, other) = (&expectations[one], &expectations[other]);
        one.hash == other.hash && one.statement.says_same(&other.statement) && !other.statement.folded.is_empty()
    };
    let mut restated = Vec::new();
    let mut finished: LevelCells<Cell> = IndexVec::from_fn(written.len(), |_| BTreeMap::new());
    // For each expectation the last level that inherited it: two levels that a level extends may share it.
    let mut seen: IndexVec<ExpectationId, Option<LevelId>> = IndexVec::from_fn(expectations.len(), |_| None);
    for level in structure.bases_first.iter().copied() {
        let own = std::mem::take(&mut written[level]).into_iter();
        let cell = |WrittenCell { written, lines, .. }| Cell { written: Some(written), lines, inherited: Vec::new() };
        let mut cells: BTreeMap<CompetencyId, Cell> = own.map(|(id, written)| (id, cell(written))).collect();
        for (base, only) in &structure.levels[level].extends {
            for (competency, from) in &finished[*base] {
                let is_extended = only.as_ref().is_none_or(|only| only.contains(competency));
                let applies = structure.applies(level, *competency) && !not_applicable.contains(&(level, *competency));
                if !is_extended || !applies {
                    continue;
                }
                let lines = from.lines.iter().chain(&from.inherited).copied();
                let mut lines = lines.filter(|line| seen[*line].replace(level) != Some(level)).peekable();
                if lines.peek().is_none() {
                    continue;
                }
                let cell = cells.entry(*competency).or_default();
                for line in lines {
                    // An expectation that the level repeats in the same words counts as its own.
                    match cell.lines.iter().find(|own| is_same(**own, line)) {
                        Some(own) => restated.push((*own, line)),
                        None => cell.inherited.push(line),
                    }
                }
            }
        }
        finished[level] = cells;
    }
    let place = |id: ExpectationId| pages.get(expectations[id].page).span(&expectations[id].statement.span);
    restated.retain(|(own, _)| !expectations[*own].statement.is_placeholder);
    let report = |(own, inherited): (ExpectationId, ExpectationId)| {
        let page = pages.get(expectations[own].page);
        let item = item_lines(&page.source, &expectations[own].statement.span).map(|lines| page.span(&lines));
        catalog::inherited_expectation(place(own), place(inherited), item)
    };
    Diagnosed::new(finished, restated.into_iter().map(report).collect())
}
