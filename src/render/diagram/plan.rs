//! What a picture of the ladder shows, before anything has its place.

/// Lanes, rungs and the ways between them. Rungs and lanes are named by their positions.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// One for each track.
    pub(super) lanes: Vec<Lane>,
    /// The levels, each once.
    pub(super) rungs: Vec<Rung>,
    /// What leads where; no two from and to the same rungs.
    pub(super) ways: Vec<Way>,
    /// Whether lanes run from right to left.
    pub(super) mirrored: bool,
}

/// A track.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    /// What stands above it.
    pub(super) title: String,
    /// Lanes of one family stay together; empty for none.
    pub(super) family: String,
}

/// A level.
#[derive(Debug, Clone)]
pub(super) struct Rung {
    /// The lanes that it belongs to, its own first.
    pub(super) lanes: Vec<usize>,
    /// Its height on the common scale.
    pub(super) rank: f64,
    /// Its code; may be empty.
    pub(super) code: String,
    /// Its title.
    pub(super) title: String,
}

/// A line from one rung to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    /// Where it starts.
    pub(super) from: usize,
    /// Where it leads.
    pub(super) to: usize,
    /// Why it is there.
    pub(super) relation: Relation,
}

/// Why one rung leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// It follows on the same track.
    Step,
    /// It follows on another track.
    Fork,
    /// Only a move's page names the way.
    Move,
}

impl Relation {
    /// Its name in views.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Fork => "fork",
            Self::Move => "move",
        }
    }
}
