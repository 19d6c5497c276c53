//! Cells that a name in a table or in a list opens, instead of a heading.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::catalog::{self, NameCompany, NamingBlock, UnknownName};
use crate::diagnostic::{Code, Diagnostic, Fix, Spanned};
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::page_names::{Found, NameLookup, ambiguous};
use crate::ladder::sections::heading_candidate::heading_candidate;
use crate::ladder::sections::name_match::like;
use crate::ladder::sections::section::{FoundSection, SectionKind};
use crate::markdown::{Block, Heading, Paragraph, TableCell};
use crate::name::{anchor, closest, fold};
use crate::page::{FrontMatter, Kind, Page, PageId};

/// The cells of one table or list.
pub(crate) struct NamedCells<'a, 'p, 't> {
    pub(crate) names: &'a NameLookup<'p>,
    pub(crate) id: PageId,
    /// Finds the page of a kind that a text names, as for headings.
    pub(crate) find: &'a dyn Fn(Kind, &str) -> Found,
    /// The steps of the scale that may be described here.
    pub(crate) steps: &'p [Spanned<String>],
    pub(crate) taken: &'a mut TakenAnchors<'t>,
    /// The position of the block in the page's body.
    pub(crate) at: usize,
    /// The form of the block.
    pub(crate) form: NamingBlock,
    /// The cells, each with the position of its column.
    pub(crate) claims: Vec<(usize, FoundSection<'p>)>,
    unknown: Vec<(Kind, Unknown)>,
    /// The kinds of the names that mean a page.
    known: Vec<Kind>,
    diagnostics: Vec<Diagnostic>,
}

/// A name that means no page.
struct Unknown {
    text: String,
    span: Range<usize>,
    draft: Option<PageId>,
}

impl<'a, 'p, 't> NamedCells<'a, 'p, 't> {
    /// The cells of the block at a position, before it is read.
    pub(crate) fn new(
        names: &'a NameLookup<'p>,
        id: PageId,
        find: &'a dyn Fn(Kind, &str) -> Found,
        steps: &'p [Spanned<String>],
        taken: &'a mut TakenAnchors<'t>,
        (at, form): (usize, NamingBlock),
    ) -> Self {
        let (claims, unknown, known, diagnostics) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { names, id, find, steps, taken, at, form, claims, unknown, known, diagnostics }
    }

