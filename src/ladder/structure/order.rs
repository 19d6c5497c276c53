//! The order of levels on their tracks, and the levels that follow each one.

use std::collections::{HashMap, HashSet};

use super::Role;
use super::builder::{Builder, number};
use super::infer_ranks;
use crate::diagnostic::catalog::{self, OrderConflict};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::index_vec::IndexVec;
use crate::ladder::id_types::{LevelId, TrackId};
use crate::ladder::page_names::Found;
use crate::name;
use crate::page::{FrontMatter, Kind, Page};

/// Ranks every rung, and orders the levels of every track.
pub(super) fn add_ranks(builder: &mut Builder<'_>, lists: &IndexVec<TrackId, Vec<LevelId>>) {
    let rungs = builder.levels.iter().map(|level| level.rank.filter(|_| !level.is_abstract));
    let written: IndexVec<LevelId, Option<f64>> = rungs.collect();
    let inferred = infer_ranks::ranks(&written, lists);
    let mut reported = HashSet::new();
    for id in builder.levels.ids() {
        let level = &mut builder.levels[id];
        if level.is_abstract {
            level.rank = None;
            level.tracks.clear();
            continue;
        }
        level.rank = level.rank.or_else(|| inferred.get(&id).copied());
        report_unplaced(builder, id, &mut reported);
        for track in builder.levels[id].tracks.clone() {
            builder.tracks[track].levels.push(id);
        }
    }
    for (track, list) in lists.iter_enumerated() {
        let mut levels = std::mem::take(&mut builder.tracks[track].levels);
        let rank = |level: &LevelId| builder.levels[*level].rank.unwrap_or(f64::INFINITY);
        let positions: HashMap<LevelId, usize> = list.iter().enumerate().map(|(at, level)| (*level, at)).collect();
        let position = |level: &LevelId| positions.get(level).copied().unwrap_or(usize::MAX);
        levels.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then(position(a).cmp(&position(b))));
        builder.tracks[track].levels = levels;
    }
    check_lists(builder, &written);
}

/// Reports a rung that is on no track, once for each folder, or has no rank.
fn report_unplaced<'a>(builder: &mut Builder<'a>, id: LevelId, reported: &mut HashSet<&'a str>) {
    let level = &builder.levels[id];
    let page = builder.pages.get(level.page);
    let is_uncertain = |track: &TrackId| builder.is_uncertain(builder.tracks[*track].page);
    if builder.is_uncertain(level.page) || level.tracks.iter().any(is_uncertain) {
        return; // What it seems to lack may be there.
    }
    if level.tracks.is_empty() {
        if !may_be_on_a_track(builder, page) && reported.insert(page.folder()) {
            let diagnostic = on_no_track(builder, page);
            builder.diagnostics.push(diagnostic);
        }
    } else if level.rank.is_none() {
        builder.diagnostics.push(catalog::missing_rank(page.title_span()));
    }
}

/// Whether a level that seems to be on no track may be on one: a track was not understood, or a page of the level's
/// folder that could not be read may be one.
fn may_be_on_a_track(builder: &Builder<'_>, level: &Page) -> bool {
    builder.pages.shown().any(|(id, page)| match page.kind {
        Kind::Track => builder.is_uncertain(id),
        Kind::Page => page.broken && page.folder() == level.folder(),
        _ => false,
    })
}

/// The diagnostic for levels without a track, which is reported once for each folder.
fn on_no_track(builder: &Builder<'_>, level: &Page) -> Diagnostic {
    let tracks = builder.tracks.iter().map(|track| builder.pages.get(track.page));
    let mut here: Vec<&Page> = tracks.filter(|track| track.folder() == level.folder()).collect();
    here.sort_by_key(|track| (!track.content_path().ends_with("index.md"), &track.file));
    let folder = level.file.parent();
    if let [first, second, ..] = here.as_slice() {
        let own = name::slug(&second.title.value);
        let first = (first.title_span(), first.id.as_str());
        return catalog::ambiguous_track(second.title_span(), folder, &own, first);
    }
    let new = level.folder().rsplit('/').next().filter(|folder| !folder.is_empty()).unwrap_or("NAME");
    catalog::level_on_no_track(level.title_span(), folder, new)
}

