//! The inputs of the cached stages after the pages, and the comparison of two versions of the pages that finds which of
//! them differ. See [`crate::memo`] for the rule.

use std::collections::BTreeSet;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::index_vec::IndexVec;
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::memo;
use crate::name::{fold, lower};
use crate::page::{Kind, Page, PageId, Pages, id_of};

/// The inputs that differ from those of the run before.
pub type InputChanges = memo::ChangeSet<Input>;

/// The inputs that a computation has read.
pub type Reads = memo::Reads<Input>;

/// An input of a stage. The list of other files, the kind of each page, whether its front matter could be read, and the
/// configuration aren't among them: if one of those differs, every input may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// The bytes of one page.
    Page(PageId),
    /// The text of any front matter, and so every span in it.
    FrontMatter(Kind),
    /// The [outline](crate::page::Outline) of the front matter of any page of a kind.
    Outline(Kind),
    /// The pages that have a name, by the hash of the folded name.
    Name(u64),
    /// The spellings of a name on the pages that have it, by the hash of the folded name.
    Spellings(u64),
    /// All names and titles of the pages of a kind.
    Names(Kind),
    /// The positions of pages: if a page was added or removed, those of the pages after it differ.
    Positions,
    /// The page at a path in `content/`, by the hash of the path in lower case.
    File(u64),
    /// Tracks, levels, competencies and moves, and their references to each other.
    Structure,
    /// The pages that any article or worksheet serves, and the diagnostics of their names.
    Served,
    /// The role of each page in the ladder, and the tracks of each level and competency.
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
    /// Whether any page has a date, without which there is no feed.
    Dated,
    /// The files of the theme.
    Reserved,
    /// The pages and files that any page links to.
    Citations,
    /// The pages that Stepladder generates.
    Generated,
    /// The files of `content/` that are copied.
    Assets,
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

    /// The outlines of all front matter.
    pub fn all_outlines() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().map(Self::Outline)
    }

    /// The outlines of the front matter of all pages that make up the structure of the ladder.
    pub fn outlines_of_ladder() -> impl Iterator<Item = Self> {
        [Kind::Track, Kind::Level, Kind::Competency, Kind::Move].into_iter().map(Self::Outline)
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

    /// The input of a computation that compares the spellings of a folded name.
    #[must_use]
    pub fn spellings(folded: &str) -> Self {
        Self::Spellings(hash(folded))
    }

    /// The input of a computation that looks for a page at a path in `content/`, given in lower case.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self::File(hash(path))
    }
}

/// The new positions of pages, after others were added or removed.
#[derive(Debug)]
pub struct PageRenumbering(IndexVec<PageId, Option<PageId>>);

impl PageRenumbering {
    /// The new id of a page; `None` if it was removed.
    #[must_use]
    pub fn new_id(&self, old: PageId) -> Option<PageId> {
        self.0[old]
    }

    /// The input after pages have moved; `None` if it was of a page that is gone.
    #[must_use]
    pub fn new_input(&self, input: Input) -> Option<Input> {
        Some(match input {
            Input::Page(page) => Input::Page(self.new_id(page)?),
            Input::Layout(page) => Input::Layout(self.new_id(page)?),
            Input::Anchors(page) => Input::Anchors(self.new_id(page)?),
            other => other,
        })
    }
}

/// The new positions of levels, after others were added, removed or moved.
#[derive(Debug)]
pub struct LevelRenumbering(IndexVec<LevelId, Option<LevelId>>);

impl LevelRenumbering {
    /// The renumbering by the new id of each level; `None` if all keep theirs.
    pub(super) fn new(new_ids: IndexVec<LevelId, Option<LevelId>>) -> Option<Self> {
        let is_same = new_ids.iter_enumerated().all(|(old, new)| *new == Some(old));
        (!is_same).then_some(Self(new_ids))
    }

    /// The new id of a level; `None` if it was removed.
    #[must_use]
    pub fn new_id(&self, old: LevelId) -> Option<LevelId> {
        self.0[old]
    }

    /// The input after levels have moved; `None` if it was of a level that is gone.
    #[must_use]
    pub fn new_input(&self, input: Input) -> Option<Input> {
        Some(match input {
            Input::Statements(level) => Input::Statements(self.new_id(level)?),
            Input::LevelCells(level) => Input::LevelCells(self.new_id(level)?),
            other => other,
        })
    }
}

