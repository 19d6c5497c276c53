//! What a picture of the ladder shows, before anything has its place.

/// Lanes, rungs and the ways between them. Rungs and lanes are named by their positions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// One for each track.
    pub(crate) lanes: Vec<Lane>,
    /// The levels, each once.
    pub(crate) rungs: Vec<Rung>,
    /// What leads where; no two from and to the same rungs.
    pub(crate) ways: Vec<Way>,
    /// Whether lanes run from right to left.
    pub(crate) mirrored: bool,
}

/// A track.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    /// What stands above it.
    pub(crate) title: String,
    /// Lanes of one family stay together; empty for none.
    pub(crate) family: String,
}

/// A level.
#[derive(Debug, Clone)]
pub(crate) struct Rung {
    /// The lanes that it belongs to, its own first.
    pub(crate) lanes: Vec<usize>,
    /// Its height on the common scale.
    pub(crate) rank: f64,
    /// Its code; may be empty.
    pub(crate) code: String,
    /// Its title.
    pub(crate) title: String,
}

/// A line from one rung to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Where it starts.
    pub(crate) from: usize,
    /// Where it leads.
    pub(crate) to: usize,
    /// Why it is there.
    pub(crate) relation: Relation,
}

/// Why one rung leads to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// It follows on the same track.
    Step,
    /// It follows on another track.
    Fork,
    /// Only a move's page names the way.
    Move,
}

impl Relation {
    /// Its name in views.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Fork => "fork",
            Self::Move => "move",
        }
    }
}
