//! The parts of the ladder that articles and worksheets serve.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Spanned};
use crate::ladder::id_types::{CompetencyId, LevelId, TrackId};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::structure::{Role, Structure};
use crate::page::{FrontMatter, Kind, PageId, Pages};

/// The parts of the ladder that an article or a worksheet serves.
#[derive(Debug, Clone, Default)]
pub struct Serves {
    /// Levels.
    pub levels: Vec<LevelId>,
    /// Competencies.
    pub competencies: Vec<CompetencyId>,
    /// Tracks.
    pub tracks: Vec<TrackId>,
}

/// The pages that an article or a worksheet serves, in the order in which it names those of each kind, and the
/// diagnostics of those names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ServedPages {
    pages: Vec<PageId>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The published articles and worksheets.
pub(super) fn serving(pages: &Pages) -> Vec<PageId> {
    pages.shown().filter(|(_, page)| matches!(page.kind, Kind::Article | Kind::Worksheet)).map(|(id, _)| id).collect()
}

/// Finds the pages that an article or a worksheet names. Skips drafts.
pub(super) fn find(names: &NameLookup<'_>, id: PageId) -> ServedPages {
    let page = names.pages().get(id);
    let mut served = ServedPages::default();
    let mut add = |kind: Kind, name: &Spanned<String>| {
        let found = names.find(Some(kind), &name.value);
        if !matches!(found, Found::One(draft) if !names.pages().is_shown(draft)) {
            served.pages.extend(names.resolve(found, kind, name, page, &mut served.diagnostics));
        }
    };
    if let FrontMatter::Serves(fields) = &page.front_matter {
        fields.levels.iter().for_each(|name| add(Kind::Level, name));
        fields.competencies.iter().for_each(|name| add(Kind::Competency, name));
        fields.tracks.iter().for_each(|name| add(Kind::Track, name));
    }
    served
}

impl ServedPages {
    /// The same by the new ids of pages; `None` if one of them was removed.
    pub(super) fn renumbered(mut self, new_id: impl Fn(PageId) -> Option<PageId>) -> Option<Self> {
        for page in &mut self.pages {
            *page = new_id(*page)?;
        }
        Some(self)
    }

    /// The parts of the ladder that are on these pages.
    fn parts(&self, structure: &Structure) -> Serves {
        let mut serves = Serves::default();
        for page in &self.pages {
            match structure.role(*page) {
                Some(Role::Level(level)) => serves.levels.push(level),
                Some(Role::Competency(competency)) => serves.competencies.push(competency),
                Some(Role::Track(track)) => serves.tracks.push(track),
                None => {}
            }
        }
        serves
    }
}

/// The parts of the ladder that each page serves.
pub(super) fn serves<'s>(
    structure: &Structure,
    served: impl Iterator<Item = (PageId, &'s ServedPages)>,
) -> BTreeMap<PageId, Serves> {
    served.map(|(id, served)| (id, served.parts(structure))).collect()
}
