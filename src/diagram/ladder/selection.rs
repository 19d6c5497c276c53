//! The selection of what a diagram shows: some tracks of the ladder as a [`Graph`], if that makes a readable diagram.

use std::collections::{BTreeSet, HashMap};

use super::graph::{Edge, Graph, Lane, LevelNode};
use crate::context::RenderContext;
use crate::ladder::{LevelId, TrackId};
use crate::view::EdgeKind;

/// The limits within which a diagram is readable.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The most tracks.
    pub(crate) max_tracks: usize,
    /// The most levels.
    pub(crate) max_levels: usize,
}

/// The limits for the diagram on the home page.
pub(crate) const HOME_PAGE: Limits = Limits { max_tracks: 24, max_levels: 300 };

/// The limits for a diagram on a level's page, which is only an addition there.
pub(crate) const LEVEL_PAGE: Limits = Limits { max_tracks: 8, max_levels: 100 };

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

/// All tracks of the ladder.
pub(crate) fn all_tracks(context: &RenderContext) -> Vec<TrackId> {
    context.ladder.tracks.ids().collect()
}

/// The tracks of a level, and those of the levels that edges connect it to, up to [`LEVEL_PAGE`]'s limit.
pub(crate) fn tracks_around(context: &RenderContext, id: LevelId) -> Vec<TrackId> {
    let ladder = &context.ladder;
    let level = ladder.level(id);
    let targets = context.moves_from(id).iter().map(|index| ladder.moves[*index].to);
    let sources = context.moves_to(id).iter().map(|index| ladder.moves[*index].from);
    let neighbours = level.leads_to.iter().chain(&level.comes_from).copied().chain(targets).chain(sources);
    let other_tracks: BTreeSet<TrackId> = neighbours
        .flat_map(|neighbour| &ladder.level(neighbour).tracks)
        .filter(|track| !level.tracks.contains(track))
        .copied()
        .collect();
    let nearest = level.tracks.iter().copied().chain(other_tracks).take(LEVEL_PAGE.max_tracks);
    nearest.collect::<BTreeSet<TrackId>>().into_iter().collect()
}

/// Selects some tracks with their levels; `None` if there are fewer than two levels with a rank, or more than the
/// limits allow.
pub(crate) fn select(context: &RenderContext, tracks: Vec<TrackId>, limits: Limits) -> Option<Selection> {
    let ladder = &context.ladder;
    let mut levels: Vec<LevelId> = Vec::new();
    let mut node_of: HashMap<LevelId, usize> = HashMap::new();
    for id in tracks.iter().flat_map(|track| &ladder.track(*track).levels) {
        if ladder.level(*id).rank.is_some() && !node_of.contains_key(id) {
            node_of.insert(*id, levels.len());
            levels.push(*id);
        }
    }
    if levels.len() < 2 || tracks.len() > limits.max_tracks || levels.len() > limits.max_levels {
        return None;
    }
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
    Some(Selection { tracks, levels, graph })
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
