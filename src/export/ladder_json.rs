//! `ladder.json`: tracks, levels, competencies, expectations with their provenance, and moves. Texts are plain.

use serde_json::{Value, json};

use crate::context::RenderContext;
use crate::context::cards::rank_text;
use crate::ladder::{CompetencyId, Example, ExpectationId, LevelId, TrackId};
use crate::page::{FrontMatter, PageId};
use crate::view::CellState;

/// The file.
pub(crate) fn write(context: &RenderContext) -> String {
    let ladder = &context.ladder;
    let levels: Vec<Value> = ladder.levels.ids().map(|id| level(context, id)).collect();
    let expectations: Vec<Value> = ladder.expectations.ids().map(|id| expectation(context, id)).collect();
    let value = json!({
        "title": context.config.title,
        "tracks": ladder.tracks.ids().map(|id| track(context, id)).collect::<Vec<_>>(),
        "levels": levels,
        "competencies": ladder.competencies.ids().map(|id| competency(context, id)).collect::<Vec<_>>(),
        "expectations": expectations,
        "moves": ladder.moves.iter().map(|one| {
            let mut value = common(context, one.page);
            value["from"] = level_id(context, one.from);
            value["to"] = level_id(context, one.to);
            value
        }).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn common(context: &RenderContext, id: PageId) -> Value {
    let page = context.pages.get(id);
    json!({ "id": page.id, "title": page.title.value, "url": context.address(id).url, "summary": page.summary })
}

fn page_id(context: &RenderContext, id: PageId) -> Value {
    Value::String(context.pages.get(id).id.clone())
}

fn level_id(context: &RenderContext, id: LevelId) -> Value {
    page_id(context, context.ladder.level(id).page)
}

fn competency_id(context: &RenderContext, id: CompetencyId) -> Value {
    page_id(context, context.ladder.competency(id).page)
}

fn track(context: &RenderContext, id: TrackId) -> Value {
    let track = context.ladder.track(id);
    let mut value = common(context, track.page);
    value["levels"] = track.levels.iter().map(|level| level_id(context, *level)).collect();
    value["competencies"] = track.competencies.iter().map(|id| competency_id(context, *id)).collect();
    value["weights"] = track
        .weights
        .iter()
        .map(|(competency, share)| json!({ "competency": competency_id(context, *competency), "share": share }))
        .collect();
    value
}

fn level(context: &RenderContext, id: LevelId) -> Value {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let mut value = common(context, level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return value };
    value["code"] = json!(page.code());
    value["also_known_as"] = front_matter.also_known_as.iter().map(|name| name.value.clone()).collect();
    value["tracks"] = level.tracks.iter().map(|track| page_id(context, context.ladder.track(*track).page)).collect();
    value["rank"] = json!(level.rank.map(|_| rank_text(level.rank).parse::<f64>().unwrap_or_default()));
    value["abstract"] = json!(level.is_abstract);
    value["leads_to"] = level.leads_to.iter().map(|next| level_id(context, *next)).collect();
    let facet = |(name, blocks): &(crate::diagnostic::Spanned<String>, Vec<crate::markdown::Block>)| {
        let listed = context.config.facet_position(&name.value).map(|at| &context.config.facets[at].id.value);
        let name = listed.unwrap_or(&name.value).clone();
        (name, Value::String(context.block_text(level.page, blocks)))
    };
    value["facets"] = Value::Object(front_matter.facets.iter().map(facet).collect());
    value["cells"] =
        context.ladder.competencies_of(id).into_iter().map(|competency| cell(context, id, competency)).collect();
    value
}

fn cell(context: &RenderContext, level: LevelId, competency: CompetencyId) -> Value {
    let ids = |ids: &[ExpectationId]| -> Value { ids.iter().map(|id| expectation_key(context, *id)).collect() };
    let of = context.ladder.level(level);
    let cell = of.cells.get(&competency);
    json!({
        "competency": competency_id(context, competency),
        "state": CellState::from(context.ladder.state(level, competency)),
        "step": of.profile.get(&competency),
        "own": cell.map_or_else(|| json!([]), |cell| ids(&cell.lines)),
        "examples": cell.and_then(|cell| cell.written.as_ref())
            .map_or_else(|| json!([]), |written| examples(context, written.page, &written.text.examples)),
        "inherited": cell.map_or_else(|| json!([]), |cell| ids(&cell.inherited)),
    })
}

/// An expectation's name in the file: its level and its permanent id, as in its address.
fn expectation_key(context: &RenderContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    let level = &context.pages.get(context.ladder.level(expectation.level).page).id;
    Value::String(format!("{level}#{}", expectation.id))
}

fn examples(context: &RenderContext, page: PageId, examples: &[Example]) -> Value {
    let example = |example: &Example| {
        let specialism = (!example.specialism.is_empty()).then_some(&example.specialism);
        json!({ "text": context.block_text(page, &example.blocks), "specialism": specialism })
    };
    examples.iter().map(example).collect()
}

fn expectation(context: &RenderContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    let level = context.ladder.level(expectation.level);
    let written_in = |cell: &crate::ladder::Cell| cell.lines.contains(&id);
    let competency = level.cells.iter().find(|(_, cell)| written_in(cell)).map(|(id, _)| competency_id(context, *id));
    json!({
        "id": expectation_key(context, id),
        "level": level_id(context, expectation.level),
        "competency": competency,
        "group": expectation.statement.group.as_ref().map(|heading| &heading.text),
        "text": context.inline_text(expectation.page, &expectation.statement.html),
        "detail": context.block_lines(expectation.page, &expectation.statement.detail.blocks),
        "examples": examples(context, expectation.page, &expectation.statement.examples),
        "url": context.expectation_url(id),
        "source": context.pages.get(expectation.page).file.as_str(),
    })
}

fn competency(context: &RenderContext, id: CompetencyId) -> Value {
    let competency = context.ladder.competency(id);
    let mut value = common(context, competency.page);
    let area = context.area(&competency.area).0;
    value["area"] = json!((!area.is_empty()).then_some(area));
    value["tracks"] =
        competency.tracks.iter().map(|track| page_id(context, context.ladder.track(*track).page)).collect();
    value["scale"] = competency.scale.iter().map(|step| step.name.clone()).collect();
    value
}
