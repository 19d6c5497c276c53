use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::anchors::{self, Ids};
use super::model::{
    Area, Competency, CompetencyId, ExpectationId, Ladder, Level, LevelId, Move, Role, Serves, Step, Track, TrackId,
};
use super::names::{Names, fold_named};
use super::page_sections::PageSections;
use super::{check, expectations, inherit, order};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Spanned, did_you_mean, nearest};
use crate::name::fold;
use crate::page::{FrontMatter, Kind, Page, PageId, Pages, Words};
use crate::tree::TreePath;

/// What all pages say of the ladder in their front matter: everything but its expectations, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) ladder: Ladder,
    diagnostics: Vec<Diagnostic>,
    uncertain_pages: HashSet<TreePath>,
    /// The names in it, folded.
    named: HashSet<String>,
}

impl Structure {
    /// Whether it is the same after a change of words: it names nothing that has come or gone, and has no problem, which
    /// could show words or depend on all names.
    pub(super) fn withstands(&self, words: &Words) -> bool {
        let is_sound = self.diagnostics.is_empty() && self.uncertain_pages.is_empty();
        words.is_none() || is_sound && !words.names.iter().any(|name| self.named.contains(&**name))
    }
}

/// Makes the frame of the ladder out of the front matter of all pages.
pub(super) fn frame(config: &Config, pages: &Pages, names: &Names) -> Structure {
    let mut assembly = Assembly::new(config, pages, names, &Structure::default());
    assembly.add_tracks();
    assembly.add_competencies();
    let lists = assembly.add_levels();
    order::ranks(&mut assembly, &lists);
    assembly.resolve_levels();
    order::ways(&mut assembly);
    assembly.add_moves();
    assembly.add_serves();
    check::ids(&mut assembly);
    Structure {
        ladder: assembly.ladder,
        diagnostics: assembly.diagnostics,
        uncertain_pages: assembly.uncertain_pages,
        named: assembly.named,
    }
}

/// Fills the frame with what the bodies of levels and competencies say.
pub(super) fn fill(
    config: &Config,
    pages: &Pages,
    names: &Names,
    frame: &Structure,
    readings: &[(PageId, &PageSections)],
    known: &mut Ids,
) -> Diagnosed<Ladder> {
    let mut assembly = Assembly::new(config, pages, names, frame);
    expectations::add(&mut assembly, readings);
    assembly.quiet_tracks();
    inherit::inherit(&mut assembly);
    anchors::name_all(&mut assembly, known);
    check::levels(&mut assembly);
    Diagnosed::new(assembly.ladder, assembly.diagnostics)
}

/// The ladder while it is being built.
pub(super) struct Assembly<'a> {
    pub(super) config: &'a Config,
    pub(super) pages: &'a Pages,
    pub(super) names: &'a Names,
    pub(super) ladder: Ladder,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files of pages of which something was not understood.
    pub(super) uncertain_pages: HashSet<TreePath>,
    /// Cells that are there, but empty; that has been told.
    pub(super) empty: HashSet<(LevelId, CompetencyId)>,
    /// The names in front matter, folded.
    named: HashSet<String>,
    /// What expectations are called until they have ids.
    pub(super) nameless: Arc<str>,
    /// The hashes of all expectations' sentences, side by side.
    pub(super) hashes: Vec<u64>,
    /// The expectations that are still to be written.
    pub(super) placeholders: Vec<ExpectationId>,
}

impl<'a> Assembly<'a> {
    fn new(config: &'a Config, pages: &'a Pages, names: &'a Names, frame: &Structure) -> Self {
        let (ladder, diagnostics, uncertain_pages) =
            (frame.ladder.clone(), frame.diagnostics.clone(), frame.uncertain_pages.clone());
        Self {
            config,
            pages,
            names,
            ladder,
            diagnostics,
            uncertain_pages,
            empty: HashSet::new(),
            named: HashSet::new(),
            nameless: "".into(),
            hashes: Vec::new(),
            placeholders: Vec::new(),
        }
    }

    /// The pages of one kind in the order in which they are shown: by `order`, then by file.
    fn ordered(&self, kind: Kind) -> Vec<(PageId, &'a Page)> {
        let mut pages: Vec<_> = self.pages.shown().filter(|(_, page)| page.kind == kind).collect();
        let key = |page: &Page| page.order.unwrap_or(f64::INFINITY);
        pages.sort_by(|(_, a), (_, b)| key(a).total_cmp(&key(b)));
        pages
    }

