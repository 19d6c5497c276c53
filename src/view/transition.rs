//! Ways from one level to another.

use serde::Serialize;

use super::card::Card;

/// A way from one level to another.
#[derive(Debug, Clone, Serialize)]
pub struct TransitionView {
    /// The level at the other end.
    pub level: Card,
    /// Its kind.
    pub relation: TransitionKind,
    /// Pages on how to make that move.
    pub moves: Vec<Card>,
}

/// The kind of a way from one level to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransitionKind {
    /// `next`: to the same track.
    Next,
    /// `fork`: to another track.
    Fork,
    /// `move`: only the page of a move names it.
    Move,
}
