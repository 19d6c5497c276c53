//! The pairs of levels that readers compare: each level with those that lead to it, moves, and levels of one rank.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::ladder::id_types::LevelId;
use crate::ladder::model::Ladder;

/// The most levels of one rank that are compared with each other: pairs grow with the square of the levels.
const MAX_LEVELS_PER_RANK: usize = 6;

/// A pair of levels that has a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The level that the reader comes from.
    pub before: LevelId,
    /// The level that is looked at.
    pub now: LevelId,
    /// The reason for the comparison.
    pub relation: Relation,
}

/// The relation between two levels that is the reason to compare them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// One follows the other on a track.
    Next,
    /// One leads to the other, on another track.
    Fork,
    /// A move leads from one to the other.
    Move,
    /// They have one rank, on different tracks.
    Rank,
}

impl Ladder {
    /// Whether two levels are on one track.
    #[must_use]
    pub fn share_track(&self, a: LevelId, b: LevelId) -> bool {
        let tracks = &self.level(b).tracks;
        self.level(a).tracks.iter().any(|track| tracks.contains(track))
    }

    /// The levels that lead to a level, those of its own track first.
    #[must_use]
    pub fn leading_to(&self, id: LevelId) -> Vec<LevelId> {
        let (mut below, forks): (Vec<_>, Vec<_>) =
            self.level(id).comes_from.iter().copied().partition(|before| self.share_track(*before, id));
        below.extend(forks);
        below
    }

    /// The levels that a level is compared with: those that lead to it, and the one below on its track even if that
    /// leads elsewhere.
    #[must_use]
    pub fn compared_with(&self, id: LevelId) -> Vec<LevelId> {
        let mut before = self.leading_to(id);
        let below = self.neighbours(id).0;
        if !before.iter().any(|level| self.share_track(*level, id)) {
            before.splice(0..0, below);
        }
        before
    }

    /// The levels below and above on a level's own track; those that share its rank are neither.
    #[must_use]
    pub fn neighbours(&self, id: LevelId) -> (Option<LevelId>, Option<LevelId>) {
        let Some(track) = self.level(id).tracks.first() else { return (None, None) };
        let levels = &self.track(*track).levels;
        let Some(rank) = self.level(id).rank else { return (None, None) };
        let ranked =
            |level: &&LevelId, order| self.level(**level).rank.is_some_and(|other| other.total_cmp(&rank) == order);
        let below = levels.iter().rev().find(|level| ranked(level, Ordering::Less));
        let above = levels.iter().find(|level| ranked(level, Ordering::Greater));
        (below.copied(), above.copied())
    }

    /// The levels of all tracks, track by track from the lowest, a shared rung once.
    #[must_use]
    pub fn on_tracks(&self) -> Vec<LevelId> {
        let mut seen = HashSet::new();
        self.tracks.iter().flat_map(|track| &track.levels).copied().filter(|level| seen.insert(*level)).collect()
    }

    /// The pairs of rungs that have a page of their own, each once, by the order of tracks and levels.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let rungs = self.on_tracks();
        let mut pairs = Vec::new();
        for now in &rungs {
            let pair = |before: LevelId| {
                let relation = if self.share_track(before, *now) { Relation::Next } else { Relation::Fork };
                Pair { before, now: *now, relation }
            };
            pairs.extend(self.compared_with(*now).into_iter().map(pair));
        }
        let moves = self.moves.iter();
        pairs.extend(moves.map(|one| Pair { before: one.from, now: one.to, relation: Relation::Move }));
        pairs.extend(self.side_by_side(&rungs));
        let mut known = HashSet::new();
        let on_tracks: HashSet<LevelId> = rungs.iter().copied().collect();
        let is_rung = |id| on_tracks.contains(&id);
        pairs.retain(|Pair { before, now, .. }| {
            before != now && is_rung(*before) && is_rung(*now) && known.insert((*before, *now))
        });
        pairs
    }

    /// Levels of one rank on different tracks, both ways, unless there are too many of a rank.
    fn side_by_side(&self, rungs: &[LevelId]) -> Vec<Pair> {
        let rank = |id: &LevelId| self.level(*id).rank.unwrap_or_default();
        let mut by_rank: Vec<LevelId> = rungs.iter().filter(|id| self.level(**id).rank.is_some()).copied().collect();
        by_rank.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        let mut pairs = Vec::new();
        for same in by_rank.chunk_by(|a, b| rank(a).total_cmp(&rank(b)).is_eq()) {
            if same.len() > MAX_LEVELS_PER_RANK {
                continue;
            }
            for before in same {
                let others = same.iter().filter(|now| *now != before && !self.share_track(*before, **now));
                pairs.extend(others.map(|now| Pair { before: *before, now: *now, relation: Relation::Rank }));
            }
        }
        pairs
    }
}
