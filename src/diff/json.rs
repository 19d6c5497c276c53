//! A diff as JSON, as `schema.json` describes it.

use serde::Serialize;

use super::model::GuideDiff;

/// The version of the format. It changes when a program that reads the former one could fail.
const VERSION: u32 = 1;

/// The JSON Schema of the format.
pub const SCHEMA: &str = include_str!("schema.json");

/// A revision of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GuideRevision {
    /// The revision or folder as it was given, or `working tree`.
    pub name: String,
    /// The full hash of the commit, if it's one.
    pub commit: Option<String>,
    /// The day of the commit, if it's one.
    pub date: Option<String>,
}

/// The JSON document.
#[derive(Serialize)]
struct JsonDiff<'a> {
    version: u32,
    was: &'a GuideRevision,
    now: &'a GuideRevision,
    changes: &'a GuideDiff,
}

/// Writes a diff as one JSON object.
#[must_use]
pub fn render(diff: &GuideDiff, was: &GuideRevision, now: &GuideRevision) -> String {
    let document = JsonDiff { version: VERSION, was, now, changes: diff };
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}
