//! The page of a move.

use serde::Serialize;

use super::change::ChangeView;
use super::chart::ProfileView;
use super::stage::StageView;

/// A move.
#[derive(Debug, Clone, Serialize)]
pub struct MoveView {
    /// Where it starts.
    pub from: StageView,
    /// Where it leads.
    pub to: StageView,
    /// What differs between the two.
    pub change: ChangeView,
    /// The steps that both need; none where neither needs any.
    pub profile: Option<ProfileView>,
}
