//! All phases of the ladder in order, each computed again only where its inputs differ.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::index_vec::IndexVec;
use crate::ladder::assemble::{self, FilledCells};
use crate::ladder::cache_inputs;
use crate::ladder::cache_inputs::{Input, InputChanges};
use crate::ladder::check;
use crate::ladder::expectations::expectation_ids::{self, LevelIds};
use crate::ladder::id_types::LevelId;
use crate::ladder::model::Ladder;
use crate::ladder::name_index::Names;
use crate::ladder::page_names::NameLookup;
use crate::ladder::sections::page_sections::{self, PageSections};
use crate::ladder::structure::{self, Role, Structure};
use crate::memo::{Memo, MemoVec, Update};
use crate::page::{PageId, Pages};

/// The phases of the last ladder.
#[derive(Debug, Default)]
pub struct LadderCache {
    structure: Memo<Input, Diagnosed<Arc<Structure>>>,
    sections: MemoVec<PageId, Input, PageSections>,
    cells: Memo<Input, Diagnosed<Arc<FilledCells>>>,
    ids: MemoVec<LevelId, Input, Arc<LevelIds>>,
    ladder: Memo<Input, Arc<Ladder>>,
    /// The diagnostics of cells and profiles of levels.
    level_checks: Memo<Input, Vec<Diagnostic>>,
    /// The diagnostics of owners and facets.
    configured: Memo<Input, Vec<Diagnostic>>,
}

impl LadderCache {
    /// Builds the ladder from all pages, and adds its differences from the last one to `changes`.
    pub fn update(
        &mut self,
        config: &Config,
        pages: &Pages,
        names: &Names,
        changes: &mut InputChanges,
    ) -> Diagnosed<Arc<Ladder>> {
        self.update_structure(config, pages, names, changes);
        self.update_sections(pages, names, changes);
        self.update_cells(pages, changes);
        self.update_ids(pages, changes);
        self.update_ladder(changes);
        self.update_checks(config, pages, names, changes);
        let diagnostics = self.structure.get().diagnostics.iter().chain(&self.cells.get().diagnostics);
        let levels = self.cells.get().value.by_level.ids();
        let diagnostics = diagnostics.chain(levels.flat_map(|level| &self.ids.get(level).diagnostics));
        let diagnostics = diagnostics.chain(self.level_checks.get()).chain(self.configured.get());
        Diagnosed::new(Arc::clone(self.ladder.get()), diagnostics.cloned().collect())
    }

    /// The number of times that each phase was computed; for phases that are computed page by page, the number of
    /// pages.
    #[must_use]
    pub fn computed(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("structure", self.structure.computed()),
            ("sections", self.sections.computed()),
            ("cells", self.cells.computed()),
            ("ids", self.ids.computed()),
            ("ladder", self.ladder.computed()),
        ]
    }

    /// Forgets what was cached by the positions of pages, after these have changed.
    pub fn forget_positions(&mut self) {
        self.sections.clear();
        self.ids.clear();
    }

    fn update_structure(&mut self, config: &Config, pages: &Pages, names: &Names, changes: &mut InputChanges) {
        let update = self.structure.update(changes, || {
            let lookup = NameLookup::new(names, pages);
            lookup.record_all([Input::Outline, Input::Positions]);
            let Diagnosed { value, mut diagnostics } = structure::build(config, &lookup);
            diagnostics.extend(check::ids(pages));
            if !diagnostics.is_empty() || !value.uncertain.is_empty() {
                lookup.record_diagnostic();
            }
            (Diagnosed::new(Arc::new(value), diagnostics), lookup.into_reads())
        });
        let structure = &self.structure.get().value;
        changes.insert_if(!update.is_valid(), Input::Structure);
        changes.insert_if(update.differs(|old| structure.has_same_members(&old.value)), Input::Membership);
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
            let Diagnosed { value, diagnostics } = assemble::fill(pages, structure, &bodies);
            let has_diagnostics = !diagnostics.is_empty();
            let quoted = Input::front_matter_of_ladder().filter(|_| has_diagnostics);
            let reads = [Input::Structure, Input::Sections].into_iter().chain(quoted);
            (Diagnosed::new(Arc::new(value), diagnostics), reads.into_iter().collect())
        });
        let cells = &self.cells.get().value;
        match update {
            Update::Valid => {}
            Update::New => changes.insert(Input::Cells),
            Update::Replaced(old) => {
                changes.insert(Input::Cells);
                for level in cells.by_level.ids() {
                    let is_same =
                        old.value.by_level.get(level).is_some() && cells.has_same_statements(&old.value, level);
                    changes.insert_if(!is_same, Input::Statements(level));
                }
            }
        }
    }

    fn update_ids(&mut self, pages: &Pages, changes: &mut InputChanges) {
        let (structure, cells) = (&self.structure.get().value, &self.cells.get().value);
        let levels: Vec<LevelId> = structure.levels.ids().collect();
        let assign = |level: LevelId| {
            let page = structure.levels[level].page;
            let layout = cells.layouts.get(&page).map_or(&pages.get(page).layout, |layout| layout);
            let ids = expectation_ids::assign(pages, layout, page, &cells.written_for(level));
            let reads = [Input::Page(page), Input::Layout(page), Input::Statements(level)];
            (Arc::new(ids), reads.into_iter().collect())
        };
        let updated = self.ids.update(&levels, changes, assign);
        for (level, update) in updated {
            let ids = self.ids.get(level);
            changes.insert_if(update.differs(|old| old.ids == ids.ids), Input::Cells);
        }
    }

    fn update_ladder(&mut self, changes: &mut InputChanges) {
        let (structure, cells, ids) = (&self.structure.get().value, &self.cells.get().value, &self.ids);
        let update = self.ladder.update(changes, || {
            let ids: IndexVec<LevelId, _> = structure.levels.ids().map(|level| Arc::clone(ids.get(level))).collect();
            let ladder = assemble::finish(structure, cells, &ids);
            (Arc::new(ladder), [Input::Structure, Input::Cells].into_iter().collect())
        });
        changes.insert_if(!update.is_valid(), Input::Ladder);
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
        self.configured
            .update(changes, || (check::configured_names(config, pages), Input::all_front_matter().collect()));
    }
}

/// Builds the ladder from all pages.
pub fn build(config: &Config, pages: &Pages, names: &Names) -> Diagnosed<Arc<Ladder>> {
    LadderCache::default().update(config, pages, names, &mut cache_inputs::InputChanges::everything())
}
