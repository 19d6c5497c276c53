//! The builder of the structure, which resolves the names in front matter.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::uncertain::UncertainPages;
use super::{Area, CompetencyOutline, LevelOutline, Move, Role, Structure, TrackOutline};
use crate::config::Config;
use crate::diagnostic::catalog::{self, WeightsChange};
use crate::diagnostic::{Diagnosed, Diagnostic, Spanned, did_you_mean};
use crate::index_vec::IndexVec;
use crate::ladder::id_types::{CompetencyId, LevelId, TrackId};
use crate::ladder::page_names::{Found, NameLookup};
use crate::name::fold;
use crate::page::{FrontMatter, Kind, Page, PageId, Pages};
use crate::yaml;

/// The structure while references are resolved.
pub(super) struct Builder<'a> {
    config: &'a Config,
    pub(super) names: &'a NameLookup<'a>,
    pub(super) pages: &'a Pages,
    pub(super) tracks: IndexVec<TrackId, TrackOutline>,
    pub(super) levels: IndexVec<LevelId, LevelOutline>,
    pub(super) competencies: IndexVec<CompetencyId, CompetencyOutline>,
    moves: Vec<Move>,
    roles: HashMap<PageId, Role>,
    uncertain: UncertainPages,
    /// The drafts that were reported, each with the position of its diagnostic.
    reported_drafts: HashMap<PageId, usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(config: &'a Config, names: &'a NameLookup<'a>) -> Self {
        Self {
            config,
            names,
            pages: names.pages(),
            tracks: IndexVec::default(),
            levels: IndexVec::default(),
            competencies: IndexVec::default(),
            moves: Vec::new(),
            roles: HashMap::new(),
            uncertain: UncertainPages::default(),
            reported_drafts: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The finished structure.
    pub(super) fn finish(self, bases_first: Vec<LevelId>) -> Diagnosed<Structure> {
        let structure = Structure {
            tracks: self.tracks.into_iter().map(Arc::new).collect(),
            levels: self.levels.into_iter().map(Arc::new).collect(),
            competencies: self.competencies.into_iter().map(Arc::new).collect(),
            moves: self.moves,
            bases_first,
            uncertain: self.uncertain,
            roles: self.roles,
        };
        Diagnosed::new(structure, self.diagnostics)
    }

    /// The pages of one kind in the order in which they are shown: by `order`, then by file.
    fn ordered(&self, kind: Kind) -> Vec<(PageId, &'a Page)> {
        let mut pages: Vec<_> = self.pages.shown().filter(|(_, page)| page.kind == kind).collect();
        let key = |page: &Page| page.order.unwrap_or(f64::INFINITY);
        pages.sort_by(|(_, a), (_, b)| key(a).total_cmp(&key(b)));
        pages
    }

    /// Marks a page of which something was not understood.
    pub(super) fn mark_uncertain(&mut self, page: PageId) {
        self.uncertain.insert(page);
    }

    /// Whether something on a page was not understood.
    pub(super) fn is_uncertain(&self, page: PageId) -> bool {
        self.uncertain.contains(self.pages, page)
    }

    pub(super) fn role(&self, page: PageId) -> Option<Role> {
        self.roles.get(&page).copied()
    }

    /// The tracks that a track, a level or a competency is bound to, as far as they are known yet.
    fn tracks_of(&self, page: PageId) -> Vec<TrackId> {
        match self.role(page) {
            Some(Role::Track(track)) => vec![track],
            Some(Role::Level(level)) => self.levels[level].tracks.clone(),
            Some(Role::Competency(competency)) => self.competencies[competency].tracks.clone(),
            None => Vec::new(),
        }
    }

    /// The page of a kind that a name on another page means: of several, the one on that page's tracks.
    pub(super) fn find(&self, kind: Kind, name: &str, of: &Page) -> Found {
        let tracks = self.pages.id_of(&of.file).map(|of| self.tracks_of(of)).unwrap_or_default();
        self.names.find_applying(kind, name, |id| {
            let others = self.tracks_of(id);
            tracks.is_empty() || others.is_empty() || others.iter().any(|track| tracks.contains(track))
        })
    }

    /// The page that a name in the front matter of another page means, if there is one of the kind.
    fn named(&mut self, kind: Kind, name: &Spanned<String>, of: &Page) -> Option<PageId> {
        let found = self.resolve(kind, name, of);
        if found.is_none_or(|page| self.role(page).is_none()) {
            self.uncertain.extend(self.pages.id_of(&of.file));
        }
        found
    }

    /// Resolves a name. A draft is reported once, with all places that name it.
    fn resolve(&mut self, kind: Kind, name: &Spanned<String>, of: &Page) -> Option<PageId> {
        let draft = self.draft_named(kind, name, of);
        if let Some(at) = draft.and_then(|draft| self.reported_drafts.get(&draft)) {
            self.names.record_diagnostic();
            self.diagnostics[*at].labels.push((of.span(&name.span), "it's also named here".to_owned()));
            return None;
        }
        self.reported_drafts.extend(draft.map(|draft| (draft, self.diagnostics.len())));
        self.names.resolve(self.find(kind, &name.value, of), kind, name, of, &mut self.diagnostics)
    }

    /// The draft that a name means, if it isn't part of the site.
    pub(super) fn draft_named(&self, kind: Kind, name: &Spanned<String>, of: &Page) -> Option<PageId> {
        match self.find(kind, &name.value, of) {
            Found::One(id) if !self.pages.is_shown(id) => Some(id),
            _ => None,
        }
    }

    /// The names in a list without those of drafts, which lists skip.
    pub(super) fn published<'n>(
        &self,
        kind: Kind,
        names: &'n [Spanned<String>],
        of: &Page,
    ) -> Vec<&'n Spanned<String>> {
        names.iter().filter(|name| self.draft_named(kind, name, of).is_none()).collect()
    }

    pub(super) fn track_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<TrackId> {
        let page = self.named(Kind::Track, name, of)?;
        match self.role(page)? {
            Role::Track(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn level_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<LevelId> {
        let page = self.named(Kind::Level, name, of)?;
        match self.role(page)? {
            Role::Level(id) => Some(id),
            _ => None,
        }
    }

    /// The rung that a name means; a foundation is reported.
    pub(super) fn rung_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<LevelId> {
        let level = self.level_named(name, of)?;
        if !self.levels[level].is_abstract {
            return Some(level);
        }
        let foundation = self.pages.get(self.levels[level].page);
        let span = of.span(&name.span);
        self.diagnostics.push(catalog::abstract_level_on_track(span, &name.value, foundation.title_span()));
        None
    }

    pub(super) fn competency_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<CompetencyId> {
        let page = self.named(Kind::Competency, name, of)?;
        match self.role(page)? {
            Role::Competency(id) => Some(id),
            _ => None,
        }
    }

    fn competencies_named(&mut self, names: &[Spanned<String>], of: &Page) -> Vec<CompetencyId> {
        self.published(Kind::Competency, names, of)
            .into_iter()
            .filter_map(|name| self.competency_named(name, of))
            .collect()
    }

    pub(super) fn add_tracks(&mut self) {
        for (page, source) in by_family(&self.ordered(Kind::Track)) {
            let FrontMatter::Track(front_matter) = &source.front_matter else { continue };
            let family = front_matter.family.as_ref().map(|family| family.value.clone()).unwrap_or_default();
            let (levels, weights, applicable) = (Vec::new(), Vec::new(), Vec::new());
            let id = self.tracks.push(TrackOutline { page, levels, family, weights, applicable });
            self.roles.insert(page, Role::Track(id));
        }
    }

    pub(super) fn add_competencies(&mut self) {
        let mut all: Vec<CompetencyOutline> = Vec::new();
        for (page, source) in self.ordered(Kind::Competency) {
            let FrontMatter::Competency(front_matter) = &source.front_matter else { continue };
            let area = self.area(front_matter.area.as_ref(), source);
            // Areas that aren't listed compare like all names; the first spelling counts.
            let known = all.iter().map(|other| &other.area).find(|other| is_same_area(other, &area));
            let area = known.unwrap_or(&area).clone();
            // Without any track, it would apply to all of them.
            let published =
                Some(self.published(Kind::Track, &front_matter.tracks, source)).filter(|names| !names.is_empty());
            let tracks = published.unwrap_or_else(|| front_matter.tracks.iter().collect());
            let tracks = tracks.into_iter().filter_map(|name| self.track_named(name, source)).collect();
            let steps = front_matter.scale.iter().map(|name| name.value.clone()).collect();
            all.push(CompetencyOutline { page, area, tracks, steps });
        }
        all.sort_by(|a, b| a.area.cmp(&b.area));
        self.competencies = all.into_iter().collect();
        for (id, competency) in self.competencies.iter_enumerated() {
            self.roles.insert(competency.page, Role::Competency(id));
            for track in self.tracks.ids() {
                if competency.tracks.is_empty() || competency.tracks.contains(&track) {
                    self.tracks[track].applicable.push(id);
                }
            }
        }
    }

    fn area(&mut self, named: Option<&Spanned<String>>, page: &Page) -> Area {
        let Some(named) = named else { return Area::None };
        let areas = &self.config.areas;
        if areas.is_empty() || self.config.uncertain {
            return Area::Named(named.value.clone());
        }
        if let Some(at) = self.config.area_position(&named.value) {
            return Area::Listed(at);
        }
        let near = did_you_mean(&named.value, areas.iter().map(|area| area.id.value.as_str()));
        self.diagnostics.push(catalog::unknown_area(page.span(&named.span), &named.value, near.written(yaml::scalar)));
        Area::None
    }

    /// Adds the levels, each with its own track. Returns the levels that each track lists.
    pub(super) fn add_levels(&mut self) -> IndexVec<TrackId, Vec<LevelId>> {
        for (page, source) in self.ordered(Kind::Level) {
            let FrontMatter::Level(front_matter) = &source.front_matter else { continue };
            let tracks = self.own_track(source, front_matter).into_iter().collect();
            let id = self.levels.push(LevelOutline {
                page,
                tracks,
                rank: front_matter.rank.as_ref().map(|rank| rank.value),
                is_abstract: front_matter.is_abstract,
                extends: Vec::new(),
                leads_to: Vec::new(),
                comes_from: Vec::new(),
                profile: BTreeMap::new(),
                not_applicable: HashSet::new(),
            });
            self.roles.insert(page, Role::Level(id));
        }
        self.listed_levels()
    }

    fn own_track(&mut self, page: &Page, front_matter: &crate::page::Level) -> Option<TrackId> {
        if let Some(name) = &front_matter.track {
            return self.track_named(name, page);
        }
        let is_beside = |track: &TrackId| self.pages.get(self.tracks[*track].page).folder() == page.folder();
        let in_folder: Vec<TrackId> = self.tracks.ids().filter(is_beside).collect();
        if let [one] = in_folder.as_slice() {
            return (!front_matter.is_abstract).then_some(*one);
        }
        None
    }

    fn listed_levels(&mut self) -> IndexVec<TrackId, Vec<LevelId>> {
        let mut lists = IndexVec::from_fn(self.tracks.len(), |_| Vec::new());
        for track in self.tracks.ids() {
            let page = self.pages.get(self.tracks[track].page);
            let FrontMatter::Track(front_matter) = &page.front_matter else { continue };
            for name in self.published(Kind::Level, &front_matter.levels, page) {
                let Some(level) = self.rung_named(name, page) else { continue };
                let list: &mut Vec<LevelId> = &mut lists[track];
                if list.contains(&level) {
                    continue;
                }
                list.push(level);
                let tracks = &mut self.levels[level].tracks;
                if !tracks.contains(&track) {
                    tracks.push(track);
                }
            }
            self.weights(track, page, front_matter);
        }
        lists
    }

    fn weights(&mut self, track: TrackId, page: &Page, front_matter: &crate::page::Track) {
        let mut weights = Vec::new();
        let mut places = BTreeMap::new();
        for (name, share) in &front_matter.weights {
            let Some(competency) = self.competency_named(name, page) else { continue };
            if let Some(first) = places.insert(competency, name) {
                self.diagnostics.push(duplicate_competency(page, first, name));
            }
            weights.push((competency, share.value));
        }
        let sum: f64 = front_matter.weights.iter().map(|(_, share)| share.value).sum();
        if !front_matter.weights.is_empty()
            && (sum - 100.0).abs() > 0.005
            && !self.is_uncertain(self.tracks[track].page)
        {
            let off = number((100.0 - sum).abs());
            let change = if sum < 100.0 { WeightsChange::Raise(off) } else { WeightsChange::Lower(off) };
            let span = page.span(&front_matter.weights_span);
            self.diagnostics.push(catalog::weights_sum(span, &number(sum), &change));
        }
        self.tracks[track].weights = weights;
    }

    /// Resolves the names in levels: levels that they extend, and competencies that don't apply.
    pub(super) fn resolve_levels(&mut self) {
        for id in self.levels.ids() {
            let page = self.pages.get(self.levels[id].page);
            let FrontMatter::Level(front_matter) = &page.front_matter else { continue };
            let mut extends = Vec::new();
            for extend in &front_matter.extends {
                let level = self.level_named(&extend.level, page);
                let only = extend.competencies.as_ref().map(|names| self.competencies_named(names, page));
                extends.extend(level.map(|level| (level, only)));
            }
            let not_applicable = self.competencies_named(&front_matter.not_applicable, page).into_iter().collect();
            let level = &mut self.levels[id];
            (level.extends, level.not_applicable) = (extends, not_applicable);
        }
    }

    pub(super) fn add_moves(&mut self) {
        for (page, source) in self.ordered(Kind::Move) {
            let FrontMatter::Move { from, to } = &source.front_matter else { continue };
            let start = from.as_ref().and_then(|name| self.level_named(name, source));
            let end = to.as_ref().and_then(|name| self.level_named(name, source));
            let (Some(from), Some(to_name), Some(start), Some(end)) = (from, to, start, end) else { continue };
            if start == end {
                let (from, to) = (from.in_file(&source.file), to_name.in_file(&source.file));
                self.diagnostics.push(catalog::move_to_itself(to, from));
            } else {
                self.moves.push(Move { page, from: start, to: end });
            }
        }
    }
}

/// Whether two areas that aren't listed have the same name.
fn is_same_area(one: &Area, other: &Area) -> bool {
    matches!((one, other), (Area::Named(one), Area::Named(other)) if fold(one) == fold(other))
}

/// Tracks with those of a family together, at the position of its first.
fn by_family<'a>(tracks: &[(PageId, &'a Page)]) -> Vec<(PageId, &'a Page)> {
    let family = |(_, page): &(PageId, &Page)| match &page.front_matter {
        FrontMatter::Track(track) => track.family.as_ref().map(|family| fold(&family.value)).unwrap_or_default(),
        _ => String::new(),
    };
    let families: Vec<String> = tracks.iter().map(family).collect();
    let first = |at: usize| families.iter().position(|other| !other.is_empty() && *other == families[at]).unwrap_or(at);
    let mut places: Vec<usize> = (0..tracks.len()).collect();
    places.sort_by_key(|at| first(*at));
    places.into_iter().map(|at| tracks[at]).collect()
}

/// Reports one competency under two names in one field.
pub(super) fn duplicate_competency(page: &Page, first: &Spanned<String>, second: &Spanned<String>) -> Diagnostic {
    catalog::duplicate_competency(page.span(&second.span), page.span(&first.span), &second.value)
}

/// Formats a number without a trailing `.0`.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{}", (value * 1000.0).round() / 1000.0)
}
