//! The page on which any two levels can be chosen for comparison.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{LevelId, Relation};
use crate::pages::level_facets;
use crate::view::{
    Card, ChooserLevel, ChooserStage, ChooserTrack, ChooserView, ComparedArea, ComparedLine, ComparedRow, ComparedStep,
    ComparisonView, Content, CountView, DifferenceKind, DifferenceNote, PairView, PairsView, RaisedView, StepTurn,
    StepView,
};

/// The content of the page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext) -> Content {
    let comparisons = &context.routes.comparisons;
    let slug = |level: LevelId| comparisons.slug(level).to_owned();
    let choose = |level: &LevelId| ChooserLevel { slug: slug(*level), level: context.level_card(*level) };
    let track = |track: &crate::ladder::Track| ChooserTrack {
        track: context.card(track.page),
        levels: track.levels.iter().map(choose).collect(),
    };
    let tracks = context.ladder.tracks.iter().filter(|track| !track.levels.is_empty());
    let levels = context.ladder.on_tracks();
    let stage =
        |level: &LevelId| ChooserStage { slug: slug(*level), stage: level_facets::view(context, page_context, *level) };
    let chooser = ChooserView {
        any: comparisons.any,
        level_count: levels.len(),
        data: "compare/".to_owned(),
        tracks: tracks.map(track).collect(),
        pattern: levels.first().filter(|_| comparisons.any).map(|level| pattern(context, page_context, *level)),
        stages: levels.iter().filter(|_| comparisons.any).map(stage).collect(),
        pairs: levels.iter().map(|level| pairs_from(context, *level)).filter(has_pairs).collect(),
    };
    Content { chooser: Some(chooser), ..Content::default() }
}

fn pairs_from(context: &RenderContext, level: LevelId) -> PairsView {
    let of = |relations: &[Relation]| {
        let pairs = context.routes.comparisons.pairs.iter();
        let wanted = pairs.filter(|pair| pair.before == level && relations.contains(&pair.relation));
        let view = |now| PairView { url: context.comparison_url(level, now), level: context.level_card(now) };
        wanted.map(|pair| view(pair.now)).collect()
    };
    PairsView {
        level: context.level_card(level),
        next: of(&[Relation::Next]),
        others: of(&[Relation::Fork, Relation::Move]),
        rank: of(&[Relation::Rank]),
    }
}

/// A comparison with one example of everything that can occur, which scripts clone.
fn pattern(context: &RenderContext, page_context: &PageContext, level: LevelId) -> ComparisonView {
    let mut stage = level_facets::view(context, page_context, level);
    "–".clone_into(&mut stage.experience);
    stage.facets.iter_mut().for_each(|facet| "–".clone_into(&mut facet.html));
    let line = || ComparedLine { url: String::new(), label: String::new(), text: String::new(), detail: Vec::new() };
    let raised = RaisedView { url: String::new(), html: String::new(), was: String::new() };
    let step = |turn| ComparedStep { turn, was: Some(blank_step()), now: Some(blank_step()) };
    let row = ComparedRow {
        competency: Card { url: stage.level.url.clone(), title: "–".to_owned(), ..Default::default() },
        same: false,
        notes: DifferenceNote::ALL.to_vec(),
        steps: StepTurn::ALL.into_iter().map(step).collect(),
        raised: vec![raised],
        added: vec![line()],
        dropped: vec![line()],
        open: vec![line()],
        unchanged: vec![line()],
    };
    ComparisonView {
        from: stage.clone(),
        to: stage,
        counts: DifferenceKind::ALL.into_iter().map(|what| CountView { what, number: 1 }).collect(),
        areas: vec![ComparedArea { title: "–".to_owned(), same: false, rows: vec![row] }],
        moves: Vec::new(),
        swapped: String::new(),
        chooser: String::new(),
    }
}

fn has_pairs(view: &PairsView) -> bool {
    [&view.next, &view.others, &view.rank].into_iter().any(|pairs| !pairs.is_empty())
}

fn blank_step() -> StepView {
    let (name, html, url, anchor) = ("–".to_owned(), String::new(), String::new(), String::new());
    StepView { name, number: 1, of: 1, html, url, anchor }
}
