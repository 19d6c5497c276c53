//! The differences between two levels.

use serde::Serialize;

use super::card::Card;
use super::comparison::{CountView, DifferenceNote};

/// The differences between a level and another that leads to it, in short: the level's own expectations say on the same
/// page which of them are new. From a level of another track there are only figures.
#[derive(Debug, Clone, Serialize, Default)]
pub struct ChangeView {
    /// The level compared with.
    pub against: Card,
    /// The address of the page that compares the two side by side; empty when there is none.
    pub url: String,
    /// The number of differences of each kind that occurs.
    pub counts: Vec<CountView>,
    /// The facets of the level whose texts differ.
    pub facets: Vec<ChangedFacet>,
    /// The competencies in which the level needs another step of the scale, or only one of both needs any.
    pub steps: Vec<ChangedStep>,
    /// Expectations that no longer apply, up to a limit.
    pub dropped: Vec<DroppedLine>,
    /// The number of further expectations that no longer apply.
    pub more_dropped: usize,
}

/// A facet whose text differs between two levels.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedFacet {
    /// Its title.
    pub title: String,
    /// Its id on the page of the level that is compared, percent-encoded where needed.
    pub fragment: String,
}

/// A competency in which two levels need different steps of its scale.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedStep {
    /// The competency's title.
    pub title: String,
    /// The step before; empty for none.
    pub was: String,
    /// The step now; empty for none.
    pub now: String,
}

/// An expectation that no longer applies.
#[derive(Debug, Clone, Serialize)]
pub struct DroppedLine {
    /// Its permanent address.
    pub url: String,
    /// The sentence, without markup.
    pub text: String,
}

/// The differences between two levels in one competency, in figures.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyChange {
    /// The competency; for expectations of a level alone, an empty card.
    pub competency: Card,
    /// The cell's address on the page of the second level; empty when it is not shown there.
    pub url: String,
    /// Notes beside the expectations.
    pub notes: Vec<DifferenceNote>,
    /// The number of differences of each kind that occurs.
    pub counts: Vec<CountView>,
    /// The step of the scale, if the two levels need different ones.
    pub step: Option<ChangedStep>,
}
