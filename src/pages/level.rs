use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::profile;
use crate::diagram::ladder;
use crate::ladder::{LevelId, Move, is_comparable};
use crate::page::{FrontMatter, Kind};
use crate::view::{Content, FacetView, LevelView, MoveView, StageView, WayView};

impl RenderContext {
    /// What a level's page adds.
    pub(crate) fn level_content(&self, here: &PageContext, id: LevelId) -> Content {
        let level = self.ladder.level(id);
        let page = self.pages.get(level.page);
        let FrontMatter::Level(front_matter) = &page.front_matter else { return Content::default() };
        let track = level.tracks.first().copied();
        let areas = self.areas(here, id);
        let own = self.own(here, id);
        let cells = areas.iter().flat_map(|area| &area.cells).chain(own.iter().map(|own| &own.cell));
        let (previous, next) = self.ladder.neighbours(id);
        let (stage, anchors) = (self.stage(here, id), self.anchors.level(id));
        let before =
            self.ladder.compared_with(id).into_iter().filter(|before| is_comparable(&self.ladder, *before, id));
        let view = LevelView {
            hue: track.map_or(0, hue),
            code: page.code().unwrap_or_default().to_owned(),
            rank: rank_text(level.rank),
            also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
            tracks: level.tracks.iter().map(|track| self.track_card(*track)).collect(),
            foundation: level.is_abstract,
            rungs: track.map(|track| self.rungs(track)).unwrap_or_default(),
            picture: ladder::around_level(self, id),
            profile: profile::of_level(self, id),
            experience: stage.experience,
            facets: stage.facets.into_iter().filter(|facet| !facet.html.is_empty()).collect(),
            expectations_anchor: anchors.expectations.clone(),
            expectation_count: cells.map(|cell| cell.count).sum(),
            own,
            areas,
            assessment_url: self.assessment_url(id),
            changes_anchor: anchors.changes.clone(),
            changes: before.map(|before| self.change(here, before, id)).collect(),
            ways_on: self.ways_on(id),
            ways_in: self.ways_in(id),
            ways_anchor: anchors.ways.clone(),
            previous: previous.map(|level| self.level_card(level)),
            next: next.map(|level| self.level_card(level)),
            articles: self.cards(self.serving_level(id, Kind::Article)),
            worksheets: self.cards(self.serving_level(id, Kind::Worksheet)),
        };
        Content { level: Some(view), ..Content::default() }
    }

    /// A level with its facets, as tables show it. Facets that are not written have empty HTML.
    pub(crate) fn stage(&self, here: &PageContext, id: LevelId) -> StageView {
        let level = self.ladder.level(id);
        let page = self.pages.get(level.page);
        let FrontMatter::Level(front_matter) = &page.front_matter else {
            return StageView {
                level: self.card(level.page),
                rank: String::new(),
                facets: Vec::new(),
                experience: String::new(),
            };
        };
        let anchors = self.anchors.level(id);
        let facet = |(at, facet): (usize, &crate::config::Facet)| {
            let blocks = front_matter.facets.iter().find(|(name, _)| name.value == facet.id).map(|(_, blocks)| blocks);
            FacetView {
                title: facet.title.clone(),
                anchor: anchors.facets.get(at).cloned().unwrap_or_default(),
                html: blocks.map(|blocks| self.quoted(here, level.page, blocks, true)).unwrap_or_default(),
            }
        };
        StageView {
            level: self.card(level.page),
            rank: rank_text(level.rank),
            facets: self.config.facets.iter().enumerate().map(facet).collect(),
            experience: self.quoted(here, level.page, &front_matter.experience, true),
        }
    }

    pub(crate) fn ways_on(&self, id: LevelId) -> Vec<WayView> {
        let next = &self.ladder.level(id).leads_to;
        self.ways(id, next, self.moves_from(id), |one| one.to)
    }

    fn ways_in(&self, id: LevelId) -> Vec<WayView> {
        self.ways(id, &self.ladder.leading_to(id), self.moves_to(id), |one| one.from)
    }

    /// Ways to other levels, each with the moves that describe it; then those that only a move names.
    fn ways(&self, id: LevelId, levels: &[LevelId], moves: &[usize], end: fn(&Move) -> LevelId) -> Vec<WayView> {
        let all: Vec<&Move> = moves.iter().map(|at| &self.ladder.moves[*at]).collect();
        let mut ends: Vec<LevelId> = levels.to_vec();
        for one in &all {
            if !ends.contains(&end(one)) {
                ends.push(end(one));
            }
        }
        let way = |other: LevelId| WayView {
            level: self.level_card(other),
            relation: match (levels.contains(&other), self.ladder.share_track(other, id)) {
                (true, true) => "next",
                (true, false) => "fork",
                (false, _) => "move",
            },
            moves: self.cards(all.iter().filter(|one| end(one) == other).map(|one| one.page)),
        };
        ends.into_iter().map(way).collect()
    }

    /// What a move's page adds; nothing when its ends could not be found.
    pub(crate) fn move_content(&self, here: &PageContext, page: crate::page::PageId) -> Content {
        let moving = self.move_of(page).map(|one| MoveView {
            from: self.stage(here, one.from),
            to: self.stage(here, one.to),
            change: self.change(here, one.from, one.to),
            profile: profile::of_both(self, one.from, one.to),
        });
        Content { moving, ..Content::default() }
    }
}
