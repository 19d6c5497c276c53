//! What holds of every picture, shown on shapes that ladders have and on many that chance makes.

use std::ops::Range;

use super::draw::{Drawing, Line, draw};
use super::plan::{Lane, Plan, Relation, Rung, Way};
use super::{LARGE, SMALL};

/// A plan in the making.
#[derive(Debug, Clone, Default)]
struct Shape(Plan);

impl Shape {
    /// So many lanes without families.
    fn lanes(count: usize) -> Self {
        let lane = |at: usize| Lane { title: format!("Track {at}"), family: String::new() };
        Self(Plan { lanes: (0..count).map(lane).collect(), ..Plan::default() })
    }

    /// Puts a lane into a family.
    fn family(mut self, lane: usize, family: &str) -> Self {
        family.clone_into(&mut self.0.lanes[lane].family);
        self
    }

    /// Adds rungs to a lane, at ranks.
    fn rungs(mut self, lanes: &[usize], ranks: &[f64]) -> Self {
        let rung = |rank: &f64| Rung {
            lanes: lanes.to_vec(),
            rank: *rank,
            code: format!("L{rank}"),
            title: "Senior Software Engineer".to_owned(),
        };
        self.0.rungs.extend(ranks.iter().map(rung));
        self
    }

    /// Joins rungs, by their positions.
    fn ways(mut self, ways: &[(usize, usize)]) -> Self {
        for (from, to) in ways {
            let akin = self.0.rungs[*from].lanes.iter().any(|lane| self.0.rungs[*to].lanes.contains(lane));
            let relation = if akin { Relation::Step } else { Relation::Fork };
            self.0.ways.push(Way { from: *from, to: *to, relation });
        }
        self
    }

    /// Joins each rung to the next, for a row of rungs.
    fn climb(self, rungs: Range<usize>) -> Self {
        let ways: Vec<_> = rungs.clone().zip(rungs.skip(1)).collect();
        self.ways(&ways)
    }

    fn drawn(&self) -> Drawing {
        let mut mirrored = self.0.clone();
        mirrored.mirrored = true;
        let drawing = draw(&self.0, &LARGE);
        for drawing in [&drawing, &draw(&self.0, &SMALL), &draw(&mirrored, &SMALL)] {
            check(&self.0, drawing);
            check_lines(drawing);
        }
        assert_eq!(format!("{drawing:?}"), format!("{:?}", draw(&self.0, &LARGE)), "the same plan, the same picture");
        drawing
    }
}

/// What must hold of every picture.
#[track_caller]
fn check(plan: &Plan, drawing: &Drawing) {
    assert_eq!(drawing.nodes.len(), plan.rungs.len());
    assert_eq!(drawing.lines.len(), plan.ways.len(), "every way has its line");
    for (at, a) in drawing.nodes.iter().enumerate() {
        assert!(a.left >= 0 && a.left + a.width <= drawing.size.0 && a.top + a.height <= drawing.size.1, "{a:?}");
        for b in &drawing.nodes[at + 1..] {
            let apart = a.left + a.width < b.left || b.left + b.width < a.left;
            assert!(apart || a.top + a.height < b.top || b.top + b.height < a.top, "{a:?} lies on {b:?}");
        }
    }
    for line in &drawing.lines {
        let ends = [(line.way.from, line.points.first()), (line.way.to, line.points.last())];
        for (rung, point) in ends {
            let (node, point) = (&drawing.nodes[rung], point.expect("a line has ends"));
            let (right, bottom) = (node.left + node.width, node.top + node.height);
            let across = (node.left..=right).contains(&point.0) && [node.top, bottom].contains(&point.1);
            let along = (node.top..=bottom).contains(&point.1) && [node.left, right].contains(&point.0);
            assert!(across || along, "{line:?} does not touch the border of {node:?}");
        }
        for part in line.points.windows(2) {
            assert!(part[0].0 == part[1].0 || part[0].1 == part[1].1, "{line:?} is slanted");
            let inside = drawing.nodes.iter().find(|node| {
                let (left, right) = (part[0].0.min(part[1].0), part[0].0.max(part[1].0));
                let (top, bottom) = (part[0].1.min(part[1].1), part[0].1.max(part[1].1));
                left < node.left + node.width && right > node.left && top < node.top + node.height && bottom > node.top
            });
            assert!(inside.is_none(), "{line:?} runs through {inside:?}");
        }
    }
}

