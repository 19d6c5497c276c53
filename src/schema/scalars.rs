//! The schemas of single values, each with the forms in which it can be written.

use serde_json::{Value, json};

/// A positive length of time, such as `6 months` or `P6M`.
pub(super) const PERIOD: &str = r"^\s*\+?([1-9]|[Pp0-9].*[1-9]).*[A-Za-z:]";

/// Any scalar: a text is read as it is written.
pub(super) fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

/// Any scalar with more than spaces and slashes.
pub(super) fn id() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": r"[^\s/]" })
}

/// A text in which a regular expression matches.
pub(super) fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// An empty value, which counts as a missing field.
pub(super) fn no_value() -> Value {
    json!({ "type": "null" })
}

/// A finite number, with or without quotes.
pub(super) fn number() -> Vec<Value> {
    let quoted = matching(r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$");
    vec![json!({ "type": "number" }), quoted, no_value()]
}

/// A number from 0, with or without a percent sign.
pub(super) fn percent() -> Vec<Value> {
    let with_sign = matching(r"^\s*\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*%*\s*$");
    vec![json!({ "type": "number", "minimum": 0 }), with_sign]
}

/// A boolean, with all spellings of YAML 1.1.
pub(super) fn flag() -> Vec<Value> {
    let spellings = matching("^([Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Oo][Nn]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo]|[Oo][Ff][Ff])$");
    vec![json!({ "type": "boolean" }), spellings, no_value()]
}

/// A day, such as `2026-11-02` or `20261102`. Not all months have 31 days, which a schema can't express.
pub(super) fn date() -> Vec<Value> {
    let text = matching(r"^\s*[+-]?[0-9]{4,6}-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])");
    vec![text, json!({ "type": "integer", "minimum": 10_000_101 }), no_value()]
}