    /// The page.
    pub(crate) fn page(&self) -> &'p Page {
        self.names.pages().get(self.id)
    }

    /// The kind of page that names the cells of this page; none on the page of a track, whose cells need two names.
    pub(crate) fn target(&self) -> Option<Kind> {
        match self.page().kind {
            Kind::Level => Some(Kind::Competency),
            Kind::Competency => Some(Kind::Level),
            _ => None,
        }
    }

    /// Whether a text names a page of a kind.
    pub(crate) fn is_name(&self, kind: Kind, text: &str) -> bool {
        (self.find)(kind, text) != Found::Nothing
    }

    /// The step of the scale that a text names, perhaps with a number.
    pub(crate) fn step(&self, text: &str) -> Option<usize> {
        if self.steps.is_empty() {
            return None;
        }
        let named = |text: &str| closest(text, self.steps.iter().map(|step| [step.value.as_str()]));
        named(text).or_else(|| heading_candidate(text)?.texts.iter().find_map(|text| named(text)))
    }

    /// Whether a text names a page that a cell is for, or a step.
    pub(crate) fn is_any_name(&self, text: &str) -> bool {
        let kinds = [Kind::Competency, Kind::Level];
        self.step(text).is_some() || kinds.into_iter().any(|kind| self.is_name(kind, text))
    }

    /// Whether the page has headings for all steps among some names.
    pub(crate) fn have_headings<'n>(&self, names: impl Iterator<Item = &'n str>) -> bool {
        let headings = self.page().blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) if !heading.is_prose() => self.step(&heading.text),
            _ => None,
        });
        let headings: HashSet<usize> = headings.collect();
        names.filter_map(|name| self.step(name)).all(|step| headings.contains(&step))
    }

    /// Whether a text names this page.
    pub(crate) fn is_own_name(&self, text: &str) -> bool {
        (self.find)(self.page().kind, text) == Found::One(self.id)
    }

    /// Whether a cell of a table nearly names a page of a kind, or begins with such a name in bold.
    pub(crate) fn is_near(&self, kind: Kind, cell: &TableCell) -> bool {
        let text = fold(&cell.text);
        let source = cell.lines.first().and_then(|line| self.page().source.get(line.span.clone()));
        let lead = || source.and_then(heading_candidate).into_iter().flat_map(|candidate| candidate.texts);
        let mut pages = self.names.search(kind);
        !text.is_empty()
            && (pages.any(|(_, page)| page.names.iter().any(|name| like(&text, name)))
                || lead().any(|text| self.is_name(kind, &text)))
    }

    /// The page of a kind that a text names. Reports any other text.
    pub(crate) fn page_named(&mut self, kind: Kind, text: &str, span: &Range<usize>) -> Option<PageId> {
        let unknown = |draft| (kind, Unknown { text: text.to_owned(), span: span.clone(), draft });
        let found = (self.find)(kind, text);
        if found != Found::Nothing {
            self.known.push(kind);
        }
        match found {
            Found::One(id) if kind == Kind::Competency && !self.names.pages().is_shown(id) => {
                self.unknown.push(unknown(Some(id)));
                None
            }
            Found::One(id) => Some(id),
            Found::Several(ids) => {
                let span = self.page().span(span);
                let pages = self.names.pages();
                let diagnostic = ambiguous(Code::AmbiguousName, span.clone(), text, &ids, pages);
                let by_id = ids.iter().map(|id| Fix::replace(span.clone(), catalog::escaped(&pages.get(*id).id)));
                self.diagnostics.push(by_id.map(Fix::as_suggestion).fold(diagnostic, Diagnostic::fix));
                None
            }
            Found::Nothing => {
                self.unknown.push(unknown(None));
                None
            }
        }
    }

    /// Whether a column has a cell for a page or step so far.
    pub(crate) fn has(&self, column: usize, kind: SectionKind) -> bool {
        self.claims.iter().any(|(of, claim)| (*of, claim.kind) == (column, kind))
    }

    /// Reports a row that explains its name and has no expectation, unless another row has one for it.
    pub(crate) fn check_filled(&mut self, kind: SectionKind, name: &TableCell) {
        let is_unfilled = |(_, claim): &(usize, FoundSection<'p>)| {
            let mut content = claim.content.iter().flatten();
            claim.kind == kind && content.all(|block| matches!(block, Block::Paragraph(_)))
        };
        if self.claims.iter().any(is_unfilled) {
            self.claims.retain(|claim| !is_unfilled(claim));
            let span = name.lines.get(1).map_or(&name.span, |line| &line.span);
            let span = self.page().span(span);
            self.report(catalog::explained_without_expectation(span, &name.text));
        }
    }

    /// Reports a problem of the table or list.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The role of the cell of a level in a competency.
    pub(crate) fn kind_of(&self, level: PageId, competency: PageId) -> SectionKind {
        if level == self.id {
            SectionKind::Cell(competency)
        } else if competency == self.id {
            SectionKind::Cell(level)
        } else {
            SectionKind::LevelCell { level, competency }
        }
    }

    /// Adds that a competency doesn't apply to a level. `name` is the place that says so.
    pub(crate) fn add_not_applicable(&mut self, level: PageId, competency: PageId, name: &Paragraph) {
        let kind = SectionKind::NotApplicable { level, competency };
        let (html, text, span) = (name.html.clone(), name.text.clone(), name.span.clone());
        let heading = Cow::Owned(Heading { level: 2, id: String::new(), classes: Vec::new(), html, text, span });
        let section = FoundSection { kind, heading, blocks: self.at..self.at + 1, content: Some(Vec::new()) };
        self.claims.push((0, section));
    }

    /// The level and the competency of a cell of this page, a level's or a competency's, that another page names.
    pub(crate) fn level_and_competency(&self, other: PageId) -> (PageId, PageId) {
        if self.page().kind == Kind::Level { (self.id, other) } else { (other, self.id) }
    }

    /// Adds blocks to a cell that a name opens. Blocks of one column that have the same name make one cell.
    pub(crate) fn add(
        &mut self,
        column: usize,
        kind: SectionKind,
        name: &Paragraph,
        content: impl FnOnce(&str, &mut TakenAnchors<'t>) -> Vec<Block>,
    ) {
        let known = self.claims.iter_mut().find(|(of, claim)| (*of, claim.kind) == (column, kind));
        if let Some((_, claim)) = known {
            let id = claim.heading.id.clone();
            claim.content.get_or_insert_default().extend(content(&id, self.taken));
            return;
        }
        let (html, text, span) = (name.html.clone(), name.text.clone(), name.span.clone());
        let id = self.taken.take_free(&anchor(&text));
        let content = Some(content(&id, self.taken));
        let heading = Cow::Owned(Heading { level: 2, id, classes: Vec::new(), html, text, span });
        self.claims.push((column, FoundSection { kind, heading, blocks: self.at..self.at + 1, content }));
    }

    /// The cells, and the diagnostics of names in one.
    pub(crate) fn finish(mut self) -> (Vec<FoundSection<'p>>, Vec<Diagnostic>) {
        self.report_unknown();
        (self.claims.into_iter().map(|(_, claim)| claim).collect(), self.diagnostics)
    }

    /// Whether a level has a facet of that name.
    fn is_facet(&self, text: &str) -> bool {
        self.names.record_diagnostic();
        let text = fold(text);
        self.names.pages().shown().any(|(_, page)| match &page.front_matter {
            FrontMatter::Level(level) => level.facets.iter().any(|(name, _)| fold(&name.value) == text),
            _ => false,
        })
    }

    fn report_unknown(&mut self) {
        let Some((kind, first)) = self.unknown.first() else { return };
        let company = if self.known.contains(kind) { NameCompany::Known } else { NameCompany::Alone };
        let text = first.text.as_str();
        let reason = match first.draft {
            Some(_) => UnknownName::Draft,
            None if text.is_empty() => UnknownName::Empty,
            None => {
                let near = self.names.suggest(Some(*kind), text);
                if self.is_facet(text) { UnknownName::Facet(company) } else { UnknownName::Unknown(company, near) }
            }
        };
        let span = |unknown: &Unknown| self.page().span(&unknown.span);
        let more = self.unknown.iter().skip(1).take(6).map(|(_, unknown)| span(unknown)).collect();
        let described = (kind.as_str(), kind.described());
        let described = (described.0, described.1.as_str());
        self.diagnostics.push(catalog::unknown_cell(span(first), self.form, text, described, reason, more));
    }
}
