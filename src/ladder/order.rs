//! Where levels stand on their tracks, and which way they lead.

use std::collections::HashMap;

use super::assemble::{Assembly, number};
use super::model::{LevelId, TrackId};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Matter;

/// Gives every rung its rank and every track its levels in order.
pub(super) fn ranks(assembly: &mut Assembly<'_>, positions: &HashMap<LevelId, f64>) {
    for at in 0..assembly.ladder.levels.len() {
        let level = &mut assembly.ladder.levels[at];
        if level.is_abstract {
            level.rank = None;
            level.tracks.clear();
            continue;
        }
        level.rank = level.rank.or_else(|| positions.get(&LevelId(at)).copied());
        let (page, tracks, rank) = (assembly.pages.get(level.page), level.tracks.clone(), level.rank);
        let unresolved = matches!(&page.matter, Matter::Level(matter) if matter.track.is_some());
        if tracks.is_empty() && !unresolved && !page.broken && !assembly.ladder.tracks.is_empty() {
            let note = Diagnostic::new(Code::MissingField, page.whole(), "this level is on no track")
                .help("put it in the folder of a track's page, name its track (`track: …`), or make it `abstract: true`");
            assembly.notes.push(note);
        } else if tracks.is_empty() && assembly.ladder.tracks.is_empty() && !page.broken && !unresolved {
            let note = Diagnostic::new(Code::MissingField, page.whole(), "this level is on no track, and there is no track yet")
                .help("add a page with `kind: track` to the level's folder");
            assembly.notes.push(note);
        }
        if rank.is_none() && !page.broken {
            let note = Diagnostic::new(Code::MissingRank, page.whole(), "this level has no place on its track")
                .help("give it a `rank: …` (a number; fractions are fine), or list it in its track's `levels`");
            assembly.notes.push(note);
        }
        for track in tracks {
            assembly.ladder.tracks[track.0].levels.push(LevelId(at));
        }
    }
    for at in 0..assembly.ladder.tracks.len() {
        let mut levels = std::mem::take(&mut assembly.ladder.tracks[at].levels);
        let rank = |level: &LevelId| assembly.ladder.level(*level).rank.unwrap_or(f64::INFINITY);
        levels.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        assembly.ladder.tracks[at].levels = levels;
        check_listing(assembly, TrackId(at));
    }
}

/// A track that lists its levels in one order while their ranks say another would be shown in an unexpected one.
fn check_listing(assembly: &mut Assembly<'_>, track: TrackId) {
    let page = assembly.pages.get(assembly.ladder.track(track).page);
    let Matter::Track(matter) = &page.matter else { return };
    let mut below: Option<(f64, &str)> = None;
    for name in &matter.levels {
        let mut ignored = Vec::new();
        let found = assembly.names.resolve(assembly.pages, crate::page::Kind::Level, name, page, &mut ignored);
        let Some(super::Role::Level(level)) = found.and_then(|id| assembly.ladder.role(id)) else { continue };
        let Some(rank) = assembly.ladder.level(level).rank else { continue };
        if let Some((rank_below, name_below)) = below.filter(|(rank_below, _)| *rank_below > rank) {
            let message = format!(
                "`{}` is listed above `{name_below}`, but its rank is lower: {} against {}",
                name.value,
                number(rank),
                number(rank_below)
            );
            let note = Diagnostic::new(Code::InvalidValue, page.span(&name.span), message)
                .help("levels are listed lowest first; mend the list or the ranks");
            assembly.notes.push(note);
        }
        below = Some((rank, &name.value));
    }
}

/// Works out what leads where: what `leads_to` says, or else the next rank of a level's own tracks.
pub(super) fn ways(assembly: &mut Assembly<'_>) {
    for at in 0..assembly.ladder.levels.len() {
        let page = assembly.pages.get(assembly.ladder.levels[at].page);
        let Matter::Level(matter) = &page.matter else { continue };
        let mut next: Vec<LevelId> = match &matter.leads_to {
            Some(names) => names.iter().filter_map(|name| assembly.level_named(name, page)).collect(),
            None => next_ranks(assembly, LevelId(at)),
        };
        next.retain(|level| level.0 != at);
        let mut seen = Vec::new();
        next.retain(|level| !seen.contains(level) && { seen.push(*level); true });
        for level in &next {
            assembly.ladder.levels[level.0].comes_from.push(LevelId(at));
        }
        assembly.ladder.levels[at].leads_to = next;
    }
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
