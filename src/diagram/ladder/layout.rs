//! The layout of a graph: runs all steps of the algorithm and turns grid, routes and slots into pixels.

use std::ops::Range;

use super::corridor::Corridor;
use super::drawing::{Drawing, NodeBox, Polyline, TitledColumn, px};
use super::graph::Graph;
use super::grid::Grid;
use super::lane_order::lane_order;
use super::metrics::{MAX_SPACIOUS_LANES, Metrics};
use super::ports::Ports;
use super::route::{NodeSide, Route, route_edges};
use super::slots::Slots;
use crate::diagram::text;

/// The distance between two slots of a corridor.
const SLOT_DISTANCE: i32 = 12;

/// The width of the scale of ranks, in front of the first lane.
const SCALE_WIDTH: i32 = 36;

/// The height of a row with the names of families, above the titles of lanes.
const FAMILY_HEIGHT: i32 = 30;

/// The distance between the titles of lanes and the lanes.
const TITLE_MARGIN: i32 = 12;

/// The additional width of a gutter between two families.
const FAMILY_GAP: i32 = 12;

/// The width of the gutters before the first lane, after the last one, and between the columns of one lane.
const OTHER_GUTTER_WIDTHS: (i32, i32, i32) = (8, 12, 16);

/// The height of the channels below the lowest layer and above the highest one.
const OUTER_CHANNEL_HEIGHT: i32 = 14;

/// The width that a gutter needs beside its slots, and the height that a channel needs.
const SLOT_MARGINS: (i32, i32) = (36, 28);

/// The most lines of a title; more are replaced by an ellipsis.
const MAX_TITLE_LINES: usize = 3;

/// Draws a graph. The same graph and metrics always give the same drawing.
pub(crate) fn layout(graph: &Graph, metrics: &Metrics) -> Drawing {
    let grid = Grid::new(graph, lane_order(graph));
    let routes = route_edges(graph, &grid);
    let slots = Slots::assign(&routes);
    let columns = Columns::new(graph, &grid, &slots, metrics);
    let mut drawing =
        DrawingBuilder { graph, grid: &grid, routes: &routes, slots: &slots, columns: &columns, metrics }.draw();
    if graph.right_to_left {
        drawing.mirror();
    }
    drawing
}

/// The columns and gutters of a grid in pixels.
struct Columns {
    /// The width of every column.
    width: i32,
    /// The left border of each column, and of one more after the last.
    lefts: Vec<i32>,
    /// The width of each gutter.
    gutters: Vec<i32>,
}

impl Columns {
    fn new(graph: &Graph, grid: &Grid, slots: &Slots, metrics: &Metrics) -> Self {
        let gutter = |gutter: usize| {
            let base = base_gutter_width(graph, grid, metrics, gutter);
            match px(slots.count(Corridor::Gutter(gutter))) {
                0 => base,
                count => base.max(SLOT_DISTANCE * (count - 1) + SLOT_MARGINS.0),
            }
        };
        let gutters: Vec<i32> = (0..=grid.column_count()).map(gutter).collect();
        let available = metrics.preferred_width - SCALE_WIDTH - gutters.iter().sum::<i32>();
        let (min_width, max_width) = metrics.column_width;
        let width = (available / px(grid.column_count()).max(1)).clamp(min_width, max_width);
        let mut lefts = vec![SCALE_WIDTH + gutters[0]];
        for gutter in &gutters[1..] {
            lefts.push(lefts[lefts.len() - 1] + width + gutter);
        }
        Self { width, lefts, gutters }
    }

    /// The left and right border of a range of columns.
    fn borders(&self, columns: &Range<usize>) -> (i32, i32) {
        (self.lefts[columns.start], self.lefts[columns.end - 1] + self.width)
    }

    /// The left border of a gutter.
    fn gutter_left(&self, gutter: usize) -> i32 {
        gutter.checked_sub(1).map_or(SCALE_WIDTH, |column| self.lefts[column] + self.width)
    }

    /// The width of the whole drawing.
    fn total_width(&self) -> i32 {
        let columns = px(self.gutters.len() - 1).max(1);
        SCALE_WIDTH + self.gutters.iter().sum::<i32>() + self.width * columns
    }
}

/// The width of a gutter without edges.
fn base_gutter_width(graph: &Graph, grid: &Grid, metrics: &Metrics, gutter: usize) -> i32 {
    let (before_first, after_last, within_lane) = OTHER_GUTTER_WIDTHS;
    match grid.lane_columns.iter().position(|lane| lane.start == gutter) {
        _ if gutter == grid.column_count() => after_last,
        Some(0) => before_first,
        Some(lane) => {
            let family = |lane: usize| &graph.lanes[grid.lane_order[lane]].family;
            let (wide, narrow) = metrics.gutter_width;
            let gap = if grid.lane_columns.len() <= MAX_SPACIOUS_LANES { wide } else { narrow };
            if family(lane) == family(lane - 1) { gap } else { gap + FAMILY_GAP }
        }
        None => within_lane,
    }
}

