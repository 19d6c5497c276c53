//! The lookup of names that prefers pages on the tracks of the page on which the name is written.

use crate::ladder::cache_inputs::Input;
use crate::ladder::id_types::TrackId;
use crate::ladder::name_index::Names;
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::structure::{Role, Structure};
use crate::page::{FrontMatter, Kind, PageId, Pages};

impl<'a> NameLookup<'a> {
    /// A lookup for the names on a page: of several pages with a name, it finds the one on the page's tracks.
    #[must_use]
    pub fn on_page(names: &'a Names, pages: &'a Pages, structure: &'a Structure, page: PageId) -> Self {
        let Some(tracks) = structure.tracks_of(page) else { return Self::new(names, pages) };
        let applies = move |id| {
            let known = structure.shares_track(id, &tracks);
            known.unwrap_or_else(|| draft_applies(names, pages, structure, id, &tracks))
        };
        let inputs = [
            Input::Membership,
            Input::Outline(Kind::Level),
            Input::Outline(Kind::Competency),
            Input::Names(Kind::Track),
        ];
        Self::new(names, pages).preferring(applies, inputs)
    }
}

/// Whether a page that has no role in the ladder, such as a hidden draft, names one of some tracks, or none.
fn draft_applies(names: &Names, pages: &Pages, structure: &Structure, id: PageId, tracks: &[TrackId]) -> bool {
    let page = pages.get(id);
    let named = match &page.front_matter {
        FrontMatter::Competency(competency) => competency.tracks.as_slice(),
        FrontMatter::Level(level) => level.track.as_slice(),
        _ => &[],
    };
    let lookup = NameLookup::new(names, pages);
    let is_at_hand = |track: PageId| match structure.role(track) {
        Some(Role::Track(track)) => tracks.contains(&track),
        _ => false,
    };
    tracks.is_empty()
        || named.is_empty()
        || named.iter().any(|name| match lookup.find(Some(Kind::Track), &name.value) {
            Found::One(track) => is_at_hand(track),
            _ => false,
        })
}
