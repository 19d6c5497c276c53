//! The expectations of a level on its page: its own in full, inherited ones as short lines that lead to where they are
//! written.

use serde::Serialize;

use super::card::Card;
use super::cell::ExampleView;

/// The competencies of one area in which the page of a level has something to say.
#[derive(Debug, Clone, Serialize)]
pub struct LevelArea {
    /// The area's title; empty where competencies have no area.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// One cell per competency.
    pub cells: Vec<LevelCell>,
}

/// A level's expectations in one competency, or under a heading of its author's.
#[derive(Debug, Clone, Serialize, Default)]
pub struct LevelCell {
    /// The competency's title, or the author's heading.
    pub title: String,
    /// The competency's address; empty for expectations of the level alone.
    pub url: String,
    /// The id to set.
    pub anchor: String,
    /// The step of the competency's scale that the level's profile needs.
    pub step: Option<NeededStep>,
    /// The author's text before the expectations.
    pub intro: String,
    /// The expectations written for this level.
    pub lines: Vec<LevelLine>,
    /// The author's text after the expectations.
    pub outro: String,
    /// Examples of the whole cell.
    pub examples: Vec<ExampleView>,
    /// Expectations of other levels that hold here too, nearest level first.
    pub inherited: Vec<InheritedPart>,
    /// The levels whose expectations are too far away to be repeated.
    pub farther: Option<FartherLevels>,
    /// The number of inherited expectations, listed or not.
    pub inherited_count: usize,
    /// Whether there is nothing but a step.
    pub only_step: bool,
}

impl LevelCell {
    /// Whether it has something written or inherited.
    #[must_use]
    pub fn has_text(&self) -> bool {
        let has_own = !(self.intro.is_empty() && self.outro.is_empty() && self.examples.is_empty());
        has_own || !self.lines.is_empty() || self.inherited_count > 0
    }
}

/// The step of a competency's scale that a level needs.
#[derive(Debug, Clone, Serialize)]
pub struct NeededStep {
    /// Its name.
    pub name: String,
    /// Its number, from 1.
    pub number: usize,
    /// The number of steps of the scale.
    pub of: usize,
    /// Its address on the competency's page.
    pub url: String,
}

/// An expectation that is written for the level whose page this is.
#[derive(Debug, Clone, Serialize)]
pub struct LevelLine {
    /// Its id.
    pub id: String,
    /// The sentence.
    pub html: String,
    /// Detail shown with it; may be empty.
    pub detail: String,
    /// Its examples.
    pub examples: Vec<ExampleView>,
    /// The sub-heading above it as HTML, set only on the first of its group; may be empty.
    pub group: String,
    /// The author's text between that sub-heading and it; may be empty.
    pub before: String,
    /// How it compares with the level before; `none` where there is nothing to compare it with, or it is the same.
    pub mark: Option<LineMark>,
    /// For a raised one: the former sentences as HTML, words that differ in `<del>`.
    pub was: Vec<String>,
}

/// How an expectation compares with those of the level before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineMark {
    /// `new`: the level before doesn't have it.
    New,
    /// `raised`: it replaces one of the level before, or one that the level would inherit.
    Raised,
}

/// Expectations of one competency that a level has from another one.
#[derive(Debug, Clone, Serialize)]
pub struct InheritedPart {
    /// The level that they were written for.
    pub from: Card,
    /// The address of the cell on that level's page.
    pub url: String,
    /// Their sentences, without markup, details and examples.
    pub lines: Vec<String>,
}

/// The levels whose expectations in one competency hold as well, but are not repeated.
#[derive(Debug, Clone, Serialize)]
pub struct FartherLevels {
    /// Their number.
    pub levels: usize,
    /// The number of their expectations.
    pub count: usize,
    /// The title of the level, if it's only one.
    pub title: String,
    /// The address of what they expect: the level's cell or, for several levels, the competency's page.
    pub url: String,
}

/// Competencies in which a level has neither expectations nor a step, for one reason.
#[derive(Debug, Clone, Serialize)]
pub struct EmptyCells {
    /// The reason.
    pub reason: EmptyReason,
    /// The competencies.
    pub cells: Vec<EmptyCell>,
}

/// The reason why a level has neither expectations nor a step in a competency of its track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyReason {
    /// `missing`: the cell isn't written yet.
    Missing,
    /// `no-step`: the track has no written cells, and the level needs no step.
    NoStep,
    /// `not-applicable`.
    NotApplicable,
}

/// A competency in which a level has neither expectations nor a step.
#[derive(Debug, Clone, Serialize)]
pub struct EmptyCell {
    /// The competency's title.
    pub title: String,
    /// The id to set.
    pub anchor: String,
}
