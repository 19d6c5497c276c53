//! Checks of ids, of the names of owners and facets, and of the cells and the profile of each level.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, catalog, did_you_mean};
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::model::Ladder;
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::structure::{Role, UncertainPages};
use crate::markdown::Block;
use crate::page::{FrontMatter, Kind, Level, Page, PageId, Pages};
use crate::yaml;

/// Checks the owners that the front matter of each page names against the configuration.
pub(super) fn owners(config: &Config, pages: &Pages) -> Vec<Diagnostic> {
    let shown = pages.shown().filter(|_| !config.uncertain);
    shown.filter_map(|(_, page)| owner(config, page)).collect()
}

/// Checks that no two pages of a kind share an id.
pub(super) fn ids(pages: &Pages) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut known: HashMap<(Kind, &str), PageId> = HashMap::new();
    for (id, page) in pages.shown() {
        let Some(first) = known.insert((page.kind, &**page.folded_id()), id) else { continue };
        known.insert((page.kind, &**page.folded_id()), first);
        let first = pages.get(first);
        // The page whose front matter sets the id is the one to change.
        let (page, other) =
            if page.id_span.is_none() && first.id_span.is_some() { (first, page) } else { (page, first) };
        let span = page.span(page.id_span.as_ref().unwrap_or(&page.title.span));
        let other = other.span(other.id_span.as_ref().unwrap_or(&other.title.span));
        diagnostics.push(catalog::duplicate_id(span, other, page.kind.as_str(), &page.id));
    }
    diagnostics
}

fn owner(config: &Config, page: &Page) -> Option<Diagnostic> {
    let owners = &config.owners;
    let named = page.owner.as_ref().filter(|_| !owners.is_empty())?;
    if config.owner_position(&named.value).is_some() {
        return None;
    }
    let near = did_you_mean(&named.value, owners.iter().map(|owner| owner.id.value.as_str()));
    Some(catalog::unknown_owner(page.span(&named.span), &named.value, near.written(yaml::scalar)))
}

/// Checks the facets that the front matter of a level names against the configuration.
pub(super) fn facets(config: &Config, page: &Page) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let FrontMatter::Level(front_matter) = &page.front_matter else { return diagnostics };
    if config.uncertain {
        return diagnostics;
    }
    let mut described = BTreeMap::new();
    for (name, _) in &front_matter.facets {
        if let Some(at) = config.facet_position(&name.value) {
            if let Some(first) = described.insert(at, name) {
                let facet = &config.facets[at].id.value;
                let (span, first) = (page.span(&name.span), page.span(&first.span));
                diagnostics.push(catalog::duplicate_facet(span, first, &name.value, facet));
            }
            continue;
        }
        let near = did_you_mean(&name.value, config.facets.iter().map(|facet| facet.id.value.as_str()));
        diagnostics.push(catalog::unknown_facet(page.span(&name.span), &name.value, near.written(yaml::scalar)));
    }
    diagnostics
}

/// Checks the cells and profiles of all levels.
pub(super) fn levels(
    names: &NameLookup<'_>,
    ladder: &Ladder,
    uncertain: &UncertainPages,
    empty: &HashSet<(LevelId, CompetencyId)>,
) -> Vec<Diagnostic> {
    let pages = names.pages();
    let any_uncertain = pages.ids().any(|page| uncertain.contains(pages, page));
    let mut checker = Checker { pages, names, ladder, uncertain, any_uncertain, empty, diagnostics: Vec::new() };
    for level in ladder.levels.ids() {
        checker.level(level);
    }
    checker.diagnostics
}

struct Checker<'a> {
    pages: &'a Pages,
    names: &'a NameLookup<'a>,
    ladder: &'a Ladder,
    uncertain: &'a UncertainPages,
    /// Whether any page is uncertain.
    any_uncertain: bool,
    /// Cells with a heading but no expectations.
    empty: &'a HashSet<(LevelId, CompetencyId)>,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn level(&mut self, id: LevelId) {
        let level = self.ladder.level(id);
        let page = self.pages.get(level.page);
        let FrontMatter::Level(front_matter) = &page.front_matter else { return };
        if self.is_uncertain(level.page) {
            return;
        }
        self.profile_applies(id, page, front_matter);
        let has_cells = level.cells.values().any(|cell| cell.written.is_some() || !cell.inherited.is_empty());
        if page.blocks.iter().all(Block::is_blank)
            && front_matter.facets.is_empty()
            && front_matter.profile.is_empty()
            && !has_cells
        {
            self.diagnostics.push(catalog::empty_level(page.title_span()));
            return;
        }
        if level.is_abstract || self.any_uncertain && self.extends_uncertain(id) {
            return;
        }
        self.missing_cells(id, page);
    }

    fn missing_cells(&mut self, id: LevelId, page: &Page) {
        let missing = self.ladder.missing_cells(id).into_iter();
        let missing = missing.filter(|competency| !self.empty.contains(&(id, *competency)));
        let missing = missing.map(|competency| self.ladder.competency(competency).page);
        let missing = missing.filter(|competency| !self.is_uncertain(*competency));
        let titles: Vec<&str> = missing.map(|competency| self.pages.get(competency).title.value.as_str()).collect();
        if !titles.is_empty() {
            self.diagnostics.push(catalog::missing_cells(page.title_span(), &page.title.value, &titles));
        }
    }

    /// Reports steps of a profile in competencies that don't apply to the level.
    fn profile_applies(&mut self, id: LevelId, page: &Page, front_matter: &Level) {
        // In most profiles, every name is that of a competency that applies.
        let profile = &self.ladder.level(id).profile;
        if profile.len() == front_matter.profile.len() && profile.keys().all(|known| self.ladder.applies(id, *known)) {
            return;
        }
        for (name, _) in &front_matter.profile {
            let on_track = |page| self.ladder.shares_track(page, &self.ladder.level(id).tracks).unwrap_or(true);
            let found = self.names.find_applying(Kind::Competency, &name.value, on_track);
            let Found::One(competency_page) = found else { continue };
            let Some(Role::Competency(competency)) = self.ladder.role(competency_page) else { continue };
            if self.ladder.applies(id, competency) || self.is_uncertain(competency_page) {
                continue;
            }
            let (title, level) = (&self.pages.get(competency_page).title.value, &page.title.value);
            let because = self.ladder.why_not_applicable(id, competency);
            let span = page.span(&name.span);
            self.diagnostics.push(catalog::profile_not_applicable(span, title, level, because));
        }
    }

    fn is_uncertain(&self, page: PageId) -> bool {
        self.uncertain.contains(self.pages, page)
    }

    /// Whether a level extends, directly or indirectly, one that was not understood.
    fn extends_uncertain(&self, level: LevelId) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![level];
        while let Some(next) = waiting.pop() {
            if seen.insert(next) {
                waiting.extend(self.ladder.level(next).extends.iter().map(|(base, _)| *base));
            }
        }
        seen.into_iter().any(|level| self.is_uncertain(self.ladder.level(level).page))
    }
}
