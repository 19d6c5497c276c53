//! The page of a competency.

use std::collections::{HashMap, HashSet};

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Cell, Competency, CompetencyId, LevelId, State, TrackId};
use crate::page::{FrontMatter, Kind};
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::percent::encode;
use crate::view::{Card, CellView, CompetencyCell, CompetencyTrack, CompetencyView, Content, LevelNames};

/// The content of a competency's page: its scale, and what is written for each level, track by track.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: CompetencyId) -> Content {
    let competency = context.ladder.competency(id);
    let FrontMatter::Competency(front_matter) = &context.pages.get(competency.page).front_matter else {
        return Content::default();
    };
    let mut builder = CompetencyCells::new(context, page_context, id);
    let foundations = competency.levels.iter().copied().filter(|level| context.ladder.level(*level).is_abstract);
    let view = CompetencyView {
        area: context.area(&competency.area).0,
        also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
        only_tracks: competency.tracks.iter().map(|track| context.track_card(*track)).collect(),
        scale: (1..=competency.scale.len())
            .filter_map(|number| CellBuilder { context, page_context }.step(id, number, true))
            .collect(),
        foundations: foundations.map(|level| builder.cell(level)).collect(),
        tracks: context.ladder.tracks.ids().filter_map(|track| builder.track(track)).collect(),
        brief: builder.is_brief,
        articles: context.cards(context.serving_competency(id, Kind::Article)),
        worksheets: context.cards(context.serving_competency(id, Kind::Worksheet)),
    };
    Content { competency: Some(view), ..Content::default() }
}

/// Builds the cells of a competency's page.
struct CompetencyCells<'a> {
    context: &'a RenderContext,
    page_context: &'a PageContext,
    id: CompetencyId,
    competency: &'a Competency,
    is_brief: bool,
    /// The levels to show.
    levels: HashSet<LevelId>,
    /// The track under which each level was shown first.
    shown_under: HashMap<LevelId, TrackId>,
}

impl<'a> CompetencyCells<'a> {
    fn new(context: &'a RenderContext, page_context: &'a PageContext, id: CompetencyId) -> Self {
        let competency = context.ladder.competency(id);
        let (levels, shown_under) = (competency.levels.iter().copied().collect(), HashMap::new());
        Self { context, page_context, id, competency, is_brief: context.ladder.is_large(), levels, shown_under }
    }

    fn written(&self, level: LevelId) -> Option<&'a Cell> {
        self.context.ladder.level(level).cells.get(&self.id)
    }

    /// Whether a cell is written on the competency's own page, which therefore shows it in full.
    fn is_written_here(&self, cell: &Cell) -> bool {
        cell.written.as_ref().is_some_and(|written| written.page == self.competency.page)
    }

    /// A track; `None` if the competency doesn't apply to it, or none of its levels has a cell or a step.
    fn track(&mut self, id: TrackId) -> Option<CompetencyTrack> {
        let applies = self.competency.tracks.is_empty() || self.competency.tracks.contains(&id);
        let track = self.context.ladder.track(id);
        let shown = |level: &&LevelId| self.levels.contains(level);
        let (shown, others): (Vec<&LevelId>, Vec<&LevelId>) = track.levels.iter().partition(shown);
        if !applies || shown.is_empty() {
            return None;
        }
        let cells: Vec<CompetencyCell> = shown.into_iter().map(|level| self.cell_under(id, *level)).collect();
        let is_part = track.writes_cells && track.competencies.binary_search(&self.id).is_ok();
        let in_state = |state: State| {
            let levels = others.iter().filter(|level| self.context.ladder.state(***level, self.id) == state);
            let titles: Vec<String> = levels.map(|level| self.context.level_card(**level).title).collect();
            LevelNames { count: titles.len(), names: if self.is_brief { Vec::new() } else { titles } }
        };
        Some(CompetencyTrack {
            track: self.context.track_card(id),
            count: cells.iter().map(|cell| cell.own).sum(),
            cells,
            missing: if is_part { in_state(State::Missing) } else { LevelNames::default() },
            not_applicable: in_state(State::NotApplicable),
        })
    }

    /// The cell of a level of a track. A rung that tracks share is shown under the first of them; others link to it.
    fn cell_under(&mut self, track: TrackId, level: LevelId) -> CompetencyCell {
        let mut cell = self.cell(level);
        let first = *self.shown_under.entry(level).or_insert(track);
        if first != track {
            let url = self.here(&cell.cell.anchor);
            cell.shown_under = self.context.track_card(first).title;
            cell.cell = CellView { level: cell.cell.level, url, ..CellView::default() };
        }
        cell
    }

    /// The address of a part of this page.
    fn here(&self, anchor: &str) -> String {
        format!("{}#{}", self.context.address(self.competency.page).url, encode(anchor))
    }

    fn cell(&self, level: LevelId) -> CompetencyCell {
        let (context, page_context) = (self.context, self.page_context);
        let builder = CellBuilder { context, page_context };
        let (of, written) = (context.ladder.level(level), self.written(level));
        let link = self.is_brief && !written.is_some_and(|cell| self.is_written_here(cell));
        let anchors = &context.anchors.competency(self.id).cells;
        let mut view = CellView {
            level: Card { summary: String::new(), ..context.level_card(level) },
            anchor: anchors.get(&level).cloned().unwrap_or_default(),
            url: context.cell_url(level, self.id),
            state: context.ladder.state(level, self.id).into(),
            step: of.profile.get(&self.id).and_then(|step| builder.step(self.id, *step, false)),
            ..CellView::default()
        };
        // The criteria of the step are above, in the scale.
        if let Some(step) = &mut view.step {
            step.html.clear();
        }
        if let Some((cell, written)) = written.and_then(|cell| Some((cell, cell.written.as_ref()?))).filter(|_| !link) {
            let here = self.is_written_here(cell);
            let detail = if here { CellDetail::FullWithIds } else { CellDetail::Statements };
            builder.fill(written, &cell.lines, detail, &mut view);
        }
        let base = |base: LevelId| {
            let anchor = anchors.get(&base)?;
            Some(Card { url: self.here(anchor), summary: String::new(), ..context.level_card(base) })
        };
        let (own, inherited) = written.map_or((0, 0), |cell| (cell.lines.len(), cell.inherited.len()));
        view.count = own + inherited;
        let bases = context.ladder.bases(level, self.id).filter(|_| inherited > 0);
        CompetencyCell {
            link,
            own,
            inherited,
            bases: bases.filter_map(base).collect(),
            shown_under: String::new(),
            cell: view,
        }
    }
}
