//! The matrix: competencies against levels.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::index_vec::Index;
use crate::ladder::{Area, CompetencyId, ExpectationId, LevelId, Raised, State, Track, TrackId, compare_in};
use crate::link::numbered;
use crate::name;
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::pages::changes;
use crate::view::{
    CellView, MatrixArea, MatrixColumn, MatrixHidden, MatrixPart, MatrixRank, MatrixRow, MatrixTrack, MatrixView,
};

/// The most levels of the matrix of the whole ladder. With more columns nobody finds a cell, and a browser is slow to
/// lay them out; the tracks' pages have a matrix each.
const MAX_LEVELS: usize = 60;

/// The matrix of some levels and the competencies that apply to any of them.
pub(crate) fn view(
    context: &RenderContext,
    page_context: &PageContext,
    levels: &[LevelId],
    competencies: Vec<CompetencyId>,
) -> MatrixView {
    let columns: HashMap<LevelId, usize> = levels.iter().enumerate().map(|(at, level)| (*level, at)).collect();
    let row = |id: CompetencyId| {
        let cell = |level: &LevelId| cell(context, page_context, *level, context.ladder.neighbours(*level).0, id);
        let mut row = MatrixRow {
            competency: context.competency_card(id),
            cells: levels.iter().map(cell).collect(),
            hidden: Vec::new(),
        };
        fill_bases(context, page_context, levels, &columns, id, &mut row);
        row
    };
    let area = |(area, ids): (Area, Vec<CompetencyId>)| MatrixArea {
        title: context.area(&area).0,
        rows: ids.into_iter().map(row).collect(),
    };
    let says = |id: &CompetencyId| {
        let state = |level: &LevelId| context.ladder.state(*level, *id);
        let is_said = |level| matches!(state(level), State::Written | State::Inherited | State::NotApplicable);
        levels.iter().any(|level| is_said(level) || context.ladder.level(*level).profile.contains_key(id))
    };
    let (written, unwritten): (Vec<CompetencyId>, Vec<CompetencyId>) = competencies.into_iter().partition(says);
    let keys = track_keys(context);
    MatrixView {
        parts: Vec::new(),
        levels: levels.iter().map(|level| context.level_card(*level)).collect(),
        columns: levels.iter().map(|level| column(context, *level, &columns, &keys)).collect(),
        tracks: tracks(context, levels, &keys),
        ranks: ranks(context, levels),
        areas: context.by_area(written).into_iter().map(area).collect(),
        unwritten: unwritten.into_iter().map(|id| context.competency_card(id)).collect(),
    }
}

fn cell(
    context: &RenderContext,
    page_context: &PageContext,
    level: LevelId,
    below: Option<LevelId>,
    id: CompetencyId,
) -> CellView {
    let mut view = CellBuilder { context, page_context }.cell(level, id, CellDetail::Statements);
    let Some(of_level) = context.ladder.level(level).cells.get(&id).filter(|_| view.count > 0) else { return view };
    let changes = below.map(|below| compare_in(&context.ladder, below, level, Some(id)));
    for (line, id) in view.lines.iter_mut().zip(&of_level.lines) {
        let found = changes.iter().flat_map(|changes| &changes.raised).find(|raised| raised.now == *id).cloned();
        let was = context.ladder.raises(*id);
        let raised = found.or_else(|| (!was.is_empty()).then(|| Raised { was: was.to_vec(), now: *id }));
        if let Some(raised) = raised {
            (line.raised, line.html) = (true, changes::raised(context, &raised).html);
            line.detail.clear();
        }
    }
    let Some((below, changes)) = below.zip(changes).filter(|(_, changes)| !changes.unchanged.is_empty()) else {
        return view;
    };
    view.below.clone_from(&context.pages.get(context.ladder.level(below).page).title.value);
    view.kept = changes.unchanged.len();
    view.same = changes.is_same();
    for (line, id) in view.lines.iter_mut().zip(&of_level.lines) {
        line.kept = changes.unchanged.contains(id);
    }
    view
}

/// Sets for each cell of a row the columns of the levels that it extends there and what no longer applies from it on, and
/// adds the levels that the matrix doesn't show.
fn fill_bases(
    context: &RenderContext,
    page_context: &PageContext,
    levels: &[LevelId],
    columns: &HashMap<LevelId, usize>,
    id: CompetencyId,
    row: &mut MatrixRow,
) {
    let mut hidden: Vec<LevelId> = Vec::new();
    let mut numbers = columns.clone();
    let mut number = |level: LevelId, hidden: &mut Vec<LevelId>| {
        *numbers.entry(level).or_insert_with(|| {
            hidden.push(level);
            columns.len() + hidden.len() - 1
        })
    };
    let mut of_level = |level: LevelId, hidden: &mut Vec<LevelId>| {
        let bases = bases(context, level, id).into_iter().map(|base| number(base, hidden)).collect::<Vec<usize>>();
        let gone = gone(context, level, id).into_iter().map(|(of, at)| format!("{}.{at}", number(of, hidden)));
        (bases, gone.collect::<Vec<String>>())
    };
    for (level, cell) in levels.iter().zip(&mut row.cells) {
        (cell.bases, cell.gone) = of_level(*level, &mut hidden);
    }
    let mut at = 0;
    while let Some(level) = hidden.get(at).copied() {
        let lines = CellBuilder { context, page_context }.cell(level, id, CellDetail::Statements).lines;
        let (bases, gone) = of_level(level, &mut hidden);
        row.hidden.push(MatrixHidden { column: columns.len() + at, bases, gone, lines });
        at += 1;
    }
}

