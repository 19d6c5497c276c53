//! The transitions from a level to others and from others to it, each with the pages of moves that describe it.

use crate::context::RenderContext;
use crate::ladder::{LevelId, Move};
use crate::view::{TransitionKind, TransitionView};

impl RenderContext {
    /// The ways from a level to others.
    pub(crate) fn ways_on(&self, id: LevelId) -> Vec<TransitionView> {
        let next = &self.ladder.level(id).leads_to;
        self.ways(id, next, self.moves_from(id), |one| one.to)
    }

    /// The ways from other levels to a level.
    pub(crate) fn ways_in(&self, id: LevelId) -> Vec<TransitionView> {
        self.ways(id, &self.ladder.leading_to(id), self.moves_to(id), |one| one.from)
    }

    /// Ways between a level and others, each with the moves that describe it; ways that only a move describes are last.
    fn ways(&self, id: LevelId, levels: &[LevelId], moves: &[usize], end: fn(&Move) -> LevelId) -> Vec<TransitionView> {
        let all: Vec<&Move> = moves.iter().map(|at| &self.ladder.moves[*at]).collect();
        let mut ends: Vec<LevelId> = levels.to_vec();
        for one in &all {
            if !ends.contains(&end(one)) {
                ends.push(end(one));
            }
        }
        let way = |other: LevelId| TransitionView {
            level: self.level_card(other),
            relation: match (levels.contains(&other), self.ladder.share_track(other, id)) {
                (true, true) => TransitionKind::Next,
                (true, false) => TransitionKind::Fork,
                (false, _) => TransitionKind::Move,
            },
            moves: self.cards(all.iter().filter(|one| end(one) == other).map(|one| one.page)),
        };
        ends.into_iter().map(way).collect()
    }
}
