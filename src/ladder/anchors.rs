//! The ids of what pages of levels and competencies show beside the author's text, so that links to them can be checked.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::Assembly;
use super::compare::is_comparable;
use super::ids;
use super::model::{Anchors, Cell, CompetencyId, Expectation, Ladder, LevelId, Written};
use super::statement::Statement;
use crate::config::Facet;
use crate::diagnostic::Diagnostic;
use crate::markdown::headings;
use crate::name;
use crate::page::{FrontMatter, Kind, Layout, Page, PageId};

/// The ids that were given last, as long as the ladder's frame stays.
#[derive(Debug, Default)]
pub(super) struct Ids {
    wanted: Option<Wanted>,
    levels: HashMap<LevelId, Arc<Named>>,
    competencies: HashMap<CompetencyId, Arc<NamedCompetency>>,
}

impl Ids {
    /// Takes in that pages of a kind may have other titles.
    pub(super) fn retitle(&mut self, kind: Kind) {
        match kind {
            Kind::Competency => *self = Self::default(),
            // Only the pages of competencies have ids made of levels' titles.
            Kind::Level => (self.wanted, self.competencies) = (None, HashMap::new()),
            _ => {}
        }
    }
}

/// The ids of one level's page.
#[derive(Debug)]
struct Named {
    of: Inputs,
    expectations: Vec<Arc<str>>,
    anchors: Arc<Anchors>,
    layout: Arc<Layout>,
    diagnostics: Vec<Diagnostic>,
}

/// All that the ids of a level's page depend on, beside the frame.
#[derive(Debug)]
struct Inputs {
    page: Arc<Page>,
    lines: Vec<Arc<Statement>>,
    /// The competencies whose cells are written on the level's own page.
    written: Vec<CompetencyId>,
    competencies: Vec<CompetencyId>,
    compared: bool,
}

impl Inputs {
    fn of(assembly: &Assembly<'_>, id: LevelId, lines: &[&Expectation]) -> Self {
        Self {
            page: Arc::clone(assembly.pages.share(assembly.ladder.level(id).page)),
            lines: lines.iter().map(|one| Arc::clone(&one.statement)).collect(),
            written: written_on_page(assembly, id).collect(),
            competencies: assembly.ladder.competencies_of(id),
            compared: is_compared(assembly, id),
        }
    }

    /// Whether the ids must be the same: text counts as another one when it has been read again.
    fn are(&self, assembly: &Assembly<'_>, id: LevelId, lines: &[&Expectation]) -> bool {
        let is_same = |(known, one): (&Arc<Statement>, &&Expectation)| Arc::ptr_eq(known, &one.statement);
        Arc::ptr_eq(&self.page, assembly.pages.share(assembly.ladder.level(id).page))
            && self.lines.len() == lines.len()
            && self.lines.iter().zip(lines).all(is_same)
            && self.written.iter().copied().eq(written_on_page(assembly, id))
            && self.compared == is_compared(assembly, id)
            && self.competencies == assembly.ladder.competencies_of(id)
    }
}

/// The competencies whose cells are written on the level's own page.
fn written_on_page(assembly: &Assembly<'_>, id: LevelId) -> impl Iterator<Item = CompetencyId> {
    let level = assembly.ladder.level(id);
    let here = |cell: &Cell| cell.written.as_ref().is_some_and(|written| written.page == level.page);
    level.cells.iter().filter(move |(_, cell)| here(cell)).map(|(id, _)| *id)
}

/// Whether a level's page says what is new there.
fn is_compared(assembly: &Assembly<'_>, id: LevelId) -> bool {
    let ladder = &assembly.ladder;
    ladder.level(id).comes_from.iter().any(|before| is_comparable(ladder, *before, id))
}

