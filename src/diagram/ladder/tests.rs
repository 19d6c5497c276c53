//! Invariants of every drawing, tested on typical ladders and on random ones.

use std::ops::Range;

use super::drawing::{Drawing, Polyline};
use super::graph::{Edge, Graph, Lane, LevelNode};
use super::layout::layout;
use super::metrics::{HOME_PAGE, LEVEL_PAGE};
use crate::view::EdgeKind;

/// A builder for graphs.
#[derive(Debug, Clone, Default)]
struct GraphBuilder(Graph);

impl GraphBuilder {
    /// A graph with a number of lanes without families.
    fn lanes(count: usize) -> Self {
        let lane = |index: usize| Lane { title: format!("Track {index}"), family: String::new() };
        Self(Graph { lanes: (0..count).map(lane).collect(), ..Graph::default() })
    }

    /// Sets the family of a lane.
    fn family(mut self, lane: usize, family: &str) -> Self {
        family.clone_into(&mut self.0.lanes[lane].family);
        self
    }

    /// Adds a node to some lanes for each rank.
    fn nodes(mut self, lanes: &[usize], ranks: &[f64]) -> Self {
        let node = |rank: &f64| LevelNode {
            lanes: lanes.to_vec(),
            rank: *rank,
            code: format!("L{rank}"),
            title: "Senior Software Engineer".to_owned(),
        };
        self.0.nodes.extend(ranks.iter().map(node));
        self
    }

    /// Adds edges between nodes, which are given by their indexes.
    fn edges(mut self, edges: &[(usize, usize)]) -> Self {
        for (from, to) in edges {
            let share_a_lane = self.0.nodes[*from].lanes.iter().any(|lane| self.0.nodes[*to].lanes.contains(lane));
            let kind = if share_a_lane { EdgeKind::Step } else { EdgeKind::Fork };
            self.0.edges.push(Edge { from: *from, to: *to, kind });
        }
        self
    }

    /// Adds an edge from each node of a range to the next.
    fn path(self, nodes: Range<usize>) -> Self {
        let edges: Vec<_> = nodes.clone().zip(nodes.skip(1)).collect();
        self.edges(&edges)
    }

    /// The drawing for the home page, checked like those for other places.
    #[track_caller]
    fn drawn(&self) -> Drawing {
        let mut mirrored = self.0.clone();
        mirrored.right_to_left = true;
        let drawing = layout(&self.0, &HOME_PAGE);
        for drawing in [&drawing, &layout(&self.0, &LEVEL_PAGE), &layout(&mirrored, &LEVEL_PAGE)] {
            check(&self.0, drawing);
            check_edges(drawing);
        }
        assert_eq!(
            format!("{drawing:?}"),
            format!("{:?}", layout(&self.0, &HOME_PAGE)),
            "the same graph has the same drawing"
        );
        drawing
    }
}

/// Checks the invariants of every drawing: no overlapping nodes, and no edges through nodes.
#[track_caller]
fn check(graph: &Graph, drawing: &Drawing) {
    assert_eq!(drawing.nodes.len(), graph.nodes.len());
    assert_eq!(drawing.edges.len(), graph.edges.len(), "every edge is drawn");
    for (at, a) in drawing.nodes.iter().enumerate() {
        assert!(a.left >= 0 && a.left + a.width <= drawing.size.0 && a.top + a.height <= drawing.size.1, "{a:?}");
        for b in &drawing.nodes[at + 1..] {
            let apart = a.left + a.width < b.left || b.left + b.width < a.left;
            assert!(apart || a.top + a.height < b.top || b.top + b.height < a.top, "{a:?} overlaps {b:?}");
        }
    }
    for polyline in &drawing.edges {
        let ends = [(polyline.edge.from, polyline.points.first()), (polyline.edge.to, polyline.points.last())];
        for (node, point) in ends {
            let (node, point) = (&drawing.nodes[node], point.expect("a polyline has ends"));
            let (right, bottom) = (node.left + node.width, node.top + node.height);
            let across = (node.left..=right).contains(&point.0) && [node.top, bottom].contains(&point.1);
            let along = (node.top..=bottom).contains(&point.1) && [node.left, right].contains(&point.0);
            assert!(across || along, "{polyline:?} does not touch the border of {node:?}");
        }
        for part in polyline.points.windows(2) {
            assert!(part[0].0 == part[1].0 || part[0].1 == part[1].1, "{polyline:?} is slanted");
            let inside = drawing.nodes.iter().find(|node| {
                let (left, right) = (part[0].0.min(part[1].0), part[0].0.max(part[1].0));
                let (top, bottom) = (part[0].1.min(part[1].1), part[0].1.max(part[1].1));
                left < node.left + node.width && right > node.left && top < node.top + node.height && bottom > node.top
            });
            assert!(inside.is_none(), "{polyline:?} runs through {inside:?}");
        }
    }
}

