//! The ladder as linked data of schema.org: competencies as defined terms, levels as occupations.

use serde_json::{Map, Value, json};

use super::data::{LadderData, list, text};

/// The file. Addresses are relative to `base`, the address of the site, if there's one.
pub(crate) fn write(ladder: &Value, base: &str) -> String {
    let data = LadderData::new(ladder);
    let address = |page: &Value| format!("{base}{}", text(page, "url"));
    let term = |competency: &Value| {
        object([
            ("@type", json!("DefinedTerm")),
            ("@id", json!(address(competency))),
            ("name", json!(text(competency, "title"))),
            ("description", json!(text(competency, "summary"))),
            ("url", json!(address(competency))),
        ])
    };
    let terms = object([
        ("@type", json!("DefinedTermSet")),
        ("@id", json!(format!("{base}#competencies"))),
        ("name", json!(text(ladder, "title"))),
        ("hasDefinedTerm", list(ladder, "competencies").iter().map(term).collect()),
    ]);
    let occupation = |level: &Value| {
        let cells = list(level, "cells");
        let all = cells.iter().flat_map(|cell| list(cell, "expectations")).chain(list(level, "expectations"));
        let names = cells.iter().map(|cell| json!(data.competency_title(&text(cell, "competency"))));
        object([
            ("@type", json!("Occupation")),
            ("@id", json!(address(level))),
            ("name", json!(text(level, "title"))),
            ("alternateName", level.get("also_known_as").cloned().unwrap_or_default()),
            ("identifier", json!(text(level, "code"))),
            ("description", json!(text(level, "summary"))),
            ("occupationalCategory", json!(data.track_title(level))),
            ("skills", names.collect()),
            ("responsibilities", all.map(|line| json!(text(line, "text"))).collect()),
            ("url", json!(address(level))),
        ])
    };
    let graph: Vec<Value> = std::iter::once(terms).chain(list(ladder, "levels").iter().map(occupation)).collect();
    format!("{:#}\n", json!({ "@context": "https://schema.org", "@graph": graph }))
}

/// An object of the fields that have a value.
fn object<const FIELDS: usize>(fields: [(&str, Value); FIELDS]) -> Value {
    let has_value = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(values) => !values.is_empty(),
        _ => true,
    };
    let fields = fields.into_iter().filter(|(_, value)| has_value(value));
    Value::Object(fields.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
