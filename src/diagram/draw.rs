//! Everything in its place, in pixels at the size of type for which a [`Measure`] is made.

use std::ops::Range;

use super::corridor::Corridors;
use super::grid::Grid;
use super::lanes;
use super::plan::{Plan, Way};
use super::ports::Ports;
use super::route::{Route, Side, routes};
use super::text::{self, Lines};

/// Sizes of a picture, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// How wide a picture may be before its rungs get narrower.
    pub(crate) room: i32,
    /// The width of a rung in one lane.
    pub(crate) rung: (i32, i32),
    /// The size of titles on rungs.
    pub(crate) type_size: i32,
    /// The size of codes.
    pub(crate) code_size: i32,
    /// From one line of a title to the next.
    pub(crate) leading: i32,
    /// Between a rung's border and its text.
    pub(crate) padding: (i32, i32),
    /// The least room between rungs one rank apart.
    pub(crate) channel: i32,
    /// The size of the titles of lanes.
    pub(crate) head_size: i32,
    /// Between lanes: where there are few of them, and where there are many.
    pub(crate) gutter: (i32, i32),
}

/// From one line to the one beside it in a gutter or channel.
const TRACK: i32 = 12;

/// What the ranks stand in, before the first lane.
const AXIS: i32 = 36;

/// So many lanes have much room between them.
const FEW: usize = 3;

/// The lines of a title, at most.
const MOST_LINES: usize = 3;

/// A picture: what is where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawing {
    /// Its size.
    pub(crate) size: (i32, i32),
    /// The lanes from left to right, each with its position in the plan.
    pub(crate) lanes: Vec<(usize, Column)>,
    /// The lanes of one family that stand together, with the family's name.
    pub(crate) families: Vec<(String, Column)>,
    /// The ranks, lowest first, each with its height.
    pub(crate) ranks: Vec<(f64, i32)>,
    /// Where the lanes begin and end.
    pub(crate) body: (i32, i32),
    /// Where the first line of the lanes' titles stands, and from one of these lines to the next.
    pub(crate) head: (i32, i32),
    /// The rungs, in the plan's order.
    pub(crate) nodes: Vec<Node>,
    /// The lines between them.
    pub(crate) lines: Vec<Line>,
}

/// A part of a picture's width, and a title for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    /// Where it starts.
    pub(crate) left: i32,
    /// How wide it is.
    pub(crate) width: i32,
    /// What stands above it.
    pub(crate) title: Lines,
}

/// A rung.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// Its left border.
    pub(crate) left: i32,
    /// Its upper border.
    pub(crate) top: i32,
    /// How wide it is.
    pub(crate) width: i32,
    /// How high it is.
    pub(crate) height: i32,
    /// Its title.
    pub(crate) title: Lines,
}

/// A line between two rungs.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What it shows.
    pub(crate) way: Way,
    /// Its corners, from the border of one rung to that of the other.
    pub(crate) points: Vec<(i32, i32)>,
}

/// Draws a plan.
pub(crate) fn draw(plan: &Plan, measure: &Measure) -> Drawing {
    let grid = Grid::of(plan, lanes::order(plan));
    let routes = routes(plan, &grid);
    let corridors = Corridors::of(&routes);
    let sheet = Sheet { plan, grid: &grid, routes: &routes, corridors: &corridors, measure };
    let mut drawing = sheet.draw();
    if plan.mirrored {
        mirror(&mut drawing);
    }
    drawing
}

/// What a drawing is made from.
struct Sheet<'a> {
    plan: &'a Plan,
    grid: &'a Grid,
    routes: &'a [Route],
    corridors: &'a Corridors,
    measure: &'a Measure,
}

