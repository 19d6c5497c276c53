//! Assembles the finished ladder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::index_vec::IndexVec;
use crate::ladder::expectations::cells::WrittenExpectation;
use crate::ladder::expectations::expectation_ids::LevelIds;
use crate::ladder::id_types::{CompetencyId, LevelId, TrackId};
use crate::ladder::inherit::Inheritance;
use crate::ladder::model::{Competency, Expectation, Ladder, Level, Step, Track};
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::serves::Serves;
use crate::ladder::structure::{Structure, TrackOutline};
use crate::ladder::written_cells::WrittenCells;
use crate::page::PageId;

/// Builds the finished ladder. `ids` are those of the expectations of each level.
pub(super) fn finish<'i>(
    structure: &Arc<Structure>,
    bodies: &[(PageId, &PageSections)],
    cells: &WrittenCells,
    inheritance: &Inheritance,
    ids: impl Iterator<Item = &'i LevelIds>,
    serves: &Arc<BTreeMap<PageId, Serves>>,
) -> Ladder {
    let mut next: IndexVec<LevelId, _> = ids.map(|ids| ids.ids.iter()).collect();
    let expectation = |written: &WrittenExpectation| Expectation {
        id: next[written.level].next().map_or_else(|| "".into(), Arc::clone),
        level: written.level,
        competency: written.competency,
        page: written.page,
        statement: Arc::clone(&written.statement),
    };
    let expectations = cells.expectations.iter().map(expectation).collect();
    let level = |(id, outline): (LevelId, &Arc<_>)| Level {
        outline: Arc::clone(outline),
        cells: Arc::clone(&inheritance.levels[id]),
        own: Arc::clone(&cells.own[id]),
    };
    Ladder {
        structure: Arc::clone(structure),
        tracks: tracks(structure, cells, inheritance),
        levels: structure.levels.iter_enumerated().map(level).collect(),
        competencies: competencies(structure, cells, inheritance),
        expectations,
        by_level: Arc::clone(&cells.by_level),
        not_applicable: cells.not_applicable.clone(),
        layouts: bodies.iter().map(|(id, body)| (*id, Arc::clone(&body.layout))).collect(),
        readings: bodies.iter().map(|(id, body)| (*id, Arc::clone(&body.readings))).collect(),
        superseded: Arc::clone(&inheritance.superseded),
        serves: Arc::clone(serves),
    }
}

/// The tracks with their competencies: those that name the track, and those that its levels have a cell or need a step
/// in.
fn tracks(structure: &Structure, cells: &WrittenCells, inheritance: &Inheritance) -> IndexVec<TrackId, Track> {
    let track = |(id, outline): (TrackId, &Arc<TrackOutline>)| {
        let mut of_levels = outline.levels.iter().flat_map(|level| inheritance.levels[*level].values());
        let writes_cells = of_levels.any(|cell| cell.written.is_some());
        let is_part = |competency: &CompetencyId| {
            let mut levels = outline.levels.iter().copied();
            structure.competencies[*competency].tracks.contains(&id)
                || levels.any(|level| {
                    inheritance.levels[level].contains_key(competency)
                        || cells.empty.contains(&(level, *competency))
                        || structure.levels[level].profile.contains_key(competency)
                })
        };
        let competencies = outline.applicable.iter().copied().filter(is_part).collect();
        Track { outline: Arc::clone(outline), competencies, writes_cells }
    };
    structure.tracks.iter_enumerated().map(track).collect()
}

fn competencies(
    structure: &Structure,
    cells: &WrittenCells,
    inheritance: &Inheritance,
) -> IndexVec<CompetencyId, Competency> {
    let mut levels: IndexVec<CompetencyId, Vec<LevelId>> =
        IndexVec::from_fn(structure.competencies.len(), |_| Vec::new());
    for (id, level) in structure.levels.iter_enumerated() {
        let has_step = level.profile.keys().filter(|competency| structure.applies(id, **competency));
        let of_level: BTreeSet<CompetencyId> = inheritance.levels[id].keys().chain(has_step).copied().collect();
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