/// The hash of a folded name.
pub(super) fn hash(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

/// The differences between the pages of two runs.
#[derive(Debug)]
pub struct PageChanges {
    /// The inputs that differ, by the new ids of pages.
    pub inputs: InputChanges,
    /// The new ids of pages, if any page was added or removed.
    pub moves: Option<PageRenumbering>,
}

impl PageChanges {
    /// The differences if every input may differ.
    #[must_use]
    pub fn everything() -> Self {
        Self { inputs: InputChanges::everything(), moves: None }
    }
}

/// Compares all pages with those of the run before.
#[must_use]
pub fn changes(pages: &Pages, before: &Pages) -> PageChanges {
    let mut inputs = InputChanges::none();
    let mut moves = IndexVec::default();
    let mut moved = Vec::new();
    let mut old_pages = before.all().peekable();
    let mut add_or_remove = |page: &Page, inputs: &mut InputChanges| {
        moved.push(Arc::clone(page.folded_id()));
        is_understood(page).then(|| insert_page(page, inputs))
    };
    for (id, page) in pages.all() {
        while let Some((_, removed)) = old_pages.next_if(|(_, old)| old.file < page.file) {
            moves.push(None);
            if add_or_remove(removed, &mut inputs).is_none() {
                return PageChanges::everything();
            }
        }
        let is_understood = if let Some((_, old)) = old_pages.next_if(|(_, old)| old.file == page.file) {
            moves.push(Some(id));
            compare(id, page, old, &mut inputs)
        } else {
            inputs.insert(Input::Page(id));
            add_or_remove(page, &mut inputs)
        };
        if is_understood.is_none() {
            return PageChanges::everything();
        }
    }
    for (_, removed) in old_pages {
        moves.push(None);
        if add_or_remove(removed, &mut inputs).is_none() {
            return PageChanges::everything();
        }
    }
    if moved.is_empty() {
        return PageChanges { inputs, moves: None };
    }
    // The meaning of names depends on which pages share an id.
    moved.sort_unstable();
    moved.dedup();
    let is_moved = |id: &Arc<str>| moved.binary_search(id).is_ok();
    let with_these_ids = before.all().chain(pages.all()).filter(|(_, page)| is_moved(page.folded_id()));
    if with_these_ids.count() > moved.len() {
        return PageChanges::everything();
    }
    inputs.insert(Input::Positions);
    PageChanges { inputs, moves: Some(PageRenumbering(moves)) }
}

/// Adds the differences between two versions of a page; `None` if they can't be listed.
fn compare(id: PageId, page: &Page, old: &Page, inputs: &mut InputChanges) -> Option<()> {
    if std::ptr::eq(page, old) {
        return Some(());
    }
    inputs.insert(Input::Page(id));
    // The anchors of levels and competencies are compared once they have cells.
    inputs.insert_if(page.layout.anchors != old.layout.anchors, Input::Anchors(id));
    if has_same_front_matter(page, old) {
        return Some(());
    }
    if !is_same_node(page, old) {
        return None;
    }
    inputs.insert(Input::FrontMatter(page.kind));
    inputs.insert_if(page.outline() != old.outline(), Input::Outline(page.kind));
    let (names, old_names): (BTreeSet<_>, BTreeSet<_>) = (page.names.iter().collect(), old.names.iter().collect());
    for name in names.symmetric_difference(&old_names) {
        inputs.insert(Input::name(name));
    }
    let (written, old_written): (BTreeSet<_>, BTreeSet<_>) = (page.all_names().collect(), old.all_names().collect());
    for (folded, _) in written.symmetric_difference(&old_written) {
        inputs.insert(Input::spellings(folded));
    }
    inputs.insert_if(written != old_written, Input::Names(page.kind));
    Some(())
}

/// Adds all that can be read of a page that was added or removed.
fn insert_page(page: &Page, inputs: &mut InputChanges) {
    let path = page.content_path();
    let of_kind = [Input::FrontMatter, Input::Outline, Input::Names].map(|input| input(page.kind));
    inputs.extend(of_kind.into_iter().chain([Input::Citations]));
    inputs.extend([Input::file(&lower(path)), Input::name(&fold(id_of(path))), Input::name(page.folded_id())]);
    inputs.extend(page.names.iter().map(|name| Input::name(name)));
}

/// Whether two versions of a page have the same front matter and title, and are equally free of errors.
fn has_same_front_matter(page: &Page, old: &Page) -> bool {
    let flags = |page: &Page| (page.body, page.broken, page.uncertain);
    page.file == old.file
        && page.title == old.title
        && flags(page) == flags(old)
        && page.source.as_bytes()[..page.body] == old.source.as_bytes()[..old.body]
}

/// Whether two versions of a page are the same to all other pages, whatever their text, and both could be read.
fn is_same_node(page: &Page, old: &Page) -> bool {
    let node = |page: &Page| (page.file.clone(), page.id.clone(), page.id_span.is_some(), page.kind, page.draft);
    is_understood(page) && is_understood(old) && node(page) == node(old)
}

fn is_understood(page: &Page) -> bool {
    !page.broken && !page.uncertain
}
