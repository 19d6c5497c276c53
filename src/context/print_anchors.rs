//! Anchors and addresses within the print edition.

use crate::context::RenderContext;
use crate::ladder::{CompetencyId, ExpectationId, LevelId, Role, State};
use crate::link::{Address, Generated, PrintPart, prints_alone};
use crate::page::{Kind, PageId, PrintRole};
use crate::percent::encode;

/// The start of every id in the print edition. Ids of templates have no `:`.
const ID_PREFIX: &str = "page:";

/// The name of a page in ids: its file without the extension, which is unique.
fn stem(address: &Address) -> &str {
    let file = address.file.as_str();
    file.strip_suffix(".html").unwrap_or(file)
}

/// The id of a page, or of an anchor on it, in the print edition.
pub(crate) fn id(address: &Address, anchor: Option<&str>) -> String {
    let anchor = anchor.map(|anchor| format!(":{anchor}")).unwrap_or_default();
    format!("{ID_PREFIX}{}{anchor}", stem(address))
}

/// The link to that id in the document.
pub(crate) fn fragment(address: &Address, anchor: Option<&str>) -> String {
    let anchor = anchor.map(|anchor| format!(":{}", encode(anchor))).unwrap_or_default();
    format!("#{ID_PREFIX}{}{anchor}", encode(stem(address)))
}

impl RenderContext {
    /// Whether the print edition has the pages of a kind.
    pub(crate) fn prints(&self, kind: Kind) -> bool {
        kind.spec().print != PrintRole::Unprinted && !(prints_alone(kind) && self.is_print_divided())
    }

    /// Whether a generated page is a part of the print edition.
    fn is_part(&self, generated: &Generated) -> bool {
        match generated {
            Generated::Stages => true,
            Generated::List(kind) => self.prints(*kind),
            _ => false,
        }
    }

    /// The id that an anchor of a page has in the print edition.
    pub(crate) fn print_id(&self, page: PageId, anchor: &str) -> String {
        id(self.address(page), Some(anchor))
    }

    /// The link to a page or an anchor on it: within the print edition if the page is part of that.
    pub(crate) fn print_href(&self, root: &str, page: PageId, anchor: Option<&str>) -> String {
        if self.is_printed(page) {
            let (page, anchor) = self.print_position(page, anchor);
            return self.print_file(root, self.print_part(page)) + &fragment(self.address(page), anchor);
        }
        let anchor = anchor.map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
        format!("{root}{}{anchor}", self.address(page).url)
    }

    /// The link to a generated page: to its part of the print edition, if there is one.
    pub(crate) fn print_generated_href(&self, root: &str, generated: &Generated) -> String {
        match self.generated(generated) {
            Some(address) if self.is_part(generated) => {
                let part = match generated {
                    Generated::List(kind) => Some(PrintPart::List(*kind)),
                    _ => None,
                };
                self.print_file(root, part) + &fragment(address, None)
            }
            Some(address) => format!("{root}{}", address.url),
            None => String::new(),
        }
    }

    /// The part that a page is printed in; `None` for the part of the ladder as a whole.
    pub(crate) fn print_part(&self, page: PageId) -> Option<PrintPart> {
        match self.ladder.role(page) {
            Some(Role::Track(track)) => Some(PrintPart::Track(track)),
            Some(Role::Level(level)) => {
                // A shared rung is a chapter of the first of its tracks.
                let first = self.ladder.level(level).tracks.iter().min();
                Some(first.map_or(PrintPart::Foundations, |track| PrintPart::Track(*track)))
            }
            _ => match self.routes.introduces.get(&page) {
                Some(Generated::List(kind)) => Some(PrintPart::List(*kind)),
                Some(_) => None,
                None => Some(PrintPart::List(self.pages.get(page).kind)),
            },
        }
    }

    /// Whether the print edition has a page for each part.
    pub(crate) fn is_print_divided(&self) -> bool {
        let first = Generated::PrintPart { part: PrintPart::Foundations, path: String::new() };
        matches!(self.routes.generated.range(first..).next(), Some((Generated::PrintPart { .. }, _)))
    }

