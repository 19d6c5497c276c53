//! The graph that a ladder diagram shows: levels as nodes, in the lanes of their tracks, and edges between them.
//!
//! Nothing in it has a position yet, and nothing refers to the site that it was made from.

use crate::view::EdgeKind;

/// Lanes, nodes and edges. Lanes and nodes are referred to by their indexes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    /// One lane for each track.
    pub(crate) lanes: Vec<Lane>,
    /// One node for each level, even if several lanes share it.
    pub(crate) nodes: Vec<LevelNode>,
    /// The edges; at most one from a given node to another.
    pub(crate) edges: Vec<Edge>,
    /// Whether the first lane is on the right, for languages that are written from right to left.
    pub(crate) right_to_left: bool,
}

/// The lane of a track.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    /// The title above it.
    pub(crate) title: String,
    /// The family of its track; empty for none. Lanes of a family are adjacent.
    pub(crate) family: String,
}

/// The node of a level.
#[derive(Debug, Clone)]
pub(crate) struct LevelNode {
    /// The lanes that it belongs to, its main one first.
    pub(crate) lanes: Vec<usize>,
    /// Its rank, which decides its height.
    pub(crate) rank: f64,
    /// The level's code, in front of the title; may be empty.
    pub(crate) code: String,
    /// The level's title.
    pub(crate) title: String,
}

/// A directed edge between two nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// The node where it starts.
    pub(crate) from: usize,
    /// The node where it ends.
    pub(crate) to: usize,
    /// The meaning of the edge.
    pub(crate) kind: EdgeKind,
}
