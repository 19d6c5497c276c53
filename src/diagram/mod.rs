//! The ladder as a picture: [`plan`] says what is shown, [`lanes`] in which order tracks stand, [`grid`] where rungs are,
//! [`route`], [`corridor`] and [`ports`] which ways lines take, and [`draw`] puts all of it in place.

pub(crate) mod chart;
mod corridor;
mod draw;
mod grid;
mod lanes;
mod path;
mod plan;
mod ports;
mod route;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::collections::{BTreeSet, HashMap};

use draw::{Drawing, Measure, Node, draw, px};
use plan::{Lane, Plan, Relation, Rung, Way};

use crate::context::cards::rank_text;
use crate::context::{LadderDiagram, RenderContext};
use crate::ladder::{LevelId, TrackId};
use crate::view::{
    DiagramEdge, DiagramFamily, DiagramLane, DiagramLine, DiagramNode, DiagramRank, DiagramRung, DiagramTrack,
    DiagramView,
};

/// On the home page.
const LARGE: Measure = Measure {
    room: 1060,
    rung: (148, 272),
    type_size: 15,
    code_size: 12,
    leading: 19,
    padding: (14, 12),
    channel: 36,
    head_size: 18,
    gutter: (76, 32),
};

/// On a level's page.
const SMALL: Measure = Measure {
    room: 900,
    rung: (124, 256),
    type_size: 13,
    code_size: 11,
    leading: 16,
    padding: (10, 10),
    channel: 24,
    head_size: 14,
    gutter: (56, 28),
};

/// The width that any place has in which a picture is shown at all.
const SURE: i32 = 540;

/// More tracks, or more rungs, are no picture that anybody can read.
const MOST: (usize, usize) = (24, 300);

/// The most tracks and rungs that a level's page shows whole.
const MOST_OF_LEVEL: (usize, usize) = (8, 100);

impl RenderContext {
    /// The whole ladder, for the home page.
    pub(crate) fn picture(&self) -> Option<DiagramView> {
        Some(self.drawn(&self.all_tracks(), &LARGE, MOST)?.view)
    }

    /// The ladder with one level marked: whole, or where that is much, the tracks that ways join to it.
    pub(crate) fn picture_of(&self, id: LevelId) -> Option<DiagramView> {
        let whole = self.level_diagram.get_or_init(|| self.drawn(&self.all_tracks(), &SMALL, MOST_OF_LEVEL));
        let mut picture = match whole {
            Some(picture) => picture.clone(),
            None => self.drawn(&self.tracks_near(id), &SMALL, MOST_OF_LEVEL)?,
        };
        let here = picture.levels.iter().position(|level| *level == id)?;
        picture.view.nodes[here].current = true;
        for (edge, (from, to)) in picture.view.edges.iter_mut().zip(&picture.edges) {
            edge.here = *from == here || *to == here;
        }
        let url = picture.view.nodes[here].level.url.clone();
        for rung in picture.view.tracks.iter_mut().flat_map(|track| &mut track.rungs) {
            rung.current = rung.level.url == url;
        }
        Some(picture.view)
    }

    fn all_tracks(&self) -> Vec<TrackId> {
        self.ladder.tracks.ids().collect()
    }

    /// A level's tracks, and those of the levels that ways join to it.
    fn tracks_near(&self, id: LevelId) -> Vec<TrackId> {
        let own = &self.ladder.level(id).tracks;
        let level = self.ladder.level(id);
        let moves = self.moves_from(id).iter().map(|at| self.ladder.moves[*at].to);
        let moves = moves.chain(self.moves_to(id).iter().map(|at| self.ladder.moves[*at].from));
        let joined: BTreeSet<LevelId> = level.leads_to.iter().chain(&level.comes_from).copied().chain(moves).collect();
        let others = joined.into_iter().flat_map(|other| &self.ladder.level(other).tracks);
        let others: BTreeSet<TrackId> = others.filter(|track| !own.contains(track)).copied().collect();
        let near: BTreeSet<TrackId> = own.iter().copied().chain(others).take(MOST_OF_LEVEL.0).collect();
        near.into_iter().collect()
    }

    /// Draws some tracks, if there is anything to see: several rungs, and no more than can be seen.
    fn drawn(&self, tracks: &[TrackId], measure: &Measure, most: (usize, usize)) -> Option<LadderDiagram> {
        let (plan, levels) = self.plan(tracks, most)?;
        let drawing = draw(&plan, measure);
        let hue = |rung: usize| self.level_card(levels[rung]).hue;
        let edge = |line: &draw::Line| {
            let headed = line.way.relation != Relation::Step || line.points.len() > 4;
            DiagramEdge {
                relation: line.way.relation.as_str(),
                hue: hue(line.way.to),
                path: path::path(&line.points, headed),
                head: if headed { path::head(&line.points) } else { String::new() },
                here: false,
            }
        };
        let page = Page { context: self, plan: &plan, drawing: &drawing, measure };
        let view = DiagramView {
            width: drawing.size.0,
            height: drawing.size.1,
            type_size: measure.type_size,
            head_size: measure.head_size,
            is_wide: drawing.size.0 > SURE,
            is_whole: tracks.len() == self.ladder.tracks.len(),
            top: drawing.body.0,
            lanes: page.lanes(tracks),
            families: page.families(),
            ranks: page.ranks(),
            nodes: levels.iter().enumerate().map(|(at, level)| page.node(at, *level)).collect(),
            edges: drawing.lines.iter().map(edge).collect(),
            tracks: drawing.lanes.iter().map(|(at, _)| self.picture_track(tracks[*at])).collect(),
        };
        let edges = drawing.lines.iter().map(|line| (line.way.from, line.way.to)).collect();
        Some(LadderDiagram { view, levels, edges })
    }

