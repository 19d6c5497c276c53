//! Ways from one level to another.

use serde::Serialize;

use super::card::Card;

/// A way from one level to another.
#[derive(Debug, Clone, Serialize)]
pub struct TransitionView {
    /// The level at the other end.
    pub level: Card,
    /// `next` (same track), `fork` (another track) or `move` (only a move's page names it).
    pub relation: &'static str,
    /// Pages on how to make that move.
    pub moves: Vec<Card>,
}
