//! `ladder.json`: tracks, competencies, levels with the expectations that are written for them, and moves. Texts are plain.
//!
//! Everything is in the file once, where it is written; what a level inherits follows from `extends` and `excludes`.
//! README.md describes the fields.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Serializer, Value, json};

use super::inheritance::excluded;
use crate::context::RenderContext;
use crate::context::cards::rank_text;
use crate::diagnostic::Spanned;
use crate::ladder::{Cell, CompetencyId, Example, ExpectationId, LevelId, Move, State, TrackId, Written};
use crate::markdown::Block;
use crate::page::{FrontMatter, PageId};

/// The version of the format. A change that programs have to be adapted to raises it.
const VERSION: u32 = 2;

/// The file.
pub(crate) fn write(context: &RenderContext) -> String {
    let ladder = &context.ladder;
    let mut out = format!("{{\"version\":{VERSION},\"title\":{}", Value::from(context.config.title.as_str()));
    push_list(&mut out, "tracks", ladder.tracks.ids().map(|id| track(context, id)));
    push_list(&mut out, "competencies", ladder.competencies.ids().map(|id| competency(context, id)));
    push_list(&mut out, "levels", ladder.levels.ids().map(|id| level(context, id)));
    push_list(&mut out, "moves", ladder.moves.iter().map(|one| moves(context, one)));
    out.push_str("}\n");
    out
}

/// Appends a field with a list to an object, element by element: a large ladder is never in memory as a whole.
fn push_list(out: &mut String, name: &str, elements: impl Iterator<Item = Value>) {
    out.push_str(&format!(",\n\"{name}\":["));
    for (nth, element) in elements.enumerate() {
        out.push_str(if nth == 0 { "\n" } else { ",\n" });
        let mut json = Vec::new();
        element.serialize(&mut Serializer::with_formatter(&mut json, LinePerElement)).expect("JSON, to memory");
        out.push_str(&String::from_utf8(json).expect("JSON is UTF-8"));
    }
    out.push(']');
}

/// Writes each element of a list on its own line, without indentation: small, and easy to compare.
struct LinePerElement;

impl Formatter for LinePerElement {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        writer.write_all(if first { b"\n" } else { b",\n" })
    }
}

