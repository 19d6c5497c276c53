//! The check for sections that look like cells but whose headings name no competency or level: of a competency that was
//! deleted or renamed, or of a draft.

use std::cell::{LazyCell, OnceCell};
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::catalog::{self, OwnExpectationsPlace, WrittenHeading};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ladder::expectations::cells::{Cells, WrittenCell};
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::sections::level_words::{LevelWords, looks_like_step};
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::section::{Section, SectionKind, Unnamed, UnnamedSection, are_paragraphs};
use crate::ladder::sections::written_heading::written_heading;
use crate::ladder::structure::{Role, Structure};
use crate::markdown::Block;
use crate::name::fold;
use crate::page::{Kind, Page, PageId, Pages};

/// Reports the sections of all pages that name no cell: those with the same heading on several pages once, as an error if
/// they have lists, because that heading has most likely named a cell; and drafts. The pages with errors are marked as
/// uncertain.
pub(crate) fn check(
    pages: &Pages,
    structure: &Structure,
    cells: &mut Cells,
    bodies: &[(PageId, &PageSections)],
) -> Vec<Diagnostic> {
    if bodies.iter().all(|(_, body)| body.unnamed.is_empty()) {
        return Vec::new();
    }
    let check = UnnamedCheck::new(pages, structure, cells, bodies);
    let groups = check.groups();
    let diagnostics = groups.iter().map(|group| check.report(group)).collect();
    let with_errors = groups.iter().filter(|group| group.is_error(pages)).flat_map(|group| &group.sections);
    let uncertain: Vec<PageId> = with_errors.map(|(id, _)| *id).collect();
    cells.uncertain.extend(uncertain);
    diagnostics
}

/// The sections whose headings have the same name, in order.
struct Group<'s> {
    named: Unnamed,
    kind: Kind,
    sections: Vec<(PageId, &'s UnnamedSection)>,
}

impl<'s> Group<'s> {
    /// The sections with lists.
    fn with_lists(&self) -> impl Iterator<Item = &(PageId, &'s UnnamedSection)> {
        self.sections.iter().filter(|(_, section)| section.named != Unnamed::Paragraphs)
    }

    /// Whether the heading has most likely named a cell, and not a part of all pages that isn't about expectations.
    fn is_error(&self, pages: &Pages) -> bool {
        let mut with_lists = self.with_lists();
        !matches!(self.named, Unnamed::Unknown(None) | Unnamed::Paragraphs)
            || (self.with_lists().count() > 1
                && with_lists.any(|(id, section)| has_expectations(pages.get(*id), section)))
    }
}

struct UnnamedCheck<'a> {
    pages: &'a Pages,
    structure: &'a Structure,
    bodies: &'a [(PageId, &'a PageSections)],
    /// The cells and steps on each page with sections that name none.
    page_cells: HashMap<PageId, PageCells>,
    /// The competencies that have cells.
    with_cells: HashSet<CompetencyId>,
    /// The levels with cells that are written on the pages of levels.
    with_own_cells: HashSet<LevelId>,
    /// Whether the page of any competency has cells.
    has_cells_by_competency: OnceCell<bool>,
}

/// The cells and steps of a page.
#[derive(Default)]
struct PageCells {
    /// The levels of the headings of cells.
    heading_levels: BTreeSet<u8>,
    /// The first block of the cells.
    first_start: Option<usize>,
    /// The number of steps, and the levels of their headings.
    steps: usize,
    step_levels: BTreeSet<u8>,
    /// The first end and the last start of sections under headings.
    first_end: Option<usize>,
    last_start: Option<usize>,
    /// Whether sections under headings have only paragraphs.
    are_paragraphs: bool,
    /// Whether several lists are under headings that look like levels: `Level 3`, `Junior`.
    is_by_level: bool,
}

impl PageCells {
    fn of(page: &Page, body: &PageSections, level_words: &LevelWords) -> Self {
        let mut cells = Self { are_paragraphs: true, ..Self::default() };
        for section in &body.sections {
            let level = section.written.heading.level;
            match section.kind {
                SectionKind::Cell(_) => {
                    cells.heading_levels.insert(level);
                    let start = section.blocks.start;
                    cells.first_start = Some(cells.first_start.map_or(start, |first| first.min(start)));
                }
                SectionKind::Step(_) => {
                    cells.steps += 1;
                    cells.step_levels.insert(level);
                }
                SectionKind::LevelCell { .. } | SectionKind::NotApplicable { .. } | SectionKind::Own => {}
            }
            if !section.is_named_inside {
                let (start, end) = (section.blocks.start, section.blocks.end);
                cells.first_end = Some(cells.first_end.map_or(end, |first| first.min(end)));
                cells.last_start = Some(cells.last_start.map_or(start, |last| last.max(start)));
                cells.are_paragraphs &= are_paragraphs(&page.blocks[section.blocks.clone()]);
            }
        }
        let with_lists = body.unnamed.iter().filter(|section| section.named != Unnamed::Paragraphs);
        cells.is_by_level = with_lists.filter(|section| level_words.are_in(&section.heading.text)).count() > 1;
        cells
    }
}

