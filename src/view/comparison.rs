//! Two levels side by side.

use serde::Serialize;

use super::card::Card;
use super::cell::StepView;
use super::change::RaisedView;
use super::stage::StageView;

/// Two levels side by side. What its parts say is told by kinds, in lists, so that one template shows two levels, and, given
/// every kind at once, the patterns that a script makes other comparisons of.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonView {
    /// The level that the reader comes from.
    pub from: StageView,
    /// The level that is looked at.
    pub to: StageView,
    /// How much differs, each kind that there is: `added`, `raised`, `dropped`, `steps` (competencies of
    /// which they need other steps), `open`, `unchanged`; or `nothing`.
    pub counts: Vec<CountView>,
    /// What differs and what stays, competency by competency.
    pub areas: Vec<ComparedArea>,
    /// Pages that tell how to go from one to the other.
    pub moves: Vec<Card>,
    /// The page that compares them the other way round; empty when there is none.
    pub swapped: String,
    /// The page on which any two levels are chosen, these two chosen; empty when there is none.
    pub chooser: String,
}

/// A kind of difference, and how often there is one.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// Which kind.
    pub what: &'static str,
    /// How many.
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
    /// Which; for expectations of a level alone, an empty card.
    pub competency: Card,
    /// Whether nothing differs.
    pub same: bool,
    /// What is to know beside the expectations: `starts` and `ends` (applies to one of the two alone), `from-missing`,
    /// `to-missing` and `both-missing` (not yet written).
    pub notes: Vec<&'static str>,
    /// The step of the scale, if either level needs one.
    pub steps: Vec<ComparedStep>,
    /// Raised expectations.
    pub raised: Vec<RaisedView>,
    /// New expectations.
    pub added: Vec<ComparedLine>,
    /// Expectations that are no longer there.
    pub dropped: Vec<ComparedLine>,
    /// Expectations of which nobody can say yet whether they hold.
    pub open: Vec<ComparedLine>,
    /// Expectations that hold as they did.
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

/// An expectation and where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedLine {
    /// Its permanent address.
    pub url: String,
    /// Its sentence, plain.
    pub text: String,
}

/// The page on which any two levels are chosen.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserView {
    /// Whether any two can be chosen, with a script; else only the pairs that have pages are compared.
    pub any: bool,
    /// How many levels the ladder has.
    pub level_count: usize,
    /// The address of the folder in which scripts find what differs.
    pub data: String,
    /// The levels by track.
    pub tracks: Vec<ChooserTrack>,
    /// Every level once, with what a comparison shows of it.
    pub stages: Vec<ChooserStage>,
    /// A comparison in which every kind of difference stands once; none where no two can be chosen.
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

/// A level with what stands side by side.
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
    /// Where it is.
    pub url: String,
    /// The level that it leads to.
    pub level: Card,
}
