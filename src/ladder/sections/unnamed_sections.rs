//! The check for sections that look like cells but whose headings name no competency or level: of a competency that was
//! deleted or renamed, or of a draft.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean};
use crate::ladder::expectations::cells::{Cells, WrittenCell};
use crate::ladder::id_types::LevelId;
use crate::ladder::sections::misplaced_cells::line;
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::section::{Section, SectionKind, Unnamed, UnnamedSection, are_paragraphs};
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
    /// page of a competency, or of another if this one has none at all; or steps, if one is missing.
    fn is_beside_cells(&self, id: PageId, section: &UnnamedSection) -> bool {
        match self.structure.role(id) {
            Some(Role::Level(level)) => self.has_cells_on_levels(level),
            Some(Role::Competency(competency)) => {
                let has_no_cell = || !self.cells.levels.iter().any(|cells| cells.contains_key(&competency));
                let mut others = self.structure.competencies.iter();
                self.is_among_cells(id, section)
                    || self.is_beside_steps(id, section)
                    || (has_no_cell() && others.any(|other| self.has_cells(other.page)))
            }
            _ => false,
        }
    }

    fn sections(&self, id: PageId) -> impl Iterator<Item = &'a Section> {
        self.bodies.iter().filter(move |(page, _)| *page == id).flat_map(|(_, body)| &body.sections)
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
        let ((first, section), others) = group.sections.split_first().expect("groups have sections");
        let page = self.pages.get(*first);
        let span = |id: PageId, section: &UnnamedSection| self.pages.get(id).span(&section.heading.span);
        let diagnostic = match group.named {
            Unnamed::Draft(id) => draft(span(*first, section), section, self.pages.get(id)),
            Unnamed::Unknown(Some(track)) => self.unknown_level(span(*first, section), section, track),
            Unnamed::Unknown(None) | Unnamed::Paragraphs => {
                unknown(page, section, group.kind, group.is_error(self.pages).then_some(group.sections.len()))
            }
        };
        others.iter().fold(diagnostic, |diagnostic, (id, section)| {
            diagnostic.label(span(*id, section), "this heading too".to_owned())
        })
    }

    /// Reports a heading right under a track's that names no level of it.
    fn unknown_level(&self, span: Span, section: &UnnamedSection, track: PageId) -> Diagnostic {
        let levels = match self.structure.role(track) {
            Some(Role::Track(track)) => self.structure.tracks[track].levels.as_slice(),
            _ => &[],
        };
        let titles = levels.iter().map(|level| self.pages.get(self.structure.levels[*level].page).title.value.as_str());
        let (text, track) = (&section.heading.text, &self.pages.get(track).title.value);
        let message = format!("{track} has no level called `{text}`, so what's below would be lost");
        let near = did_you_mean(text, titles);
        let near = match near.help.as_str() {
            "" => "name a level.".to_owned(),
            near if near.ends_with('?') => near.to_owned(),
            near => format!("{near}."),
        };
        let help = format!("{near} If it's just a heading, mark it as prose: `{}`", as_prose(section));
        Diagnostic::new(Code::UnknownLevel, span, message).help(help)
    }
}

/// Reports a heading that names a draft.
fn draft(span: Span, section: &UnnamedSection, draft: &Page) -> Diagnostic {
    let text = &section.heading.text;
    let message = format!("`{text}` is a draft, so what's below this heading wouldn't be published");
    let help = "publish it (`draft: false`), or remove this section; to preview drafts, use `--drafts`";
    Diagnostic::new(Code::LinkToDraft, span, message).label(draft.title_span(), "the draft").help(help)
}

/// Reports a heading that names no competency (on a level's page) or level (on a competency's). If it has most likely
/// named one, `sections` is the number of sections that have it.
fn unknown(page: &Page, section: &UnnamedSection, on: Kind, sections: Option<usize>) -> Diagnostic {
    let (text, span) = (&section.heading.text, page.span(&section.heading.span));
    let (code, kind) = match on {
        Kind::Level => (Code::UnknownCompetency, Kind::Competency),
        _ => (Code::UnknownLevel, Kind::Level),
    };
    let prose = as_prose(section);
    let own = match on {
        Kind::Level => format!("write `{} {{.expectations}}`", heading(section)),
        _ => String::new(),
    };
    if let Some(sections) = sections {
        let message =
            format!("there's no {} called `{text}`, but {sections} sections have this heading", kind.as_str());
        let own = if own.is_empty() { own } else { format!("; if each has expectations of that level alone, {own}") };
        let help = format!(
            "if it's just a heading, mark each as prose: `{prose}`{own}; if a {} of that name was \
             renamed, add `also_known_as: [{text}]` to its page, or change the headings; if it was deleted, restore its \
             page, or remove these sections",
            kind.as_str()
        );
        return Diagnostic::new(code, span, message).help(help);
    }
    let message = format!("`{text}` names no {}, so what's below counts as prose", kind.as_str());
    let own = if own.is_empty() { own } else { format!("; if these are expectations of this level alone, {own}") };
    let help =
        format!("if that's right, mark it as prose: `{prose}`; otherwise use the name of a {}{own}", kind.as_str());
    Diagnostic::new(Code::NotACell, span, message).help(help)
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

fn heading(section: &UnnamedSection) -> String {
    line(section.heading.level, &section.heading.text)
}

/// The heading of a section, marked as prose.
fn as_prose(section: &UnnamedSection) -> String {
    format!("{} {{.prose}}", heading(section))
}
