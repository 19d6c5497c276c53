//! The page of a level.

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::profile;
use crate::diagram::ladder;
use crate::ladder::{LevelId, is_comparable};
use crate::page::{FrontMatter, Kind};
use crate::pages::cells::CellBuilder;
use crate::pages::{changes, level_facets};
use crate::view::{Content, LevelView};

/// The content of a level's page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: LevelId) -> Content {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return Content::default() };
    let track = level.tracks.first().copied();
    let areas = CellBuilder { context, page_context }.areas(id);
    let own = CellBuilder { context, page_context }.own(id);
    let cells = areas.iter().flat_map(|area| &area.cells).chain(own.iter().map(|own| &own.cell));
    let (previous, next) = context.ladder.neighbours(id);
    let (stage, anchors) = (level_facets::view(context, page_context, id), context.anchors.level(id));
    let before =
        context.ladder.compared_with(id).into_iter().filter(|before| is_comparable(&context.ladder, *before, id));
    let view = LevelView {
        hue: track.map_or(0, hue),
        code: page.code().unwrap_or_default().to_owned(),
        rank: rank_text(level.rank),
        also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
        tracks: level.tracks.iter().map(|track| context.track_card(*track)).collect(),
        foundation: level.is_abstract,
        rungs: track.map(|track| context.rungs(track)).unwrap_or_default(),
        picture: ladder::around_level(context, id),
        profile: profile::of_level(context, id),
        experience: stage.experience,
        facets: stage.facets.into_iter().filter(|facet| !facet.html.is_empty()).collect(),
        expectations_anchor: anchors.expectations.clone(),
        expectation_count: cells.map(|cell| cell.count).sum(),
        own,
        areas,
        assessment_url: context.assessment_url(id),
        changes_anchor: anchors.changes.clone(),
        changes: before.map(|before| changes::change(context, page_context, before, id)).collect(),
        ways_on: context.ways_on(id),
        ways_in: context.ways_in(id),
        ways_anchor: anchors.ways.clone(),
        previous: previous.map(|level| context.level_card(level)),
        next: next.map(|level| context.level_card(level)),
        articles: context.cards(context.serving_level(id, Kind::Article)),
        worksheets: context.cards(context.serving_level(id, Kind::Worksheet)),
    };
    Content { level: Some(view), ..Content::default() }
}
