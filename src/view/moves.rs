//! The page of a move.

use serde::Serialize;

use super::change::ChangeView;
use super::chart::ProfileView;
use super::stage::StageView;

/// A move.
#[derive(Debug, Clone, Serialize)]
pub struct MoveView {
    /// The level where it starts.
    pub from: StageView,
    /// The level where it ends.
    pub to: StageView,
    /// The differences between the two.
    pub change: ChangeView,
    /// The steps that both need; none where neither needs any.
    pub profile: Option<ProfileView>,
}