/// Lines lie on each other only where they start or end at one rung.
#[track_caller]
fn check_lines(drawing: &Drawing) {
    for (a, b) in pairs(drawing) {
        let related = a.way.from == b.way.from || a.way.to == b.way.to;
        assert!(related || !overlap(a, b), "{a:?} lies on {b:?}");
    }
}

fn pairs(drawing: &Drawing) -> impl Iterator<Item = (&Line, &Line)> {
    let lines = &drawing.lines;
    lines.iter().enumerate().flat_map(move |(at, a)| lines[at + 1..].iter().map(move |b| (a, b)))
}

fn parts(line: &Line) -> impl Iterator<Item = [(i32, i32); 2]> {
    line.points.windows(2).map(|part| if part[0] <= part[1] { [part[0], part[1]] } else { [part[1], part[0]] })
}

/// Whether two lines have a stretch in common.
fn overlap(a: &Line, b: &Line) -> bool {
    let together = |[p, q]: [(i32, i32); 2], [r, s]: [(i32, i32); 2]| {
        let upright = p.0 == q.0 && r.0 == s.0 && p.0 == r.0 && p.1.max(r.1) < q.1.min(s.1);
        let level = p.1 == q.1 && r.1 == s.1 && p.1 == r.1 && p.0.max(r.0) < q.0.min(s.0);
        upright || level
    };
    parts(a).any(|one| parts(b).any(|other| together(one, other)))
}

/// How often lines cross that have no rung in common.
fn crossings(drawing: &Drawing) -> usize {
    let cross = |[p, q]: [(i32, i32); 2], [r, s]: [(i32, i32); 2]| {
        let through = |level: [(i32, i32); 2], upright: [(i32, i32); 2]| {
            level[0].1 == level[1].1
                && upright[0].0 == upright[1].0
                && level[0].0 < upright[0].0
                && upright[0].0 < level[1].0
                && upright[0].1 < level[0].1
                && level[0].1 < upright[1].1
        };
        through([p, q], [r, s]) || through([r, s], [p, q])
    };
    let count =
        |(a, b): (&Line, &Line)| parts(a).map(|one| parts(b).filter(|other| cross(one, *other)).count()).sum::<usize>();
    pairs(drawing).map(count).sum()
}

#[test]
fn one_track_is_one_straight_climb() {
    let drawing = Shape::lanes(1).rungs(&[0], &[1.0, 2.0, 3.0, 4.0]).climb(0..4).drawn();
    assert!(drawing.lines.iter().all(|line| line.points.len() == 2), "{:?}", drawing.lines);
    assert!(drawing.nodes.windows(2).all(|pair| pair[1].top < pair[0].top), "the lowest is at the bottom");
}

#[test]
fn a_fork_that_joins_again_crosses_nothing() {
    let shape = Shape::lanes(2).rungs(&[0], &[1.0, 2.0, 3.0, 4.0]).rungs(&[1], &[2.0, 3.0]).climb(0..4).climb(4..6);
    assert_eq!(crossings(&shape.ways(&[(0, 4), (5, 3)]).drawn()), 0);
}

#[test]
fn several_forks_between_two_tracks_cross_nothing() {
    let shape = Shape::lanes(2).rungs(&[0], &[1.0, 2.0, 3.0, 4.0, 5.0]).rungs(&[1], &[2.0, 3.0, 4.0, 5.0]);
    let shape = shape.climb(0..5).climb(5..9).ways(&[(0, 5), (1, 6), (2, 7), (3, 8)]);
    assert_eq!(crossings(&shape.drawn()), 0);
}

#[test]
fn tracks_that_belong_together_stand_together() {
    // As they are given, the ways from the first track to the last would cross the others.
    let shape = Shape::lanes(4).rungs(&[0], &[1.0, 2.0]).rungs(&[1], &[1.0, 2.0]).rungs(&[2], &[1.0, 2.0]);
    let shape = shape.rungs(&[3], &[1.0, 2.0]).climb(0..2).climb(2..4).climb(4..6).climb(6..8);
    let drawing = shape.clone().ways(&[(0, 7), (2, 5)]).drawn();
    assert_eq!(crossings(&drawing), 0);
    let order: Vec<usize> = shape.family(0, "a").family(2, "a").drawn().lanes.iter().map(|(lane, _)| *lane).collect();
    assert_eq!(order, [0, 2, 1, 3], "a family stays together, and nothing moves without need");
}