impl<'a> UnnamedCheck<'a> {
    fn new(
        pages: &'a Pages,
        structure: &'a Structure,
        cells: &'a Cells,
        bodies: &'a [(PageId, &'a PageSections)],
    ) -> Self {
        let titles = || structure.levels.iter().map(|level| pages.get(level.page).title.value.as_str());
        let level_words = LazyCell::new(|| LevelWords::of(titles()));
        let with_unnamed = bodies.iter().filter(|(_, body)| !body.unnamed.is_empty());
        let page_cells =
            with_unnamed.map(|(id, body)| (*id, PageCells::of(pages.get(*id), body, &level_words))).collect();
        let with_cells = cells.levels.iter().flat_map(|cells| cells.keys().copied()).collect();
        let is_on_level = |cell: &WrittenCell| pages.get(cell.written.page).kind == Kind::Level;
        let with_own_cells = cells.levels.iter_enumerated().filter(|(_, cells)| cells.values().any(is_on_level));
        let with_own_cells = with_own_cells.map(|(level, _)| level).collect();
        let has_cells_by_competency = OnceCell::new();
        Self { pages, structure, bodies, page_cells, with_cells, with_own_cells, has_cells_by_competency }
    }

    fn groups(&self) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut known = HashMap::new();
        for (id, body) in self.bodies {
            for section in &body.unnamed {
                let names_nothing = matches!(section.named, Unnamed::Unknown(None) | Unnamed::Paragraphs);
                if names_nothing && !self.is_beside_cells(*id, section) {
                    continue;
                }
                let kind = self.pages.get(*id).kind;
                let (named, name) = match section.named {
                    Unnamed::Draft(_) => (section.named, String::new()),
                    Unnamed::Unknown(_) => (section.named, fold(&section.heading.text)),
                    Unnamed::Paragraphs => (Unnamed::Unknown(None), fold(&section.heading.text)),
                };
                let at = *known.entry((kind, named, name)).or_insert(groups.len());
                if at == groups.len() {
                    groups.push(Group { named, kind, sections: Vec::new() });
                }
                groups[at].sections.push((*id, section));
            }
        }
        groups.retain(|group| group.with_lists().next().is_some() || self.have_been_cells(group));
        groups
    }

    /// Whether sections of paragraphs have most likely been cells: several pages have one, and it's between cells, or the
    /// cells of levels are paragraphs too.
    fn have_been_cells(&self, group: &Group<'_>) -> bool {
        let like_cells = |(id, section): &(PageId, &UnnamedSection)| {
            let cells = &self.page_cells[id];
            let is_between = cells.first_end.is_some_and(|end| end <= section.blocks.start)
                && cells.last_start.is_some_and(|start| start >= section.blocks.end);
            let has_only_paragraphs = cells.first_end.is_some() && cells.are_paragraphs;
            is_between || group.kind == Kind::Level && has_only_paragraphs
        };
        group.sections.len() > 1 && group.sections.iter().any(like_cells)
    }

    /// Whether a section is beside cells: those on a level's own page or that of another level of its tracks; those on the
    /// page of a competency, or of another if this one has none at all; or steps, if one is missing. So is one of several
    /// whose headings look like levels, if its competency has no cells.
    fn is_beside_cells(&self, id: PageId, section: &UnnamedSection) -> bool {
        match self.structure.role(id) {
            Some(Role::Level(level)) => self.has_cells_on_levels(level),
            Some(Role::Competency(competency)) => {
                let has_no_cell = || !self.with_cells.contains(&competency);
                self.is_among_cells(id, section)
                    || self.is_beside_steps(id, section)
                    || (has_no_cell() && (self.has_cells_by_competency() || self.page_cells[&id].is_by_level))
            }
            _ => false,
        }
    }

    fn has_cells_by_competency(&self) -> bool {
        let is_competency = |id: PageId| matches!(self.structure.role(id), Some(Role::Competency(_)));
        let has_cells = |section: &Section| matches!(section.kind, SectionKind::Cell(_));
        let mut bodies = self.bodies.iter();
        *self
            .has_cells_by_competency
            .get_or_init(|| bodies.any(|(id, body)| is_competency(*id) && body.sections.iter().any(has_cells)))
    }

    /// Whether a section on a competency's page has the heading level of a cell, or comes after one.
    fn is_among_cells(&self, id: PageId, section: &UnnamedSection) -> bool {
        let cells = &self.page_cells[&id];
        cells.heading_levels.contains(&section.heading.level)
            || cells.first_start.is_some_and(|start| start < section.blocks.start)
    }

    /// Whether a section has the same heading level as the steps of a scale, of which at least one has no heading.
    fn is_beside_steps(&self, id: PageId, section: &UnnamedSection) -> bool {
        let cells = &self.page_cells[&id];
        cells.steps < self.pages.get(id).scale().len() && cells.step_levels.contains(&section.heading.level)
    }

    fn has_cells_on_levels(&self, level: LevelId) -> bool {
        let tracks = &self.structure.levels[level].tracks;
        let of_tracks = tracks.iter().flat_map(|track| &self.structure.tracks[*track].levels);
        of_tracks.chain([&level]).any(|level| self.with_own_cells.contains(level))
    }

    fn report(&self, group: &Group<'_>) -> Diagnostic {
        let headings: Vec<WrittenHeading<'_>> =
            group.sections.iter().map(|(id, section)| written_heading(self.pages.get(*id), &section.heading)).collect();
        let (first, others) = headings.split_first().expect("groups have sections");
        let diagnostic = match group.named {
            Unnamed::Draft(id) => catalog::heading_of_draft(first, self.pages.get(id).title_span()),
            Unnamed::Unknown(Some(track)) => self.unknown_level(first, track),
            Unnamed::Unknown(None) | Unnamed::Paragraphs => {
                unknown(group.kind, first, group.is_error(self.pages).then_some(headings.as_slice()))
            }
        };
        others.iter().fold(diagnostic, |diagnostic, heading| {
            diagnostic.label(heading.span.clone(), "this heading too".to_owned())
        })
    }

    /// Reports a heading right under a track's that names no level of it.
    fn unknown_level(&self, heading: &WrittenHeading<'_>, track: PageId) -> Diagnostic {
        let levels = match self.structure.role(track) {
            Some(Role::Track(track)) => self.structure.tracks[track].levels.as_slice(),
            _ => &[],
        };
        let titles = levels.iter().map(|level| self.pages.get(self.structure.levels[*level].page).title.value.as_str());
        let near = did_you_mean(heading.text, titles);
        catalog::unknown_level_of_track(heading, &self.pages.get(track).title.value, &near)
    }
}

