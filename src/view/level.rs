//! The page of a level.

use serde::Serialize;

use super::card::Card;
use super::cell::{AreaCells, OwnView};
use super::change::ChangeView;
use super::chart::ProfileView;
use super::diagram::DiagramView;
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
    /// The rungs of its own track, lowest first.
    pub rungs: Vec<Card>,
    /// The diagram of the ladder around this level; none if it would show nothing else.
    pub picture: Option<DiagramView>,
    /// The steps that it needs, beside those of the levels below and above; none where it needs none.
    pub profile: Option<ProfileView>,
    /// Typical experience, as HTML; may be empty.
    pub experience: String,
    /// The facets that are written.
    pub facets: Vec<FacetView>,
    /// The id of the section of expectations.
    pub expectations_anchor: String,
    /// Expectations of this level alone, under headings of their own.
    pub own: Vec<OwnView>,
    /// The cells, by area.
    pub areas: Vec<AreaCells>,
    /// The address of its self-assessment; empty if it has none.
    pub assessment_url: String,
    /// The number of its expectations, own and inherited.
    pub expectation_count: usize,
    /// The id of the section on what is new.
    pub changes_anchor: String,
    /// The differences from the level below and from each level that it forks from.
    pub changes: Vec<ChangeView>,
    /// The ways from it to other levels.
    pub ways_on: Vec<TransitionView>,
    /// The ways from other levels to it.
    pub ways_in: Vec<TransitionView>,
    /// The id of the section on the ways in and on.
    pub ways_anchor: String,
    /// The level below on its track.
    pub previous: Option<Card>,
    /// The level above on its track.
    pub next: Option<Card>,
    /// Articles that serve this level.
    pub articles: Vec<Card>,
    /// Worksheets that serve this level.
    pub worksheets: Vec<Card>,
}
