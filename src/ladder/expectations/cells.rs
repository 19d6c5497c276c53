//! The third phase of the ladder: the cells and expectations in the bodies of levels, competencies and tracks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::catalog::{self, StepPlaces};
use crate::diagnostic::{Diagnosed, Diagnostic, Span, merge_repeated};
use crate::index_vec::IndexVec;
use crate::ladder::expectations::cell_conflicts::{CellConflicts, RepeatedCell};
use crate::ladder::expectations::empty_cells;
use crate::ladder::expectations::statement::Statement;
use crate::ladder::expectations::step_cells::StepCells;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::model::{Criteria, OwnExpectations, Written};
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::section::{Section, SectionKind};
use crate::ladder::structure::{Role, Structure, UncertainPages};
use crate::page::{PageId, Pages};

/// The contents of all cells.
#[derive(Debug)]
pub(crate) struct Cells {
    /// The expectations, in the order of files; those of one section follow each other.
    pub(crate) expectations: IndexVec<ExpectationId, WrittenExpectation>,
    /// The cells of each level.
    pub(crate) levels: IndexVec<LevelId, BTreeMap<CompetencyId, WrittenCell>>,
    /// The expectations of each level alone, outside competencies.
    pub(crate) own: IndexVec<LevelId, Vec<OwnExpectations>>,
    /// The criteria of the steps of each competency's scale.
    pub(crate) criteria: IndexVec<CompetencyId, Vec<Option<Criteria>>>,
    /// The competencies that tables say don't apply to a level.
    pub(crate) not_applicable: HashSet<(LevelId, CompetencyId)>,
    /// Cells with a heading but no expectations, which are reported.
    pub(crate) empty: HashSet<(LevelId, CompetencyId)>,
    /// The pages of which something was not understood.
    pub(crate) uncertain: UncertainPages,
}

/// An expectation as it is written.
#[derive(Debug)]
pub(crate) struct WrittenExpectation {
    /// The level that it is written for.
    pub(crate) level: LevelId,
    /// The competency of its cell; `None` if it's of its level alone.
    pub(crate) competency: Option<CompetencyId>,
    /// The page that it is written on.
    pub(crate) page: PageId,
    /// Its text.
    pub(crate) statement: Arc<Statement>,
    /// The statement's hash, copied here because it is compared with many others.
    pub(crate) hash: u64,
}

/// A cell as it is written.
#[derive(Debug)]
pub(crate) struct WrittenCell {
    pub(crate) written: Written,
    pub(crate) lines: Vec<ExpectationId>,
    /// Whether a table or a list names it.
    pub(crate) is_named_inside: bool,
}

/// Collects the cells in the bodies of levels and competencies. `bodies` are in the order of files.
pub(crate) fn collect(pages: &Pages, structure: &Structure, bodies: &[(PageId, &PageSections)]) -> Diagnosed<Cells> {
    let mut collector = Collector::new(pages, structure);
    for (id, body) in bodies {
        let is_track = matches!(structure.role(*id), Some(Role::Track(_)));
        if is_track && body.is_prose() {
            continue;
        }
        if !body.diagnostics.is_empty() {
            collector.cells.uncertain.insert(*id);
            // A table on a track's page may have been meant for any of its levels.
            if let Some(Role::Track(track)) = structure.role(*id) {
                let levels = structure.tracks[track].levels.iter().map(|level| structure.levels[*level].page);
                collector.cells.uncertain.extend(levels);
            }
        }
        collector.diagnostics.extend(body.diagnostics.iter().cloned());
        if body.diagnostics.is_empty() {
            collector.report_stray_raises(*id, body);
        }
        for section in &body.sections {
            collector.add(*id, section);
        }
        let of_texts = std::mem::take(&mut collector.text_problems);
        collector.diagnostics.extend(merge_repeated(of_texts));
    }
    collector.resolve_not_applicable();
    let repeated = std::mem::take(&mut collector.repeated_steps);
    collector.diagnostics.extend(repeated);
    let title_of = |id: CompetencyId| pages.get(structure.competencies[id].page).title.value.clone();
    let conflicts = std::mem::take(&mut collector.conflicts);
    collector.diagnostics.extend(conflicts.into_diagnostics(pages, title_of));
    let step_cells = std::mem::take(&mut collector.step_cells);
    collector.diagnostics.extend(step_cells.into_diagnostics(pages));
    Diagnosed::new(collector.cells, collector.diagnostics)
}

