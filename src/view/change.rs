//! The differences between two levels.

use serde::Serialize;

use super::card::Card;
use super::cell::{LineView, StepView};

/// The differences between a level and another that leads to it.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// The level compared with.
    pub against: Card,
    /// How that level leads to this one.
    pub relation: ChangeRelation,
    /// The address of the page that compares the two side by side; empty when there is none.
    pub url: String,
    /// Competencies in which something differs or stays, in order.
    pub competencies: Vec<CompetencyChange>,
    /// The number of new expectations.
    pub added: usize,
    /// The number of raised expectations.
    pub raised: usize,
    /// The number of unchanged expectations.
    pub unchanged: usize,
    /// The number of expectations that no longer apply.
    pub dropped: usize,
    /// The number of competencies in which the level needs another step of the scale.
    pub steps: usize,
}

/// How a level leads to the one that is compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeRelation {
    /// `below`: it is on the same track.
    Below,
    /// `fork`: it is on another track.
    Fork,
}

/// The differences between two levels in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyChange {
    /// The competency; for expectations of a level alone, an empty card.
    pub competency: Card,
    /// The cell's address on the page of the level that is compared; empty when it is not shown there.
    pub url: String,
    /// Which of the two levels the competency applies to.
    pub applies: AppliesTo,
    /// New expectations.
    pub added: Vec<LineView>,
    /// Raised expectations.
    pub raised: Vec<RaisedView>,
    /// The number of unchanged expectations.
    pub unchanged: usize,
    /// Expectations that no longer apply.
    pub dropped: Vec<LineView>,
    /// The step of the profile before and now, where both are known and differ.
    pub steps: Option<StepChange>,
}

/// Which of two levels a competency applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppliesTo {
    /// `both`.
    Both,
    /// `starts`: it isn't applicable or not on the track before.
    Starts,
    /// `ends`: it isn't any more.
    Ends,
}

/// An expectation in other words than before.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedView {
    /// The expectation's address.
    pub url: String,
    /// The new sentence as HTML, changed words in `<ins>`, with each line of its detail in an element of class `detail`.
    pub html: String,
    /// The former sentence likewise, changed words in `<del>`.
    pub was: String,
}

/// A step up or down a scale.
#[derive(Debug, Clone, Serialize)]
pub struct StepChange {
    /// The step before.
    pub was: StepView,
    /// The step now.
    pub now: StepView,
}
