//! The page of a level.

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext};
use crate::diagram::ladder;
use crate::ladder::{Changes, LevelId, TrackId, compare};
use crate::page::{FrontMatter, Kind};
use crate::pages::cells::CellBuilder;
use crate::pages::level_cells::LevelCells;
use crate::pages::{changes, level_facets};
use crate::view::{Content, LevelView, StripRung, TransitionView};

/// The most levels on each side of a level in the strip of its track, beside both ends: eleven entries at most.
const MAX_STRIP_SIDE: usize = 3;

/// The most ways from a level, and to it.
const MAX_WAYS: usize = 8;

/// The most articles, and the most worksheets, that serve a level.
const MAX_SERVING: usize = 8;

/// The content of a level's page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: LevelId) -> Content {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return Content::default() };
    let track = level.tracks.first().copied();
    let compared = changes::compared_levels(context, id);
    let differences: Vec<Vec<Changes>> = compared.iter().map(|before| compare(&context.ladder, *before, id)).collect();
    let builder = CellBuilder { context, page_context };
    let cells = LevelCells::new(builder, id, differences.first().map(Vec::as_slice));
    let ((areas, empty), own) = (cells.by_area(), cells.own());
    let shown = areas.iter().flat_map(|area| &area.cells).chain(&own);
    let (stage, anchors) = (level_facets::view(context, page_context, id), context.anchors.level(id));
    let ((ways_on, more_ways_on), (ways_in, more_ways_in)) =
        (limited(context.ways_on(id), MAX_WAYS), limited(context.ways_in(id), MAX_WAYS));
    // The ways to the neighbours say the same.
    let is_way = |ways: &[TransitionView], other: LevelId| {
        let url = &context.address(context.ladder.level(other).page).url;
        ways.iter().any(|way| way.level.url == *url)
    };
    let (previous, next) = context.ladder.neighbours(id);
    let (previous, next) =
        (previous.filter(|other| !is_way(&ways_in, *other)), next.filter(|other| !is_way(&ways_on, *other)));
    let serving = |kind| limited(context.serving_level(id, kind), MAX_SERVING);
    let ((articles, more_articles), (worksheets, more_worksheets)) = (serving(Kind::Article), serving(Kind::Worksheet));
    let view = LevelView {
        hue: track.map_or(0, hue),
        code: page.code().unwrap_or_default().to_owned(),
        rank: rank_text(level.rank),
        also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
        tracks: level.tracks.iter().map(|track| context.track_card(*track)).collect(),
        foundation: level.is_abstract,
        rungs: track.map(|track| strip(context, track, id)).unwrap_or_default(),
        picture: ladder::around_level(context, id),
        experience: stage.experience,
        facets: stage.facets.into_iter().filter(|facet| !facet.html.is_empty()).collect(),
        expectations_anchor: anchors.expectations.clone(),
        expectation_count: shown.map(|cell| cell.lines.len() + cell.inherited_count).sum(),
        own,
        areas,
        empty,
        assessment_url: context.assessment_url(id),
        changes_anchor: anchors.changes.clone(),
        changes: compared
            .iter()
            .zip(&differences)
            .map(|(before, differences)| changes::change(context, (*before, id), differences))
            .collect(),
        ways_on,
        more_ways_on,
        ways_in,
        more_ways_in,
        ways_anchor: anchors.ways.clone(),
        previous: previous.map(|level| context.level_card(level)),
        next: next.map(|level| context.level_card(level)),
        articles: context.cards(articles),
        worksheets: context.cards(worksheets),
        more_serving: more_articles + more_worksheets,
    };
    Content { level: Some(view), ..Content::default() }
}

/// The rungs of a level's own track, lowest first: the ends, and those near the level.
fn strip(context: &RenderContext, track: TrackId, id: LevelId) -> Vec<StripRung> {
    let levels = &context.ladder.track(track).levels;
    let at = levels.iter().position(|level| *level == id).unwrap_or_default();
    let near = at.saturating_sub(MAX_STRIP_SIDE)..=at + MAX_STRIP_SIDE;
    let (mut rungs, mut skipped) = (Vec::new(), 0);
    for (place, level) in levels.iter().enumerate() {
        if near.contains(&place) || place == 0 || place + 1 == levels.len() {
            rungs.push(StripRung { level: context.level_card(*level), skipped });
            skipped = 0;
        } else {
            skipped += 1;
        }
    }
    rungs
}

/// The first items, and the number of the others.
fn limited<T>(mut items: Vec<T>, limit: usize) -> (Vec<T>, usize) {
    let more = items.len().saturating_sub(limit);
    items.truncate(limit);
    (items, more)
}