struct Collector<'a> {
    pages: &'a Pages,
    structure: &'a Structure,
    cells: Cells,
    diagnostics: Vec<Diagnostic>,
    /// The span of the first description of each step of a scale, and whether a table or a list names it.
    described: HashMap<(CompetencyId, usize), (Span, bool)>,
    conflicts: CellConflicts,
    /// The competencies that tables say don't apply to a level, each with its place.
    not_applicable: Vec<(LevelId, CompetencyId, Span)>,
    step_cells: StepCells,
    /// The problems of the texts of the current page.
    text_problems: Vec<Diagnostic>,
    /// Diagnostics of steps that are described twice, reported after all others of cells.
    repeated_steps: Vec<Diagnostic>,
}

impl<'a> Collector<'a> {
    fn new(pages: &'a Pages, structure: &'a Structure) -> Self {
        let levels = structure.levels.len();
        let no_criteria = structure.competencies.iter().map(|competency| vec![None; competency.steps.len()]);
        let cells = Cells {
            expectations: IndexVec::default(),
            levels: IndexVec::from_fn(levels, |_| BTreeMap::new()),
            own: IndexVec::from_fn(levels, |_| Vec::new()),
            criteria: no_criteria.collect(),
            not_applicable: HashSet::new(),
            empty: HashSet::new(),
            uncertain: structure.uncertain.clone(),
        };
        let (diagnostics, text_problems, described, repeated_steps) =
            (Vec::new(), Vec::new(), HashMap::new(), Vec::new());
        let (conflicts, step_cells, not_applicable) = (CellConflicts::default(), StepCells::default(), Vec::new());
        Self {
            pages,
            structure,
            cells,
            diagnostics,
            described,
            conflicts,
            not_applicable,
            step_cells,
            text_problems,
            repeated_steps,
        }
    }

    /// Reports `{raises=…}` on texts of a page that aren't expectations.
    fn report_stray_raises(&mut self, id: PageId, body: &PageSections) {
        let page = self.pages.get(id);
        if page.document.raises.is_empty() {
            return;
        }
        let statements = body.sections.iter().flat_map(|section| &section.written.text.statements);
        let used: HashSet<usize> = statements.flat_map(|one| &one.raises).map(|name| name.span.start).collect();
        let stray = page.document.raises.iter().filter(|span| !used.contains(&span.start));
        self.diagnostics.extend(stray.map(|span| catalog::raises_outside_expectation(page.span(span))));
    }

    /// Adds a section of a page.
    fn add(&mut self, page: PageId, section: &Section) {
        let other = match section.kind {
            SectionKind::Cell(other) => self.structure.role(other),
            SectionKind::LevelCell { level, competency } => {
                let roles = (self.structure.role(level), self.structure.role(competency));
                if let (Some(Role::Level(level)), Some(Role::Competency(competency))) = roles {
                    self.add_cell(level, competency, section);
                }
                return;
            }
            SectionKind::NotApplicable { level, competency } => {
                let roles = (self.structure.role(level), self.structure.role(competency));
                if let (Some(Role::Level(level)), Some(Role::Competency(competency))) = roles {
                    let span = self.pages.get(page).span(&section.written.heading.span);
                    self.not_applicable.push((level, competency, span));
                }
                return;
            }
            SectionKind::Own | SectionKind::Step(_) => None,
        };
        match (self.structure.role(page), section.kind, other) {
            (Some(Role::Level(level)), SectionKind::Own, _) => self.add_own(level, &section.written),
            (Some(Role::Level(level)), SectionKind::Cell(_), Some(Role::Competency(competency)))
            | (Some(Role::Competency(competency)), SectionKind::Cell(_), Some(Role::Level(level))) => {
                self.add_cell(level, competency, section);
            }
            (Some(Role::Competency(competency)), SectionKind::Step(step), _) => {
                self.add_step(competency, step, section);
            }
            _ => {}
        }
    }

    /// Adds the competencies that tables say don't apply to a level, and reports those that are written all the same.
    fn resolve_not_applicable(&mut self) {
        for (level, competency, span) in std::mem::take(&mut self.not_applicable) {
            let Some(cell) = self.cells.levels[level].get(&competency) else {
                self.cells.not_applicable.insert((level, competency));
                continue;
            };
            let title_of = |page| &self.pages.get(page).title.value;
            let (level, competency) = (self.structure.levels[level].page, self.structure.competencies[competency].page);
            let written = self.pages.get(cell.written.page).span(&cell.written.heading.span);
            let (competency, level) = (title_of(competency), title_of(level));
            self.diagnostics.push(catalog::written_although_not_applicable(span, competency, level, written));
        }
    }