/// The levels that a level extends from which it has an expectation in a competency.
fn bases(context: &RenderContext, level: LevelId, id: CompetencyId) -> Vec<LevelId> {
    let of = context.ladder.level(level);
    let Some(cell) = of.cells.get(&id).filter(|cell| !cell.inherited.is_empty()) else { return Vec::new() };
    let inherited: HashSet<ExpectationId> = cell.inherited.iter().copied().collect();
    let gives = |base: &LevelId| {
        let from = context.ladder.level(*base).cells.get(&id);
        from.is_some_and(|from| from.lines.iter().chain(&from.inherited).any(|line| inherited.contains(line)))
    };
    of.extends.iter().map(|(base, _)| *base).filter(gives).collect()
}

/// The expectations in a competency that a level raises or retires itself: of each its level, and its position there.
fn gone(context: &RenderContext, level: LevelId, id: CompetencyId) -> Vec<(LevelId, usize)> {
    let ladder = &context.ladder;
    let raised = ladder.written_for(level).iter().flat_map(|line| ladder.raises(*line));
    let gone = raised.chain(ladder.retires(level)).filter_map(|line| {
        let of = ladder.expectation(*line).level;
        let lines = &ladder.level(of).cells.get(&id)?.lines;
        Some((of, lines.iter().position(|other| other == line)?))
    });
    gone.collect()
}

/// A unique key for each track.
fn track_keys(context: &RenderContext) -> Vec<String> {
    let keys = context.ladder.tracks.iter().map(|track| name::slug(&context.pages.get(track.page).id));
    numbered(keys.map(|key| if key.is_empty() { "track".to_owned() } else { key }))
}

fn column(context: &RenderContext, level: LevelId, columns: &HashMap<LevelId, usize>, keys: &[String]) -> MatrixColumn {
    let below = context.ladder.neighbours(level).0.and_then(|below| columns.get(&below).copied());
    let level = context.ladder.level(level);
    let tracks: Vec<&str> = level.tracks.iter().map(|track| keys[track.index()].as_str()).collect();
    MatrixColumn { tracks: tracks.join(" "), rank: rank_text(level.rank), below }
}

fn tracks(context: &RenderContext, levels: &[LevelId], keys: &[String]) -> Vec<MatrixTrack> {
    let stands = |track: TrackId| levels.iter().any(|level| context.ladder.level(*level).tracks.contains(&track));
    let tracks = context.ladder.tracks.ids().filter(|track| stands(*track));
    tracks.map(|id| MatrixTrack { key: keys[id.index()].clone(), title: context.track_card(id).title }).collect()
}

fn ranks(context: &RenderContext, levels: &[LevelId]) -> Vec<MatrixRank> {
    let ranked = levels.iter().filter_map(|level| Some((context.ladder.level(*level).rank?, *level)));
    let mut ranked: Vec<(f64, LevelId)> = ranked.collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks: Vec<MatrixRank> = Vec::new();
    for (rank, level) in ranked {
        let (rank, title) = (rank_text(Some(rank)), context.level_card(level).title);
        match ranks.last_mut().filter(|last| last.rank == rank) {
            Some(last) if last.titles.contains(&title) => {}
            Some(last) => last.titles.push(title),
            None => ranks.push(MatrixRank { rank, titles: vec![title] }),
        }
    }
    ranks
}

/// The matrix of all levels on tracks that have cells: by track and rank, a shared rung once. If there are more than
/// [`MAX_LEVELS`], only the places of the tracks' own matrices.
pub(crate) fn whole(context: &RenderContext, page_context: &PageContext) -> MatrixView {
    let tracks = || context.ladder.tracks.iter_enumerated().filter(|(_, track)| !track.competencies.is_empty());
    let mut seen = HashSet::new();
    let levels: Vec<LevelId> =
        tracks().flat_map(|(_, track)| &track.levels).copied().filter(|level| seen.insert(*level)).collect();
    if levels.len() > MAX_LEVELS {
        let keys = track_keys(context);
        let part = |(id, track): (TrackId, &Track)| MatrixPart {
            track: context.track_card(id),
            key: keys[id.index()].clone(),
            levels: track.levels.len(),
            competencies: track.competencies.len(),
        };
        return MatrixView { parts: tracks().map(part).collect(), ..view(context, page_context, &[], Vec::new()) };
    }
    let shown: BTreeSet<CompetencyId> =
        levels.iter().flat_map(|level| context.ladder.competencies_of(*level)).collect();
    view(context, page_context, &levels, shown.into_iter().collect())
}
