//! The page on which any two levels can be chosen for comparison.

use std::collections::HashMap;

use crate::context::{PageContext, RenderContext};
use crate::ladder::{LevelId, Pair, Relation};
use crate::pages::level_facets;
use crate::view::{
    Card, ChooserView, ComparedArea, ComparedLine, ComparedRow, ComparedStep, ComparisonView, Content, CountView,
    DifferenceKind, DifferenceNote, PairView, PairsView, RaisedView, StepTurn, StepView,
};

/// The content of the page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext) -> Content {
    let comparisons = &context.routes.comparisons;
    let levels = context.ladder.on_tracks();
    let chooser = levels.first().map(|first| ChooserView {
        data: "compare/".to_owned(),
        pattern: pattern(context, page_context, *first),
        pairs: if comparisons.brief { Vec::new() } else { all_pairs(context, &levels) },
    });
    Content { chooser, ..Content::default() }
}

/// All pairs that have pages, by the level that they start from.
fn all_pairs(context: &RenderContext, levels: &[LevelId]) -> Vec<PairsView> {
    let mut by_level: HashMap<LevelId, Vec<Pair>> = HashMap::new();
    for pair in &context.routes.comparisons.pairs {
        by_level.entry(pair.before).or_default().push(*pair);
    }
    levels.iter().filter_map(|level| Some(pairs_from(context, *level, by_level.get(level)?))).collect()
}

fn pairs_from(context: &RenderContext, level: LevelId, pairs: &[Pair]) -> PairsView {
    let of = |relations: &[Relation]| {
        let wanted = pairs.iter().filter(|pair| relations.contains(&pair.relation));
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
    let url = std::mem::take(&mut stage.level.url);
    stage.level = Card { url, title: "–".to_owned(), code: "–".to_owned(), hue: 1, draft: true, ..Card::default() };
    "–".clone_into(&mut stage.experience);
    stage.facets.iter_mut().for_each(|facet| "–".clone_into(&mut facet.html));
    let line = || ComparedLine { url: String::new(), label: String::new(), text: String::new(), detail: Vec::new() };
    let raised = RaisedView { url: String::new(), html: String::new(), was: vec![String::new()] };
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
        unchanged: 1,
        unchanged_url: stage.level.url.clone(),
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

fn blank_step() -> StepView {
    let (name, html, url, anchor) = ("–".to_owned(), String::new(), String::new(), String::new());
    StepView { name, number: 1, of: 1, html, url, anchor }
}