impl Sheet<'_> {
    fn draw(&self) -> Drawing {
        let gutters: Vec<i32> = (0..=self.grid.columns()).map(|gutter| self.gutter(gutter)).collect();
        let columns = px(self.grid.columns()).max(1);
        let free = self.measure.room - AXIS - gutters.iter().sum::<i32>();
        let rung = (free / columns).clamp(self.measure.rung.0, self.measure.rung.1);
        // The left border of every column, and of one more after the last.
        let mut lefts = vec![AXIS + gutters[0]];
        for gutter in &gutters[1..] {
            lefts.push(lefts[lefts.len() - 1] + rung + gutter);
        }
        let across = |columns: &Range<usize>| (lefts[columns.start], lefts[columns.end - 1] + rung);
        let width = AXIS + gutters.iter().sum::<i32>() + rung * columns;
        let mut nodes: Vec<Node> = (0..self.plan.rungs.len()).map(|at| self.node(at, rung, across)).collect();
        let mut drawing = self.heads(width, across);
        self.heights(&mut drawing, &mut nodes);
        let ports = Ports::of(self.routes, self.corridors, &nodes);
        let gutter_at = |gutter: usize, track: usize| {
            let start = if gutter == 0 { AXIS } else { lefts[gutter - 1] + rung };
            let unused = gutters[gutter] - TRACK * (px(self.corridors.count(true, gutter)) - 1);
            start + unused / 2 + TRACK * px(track)
        };
        let channel_at = |channel: usize, track: usize| {
            let (top, bottom) = self.channel_of(&drawing, &nodes, channel);
            (top + bottom + TRACK * (px(self.corridors.count(false, channel)) - 1)) / 2 - TRACK * px(track)
        };
        let line = |(at, route): (usize, &Route)| {
            let corridor = |nth: usize| {
                let (run, track) = (&route.runs[nth], self.corridors.track(at, nth));
                if run.upright { gutter_at(run.corridor, track) } else { channel_at(run.corridor, track) }
            };
            Line { way: route.way, points: points(route, &nodes, ports.of_route(at), corridor) }
        };
        drawing.lines = self.routes.iter().enumerate().map(line).collect();
        drawing.nodes = nodes;
        drawing
    }

    /// The width of a gutter: for its lines, and so that lanes and families stand apart.
    fn gutter(&self, gutter: usize) -> i32 {
        let lines = px(self.corridors.count(true, gutter));
        let starts = |lane: &Range<usize>| lane.start == gutter;
        let base = match self.grid.lanes.iter().position(starts) {
            _ if gutter == self.grid.columns() => 12,
            Some(0) => 8,
            Some(lane) => {
                let family = |at: usize| &self.plan.lanes[self.grid.order[at]].family;
                let few = self.grid.lanes.len() <= FEW;
                let gap = if few { self.measure.gutter.0 } else { self.measure.gutter.1 };
                if family(lane) == family(lane - 1) { gap } else { gap + 12 }
            }
            None => 16,
        };
        if lines == 0 { base } else { base.max(TRACK * (lines - 1) + 36) }
    }

    /// A rung with its width and its title; it has no height yet.
    fn node(&self, at: usize, rung: i32, across: impl Fn(&Range<usize>) -> (i32, i32)) -> Node {
        let (place, of) = (&self.grid.places[at], &self.plan.rungs[at]);
        let (start, end) = across(&place.columns);
        let width = if place.spans { end - start } else { rung };
        let Measure { type_size, code_size, leading, padding, .. } = *self.measure;
        let hundredths = |pixels: i32| usize::try_from(pixels * 100 / type_size).unwrap_or(0);
        // Codes are set in a wider type, in a frame, with a space after it.
        let code = px(text::width(&of.code)) * code_size * 115 / 10_000 + 8;
        let indent = if of.code.is_empty() { 0 } else { hundredths(code) };
        let title = text::wrap(&of.title, indent, hundredths(width - 2 * padding.0), MOST_LINES);
        let height = px(title.lines.len()) * leading + 2 * padding.1;
        Node { left: (start + end - width) / 2, top: 0, width, height, title }
    }

    /// A picture with nothing but its lanes, their titles and their families.
    fn heads(&self, width: i32, across: impl Fn(&Range<usize>) -> (i32, i32)) -> Drawing {
        let size = self.measure.head_size;
        let column = |columns: Range<usize>, title: &str| {
            let (left, right) = across(&columns);
            let room = usize::try_from((right - left) * 100 / size).unwrap_or(0);
            Column { left, width: right - left, title: text::wrap(title, 0, room, MOST_LINES) }
        };
        let placed = self.grid.order.iter().zip(&self.grid.lanes);
        let lanes: Vec<_> = placed.map(|(at, lane)| (*at, column(lane.clone(), &self.plan.lanes[*at].title))).collect();
        let mut families: Vec<(String, Range<usize>)> = Vec::new();
        for (at, lane) in self.grid.order.iter().zip(&self.grid.lanes) {
            let family = &self.plan.lanes[*at].family;
            match families.last_mut().filter(|(last, _)| last == family) {
                Some((_, columns)) => columns.end = lane.end,
                None => families.push((family.clone(), lane.clone())),
            }
        }
        families.retain(|(family, _)| !family.is_empty());
        let named = |(family, columns): (String, Range<usize>)| {
            let mut column = column(columns, "");
            let room = usize::try_from(column.width * 100 / (size - 2)).unwrap_or(0);
            column.title = text::wrap(&family, 0, room, 1);
            (family, column)
        };
        let families: Vec<_> = families.into_iter().map(named).collect();
        let above = if families.is_empty() { 0 } else { 30 };
        let most = lanes.iter().map(|(_, column)| column.title.lines.len()).max().unwrap_or(1);
        let leading = size * 5 / 4;
        let body = above + px(most) * leading + 12;
        Drawing {
            size: (width, 0),
            lanes,
            families,
            body: (body, 0),
            head: (above + size, leading),
            ..Drawing::default()
        }
    }

    /// Gives layers and rungs their heights, from the top down.
    fn heights(&self, drawing: &mut Drawing, nodes: &mut [Node]) {
        let mut y = drawing.body.0;
        for (layer, rank) in self.grid.layers.iter().enumerate().rev() {
            y += self.channel(layer + 1);
            let in_layer = |at: &usize| self.grid.places[*at].layer == layer;
            let height = (0..nodes.len()).filter(in_layer).map(|at| nodes[at].height).max().unwrap_or(0);
            for at in (0..nodes.len()).filter(in_layer) {
                nodes[at].top = y + height / 2 - nodes[at].height / 2;
            }
            drawing.ranks.insert(0, (*rank, y + height / 2));
            y += height;
        }
        y += self.channel(0);
        drawing.body.1 = y;
        drawing.size.1 = y;
    }

    /// The height of a channel: for its lines, and the more the further apart the ranks are.
    fn channel(&self, channel: usize) -> i32 {
        let lines = px(self.corridors.count(false, channel));
        let for_lines = if lines == 0 { 0 } else { TRACK * (lines - 1) + 28 };
        let ranks =
            channel.checked_sub(1).and_then(|below| Some((self.grid.layers[below], *self.grid.layers.get(channel)?)));
        let base = match ranks {
            None => 14,
            Some((below, above)) if above - below < 0.75 => self.measure.channel * 3 / 4,
            Some((below, above)) if above - below < 1.5 => self.measure.channel,
            Some((below, above)) if above - below < 2.5 => self.measure.channel * 2,
            Some(_) => self.measure.channel * 3,
        };
        base.max(for_lines)
    }

    /// Where a channel starts and ends, from the top.
    fn channel_of(&self, drawing: &Drawing, nodes: &[Node], channel: usize) -> (i32, i32) {
        let of_layer = |layer: usize| {
            let nodes = nodes.iter().zip(&self.grid.places).filter(move |(_, place)| place.layer == layer);
            let heights = nodes.map(|(node, _)| node.height).max().unwrap_or(0);
            (drawing.ranks[layer].1 - heights / 2, drawing.ranks[layer].1 + heights / 2)
        };
        let top = if channel < drawing.ranks.len() { of_layer(channel).1 } else { drawing.body.0 };
        let bottom = channel.checked_sub(1).map_or(drawing.body.1, |below| of_layer(below).0);
        (top, bottom)
    }
}

