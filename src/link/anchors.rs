//! The anchors of generated parts of the pages of levels and competencies, so that links to them can be checked. Cells
//! have the anchors of their headings on the page where they are written.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::index_vec::IndexVec;
use crate::ladder::{
    Cell, CompetencyId, Input, InputChanges, Ladder, LadderUpdate, LevelId, PageRenumbering, Reads, Role, TakenAnchors,
    Written, WrittenSection, is_comparable,
};
use crate::memo::MemoVec;
use crate::name;
use crate::page::{FrontMatter, Kind, Page, PageId, Pages};

/// All anchors of the site.
#[derive(Debug, Default)]
pub struct Anchors {
    levels: IndexVec<LevelId, Arc<LevelAnchors>>,
    competencies: IndexVec<CompetencyId, Arc<CompetencyAnchors>>,
}

/// The anchors of a level's page that don't come from its author's headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelAnchors {
    /// The section on what is new.
    pub changes: String,
    /// The section of expectations.
    pub expectations: String,
    /// The section on the ways from and to the level.
    pub ways: String,
    /// The facets, in the order of the configuration.
    pub facets: Vec<String>,
    /// The cells.
    pub cells: BTreeMap<CompetencyId, String>,
    /// All anchors of the page that can be linked to.
    linkable: HashSet<String>,
}

/// The anchors of a competency's page that don't come from its author's headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompetencyAnchors {
    /// The steps of its scale, lowest first.
    pub steps: Vec<String>,
    /// The cells.
    pub cells: BTreeMap<LevelId, String>,
    /// All anchors of the page that can be linked to.
    linkable: HashSet<String>,
}

impl Anchors {
    /// The anchors of a level's page.
    #[must_use]
    pub fn level(&self, level: LevelId) -> &LevelAnchors {
        &self.levels[level]
    }

    /// The anchors of a competency's page.
    #[must_use]
    pub fn competency(&self, competency: CompetencyId) -> &CompetencyAnchors {
        &self.competencies[competency]
    }

    /// All anchors of a page that can be linked to.
    #[must_use]
    pub fn linkable<'a>(&'a self, pages: &'a Pages, ladder: &'a Ladder, page: PageId) -> &'a HashSet<String> {
        match ladder.role(page) {
            Some(Role::Level(level)) => &self.levels[level].linkable,
            Some(Role::Competency(competency)) => &self.competencies[competency].linkable,
            Some(Role::Track(_)) | None => &ladder.layout(pages, page).anchors,
        }
    }
}

/// The last anchors, each with the parts of the ladder that it was made from.
#[derive(Debug, Default)]
pub struct AnchorCache {
    levels: MemoVec<LevelId, Input, (LevelParts, Arc<LevelAnchors>)>,
    competencies: MemoVec<CompetencyId, Input, (CompetencyParts, Arc<CompetencyAnchors>)>,
    /// The pages of the competencies by their present ids; `None` for those that were removed.
    competency_pages: Vec<Option<PageId>>,
}

impl AnchorCache {
    /// Assigns all anchors, and adds the pages whose anchors differ to `changes`.
    pub fn update(
        &mut self,
        config: &Config,
        pages: &Pages,
        ladder: &LadderUpdate,
        changes: &mut InputChanges,
    ) -> Anchors {
        self.follow_positions(ladder);
        let ladder = &ladder.ladder;
        let shared = Shared::new(config, pages, ladder);
        self.compare(&shared, changes);
        let levels: Vec<LevelId> = ladder.levels.ids().collect();
        for (level, update) in self.levels.update(&levels, changes, |level| shared.level(level)) {
            let anchors = &self.levels.get(level).1;
            let differs = update.differs(|(_, old)| old.linkable == anchors.linkable);
            changes.insert_if(differs, Input::Anchors(ladder.level(level).page));
        }
        let competencies: Vec<CompetencyId> = ladder.competencies.ids().collect();
        let updated = self.competencies.update(&competencies, changes, |competency| shared.competency(competency));
        for (competency, update) in updated {
            let anchors = &self.competencies.get(competency).1;
            let differs = update.differs(|(_, old)| old.linkable == anchors.linkable);
            changes.insert_if(differs, Input::Anchors(ladder.competency(competency).page));
        }
        Anchors {
            levels: levels.iter().map(|level| Arc::clone(&self.levels.get(*level).1)).collect(),
            competencies: competencies.iter().map(|id| Arc::clone(&self.competencies.get(*id).1)).collect(),
        }
    }

    /// Moves all that is cached to the new positions of pages.
    pub fn renumber(&mut self, moves: &PageRenumbering) {
        self.levels.renumber(Some, |input| moves.new_input(input), Some);
        self.competencies.renumber(Some, |input| moves.new_input(input), Some);
        self.competency_pages =
            self.competency_pages.iter().map(|page| page.and_then(|old| moves.new_id(old))).collect();
    }

    /// The number of pages whose anchors were assigned.
    #[must_use]
    pub fn computed(&self) -> usize {
        self.levels.computed() + self.competencies.computed()
    }

