//! The fourth phase of the ladder: the expectations that levels inherit from those they extend, without those that are
//! raised or retired.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnosed, Diagnostic, catalog};
use crate::index_vec::IndexVec;
use crate::ladder::expectation_names::{ExpectationNames, Inheritable};
use crate::ladder::expectations::item_lines::item_lines;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::model::Cell;
use crate::ladder::page_names::NameLookup;
use crate::ladder::structure::Structure;
use crate::ladder::superseded::{Superseded, Supersession};
use crate::ladder::written_cells::WrittenCells;
use crate::page::{PageId, Pages};

/// The cells of all levels with what they inherit.
#[derive(Debug)]
pub(super) struct Inheritance {
    pub(super) levels: IndexVec<LevelId, Arc<BTreeMap<CompetencyId, Cell>>>,
    pub(super) superseded: Arc<Superseded>,
}

impl Inheritance {
    /// The same by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(mut self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        for cells in self.levels.iter_mut() {
            for written in Arc::make_mut(cells).values_mut().filter_map(|cell| cell.written.as_mut()) {
                written.page = new_id(written.page)?;
            }
        }
        Some(self)
    }
}

/// Adds inherited expectations to the written cells of all levels. `ids` are those of all expectations.
pub(super) fn inherit(
    names: &NameLookup<'_>,
    structure: &Structure,
    cells: &WrittenCells,
    ids: &IndexVec<ExpectationId, &str>,
) -> Diagnosed<Inheritance> {
    let levels = structure.levels.len();
    let mut pass = Inheriting {
        structure,
        cells,
        finished: IndexVec::from_fn(levels, |_| BTreeMap::new()),
        superseded: Superseded::nothing(levels),
        seen: IndexVec::from_fn(cells.expectations.len(), |_| None),
        restated: Vec::new(),
    };
    let mut expectation_names = ExpectationNames::new(names, structure, cells, ids);
    for level in structure.bases_first.iter().copied() {
        let from_bases = pass.inheritable(level);
        for (expectation, why) in expectation_names.superseded_at(level, &from_bases) {
            pass.superseded.add(level, expectation, why);
        }
        pass.finish(level, from_bases);
    }
    let mut diagnostics = expectation_names.diagnostics;
    diagnostics.extend(restated_diagnostics(names.pages(), cells, &pass.restated));
    let inheritance = Inheritance {
        levels: pass.finished.into_iter().map(Arc::new).collect(),
        superseded: Arc::new(pass.superseded),
    };
    Diagnosed::new(inheritance, diagnostics)
}

struct Inheriting<'a> {
    structure: &'a Structure,
    cells: &'a WrittenCells,
    finished: IndexVec<LevelId, BTreeMap<CompetencyId, Cell>>,
    superseded: Superseded,
    /// For each expectation the last level that inherited it: two levels that a level extends may share it.
    seen: IndexVec<ExpectationId, Option<LevelId>>,
    /// Expectations of levels that repeat an inherited one, each with that.
    restated: Vec<(ExpectationId, ExpectationId)>,
}

impl Inheriting<'_> {
    /// What a level would inherit from those that it extends, and what of it no longer holds since one of these.
    fn inheritable(&mut self, level: LevelId) -> Inheritable {
        let mut inheritable = Inheritable::default();
        for (base, only) in &self.structure.levels[level].extends {
            let is_taken = |competency: CompetencyId| {
                only.as_ref().is_none_or(|only| only.contains(&competency))
                    && self.structure.applies(level, competency)
                    && !self.cells.not_applicable.contains(&(level, competency))
            };
            for (competency, from) in self.finished[*base].iter().filter(|(competency, _)| is_taken(**competency)) {
                let lines = from.lines.iter().chain(&from.inherited).copied();
                let lines: Vec<ExpectationId> =
                    lines.filter(|line| self.seen[*line].replace(level) != Some(level)).collect();
                if !lines.is_empty() {
                    inheritable.lines.push((*competency, lines));
                }
            }
            // What is raised no longer holds wherever what raises it may be inherited.
            let competency = |line: ExpectationId| self.cells.expectations[line].competency;
            for (line, why) in &self.superseded.gone[*base] {
                let of = match why {
                    Supersession::Raised(by) => competency(*by).or_else(|| competency(*line)),
                    Supersession::Retired(_) => competency(*line),
                };
                if of.is_some_and(is_taken) {
                    inheritable.gone.entry(*line).or_insert(*why);
                }
            }
        }
        inheritable
    }

    /// Finishes the cells of a level.
    fn finish(&mut self, level: LevelId, from_bases: Inheritable) {
        let written = self.cells.levels[level].iter().map(|(competency, cell)| {
            let (written, lines) = (Some(cell.written.clone()), cell.lines.clone());
            (*competency, Cell { written, lines, inherited: Vec::new() })
        });
        let mut finished: BTreeMap<CompetencyId, Cell> = written.collect();
        let gone_here = &self.superseded.gone[level];
        for (competency, lines) in from_bases.lines {
            let cell = finished.entry(competency).or_default();
            for line in lines.into_iter().filter(|line| !from_bases.gone.contains_key(line)) {
                // An expectation that the level repeats in the same words counts as its own.
                match cell.lines.iter().find(|own| is_same(self.cells, **own, line)) {
                    Some(own) => self.restated.push((*own, line)),
                    None if gone_here.contains_key(&line) => {}
                    None => cell.inherited.push(line),
                }
            }
        }
        self.superseded.gone[level].extend(from_bases.gone);
        self.finished[level] = finished;
    }
}

fn is_same(cells: &WrittenCells, one: ExpectationId, other: ExpectationId) -> bool {
    let (one, other) = (&cells.expectations[one], &cells.expectations[other]);
    one.hash == other.hash && one.statement.says_same(&other.statement) && !other.statement.is_blank
}

fn restated_diagnostics(
    pages: &Pages,
    cells: &WrittenCells,
    restated: &[(ExpectationId, ExpectationId)],
) -> Vec<Diagnostic> {
    let place = |id: ExpectationId| {
        let expectation = &cells.expectations[id];
        pages.get(expectation.page).span(&expectation.statement.span)
    };
    let restated = restated.iter().filter(|(own, _)| !cells.expectations[*own].statement.is_placeholder);
    let report = |(own, inherited): &(ExpectationId, ExpectationId)| {
        let page = pages.get(cells.expectations[*own].page);
        let item = item_lines(&page.source, &cells.expectations[*own].statement.span).map(|lines| page.span(&lines));
        catalog::inherited_expectation(place(*own), place(*inherited), item)
    };
    restated.map(report).collect()
}

/// The ids of all expectations, from those of each level.
pub(super) fn ids_of_all<'i>(
    cells: &WrittenCells,
    by_level: impl Iterator<Item = &'i [Arc<str>]>,
) -> IndexVec<ExpectationId, &'i str> {
    let mut ids: IndexVec<ExpectationId, &str> = IndexVec::from_fn(cells.expectations.len(), |_| "");
    for (expectations, of_level) in cells.by_level.iter().zip(by_level) {
        for (expectation, id) in expectations.iter().zip(of_level) {
            ids[*expectation] = id;
        }
    }
    ids
}
