//! Two levels side by side.

use serde::Serialize;

use super::card::Card;
use super::cell::StepView;
use super::change::RaisedView;
use super::stage::StageView;

/// Two levels side by side. Differences are lists of kinds, so that one template renders a comparison of two levels and
/// also, given every kind at once, the pattern from which a script makes other comparisons.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonView {
    /// The level that the reader comes from.
    pub from: StageView,
    /// The level that is looked at.
    pub to: StageView,
    /// The number of differences of each kind that occurs: `added`, `raised`, `dropped`, `steps` (competencies of
    /// which they need other steps), `open`, `unchanged`; or `nothing`.
    pub counts: Vec<CountView>,
    /// Differences and unchanged expectations, competency by competency.
    pub areas: Vec<ComparedArea>,
    /// Pages on how to move from one to the other.
    pub moves: Vec<Card>,
    /// The page that compares them the other way round; empty when there is none.
    pub swapped: String,
    /// The page on which any two levels can be chosen, with these two selected; empty if there is none.
    pub chooser: String,
}

/// The number of differences of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// The kind.
    pub what: &'static str,
    /// The number.
    pub number: usize,
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
    /// Notes beside the expectations: `starts` and `ends` (applies to one of the two alone), `from-elsewhere` and
    /// `to-elsewhere` (not part of the first or second level's tracks), `from-missing`, `to-missing` and `both-missing`
    /// (not yet written).
    pub notes: Vec<&'static str>,
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
    /// Unchanged expectations.
    pub unchanged: Vec<ComparedLine>,
}

/// The steps of a scale that two levels need.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedStep {
    /// `up`, `down`, `same`, `starts` (only the second level needs one) or `ends` (only the first).
    pub turn: &'static str,
    /// The step before.
    pub was: Option<StepView>,
    /// The step now.
    pub now: Option<StepView>,
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
    /// Whether any two can be chosen, with a script; else only the pairs that have pages are compared.
    pub any: bool,
    /// The number of levels of the ladder.
    pub level_count: usize,
    /// The address of the folder with the data of comparisons for scripts.
    pub data: String,
    /// The levels by track.
    pub tracks: Vec<ChooserTrack>,
    /// Every level once, with its column of a comparison.
    pub stages: Vec<ChooserStage>,
    /// A comparison that has every kind of difference once; none if levels can't be chosen.
    pub pattern: Option<ComparisonView>,
    /// The pairs that have pages, by the level that they start from.
    pub pairs: Vec<PairsView>,
}

/// The levels of one track, to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserTrack {
    /// The track.
    pub track: Card,
    /// Its levels, lowest first.
    pub levels: Vec<ChooserLevel>,
}

/// A level to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserLevel {
    /// Its name in addresses.
    pub slug: String,
    /// The level.
    pub level: Card,
}

/// A level with its column of a comparison.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserStage {
    /// Its name in addresses.
    pub slug: String,
    /// Its facets and experience.
    pub stage: StageView,
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
