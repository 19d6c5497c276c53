//! The page of a level.

use serde::Serialize;

use super::card::Card;
use super::cell::{AreaCells, OwnView};
use super::change::ChangeView;
use super::chart::ProfileView;
use super::diagram::DiagramView;
use super::stage::FacetView;
use super::way::WayView;

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
    /// Whether it is no rung but a foundation that others extend.
    pub foundation: bool,
    /// The rungs of its own track, lowest first.
    pub rungs: Vec<Card>,
    /// The ladder as a picture with this level marked; none where it would say nothing.
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
    /// Where one can assess oneself against it; empty where there is nothing to mark.
    pub assessment_url: String,
    /// How many expectations hold here, own and inherited.
    pub expectation_count: usize,
    /// The id of the section on what is new.
    pub changes_anchor: String,
    /// What is new here, against the level below and each level it forks from.
    pub changes: Vec<ChangeView>,
    /// Where one can go from here.
    pub ways_on: Vec<WayView>,
    /// Where one can come from.
    pub ways_in: Vec<WayView>,
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