/// Reports lists of levels that contradict ranks, because such a track would be shown in an unexpected order. Lists
/// that agree with all written ranks may still contradict each other; that is reported once.
fn check_lists(builder: &mut Builder<'_>, written: &IndexVec<LevelId, Option<f64>>) {
    let all: IndexVec<LevelId, Option<f64>> = builder.levels.iter().map(|level| level.rank).collect();
    let by_rank = |rank: f64, before: f64| OrderConflict::Ranks { rank: number(rank), before: number(before) };
    let tracks = || builder.tracks.ids();
    let mut diagnostics: Vec<Diagnostic> =
        tracks().flat_map(|track| misplaced(builder, track, written, by_rank)).collect();
    if diagnostics.is_empty() {
        diagnostics
            .extend(tracks().flat_map(|track| misplaced(builder, track, &all, |_, _| OrderConflict::Lists)).next());
    }
    builder.diagnostics.append(&mut diagnostics);
}

/// Reports the names in a track's list that are above levels of a higher rank. `conflict` gets the ranks of the
/// level and of the one before it.
fn misplaced(
    builder: &Builder<'_>,
    track: TrackId,
    ranks: &IndexVec<LevelId, Option<f64>>,
    conflict: impl Fn(f64, f64) -> OrderConflict,
) -> Vec<Diagnostic> {
    let page = builder.pages.get(builder.tracks[track].page);
    let FrontMatter::Track(front_matter) = &page.front_matter else { return Vec::new() };
    let mut diagnostics = Vec::new();
    let mut below: Option<(f64, &str)> = None;
    for name in &front_matter.levels {
        let Found::One(found) = builder.find(Kind::Level, &name.value, page) else { continue };
        let Some(Role::Level(level)) = builder.role(found) else { continue };
        let Some(rank) = ranks[level] else { continue };
        if let Some((rank_below, name_below)) = below.filter(|(rank_below, _)| *rank_below > rank) {
            let conflict = conflict(rank, rank_below);
            diagnostics.push(catalog::misplaced_level(page.span(&name.span), &name.value, name_below, &conflict));
        }
        below = Some((rank, &name.value));
    }
    diagnostics
}

/// Adds the levels that follow each level: those of its `leads_to`, or else those of the next rank on its own tracks.
pub(super) fn add_successors(builder: &mut Builder<'_>) {
    for id in builder.levels.ids() {
        let page = builder.pages.get(builder.levels[id].page);
        let FrontMatter::Level(front_matter) = &page.front_matter else { continue };
        let mut next: Vec<LevelId> = match &front_matter.leads_to {
            Some(names) => {
                let names = builder.published(Kind::Level, names, page);
                names.into_iter().filter_map(|name| next_named(builder, id, name, page)).collect()
            }
            None => next_ranks(builder, id),
        };
        let mut seen = HashSet::new();
        next.retain(|level| seen.insert(*level));
        for level in &next {
            builder.levels[*level].comes_from.push(id);
        }
        builder.levels[id].leads_to = next;
    }
}

fn next_named(builder: &mut Builder<'_>, level: LevelId, name: &Spanned<String>, page: &Page) -> Option<LevelId> {
    let next = builder.rung_named(name, page)?;
    if next == level {
        builder.diagnostics.push(catalog::level_leads_to_itself(page.span(&name.span)));
    }
    let (from, to) = (&builder.levels[level], &builder.levels[next]);
    let down = matches!((from.rank, to.rank), (Some(from), Some(to)) if to < from);
    if down && from.tracks.iter().any(|track| to.tracks.contains(track)) {
        builder.diagnostics.push(catalog::leads_down(page.span(&name.span), &name.value));
    }
    (next != level).then_some(next)
}

fn next_ranks(builder: &Builder<'_>, id: LevelId) -> Vec<LevelId> {
    let level = &builder.levels[id];
    let Some(rank) = level.rank else { return Vec::new() };
    let rank_of = |level: &LevelId| builder.levels[*level].rank.unwrap_or(f64::INFINITY);
    let mut next = Vec::new();
    for track in &level.tracks {
        let levels = &builder.tracks[*track].levels;
        let start = levels.partition_point(|level| rank_of(level) <= rank);
        let Some(next_rank) = levels.get(start).map(rank_of) else { continue };
        let same = levels[start..].iter().take_while(|level| rank_of(level) <= next_rank);
        next.extend(same.filter(|level| rank_of(level).is_finite()));
    }
    next
}
