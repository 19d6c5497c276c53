//! The check for sections that look like cells but whose headings name no competency or level: of a competency that was
//! deleted or renamed, or of a draft.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean};
use crate::ladder::expectations::cells::{Cells, WrittenCell};
use crate::ladder::id_types::LevelId;
use crate::ladder::sections::misplaced_cells::line;
use crate::ladder::sections::page_sections::PageSections;
use crate::ladder::sections::section::{SectionKind, Unnamed, UnnamedSection};
use crate::ladder::structure::{Role, Structure};
use crate::name::fold;
use crate::page::{Kind, Page, PageId, Pages};

/// Reports the sections of all pages that name no cell: those with the same heading on several pages once, as an error,
/// because that heading has most likely named a cell; and drafts. The pages with errors are marked as uncertain.
pub(crate) fn check(
    pages: &Pages,
    structure: &Structure,
    cells: &mut Cells,
    bodies: &[(PageId, &PageSections)],
) -> Vec<Diagnostic> {
    let check = UnnamedCheck { pages, structure, cells, bodies };
    let groups = check.groups();
    let diagnostics = groups.iter().map(|group| check.report(group)).collect();
    let with_errors = groups.iter().filter(|group| group.is_error()).flat_map(|group| &group.sections);
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

impl Group<'_> {
    fn is_error(&self) -> bool {
        self.sections.len() > 1 || self.named != Unnamed::Unknown(None)
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
                if section.named == Unnamed::Unknown(None) && !self.is_beside_cells(*id, section) {
                    continue;
                }
                let kind = self.pages.get(*id).kind;
                let name = match section.named {
                    Unnamed::Draft(_) => String::new(),
                    Unnamed::Unknown(_) => fold(&section.heading.text),
                };
                let at = *known.entry((kind, section.named, name)).or_insert(groups.len());
                if at == groups.len() {
                    groups.push(Group { named: section.named, kind, sections: Vec::new() });
                }
                groups[at].sections.push((*id, section));
            }
        }
        groups
    }

    /// Whether pages such as the one that a section is on have cells: a level's own page or that of another level of its
    /// tracks; the page of the same competency.
    fn is_beside_cells(&self, id: PageId, section: &UnnamedSection) -> bool {
        match self.structure.role(id) {
            Some(Role::Level(level)) => self.has_cells_on_levels(level),
            Some(Role::Competency(_)) => {
                let body = self.bodies.iter().find(|(page, _)| *page == id);
                body.is_some_and(|(_, body)| {
                    let is_cell = |kind: SectionKind| matches!(kind, SectionKind::Cell(_));
                    let mut cells = body.sections.iter().filter(|section| is_cell(section.kind));
                    cells.any(|cell| cell.written.heading.level == section.heading.level)
                })
            }
            _ => false,
        }
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
            Unnamed::Unknown(None) => unknown(page, section, group.kind, others.len()),
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
        let near = if near.is_empty() { "name a level".to_owned() } else { near };
        let near = if near.ends_with('?') { near } else { format!("{near}.") };
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

/// Reports a heading that names no competency (on a level's page) or level (on a competency's). If `others` have it too,
/// it has most likely named one.
fn unknown(page: &Page, section: &UnnamedSection, on: Kind, others: usize) -> Diagnostic {
    let (text, span) = (&section.heading.text, page.span(&section.heading.span));
    let (code, kind) = match on {
        Kind::Level => (Code::UnknownCompetency, Kind::Competency),
        _ => (Code::UnknownLevel, Kind::Level),
    };
    let prose = as_prose(section);
    if others > 0 {
        let message =
            format!("there's no {} called `{text}`, but {} sections have this heading", kind.as_str(), others + 1);
        let help = format!(
            "if it was renamed, add `also_known_as: [{text}]` to its page, or change the headings; if it was deleted, restore \
             its page, or remove these sections; if it's just a heading, mark each as prose: `{prose}`"
        );
        return Diagnostic::new(code, span, message).help(help);
    }
    let message = format!("`{text}` names no {}, so what's below counts as prose", kind.as_str());
    let own = match on {
        Kind::Level => {
            format!("; if these are expectations of this level alone, write `{} {{.expectations}}`", heading(section))
        }
        _ => String::new(),
    };
    let help =
        format!("if that's right, mark it as prose: `{prose}`; otherwise use the name of a {}{own}", kind.as_str());
    Diagnostic::new(Code::NotACell, span, message).help(help)
}

fn heading(section: &UnnamedSection) -> String {
    line(section.heading.level, &section.heading.text)
}

/// The heading of a section, marked as prose.
fn as_prose(section: &UnnamedSection) -> String {
    format!("{} {{.prose}}", heading(section))
}
