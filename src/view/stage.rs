//! Levels with their facets, for tables of levels.

use serde::Serialize;

use super::card::Card;
use super::home::LadderView;

/// One level in a table of career stages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StageView {
    /// The level.
    pub level: Card,
    /// Its rank, as text; empty for none.
    pub rank: String,
    /// Its facets, in the order of the configuration; those not written have empty `html`.
    pub facets: Vec<FacetView>,
    /// Typical experience, as HTML; may be empty.
    pub experience: String,
}

/// All levels of all tracks with their facets.
#[derive(Debug, Clone, Serialize)]
pub struct StagesView {
    /// The ladder as a table.
    pub ladder: LadderView,
    /// The titles of the facets, in order.
    pub facets: Vec<String>,
    /// The levels, by track, then by rank; none on a large ladder, where the page of each track has its levels.
    pub groups: Vec<StageGroup>,
    /// Abstract levels, whose expectations others extend.
    pub foundations: Vec<Card>,
}

/// One track's part of the table of career stages.
#[derive(Debug, Clone, Serialize)]
pub struct StageGroup {
    /// The track.
    pub track: Card,
    /// Its levels, lowest first.
    pub levels: Vec<StageView>,
}

/// One facet of a level, such as its scope.
#[derive(Debug, Clone, Serialize)]
pub struct FacetView {
    /// Its title in the configuration.
    pub title: String,
    /// Its anchor on the level's page.
    pub anchor: String,
    /// The level's value.
    pub html: String,
}

/// The share of a competency.
#[derive(Debug, Clone, Serialize)]
pub struct WeightView {
    /// The competency.
    pub competency: Card,
    /// Out of 100, as text (`30`, `12.5`).
    pub share: String,
}
