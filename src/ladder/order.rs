//! Where levels stand on their tracks, and which way they lead.

use std::collections::{HashMap, HashSet};

use super::assemble::{Assembly, number};
use super::infer_ranks;
use super::model::{LevelId, TrackId};
use crate::diagnostic::{Code, Diagnostic, Spanned};
use crate::name;
use crate::page::{FrontMatter, Page};

/// Gives every rung its rank and every track its levels in order.
pub(super) fn ranks(assembly: &mut Assembly<'_>, lists: &[Vec<LevelId>]) {
    let rungs = assembly.ladder.levels.iter().map(|level| level.rank.filter(|_| !level.is_abstract));
    let written: Vec<Option<f64>> = rungs.collect();
    let made = infer_ranks::ranks(&written, lists);
    let mut told = HashSet::new();
    for at in 0..assembly.ladder.levels.len() {
        let level = &mut assembly.ladder.levels[at];
        if level.is_abstract {
            level.rank = None;
            level.tracks.clear();
            continue;
        }
        level.rank = level.rank.or_else(|| made.get(&LevelId(at)).copied());
        let (page, tracks, rank) = (assembly.pages.get(level.page), level.tracks.clone(), level.rank);
        let uncertain = |track: &TrackId| assembly.is_uncertain(assembly.pages.get(assembly.ladder.track(*track).page));
        if assembly.is_uncertain(page) || tracks.iter().any(uncertain) {
            // What it seems to lack may be there.
        } else if tracks.is_empty() {
            if !assembly.may_be_on_a_track(page) && told.insert(page.folder()) {
                let diagnostic = on_no_track(assembly, page);
                assembly.diagnostics.push(diagnostic);
            }
        } else if rank.is_none() {
            let diagnostic = Diagnostic::new(Code::MissingRank, page.whole(), "this level has no place on its track")
                .help("give it a `rank: …` (a number; fractions are fine), or list it in its track's `levels`");
            assembly.diagnostics.push(diagnostic);
        }
        for track in tracks {
            assembly.ladder.tracks[track.0].levels.push(LevelId(at));
        }
    }
    for (at, list) in lists.iter().enumerate() {
        let mut levels = std::mem::take(&mut assembly.ladder.tracks[at].levels);
        let rank = |level: &LevelId| assembly.ladder.level(*level).rank.unwrap_or(f64::INFINITY);
        let places: HashMap<LevelId, usize> = list.iter().enumerate().map(|(at, level)| (*level, at)).collect();
        let place = |level: &LevelId| places.get(level).copied().unwrap_or(usize::MAX);
        levels.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then(place(a).cmp(&place(b))));
        assembly.ladder.tracks[at].levels = levels;
    }
    check_lists(assembly, &written);
}

/// Levels without a track, told once for each folder.
fn on_no_track(assembly: &Assembly<'_>, level: &Page) -> Diagnostic {
    let tracks = assembly.ladder.tracks.iter().map(|track| assembly.pages.get(track.page));
    let mut here: Vec<&Page> = tracks.filter(|track| track.folder() == level.folder()).collect();
    here.sort_by_key(|track| (!track.place().ends_with("index.md"), &track.file));
    let folder = level.file.parent();
    if let [first, second, ..] = here.as_slice() {
        let message = format!("`{folder}` has two tracks, so its levels can't tell which is theirs");
        let own = name::slug(&second.title.value);
        let help = format!(
            "move this page to a folder of its own (`content/{own}/index.md`), or let each level say its track: `track: {}`",
            first.id
        );
        let diagnostic = Diagnostic::new(Code::AmbiguousTrack, second.whole(), message);
        return diagnostic.label(first.whole(), "the other track").help(help);
    }
    let message = format!("this level is on no track: `{folder}` has no page of kind `track`");
    let new = level.folder().rsplit('/').next().filter(|folder| !folder.is_empty()).unwrap_or("NAME");
    let help = format!(
        "move it to its track's folder, make a track here (`stepladder new track {new}`), or say which it is on \
         (`track: …`); a level that is no rung is `abstract: true`"
    );
    Diagnostic::new(Code::MissingField, level.whole(), message).help(help)
}