/// The builder of a drawing.
struct DrawingBuilder<'a> {
    graph: &'a Graph,
    grid: &'a Grid,
    routes: &'a [Route],
    slots: &'a Slots,
    columns: &'a Columns,
    metrics: &'a Metrics,
}

impl DrawingBuilder<'_> {
    fn draw(&self) -> Drawing {
        let mut drawing = self.titles();
        drawing.nodes = (0..self.graph.nodes.len()).map(|node| self.node(node)).collect();
        self.stack_layers(&mut drawing);
        let ports = Ports::assign(self.routes, self.slots, &drawing.nodes);
        let polyline = |(index, route): (usize, &Route)| {
            let offset = |nth: usize| {
                let slot = self.slots.slot(index, nth);
                match route.segments[nth].corridor {
                    Corridor::Gutter(gutter) => self.x_in_gutter(gutter, slot),
                    Corridor::Channel(channel) => self.y_in_channel(&drawing, channel, slot),
                }
            };
            Polyline { edge: route.edge, points: points(route, &drawing.nodes, ports.of_route(index), offset) }
        };
        drawing.edges = self.routes.iter().enumerate().map(polyline).collect();
        drawing
    }

    /// A drawing with lanes and families, their titles, and a height for these.
    fn titles(&self) -> Drawing {
        let font_size = self.metrics.lane_font_size;
        let lanes: Vec<(usize, &Range<usize>)> =
            self.grid.lane_order.iter().copied().zip(&self.grid.lane_columns).collect();
        let mut families: Vec<(String, Range<usize>)> = Vec::new();
        for (lane, columns) in &lanes {
            let family = &self.graph.lanes[*lane].family;
            match families.last_mut().filter(|(last, _)| last == family) {
                Some((_, family_columns)) => family_columns.end = columns.end,
                None => families.push((family.clone(), (*columns).clone())),
            }
        }
        families.retain(|(family, _)| !family.is_empty());
        let families: Vec<(String, TitledColumn)> = families
            .into_iter()
            .map(|(family, columns)| (family.clone(), self.titled(&columns, &family, font_size - 2, 1)))
            .collect();
        let lanes: Vec<(usize, TitledColumn)> = lanes
            .into_iter()
            .map(|(lane, columns)| {
                (lane, self.titled(columns, &self.graph.lanes[lane].title, font_size, MAX_TITLE_LINES))
            })
            .collect();
        let families_height = if families.is_empty() { 0 } else { FAMILY_HEIGHT };
        let title_lines = lanes.iter().map(|(_, column)| column.title.lines.len()).max().unwrap_or(1);
        let line_height = font_size * 5 / 4;
        let body_top = families_height + px(title_lines) * line_height + TITLE_MARGIN;
        Drawing {
            size: (self.columns.total_width(), 0),
            lanes,
            families,
            body: (body_top, 0),
            title_baselines: (families_height + font_size, line_height),
            ..Drawing::default()
        }
    }

    fn titled(&self, columns: &Range<usize>, title: &str, font_size: i32, max_lines: usize) -> TitledColumn {
        let (left, right) = self.columns.borders(columns);
        let width = right - left;
        TitledColumn { left, width, title: text::wrap(title, 0, hundredths_of_em(width, font_size), max_lines) }
    }

    /// A node with its width, its height and its title, not yet in its layer.
    fn node(&self, index: usize) -> NodeBox {
        let (position, node) = (&self.grid.positions[index], &self.graph.nodes[index]);
        let (start, end) = self.columns.borders(&position.columns);
        let width = if position.fills_columns { end - start } else { self.columns.width };
        let Metrics { font_size, code_font_size, line_height, padding, .. } = *self.metrics;
        // Codes are set in a wider font, in a frame, with a space after it.
        let code_width = px(text::width(&node.code)) * code_font_size * 115 / 10_000 + 8;
        let indent = if node.code.is_empty() { 0 } else { hundredths_of_em(code_width, font_size) };
        let room = hundredths_of_em(width - 2 * padding.0, font_size);
        let title = text::wrap(&node.title, indent, room, MAX_TITLE_LINES);
        let height = px(title.lines.len()) * line_height + 2 * padding.1;
        NodeBox { left: (start + end - width) / 2, top: 0, width, height, title }
    }

    /// Stacks layers and channels from the top down: sets the tops of nodes, the heights of ranks and the total height.
    fn stack_layers(&self, drawing: &mut Drawing) {
        let mut y = drawing.body.0;
        for (layer, rank) in self.grid.layers.iter().enumerate().rev() {
            y += self.channel_height(layer + 1);
            let height = self.layer_height(&drawing.nodes, layer);
            for (node, position) in drawing.nodes.iter_mut().zip(&self.grid.positions) {
                if position.layer == layer {
                    node.top = y + height / 2 - node.height / 2;
                }
            }
            drawing.ranks.insert(0, (*rank, y + height / 2));
            y += height;
        }
        y += self.channel_height(0);
        drawing.body.1 = y;
        drawing.size.1 = y;
    }

    /// The height of the highest node of a layer.
    fn layer_height(&self, nodes: &[NodeBox], layer: usize) -> i32 {
        let in_layer = nodes.iter().zip(&self.grid.positions).filter(|(_, position)| position.layer == layer);
        in_layer.map(|(node, _)| node.height).max().unwrap_or(0)
    }

    /// The height of a channel: enough for its slots, and more between ranks that are further apart.
    fn channel_height(&self, channel: usize) -> i32 {
        let for_slots = match px(self.slots.count(Corridor::Channel(channel))) {
            0 => 0,
            count => SLOT_DISTANCE * (count - 1) + SLOT_MARGINS.1,
        };
        let layers = &self.grid.layers;
        let ranks = channel.checked_sub(1).and_then(|below| Some((layers[below], *layers.get(channel)?)));
        let base = match ranks.map(|(below, above)| above - below) {
            None => OUTER_CHANNEL_HEIGHT,
            Some(difference) if difference < 0.75 => self.metrics.channel_height * 3 / 4,
            Some(difference) if difference < 1.5 => self.metrics.channel_height,
            Some(difference) if difference < 2.5 => self.metrics.channel_height * 2,
            Some(_) => self.metrics.channel_height * 3,
        };
        base.max(for_slots)
    }

    /// The horizontal position of a slot in a gutter. Together the slots are in the gutter's middle.
    fn x_in_gutter(&self, gutter: usize, slot: usize) -> i32 {
        let count = px(self.slots.count(Corridor::Gutter(gutter)));
        let unused = self.columns.gutters[gutter] - SLOT_DISTANCE * (count - 1);
        self.columns.gutter_left(gutter) + unused / 2 + SLOT_DISTANCE * px(slot)
    }

    /// The vertical position of a slot in a channel, counted from below. Together the slots are in its middle.
    fn y_in_channel(&self, drawing: &Drawing, channel: usize, slot: usize) -> i32 {
        let layer_borders = |layer: usize| {
            let (center, height) = (drawing.ranks[layer].1, self.layer_height(&drawing.nodes, layer));
            (center - height / 2, center + height / 2)
        };
        let top = if channel < drawing.ranks.len() { layer_borders(channel).1 } else { drawing.body.0 };
        let bottom = channel.checked_sub(1).map_or(drawing.body.1, |below| layer_borders(below).0);
        let count = px(self.slots.count(Corridor::Channel(channel)));
        (top + bottom + SLOT_DISTANCE * (count - 1)) / 2 - SLOT_DISTANCE * px(slot)
    }
}