/// Checks that edges coincide only where they start or end at the same node.
#[track_caller]
fn check_edges(drawing: &Drawing) {
    for (a, b) in pairs(drawing) {
        let related = a.edge.from == b.edge.from || a.edge.to == b.edge.to;
        assert!(related || !overlap(a, b), "{a:?} coincides with {b:?}");
    }
}

fn pairs(drawing: &Drawing) -> impl Iterator<Item = (&Polyline, &Polyline)> {
    let edges = &drawing.edges;
    edges.iter().enumerate().flat_map(move |(at, a)| edges[at + 1..].iter().map(move |b| (a, b)))
}

fn parts(polyline: &Polyline) -> impl Iterator<Item = [(i32, i32); 2]> {
    polyline.points.windows(2).map(|part| if part[0] <= part[1] { [part[0], part[1]] } else { [part[1], part[0]] })
}

/// Whether two edges have a stretch in common.
fn overlap(a: &Polyline, b: &Polyline) -> bool {
    let share_a_stretch = |[p, q]: [(i32, i32); 2], [r, s]: [(i32, i32); 2]| {
        let vertical = p.0 == q.0 && r.0 == s.0 && p.0 == r.0 && p.1.max(r.1) < q.1.min(s.1);
        let horizontal = p.1 == q.1 && r.1 == s.1 && p.1 == r.1 && p.0.max(r.0) < q.0.min(s.0);
        vertical || horizontal
    };
    parts(a).any(|one| parts(b).any(|other| share_a_stretch(one, other)))
}

/// The number of crossings of edges.
fn crossings(drawing: &Drawing) -> usize {
    let cross = |[p, q]: [(i32, i32); 2], [r, s]: [(i32, i32); 2]| {
        let through = |horizontal: [(i32, i32); 2], vertical: [(i32, i32); 2]| {
            horizontal[0].1 == horizontal[1].1
                && vertical[0].0 == vertical[1].0
                && horizontal[0].0 < vertical[0].0
                && vertical[0].0 < horizontal[1].0
                && vertical[0].1 < horizontal[0].1
                && horizontal[0].1 < vertical[1].1
        };
        through([p, q], [r, s]) || through([r, s], [p, q])
    };
    let count = |(a, b): (&Polyline, &Polyline)| {
        parts(a).map(|one| parts(b).filter(|other| cross(one, *other)).count()).sum::<usize>()
    };
    pairs(drawing).map(count).sum()
}

#[test]
fn the_steps_of_a_single_track_are_straight_lines() {
    let drawing = GraphBuilder::lanes(1).nodes(&[0], &[1.0, 2.0, 3.0, 4.0]).path(0..4).drawn();
    assert!(drawing.edges.iter().all(|edge| edge.points.len() == 2), "{:?}", drawing.edges);
    assert!(drawing.nodes.windows(2).all(|pair| pair[1].top < pair[0].top), "the lowest is at the bottom");
}

#[test]
fn a_fork_that_rejoins_has_no_crossings() {
    let graph =
        GraphBuilder::lanes(2).nodes(&[0], &[1.0, 2.0, 3.0, 4.0]).nodes(&[1], &[2.0, 3.0]).path(0..4).path(4..6);
    assert_eq!(crossings(&graph.edges(&[(0, 4), (5, 3)]).drawn()), 0);
}

#[test]
fn several_forks_between_two_tracks_have_no_crossings() {
    let graph = GraphBuilder::lanes(2).nodes(&[0], &[1.0, 2.0, 3.0, 4.0, 5.0]).nodes(&[1], &[2.0, 3.0, 4.0, 5.0]);
    let graph = graph.path(0..5).path(5..9).edges(&[(0, 5), (1, 6), (2, 7), (3, 8)]);
    assert_eq!(crossings(&graph.drawn()), 0);
}

#[test]
fn connected_lanes_and_families_are_adjacent() {
    // In this order, the edges from the first track to the last would cross the others.
    let graph = GraphBuilder::lanes(4).nodes(&[0], &[1.0, 2.0]).nodes(&[1], &[1.0, 2.0]).nodes(&[2], &[1.0, 2.0]);
    let graph = graph.nodes(&[3], &[1.0, 2.0]).path(0..2).path(2..4).path(4..6).path(6..8);
    let drawing = graph.clone().edges(&[(0, 7), (2, 5)]).drawn();
    assert_eq!(crossings(&drawing), 0);
    let order: Vec<usize> = graph.family(0, "a").family(2, "a").drawn().lanes.iter().map(|(lane, _)| *lane).collect();
    assert_eq!(order, [0, 2, 1, 3], "lanes of a family are adjacent, and other lanes keep their order");
}

