//! The expectations that no longer hold at higher levels: raised by another one, or retired.

use std::collections::{BTreeMap, HashMap};

use super::id_types::{ExpectationId, LevelId};
use crate::index_vec::IndexVec;

/// Why an expectation no longer holds at a level that would inherit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supersession {
    /// Another expectation raises it.
    Raised(ExpectationId),
    /// A level retires it.
    Retired(LevelId),
}

/// Which expectations raise others, which levels retire some, and what no longer holds where.
#[derive(Debug, Default)]
pub(super) struct Superseded {
    pub(super) raises: HashMap<ExpectationId, Vec<ExpectationId>>,
    pub(super) raised_by: HashMap<ExpectationId, Vec<ExpectationId>>,
    pub(super) retires: HashMap<LevelId, Vec<ExpectationId>>,
    /// What no longer holds at each level, because of itself or of a level that it extends.
    pub(super) gone: IndexVec<LevelId, BTreeMap<ExpectationId, Supersession>>,
}

impl Superseded {
    /// Nothing of what a number of levels inherit.
    pub(super) fn nothing(levels: usize) -> Self {
        Self { gone: IndexVec::from_fn(levels, |_| BTreeMap::new()), ..Self::default() }
    }

    /// Adds an expectation that no longer holds at a level, which says so.
    pub(super) fn add(&mut self, level: LevelId, expectation: ExpectationId, why: Supersession) {
        match why {
            Supersession::Raised(by) => {
                self.raises.entry(by).or_default().push(expectation);
                self.raised_by.entry(expectation).or_default().push(by);
            }
            Supersession::Retired(by) => self.retires.entry(by).or_default().push(expectation),
        }
        self.gone[level].insert(expectation, why);
    }
}
