//! The ids of what pages of levels and competencies show beside the author's text, so that links to them can be checked.

use std::collections::{BTreeMap, HashSet};

use super::assemble::Assembly;
use super::compare::is_comparable;
use super::model::{Anchors, CompetencyId, LevelId};
use crate::config::Facet;
use crate::markdown::headings;
use crate::name;
use crate::page::{Matter, PageId};

/// Gives ids to the sections, facets and cells of levels' pages, and to the steps and cells of competencies' pages. Cells
/// keep the ids of their headings where they are written.
pub(super) fn name_anchors(assembly: &mut Assembly<'_>) {
    let moved: HashSet<LevelId> = assembly.ladder.moves.iter().flat_map(|one| [one.from, one.to]).collect();
    for at in 0..assembly.ladder.levels.len() {
        let id = LevelId(at);
        let page = assembly.ladder.level(id).page;
        let (anchors, shown) = anchors_of(assembly, id, moved.contains(&id));
        assembly.ladder.layouts.entry(page).or_default().anchors.extend(shown);
        assembly.ladder.levels[at].anchors = anchors;
    }
    for at in 0..assembly.ladder.competencies.len() {
        name_competency(assembly, CompetencyId(at));
    }
}

/// Takes an id, with a number behind it where it is taken already.
pub(super) fn free(taken: &mut HashSet<String>, wanted: &str) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    for id in std::iter::once(wanted.to_owned()).chain(numbered) {
        if taken.insert(id.clone()) {
            return id;
        }
    }
    wanted.to_owned()
}

/// The ids that no generated one may repeat: those that can be linked to, and those of all headings of the text.
fn taken_on(assembly: &Assembly<'_>, page: PageId) -> HashSet<String> {
    let mut taken = assembly.ladder.layout(assembly.pages, page).anchors.clone();
    headings(&assembly.pages.get(page).blocks, &mut |heading| {
        taken.insert(heading.id.clone());
    });
    taken
}

/// A level's anchors, and those among them (and among its cells' groups) that its page really shows.
fn anchors_of(assembly: &Assembly<'_>, id: LevelId, moved: bool) -> (Anchors, Vec<String>) {
    let level = assembly.ladder.level(id);
    let mut taken = taken_on(assembly, level.page);
    let mut shown = Vec::new();
    let mut anchors = Anchors::default();
    for (competency, cell) in &level.cells {
        let Some(written) = cell.written.as_ref().filter(|written| written.page == level.page) else { continue };
        anchors.cells.insert(*competency, written.heading.id.clone());
        shown.extend(written.text.groups());
    }
    for own in &level.own {
        shown.push(own.written.heading.id.clone());
        shown.extend(own.written.text.groups());
    }
    let facets = &assembly.config.facets;
    anchors.facets = facets.iter().map(|facet| free(&mut taken, &name::anchor(&facet.id))).collect();
    for competency in assembly.ladder.competencies_of(id) {
        anchors.cells.entry(competency).or_insert_with(|| {
            let title = &assembly.pages.get(assembly.ladder.competency(competency).page).title.value;
            free(&mut taken, &name::anchor(title))
        });
    }
    anchors.changes = free(&mut taken, "whats-new");
    anchors.expectations = free(&mut taken, "expectations");
    anchors.ways = free(&mut taken, "ways");
    let written = |facet: &Facet| match &assembly.pages.get(level.page).matter {
        Matter::Level(matter) => {
            matter.facets.iter().any(|(name, blocks)| name.value == facet.id && !blocks.is_empty())
        }
        _ => false,
    };
    let comes = !level.comes_from.is_empty();
    let compared = level.comes_from.iter().any(|before| is_comparable(&assembly.ladder, *before, id));
    let sections = [
        (&anchors.changes, compared),
        (&anchors.expectations, !anchors.cells.is_empty() || !level.own.is_empty()),
        (&anchors.ways, comes || moved || !level.leads_to.is_empty()),
    ];
    let facets = facets.iter().zip(&anchors.facets).map(|(facet, anchor)| (anchor, written(facet)));
    let present = facets.chain(sections).filter(|(_, present)| *present).map(|(anchor, _)| anchor.clone());
    shown.extend(present.chain(anchors.cells.values().cloned()));
    (anchors, shown)
}

fn name_competency(assembly: &mut Assembly<'_>, id: CompetencyId) {
    let competency = assembly.ladder.competency(id);
    let page = competency.page;
    let mut taken = taken_on(assembly, page);
    let mut shown = Vec::new();
    let mut cells: BTreeMap<LevelId, String> = BTreeMap::new();
    for level in &competency.levels {
        let written = assembly.ladder.level(*level).cells.get(&id).and_then(|cell| cell.written.as_ref());
        if let Some(written) = written.filter(|written| written.page == page) {
            cells.insert(*level, written.heading.id.clone());
            shown.extend(written.text.groups());
        }
    }
    let step = |step: &super::model::Step, taken: &mut HashSet<String>| match step.anchor.as_str() {
        "" => free(taken, &name::anchor(&step.name)),
        own => own.to_owned(),
    };
    let steps: Vec<String> = competency.scale.iter().map(|one| step(one, &mut taken)).collect();
    for level in &competency.levels {
        let title = &assembly.pages.get(assembly.ladder.level(*level).page).title.value;
        cells.entry(*level).or_insert_with(|| free(&mut taken, &name::anchor(title)));
    }
    shown.extend(cells.values().chain(&steps).cloned());
    assembly.ladder.layouts.entry(page).or_default().anchors.extend(shown);
    let competency = &mut assembly.ladder.competencies[id.0];
    competency.anchors = cells;
    for (step, anchor) in competency.scale.iter_mut().zip(steps) {
        step.anchor = anchor;
    }
}
