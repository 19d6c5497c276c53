//! A finished drawing: where its lanes, nodes and edges are, in pixels from the upper left corner.

use super::graph::Edge;
use crate::diagram::text::WrappedText;

/// A diagram with the positions of all its parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawing {
    /// Its width and height.
    pub(crate) size: (i32, i32),
    /// The lanes from left to right, each with its index in the graph.
    pub(crate) lanes: Vec<(usize, TitledColumn)>,
    /// The families of adjacent lanes, from left to right, each with its name.
    pub(crate) families: Vec<(String, TitledColumn)>,
    /// The ranks, lowest first, each with the vertical centre of its layer.
    pub(crate) ranks: Vec<(f64, i32)>,
    /// The top and the bottom of the lanes, below their titles.
    pub(crate) body: (i32, i32),
    /// The first baseline of the lanes' titles, and the distance from one baseline to the next.
    pub(crate) title_baselines: (i32, i32),
    /// The nodes, in the graph's order.
    pub(crate) nodes: Vec<NodeBox>,
    /// The edges between them, in the order of their routes.
    pub(crate) edges: Vec<Polyline>,
}

/// A horizontal section of a drawing with a title above it.
#[derive(Debug, Clone, Default)]
pub(crate) struct TitledColumn {
    /// Its left border.
    pub(crate) left: i32,
    /// Its width.
    pub(crate) width: i32,
    /// Its title.
    pub(crate) title: WrappedText,
}

/// The box of a node.
#[derive(Debug, Clone, Default)]
pub(crate) struct NodeBox {
    /// Its left border.
    pub(crate) left: i32,
    /// Its upper border.
    pub(crate) top: i32,
    /// Its width.
    pub(crate) width: i32,
    /// Its height.
    pub(crate) height: i32,
    /// Its title.
    pub(crate) title: WrappedText,
}

/// An edge as a polyline of horizontal and vertical parts.
#[derive(Debug, Clone)]
pub(crate) struct Polyline {
    /// The edge.
    pub(crate) edge: Edge,
    /// Its ends and bends, from the border of the first node to the border of the last.
    pub(crate) points: Vec<(i32, i32)>,
}

impl Drawing {
    /// Reverses left and right.
    pub(crate) fn mirror(&mut self) {
        let width = self.size.0;
        let lanes = self.lanes.iter_mut().map(|(_, column)| column);
        for column in lanes.chain(self.families.iter_mut().map(|(_, column)| column)) {
            column.left = width - column.left - column.width;
        }
        self.nodes.iter_mut().for_each(|node| node.left = width - node.left - node.width);
        let points = self.edges.iter_mut().flat_map(|edge| &mut edge.points);
        points.for_each(|point| point.0 = width - point.0);
    }
}

/// A count as a factor of pixels.
pub(crate) fn px(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