    fn add_step(&mut self, competency: CompetencyId, step: usize, section: &Section) {
        let Written { page, section: text } = &section.written;
        let heading = &text.heading;
        let span = self.pages.get(*page).span(&heading.span);
        let criteria = &mut self.cells.criteria[competency][step];
        if criteria.is_none() {
            *criteria = Some(Criteria { anchor: heading.id.clone(), blocks: Arc::clone(&section.criteria) });
            self.described.insert((competency, step), (span, section.is_named_inside));
        } else if let Some((first, is_first_inside)) = self.described.get(&(competency, step)) {
            let is_in_block = *is_first_inside || section.is_named_inside;
            let places = if is_in_block { StepPlaces::Block } else { StepPlaces::Headings };
            self.repeated_steps.push(catalog::duplicate_step(span, first.clone(), places));
        }
    }

    fn add_own(&mut self, level: LevelId, written: &Written) {
        if written.text.statements.is_empty() {
            let page = self.pages.get(written.page);
            let (span, section) = (&written.heading.span, format!("the section `{}`", written.heading.text));
            self.diagnostics.extend(if written.text.is_empty() {
                Some(catalog::empty_cell(page.span(span), &section))
            } else {
                empty_cells::unread(page, span.clone(), &written.text, &section)
            });
        }
        let lines = self.add_expectations(level, None, written);
        self.cells.own[level].push(OwnExpectations { written: written.clone(), lines });
    }

    fn add_cell(&mut self, level: LevelId, competency: CompetencyId, section: &Section) {
        let (pages, structure, written) = (self.pages, self.structure, &section.written);
        let span = pages.get(written.page).span(&written.heading.span);
        let level_title = &pages.get(structure.levels[level].page).title.value;
        let competency_page = structure.competencies[competency].page;
        let title = &pages.get(competency_page).title.value;
        if let Some(WrittenCell { written: first, is_named_inside, .. }) = self.cells.levels[level].get(&competency) {
            self.conflicts.add_repeated(RepeatedCell {
                name: format!("{title} at {level_title}"),
                first: first.clone(),
                second: written.clone(),
                named_inside: (*is_named_inside, section.is_named_inside),
            });
            return;
        }
        if section.is_blank || written.text.is_empty() {
            self.diagnostics.push(catalog::empty_cell(span, &format!("{title} at {level_title}")));
            self.cells.empty.insert((level, competency));
            return;
        }
        if !structure.applies(level, competency) && !self.cells.uncertain.contains(pages, competency_page) {
            let because = structure.why_not_applicable(level, competency);
            if structure.levels[level].not_applicable.contains(&competency) {
                self.diagnostics.push(catalog::cell_not_applicable(span, title, level_title, because, Vec::new()));
            } else {
                self.conflicts.add_not_applicable((competency, because), span, level_title);
            }
        }
        self.step_cells.check(structure, (level, competency), written);
        if written.text.statements.is_empty() {
            self.cells.empty.insert((level, competency));
            self.diagnostics.extend(empty_cells::unread(
                pages.get(written.page),
                written.heading.span.clone(),
                &written.text,
                &format!("{title} at {level_title}"),
            ));
        }
        let lines = self.add_expectations(level, Some(competency), written);
        let (written, is_named_inside) = (written.clone(), section.is_named_inside);
        self.cells.levels[level].insert(competency, WrittenCell { written, lines, is_named_inside });
    }

    fn add_expectations(
        &mut self,
        level: LevelId,
        competency: Option<CompetencyId>,
        written: &Written,
    ) -> Vec<ExpectationId> {
        let page = self.pages.get(written.page);
        self.text_problems.extend(written.text.problems.iter().map(|problem| problem.diagnostic(page)));
        let mut ids = Vec::with_capacity(written.text.statements.len());
        for statement in &written.text.statements {
            let (page, hash, statement) = (written.page, statement.hash, Arc::clone(statement));
            ids.push(self.cells.expectations.push(WrittenExpectation { level, competency, page, statement, hash }));
        }
        ids
    }
}
