//! `ladder.json` of Stepladder.

use std::collections::BTreeMap;

use serde_json::Value;

use super::recogniser::Recogniser;
use crate::import::draft::{
    DraftCell, DraftCompetency, DraftExample, DraftLevel, DraftLine, DraftMove, DraftPage, DraftTrack,
};
use crate::import::ledger::{Placed, Reason, TextPlace};
use crate::import::source_file::ImportError;

/// The version of the format that is read.
const VERSION: u64 = 2;

/// Fields that follow from others, or that are no text of the ladder.
const DERIVED: [&str; 5] = ["url", "source", "not_written", "excludes", "version"];

/// Reads a file.
pub(super) fn recognise(recogniser: &mut Recogniser<'_>, name: &str, value: &Value) -> Result<(), ImportError> {
    let is_ladder = value.get("levels").is_some_and(Value::is_array) && value.get("version").is_some();
    if !is_ladder {
        return Err(ImportError::new(format!(
            "{name} isn't a `ladder.json` of Stepladder: it has no `version` and `levels`"
        ))
        .help("import the table or the document that it was made from, or a `ladder.json` of a built site"));
    }
    if value["version"].as_u64() != Some(VERSION) {
        return Err(ImportError::new(format!(
            "{name} has version {}, and this program reads version {VERSION}",
            value["version"]
        )));
    }
    record(recogniser, name, value, "");
    JsonReader {
        competencies: positions(value, "competencies"),
        levels: positions(value, "levels"),
        tracks: positions(value, "tracks"),
    }
    .read(recogniser, value);
    recogniser.understood.push(format!("{name}: a ladder of Stepladder"));
    Ok(())
}

/// Records every text and number of a value.
fn record(recogniser: &mut Recogniser<'_>, name: &str, value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                record(recogniser, name, value, &format!("{path}/{key}"));
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                record(recogniser, name, value, &format!("{path}/{at}"));
            }
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            let id = recogniser.ledger.add(TextPlace::Part(name.into(), path.to_owned()));
            let keys: Vec<&str> = path.split('/').filter(|key| key.parse::<usize>().is_err()).collect();
            match (placed(&keys), keys.iter().any(|key| DERIVED.contains(key))) {
                (Some(placed), false) => recogniser.ledger.place(id, placed),
                (_, true) => recogniser.ledger.leave(id, Reason::Value),
                _ => {}
            }
        }
        Value::Null => {}
    }
}

