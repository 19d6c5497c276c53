//! The first phase of the ladder: its tracks, levels, competencies and moves with their references to each other, from
//! the front matter of all pages. Bodies are read in later phases.

mod build;
mod builder;
mod cycles;
mod infer_ranks;
mod order;
mod profile;
mod renumber;
mod uncertain;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::index_vec::IndexVec;
use crate::ladder::id_types::{CompetencyId, LevelId, TrackId};
use crate::page::PageId;

pub(super) use build::build;
pub use builder::number;
pub(super) use uncertain::UncertainPages;

/// The ladder without its expectations, all references resolved.
#[derive(Debug, Default)]
pub struct Structure {
    /// The tracks, in the order in which they are shown.
    pub tracks: IndexVec<TrackId, Arc<TrackOutline>>,
    /// The levels, in the order of their files.
    pub levels: IndexVec<LevelId, Arc<LevelOutline>>,
    /// The competencies, by area and order.
    pub competencies: IndexVec<CompetencyId, Arc<CompetencyOutline>>,
    /// The moves, in order.
    pub moves: Vec<Move>,
    /// All levels, each after those that it extends.
    pub(super) bases_first: Vec<LevelId>,
    /// The pages of which something was not understood.
    pub(super) uncertain: UncertainPages,
    roles: HashMap<PageId, Role>,
}

/// The role of a page in the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A track.
    Track(TrackId),
    /// A level.
    Level(LevelId),
    /// A competency.
    Competency(CompetencyId),
}

/// A track by its front matter: a sequence of levels.
#[derive(Debug, Clone)]
pub struct TrackOutline {
    /// Its page.
    pub page: PageId,
    /// Its levels, lowest first.
    pub levels: Vec<LevelId>,
    /// The name of its family; tracks of one family are shown as a group.
    pub family: String,
    /// Competencies and their share of 100.
    pub weights: Vec<(CompetencyId, f64)>,
    /// The competencies that apply to it, in order.
    pub applicable: Vec<CompetencyId>,
}

/// A level by its front matter: one rung, or a foundation that rungs extend.
#[derive(Debug, Clone)]
pub struct LevelOutline {
    /// Its page.
    pub page: PageId,
    /// Its tracks; its own first, others when they share the rung. None for a foundation.
    pub tracks: Vec<TrackId>,
    /// Its position on the scale that all tracks share; none for a foundation.
    pub rank: Option<f64>,
    /// Whether it's a foundation, and no rung.
    pub is_abstract: bool,
    /// The levels that it extends, and for which competencies (all when not given).
    pub extends: Vec<(LevelId, Option<Vec<CompetencyId>>)>,
    /// The levels that follow it.
    pub leads_to: Vec<LevelId>,
    /// The levels that it follows.
    pub comes_from: Vec<LevelId>,
    /// The step that it needs on a competency's scale, from 1.
    pub profile: BTreeMap<CompetencyId, usize>,
    /// Competencies that its author marked as not applicable.
    pub not_applicable: HashSet<CompetencyId>,
}

/// A competency by its front matter: a dimension in which people grow.
#[derive(Debug, Clone)]
pub struct CompetencyOutline {
    /// Its page.
    pub page: PageId,
    /// Its area.
    pub area: Area,
    /// The tracks to which it applies; all when empty.
    pub tracks: Vec<TrackId>,
    /// The names of the steps of its scale, lowest first.
    pub steps: Vec<String>,
}

/// The area of a competency. Those of the configuration come first, in its order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// One of the configuration's, by position.
    Listed(usize),
    /// The name of an area that a competency gives, in a project whose configuration lists none.
    Named(String),
    /// None.
    None,
}

/// A move from one level to another.
#[derive(Debug, Clone)]
pub struct Move {
    /// Its page.
    pub page: PageId,
    /// The level where it starts.
    pub from: LevelId,
    /// The level where it ends.
    pub to: LevelId,
}

impl Structure {
    /// The role of a page in the ladder, if it has one.
    #[must_use]
    pub fn role(&self, page: PageId) -> Option<Role> {
        self.roles.get(&page).copied()
    }

    /// The tracks that a track, a level or a competency is bound to; empty for one that may be part of any. `None` for
    /// other pages.
    #[must_use]
    pub fn tracks_of(&self, page: PageId) -> Option<Vec<TrackId>> {
        match self.role(page)? {
            Role::Track(track) => Some(vec![track]),
            Role::Level(level) => Some(self.levels[level].tracks.clone()),
            Role::Competency(competency) => Some(self.competencies[competency].tracks.clone()),
        }
    }

    /// Whether a track, a level or a competency is bound to one of some tracks, or either to none. `None` for other pages.
    #[must_use]
    pub fn shares_track(&self, page: PageId, tracks: &[TrackId]) -> Option<bool> {
        let others = self.tracks_of(page)?;
        Some(tracks.is_empty() || others.is_empty() || others.iter().any(|track| tracks.contains(track)))
    }

    /// The pages of levels, competencies and tracks, whose bodies may have cells, in the order of files.
    #[must_use]
    pub fn pages_with_cells(&self) -> Vec<PageId> {
        let levels = self.levels.iter().map(|level| level.page);
        let competencies = self.competencies.iter().map(|competency| competency.page);
        let tracks = self.tracks.iter().map(|track| track.page);
        let mut pages: Vec<PageId> = levels.chain(competencies).chain(tracks).collect();
        pages.sort_unstable();
        pages
    }

    /// Whether anything can be expected of a level in a competency.
    #[must_use]
    pub fn applies(&self, level: LevelId, competency: CompetencyId) -> bool {
        let (level, tracks) = (&self.levels[level], &self.competencies[competency].tracks);
        let on_track =
            tracks.is_empty() || level.tracks.is_empty() || level.tracks.iter().any(|id| tracks.contains(id));
        on_track && !level.not_applicable.contains(&competency)
    }

    /// The reason why a competency doesn't apply to a level, in words.
    #[must_use]
    pub fn why_not_applicable(&self, level: LevelId, competency: CompetencyId) -> &'static str {
        if self.levels[level].not_applicable.contains(&competency) {
            "the level's `not_applicable` lists it"
        } else {
            "the competency's `tracks` don't include the level's track"
        }
    }

    /// Whether pages have the roles that they have in another ladder, and levels and competencies are on the same tracks.
    pub(super) fn has_same_members(&self, other: &Self) -> bool {
        let tracks = |structure: &Self| structure.tracks.iter().map(|track| track.page).collect::<Vec<_>>();
        let mut levels = self.levels.iter().zip(&other.levels);
        let mut competencies = self.competencies.iter().zip(&other.competencies);
        self.roles == other.roles
            && tracks(self) == tracks(other)
            && levels.all(|(level, other)| level.tracks == other.tracks)
            && competencies.all(|(competency, other)| competency.tracks == other.tracks)
    }
}