/// A track that lists its levels in one order while their ranks say another would be shown in an unexpected one. Where
/// every list agrees with the written ranks, they may still contradict each other; that is told once.
fn check_lists(assembly: &mut Assembly<'_>, written: &[Option<f64>]) {
    let all: Vec<Option<f64>> = assembly.ladder.levels.iter().map(|level| level.rank).collect();
    let by_rank = |name: &str, below: &str, rank: f64, rank_below: f64| {
        let (rank, rank_below) = (number(rank), number(rank_below));
        format!("`{name}` is listed above `{below}`, but its rank is lower: {rank} against {rank_below}")
    };
    let by_lists = |name: &str, below: &str, _, _| {
        format!("`{name}` is listed above `{below}`, but the other lists and ranks say below")
    };
    let tracks = || (0..assembly.ladder.tracks.len()).map(TrackId);
    let mut diagnostics: Vec<Diagnostic> =
        tracks().flat_map(|track| misplaced(assembly, track, written, by_rank)).collect();
    if diagnostics.is_empty() {
        diagnostics.extend(tracks().flat_map(|track| misplaced(assembly, track, &all, by_lists)).next());
    }
    assembly.diagnostics.append(&mut diagnostics);
}

/// The names of a track's list that stand above levels of a higher rank. `say` is given both names and their ranks.
fn misplaced(
    assembly: &Assembly<'_>,
    track: TrackId,
    ranks: &[Option<f64>],
    say: impl Fn(&str, &str, f64, f64) -> String,
) -> Vec<Diagnostic> {
    let page = assembly.pages.get(assembly.ladder.track(track).page);
    let FrontMatter::Track(front_matter) = &page.front_matter else { return Vec::new() };
    let mut diagnostics = Vec::new();
    let mut below: Option<(f64, &str)> = None;
    for name in &front_matter.levels {
        let mut ignored = Vec::new();
        let found = assembly.names.resolve(assembly.pages, crate::page::Kind::Level, name, page, &mut ignored);
        let Some(super::Role::Level(level)) = found.and_then(|id| assembly.ladder.role(id)) else { continue };
        let Some(rank) = ranks[level.0] else { continue };
        if let Some((rank_below, name_below)) = below.filter(|(rank_below, _)| *rank_below > rank) {
            let message = say(&name.value, name_below, rank, rank_below);
            let diagnostic = Diagnostic::new(Code::InvalidValue, page.span(&name.span), message);
            diagnostics.push(diagnostic.help("levels are listed lowest first; mend the list or the ranks"));
        }
        below = Some((rank, &name.value));
    }
    diagnostics
}

/// Works out what leads where: what `leads_to` says, or else the next rank of a level's own tracks.
pub(super) fn ways(assembly: &mut Assembly<'_>) {
    for at in 0..assembly.ladder.levels.len() {
        let page = assembly.pages.get(assembly.ladder.levels[at].page);
        let FrontMatter::Level(front_matter) = &page.front_matter else { continue };
        let mut next: Vec<LevelId> = match &front_matter.leads_to {
            Some(names) => names.iter().filter_map(|name| next_named(assembly, LevelId(at), name, page)).collect(),
            None => next_ranks(assembly, LevelId(at)),
        };
        let mut seen = Vec::new();
        next.retain(|level| {
            !seen.contains(level) && {
                seen.push(*level);
                true
            }
        });
        for level in &next {
            assembly.ladder.levels[level.0].comes_from.push(LevelId(at));
        }
        assembly.ladder.levels[at].leads_to = next;
    }
}

fn next_named(assembly: &mut Assembly<'_>, level: LevelId, name: &Spanned<String>, page: &Page) -> Option<LevelId> {
    let next = assembly.rung_named(name, page)?;
    if next == level {
        let diagnostic = Diagnostic::new(Code::MoveToItself, page.span(&name.span), "this level leads to itself");
        assembly.diagnostics.push(diagnostic.help("name the levels that follow it, or take this name away"));
    }
    let (from, to) = (assembly.ladder.level(level), assembly.ladder.level(next));
    let down = matches!((from.rank, to.rank), (Some(from), Some(to)) if to < from);
    if down && from.tracks.iter().any(|track| to.tracks.contains(track)) {
        let message = format!("`{}` is a lower level of the same track, so this leads down", name.value);
        let diagnostic = Diagnostic::new(Code::LeadsDown, page.span(&name.span), message);
        assembly.diagnostics.push(diagnostic.help("name the levels that follow this one; `extends` names those below"));
    }
    (next != level).then_some(next)
}

fn next_ranks(assembly: &Assembly<'_>, level: LevelId) -> Vec<LevelId> {
    let ladder = &assembly.ladder;
    let Some(rank) = ladder.level(level).rank else { return Vec::new() };
    let mut next = Vec::new();
    for track in &ladder.level(level).tracks {
        let levels = &ladder.track(*track).levels;
        let rank_of = |level: &LevelId| ladder.level(*level).rank.unwrap_or(f64::INFINITY);
        let start = levels.partition_point(|level| rank_of(level) <= rank);
        let Some(next_rank) = levels.get(start).map(rank_of) else { continue };
        let same = levels[start..].iter().take_while(|level| rank_of(level) <= next_rank);
        next.extend(same.filter(|level| rank_of(level).is_finite()));
    }
    next
}