/// An object of those fields that have a value: neither `null` nor `false`, nor empty.
fn object<const FIELDS: usize>(fields: [(&str, Value); FIELDS]) -> Value {
    let has_value = |value: &Value| match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Number(_) => true,
    };
    let fields = fields.into_iter().filter(|(_, value)| has_value(value));
    Value::Object(fields.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// An object with the fields that all pages have, then others.
fn page_object<const FIELDS: usize>(context: &RenderContext, id: PageId, fields: [(&str, Value); FIELDS]) -> Value {
    let page = context.pages.get(id);
    let mut value = object([
        ("id", json!(page.id)),
        ("title", json!(page.title.value)),
        ("url", json!(context.address(id).url)),
        ("summary", json!(page.summary)),
    ]);
    if let (Value::Object(value), Value::Object(more)) = (&mut value, object(fields)) {
        value.extend(more);
    }
    value
}

fn page_id(context: &RenderContext, id: PageId) -> &str {
    &context.pages.get(id).id
}

fn level_id(context: &RenderContext, id: LevelId) -> Value {
    Value::from(page_id(context, context.ladder.level(id).page))
}

fn competency_id(context: &RenderContext, id: CompetencyId) -> Value {
    Value::from(page_id(context, context.ladder.competency(id).page))
}

fn competency_ids(context: &RenderContext, ids: &[CompetencyId]) -> Value {
    ids.iter().map(|id| competency_id(context, *id)).collect()
}

fn track_ids(context: &RenderContext, ids: &[TrackId]) -> Value {
    ids.iter().map(|id| page_id(context, context.ladder.track(*id).page)).collect()
}

fn track(context: &RenderContext, id: TrackId) -> Value {
    let track = context.ladder.track(id);
    let share = |(competency, share): &(CompetencyId, f64)| json!({ "competency": competency_id(context, *competency), "share": share });
    let fields = [
        ("levels", track.levels.iter().map(|level| level_id(context, *level)).collect()),
        ("competencies", competency_ids(context, &track.competencies)),
        ("weights", track.weights.iter().map(share).collect()),
    ];
    page_object(context, track.page, fields)
}

fn competency(context: &RenderContext, id: CompetencyId) -> Value {
    let competency = context.ladder.competency(id);
    let fields = [
        ("area", json!(context.area(&competency.area).0)),
        ("tracks", track_ids(context, &competency.tracks)),
        ("scale", competency.scale.iter().map(|step| step.name.as_str()).collect()),
    ];
    page_object(context, competency.page, fields)
}

fn moves(context: &RenderContext, one: &Move) -> Value {
    page_object(context, one.page, [("from", level_id(context, one.from)), ("to", level_id(context, one.to))])
}

fn level(context: &RenderContext, id: LevelId) -> Value {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return page_object(context, level.page, []) };
    let facet = |(name, blocks): &(Spanned<String>, Vec<Block>)| {
        let listed = context.config.facet_position(&name.value).map(|at| &context.config.facets[at].id.value);
        (listed.unwrap_or(&name.value).clone(), Value::String(context.block_text(level.page, blocks)))
    };
    let base = |(base, only): &(LevelId, Option<Vec<CompetencyId>>)| {
        let only = only.as_ref().map(|only| competency_ids(context, only));
        object([("level", level_id(context, *base)), ("competencies", only.unwrap_or_default())])
    };
    let step = |(competency, step): (&CompetencyId, &usize)| {
        (page_id(context, context.ladder.competency(*competency).page).to_owned(), json!(step))
    };
    let mut not_applicable = context.ladder.competencies_of(id);
    not_applicable.retain(|competency| context.ladder.state(id, *competency) == State::NotApplicable);
    let own = level.own.iter().flat_map(|own| &own.lines);
    let fields = [
        ("source", json!(page.file.as_str())),
        ("code", json!(page.code())),
        ("also_known_as", front_matter.also_known_as.iter().map(|name| name.value.as_str()).collect()),
        ("tracks", track_ids(context, &level.tracks)),
        ("rank", json!(level.rank.map(|_| rank_text(level.rank).parse::<f64>().unwrap_or_default()))),
        ("abstract", json!(level.is_abstract)),
        ("extends", level.extends.iter().map(base).collect()),
        ("leads_to", level.leads_to.iter().map(|next| level_id(context, *next)).collect()),
        ("facets", Value::Object(front_matter.facets.iter().map(facet).collect())),
        ("profile", Value::Object(level.profile.iter().map(step).collect())),
        ("not_applicable", competency_ids(context, &not_applicable)),
        ("retires", context.ladder.retires(id).iter().map(|line| expectation_key(context, *line)).collect()),
        ("not_written", competency_ids(context, &context.ladder.missing_cells(id))),
        ("expectations", own.map(|id| expectation(context, *id)).collect()),
        ("cells", level.cells.iter().filter_map(|(competency, of)| cell(context, id, *competency, of)).collect()),
    ];
    page_object(context, level.page, fields)
}

/// A cell, unless everything in it is inherited.
fn cell(context: &RenderContext, level: LevelId, competency: CompetencyId, cell: &Cell) -> Option<Value> {
    let excluded = excluded(&context.ladder, level, competency);
    if cell.written.is_none() && excluded.is_empty() {
        return None;
    }
    let source = |written: &Written| {
        let is_elsewhere = written.page != context.ladder.level(level).page;
        is_elsewhere.then(|| context.pages.get(written.page).file.as_str())
    };
    Some(object([
        ("competency", competency_id(context, competency)),
        ("source", json!(cell.written.as_ref().and_then(source))),
        ("expectations", cell.lines.iter().map(|id| expectation(context, *id)).collect()),
        (
            "examples",
            cell.written
                .as_ref()
                .map_or(Value::Null, |written| examples(context, written.page, &written.text.examples)),
        ),
        ("excludes", excluded.into_iter().map(|id| expectation_key(context, id)).collect()),
    ]))
}

fn expectation(context: &RenderContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    object([
        ("id", json!(&*expectation.id)),
        ("group", json!(expectation.statement.label())),
        ("text", json!(context.inline_text(expectation.page, &expectation.statement.html))),
        ("raises", context.ladder.raises(id).iter().map(|line| expectation_key(context, *line)).collect()),
        ("detail", json!(context.block_lines(expectation.page, &expectation.statement.detail.blocks))),
        ("examples", examples(context, expectation.page, &expectation.statement.examples)),
    ])
}

/// An expectation of another level: the id of that level, and its own.
fn expectation_key(context: &RenderContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    let level = page_id(context, context.ladder.level(expectation.level).page);
    Value::String(format!("{level}#{}", expectation.id))
}

fn examples(context: &RenderContext, page: PageId, examples: &[Example]) -> Value {
    let example = |example: &Example| {
        let text = json!(context.block_text(page, &example.blocks));
        object([("specialism", json!(example.specialism)), ("text", text)])
    };
    examples.iter().map(example).collect()
}
