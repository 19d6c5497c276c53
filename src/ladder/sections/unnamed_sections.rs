//! The check for sections that look like cells but whose headings name no competency or level: of a competency that was
//! deleted or renamed, or of a draft.

use std::collections::HashMap;

use crate::diagnostic::catalog::{self, OwnExpectationsPlace, WrittenHeading};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::ladder::expectations::cells::{Cells, WrittenCell};
use crate::ladder::id_types::LevelId;
use crate::ladder::sections::level_words::{looks_like_level, looks_like_step};
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
    let check = UnnamedCheck { pages, structure, cells, bodies };
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
    cells: &'a Cells,
    bodies: &'a [(PageId, &'a PageSections)],
}

impl<'a> UnnamedCheck<'a> {
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
            let cells = || self.sections(*id).filter(|cell| !cell.is_named_inside);
            let is_between = cells().any(|cell| cell.blocks.end <= section.blocks.start)
                && cells().any(|cell| cell.blocks.start >= section.blocks.end);
            let blocks = |cell: &Section| &self.pages.get(*id).blocks[cell.blocks.clone()];
            let has_only_paragraphs = || cells().next().is_some() && cells().all(|cell| are_paragraphs(blocks(cell)));
            is_between || group.kind == Kind::Level && has_only_paragraphs()
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
                let has_no_cell = || !self.cells.levels.iter().any(|cells| cells.contains_key(&competency));
                let mut others = self.structure.competencies.iter();
                self.is_among_cells(id, section)
                    || self.is_beside_steps(id, section)
                    || (has_no_cell() && (others.any(|other| self.has_cells(other.page)) || self.is_by_level(id)))
            }
            _ => false,
        }
    }

    /// Whether several lists on a competency's page are under headings that look like levels: `Level 3`, `Junior`.
    fn is_by_level(&self, id: PageId) -> bool {
        let titles = || self.structure.levels.iter().map(|level| self.pages.get(level.page).title.value.as_str());
        let with_lists = self
            .body(id)
            .into_iter()
            .flat_map(|body| &body.unnamed)
            .filter(|section| section.named != Unnamed::Paragraphs);
        with_lists.filter(|section| looks_like_level(&section.heading.text, titles)).count() > 1
    }

    fn sections(&self, id: PageId) -> impl Iterator<Item = &'a Section> {
        self.body(id).into_iter().flat_map(|body| &body.sections)
    }

    /// The sections of a page, which are sorted by its id.
    fn body(&self, id: PageId) -> Option<&'a PageSections> {
        self.bodies.binary_search_by_key(&id, |(page, _)| *page).ok().map(|at| self.bodies[at].1)
    }

    fn has_cells(&self, id: PageId) -> bool {
        self.sections(id).any(|section| matches!(section.kind, SectionKind::Cell(_)))
    }

    /// Whether a section on a competency's page has the heading level of a cell, or comes after one.
    fn is_among_cells(&self, id: PageId, section: &UnnamedSection) -> bool {
        let mut cells = self.sections(id).filter(|cell| matches!(cell.kind, SectionKind::Cell(_)));
        cells
            .any(|cell| cell.written.heading.level == section.heading.level || cell.blocks.start < section.blocks.start)
    }

    /// Whether a section has the same heading level as the steps of a scale, of which at least one has no heading.
    fn is_beside_steps(&self, id: PageId, section: &UnnamedSection) -> bool {
        let steps = || self.sections(id).filter(|section| matches!(section.kind, SectionKind::Step(_)));
        steps().count() < self.pages.get(id).scale().len()
            && steps().any(|step| step.written.heading.level == section.heading.level)
    }

    fn has_cells_on_levels(&self, level: LevelId) -> bool {
        let tracks = &self.structure.levels[level].tracks;
        let of_tracks = tracks.iter().flat_map(|track| &self.structure.tracks[*track].levels);
        let is_on_level = |cell: &WrittenCell| self.pages.get(cell.written.page).kind == Kind::Level;
        let has_cells = |level: &LevelId| self.cells.levels[*level].values().any(is_on_level);
        of_tracks.chain([&level]).any(has_cells)
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
