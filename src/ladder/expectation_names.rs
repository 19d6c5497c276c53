//! The names of inherited expectations in `{raises=…}` and in `retires`: an id on the page of a level below, or `level#id`.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::catalog::{self, NotInheritedBecause, SupersededAs};
use crate::diagnostic::{Advice, Diagnostic, Span, Spanned, did_you_mean};
use crate::index_vec::IndexVec;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId};
use crate::ladder::page_names::NameLookup;
use crate::ladder::structure::{Role, Structure};
use crate::ladder::superseded::Supersession;
use crate::ladder::written_cells::WrittenCells;
use crate::page::{FrontMatter, Kind, Page};
use crate::yaml;

/// What a level would inherit if it raised and retired nothing itself.
#[derive(Debug, Default)]
pub(super) struct Inheritable {
    /// The expectations of the levels that it extends, by competency; a competency may occur several times.
    pub(super) lines: Vec<(CompetencyId, Vec<ExpectationId>)>,
    /// What of them no longer holds since one of those levels.
    pub(super) gone: BTreeMap<ExpectationId, Supersession>,
}

/// Finds the expectations that names mean.
pub(super) struct ExpectationNames<'a> {
    names: &'a NameLookup<'a>,
    structure: &'a Structure,
    cells: &'a WrittenCells,
    ids: &'a IndexVec<ExpectationId, &'a str>,
    /// All expectations by their ids, collected when one isn't among those that a level inherits.
    all: Option<HashMap<&'a str, Vec<ExpectationId>>>,
    /// The places where levels retire expectations.
    retired_at: HashMap<(LevelId, ExpectationId), Span>,
    /// Whether something of the ladder was not understood, so that seemingly unknown expectations may be among that.
    is_uncertain: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A name of an expectation and its place.
#[derive(Clone, Copy)]
struct WrittenName<'a> {
    page: &'a Page,
    name: &'a Spanned<String>,
    why: Supersession,
}

impl WrittenName<'_> {
    fn span(&self) -> Span {
        self.page.span(&self.name.span)
    }

    /// A name as it's written in its place.
    fn written(&self, name: &str) -> String {
        match self.why {
            Supersession::Raised(_) => name.to_owned(),
            Supersession::Retired(_) => yaml::scalar(name),
        }
    }
}

/// The expectations that a level would inherit, and those of them that it has superseded itself so far.
struct AtLevel<'a> {
    level: LevelId,
    by_id: HashMap<&'a str, Vec<ExpectationId>>,
    inheritable: HashSet<ExpectationId>,
    gone: BTreeMap<ExpectationId, Supersession>,
}

impl<'a> ExpectationNames<'a> {
    pub(super) fn new(
        names: &'a NameLookup<'a>,
        structure: &'a Structure,
        cells: &'a WrittenCells,
        ids: &'a IndexVec<ExpectationId, &'a str>,
    ) -> Self {
        let pages = names.pages();
        let mut of_ladder = structure.pages_with_cells().into_iter();
        let is_uncertain = of_ladder.any(|page| cells.uncertain.contains(pages, page));
        let (all, retired_at, diagnostics) = (None, HashMap::new(), Vec::new());
        Self { names, structure, cells, ids, all, retired_at, is_uncertain, diagnostics }
    }

    /// The inherited expectations that a level raises and retires itself.
    pub(super) fn superseded_at(
        &mut self,
        level: LevelId,
        from_bases: &Inheritable,
    ) -> Vec<(ExpectationId, Supersession)> {
        let written = self.written_names(level);
        if written.is_empty() {
            return Vec::new();
        }
        let lines = || from_bases.lines.iter().flat_map(|(_, lines)| lines).copied();
        let mut at_level = AtLevel {
            level,
            by_id: by_id(self.ids, lines()),
            inheritable: lines().collect(),
            gone: from_bases.gone.clone(),
        };
        let mut found = Vec::new();
        for name in written {
            let Some(expectation) = self.resolve(&at_level, name) else { continue };
            if let Some(first) = at_level.gone.get(&expectation) {
                self.report_superseded(name, *first, expectation);
                continue;
            }
            at_level.gone.insert(expectation, name.why);
            if let Supersession::Retired(level) = name.why {
                self.retired_at.insert((level, expectation), name.span());
            }
            found.push((expectation, name.why));
        }
        found
    }

