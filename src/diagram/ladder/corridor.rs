//! Corridors, in which edges run between nodes, and the segments of edges in them.

/// A gutter or a channel of the grid, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Corridor {
    /// A vertical corridor, beside columns.
    Gutter(usize),
    /// A horizontal corridor, between layers.
    Channel(usize),
}

impl Corridor {
    /// Whether edges run up and down in it.
    pub(crate) fn is_vertical(self) -> bool {
        matches!(self, Self::Gutter(_))
    }
}

/// A straight part of an edge in a corridor. Its ends are positions along the corridor, on the scales of
/// [`super::grid`]: a segment in a channel goes across columns, a segment in a gutter goes up or down layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The corridor in which it runs.
    pub(crate) corridor: Corridor,
    /// The position where it starts.
    pub(crate) start: usize,
    /// The position where it ends.
    pub(crate) end: usize,
}
