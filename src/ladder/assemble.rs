//! Fills cells with the expectations that are written and inherited, and assembles the finished ladder.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::diagnostic::Diagnosed;
use crate::index_vec::IndexVec;
use crate::ladder::expectations::cells::{self, Cells, WrittenExpectation};
use crate::ladder::expectations::expectation_ids::LevelIds;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId, TrackId};
use crate::ladder::inherit;
use crate::ladder::model::{Cell, Competency, Criteria, Expectation, Ladder, Level, OwnExpectations, Step, Track};
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::unnamed_sections;
use crate::ladder::serves::Serves;
use crate::ladder::structure::{Structure, TrackOutline, UncertainPages};
use crate::page::{PageId, Pages};

/// The cells of all levels with inherited expectations, which have no ids yet.
#[derive(Debug)]
pub(super) struct FilledCells {
    pub(super) expectations: IndexVec<ExpectationId, WrittenExpectation>,
    /// The expectations that are written for each level.
    pub(super) by_level: Arc<IndexVec<LevelId, Vec<ExpectationId>>>,
    pub(super) levels: IndexVec<LevelId, Arc<BTreeMap<CompetencyId, Cell>>>,
    pub(super) own: IndexVec<LevelId, Arc<Vec<OwnExpectations>>>,
    pub(super) criteria: IndexVec<CompetencyId, Vec<Option<Criteria>>>,
    pub(super) not_applicable: HashSet<(LevelId, CompetencyId)>,
    pub(super) empty: HashSet<(LevelId, CompetencyId)>,
    pub(super) uncertain: UncertainPages,
}

impl FilledCells {
    /// The same cells by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(mut self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        for expectation in self.expectations.iter_mut() {
            expectation.page = new_id(expectation.page)?;
        }
        for cells in self.levels.iter_mut() {
            for written in Arc::make_mut(cells).values_mut().filter_map(|cell| cell.written.as_mut()) {
                written.page = new_id(written.page)?;
            }
        }
        for own in self.own.iter_mut().filter(|own| !own.is_empty()) {
            for section in Arc::make_mut(own) {
                section.written.page = new_id(section.written.page)?;
            }
        }
        self.uncertain = self.uncertain.renumbered(new_id);
        Some(self)
    }

    /// The expectations that are written for a level.
    pub(super) fn written_for(&self, level: LevelId) -> Vec<&WrittenExpectation> {
        self.by_level[level].iter().map(|id| &self.expectations[*id]).collect()
    }
}

/// Fills the cells of all levels with their written and inherited expectations.
pub(super) fn fill(pages: &Pages, structure: &Structure, bodies: &[(PageId, &PageSections)]) -> Diagnosed<FilledCells> {
    let Diagnosed { value: mut written, mut diagnostics } = cells::collect(pages, structure, bodies);
    diagnostics.extend(unnamed_sections::check(pages, structure, &mut written, bodies));
    let Cells { expectations, levels, own, criteria, not_applicable, empty, uncertain } = written;
    let levels =
        inherit::inherit(pages, structure, &expectations, levels, &not_applicable).drain_into(&mut diagnostics);
    let mut by_level: IndexVec<LevelId, Vec<ExpectationId>> = IndexVec::from_fn(levels.len(), |_| Vec::new());
    for (id, expectation) in expectations.iter_enumerated() {
        by_level[expectation.level].push(id);
    }
    let shared = levels.into_iter().map(Arc::new);
    let filled = FilledCells {
        levels: shared.collect(),
        own: own.into_iter().map(Arc::new).collect(),
        expectations,
        by_level: Arc::new(by_level),
        criteria,
        not_applicable,
        empty,
        uncertain,
    };
    Diagnosed::new(filled, diagnostics)
}

/// Builds the finished ladder. `ids` are those of the expectations of each level.
pub(super) fn finish<'i>(
    structure: &Arc<Structure>,
    bodies: &[(PageId, &PageSections)],
    cells: &FilledCells,
    ids: impl Iterator<Item = &'i LevelIds>,
    serves: &Arc<BTreeMap<PageId, Serves>>,
) -> Ladder {
    let mut next: IndexVec<LevelId, _> = ids.map(|ids| ids.ids.iter()).collect();
    let expectation = |written: &WrittenExpectation| Expectation {
        id: next[written.level].next().map_or_else(|| "".into(), Arc::clone),
        level: written.level,
        page: written.page,
        statement: Arc::clone(&written.statement),
    };
    let expectations = cells.expectations.iter().map(expectation).collect();
    let level = |(id, outline): (LevelId, &Arc<_>)| Level {
        outline: Arc::clone(outline),
        cells: Arc::clone(&cells.levels[id]),
        own: Arc::clone(&cells.own[id]),
    };
    Ladder {
        structure: Arc::clone(structure),
        tracks: tracks(structure, cells),
        levels: structure.levels.iter_enumerated().map(level).collect(),
        competencies: competencies(structure, cells),
        expectations,
        by_level: Arc::clone(&cells.by_level),
        not_applicable: cells.not_applicable.clone(),
        layouts: bodies.iter().map(|(id, body)| (*id, Arc::clone(&body.layout))).collect(),
        readings: bodies.iter().map(|(id, body)| (*id, Arc::clone(&body.readings))).collect(),
        serves: Arc::clone(serves),
    }
}

/// The tracks with their competencies: those that name the track, and those that its levels have a cell or need a step
/// in.
fn tracks(structure: &Structure, cells: &FilledCells) -> IndexVec<TrackId, Track> {
    let track = |(id, outline): (TrackId, &Arc<TrackOutline>)| {
        let mut of_levels = outline.levels.iter().flat_map(|level| cells.levels[*level].values());
        let writes_cells = of_levels.any(|cell| cell.written.is_some());
        let is_part = |competency: &CompetencyId| {
            let mut levels = outline.levels.iter().copied();
            structure.competencies[*competency].tracks.contains(&id)
                || levels.any(|level| {
                    cells.levels[level].contains_key(competency)
                        || cells.empty.contains(&(level, *competency))
                        || structure.levels[level].profile.contains_key(competency)
                })
        };
        let competencies = outline.applicable.iter().copied().filter(is_part).collect();
        Track { outline: Arc::clone(outline), competencies, writes_cells }
    };
    structure.tracks.iter_enumerated().map(track).collect()
}

fn competencies(structure: &Structure, cells: &FilledCells) -> IndexVec<CompetencyId, Competency> {
    let mut levels: IndexVec<CompetencyId, Vec<LevelId>> =
        IndexVec::from_fn(structure.competencies.len(), |_| Vec::new());
    for (id, level) in structure.levels.iter_enumerated() {
        let has_step = level.profile.keys().filter(|competency| structure.applies(id, **competency));
        let of_level: BTreeSet<CompetencyId> = cells.levels[id].keys().chain(has_step).copied().collect();
        for competency in of_level {
            levels[competency].push(id);
        }
    }
    let competency = |(id, outline): (CompetencyId, &Arc<crate::ladder::structure::CompetencyOutline>)| {
        let steps = outline.steps.iter().zip(&cells.criteria[id]);
        let scale = steps.map(|(name, criteria)| Step { name: name.clone(), criteria: criteria.clone() });
        Competency { outline: Arc::clone(outline), scale: scale.collect(), levels: std::mem::take(&mut levels[id]) }
    };
    structure.competencies.iter_enumerated().map(competency).collect()
}