/// What the value at a path becomes, by the names of the fields around it.
fn placed(keys: &[&str]) -> Option<Placed> {
    let list = *keys.get(1)?;
    let last = *keys.last()?;
    let in_level = list == "levels";
    Some(match last {
        _ if list == "title" => Placed::Title,
        "text" | "specialism" if keys.contains(&"examples") => Placed::Example,
        "text" => Placed::Expectation,
        "group" => Placed::Label,
        "detail" => Placed::Detail,
        "summary" => Placed::Summary,
        "area" => Placed::Area,
        "scale" => Placed::Step,
        _ if keys.contains(&"profile") => Placed::Step,
        _ if keys.contains(&"facets") => Placed::Facet,
        "rank" | "abstract" => Placed::Facet,
        "title" if list == "moves" => Placed::Track,
        "title" | "code" | "also_known_as" if in_level => Placed::Level,
        "title" if list == "competencies" => Placed::Competency,
        "title" if list == "tracks" => Placed::Track,
        "not_applicable" => Placed::NotApplicable,
        "id" | "levels" | "competencies" | "competency" | "tracks" | "leads_to" | "from" | "to" | "level"
        | "raises" | "retires" | "share" => Placed::Link,
        _ => return None,
    })
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The texts of a list.
fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The positions of a list's objects by id.
fn positions(value: &Value, key: &str) -> BTreeMap<String, usize> {
    list(value, key).iter().enumerate().map(|(at, one)| (text(one, "id"), at)).collect()
}

fn page(value: &Value) -> DraftPage {
    let id = text(value, "id");
    DraftPage {
        title: text(value, "title"),
        id: (!id.is_empty()).then_some(id),
        summary: text(value, "summary"),
        intro: Vec::new(),
    }
}

struct JsonReader {
    tracks: BTreeMap<String, usize>,
    competencies: BTreeMap<String, usize>,
    levels: BTreeMap<String, usize>,
}

impl JsonReader {
    fn read(&self, recogniser: &mut Recogniser<'_>, value: &Value) {
        let ladder = &mut recogniser.ladder;
        ladder.title = ladder.title.take().or_else(|| Some(text(value, "title"))).filter(|title| !title.is_empty());
        for track in list(value, "tracks") {
            let share =
                |one: &Value| Some((*self.competencies.get(&text(one, "competency"))?, one["share"].to_string()));
            let weights = list(track, "weights").iter().filter_map(share).collect();
            ladder.tracks.push(DraftTrack { page: page(track), weights });
        }
        for competency in list(value, "competencies") {
            let area = text(competency, "area");
            let area = (!area.is_empty()).then(|| ladder.area(&area));
            let step = |step: &Value| (step.as_str().unwrap_or_default().to_owned(), Vec::new());
            ladder.competencies.push(DraftCompetency {
                page: page(competency),
                area,
                tracks: Self::ids(competency, "tracks", &self.tracks),
                scale: list(competency, "scale").iter().map(step).collect(),
            });
        }
        for level in list(value, "levels") {
            let draft = self.level(level);
            for (facet, _) in &draft.facets {
                if !ladder.facets.iter().any(|(id, _)| id == facet) {
                    ladder.facets.push((facet.clone(), facet.clone()));
                }
            }
            ladder.levels.push(draft);
        }
        for one in list(value, "moves") {
            let level = |key: &str| self.levels.get(&text(one, key)).copied();
            if let (Some(from), Some(to)) = (level("from"), level("to")) {
                ladder.moves.push(DraftMove { page: page(one), from, to });
            }
        }
    }

    fn ids(value: &Value, key: &str, known: &BTreeMap<String, usize>) -> Vec<usize> {
        list(value, key).iter().filter_map(|id| known.get(id.as_str()?).copied()).collect()
    }

    fn level(&self, level: &Value) -> DraftLevel {
        let code = text(level, "code");
        let facets = level.get("facets").and_then(Value::as_object).into_iter().flatten();
        let profile = level.get("profile").and_then(Value::as_object).into_iter().flatten();
        let step = |(competency, step): (&String, &Value)| {
            Some((*self.competencies.get(competency)?, usize::try_from(step.as_u64()?).ok()?))
        };
        let base = |base: &Value| {
            Some((*self.levels.get(&text(base, "level"))?, Self::ids(base, "competencies", &self.competencies)))
        };
        let cell = |cell: &Value| {
            let competency = *self.competencies.get(&text(cell, "competency"))?;
            Some(DraftCell { competency, lines: lines(cell), examples: examples(cell) })
        };
        DraftLevel {
            page: page(level),
            code: (!code.is_empty()).then_some(code),
            also_known_as: texts(level, "also_known_as"),
            tracks: Self::ids(level, "tracks", &self.tracks),
            rank: level.get("rank").map(|rank| {
                let text = rank.to_string();
                text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
            }),
            is_abstract: level.get("abstract").and_then(Value::as_bool).unwrap_or(false),
            experience: String::new(),
            facets: facets.map(|(facet, text)| (facet.clone(), text.as_str().unwrap_or_default().to_owned())).collect(),
            profile: profile.filter_map(step).collect(),
            extends: list(level, "extends").iter().filter_map(base).collect(),
            leads_to: level.get("leads_to").map(|_| Self::ids(level, "leads_to", &self.levels)),
            not_applicable: Self::ids(level, "not_applicable", &self.competencies),
            retires: texts(level, "retires"),
            own: lines(level),
            cells: list(level, "cells").iter().filter_map(cell).collect(),
        }
    }
}

fn lines(value: &Value) -> Vec<DraftLine> {
    let line = |line: &Value| DraftLine {
        id: Some(text(line, "id")).filter(|id| !id.is_empty()),
        raises: texts(line, "raises"),
        label: text(line, "group"),
        text: text(line, "text"),
        detail: text(line, "detail").lines().map(str::to_owned).collect(),
        examples: examples(line),
    };
    list(value, "expectations").iter().map(line).collect()
}

fn examples(value: &Value) -> Vec<DraftExample> {
    let example = |one: &Value| DraftExample { specialism: text(one, "specialism"), text: text(one, "text") };
    list(value, "examples").iter().map(example).collect()
}