    fn written_names(&self, level: LevelId) -> Vec<WrittenName<'a>> {
        let pages = self.names.pages();
        let mut written = Vec::new();
        for id in &self.cells.by_level[level] {
            let expectation = &self.cells.expectations[*id];
            let page = pages.get(expectation.page);
            let why = Supersession::Raised(*id);
            written.extend(expectation.statement.raises.iter().map(|name| WrittenName { page, name, why }));
        }
        let page = pages.get(self.structure.levels[level].page);
        if let FrontMatter::Level(front_matter) = &page.front_matter {
            let why = Supersession::Retired(level);
            written.extend(front_matter.retires.iter().map(|name| WrittenName { page, name, why }));
        }
        written
    }

    /// The inherited expectation that a name means. One that no longer holds is found too.
    fn resolve(&mut self, at_level: &AtLevel<'a>, written: WrittenName<'a>) -> Option<ExpectationId> {
        let name = written.name.value.trim().trim_start_matches('#');
        let Some((level_name, id)) = name.rsplit_once('#') else { return self.resolve_id(at_level, written, name) };
        let of = self.level_named(at_level.level, written, level_name)?;
        let of_level = || self.cells.by_level[of].iter().copied();
        let Some(found) = of_level().find(|expectation| self.ids[*expectation] == id) else {
            let title = &self.names.pages().get(self.structure.levels[of].page).title.value;
            let near = did_you_mean(id, of_level().map(|expectation| self.ids[expectation]).collect::<Vec<_>>());
            self.report_unknown(written, name, Some(title), near.written(|id| format!("{level_name}#{id}")));
            return None;
        };
        self.inherited(at_level, written, name, found)
    }

    fn resolve_id(&mut self, at_level: &AtLevel<'a>, written: WrittenName<'a>, id: &str) -> Option<ExpectationId> {
        let with_id = at_level.by_id.get(id).map_or(&[][..], Vec::as_slice);
        let holding: Vec<ExpectationId> =
            with_id.iter().copied().filter(|expectation| !at_level.gone.contains_key(expectation)).collect();
        match (holding.as_slice(), with_id) {
            ([one], _) | ([], [one, ..]) => return Some(*one),
            ([], []) => {}
            (several, _) => {
                let named = |expectation: &ExpectationId| {
                    let name = format!("{}#{id}", self.level_id(*expectation));
                    (self.place(*expectation), written.written(&name), name)
                };
                let named: Vec<(Span, String, String)> = several.iter().map(named).collect();
                self.diagnostics.push(catalog::ambiguous_expectation(&written.span(), id, named));
                return None;
            }
        }
        let (cells, ids) = (self.cells, self.ids);
        let all = self.all.get_or_insert_with(|| by_id(ids, cells.expectations.ids()));
        if let Some(elsewhere) = all.get(id) {
            let is_own = |expectation: &&ExpectationId| cells.expectations[**expectation].level == at_level.level;
            let found = *elsewhere.iter().find(|expectation| !is_own(expectation)).unwrap_or(&elsewhere[0]);
            return self.inherited(at_level, written, id, found);
        }
        let mut inherited: Vec<&str> = at_level.by_id.keys().copied().collect();
        inherited.sort_unstable();
        self.report_unknown(written, id, None, did_you_mean(id, inherited));
        None
    }

    /// The level that the first part of a name means.
    fn level_named(&mut self, at: LevelId, written: WrittenName<'_>, name: &str) -> Option<LevelId> {
        let WrittenName { page, name: whole, .. } = written;
        let start = whole.span.start + page.source.get(whole.span.clone()).and_then(|text| text.find(name))?;
        let name = Spanned { value: name.to_owned(), span: start..start + name.len() };
        let tracks = &self.structure.levels[at].tracks;
        let on_track = |page| self.structure.shares_track(page, tracks).unwrap_or(true);
        let found = self.names.find_applying(Kind::Level, &name.value, on_track);
        let found = self.names.resolve(found, Kind::Level, &name, page, &mut self.diagnostics)?;
        match self.structure.role(found) {
            Some(Role::Level(level)) => Some(level),
            _ => None,
        }
    }

    /// An expectation, if the level inherits it.
    fn inherited(
        &mut self,
        at_level: &AtLevel<'_>,
        written: WrittenName<'_>,
        name: &str,
        found: ExpectationId,
    ) -> Option<ExpectationId> {
        // What one of the levels below has raised isn't inherited from it, but may not be by other ways either.
        if at_level.inheritable.contains(&found) || at_level.gone.contains_key(&found) {
            return Some(found);
        }
        if !self.is_uncertain {
            let pages = self.names.pages();
            let page = |level: LevelId| pages.get(self.structure.levels[level].page);
            let (level, of) = (at_level.level, self.cells.expectations[found].level);
            let title = &page(level).title.value;
            let because = match self.cells.expectations[found].competency {
                _ if of == level => NotInheritedBecause::Own,
                None => NotInheritedBecause::OutsideCompetencies,
                Some(_) if !self.extends(level, of) => NotInheritedBecause::NotExtended(&page(of).id),
                Some(competency) => {
                    let competency = &pages.get(self.structure.competencies[competency].page).title.value;
                    NotInheritedBecause::OtherCompetencies(competency)
                }
            };
            let (span, place) = (written.span(), self.place(found));
            self.diagnostics.push(catalog::not_inherited(span, name, title, place, because));
        }
        None
    }

    /// Whether a level extends another one, directly or not.
    fn extends(&self, level: LevelId, other: LevelId) -> bool {
        let (mut waiting, mut seen) = (vec![level], HashSet::new());
        while let Some(next) = waiting.pop() {
            if next == other {
                return true;
            }
            let bases = self.structure.levels[next].extends.iter().map(|(base, _)| *base);
            waiting.extend(bases.filter(|base| seen.insert(*base)));
        }
        false
    }

    fn report_unknown(&mut self, written: WrittenName<'_>, name: &str, level: Option<&str>, near: Advice) {
        if !self.is_uncertain {
            let near = near.written(|name| written.written(name));
            self.diagnostics.push(catalog::unknown_expectation(written.span(), name, level, near));
        }
    }

    fn report_superseded(&mut self, written: WrittenName<'_>, first: Supersession, expectation: ExpectationId) {
        let (how, place) = match first {
            Supersession::Raised(by) => (SupersededAs::Raised, Some(self.place(by))),
            Supersession::Retired(level) => {
                (SupersededAs::Retired, self.retired_at.get(&(level, expectation)).cloned())
            }
        };
        let name = &written.name.value;
        self.diagnostics.push(catalog::already_superseded(written.span(), name, how, place));
    }

    fn place(&self, expectation: ExpectationId) -> Span {
        let expectation = &self.cells.expectations[expectation];
        self.names.pages().get(expectation.page).span(&expectation.statement.span)
    }

    fn level_id(&self, expectation: ExpectationId) -> &str {
        &self.names.pages().get(self.structure.levels[self.cells.expectations[expectation].level].page).id
    }
}

/// The expectations with each id, in the order of files.
fn by_id<'i>(
    ids: &IndexVec<ExpectationId, &'i str>,
    expectations: impl Iterator<Item = ExpectationId>,
) -> HashMap<&'i str, Vec<ExpectationId>> {
    let mut by_id: HashMap<&str, Vec<ExpectationId>> = HashMap::new();
    for expectation in expectations {
        by_id.entry(ids[expectation]).or_default().push(expectation);
    }
    by_id
}
