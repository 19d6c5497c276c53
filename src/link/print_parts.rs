//! The parts of a print edition that is too large for one page.

use std::collections::BTreeSet;

use super::generated::{Generated, PRINT_FOLDER, PrintPart};
use crate::ladder::Ladder;
use crate::name;
use crate::page::{Kind, Pages, PrintRole};

/// The most chapters of a print edition in one document. A browser lays out so many pages in a few seconds; a larger
/// ladder is printed part by part.
const MAX_CHAPTERS: usize = 250;

/// Whether a divided print edition leaves the pages of a kind out: an article is a document of its own, which prints as
/// it is, and a large site has too many for one.
pub(crate) fn prints_alone(kind: Kind) -> bool {
    kind == Kind::Article
}

/// The pages of the parts; none if the whole is small enough for one page.
pub(super) fn print_parts(pages: &Pages, ladder: &Ladder) -> Vec<Generated> {
    let chapters = pages.shown().filter(|(_, page)| page.kind.spec().print == PrintRole::Chapter).count();
    if chapters <= MAX_CHAPTERS || ladder.concrete_levels().next().is_none() {
        return Vec::new();
    }
    let foundations = ladder.abstract_levels().next().map(|_| (PrintPart::Foundations, "foundations".to_owned()));
    let track = |id| {
        let page = pages.get(ladder.track(id).page);
        let segments = page.id.split('/').map(name::slug).filter(|segment| !segment.is_empty());
        (PrintPart::Track(id), segments.collect::<Vec<_>>().join("/"))
    };
    let has_page = |kind: &Kind| {
        kind.spec().print != PrintRole::Unprinted
            && !prints_alone(*kind)
            && pages.shown().any(|(_, page)| page.kind == *kind)
    };
    let list = |kind| {
        let list = Generated::of(kind).filter(|list| *list != Generated::Stages)?;
        Some((PrintPart::List(kind), list.path()))
    };
    let lists = Kind::ALL.into_iter().filter(has_page).filter_map(list);
    let mut taken = BTreeSet::from(["index".to_owned()]);
    let part = |(part, wanted): (PrintPart, String)| {
        let wanted = if wanted.is_empty() { "track".to_owned() } else { wanted };
        let mut free = wanted.clone();
        let mut number = 2;
        while !taken.insert(name::lower(&free)) {
            free = format!("{wanted}-{number}");
            number += 1;
        }
        Generated::PrintPart { part, path: format!("{PRINT_FOLDER}/{free}") }
    };
    foundations.into_iter().chain(ladder.tracks.ids().map(track)).chain(lists).map(part).collect()
}