/// The corners of a line. `corridor` tells where each of its runs lies.
fn points(route: &Route, nodes: &[Node], ports: (i32, i32), corridor: impl Fn(usize) -> i32) -> Vec<(i32, i32)> {
    let (from, to) = (&nodes[route.way.from], &nodes[route.way.to]);
    if let Some(over) = route.over {
        let x = nodes[over].left + nodes[over].width / 2;
        return vec![(x, from.top), (x, to.top + to.height)];
    }
    let border = |node: &Node, side: Side, port: i32| match side {
        Side::Top => (node.left + node.width / 2, node.top),
        Side::Bottom => (node.left + node.width / 2, node.top + node.height),
        Side::Left => (node.left, port),
        Side::Right => (node.left + node.width, port),
    };
    let (start, end) = (border(from, route.from, ports.0), border(to, route.to, ports.1));
    let mut points = vec![start];
    for (nth, run) in route.runs.iter().enumerate() {
        let (last, place) = (points[points.len() - 1], corridor(nth));
        points.push(if run.upright { (place, last.1) } else { (last.0, place) });
    }
    match route.runs.last().map(|run| (run.upright, points[points.len() - 1])) {
        Some((true, last)) => points.push((last.0, end.1)),
        Some((false, last)) => points.push((end.0, last.1)),
        None => {}
    }
    points.push(end);
    points.dedup();
    points
}

/// Turns left and right round.
fn mirror(drawing: &mut Drawing) {
    let width = drawing.size.0;
    for column in
        drawing.lanes.iter_mut().map(|lane| &mut lane.1).chain(drawing.families.iter_mut().map(|one| &mut one.1))
    {
        column.left = width - column.left - column.width;
    }
    drawing.nodes.iter_mut().for_each(|node| node.left = width - node.left - node.width);
    let points = drawing.lines.iter_mut().flat_map(|line| &mut line.points);
    points.for_each(|point| point.0 = width - point.0);
}

/// A count in pixels.
pub(crate) fn px(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
