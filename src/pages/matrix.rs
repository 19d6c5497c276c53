use std::collections::{BTreeSet, HashMap};

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::index::Index;
use crate::ladder::{Area, CompetencyId, LevelId, TrackId, compare_in};
use crate::link::numbered;
use crate::name;
use crate::pages::cells::Show;
use crate::view::{CellView, MatrixArea, MatrixColumn, MatrixHidden, MatrixRank, MatrixRow, MatrixTrack, MatrixView};

impl RenderContext {
    /// The matrix of some levels and the competencies that apply to any of them.
    pub(crate) fn matrix(&self, here: &PageContext, levels: &[LevelId], competencies: Vec<CompetencyId>) -> MatrixView {
        let below: Vec<Option<LevelId>> = levels.iter().map(|level| self.ladder.neighbours(*level).0).collect();
        let columns: HashMap<LevelId, usize> = levels.iter().enumerate().map(|(at, level)| (*level, at)).collect();
        let row = |id: CompetencyId| {
            let cells = levels.iter().zip(&below).map(|(level, below)| self.matrix_cell(here, *level, *below, id));
            let mut row =
                MatrixRow { competency: self.competency_card(id), cells: cells.collect(), hidden: Vec::new() };
            self.fill_sources(here, levels, &below, &columns, id, &mut row);
            row
        };
        let area = |(area, ids): (Area, Vec<CompetencyId>)| MatrixArea {
            title: self.area(&area).0,
            rows: ids.into_iter().map(row).collect(),
        };
        let keys = self.track_keys();
        MatrixView {
            levels: levels.iter().map(|level| self.level_card(*level)).collect(),
            columns: levels.iter().map(|level| self.matrix_column(*level, &keys)).collect(),
            tracks: self.matrix_tracks(levels, &keys),
            ranks: self.matrix_ranks(levels),
            areas: self.by_area(competencies).into_iter().map(area).collect(),
        }
    }

    fn matrix_cell(&self, here: &PageContext, level: LevelId, below: Option<LevelId>, id: CompetencyId) -> CellView {
        let mut view = self.cell(here, level, id, Show::Sentence);
        let Some(below) = below.filter(|_| view.count > 0) else { return view };
        let changes = compare_in(&self.ladder, below, level, Some(id));
        if changes.unchanged.is_empty() {
            return view;
        }
        view.below.clone_from(&self.pages.get(self.ladder.level(below).page).title.value);
        view.kept = changes.unchanged.len();
        view.same = changes.is_same();
        if let Some(cell) = self.ladder.level(level).cells.get(&id) {
            for (line, id) in view.lines.iter_mut().zip(&cell.lines) {
                line.kept = changes.unchanged.contains(id);
            }
        }
        view
    }

    /// Says of each cell of a row where else its expectations come from.
    fn fill_sources(
        &self,
        here: &PageContext,
        levels: &[LevelId],
        below: &[Option<LevelId>],
        columns: &HashMap<LevelId, usize>,
        id: CompetencyId,
        row: &mut MatrixRow,
    ) {
        let mut elsewhere: Vec<LevelId> = Vec::new();
        for ((level, below), cell) in levels.iter().zip(below).zip(&mut row.cells) {
            let known = below.map(|below| self.sources(below, id)).unwrap_or_default();
            for source in self.sources(*level, id) {
                let column = columns.get(&source).copied().unwrap_or_else(|| {
                    let at = elsewhere.iter().position(|of| *of == source).unwrap_or(elsewhere.len());
                    elsewhere.extend((at == elsewhere.len()).then_some(source));
                    columns.len() + at
                });
                let is_known = *below == Some(source) || known.contains(&source);
                if is_known { &mut cell.from } else { &mut cell.fresh }.push(column);
            }
        }
        let lines = |of: LevelId| self.cell(here, of, id, Show::Sentence).lines;
        let hidden = |(at, of): (usize, LevelId)| MatrixHidden { column: columns.len() + at, lines: lines(of) };
        row.hidden = elsewhere.into_iter().enumerate().map(hidden).collect();
    }

    /// The levels that a cell inherits from.
    fn sources(&self, level: LevelId, id: CompetencyId) -> BTreeSet<LevelId> {
        let cell = self.ladder.level(level).cells.get(&id);
        let inherited = cell.into_iter().flat_map(|cell| &cell.inherited);
        inherited.map(|line| self.ladder.expectation(*line).level).collect()
    }

    /// A key for each track, none twice.
    fn track_keys(&self) -> Vec<String> {
        let keys = self.ladder.tracks.iter().map(|track| name::slug(&self.pages.get(track.page).id));
        numbered(keys.map(|key| if key.is_empty() { "track".to_owned() } else { key }))
    }

    fn matrix_column(&self, level: LevelId, keys: &[String]) -> MatrixColumn {
        let level = self.ladder.level(level);
        let tracks: Vec<&str> = level.tracks.iter().map(|track| keys[track.index()].as_str()).collect();
        MatrixColumn { tracks: tracks.join(" "), rank: rank_text(level.rank) }
    }

    fn matrix_tracks(&self, levels: &[LevelId], keys: &[String]) -> Vec<MatrixTrack> {
        let stands = |track: TrackId| levels.iter().any(|level| self.ladder.level(*level).tracks.contains(&track));
        let tracks = self.ladder.tracks.ids().filter(|track| stands(*track));
        tracks.map(|id| MatrixTrack { key: keys[id.index()].clone(), title: self.track_card(id).title }).collect()
    }

    fn matrix_ranks(&self, levels: &[LevelId]) -> Vec<MatrixRank> {
        let ranked = levels.iter().filter_map(|level| Some((self.ladder.level(*level).rank?, *level)));
        let mut ranked: Vec<(f64, LevelId)> = ranked.collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ranks: Vec<MatrixRank> = Vec::new();
        for (rank, level) in ranked {
            let (rank, title) = (rank_text(Some(rank)), self.level_card(level).title);
            match ranks.last_mut().filter(|last| last.rank == rank) {
                Some(last) if last.titles.contains(&title) => {}
                Some(last) => last.titles.push(title),
                None => ranks.push(MatrixRank { rank, titles: vec![title] }),
            }
        }
        ranks
    }
}