    /// What is to be drawn of some tracks, and the level of each rung.
    fn plan(&self, tracks: &[TrackId], most: (usize, usize)) -> Option<(Plan, Vec<LevelId>)> {
        let mut plan = Plan { mirrored: self.config.is_right_to_left(), ..Plan::default() };
        let families = self.families(tracks);
        for (track, family) in tracks.iter().zip(families) {
            let title = self.pages.get(self.ladder.track(*track).page).title.value.clone();
            plan.lanes.push(Lane { title, family });
        }
        let mut levels: Vec<LevelId> = Vec::new();
        let mut known: HashMap<LevelId, usize> = HashMap::new();
        for id in tracks.iter().flat_map(|track| &self.ladder.track(*track).levels) {
            let level = self.ladder.level(*id);
            let (Some(rank), false) = (level.rank, known.contains_key(id)) else { continue };
            let lanes = level.tracks.iter().filter_map(|own| tracks.iter().position(|track| track == own)).collect();
            let card = self.level_card(*id);
            known.insert(*id, levels.len());
            levels.push(*id);
            plan.rungs.push(Rung { lanes, rank, code: card.code, title: card.title });
        }
        if levels.len() < 2 || tracks.len() > most.0 || levels.len() > most.1 {
            return None;
        }
        for (from, id) in levels.iter().enumerate() {
            plan.ways.extend(
                self.ways_from(*id).filter_map(|(to, relation)| Some(Way { from, to: *known.get(&to)?, relation })),
            );
        }
        Some((plan, levels))
    }

    /// Where a level leads, each level once.
    fn ways_from(&self, id: LevelId) -> impl Iterator<Item = (LevelId, Relation)> {
        let level = self.ladder.level(id);
        let akin = |other: &LevelId| self.ladder.level(*other).tracks.iter().any(|track| level.tracks.contains(track));
        let next = level.leads_to.iter().map(move |to| (*to, if akin(to) { Relation::Step } else { Relation::Fork }));
        let moves: BTreeSet<LevelId> = self.moves_from(id).iter().map(|at| self.ladder.moves[*at].to).collect();
        let moves = moves.into_iter().filter(move |to| !level.leads_to.contains(to) && *to != id);
        next.chain(moves.map(|to| (to, Relation::Move)))
    }

    fn picture_track(&self, track: TrackId) -> DiagramTrack {
        let rung = |id: &LevelId| DiagramRung {
            level: self.level_card(*id),
            rank: rank_text(self.ladder.level(*id).rank),
            current: false,
            ways: self.ways_on(*id),
        };
        let levels = &self.ladder.track(track).levels;
        DiagramTrack { track: self.track_card(track), rungs: levels.iter().rev().map(rung).collect() }
    }
}

/// What the views of a picture's parts are made from.
struct Page<'a> {
    context: &'a RenderContext,
    plan: &'a Plan,
    drawing: &'a Drawing,
    measure: &'a Measure,
}

impl Page<'_> {
    /// Where text starts that stands at the start of something.
    fn start(&self, left: i32, width: i32, padding: i32) -> i32 {
        if self.plan.mirrored { left + width - padding } else { left + padding }
    }

    fn lanes(&self, tracks: &[TrackId]) -> Vec<DiagramLane> {
        let lane = |(at, column): &(usize, draw::Column)| {
            let x = self.start(column.left, column.width, 0);
            // Titles stand on the ground of their lanes, however many lines they have.
            let most = self.drawing.lanes.iter().map(|(_, lane)| lane.title.lines.len()).max().unwrap_or(1);
            let (first, leading) = self.drawing.head;
            let y = |nth: usize| first + leading * px(most - column.title.lines.len() + nth);
            let lines = column.title.lines.iter().enumerate();
            DiagramLane {
                track: self.context.track_card(tracks[*at]),
                x: column.left,
                width: column.width,
                lines: lines.map(|(nth, text)| DiagramLine { text: text.clone(), x, y: y(nth) }).collect(),
                shortened: column.title.shortened,
            }
        };
        self.drawing.lanes.iter().map(lane).collect()
    }

    fn families(&self) -> Vec<DiagramFamily> {
        let family = |(_, column): &(String, draw::Column)| DiagramFamily {
            title: column.title.lines.concat(),
            x: column.left,
            width: column.width,
            text_x: self.start(column.left, column.width, 0),
        };
        self.drawing.families.iter().map(family).collect()
    }

    fn ranks(&self) -> Vec<DiagramRank> {
        let width = self.drawing.size.0;
        let (x, start, end) = if self.plan.mirrored { (width - 28, 0, width - 36) } else { (28, 36, width) };
        let rank = |(rank, y): &(f64, i32)| DiagramRank { rank: rank_text(Some(*rank)), x, y: *y, start, end };
        self.drawing.ranks.iter().map(rank).collect()
    }

    fn node(&self, at: usize, level: LevelId) -> DiagramNode {
        let Node { left, top, width, height, title } = &self.drawing.nodes[at];
        let x = self.start(*left, *width, self.measure.padding.0);
        let leading = self.measure.leading;
        // The middle of small letters stands in the middle of a line.
        let first = top + self.measure.padding.1 + leading / 2 + self.measure.type_size * 9 / 25;
        let lines = title.lines.iter().enumerate();
        DiagramNode {
            level: self.context.level_card(level),
            rank: rank_text(Some(self.plan.rungs[at].rank)),
            shared: self.plan.rungs[at].lanes.len() > 1,
            current: false,
            x: *left,
            y: *top,
            width: *width,
            height: *height,
            lines: lines
                .map(|(nth, text)| DiagramLine { text: text.clone(), x, y: first + leading * px(nth) })
                .collect(),
            shortened: title.shortened,
        }
    }
}
