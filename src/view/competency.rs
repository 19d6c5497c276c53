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
    pub foundations: Vec<CompetencyCell>,
    /// The tracks that have cells in it.
    pub tracks: Vec<CompetencyTrack>,
    /// Whether the ladder is too large to show here what is written on the pages of levels; these cells are only links.
    pub brief: bool,
    /// Articles that serve it.
    pub articles: Vec<Card>,
    /// Worksheets that serve it.
    pub worksheets: Vec<Card>,
}

/// The cells of one track in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyTrack {
    /// The track.
    pub track: Card,
    /// The number of expectations written for its levels.
    pub count: usize,
    /// Its levels with a cell or a step, lowest first.
    pub cells: Vec<CompetencyCell>,
    /// The levels whose cells aren't written yet.
    pub missing: LevelNames,
    /// The levels to which the competency doesn't apply.
    pub not_applicable: LevelNames,
}

/// Some levels of a track.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LevelNames {
    /// Their number.
    pub count: usize,
    /// Their titles; none if the page is brief.
    pub names: Vec<String>,
}

/// A cell on its competency's page: what is written for its level, and where the rest is.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyCell {
    /// The cell without inherited expectations; if it is only a link, without any.
    pub cell: CellView,
    /// Whether it is only a link.
    pub link: bool,
    /// The number of expectations written for it.
    pub own: usize,
    /// The number of expectations that it inherits.
    pub inherited: usize,
    /// The levels that it inherits them from, with the addresses of their cells on this page.
    pub bases: Vec<Card>,
    /// The title of the track under which a level that tracks share is shown; empty for all others.
    pub shown_under: String,
}
