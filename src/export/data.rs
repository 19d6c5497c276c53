//! Access to `ladder.json` as a value, from which other formats are made.

use std::collections::BTreeMap;

use serde_json::Value;

/// The text of a field; empty if there's none.
pub(super) fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The list of a field; empty if there's none.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The objects of a ladder by id.
pub(super) struct LadderData<'v> {
    levels: BTreeMap<&'v str, &'v Value>,
    competencies: BTreeMap<&'v str, &'v Value>,
    tracks: BTreeMap<&'v str, &'v Value>,
}

impl<'v> LadderData<'v> {
    pub(super) fn new(ladder: &'v Value) -> Self {
        let by_id =
            |key: &str| list(ladder, key).iter().filter_map(|one| Some((one.get("id")?.as_str()?, one))).collect();
        Self { levels: by_id("levels"), competencies: by_id("competencies"), tracks: by_id("tracks") }
    }

    pub(super) fn level(&self, id: &str) -> Option<&'v Value> {
        self.levels.get(id).copied()
    }

    pub(super) fn competency_title(&self, id: &str) -> String {
        self.competencies.get(id).map(|one| text(one, "title")).unwrap_or_default()
    }

    /// The area of a competency; empty if it has none.
    pub(super) fn area(&self, competency: &str) -> String {
        self.competencies.get(competency).map(|one| text(one, "area")).unwrap_or_default()
    }

    /// The title of a level's first track.
    pub(super) fn track_title(&self, level: &Value) -> String {
        let track = list(level, "tracks").first().and_then(Value::as_str);
        track.and_then(|id| self.tracks.get(id)).map(|track| text(track, "title")).unwrap_or_default()
    }
}