    /// The link to the page of the print edition with a part (`None`: the ladder as a whole); empty if all is one page.
    pub(crate) fn print_file(&self, root: &str, part: Option<PrintPart>) -> String {
        if !self.is_print_divided() {
            return String::new();
        }
        let first = part.map(|part| Generated::PrintPart { part, path: String::new() });
        let found = first.and_then(|first| self.routes.generated.range(first..).next());
        let own = match found {
            Some((Generated::PrintPart { part: of, .. }, (address, _))) if Some(*of) == part => Some(address),
            _ => None,
        };
        let address = own.or_else(|| self.generated(&Generated::Print));
        address.map_or_else(String::new, |address| format!("{root}{}", address.url))
    }

    /// The number of levels by which the headings of a page are lower in the print edition than on the page.
    pub(crate) fn print_heading_shift(&self, page: PageId) -> u8 {
        match self.pages.get(page).kind.spec().print {
            PrintRole::Part | PrintRole::Entry | PrintRole::Introduction => 1,
            PrintRole::Chapter | PrintRole::Unprinted => 2,
        }
    }

    /// Whether a page is a chapter of the print edition, or introduces a part of it.
    fn is_printed(&self, page: PageId) -> bool {
        let kind = self.pages.get(page).kind;
        let is_kept = self.pages.is_shown(page) && self.prints(kind);
        let kind = kind.spec();
        is_kept
            && match (kind.print, self.ladder.role(page)) {
                (PrintRole::Introduction, _) => {
                    self.routes.introduces.get(&page).is_some_and(|generated| self.is_part(generated))
                }
                // A level without a track that is no foundation isn't printed.
                (_, Some(Role::Level(level))) => {
                    self.ladder.level(level).is_abstract || !self.ladder.level(level).tracks.is_empty()
                }
                (_, role) => role.is_some() || !kind.has_cells,
            }
    }

    /// Whether the print edition has a cell: something is written for it, or a step is needed.
    pub(crate) fn is_printed_cell(&self, level: LevelId, competency: CompetencyId) -> bool {
        self.has_print_anchor(level, competency) || self.ladder.level(level).profile.contains_key(&competency)
    }

    /// Whether a cell has a heading of its own in the print edition.
    fn has_print_anchor(&self, level: LevelId, competency: CompetencyId) -> bool {
        matches!(self.ladder.state(level, competency), State::Written | State::NotApplicable)
    }

    /// The page and anchor to which an anchor corresponds in the print edition, which has no cells on competencies, no
    /// comparisons on levels, and ids of cells rather than of single expectations.
    fn print_position<'a>(&'a self, page: PageId, anchor: Option<&'a str>) -> (PageId, Option<&'a str>) {
        let Some(name) = anchor else { return (page, None) };
        match self.ladder.role(page) {
            Some(Role::Level(level)) => {
                let anchors = self.anchors.level(level);
                let (of, is_named) =
                    (self.ladder.level(level), |line: &ExpectationId| *self.ladder.expectation(*line).id == *name);
                if let Some(own) = of.own.iter().find(|own| own.lines.iter().any(is_named)) {
                    return (page, Some(&own.written.heading.id));
                }
                if let Some((competency, _)) = of.cells.iter().find(|(_, cell)| cell.lines.iter().any(is_named)) {
                    return (page, anchors.cells.get(competency).map(String::as_str));
                }
                let gone = [&anchors.changes, &anchors.expectations, &anchors.ways].iter().any(|gone| *gone == name);
                let cell = anchors.cells.iter().find(|(_, cell)| *cell == name);
                let is_unprinted = cell.is_some_and(|(competency, _)| !self.has_print_anchor(level, *competency));
                (page, anchor.filter(|_| !gone && !is_unprinted))
            }
            Some(Role::Competency(id)) => {
                let anchors = self.anchors.competency(id);
                // Every level with a step links to it, and a competency may have a cell for each of these levels.
                if anchors.steps.iter().any(|step| step == name) {
                    return (page, anchor);
                }
                let Some((level, _)) = anchors.cells.iter().find(|(_, cell)| *cell == name) else {
                    return (page, anchor);
                };
                let level_page = self.ladder.level(*level).page;
                let is_printed = self.is_printed(level_page) && self.has_print_anchor(*level, id);
                match self.anchors.level(*level).cells.get(&id).filter(|_| is_printed) {
                    Some(cell) => (level_page, Some(cell)),
                    None => (page, None),
                }
            }
            _ => (page, anchor),
        }
    }
}