/// Reports a heading that names no competency (on a level's page) or level (on a competency's). If it has most likely named
/// one, `all` are the headings of the sections that have it.
fn unknown(on: Kind, heading: &WrittenHeading<'_>, all: Option<&[WrittenHeading<'_>]>) -> Diagnostic {
    let (code, kind, own) = match on {
        Kind::Level => (Code::UnknownCompetency, Kind::Competency, OwnExpectationsPlace::Here),
        _ => (Code::UnknownLevel, Kind::Level, OwnExpectationsPlace::Elsewhere),
    };
    match all {
        Some(all) => {
            let diagnostic = catalog::unknown_headings(code, heading, all, kind.as_str(), own);
            let is_step = kind == Kind::Level && looks_like_step(heading.text);
            if is_step { catalog::or_a_step(diagnostic) } else { diagnostic }
        }
        None => catalog::not_a_cell(heading, kind.as_str(), own),
    }
}

/// Whether a section has a list that reads like expectations: most items are sentences, and none is a question.
fn has_expectations(page: &Page, section: &UnnamedSection) -> bool {
    const MIN_WORDS: usize = 4;
    let is_sentence = |text: &str| text.ends_with(['.', '。']) || text.split_whitespace().count() >= MIN_WORDS;
    page.blocks[section.blocks.clone()].iter().any(|block| {
        let Block::List { items, .. } = block else { return false };
        let texts = || {
            items.iter().filter_map(|item| item.blocks.first()).filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.text.trim()),
                _ => None,
            })
        };
        let sentences = texts().filter(|text| is_sentence(text)).count();
        sentences * 2 > items.len() && !texts().any(|text| text.contains('?'))
    })
}
