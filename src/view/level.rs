//! The page of a level.

use serde::Serialize;

use super::card::Card;
use super::change::ChangeView;
use super::diagram::DiagramView;
use super::level_cell::{EmptyCells, LevelArea, LevelCell};
use super::stage::FacetView;
use super::transition::TransitionView;

/// A level.
#[derive(Debug, Clone, Serialize)]
pub struct LevelView {
    /// 1 to 8; 0 for an abstract level of no track.
    pub hue: usize,
    /// Its code; may be empty.
    pub code: String,
    /// Its rank, as text; may be empty.
    pub rank: String,
    /// Its other names.
    pub also_known_as: Vec<String>,
    /// The tracks it belongs to; several for a shared rung.
    pub tracks: Vec<Card>,
    /// Whether it's abstract: others extend it, but nobody is at it.
    pub foundation: bool,
    /// The rungs of its own track, lowest first: the ends and those near it.
    pub rungs: Vec<StripRung>,
    /// The diagram of this level and those next to it; none if all of these are on its own track.
    pub picture: Option<DiagramView>,
    /// Typical experience, as HTML; may be empty.
    pub experience: String,
    /// The facets that are written.
    pub facets: Vec<FacetView>,
    /// The id of the section of expectations.
    pub expectations_anchor: String,
    /// Expectations of this level alone, under headings of their own.
    pub own: Vec<LevelCell>,
    /// The cells, by area.
    pub areas: Vec<LevelArea>,
    /// The competencies in which it has neither expectations nor a step, by the reason.
    pub empty: Vec<EmptyCells>,
    /// The address of its self-assessment; empty if it has none.
    pub assessment_url: String,
    /// The number of its expectations, own and inherited.
    pub expectation_count: usize,
    /// The id of the section on what is new.
    pub changes_anchor: String,
    /// The differences from the level below and from levels that it forks from.
    pub changes: Vec<ChangeView>,
    /// The ways from it to other levels, up to a limit.
    pub ways_on: Vec<TransitionView>,
    /// The number of further ones.
    pub more_ways_on: usize,
    /// The ways from other levels to it, up to a limit.
    pub ways_in: Vec<TransitionView>,
    /// The number of further ones.
    pub more_ways_in: usize,
    /// The id of the section on the ways in and on.
    pub ways_anchor: String,
    /// The level below on its track.
    pub previous: Option<Card>,
    /// The level above on its track.
    pub next: Option<Card>,
    /// Articles that serve this level, up to a limit.
    pub articles: Vec<Card>,
    /// Worksheets that serve this level, up to a limit.
    pub worksheets: Vec<Card>,
    /// The number of further articles and worksheets.
    pub more_serving: usize,
}

impl LevelView {
    /// Whether it has the section of expectations.
    #[must_use]
    pub fn has_expectations(&self) -> bool {
        !(self.areas.is_empty() && self.own.is_empty() && self.empty.is_empty())
    }
}

/// A rung in the strip of a level's track.
#[derive(Debug, Clone, Serialize)]
pub struct StripRung {
    /// The level.
    pub level: Card,
    /// The number of levels between it and the rung before it in the strip.
    pub skipped: usize,
}