/// The ends and bends of an edge. `ports` are the heights of its ends where these are at the left or right of a node;
/// `offset` returns where each of its segments is: `x` of a vertical one, `y` of a horizontal one.
fn points(route: &Route, nodes: &[NodeBox], ports: (i32, i32), offset: impl Fn(usize) -> i32) -> Vec<(i32, i32)> {
    let (from, to) = (&nodes[route.edge.from], &nodes[route.edge.to]);
    if let Some(node) = route.aligned_with {
        let x = nodes[node].left + nodes[node].width / 2;
        return vec![(x, from.top), (x, to.top + to.height)];
    }
    let end_point = |node: &NodeBox, side: NodeSide, port: i32| match side {
        NodeSide::Top => (node.left + node.width / 2, node.top),
        NodeSide::Bottom => (node.left + node.width / 2, node.top + node.height),
        NodeSide::Left => (node.left, port),
        NodeSide::Right => (node.left + node.width, port),
    };
    let (start, end) = (end_point(from, route.from, ports.0), end_point(to, route.to, ports.1));
    let mut points = vec![start];
    for (nth, segment) in route.segments.iter().enumerate() {
        let last = points[points.len() - 1];
        points.push(if segment.corridor.is_vertical() { (offset(nth), last.1) } else { (last.0, offset(nth)) });
    }
    if let Some(segment) = route.segments.last() {
        let last = points[points.len() - 1];
        points.push(if segment.corridor.is_vertical() { (last.0, end.1) } else { (end.0, last.1) });
    }
    points.push(end);
    points.dedup();
    points
}

/// A width in pixels in hundredths of a font's size, as [`text`] measures; 0 for a negative one.
fn hundredths_of_em(pixels: i32, font_size: i32) -> usize {
    usize::try_from(pixels * 100 / font_size).unwrap_or(0)
}