/// Gives ids to expectations, to the sections, facets and cells of levels' pages, and to the steps and cells of
/// competencies' pages. Cells keep the ids of their headings where they are written.
pub(super) fn name_all(assembly: &mut Assembly<'_>, known: &mut Ids) {
    ids::placeholders(assembly);
    let Ids { wanted, levels: known, competencies: known_competencies } = known;
    let wanted = &*wanted.get_or_insert_with(|| Wanted::of(assembly));
    let mut of_level: Vec<Vec<&Expectation>> = vec![Vec::new(); assembly.ladder.levels.len()];
    for expectation in &assembly.ladder.expectations {
        of_level[expectation.level.0].push(expectation);
    }
    let of = &*assembly;
    let named = |(at, lines): (usize, &Vec<&Expectation>)| {
        let id = LevelId(at);
        let same = known.get(&id).filter(|known| known.of.are(of, id, lines));
        same.map_or_else(|| Arc::new(name_level(of, id, lines, Inputs::of(of, id, lines), wanted)), Arc::clone)
    };
    let levels: Vec<Arc<Named>> = of_level.par_iter().enumerate().map(named).collect();
    let competencies = (0..of.ladder.competencies.len()).into_par_iter().map(CompetencyId);
    let named = |id: CompetencyId| {
        let same = known_competencies.get(&id).filter(|known| known.holds(of, id));
        same.map_or_else(|| Arc::new(name_competency(of, id, wanted)), Arc::clone)
    };
    let competencies: Vec<Arc<NamedCompetency>> = competencies.map(named).collect();
    let mut ids: Vec<_> = levels.iter().map(|named| named.expectations.iter()).collect();
    let Ladder { levels: all_levels, competencies: all_competencies, expectations, layouts, .. } = &mut assembly.ladder;
    for expectation in expectations {
        expectation.id = ids[expectation.level.0].next().map_or_else(|| "".into(), Arc::clone);
    }
    for (level, named) in all_levels.iter_mut().zip(&levels) {
        level.anchors = Arc::clone(&named.anchors);
        layouts.insert(level.page, Arc::clone(&named.layout));
        assembly.diagnostics.extend(named.diagnostics.iter().cloned());
    }
    for (competency, named) in all_competencies.iter_mut().zip(&competencies) {
        competency.anchors = Arc::clone(&named.cells);
        for (step, anchor) in competency.scale.iter_mut().zip(&named.steps) {
            step.anchor.clone_from(anchor);
        }
        layouts.insert(competency.page, Arc::clone(&named.layout));
    }
    known.extend(levels.into_iter().enumerate().map(|(at, named)| (LevelId(at), named)));
    known_competencies.extend(competencies.into_iter().enumerate().map(|(at, named)| (CompetencyId(at), named)));
}

/// The ids that are wanted on many pages, and what they depend on.
#[derive(Debug)]
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
fn taken_on<'a>(assembly: &'a Assembly<'_>, page: PageId) -> HashSet<Cow<'a, str>> {
    let anchors = &assembly.ladder.layout(assembly.pages, page).anchors;
    let mut taken: HashSet<Cow<'a, str>> = anchors.iter().map(|id| Cow::Borrowed(id.as_str())).collect();
    headings(&assembly.pages.get(page).blocks, &mut |heading| {
        taken.insert(Cow::Borrowed(&heading.id));
    });
    taken
}

