//! The home page, and the ladder as a table.

use serde::Serialize;

use super::card::Card;
use super::diagram::DiagramView;
use super::group::GroupView;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The diagram of the ladder; none if it would show a single level, or too many to be readable.
    pub picture: Option<DiagramView>,
    /// All rungs, for a page without a diagram.
    pub ladder: LadderView,
    /// The sections with their pages, `articles` first.
    pub groups: Vec<GroupView>,
}

/// Tracks side by side on the common scale of ranks; a large ladder is too wide for that and has its tracks by family.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LadderView {
    /// The columns.
    pub tracks: Vec<Card>,
    /// For each track the name of its family, empty if it has none. A family of all tracks is left out.
    pub families: Vec<String>,
    /// The rows, highest rank first.
    pub rows: Vec<LadderRow>,
    /// The tracks of a large ladder, by family.
    pub groups: Vec<FamilyView>,
}

/// The tracks of one family.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FamilyView {
    /// Its name; empty for tracks of no family.
    pub family: String,
    /// Its tracks.
    pub tracks: Vec<TrackRungs>,
}

/// A track and its levels.
#[derive(Debug, Clone, Serialize)]
pub struct TrackRungs {
    /// The track.
    pub track: Card,
    /// The number of its levels.
    pub count: usize,
    /// Its levels, lowest first.
    pub rungs: Vec<Card>,
}

/// All levels of one rank.
#[derive(Debug, Clone, Serialize)]
pub struct LadderRow {
    /// The rank, as text (`3.5`).
    pub rank: String,
    /// For each track the levels at this rank, mostly one or none.
    pub entries: Vec<Vec<RungView>>,
}

/// A level on the ladder.
#[derive(Debug, Clone, Serialize)]
pub struct RungView {
    /// The level.
    pub level: Card,
    /// The levels that it leads to, on the same and on other tracks.
    pub leads_to: Vec<Card>,
}
