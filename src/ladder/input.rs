//! The inputs of all stages after the pages, which are compared from one run to the next.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use super::positions::{CompetencyId, LevelId};
use crate::memo;
use crate::page::{Kind, Page, PageId, Pages};

/// The inputs that differ from those of the run before.
pub type InputChanges = memo::ChangeSet<Input>;

/// The inputs that a computation has read.
pub type Reads = memo::Reads<Input>;

/// An input of a stage. The list of pages and files, the kind of each page, whether its front matter could be read, and
/// the configuration aren't among them: if one of those differs, every input may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The bytes of one page.
    Page(PageId),
    /// The text of any front matter, and so every span in it.
    FrontMatter(Kind),
    /// The [outline](crate::page::Outline) of any front matter.
    Outline,
    /// The pages that have a name, by the hash of the folded name.
    Name(u64),
    /// All names and titles of the pages of a kind.
    Names(Kind),
    /// Tracks, levels, competencies and moves, and their references to each other.
    Structure,
    /// The role of each page in the ladder, and the tracks of each level.
    Membership,
    /// The sections of the body of any level or competency.
    Sections,
    /// The prose and the anchors of a page, and the sections of its other blocks.
    Layout(PageId),
    /// The cells of any level, and the ids of expectations.
    Cells,
    /// The ladder as a whole.
    Ladder,
    /// The expectations that are written for a level.
    Statements(LevelId),
    /// The cells of a level, the pages that they are written on, and whether it can be compared with the levels before
    /// it.
    LevelCells(LevelId),
    /// The levels that have a cell in a competency, and the pages that those are written on.
    CompetencyCells(CompetencyId),
    /// The existence of the matrix, and the levels that have a self-assessment.
    Assessable,
    /// The files of the theme.
    Reserved,
    /// The pages that any page links to.
    Citations,
    /// The addresses of all pages and files of the site.
    Routes,
    /// The anchors of a page that can be linked to.
    Anchors(PageId),
}

impl Input {
    /// The text of all front matter.
    pub fn all_front_matter() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().map(Self::FrontMatter)
    }

    /// The text of the front matter of all pages that make up the ladder.
    pub fn front_matter_of_ladder() -> impl Iterator<Item = Self> {
        [Kind::Track, Kind::Level, Kind::Competency].into_iter().map(Self::FrontMatter)
    }

    /// The input of a computation that looks up a folded name.
    #[must_use]
    pub fn name(folded: &str) -> Self {
        Self::Name(hash(folded))
    }
}

/// The hash of a folded name.
pub(super) fn hash(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

/// Compares all pages with those of the run before.
#[must_use]
pub fn changes(pages: &Pages, before: &Pages) -> InputChanges {
    let mut changes = InputChanges::none();
    if pages.len() != before.len() {
        return InputChanges::everything();
    }
    for (id, page) in pages.all() {
        let old = before.get(id);
        if std::ptr::eq(page, old) {
            continue;
        }
        changes.insert(Input::Page(id));
        // The anchors of levels and competencies are compared once they have cells.
        changes.insert_if(page.layout.anchors != old.layout.anchors, Input::Anchors(id));
        if has_front_matter_of(page, old) {
            continue;
        }
        if !is_same_node(page, old) {
            return InputChanges::everything();
        }
        changes.insert(Input::FrontMatter(page.kind));
        changes.insert_if(page.outline() != old.outline(), Input::Outline);
        let (names, old_names): (BTreeSet<_>, BTreeSet<_>) = (page.names.iter().collect(), old.names.iter().collect());
        for name in names.symmetric_difference(&old_names) {
            changes.insert(Input::name(name));
        }
        changes.insert_if(page.title.value != old.title.value || names != old_names, Input::Names(page.kind));
    }
    changes
}

/// Whether two versions of a page have the same front matter, and are equally free of errors.
fn has_front_matter_of(page: &Page, old: &Page) -> bool {
    let flags = |page: &Page| (page.body, page.broken, page.uncertain);
    page.file == old.file
        && flags(page) == flags(old)
        && page.source.as_bytes()[..page.body] == old.source.as_bytes()[..old.body]
}

/// Whether two versions of a page are the same to all other pages, whatever their text, and both could be read.
fn is_same_node(page: &Page, old: &Page) -> bool {
    let node = |page: &Page| (page.file.clone(), page.id.clone(), page.id_span.is_some(), page.kind, page.draft);
    let is_understood = |page: &Page| !page.broken && !page.uncertain;
    is_understood(page) && is_understood(old) && node(page) == node(old)
}
