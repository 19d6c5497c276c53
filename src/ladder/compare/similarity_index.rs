//! An index of similar expectations.

use crate::index_vec::IndexVec;
use crate::ladder::id_types::{CompetencyId, ExpectationId};
use crate::ladder::model::Ladder;

/// The similar expectations of a ladder, computed once for comparisons of all levels.
#[derive(Debug, Default)]
pub struct SimilarityIndex {
    /// For each expectation the similar ones of the same competency, in order, with their similarity.
    by_expectation: IndexVec<ExpectationId, Vec<(ExpectationId, f64)>>,
}

impl SimilarityIndex {
    /// Compares all expectations of each competency. Takes time proportional to the square of the largest competency.
    #[must_use]
    pub fn new(ladder: &Ladder) -> Self {
        let mut by_expectation = IndexVec::from_fn(ladder.expectations.len(), |_: ExpectationId| Vec::new());
        let mut groups: IndexVec<CompetencyId, Vec<ExpectationId>> =
            IndexVec::from_fn(ladder.competencies.len(), |_| Vec::new());
        let mut own: Vec<ExpectationId> = Vec::new();
        for level in &ladder.levels {
            for (competency, cell) in &*level.cells {
                groups[*competency].extend(&cell.lines);
            }
            own.extend(level.own.iter().flat_map(|own| &own.lines));
        }
        let line = |id: ExpectationId| &ladder.expectation(id).statement;
        for group in groups.iter_mut().chain([&mut own]) {
            group.sort_unstable();
            for (at, one) in group.iter().enumerate() {
                for other in &group[at + 1..] {
                    if let Some(alike) = line(*one).similarity(line(*other)) {
                        by_expectation[*one].push((*other, alike));
                        by_expectation[*other].push((*one, alike));
                    }
                }
            }
        }
        for alike in by_expectation.iter_mut() {
            alike.sort_unstable_by_key(|(id, _)| *id);
        }
        Self { by_expectation }
    }

    pub(crate) fn of(&self, was: ExpectationId, now: ExpectationId) -> Option<f64> {
        let known = &self.by_expectation[now];
        known.binary_search_by_key(&was, |(id, _)| *id).ok().map(|at| known[at].1)
    }

    /// Whether no other expectation is similar.
    pub(crate) fn is_alone(&self, id: ExpectationId) -> bool {
        self.by_expectation[id].is_empty()
    }
}
