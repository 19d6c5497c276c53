//! The home page, tracks, and the table of career stages.

use std::collections::BTreeSet;

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::growth;
use crate::diagram::ladder;
use crate::ladder::{CompetencyId, LevelId, TrackId};
use crate::link::Generated;
use crate::name::fold;
use crate::page::Kind;
use crate::view::{Content, GroupView, HomeView, MatrixView, StageGroup, StageView, StagesView, TrackView, WeightView};

impl RenderContext {
    /// What the home page adds.
    pub(crate) fn home_content(&self, here: &PageContext) -> Content {
        // The home page is a way in; the whole list is one click away.
        const MOST: usize = 12;
        let kinds = [Kind::Article, Kind::Move, Kind::Competency, Kind::Worksheet];
        let group = |kind: &Kind| {
            let generated = Generated::of(*kind)?;
            let card = self.generated_card(&generated)?;
            let anchor = generated.path();
            Some(GroupView {
                title: card.title,
                anchor,
                summary: card.summary,
                url: card.url,
                cards: self.cards(self.listed(*kind).into_iter().take(MOST)),
            })
        };
        let home = HomeView {
            picture: ladder::of_whole_ladder(self),
            ladder: self.ladder_view(),
            groups: self.distinct(here, kinds.iter().filter_map(group).collect()),
        };
        Content { home: Some(home), ..Content::default() }
    }

    /// What a track's page adds.
    pub(crate) fn track_content(&self, here: &PageContext, id: TrackId) -> Content {
        let track = self.ladder.track(id);
        let others = self.ladder.tracks.ids().filter(|other| *other != id);
        let family = others
            .filter(|other| !track.family.is_empty() && fold(&self.ladder.track(*other).family) == fold(&track.family));
        let weight = |(competency, share): &(CompetencyId, f64)| WeightView {
            competency: self.competency_card(*competency),
            share: rank_text(Some(*share)),
        };
        let levels: Vec<StageView> = track.levels.iter().map(|level| self.stage(here, *level)).collect();
        let view = TrackView {
            hue: hue(id),
            growth: growth::step_charts(self, id, &levels),
            levels,
            family: family.map(|other| self.track_card(other)).collect(),
            weights: track.weights.iter().map(weight).collect(),
            matrix: self.matrix(here, &track.levels, track.competencies.clone()),
        };
        Content { track: Some(view), ..Content::default() }
    }

    /// What the table of career stages shows.
    pub(crate) fn stages_content(&self, here: &PageContext) -> Content {
        let group = |(id, track): (TrackId, &crate::ladder::Track)| StageGroup {
            track: self.track_card(id),
            levels: track.levels.iter().map(|level| self.stage(here, *level)).collect(),
        };
        let tracks = self.ladder.tracks.iter_enumerated();
        let view = StagesView {
            ladder: self.ladder_view(),
            facets: self.config.facets.iter().map(|facet| facet.title.clone()).collect(),
            groups: tracks.map(group).collect(),
            foundations: self.ladder.foundations().map(|level| self.level_card(level)).collect(),
        };
        Content { stages: Some(view), ..Content::default() }
    }

    /// The matrix of all levels on tracks that have cells: by track and rank, a shared rung once.
    pub(crate) fn whole_matrix(&self, here: &PageContext) -> MatrixView {
        let mut levels: Vec<LevelId> = Vec::new();
        let tracks = self.ladder.tracks.iter().filter(|track| !track.competencies.is_empty());
        for level in tracks.flat_map(|track| &track.levels) {
            if !levels.contains(level) {
                levels.push(*level);
            }
        }
        let shown: BTreeSet<CompetencyId> =
            levels.iter().flat_map(|level| self.ladder.competencies_of(*level)).collect();
        self.matrix(here, &levels, shown.into_iter().collect())
    }
}
