//! The view of a drawing: its parts with cards of the tracks and levels that they show, for templates.

use super::drawing::{Drawing, NodeBox, Polyline, TitledColumn, px};
use super::metrics::Metrics;
use super::selection::Selection;
use super::svg_path;
use crate::context::RenderContext;
use crate::context::cards::rank_text;
use crate::ladder::{LevelId, TrackId};
use crate::view::{
    DiagramEdge, DiagramFamily, DiagramLane, DiagramLine, DiagramNode, DiagramRank, DiagramRung, DiagramTrack,
    DiagramView, EdgeKind,
};

/// The width in pixels that every page has for a diagram; a wider one may have to scroll.
const MIN_PAGE_WIDTH: i32 = 540;

/// The position where the number of a rank ends, from the edge of the drawing where lines of text start, in pixels.
const RANK_NUMBER_END: i32 = 28;

/// The position where the line of a rank starts, from the same edge, in pixels.
const RANK_LINE_START: i32 = 36;

/// The view of a drawing without its lists, with the node and the edges of the `current` level marked.
pub(crate) fn view(
    context: &RenderContext,
    selection: &Selection,
    drawing: &Drawing,
    metrics: &Metrics,
    current: Option<LevelId>,
) -> DiagramView {
    let current = selection.levels.iter().position(|level| Some(*level) == current);
    let parts = Parts { context, selection, drawing, metrics, current };
    DiagramView {
        width: drawing.size.0,
        height: drawing.size.1,
        type_size: metrics.font_size,
        head_size: metrics.lane_font_size,
        is_wide: drawing.size.0 > MIN_PAGE_WIDTH,
        is_whole: false,
        top: drawing.body.0,
        lanes: parts.lanes(),
        families: parts.families(),
        ranks: parts.ranks(),
        nodes: (0..drawing.nodes.len()).map(|node| parts.node(node)).collect(),
        edges: drawing.edges.iter().map(|edge| parts.edge(edge)).collect(),
        tracks: Vec::new(),
    }
}

/// The levels of a whole ladder as lists, track by track in the order of its lanes.
pub(crate) fn track_lists(context: &RenderContext, selection: &Selection, drawing: &Drawing) -> Vec<DiagramTrack> {
    let rung = |level: &LevelId| DiagramRung {
        level: context.level_card(*level),
        rank: rank_text(context.ladder.level(*level).rank),
        ways: context.ways_on(*level),
    };
    let track = |id: TrackId| {
        let levels = &context.ladder.track(id).levels;
        DiagramTrack { track: context.track_card(id), rungs: levels.iter().rev().map(rung).collect() }
    };
    drawing.lanes.iter().map(|(lane, _)| track(selection.tracks[*lane])).collect()
}

/// The builder of the parts of a view.
struct Parts<'a> {
    context: &'a RenderContext,
    selection: &'a Selection,
    drawing: &'a Drawing,
    metrics: &'a Metrics,
    /// The node of the level whose page this is.
    current: Option<usize>,
}

impl Parts<'_> {
    fn lanes(&self) -> Vec<DiagramLane> {
        // All titles end at the same baseline, whatever their number of lines.
        let max_lines = self.drawing.lanes.iter().map(|(_, lane)| lane.title.lines.len()).max().unwrap_or(1);
        let (first_baseline, line_height) = self.drawing.title_baselines;
        let lane = |(index, column): &(usize, TitledColumn)| {
            let x = self.text_start(column.left, column.width, 0);
            let first_line = max_lines - column.title.lines.len();
            DiagramLane {
                track: self.context.track_card(self.selection.tracks[*index]),
                x: column.left,
                width: column.width,
                lines: text_lines(&column.title.lines, x, first_baseline + line_height * px(first_line), line_height),
                shortened: column.title.is_shortened,
            }
        };
        self.drawing.lanes.iter().map(lane).collect()
    }

    fn families(&self) -> Vec<DiagramFamily> {
        let family = |(_, column): &(String, TitledColumn)| DiagramFamily {
            title: column.title.lines.concat(),
            x: column.left,
            width: column.width,
            text_x: self.text_start(column.left, column.width, 0),
        };
        self.drawing.families.iter().map(family).collect()
    }

    fn ranks(&self) -> Vec<DiagramRank> {
        let width = self.drawing.size.0;
        let (x, start, end) = if self.selection.graph.right_to_left {
            (width - RANK_NUMBER_END, 0, width - RANK_LINE_START)
        } else {
            (RANK_NUMBER_END, RANK_LINE_START, width)
        };
        let rank = |(rank, y): &(f64, i32)| DiagramRank { rank: rank_text(Some(*rank)), x, y: *y, start, end };
        self.drawing.ranks.iter().map(rank).collect()
    }

    fn node(&self, index: usize) -> DiagramNode {
        let NodeBox { left, top, width, height, title } = &self.drawing.nodes[index];
        let node = &self.selection.graph.nodes[index];
        let x = self.text_start(*left, *width, self.metrics.padding.0);
        let line_height = self.metrics.line_height;
        // Centres lower-case letters in their line: half of their height is 9/25 of the font size.
        let first_baseline = top + self.metrics.padding.1 + line_height / 2 + self.metrics.font_size * 9 / 25;
        DiagramNode {
            level: self.level_card(index),
            rank: rank_text(Some(node.rank)),
            shared: node.lanes.len() > 1,
            current: self.current == Some(index),
            x: *left,
            y: *top,
            width: *width,
            height: *height,
            lines: text_lines(&title.lines, x, first_baseline, line_height),
            shortened: title.is_shortened,
        }
    }

    fn edge(&self, polyline: &Polyline) -> DiagramEdge {
        let Polyline { edge, points } = polyline;
        // Steps that go straight up, or nearly, need no arrowhead to be understood.
        let has_arrowhead = edge.kind != EdgeKind::Step || points.len() > 4;
        DiagramEdge {
            relation: edge.kind,
            hue: self.level_card(edge.to).hue,
            path: svg_path::line(points, has_arrowhead),
            head: if has_arrowhead { svg_path::arrowhead(points) } else { String::new() },
            here: self.current.is_some_and(|current| edge.from == current || edge.to == current),
        }
    }

    /// The card of the level that a node shows.
    fn level_card(&self, node: usize) -> crate::view::Card {
        self.context.level_card(self.selection.levels[node])
    }

    /// The position where text starts in a box: at its left, or at its right in a language written from right to left.
    fn text_start(&self, left: i32, width: i32, padding: i32) -> i32 {
        if self.selection.graph.right_to_left { left + width - padding } else { left + padding }
    }
}

fn text_lines(lines: &[String], x: i32, first_baseline: i32, line_height: i32) -> Vec<DiagramLine> {
    let baseline = |nth: usize| first_baseline + line_height * px(nth);
    lines.iter().enumerate().map(|(nth, text)| DiagramLine { text: text.clone(), x, y: baseline(nth) }).collect()
}
