//! All phases of the ladder in order, each computed again only where its inputs differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::index_vec::IndexVec;
use crate::ladder::assemble;
use crate::ladder::cache_inputs::{Input, InputChanges, LevelRenumbering, PageRenumbering, Reads};
use crate::ladder::check;
use crate::ladder::expectations::expectation_ids::{self, LevelIds};
use crate::ladder::id_types::LevelId;
use crate::ladder::inherit::{self, Inheritance};
use crate::ladder::model::Ladder;
use crate::ladder::name_index::Names;
use crate::ladder::page_names::NameLookup;
use crate::ladder::sections::page_sections::{self, PageSections};
use crate::ladder::serves::{self, ServedPages, Serves};
use crate::ladder::structure::{self, Role, Structure};
use crate::ladder::written_cells::{self, WrittenCells};
use crate::memo::{Memo, MemoVec};
use crate::page::{Kind, PageId, Pages};

/// The phases of the last ladder.
#[derive(Debug, Default)]
pub struct LadderCache {
    structure: Memo<Input, Diagnosed<Arc<Structure>>>,
    /// The pages of the last structure's levels by their present ids; `None` for those that were removed.
    level_pages: IndexVec<LevelId, Option<PageId>>,
    /// The diagnostics of pages that share an id.
    page_ids: Memo<Input, Vec<Diagnostic>>,
    /// The published articles and worksheets.
    serving: Memo<Input, Vec<PageId>>,
    served: MemoVec<PageId, Input, ServedPages>,
    serves: Memo<Input, Diagnosed<Arc<BTreeMap<PageId, Serves>>>>,
    sections: MemoVec<PageId, Input, PageSections>,
    cells: Memo<Input, Diagnosed<WrittenCells>>,
    ids: MemoVec<LevelId, Input, LevelIds>,
    inheritance: Memo<Input, Diagnosed<Inheritance>>,
    ladder: Memo<Input, Arc<Ladder>>,
    /// The diagnostics of cells and profiles of levels.
    level_checks: Memo<Input, Vec<Diagnostic>>,
    /// The diagnostics of owners.
    owners: Memo<Input, Vec<Diagnostic>>,
    /// The diagnostics of facets, by the pages of levels.
    facets: MemoVec<PageId, Input, Vec<Diagnostic>>,
}

/// The ladder and how it differs from the last one.
#[derive(Debug)]
pub struct LadderUpdate {
    /// The ladder.
    pub ladder: Arc<Ladder>,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// The new positions of levels, if any has moved.
    pub levels: Option<LevelRenumbering>,
}

impl LadderCache {
    /// Builds the ladder from all pages, and adds its differences from the last one to `changes`.
    pub fn update(
        &mut self,
        config: &Config,
        pages: &Pages,
        names: &Names,
        changes: &mut InputChanges,
    ) -> LadderUpdate {
        let levels = self.update_structure(config, pages, names, changes);
        self.update_serves(pages, names, changes);
        self.update_sections(pages, names, changes);
        self.update_cells(pages, changes);
        self.update_ids(pages, changes);
        self.update_inheritance(pages, names, changes);
        self.update_ladder(changes);
        self.update_checks(config, pages, names, changes);
        let ladder = Arc::clone(self.ladder.get());
        let diagnostics = self.structure.get().diagnostics.iter().chain(self.page_ids.get());
        let diagnostics = diagnostics.chain(&self.serves.get().diagnostics).chain(&self.cells.get().diagnostics);
        let diagnostics = diagnostics.chain(ladder.levels.ids().flat_map(|level| &self.ids.get(level).diagnostics));
        let diagnostics = diagnostics.chain(&self.inheritance.get().diagnostics);
        let diagnostics = diagnostics.chain(self.level_checks.get()).chain(self.owners.get());
        let diagnostics = diagnostics.chain(ladder.levels.iter().flat_map(|level| self.facets.get(level.page)));
        LadderUpdate { diagnostics: diagnostics.cloned().collect(), ladder, levels }
    }