/// Gives a level's page its ids. Those that it really shows can be linked to.
fn name_level(assembly: &Assembly<'_>, id: LevelId, lines: &[&Expectation], of: Inputs, wanted: &Wanted) -> Named {
    let level = assembly.ladder.level(id);
    let mut taken = taken_on(assembly, level.page);
    let (expectations, diagnostics) = ids::name(assembly, level.page, lines, &mut taken);
    let mut anchors = Anchors::default();
    let mut shown: Vec<String> = expectations.iter().map(ToString::to_string).collect();
    for competency in &of.written {
        let Some(written) = &level.cells[competency].written else { continue };
        anchors.cells.insert(*competency, written.heading.id.clone());
        shown.extend(written.text.groups());
    }
    for own in &level.own {
        shown.push(own.written.heading.id.clone());
        shown.extend(own.written.text.groups());
    }
    anchors.facets = wanted.facets.iter().map(|facet| free(&mut taken, facet)).collect();
    for competency in &of.competencies {
        let title = &wanted.competencies[competency.0];
        anchors.cells.entry(*competency).or_insert_with(|| free(&mut taken, title));
    }
    anchors.changes = free(&mut taken, "whats-new");
    anchors.expectations = free(&mut taken, "expectations");
    anchors.ways = free(&mut taken, "ways");
    let ways = !level.comes_from.is_empty() || !level.leads_to.is_empty() || wanted.moved.contains(&id);
    let sections = [
        (&anchors.changes, of.compared),
        (&anchors.expectations, !anchors.cells.is_empty() || !level.own.is_empty()),
        (&anchors.ways, ways),
    ];
    let facets = &assembly.config.facets;
    let facets = facets.iter().zip(&anchors.facets).map(|(facet, anchor)| (anchor, has_facet(&of.page, facet)));
    let present = facets.chain(sections).filter(|(_, present)| *present).map(|(anchor, _)| anchor.clone());
    shown.extend(present.chain(anchors.cells.values().cloned()));
    let mut layout = assembly.ladder.layout(assembly.pages, level.page).clone();
    layout.anchors.extend(shown);
    Named { of, expectations, anchors: Arc::new(anchors), layout: Arc::new(layout), diagnostics }
}

/// Whether a level's page says something of a facet.
fn has_facet(level: &Page, facet: &Facet) -> bool {
    match &level.front_matter {
        FrontMatter::Level(front_matter) => {
            front_matter.facets.iter().any(|(name, blocks)| name.value == facet.id && !blocks.is_empty())
        }
        _ => false,
    }
}

/// The ids of one competency's page.
#[derive(Debug)]
struct NamedCompetency {
    /// What its body was split into, which is made anew whenever that is read again.
    of: Arc<Layout>,
    /// Its levels, each with its cell if that is written on the competency's own page.
    levels: Vec<(LevelId, Option<Arc<Written>>)>,
    cells: Arc<BTreeMap<LevelId, String>>,
    steps: Vec<String>,
    layout: Arc<Layout>,
}

impl NamedCompetency {
    /// Whether the ids must be the same as those.
    fn holds(&self, assembly: &Assembly<'_>, id: CompetencyId) -> bool {
        let page = assembly.ladder.competency(id).page;
        let pointer = |written: Option<&Arc<Written>>| written.map(Arc::as_ptr);
        let known = self.levels.iter().map(|(level, written)| (*level, pointer(written.as_ref())));
        let now = levels_of(assembly, id).map(|(level, written)| (level, pointer(written)));
        assembly.ladder.layouts.get(&page).is_some_and(|layout| Arc::ptr_eq(layout, &self.of)) && known.eq(now)
    }
}

/// A competency's levels, each with its cell if that is written on the competency's own page.
fn levels_of<'a>(
    assembly: &'a Assembly<'_>,
    id: CompetencyId,
) -> impl Iterator<Item = (LevelId, Option<&'a Arc<Written>>)> {
    let competency = assembly.ladder.competency(id);
    competency.levels.iter().map(move |level| {
        let written = assembly.ladder.level(*level).cells.get(&id).and_then(|cell| cell.written.as_ref());
        (*level, written.filter(|written| written.page == competency.page))
    })
}

/// Gives a competency's page the ids of its cells and steps. Those that it really shows can be linked to.
fn name_competency(assembly: &Assembly<'_>, id: CompetencyId, wanted: &Wanted) -> NamedCompetency {
    let competency = assembly.ladder.competency(id);
    let mut taken = taken_on(assembly, competency.page);
    let mut shown = Vec::new();
    let mut cells: BTreeMap<LevelId, String> = BTreeMap::new();
    for (level, written) in levels_of(assembly, id) {
        if let Some(written) = written {
            cells.insert(level, written.heading.id.clone());
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
    let of = assembly.ladder.layouts.get(&competency.page).map_or_else(Arc::default, Arc::clone);
    let mut layout = Layout::clone(&of);
    layout.anchors.extend(shown);
    let levels = levels_of(assembly, id).map(|(level, written)| (level, written.cloned())).collect();
    NamedCompetency { of, levels, cells: Arc::new(cells), steps, layout: Arc::new(layout) }
}
