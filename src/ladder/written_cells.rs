//! The cells of all levels as they are written, before anything is inherited.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Diagnosed;
use crate::index_vec::IndexVec;
use crate::ladder::expectations::cells::{self, Cells, WrittenCell, WrittenExpectation};
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::model::{Criteria, OwnExpectations};
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::unnamed_sections;
use crate::ladder::structure::{Structure, UncertainPages};
use crate::page::{PageId, Pages};

/// The written cells of all levels, whose expectations have no ids yet.
#[derive(Debug)]
pub(super) struct WrittenCells {
    pub(super) expectations: IndexVec<ExpectationId, WrittenExpectation>,
    /// The expectations that are written for each level.
    pub(super) by_level: Arc<IndexVec<LevelId, Vec<ExpectationId>>>,
    pub(super) levels: IndexVec<LevelId, BTreeMap<CompetencyId, WrittenCell>>,
    pub(super) own: IndexVec<LevelId, Arc<Vec<OwnExpectations>>>,
    pub(super) criteria: IndexVec<CompetencyId, Vec<Option<Criteria>>>,
    pub(super) not_applicable: HashSet<(LevelId, CompetencyId)>,
    pub(super) empty: HashSet<(LevelId, CompetencyId)>,
    pub(super) uncertain: UncertainPages,
}

impl WrittenCells {
    /// The same cells by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(mut self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        for expectation in self.expectations.iter_mut() {
            expectation.page = new_id(expectation.page)?;
        }
        for cells in self.levels.iter_mut() {
            for cell in cells.values_mut() {
                cell.written.page = new_id(cell.written.page)?;
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

/// Collects the written cells of all levels.
pub(super) fn collect(
    pages: &Pages,
    structure: &Structure,
    bodies: &[(PageId, &PageSections)],
) -> Diagnosed<WrittenCells> {
    let Diagnosed { value: mut written, mut diagnostics } = cells::collect(pages, structure, bodies);
    diagnostics.extend(unnamed_sections::check(pages, structure, &mut written, bodies));
    let Cells { expectations, levels, own, criteria, not_applicable, empty, uncertain } = written;
    let mut by_level: IndexVec<LevelId, Vec<ExpectationId>> = IndexVec::from_fn(levels.len(), |_| Vec::new());
    for (id, expectation) in expectations.iter_enumerated() {
        by_level[expectation.level].push(id);
    }
    let filled = WrittenCells {
        levels,
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
