//! The home page, and the ladder as a table.

use serde::Serialize;

use super::card::Card;
use super::diagram::DiagramView;
use super::group::GroupView;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The ladder as a picture; none where it would show a single level, or so many that none could be told apart.
    pub picture: Option<DiagramView>,
    /// All rungs, for a page without a picture.
    pub ladder: LadderView,
    /// The sections with what is in them, `articles` first.
    pub groups: Vec<GroupView>,
}

/// Tracks side by side on the common scale of ranks.
#[derive(Debug, Clone, Serialize)]
pub struct LadderView {
    /// The columns.
    pub tracks: Vec<Card>,
    /// For each track the name of its family, empty if it has none. No family is named that has all tracks.
    pub families: Vec<String>,
    /// The rows, highest rank first.
    pub rows: Vec<LadderRow>,
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
    /// Where it leads (levels of the same and of other tracks).
    pub leads_to: Vec<Card>,
}
