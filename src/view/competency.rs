//! The page of a competency.

use serde::Serialize;

use super::card::Card;
use super::cell::{CellView, StepView};

/// A competency.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyView {
    /// The title of its area; may be empty.
    pub area: String,
    /// Its other names.
    pub also_known_as: Vec<String>,
    /// The tracks where it applies, if not all.
    pub only_tracks: Vec<Card>,
    /// The steps of its scale.
    pub scale: Vec<StepView>,
    /// Abstract levels that have a cell in it.
    pub foundations: Vec<CellView>,
    /// The columns of the progression.
    pub tracks: Vec<Card>,
    /// The progression, lowest rank first.
    pub rows: Vec<ProgressionRow>,
    /// Articles that serve it.
    pub articles: Vec<Card>,
    /// Worksheets that serve it.
    pub worksheets: Vec<Card>,
}

/// The expectations at one rank in one competency, track by track.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressionRow {
    /// The rank, as text.
    pub rank: String,
    /// For each track the cells at this rank.
    pub entries: Vec<Vec<CellView>>,
}
