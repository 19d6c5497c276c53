//! The page of a competency.

use std::collections::HashSet;

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::ladder::{CompetencyId, LevelId, TrackId};
use crate::page::{FrontMatter, Kind};
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::view::{CellView, CompetencyView, Content, ProgressionRow};

/// The content of a competency's page: its scale, and its progression over all levels, track by track.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, id: CompetencyId) -> Content {
    let competency = context.ladder.competency(id);
    let FrontMatter::Competency(front_matter) = &context.pages.get(competency.page).front_matter else {
        return Content::default();
    };
    let all_tracks = context.ladder.tracks.ids();
    let applies = |track: &TrackId| competency.tracks.is_empty() || competency.tracks.contains(track);
    let tracks: Vec<TrackId> = all_tracks.filter(applies).filter(|track| has_cells(context, *track, id)).collect();
    let mut shown = HashSet::new();
    let mut cell = |level: LevelId| {
        if shown.insert(level) {
            return CellBuilder { context, page_context }.cell(level, id, CellDetail::FullWithIds);
        }
        // A rung that tracks share is shown in the column of each; its ids are set in the first.
        CellView { anchor: String::new(), ..CellBuilder { context, page_context }.cell(level, id, CellDetail::Full) }
    };
    let foundations: Vec<CellView> = competency
        .levels
        .iter()
        .copied()
        .filter(|level| context.ladder.level(*level).is_abstract)
        .map(&mut cell)
        .collect();
    let row = |(rank, entries): (f64, Vec<Vec<LevelId>>)| ProgressionRow {
        rank: rank_text(Some(rank)),
        entries: entries.into_iter().map(|levels| levels.into_iter().map(&mut cell).collect()).collect(),
    };
    let rows = context.ranks(&tracks).into_iter().map(row).collect();
    let view = CompetencyView {
        area: context.area(&competency.area).0,
        also_known_as: front_matter.also_known_as.iter().map(|name| name.value.clone()).collect(),
        only_tracks: competency.tracks.iter().map(|track| context.track_card(*track)).collect(),
        scale: (1..=competency.scale.len())
            .filter_map(|number| CellBuilder { context, page_context }.step(id, number, true))
            .collect(),
        foundations,
        tracks: tracks.iter().map(|track| context.track_card(*track)).collect(),
        rows,
        articles: context.cards(context.serving_competency(id, Kind::Article)),
        worksheets: context.cards(context.serving_competency(id, Kind::Worksheet)),
    };
    Content { competency: Some(view), ..Content::default() }
}

fn has_cells(context: &RenderContext, track: TrackId, competency: CompetencyId) -> bool {
    let levels = &context.ladder.competency(competency).levels;
    levels.iter().any(|level| context.ladder.level(*level).tracks.contains(&track))
}