    fn named(&mut self, kind: Kind, name: &Spanned<String>, of: &Page) -> Option<PageId> {
        self.named.insert(fold_named(&name.value));
        let found = self.names.resolve(self.pages, kind, name, of, &mut self.diagnostics);
        if found.is_none_or(|page| self.ladder.role(page).is_none()) {
            self.mark_uncertain(of);
        }
        found
    }

    pub(super) fn track_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<TrackId> {
        let page = self.named(Kind::Track, name, of)?;
        match self.ladder.role(page)? {
            Role::Track(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn level_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<LevelId> {
        let page = self.named(Kind::Level, name, of)?;
        match self.ladder.role(page)? {
            Role::Level(id) => Some(id),
            _ => None,
        }
    }

    /// A level that is no foundation: people stand on it.
    pub(super) fn rung_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<LevelId> {
        let level = self.level_named(name, of)?;
        if !self.ladder.level(level).is_abstract {
            return Some(level);
        }
        let foundation = self.pages.get(self.ladder.level(level).page);
        let message = format!("`{}` is abstract, so it is no rung of a track", name.value);
        let diagnostic = Diagnostic::new(Code::InvalidValue, of.span(&name.span), message)
            .label(foundation.whole(), "the abstract level")
            .help("take this name away; or, if people stand on that level, take `abstract: true` from its page");
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn competency_named(&mut self, name: &Spanned<String>, of: &Page) -> Option<CompetencyId> {
        let page = self.named(Kind::Competency, name, of)?;
        match self.ladder.role(page)? {
            Role::Competency(id) => Some(id),
            _ => None,
        }
    }

    fn add_tracks(&mut self) {
        for (page, source) in by_family(&self.ordered(Kind::Track)) {
            let FrontMatter::Track(front_matter) = &source.front_matter else { continue };
            let id = TrackId(self.ladder.tracks.len());
            let family = front_matter.family.clone();
            let (levels, weights, competencies) = (Vec::new(), Vec::new(), Vec::new());
            self.ladder.tracks.push(Track { page, levels, family, weights, competencies, writes_cells: true });
            self.ladder.by_page.insert(page, Role::Track(id));
        }
    }

    fn add_competencies(&mut self) {
        let mut all = Vec::new();
        for (page, source) in self.ordered(Kind::Competency) {
            let FrontMatter::Competency(front_matter) = &source.front_matter else { continue };
            let area = self.area(front_matter.area.as_ref(), source);
            let tracks = front_matter.tracks.iter().filter_map(|name| self.track_named(name, source)).collect();
            let step =
                |name: &Spanned<String>| Step { name: name.value.clone(), anchor: String::new(), criteria: None };
            let scale = front_matter.scale.iter().map(step).collect();
            all.push(Competency { page, area, tracks, scale, levels: Vec::new(), anchors: Arc::default() });
        }
        all.sort_by(|a, b| a.area.cmp(&b.area));
        for (at, competency) in all.iter().enumerate() {
            self.ladder.by_page.insert(competency.page, Role::Competency(CompetencyId(at)));
        }
        for (at, competency) in all.iter().enumerate() {
            for (track_at, track) in self.ladder.tracks.iter_mut().enumerate() {
                if competency.tracks.is_empty() || competency.tracks.contains(&TrackId(track_at)) {
                    track.competencies.push(CompetencyId(at));
                }
            }
        }
        self.ladder.competencies = all;
    }

    fn area(&mut self, named: Option<&Spanned<String>>, page: &Page) -> Area {
        let Some(named) = named else { return Area::None };
        let areas = &self.config.areas;
        if areas.is_empty() || self.config.uncertain {
            return Area::Named(named.value.clone());
        }
        let folded = fold(&named.value);
        let found = areas.iter().position(|area| fold(&area.id) == folded || fold(&area.title) == folded);
        if let Some(at) = found {
            return Area::Listed(at);
        }
        let message = format!("there is no area called `{}` in stepladder.yaml", named.value);
        let help = did_you_mean(&named.value, areas.iter().map(|area| area.id.as_str()));
        self.diagnostics.push(Diagnostic::new(Code::UnknownArea, page.span(&named.span), message).help(help));
        Area::None
    }

    /// Adds the levels, each with its own track. Returns the levels that each track lists.
    fn add_levels(&mut self) -> Vec<Vec<LevelId>> {
        for (page, source) in self.ordered(Kind::Level) {
            let FrontMatter::Level(front_matter) = &source.front_matter else { continue };
            let id = LevelId(self.ladder.levels.len());
            let tracks = self.own_track(source, front_matter).into_iter().collect();
            self.ladder.levels.push(Level {
                page,
                tracks,
                rank: front_matter.rank,
                is_abstract: front_matter.is_abstract,
                extends: Vec::new(),
                leads_to: Vec::new(),
                comes_from: Vec::new(),
                profile: BTreeMap::new(),
                not_applicable: HashSet::new(),
                cells: BTreeMap::new(),
                own: Vec::new(),
                anchors: Arc::default(),
            });
            self.ladder.by_page.insert(page, Role::Level(id));
        }
        self.listed_levels()
    }

    fn own_track(&mut self, page: &Page, front_matter: &crate::page::Level) -> Option<TrackId> {
        if let Some(name) = &front_matter.track {
            return self.track_named(name, page);
        }
        let in_folder: Vec<TrackId> = (0..self.ladder.tracks.len())
            .map(TrackId)
            .filter(|track| self.pages.get(self.ladder.track(*track).page).folder() == page.folder())
            .collect();
        if let [one] = in_folder.as_slice() {
            return (!front_matter.is_abstract).then_some(*one);
        }
        None
    }

    fn listed_levels(&mut self) -> Vec<Vec<LevelId>> {
        let mut lists = vec![Vec::new(); self.ladder.tracks.len()];
        for (at, list) in lists.iter_mut().enumerate() {
            let track = TrackId(at);
            let page = self.pages.get(self.ladder.track(track).page);
            let FrontMatter::Track(front_matter) = &page.front_matter else { continue };
            for name in &front_matter.levels {
                let Some(level) = self.rung_named(name, page) else { continue };
                if list.contains(&level) {
                    continue;
                }
                list.push(level);
                let tracks = &mut self.ladder.levels[level.0].tracks;
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
                self.diagnostics.push(twice(page, first, name));
            }
            weights.push((competency, share.value));
        }
        let sum: f64 = front_matter.weights.iter().map(|(_, share)| share.value).sum();
        if !front_matter.weights.is_empty() && (sum - 100.0).abs() > 0.005 && !self.is_uncertain(page) {
            let message = format!("the weights add up to {}, not to 100", number(sum));
            let off = 100.0 - sum;
            let help =
                if off > 0.0 { format!("{} are missing", number(off)) } else { format!("{} too many", number(-off)) };
            let diagnostic =
                Diagnostic::new(Code::WeightsSum, page.span(&front_matter.weights_span), message).help(help);
            self.diagnostics.push(diagnostic);
        }
        self.ladder.tracks[track.0].weights = weights;
    }

    /// Resolves what levels name: what they extend, their profile, and what is not applicable.
    fn resolve_levels(&mut self) {
        for at in 0..self.ladder.levels.len() {
            let page = self.pages.get(self.ladder.levels[at].page);
            let FrontMatter::Level(front_matter) = &page.front_matter else { continue };
            let mut extends = Vec::new();
            for extend in &front_matter.extends {
                let level = self.level_named(&extend.level, page);
                let only = extend.competencies.as_ref();
                let only =
                    only.map(|names| names.iter().filter_map(|name| self.competency_named(name, page)).collect());
                extends.extend(level.map(|level| (level, only)));
            }
            let not_applicable: HashSet<_> =
                front_matter.not_applicable.iter().filter_map(|name| self.competency_named(name, page)).collect();
            let profile = self.profile(page, front_matter);
            let level = &mut self.ladder.levels[at];
            (level.extends, level.not_applicable, level.profile) = (extends, not_applicable, profile);
        }
    }

    fn profile(&mut self, page: &Page, front_matter: &crate::page::Level) -> BTreeMap<CompetencyId, usize> {
        let mut profile = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (name, step) in &front_matter.profile {
            let Some(competency) = self.competency_named(name, page) else { continue };
            if let Some(first) = places.insert(competency, name) {
                self.diagnostics.push(twice(page, first, name));
            }
            let scale = &self.ladder.competency(competency).scale;
            let names: Vec<&str> = scale.iter().map(|step| step.name.as_str()).collect();
            let folded = fold(&step.value);
            let number = step.value.trim().parse::<usize>().ok();
            let found = names.iter().position(|name| fold(name) == folded).map(|at| at + 1).or(number);
            match found {
                Some(step) if (1..=names.len()).contains(&step) => {
                    profile.insert(competency, step);
                }
                _ => {
                    let competency = self.pages.get(self.ladder.competency(competency).page);
                    if !self.is_uncertain(competency) {
                        self.diagnostics.push(wrong_step(page, step, competency, &names));
                    }
                }
            }
        }
        profile
    }

    /// A track that writes no cells at all is not asked for any. It shows the competencies of its levels' profiles.
    fn quiet_tracks(&mut self) {
        let Ladder { tracks, levels, .. } = &mut self.ladder;
        for track in tracks {
            let mut cells = track.levels.iter().flat_map(|level| levels[level.0].cells.values());
            track.writes_cells = cells.any(|cell| cell.written.is_some());
            if !track.writes_cells {
                let measured =
                    |id: &CompetencyId| track.levels.iter().any(|level| levels[level.0].profile.contains_key(id));
                track.competencies.retain(measured);
            }
        }
    }

    fn add_moves(&mut self) {
        for (page, source) in self.ordered(Kind::Move) {
            let FrontMatter::Move { from, to } = &source.front_matter else { continue };
            let start = from.as_ref().and_then(|name| self.level_named(name, source));
            let end = to.as_ref().and_then(|name| self.level_named(name, source));
            let (Some(from), Some(to_name), Some(start), Some(end)) = (from, to, start, end) else { continue };
            if start == end {
                let diagnostic = Diagnostic::new(
                    Code::MoveToItself,
                    to_name.in_file(&source.file),
                    "this move ends where it starts",
                )
                .label(from.in_file(&source.file), "it starts here")
                .help("name the level that it leads to");
                self.diagnostics.push(diagnostic);
            } else {
                self.ladder.moves.push(Move { page, from: start, to: end });
            }
        }
    }

    fn add_serves(&mut self) {
        let mut all = BTreeMap::new();
        for (id, page) in self.pages.shown() {
            let (FrontMatter::Article(names) | FrontMatter::Worksheet(names)) = &page.front_matter else { continue };
            let serves = Serves {
                levels: names.levels.iter().filter_map(|name| self.level_named(name, page)).collect(),
                competencies: names.competencies.iter().filter_map(|name| self.competency_named(name, page)).collect(),
                tracks: names.tracks.iter().filter_map(|name| self.track_named(name, page)).collect(),
            };
            all.insert(id, serves);
        }
        self.ladder.serves = Arc::new(all);
    }
}

/// Tracks with those of a family together, at the place of its first.
fn by_family<'a>(tracks: &[(PageId, &'a Page)]) -> Vec<(PageId, &'a Page)> {
    let family = |(_, page): &(PageId, &Page)| match &page.front_matter {
        FrontMatter::Track(track) => fold(&track.family),
        _ => String::new(),
    };
    let families: Vec<String> = tracks.iter().map(family).collect();
    let first = |at: usize| families.iter().position(|other| !other.is_empty() && *other == families[at]).unwrap_or(at);
    let mut places: Vec<usize> = (0..tracks.len()).collect();
    places.sort_by_key(|at| first(*at));
    places.into_iter().map(|at| tracks[at]).collect()
}

/// One competency under two names, in one field.
fn twice(page: &Page, first: &Spanned<String>, second: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, page.span(&second.span), format!("`{}` is given twice", second.value))
        .label(page.span(&first.span), "first given here")
        .help("keep one of the two")
}

fn wrong_step(page: &Page, step: &Spanned<String>, competency: &Page, names: &[&str]) -> Diagnostic {
    let title = &competency.title.value;
    let span = page.span(&step.span);
    if names.is_empty() {
        let help = format!("give it one in {}: `scale: [First step, Second step]`", competency.file);
        return Diagnostic::new(Code::UnknownStep, span, format!("{title} has no scale")).help(help);
    }
    let help = nearest(&step.value, names.iter().copied()).map_or_else(
        || {
            let steps = names.iter().enumerate().map(|(at, name)| format!("{} `{name}`", at + 1));
            format!("its steps are {}", steps.collect::<Vec<_>>().join(", "))
        },
        |near| format!("did you mean `{near}`?"),
    );
    let message = if step.value.trim().parse::<f64>().is_ok() {
        format!("{title} has {} steps, so there is no step {}", names.len(), step.value.trim())
    } else {
        format!("{title} has no step called `{}`", step.value)
    };
    Diagnostic::new(Code::UnknownStep, span, message).help(help)
}

/// A number as people write it: without a trailing `.0`.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{}", (value * 1000.0).round() / 1000.0)
}
