//! The structure after pages were added or removed that are no part of it.

use std::sync::Arc;

use super::{CompetencyOutline, LevelOutline, Move, Structure, TrackOutline};
use crate::page::PageId;

impl Structure {
    /// The same structure by the new ids of pages; `None` if one of its pages was removed.
    pub(in crate::ladder) fn renumbered(&self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        let new_id = &new_id;
        let track = |track: &Arc<TrackOutline>| {
            Some(Arc::new(TrackOutline { page: new_id(track.page)?, ..TrackOutline::clone(track) }))
        };
        let level = |level: &Arc<LevelOutline>| {
            Some(Arc::new(LevelOutline { page: new_id(level.page)?, ..LevelOutline::clone(level) }))
        };
        let competency = |competency: &Arc<CompetencyOutline>| {
            let page = new_id(competency.page)?;
            Some(Arc::new(CompetencyOutline { page, ..CompetencyOutline::clone(competency) }))
        };
        Some(Self {
            tracks: self.tracks.iter().map(track).collect::<Option<_>>()?,
            levels: self.levels.iter().map(level).collect::<Option<_>>()?,
            competencies: self.competencies.iter().map(competency).collect::<Option<_>>()?,
            moves: self
                .moves
                .iter()
                .map(|one| Some(Move { page: new_id(one.page)?, ..*one }))
                .collect::<Option<_>>()?,
            bases_first: self.bases_first.clone(),
            uncertain: self.uncertain.renumbered(new_id),
            roles: self.roles.iter().map(|(page, role)| Some((new_id(*page)?, *role))).collect::<Option<_>>()?,
        })
    }
}
