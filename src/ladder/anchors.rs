//! The ids of what pages of levels and competencies show beside the author's text, so that links to them can be checked.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::assemble::Assembly;
use super::compare::is_comparable;
use super::model::{Anchors, CompetencyId, Ladder, LevelId};
use crate::config::Facet;
use crate::markdown::headings;
use crate::name;
use crate::page::{Matter, PageId};

/// Gives ids to the sections, facets and cells of levels' pages, and to the steps and cells of competencies' pages. Cells
/// keep the ids of their headings where they are written.
pub(super) fn name_anchors(assembly: &mut Assembly<'_>) {
    let wanted = Wanted::of(assembly);
    let of = &*assembly;
    let levels = (0..of.ladder.levels.len()).into_par_iter().map(LevelId);
    let levels: Vec<_> = levels.map(|id| anchors_of(of, id, &wanted)).collect();
    let competencies = (0..of.ladder.competencies.len()).into_par_iter().map(CompetencyId);
    let competencies: Vec<_> = competencies.map(|id| anchors_of_competency(of, id, &wanted)).collect();
    let Ladder { levels: all_levels, competencies: all_competencies, layouts, .. } = &mut assembly.ladder;
    for (level, (anchors, shown)) in all_levels.iter_mut().zip(levels) {
        level.anchors = anchors;
        layouts.entry(level.page).or_default().anchors.extend(shown);
    }
    for (competency, (cells, steps, shown)) in all_competencies.iter_mut().zip(competencies) {
        competency.anchors = cells;
        for (step, anchor) in competency.scale.iter_mut().zip(steps) {
            step.anchor = anchor;
        }
        layouts.entry(competency.page).or_default().anchors.extend(shown);
    }
}

/// The ids that are wanted on many pages, and what they depend on.
struct Wanted {
    facets: Vec<String>,
    /// Of the levels' titles.
    levels: Vec<String>,
    /// Of the competencies' titles.
    competencies: Vec<String>,
    /// The levels that a move starts or ends at.
    moved: HashSet<LevelId>,
}

impl Wanted {
    fn of(assembly: &Assembly<'_>) -> Self {
        let Ladder { levels, competencies, moves, .. } = &assembly.ladder;
        let title = |page: PageId| name::anchor(&assembly.pages.get(page).title.value);
        Self {
            facets: assembly.config.facets.iter().map(|facet| name::anchor(&facet.id)).collect(),
            levels: levels.iter().map(|level| title(level.page)).collect(),
            competencies: competencies.iter().map(|competency| title(competency.page)).collect(),
            moved: moves.iter().flat_map(|one| [one.from, one.to]).collect(),
        }
    }
}

/// Takes an id, with a number behind it where it is taken already.
pub(super) fn free(taken: &mut HashSet<Cow<'_, str>>, wanted: &str) -> String {
    let mut id = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(Cow::Owned(id.clone())) {
        id = format!("{wanted}-{number}");
        number += 1;
    }
    id
}

/// The ids that no generated one may repeat: those that can be linked to, and those of all headings of the text.
pub(super) fn taken_on<'a>(assembly: &'a Assembly<'_>, page: PageId) -> HashSet<Cow<'a, str>> {
    let anchors = &assembly.ladder.layout(assembly.pages, page).anchors;
    let mut taken: HashSet<Cow<'a, str>> = anchors.iter().map(|id| Cow::Borrowed(id.as_str())).collect();
    headings(&assembly.pages.get(page).blocks, &mut |heading| {
        taken.insert(Cow::Borrowed(&heading.id));
    });
    taken
}

/// A level's anchors, and those among them (and among its cells' groups) that its page really shows.
fn anchors_of(assembly: &Assembly<'_>, id: LevelId, wanted: &Wanted) -> (Anchors, Vec<String>) {
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
    anchors.facets = wanted.facets.iter().map(|facet| free(&mut taken, facet)).collect();
    for competency in assembly.ladder.competencies_of(id) {
        let title = &wanted.competencies[competency.0];
        anchors.cells.entry(competency).or_insert_with(|| free(&mut taken, title));
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
        (&anchors.ways, comes || wanted.moved.contains(&id) || !level.leads_to.is_empty()),
    ];
    let facets = facets.iter().zip(&anchors.facets).map(|(facet, anchor)| (anchor, written(facet)));
    let present = facets.chain(sections).filter(|(_, present)| *present).map(|(anchor, _)| anchor.clone());
    shown.extend(present.chain(anchors.cells.values().cloned()));
    (anchors, shown)
}

/// The ids of a competency's cells and steps, and those among them (and among its cells' groups) that its page shows.
fn anchors_of_competency(
    assembly: &Assembly<'_>,
    id: CompetencyId,
    wanted: &Wanted,
) -> (BTreeMap<LevelId, String>, Vec<String>, Vec<String>) {
    let competency = assembly.ladder.competency(id);
    let mut taken = taken_on(assembly, competency.page);
    let mut shown = Vec::new();
    let mut cells: BTreeMap<LevelId, String> = BTreeMap::new();
    for level in &competency.levels {
        let written = assembly.ladder.level(*level).cells.get(&id).and_then(|cell| cell.written.as_ref());
        if let Some(written) = written.filter(|written| written.page == competency.page) {
            cells.insert(*level, written.heading.id.clone());
            shown.extend(written.text.groups());
        }
    }
    let mut step = |step: &super::model::Step| match step.anchor.as_str() {
        "" => free(&mut taken, &name::anchor(&step.name)),
        own => own.to_owned(),
    };
    let steps: Vec<String> = competency.scale.iter().map(&mut step).collect();
    for level in &competency.levels {
        cells.entry(*level).or_insert_with(|| free(&mut taken, &wanted.levels[level.0]));
    }
    shown.extend(cells.values().chain(&steps).cloned());
    (cells, steps, shown)
}