    /// Moves what is cached to the new positions of levels, and forgets what has positions that can't be followed.
    fn follow_positions(&mut self, LadderUpdate { ladder, levels, .. }: &LadderUpdate) {
        if let Some(moves) = levels {
            self.levels.renumber(|level| moves.new_id(level), |input| moves.new_input(input), Some);
            self.competencies.clear();
        }
        let competency_pages: Vec<_> = ladder.competencies.iter().map(|competency| Some(competency.page)).collect();
        if self.competency_pages != competency_pages {
            self.competency_pages = competency_pages;
            self.levels.clear();
            self.competencies.clear();
        }
    }

    /// Compares the parts of the ladder with those that the last anchors were made from.
    fn compare(&self, shared: &Shared<'_>, changes: &mut InputChanges) {
        if !changes.contains(&Input::Ladder) || changes.contains_everything() {
            return;
        }
        let levels: Vec<LevelId> = shared.ladder.levels.ids().collect();
        let differs = |id: &LevelId| self.levels.last(*id).is_some_and(|(parts, _)| *parts != shared.level_parts(*id));
        let differing: Vec<LevelId> = levels.into_par_iter().filter(differs).collect();
        changes.extend(differing.into_iter().map(Input::LevelCells));
        let competencies: Vec<CompetencyId> = shared.ladder.competencies.ids().collect();
        let differs = |id: &CompetencyId| {
            self.competencies.last(*id).is_some_and(|(parts, _)| *parts != shared.competency_parts(*id))
        };
        let differing: Vec<CompetencyId> = competencies.into_par_iter().filter(differs).collect();
        changes.extend(differing.into_iter().map(Input::CompetencyCells));
    }
}

/// The parts of the ladder that a level's anchors are made from, beside its page and expectations.
#[derive(Debug, PartialEq, Eq)]
struct LevelParts {
    /// The competencies that it shows, each with whether its cell is written on the level's page.
    competencies: Vec<(CompetencyId, bool)>,
    /// Whether it's compared with the levels before it.
    is_compared: bool,
    /// Whether it has ways from or to other levels.
    has_ways: bool,
}

/// The parts of the ladder that a competency's anchors are made from, beside its page: its levels, each with its cell if
/// that is written on the competency's page.
#[derive(Debug)]
struct CompetencyParts(Vec<(LevelId, Option<Arc<WrittenSection>>)>);

impl PartialEq for CompetencyParts {
    /// Compares cells by identity: their text may be long.
    fn eq(&self, other: &Self) -> bool {
        let parts = |parts: &Self| -> Vec<_> {
            parts.0.iter().map(|(level, written)| (*level, written.as_ref().map(Arc::as_ptr))).collect()
        };
        parts(self) == parts(other)
    }
}

/// Whether a cell is written on a page.
fn is_on(cell: &Cell, page: PageId) -> bool {
    cell.written.as_ref().is_some_and(|written| written.page == page)
}

/// Whether a level's page has a section on what is new.
fn is_compared(ladder: &Ladder, id: LevelId) -> bool {
    ladder.level(id).comes_from.iter().any(|before| is_comparable(ladder, *before, id))
}

/// A competency's levels, each with its cell if that is written on the competency's own page.
fn written_on(ladder: &Ladder, id: CompetencyId) -> impl Iterator<Item = (LevelId, Option<&Written>)> {
    let competency = ladder.competency(id);
    competency.levels.iter().map(move |level| {
        let cell = ladder.level(*level).cells.get(&id).filter(|cell| is_on(cell, competency.page));
        (*level, cell.and_then(|cell| cell.written.as_ref()))
    })
}

/// The data that the anchors of all pages are made from.
struct Shared<'a> {
    config: &'a Config,
    pages: &'a Pages,
    ladder: &'a Ladder,
    facets: Vec<String>,
    /// The levels that a move starts or ends at.
    moved: HashSet<LevelId>,
}

impl<'a> Shared<'a> {
    fn new(config: &'a Config, pages: &'a Pages, ladder: &'a Ladder) -> Self {
        let facets = config.facets.iter().map(|facet| name::anchor(&facet.id.value)).collect();
        let moved = ladder.moves.iter().flat_map(|one| [one.from, one.to]).collect();
        Self { config, pages, ladder, facets, moved }
    }

    /// The anchor made from the title of a page.
    fn titled(&self, page: PageId) -> String {
        name::anchor(&self.pages.get(page).title.value)
    }

    fn level_parts(&self, id: LevelId) -> LevelParts {
        let (ladder, level) = (self.ladder, self.ladder.level(id));
        let is_written_here = |id: &CompetencyId| level.cells.get(id).is_some_and(|cell| is_on(cell, level.page));
        let competencies = ladder.competencies_of(id).into_iter();
        LevelParts {
            competencies: competencies.map(|id| (id, is_written_here(&id))).collect(),
            is_compared: is_compared(ladder, id),
            has_ways: !level.comes_from.is_empty() || !level.leads_to.is_empty() || self.moved.contains(&id),
        }
    }