#[test]
fn a_shared_rung_is_drawn_once_over_its_lanes() {
    let shape = Shape::lanes(3).rungs(&[0, 2], &[1.0]).rungs(&[0], &[2.0]).rungs(&[2], &[2.0]).rungs(&[1], &[1.0]);
    let drawing = shape.ways(&[(0, 1), (0, 2)]).drawn();
    let [shared, left, right, other] = drawing.nodes.as_slice() else { panic!("four rungs") };
    assert_eq!((shared.left, shared.left + shared.width), (left.left, right.left + right.width));
    assert!(other.left > right.left, "the lane between makes room, and the first one stays where it is");
    assert!(drawing.lines.iter().all(|line| line.points.len() == 2), "{:?}", drawing.lines);
}

#[test]
fn rungs_that_share_with_lanes_apart_stand_on_their_own_track() {
    let shape =
        Shape::lanes(4).rungs(&[0, 1], &[1.0]).rungs(&[1, 2], &[1.0]).rungs(&[2, 3], &[1.0]).rungs(&[0, 3], &[2.0]);
    shape.ways(&[(0, 3), (1, 3), (2, 3)]).drawn();
}

#[test]
fn two_levels_of_one_rank_stand_side_by_side() {
    let shape = Shape::lanes(2).rungs(&[0], &[1.0, 2.0, 2.0, 3.0]).rungs(&[1], &[2.0]);
    let drawing = shape.clone().ways(&[(0, 1), (0, 2), (1, 3), (2, 3)]).drawn();
    assert_eq!(drawing.nodes[1].top, drawing.nodes[2].top);
    assert_eq!(crossings(&drawing), 0);
    let drawing = shape.ways(&[(0, 1), (0, 2), (1, 3), (2, 3), (1, 4)]).drawn();
    assert!(drawing.nodes[2].left < drawing.nodes[1].left, "the one with a way to the other track is next to it");
    assert_eq!(crossings(&drawing), 0);
}

#[test]
fn ranks_are_heights_on_one_scale() {
    let drawing = Shape::lanes(2).rungs(&[0], &[1.0, 2.0, 5.0]).rungs(&[1], &[2.0, 2.5]).drawn();
    let ranks: Vec<f64> = drawing.ranks.iter().map(|(rank, _)| *rank).collect();
    assert_eq!(ranks, [1.0, 2.0, 2.5, 5.0]);
    let heights: Vec<i32> = drawing.ranks.windows(2).map(|pair| pair[0].1 - pair[1].1).collect();
    assert!(heights[1] < heights[0] && heights[0] < heights[2], "{heights:?}");
    assert_eq!(drawing.nodes[1].top, drawing.nodes[3].top, "one rank, one height");
}

#[test]
fn a_way_past_a_level_goes_round_it() {
    let drawing = Shape::lanes(1).rungs(&[0], &[1.0, 2.0, 3.0]).ways(&[(0, 1), (1, 2), (0, 2), (2, 0)]).drawn();
    assert_eq!(drawing.lines.len(), 4);
}

#[test]
fn ways_there_and_back_do_not_lie_on_each_other() {
    let shape = Shape::lanes(2).rungs(&[0], &[1.0, 2.0]).rungs(&[1], &[1.0, 2.0]);
    let drawing = shape.ways(&[(0, 2), (2, 0), (1, 3), (3, 1), (0, 3), (2, 1)]).drawn();
    assert!(pairs(&drawing).all(|(a, b)| !overlap(a, b)));
}

#[test]
fn whatever_the_shape_no_line_runs_through_a_rung() {
    let mut seed: u64 = 1;
    let mut below = move |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % limit
    };
    for _ in 0..300 {
        let lanes = 1 + below(6);
        let mut shape = Shape::lanes(lanes);
        for lane in 0..lanes {
            for rank in [1.0, 2.0, 2.5, 3.0, 4.0, 7.0] {
                match below(8) {
                    0 => {}
                    1 => shape = shape.rungs(&[lane], &[rank, rank]),
                    2 if lane + 1 < lanes => shape = shape.rungs(&[lane, lane + 1], &[rank]),
                    _ => shape = shape.rungs(&[lane], &[rank]),
                }
            }
        }
        let count = shape.0.rungs.len();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for _ in 0..count {
            let way = (below(count), below(count));
            if way.0 != way.1 && !joined.contains(&way) {
                joined.push(way);
            }
        }
        // So many lines may touch one rung that its side has no room to keep them apart; all else holds.
        let Shape(plan) = shape.ways(&joined);
        check(&plan, &draw(&plan, &LARGE));
        check(&plan, &draw(&plan, &SMALL));
    }
}
