//! The matrix: competencies against levels.

use std::collections::{BTreeSet, HashMap};

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::index_vec::Index;
use crate::ladder::{Area, CompetencyId, LevelId, TrackId, compare_in};
use crate::link::numbered;
use crate::name;
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::view::{CellView, MatrixArea, MatrixColumn, MatrixHidden, MatrixRank, MatrixRow, MatrixTrack, MatrixView};

/// The matrix of some levels and the competencies that apply to any of them.
pub(crate) fn view(
    context: &RenderContext,
    page_context: &PageContext,
    levels: &[LevelId],
    competencies: Vec<CompetencyId>,
) -> MatrixView {
    let below: Vec<Option<LevelId>> = levels.iter().map(|level| context.ladder.neighbours(*level).0).collect();
    let columns: HashMap<LevelId, usize> = levels.iter().enumerate().map(|(at, level)| (*level, at)).collect();
    let row = |id: CompetencyId| {
        let cells = levels.iter().zip(&below).map(|(level, below)| cell(context, page_context, *level, *below, id));
        let mut row = MatrixRow { competency: context.competency_card(id), cells: cells.collect(), hidden: Vec::new() };
        fill_sources(context, page_context, levels, &below, &columns, id, &mut row);
        row
    };
    let area = |(area, ids): (Area, Vec<CompetencyId>)| MatrixArea {
        title: context.area(&area).0,
        rows: ids.into_iter().map(row).collect(),
    };
    let keys = track_keys(context);
    MatrixView {
        levels: levels.iter().map(|level| context.level_card(*level)).collect(),
        columns: levels.iter().map(|level| column(context, *level, &keys)).collect(),
        tracks: tracks(context, levels, &keys),
        ranks: ranks(context, levels),
        areas: context.by_area(competencies).into_iter().map(area).collect(),
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
    let Some(below) = below.filter(|_| view.count > 0) else { return view };
    let changes = compare_in(&context.ladder, below, level, Some(id));
    if changes.unchanged.is_empty() {
        return view;
    }
    view.below.clone_from(&context.pages.get(context.ladder.level(below).page).title.value);
    view.kept = changes.unchanged.len();
    view.same = changes.is_same();
    if let Some(cell) = context.ladder.level(level).cells.get(&id) {
        for (line, id) in view.lines.iter_mut().zip(&cell.lines) {
            line.kept = changes.unchanged.contains(id);
        }
    }
    view
}

/// Sets for each cell of a row the columns that it inherits from, and adds levels that the matrix doesn't show.
fn fill_sources(
    context: &RenderContext,
    page_context: &PageContext,
    levels: &[LevelId],
    below: &[Option<LevelId>],
    columns: &HashMap<LevelId, usize>,
    id: CompetencyId,
    row: &mut MatrixRow,
) {
    let mut elsewhere: Vec<LevelId> = Vec::new();
    for ((level, below), cell) in levels.iter().zip(below).zip(&mut row.cells) {
        let known = below.map(|below| sources(context, below, id)).unwrap_or_default();
        for source in sources(context, *level, id) {
            let column = columns.get(&source).copied().unwrap_or_else(|| {
                let at = elsewhere.iter().position(|of| *of == source).unwrap_or(elsewhere.len());
                elsewhere.extend((at == elsewhere.len()).then_some(source));
                columns.len() + at
            });
            let is_known = *below == Some(source) || known.contains(&source);
            if is_known { &mut cell.from } else { &mut cell.fresh }.push(column);
        }
    }
    let lines = |of: LevelId| CellBuilder { context, page_context }.cell(of, id, CellDetail::Statements).lines;
    let hidden = |(at, of): (usize, LevelId)| MatrixHidden { column: columns.len() + at, lines: lines(of) };
    row.hidden = elsewhere.into_iter().enumerate().map(hidden).collect();
}

/// The levels that a cell inherits from.
fn sources(context: &RenderContext, level: LevelId, id: CompetencyId) -> BTreeSet<LevelId> {
    let cell = context.ladder.level(level).cells.get(&id);
    let inherited = cell.into_iter().flat_map(|cell| &cell.inherited);
    inherited.map(|line| context.ladder.expectation(*line).level).collect()
}

/// A unique key for each track.
fn track_keys(context: &RenderContext) -> Vec<String> {
    let keys = context.ladder.tracks.iter().map(|track| name::slug(&context.pages.get(track.page).id));
    numbered(keys.map(|key| if key.is_empty() { "track".to_owned() } else { key }))
}

fn column(context: &RenderContext, level: LevelId, keys: &[String]) -> MatrixColumn {
    let level = context.ladder.level(level);
    let tracks: Vec<&str> = level.tracks.iter().map(|track| keys[track.index()].as_str()).collect();
    MatrixColumn { tracks: tracks.join(" "), rank: rank_text(level.rank) }
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

/// The matrix of all levels on tracks that have cells: by track and rank, a shared rung once.
pub(crate) fn whole(context: &RenderContext, page_context: &PageContext) -> MatrixView {
    let mut levels: Vec<LevelId> = Vec::new();
    let tracks = context.ladder.tracks.iter().filter(|track| !track.competencies.is_empty());
    for level in tracks.flat_map(|track| &track.levels) {
        if !levels.contains(level) {
            levels.push(*level);
        }
    }
    let shown: BTreeSet<CompetencyId> =
        levels.iter().flat_map(|level| context.ladder.competencies_of(*level)).collect();
    view(context, page_context, &levels, shown.into_iter().collect())
}