#[test]
fn a_shared_node_spans_its_lanes() {
    let graph =
        GraphBuilder::lanes(3).nodes(&[0, 2], &[1.0]).nodes(&[0], &[2.0]).nodes(&[2], &[2.0]).nodes(&[1], &[1.0]);
    let drawing = graph.edges(&[(0, 1), (0, 2)]).drawn();
    let [shared, left, right, other] = drawing.nodes.as_slice() else { panic!("four nodes") };
    assert_eq!((shared.left, shared.left + shared.width), (left.left, right.left + right.width));
    assert!(other.left > right.left, "the lane in between moves to the end");
    assert!(drawing.edges.iter().all(|edge| edge.points.len() == 2), "{:?}", drawing.edges);
}

#[test]
fn nodes_of_lanes_that_cannot_all_be_adjacent_are_in_their_main_lane() {
    let graph = GraphBuilder::lanes(4)
        .nodes(&[0, 1], &[1.0])
        .nodes(&[1, 2], &[1.0])
        .nodes(&[2, 3], &[1.0])
        .nodes(&[0, 3], &[2.0]);
    graph.edges(&[(0, 3), (1, 3), (2, 3)]).drawn();
}

#[test]
fn two_nodes_of_one_rank_and_lane_are_side_by_side() {
    let graph = GraphBuilder::lanes(2).nodes(&[0], &[1.0, 2.0, 2.0, 3.0]).nodes(&[1], &[2.0]);
    let drawing = graph.clone().edges(&[(0, 1), (0, 2), (1, 3), (2, 3)]).drawn();
    assert_eq!(drawing.nodes[1].top, drawing.nodes[2].top);
    assert_eq!(crossings(&drawing), 0);
    let drawing = graph.edges(&[(0, 1), (0, 2), (1, 3), (2, 3), (1, 4)]).drawn();
    assert!(drawing.nodes[2].left < drawing.nodes[1].left, "the one with an edge to the other lane is next to it");
    assert_eq!(crossings(&drawing), 0);
}

#[test]
fn the_height_of_layers_follows_from_their_ranks() {
    let drawing = GraphBuilder::lanes(2).nodes(&[0], &[1.0, 2.0, 5.0]).nodes(&[1], &[2.0, 2.5]).drawn();
    let ranks: Vec<f64> = drawing.ranks.iter().map(|(rank, _)| *rank).collect();
    assert_eq!(ranks, [1.0, 2.0, 2.5, 5.0]);
    let heights: Vec<i32> = drawing.ranks.windows(2).map(|pair| pair[0].1 - pair[1].1).collect();
    assert!(heights[1] < heights[0] && heights[0] < heights[2], "{heights:?}");
    assert_eq!(drawing.nodes[1].top, drawing.nodes[3].top, "nodes of one rank are at one height");
}

#[test]
fn an_edge_past_a_node_goes_around_it() {
    let drawing = GraphBuilder::lanes(1).nodes(&[0], &[1.0, 2.0, 3.0]).edges(&[(0, 1), (1, 2), (0, 2), (2, 0)]).drawn();
    assert_eq!(drawing.edges.len(), 4);
}

#[test]
fn edges_in_both_directions_do_not_coincide() {
    let graph = GraphBuilder::lanes(2).nodes(&[0], &[1.0, 2.0]).nodes(&[1], &[1.0, 2.0]);
    let drawing = graph.edges(&[(0, 2), (2, 0), (1, 3), (3, 1), (0, 3), (2, 1)]).drawn();
    assert!(pairs(&drawing).all(|(a, b)| !overlap(a, b)));
}

#[test]
fn no_edge_of_a_random_graph_runs_through_a_node() {
    let mut seed: u64 = 1;
    let mut below = move |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % limit
    };
    for _ in 0..300 {
        let lanes = 1 + below(6);
        let mut graph = GraphBuilder::lanes(lanes);
        for lane in 0..lanes {
            for rank in [1.0, 2.0, 2.5, 3.0, 4.0, 7.0] {
                match below(8) {
                    0 => {}
                    1 => graph = graph.nodes(&[lane], &[rank, rank]),
                    2 if lane + 1 < lanes => graph = graph.nodes(&[lane, lane + 1], &[rank]),
                    _ => graph = graph.nodes(&[lane], &[rank]),
                }
            }
        }
        let count = graph.0.nodes.len();
        let mut edges: Vec<(usize, usize)> = Vec::new();
        for _ in 0..count {
            let edge = (below(count), below(count));
            if edge.0 != edge.1 && !edges.contains(&edge) {
                edges.push(edge);
            }
        }
        // A node may have more edges than there is room for at its side, so edges may coincide here.
        let GraphBuilder(graph) = graph.edges(&edges);
        check(&graph, &layout(&graph, &HOME_PAGE));
        check(&graph, &layout(&graph, &LEVEL_PAGE));
    }
}
