//! The page of a move.

use serde::Serialize;

use super::change::CompetencyChange;
use super::chart::ProfileView;
use super::comparison::CountView;
use super::stage::StageView;

/// A move.
#[derive(Debug, Clone, Serialize)]
pub struct MoveView {
    /// The level where it starts.
    pub from: StageView,
    /// The level where it ends.
    pub to: StageView,
    /// The address of the page that compares the two side by side; empty when there is none.
    pub url: String,
    /// The number of differences of each kind that occurs.
    pub counts: Vec<CountView>,
    /// The competencies in which something differs.
    pub changes: Vec<CompetencyChange>,
    /// The steps that both need; none where neither needs any.
    pub profile: Option<ProfileView>,
}
