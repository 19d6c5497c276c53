//! The selection of what a diagram shows: some tracks of the ladder as a [`Graph`], or the levels around one of them.

use std::collections::{BTreeSet, HashMap};

use super::graph::{Edge, Graph, Lane, LevelNode};
use crate::context::RenderContext;
use crate::ladder::{LevelId, TrackId};
use crate::view::EdgeKind;

/// The most tracks, and the most levels, of a readable diagram of the whole ladder.
const MAX_WHOLE_LADDER: (usize, usize) = (24, 300);

/// The most levels of the diagram on a level's page, which is only an addition there.
const MAX_LEVELS_AROUND: usize = 12;

/// A graph with the levels that it shows.
#[derive(Debug)]
pub(crate) struct Selection {
    /// The tracks, in the order of the graph's lanes.
    pub(crate) tracks: Vec<TrackId>,
    /// The levels, in the order of the graph's nodes.
    pub(crate) levels: Vec<LevelId>,
    /// The tracks as lanes, the levels as nodes, and the edges between them.
    pub(crate) graph: Graph,
}

/// The whole ladder; `None` if it has fewer than two levels with a rank, or too many tracks or levels.
pub(crate) fn whole_ladder(context: &RenderContext) -> Option<Selection> {
    let ladder = &context.ladder;
    let tracks: Vec<TrackId> = ladder.tracks.ids().collect();
    let levels = ladder.on_tracks().into_iter().filter(|id| ladder.level(*id).rank.is_some());
    let levels: Vec<LevelId> = levels.collect();
    let (max_tracks, max_levels) = MAX_WHOLE_LADDER;
    let is_readable = levels.len() >= 2 && tracks.len() <= max_tracks && levels.len() <= max_levels;
    is_readable.then(|| select(context, tracks, levels))
}

/// A level and those next to it: its neighbours, those that it leads to and that lead to it, and both ends of moves;
/// `None` if all of these are on its main track.
pub(crate) fn around_level(context: &RenderContext, id: LevelId) -> Option<Selection> {
    let ladder = &context.ladder;
    let level = ladder.level(id);
    let (below, above) = ladder.neighbours(id);
    let targets = context.moves_from(id).iter().map(|index| ladder.moves[*index].to);
    let sources = context.moves_to(id).iter().map(|index| ladder.moves[*index].from);
    let adjacent = level.leads_to.iter().chain(&level.comes_from).copied();
    let mut levels: Vec<LevelId> = Vec::new();
    let is_placed = |level: LevelId| ladder.level(level).rank.is_some() && !ladder.level(level).tracks.is_empty();
    for next in [id].into_iter().chain(below).chain(above).chain(adjacent).chain(targets).chain(sources) {
        if levels.len() < MAX_LEVELS_AROUND && is_placed(next) && !levels.contains(&next) {
            levels.push(next);
        }
    }
    let main_track = |level: &LevelId| ladder.level(*level).tracks.first().copied();
    let own_track = main_track(&id)?;
    if levels.first() != Some(&id) || levels.iter().all(|other| ladder.level(*other).tracks.contains(&own_track)) {
        return None;
    }
    let tracks: BTreeSet<TrackId> = levels.iter().filter_map(main_track).collect();
    let tracks: Vec<TrackId> = tracks.into_iter().collect();
    let position = |level: &LevelId| {
        let track = main_track(level)?;
        Some((track, ladder.track(track).levels.iter().position(|other| other == level)?))
    };
    levels.sort_by_key(position);
    Some(select(context, tracks, levels))
}

/// Selects levels with a rank, each on one of the tracks.
fn select(context: &RenderContext, tracks: Vec<TrackId>, levels: Vec<LevelId>) -> Selection {
    let node_of: HashMap<LevelId, usize> = levels.iter().enumerate().map(|(node, id)| (*id, node)).collect();
    let edges_from = |(from, id): (usize, &LevelId)| {
        let edge = |(to, kind)| Some(Edge { from, to: *node_of.get(&to)?, kind });
        targets(context, *id).filter_map(edge).collect::<Vec<Edge>>()
    };
    let graph = Graph {
        lanes: lanes(context, &tracks),
        nodes: levels.iter().filter_map(|level| node(context, *level, &tracks)).collect(),
        edges: levels.iter().enumerate().flat_map(edges_from).collect(),
        right_to_left: context.config.is_right_to_left(),
    };
    Selection { tracks, levels, graph }
}

fn lanes(context: &RenderContext, tracks: &[TrackId]) -> Vec<Lane> {
    let title = |track: &TrackId| context.pages.get(context.ladder.track(*track).page).title.value.clone();
    let families = context.families(tracks);
    tracks.iter().zip(families).map(|(track, family)| Lane { title: title(track), family }).collect()
}

/// The node of a level; `None` if it has no rank.
fn node(context: &RenderContext, id: LevelId, tracks: &[TrackId]) -> Option<LevelNode> {
    let level = context.ladder.level(id);
    let lanes = level.tracks.iter().filter_map(|own| tracks.iter().position(|track| track == own)).collect();
    let card = context.level_card(id);
    Some(LevelNode { lanes, rank: level.rank?, code: card.code, title: card.title })
}

/// The levels to which edges go from a level, each once.
fn targets(context: &RenderContext, id: LevelId) -> impl Iterator<Item = (LevelId, EdgeKind)> {
    let ladder = &context.ladder;
    let level = ladder.level(id);
    let kind = move |to| if ladder.share_track(id, to) { EdgeKind::Step } else { EdgeKind::Fork };
    let next = level.leads_to.iter().map(move |to| (*to, kind(*to)));
    let moves: BTreeSet<LevelId> = context.moves_from(id).iter().map(|index| ladder.moves[*index].to).collect();
    let moves = moves.into_iter().filter(move |to| !level.leads_to.contains(to) && *to != id);
    next.chain(moves.map(|to| (to, EdgeKind::Move)))
}