    /// The number of times that each phase was computed; for phases that are computed page by page, the number of
    /// pages.
    #[must_use]
    pub fn computed(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("structure", self.structure.computed()),
            ("served", self.served.computed()),
            ("sections", self.sections.computed()),
            ("cells", self.cells.computed()),
            ("ids", self.ids.computed()),
            ("inheritance", self.inheritance.computed()),
            ("ladder", self.ladder.computed()),
        ]
    }

    /// Moves all that is cached to the new positions of pages.
    pub fn renumber(&mut self, moves: &PageRenumbering) {
        let new_id = |page| moves.new_id(page);
        let new_input = |input| moves.new_input(input);
        self.structure.renumber(new_input, |Diagnosed { value, diagnostics }| {
            Some(Diagnosed::new(Arc::new(value.renumbered(new_id)?), diagnostics))
        });
        self.level_pages = self.level_pages.iter().map(|page| page.and_then(new_id)).collect();
        self.served.renumber(new_id, new_input, |served| served.renumbered(new_id));
        self.sections.renumber(new_id, new_input, |sections| sections.renumbered(new_id));
        self.cells.renumber(new_input, |Diagnosed { value, diagnostics }| {
            Some(Diagnosed::new(value.renumbered(new_id)?, diagnostics))
        });
        self.ids.renumber(Some, new_input, Some);
        self.inheritance.renumber(new_input, |Diagnosed { value, diagnostics }| {
            Some(Diagnosed::new(value.renumbered(new_id)?, diagnostics))
        });
        self.facets.renumber(new_id, new_input, Some);
    }

    /// Returns the new positions of levels if any has moved.
    fn update_structure(
        &mut self,
        config: &Config,
        pages: &Pages,
        names: &Names,
        changes: &mut InputChanges,
    ) -> Option<LevelRenumbering> {
        let update = self.structure.update(changes, || {
            let lookup = NameLookup::new(names, pages);
            lookup.record_all(Input::outlines_of_ladder());
            let Diagnosed { value, diagnostics } = structure::build(config, &lookup);
            if !diagnostics.is_empty() || !value.uncertain.is_empty() {
                lookup.record_diagnostic();
            }
            (Diagnosed::new(Arc::new(value), diagnostics), lookup.into_reads())
        });
        self.page_ids.update(changes, || {
            let diagnostics = check::ids(pages);
            let quoted = Input::all_front_matter().filter(|_| !diagnostics.is_empty());
            let reads = quoted.collect();
            (diagnostics, reads)
        });
        let structure = &self.structure.get().value;
        changes.insert_if(!update.is_valid(), Input::Structure);
        changes.insert_if(update.differs(|old| structure.has_same_members(&old.value)), Input::Membership);
        let level_on = |page: &Option<PageId>| match structure.role((*page)?) {
            Some(Role::Level(level)) => Some(level),
            _ => None,
        };
        let levels = LevelRenumbering::new(self.level_pages.iter().map(level_on).collect());
        if let Some(moves) = &levels {
            self.ids.renumber(|level| moves.new_id(level), |input| moves.new_input(input), Some);
        }
        self.level_pages = structure.levels.iter().map(|level| Some(level.page)).collect();
        levels
    }

    fn update_serves(&mut self, pages: &Pages, names: &Names, changes: &mut InputChanges) {
        let structure = &self.structure.get().value;
        self.serving.update(changes, || {
            let reads = [Input::Positions, Input::Outline(Kind::Article), Input::Outline(Kind::Worksheet)];
            (serves::serving(pages), reads.into_iter().collect())
        });
        let serving = self.serving.get();
        let updated = self.served.update(serving, changes, |page| {
            let lookup = NameLookup::new(names, pages);
            lookup.record(Input::Page(page));
            (serves::find(&lookup, page), lookup.into_reads())
        });
        for (page, update) in updated {
            changes.insert_if(update.differs(|old| old == self.served.get(page)), Input::Served);
        }
        let served = &self.served;
        self.serves.update(changes, || {
            let served = serving.iter().map(|page| (*page, served.get(*page)));
            let diagnostics = served.clone().flat_map(|(_, served)| &served.diagnostics).cloned().collect();
            let serves = Diagnosed::new(Arc::new(serves::serves(structure, served)), diagnostics);
            (serves, [Input::Structure, Input::Served, Input::Positions].into_iter().collect())
        });
    }

    fn update_sections(&mut self, pages: &Pages, names: &Names, changes: &mut InputChanges) {
        let structure = &self.structure.get().value;
        let split = |page: PageId| {
            let lookup = NameLookup::on_page(names, pages, structure, page);
            lookup.record(Input::Page(page));
            (page_sections::split(&lookup, structure, page), lookup.into_reads())
        };
        let updated = self.sections.update(&structure.pages_with_cells(), changes, split);
        for (page, update) in updated {
            let sections = self.sections.get(page);
            let is_track = matches!(structure.role(page), Some(Role::Track(_)));
            // The page of a track hardly ever has cells.
            let had_cells = update.differs(PageSections::is_prose);
            changes.insert_if(!is_track || had_cells || !sections.is_prose(), Input::Sections);
            // The anchors of levels and competencies are assigned later.
            let has_anchors_of = |old: &PageSections| old.layout.anchors == sections.layout.anchors;
            changes.insert_if(is_track && update.differs(has_anchors_of), Input::Anchors(page));
            changes.insert_if(update.differs(|old| old.is_like(sections)), Input::Layout(page));
        }
    }

    fn update_cells(&mut self, pages: &Pages, changes: &mut InputChanges) {
        let (structure, sections) = (&self.structure.get().value, &self.sections);
        let update = self.cells.update(changes, || {
            let bodies = structure.pages_with_cells();
            let bodies: Vec<(PageId, &PageSections)> = bodies.iter().map(|id| (*id, sections.get(*id))).collect();
            let Diagnosed { value, diagnostics } = written_cells::collect(pages, structure, &bodies);
            let has_diagnostics = !diagnostics.is_empty();
            let quoted = Input::front_matter_of_ladder().filter(|_| has_diagnostics);
            let reads = [Input::Structure, Input::Sections].into_iter().chain(quoted);
            (Diagnosed::new(value, diagnostics), reads.collect())
        });
        let cells = &self.cells.get().value;
        if !update.is_valid() {
            changes.insert(Input::Cells);
            for level in cells.by_level.ids() {
                let is_same = self.ids.last(level).is_some_and(|ids| ids.are_of(&cells.written_for(level)));
                changes.insert_if(!is_same, Input::Statements(level));
            }
        }
    }

    fn update_ids(&mut self, pages: &Pages, changes: &mut InputChanges) {
        let (structure, cells, sections) = (&self.structure.get().value, &self.cells.get().value, &self.sections);
        let levels: Vec<LevelId> = structure.levels.ids().collect();
        let assign = |level: LevelId| {
            let page = structure.levels[level].page;
            let layout = &sections.get(page).layout;
            let ids = expectation_ids::assign(pages, layout, page, &cells.written_for(level));
            let reads = [Input::Page(page), Input::Layout(page), Input::Statements(level)];
            (ids, reads.into_iter().collect())
        };
        let updated = self.ids.update(&levels, changes, assign);
        for (level, update) in updated {
            let ids = self.ids.get(level);
            changes.insert_if(update.differs(|old| old.ids == ids.ids), Input::Cells);
        }
    }

    fn update_inheritance(&mut self, pages: &Pages, names: &Names, changes: &mut InputChanges) {
        let (structure, cells) = (&self.structure.get().value, &self.cells.get().value);
        let update = self.inheritance.update(changes, || {
            let lookup = NameLookup::new(names, pages);
            let of_levels = structure.levels.ids().map(|level| self.ids.get(level).ids.as_slice());
            let inherited = inherit::inherit(&lookup, structure, cells, &inherit::ids_of_all(cells, of_levels));
            lookup.record_all([Input::Structure, Input::Cells]);
            if !inherited.diagnostics.is_empty() {
                lookup.record_all(Input::front_matter_of_ladder());
            }
            (inherited, lookup.into_reads())
        });
        changes.insert_if(!update.is_valid(), Input::Cells);
    }

    fn update_ladder(&mut self, changes: &mut InputChanges) {
        let (structure, sections, cells) = (&self.structure.get().value, &self.sections, &self.cells.get().value);
        let inheritance = &self.inheritance.get().value;
        self.ladder.update(changes, || {
            let ids = structure.levels.ids().map(|level| self.ids.get(level));
            let is_prose_of_track =
                |page, body: &PageSections| matches!(structure.role(page), Some(Role::Track(_))) && body.is_prose();
            let bodies = structure.pages_with_cells().into_iter().map(|page| (page, sections.get(page)));
            let bodies: Vec<_> = bodies.filter(|(page, body)| !is_prose_of_track(*page, body)).collect();
            let ladder = assemble::finish(structure, &bodies, cells, inheritance, ids, &self.serves.get().value);
            let reads = [Input::Structure, Input::Sections, Input::Cells, Input::Served, Input::Positions];
            (Arc::new(ladder), reads.into_iter().collect())
        });
        // The same ladder by other ids of pages, or what else serves it, makes no difference to what reads it.
        let differs = changes.contains(&Input::Structure) || changes.contains(&Input::Cells);
        changes.insert_if(differs, Input::Ladder);
    }

    fn update_checks(&mut self, config: &Config, pages: &Pages, names: &Names, changes: &InputChanges) {
        let (ladder, cells) = (self.ladder.get(), &self.cells.get().value);
        self.level_checks.update(changes, || {
            let lookup = NameLookup::new(names, pages);
            // A level counts as empty only if it has no facets and no profile either.
            lookup.record_all([Input::Ladder, Input::Sections].into_iter().chain(Input::front_matter_of_ladder()));
            let diagnostics = check::levels(&lookup, ladder, &cells.uncertain, &cells.empty);
            (diagnostics, lookup.into_reads())
        });
        self.owners.update(changes, || (check::owners(config, pages), Input::all_front_matter().collect()));
        let levels: Vec<PageId> = ladder.levels.iter().map(|level| level.page).collect();
        let facets = |page| (check::facets(config, pages.get(page)), Reads::from_iter([Input::Page(page)]));
        self.facets.update(&levels, changes, facets);
    }
}

/// Builds the ladder from all pages.
pub fn build(config: &Config, pages: &Pages, names: &Names) -> Diagnosed<Arc<Ladder>> {
    let changes = &mut InputChanges::everything();
    let LadderUpdate { ladder, diagnostics, .. } = LadderCache::default().update(config, pages, names, changes);
    Diagnosed::new(ladder, diagnostics)
}
