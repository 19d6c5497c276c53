//! Checks of ids, of the names of owners and facets, and of the cells and the profile of each level.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, catalog, did_you_mean};
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::model::Ladder;
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::structure::{Role, UncertainPages};
use crate::markdown::Block;
use crate::page::{FrontMatter, Kind, Level, Page, PageId, Pages};
use crate::yaml;

/// Checks the owners and facets that the front matter of each page names against the configuration.
pub(super) fn configured_names(config: &Config, pages: &Pages) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (_, page) in pages.shown().filter(|_| !config.uncertain) {
        diagnostics.extend(owner(config, page));
        facets(config, page, &mut diagnostics);
    }
    diagnostics
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
        let message = format!("two pages of kind `{}` have the id `{}`", page.kind.as_str(), page.id);
        let diagnostic = Diagnostic::new(Code::DuplicateId, span, message)
            .label(other.span(other.id_span.as_ref().unwrap_or(&other.title.span)), "the other page")
            .help("a page's id is its path, unless it sets `id: …`; give one of them a different `id`");
        diagnostics.push(diagnostic);
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

fn facets(config: &Config, page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let FrontMatter::Level(front_matter) = &page.front_matter else { return };
    let mut described = BTreeMap::new();
    for (name, _) in &front_matter.facets {
        if let Some(at) = config.facet_position(&name.value) {
            if let Some(first) = described.insert(at, name) {
                let facet = &config.facets[at].id.value;
                let message = format!("`{}` is the facet `{facet}` again", name.value);
                let diagnostic = Diagnostic::new(Code::DuplicateField, page.span(&name.span), message)
                    .label(page.span(&first.span), "first used here");
                diagnostics.push(diagnostic.help("keep only one of them"));
            }
            continue;
        }
        let near = did_you_mean(&name.value, config.facets.iter().map(|facet| facet.id.value.as_str()));
        diagnostics.push(catalog::unknown_facet(page.span(&name.span), &name.value, near.written(yaml::scalar)));
    }
}

/// Checks the cells and profiles of all levels.
pub(super) fn levels(
    names: &NameLookup<'_>,
    ladder: &Ladder,
    uncertain: &UncertainPages,
    empty: &HashSet<(LevelId, CompetencyId)>,
) -> Vec<Diagnostic> {
    let mut checker = Checker { pages: names.pages(), names, ladder, uncertain, empty, diagnostics: Vec::new() };
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
            let diagnostic = Diagnostic::new(Code::EmptyLevel, page.title_span(), "this level has no content yet").help(
                "add `facets`, and a heading with expectations for each competency; or set `draft: true` until you do",
            );
            self.diagnostics.push(diagnostic);
            return;
        }
        if level.is_abstract || self.extends_uncertain(id) {
            return;
        }
        self.missing_cells(id, page);
    }

    fn missing_cells(&mut self, id: LevelId, page: &Page) {
        let missing = self.ladder.missing_cells(id).into_iter();
        let missing = missing.filter(|competency| !self.empty.contains(&(id, *competency)));
        let missing = missing.map(|competency| self.ladder.competency(competency).page);
        let missing = missing.filter(|competency| !self.is_uncertain(*competency));
        let titles: Vec<String> =
            missing.map(|competency| format!("`{}`", self.pages.get(competency).title.value)).collect();
        if titles.is_empty() {
            return;
        }
        let message = format!("{} has no expectations for {}", page.title.value, listed(&titles));
        let help = "write them under a heading with that name, inherit them with `extends`, or use `not_applicable` \
            if there are none";
        self.diagnostics.push(Diagnostic::new(Code::MissingCell, page.title_span(), message).help(help));
    }

    /// Reports steps of a profile in competencies that don't apply to the level.
    fn profile_applies(&mut self, id: LevelId, page: &Page, front_matter: &Level) {
        for (name, _) in &front_matter.profile {
            let on_track = |page| self.ladder.shares_track(page, &self.ladder.level(id).tracks).unwrap_or(true);
            let found = self.names.find_applying(Kind::Competency, &name.value, on_track);
            let Found::One(competency_page) = found else { continue };
            let Some(Role::Competency(competency)) = self.ladder.role(competency_page) else { continue };
            if self.ladder.applies(id, competency) || self.is_uncertain(competency_page) {
                continue;
            }
            let (title, level) = (&self.pages.get(competency_page).title.value, &page.title.value);
            let message = format!("{title} doesn't apply to {level}, but it's in the level's profile");
            let help = self.ladder.why_not_applicable(id, competency);
            let help = format!("{help}; change that, or remove it from the profile");
            let diagnostic = Diagnostic::new(Code::NotApplicableWritten, page.span(&name.span), message);
            self.diagnostics.push(diagnostic.help(help));
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

/// Joins items: `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
