//! Two levels side by side.

use serde::Serialize;

use super::card::Card;
use super::cell::StepView;
use super::raised::RaisedView;
use super::stage::StageView;

/// Two levels side by side. Differences are lists of kinds, so that one template renders a comparison of two levels and
/// also, given every kind at once, the pattern from which a script makes other comparisons.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonView {
    /// The level that the reader comes from.
    pub from: StageView,
    /// The level that is looked at.
    pub to: StageView,
    /// The number of differences of each kind that occurs.
    pub counts: Vec<CountView>,
    /// The differences, competency by competency; none on a short page.
    pub areas: Vec<ComparedArea>,
    /// Pages on how to move from one to the other.
    pub moves: Vec<Card>,
    /// The page that compares them the other way round; empty when there is none.
    pub swapped: String,
    /// The page on which any two levels can be chosen, with these two selected.
    pub chooser: String,
}

/// The number of differences of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// The kind.
    pub what: DifferenceKind,
    /// The number.
    pub number: usize,
}

/// A kind of difference between two levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// `added`: new expectations.
    Added,
    /// `raised`: raised expectations.
    Raised,
    /// `dropped`: expectations that no longer apply.
    Dropped,
    /// `steps`: competencies of which they need other steps.
    Steps,
    /// `open`: expectations that may or may not apply.
    Open,
    /// `unchanged`: expectations that both have.
    Unchanged,
    /// `nothing`: none of the others occurs.
    Nothing,
}

impl DifferenceKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Added, Self::Raised, Self::Dropped, Self::Steps, Self::Open, Self::Unchanged, Self::Nothing];
}

/// The competencies of one area.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedArea {
    /// The area's title; empty where competencies have no area.
    pub title: String,
    /// Whether nothing differs in any of them.
    pub same: bool,
    /// The competencies.
    pub rows: Vec<ComparedRow>,
}

/// One competency of two levels.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedRow {
    /// The competency; for expectations of a level alone, an empty card.
    pub competency: Card,
    /// Whether nothing differs.
    pub same: bool,
    /// Notes beside the expectations.
    pub notes: Vec<DifferenceNote>,
    /// The step of the scale, if either level needs one.
    pub steps: Vec<ComparedStep>,
    /// Raised expectations.
    pub raised: Vec<RaisedView>,
    /// New expectations.
    pub added: Vec<ComparedLine>,
    /// Expectations that no longer apply.
    pub dropped: Vec<ComparedLine>,
    /// Expectations that may or may not apply, because the second level's cell isn't written yet.
    pub open: Vec<ComparedLine>,
    /// The number of unchanged expectations.
    pub unchanged: usize,
    /// The address of the first of them.
    pub unchanged_url: String,
}

/// A note on a competency beside its expectations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceNote {
    /// `starts`: it applies to the second level alone.
    Starts,
    /// `ends`: it applies to the first level alone.
    Ends,
    /// `from-elsewhere`: it isn't part of the first level's tracks.
    FromElsewhere,
    /// `to-elsewhere`: it isn't part of the second level's tracks.
    ToElsewhere,
    /// `from-missing`: it isn't written yet for the first level.
    FromMissing,
    /// `to-missing`: it isn't written yet for the second level.
    ToMissing,
    /// `both-missing`: it isn't written yet for either.
    BothMissing,
}

impl DifferenceNote {
    /// All notes.
    pub const ALL: [Self; 7] = [
        Self::Starts,
        Self::Ends,
        Self::FromElsewhere,
        Self::ToElsewhere,
        Self::FromMissing,
        Self::ToMissing,
        Self::BothMissing,
    ];
}

/// The steps of a scale that two levels need.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedStep {
    /// How the step changes.
    pub turn: StepTurn,
    /// The step before.
    pub was: Option<StepView>,
    /// The step now.
    pub now: Option<StepView>,
}

/// How the step that two levels need changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepTurn {
    /// `up`.
    Up,
    /// `down`.
    Down,
    /// `same`.
    Same,
    /// `starts`: only the second level needs one.
    Starts,
    /// `ends`: only the first level needs one.
    Ends,
}

impl StepTurn {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Up, Self::Down, Self::Same, Self::Starts, Self::Ends];
}

/// An expectation and its address.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedLine {
    /// Its permanent address.
    pub url: String,
    /// The sub-heading or the label that it's under; empty if there's none.
    pub label: String,
    /// Its sentence, plain.
    pub text: String,
    /// The paragraphs and list items of its detail, plain.
    pub detail: Vec<String>,
}

/// The page on which any two levels can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserView {
    /// The address of the folder with the data of comparisons for scripts.
    pub data: String,
    /// A comparison that has every kind of difference once.
    pub pattern: ComparisonView,
    /// The pairs that have pages, by the level that they start from; none if these pages are short.
    pub pairs: Vec<PairsView>,
}

/// The pages that compare one level with others.
#[derive(Debug, Clone, Serialize)]
pub struct PairsView {
    /// The level that they start from.
    pub level: Card,
    /// With the next levels of its track.
    pub next: Vec<PairView>,
    /// With other levels that it or a move leads to.
    pub others: Vec<PairView>,
    /// With levels of its rank on other tracks.
    pub rank: Vec<PairView>,
}

/// One page that compares two levels.
#[derive(Debug, Clone, Serialize)]
pub struct PairView {
    /// Its address.
    pub url: String,
    /// The level that it leads to.
    pub level: Card,
}
