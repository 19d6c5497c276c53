use std::collections::HashSet;

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::ladder::{CompetencyId, LevelId, TrackId};
use crate::link::encode;
use crate::page::{FrontMatter, Kind, PageId};
use crate::pages::cells::Show;
use crate::view::{CellView, CompetencyView, Content, ProgressionRow, RelatedView};

impl RenderContext {
    /// What a competency's page adds: its scale, and its progression over all levels, track by track.
    pub(crate) fn competency_content(&self, here: &PageContext, id: CompetencyId) -> Content {
        let competency = self.ladder.competency(id);
        let FrontMatter::Competency(front_matter) = &self.pages.get(competency.page).front_matter else {
            return Content::default();
        };
        let all_tracks = self.ladder.tracks.ids();
        let applies = |track: &TrackId| competency.tracks.is_empty() || competency.tracks.contains(track);
        let tracks: Vec<TrackId> = all_tracks.filter(applies).filter(|track| self.has_cells(*track, id)).collect();
        let mut shown = HashSet::new();
        let mut cell = |level: LevelId| {
            if shown.insert(level) {
                return self.cell(here, level, id, Show::First);
            }
            // A rung that tracks share is shown in the column of each; its ids are set in the first.
            CellView { anchor: String::new(), ..self.cell(here, level, id, Show::Whole) }
        };
        let foundations: Vec<CellView> = competency
            .levels
            .iter()
            .copied()
            .filter(|level| self.ladder.level(*level).is_abstract)
            .map(&mut cell)
            .collect();
        let row = |(rank, entries): (f64, Vec<Vec<LevelId>>)| ProgressionRow {
            rank: rank_text(Some(rank)),
            entries: entries.into_iter().map(|levels| levels.into_iter().map(&mut cell).collect()).collect(),
        };
        let rows = self.ranks(&tracks).into_iter().map(row).collect();
        let view = CompetencyView {
            area: self.area(&competency.area).0,
            also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
            only_tracks: competency.tracks.iter().map(|track| self.track_card(*track)).collect(),
            scale: (1..=competency.scale.len()).filter_map(|number| self.step(here, id, number, true)).collect(),
            foundations,
            tracks: tracks.iter().map(|track| self.track_card(*track)).collect(),
            rows,
            articles: self.cards(self.serving_competency(id, Kind::Article)),
            worksheets: self.cards(self.serving_competency(id, Kind::Worksheet)),
        };
        Content { competency: Some(view), ..Content::default() }
    }

    fn has_cells(&self, track: TrackId, competency: CompetencyId) -> bool {
        let levels = &self.ladder.competency(competency).levels;
        levels.iter().any(|level| self.ladder.level(*level).tracks.contains(&track))
    }

    /// What an article, a worksheet or a term adds.
    pub(crate) fn related_content(&self, page: PageId) -> Content {
        let also_known_as = match &self.pages.get(page).front_matter {
            FrontMatter::Term(names) => names.iter().map(|name| name.value.clone()).collect(),
            _ => Vec::new(),
        };
        let mut view = RelatedView { also_known_as, ..RelatedView::default() };
        if let Some(serves) = self.ladder.serves.get(&page) {
            view.levels = serves.levels.iter().map(|level| self.level_card(*level)).collect();
            view.competencies = serves.competencies.iter().map(|id| self.competency_card(*id)).collect();
            view.tracks = serves.tracks.iter().map(|track| self.track_card(*track)).collect();
        }
        if self.pages.get(page).kind == Kind::Worksheet {
            view.markdown = encode(self.address(page).markdown().as_str());
            view.source = self.markdown(page);
        }
        Content { related: Some(view), ..Content::default() }
    }
}