    fn competency_parts(&self, id: CompetencyId) -> CompetencyParts {
        let written = written_on(self.ladder, id);
        let parts = written.map(|(level, written)| (level, written.map(|written| Arc::clone(&written.section))));
        CompetencyParts(parts.collect())
    }

    /// Assigns the anchors of a level's page. Only parts that the page really shows can be linked to.
    fn level(&self, id: LevelId) -> ((LevelParts, Arc<LevelAnchors>), Reads) {
        let (ladder, level) = (self.ladder, self.ladder.level(id));
        let layout = ladder.layout(self.pages, level.page);
        let mut taken = TakenAnchors::new(self.pages, layout, level.page);
        let mut anchors = LevelAnchors { linkable: layout.anchors.clone(), ..LevelAnchors::default() };
        for expectation in ladder.written_for(id) {
            let id = &ladder.expectation(*expectation).id;
            taken.take(id);
            anchors.linkable.insert(id.to_string());
        }
        for (competency, cell) in level.cells.iter().filter(|(_, cell)| is_on(cell, level.page)) {
            let Some(written) = &cell.written else { continue };
            anchors.cells.insert(*competency, written.heading.id.clone());
            anchors.linkable.extend(written.text.groups());
        }
        for own in level.own.iter() {
            anchors.linkable.insert(own.written.heading.id.clone());
            anchors.linkable.extend(own.written.text.groups());
        }
        anchors.facets = self.facets.iter().map(|facet| taken.take_free(facet)).collect();
        let parts = self.level_parts(id);
        for (competency, _) in &parts.competencies {
            let page = ladder.competency(*competency).page;
            anchors.cells.entry(*competency).or_insert_with(|| taken.take_free(&self.titled(page)));
        }
        anchors.changes = taken.take_free("whats-new");
        anchors.expectations = taken.take_free("expectations");
        anchors.ways = taken.take_free("ways");
        self.add_shown_sections(id, &parts, &mut anchors);
        let reads = [
            Input::Page(level.page),
            Input::Layout(level.page),
            Input::Statements(id),
            Input::LevelCells(id),
            Input::Names(Kind::Competency),
        ];
        ((parts, Arc::new(anchors)), Reads::from_iter(reads))
    }

    /// Marks the facets, cells and sections that a level's page shows as linkable.
    fn add_shown_sections(&self, id: LevelId, parts: &LevelParts, anchors: &mut LevelAnchors) {
        let level = self.ladder.level(id);
        let sections = [
            (&anchors.changes, parts.is_compared),
            (&anchors.expectations, !anchors.cells.is_empty() || !level.own.is_empty()),
            (&anchors.ways, parts.has_ways),
        ];
        let page = self.pages.get(level.page);
        let facets = anchors.facets.iter().enumerate();
        let facets = facets.map(|(at, anchor)| (anchor, has_facet(self.config, page, at)));
        let shown = facets.chain(sections).filter(|(_, is_shown)| *is_shown).map(|(anchor, _)| anchor);
        let shown: Vec<String> = shown.chain(anchors.cells.values()).cloned().collect();
        anchors.linkable.extend(shown);
    }

    /// Assigns the anchors of the cells and steps of a competency's page. Only parts that the page really shows can be
    /// linked to.
    fn competency(&self, id: CompetencyId) -> ((CompetencyParts, Arc<CompetencyAnchors>), Reads) {
        let (ladder, competency) = (self.ladder, self.ladder.competency(id));
        let layout = ladder.layout(self.pages, competency.page);
        let mut taken = TakenAnchors::new(self.pages, layout, competency.page);
        let mut anchors = CompetencyAnchors { linkable: layout.anchors.clone(), ..CompetencyAnchors::default() };
        for (level, written) in written_on(ladder, id) {
            if let Some(written) = written {
                anchors.cells.insert(level, written.heading.id.clone());
                anchors.linkable.extend(written.text.groups());
            }
        }
        for step in &competency.scale {
            anchors.steps.push(match &step.criteria {
                Some(criteria) => criteria.anchor.clone(),
                None => taken.take_free(&name::anchor(&step.name)),
            });
        }
        for level in &competency.levels {
            let page = ladder.level(*level).page;
            anchors.cells.entry(*level).or_insert_with(|| taken.take_free(&self.titled(page)));
        }
        anchors.linkable.extend(anchors.cells.values().chain(&anchors.steps).cloned());
        let reads = [
            Input::Page(competency.page),
            Input::Layout(competency.page),
            Input::CompetencyCells(id),
            Input::Names(Kind::Level),
        ];
        ((self.competency_parts(id), Arc::new(anchors)), Reads::from_iter(reads))
    }
}

/// Whether a level has a text for the facet at a position.
fn has_facet(config: &Config, level: &Page, at: usize) -> bool {
    match &level.front_matter {
        FrontMatter::Level(front_matter) => {
            let mut written = front_matter.facets.iter();
            written.any(|(name, blocks)| config.facet_position(&name.value) == Some(at) && !blocks.is_empty())
        }
        _ => false,
    }
}
