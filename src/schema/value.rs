//! The schemas of values and fields.

use serde_json::{Map, Value, json};

use super::names::ProjectNames;
use super::scalars::{self, matching, no_value, text};
use crate::field::{FieldSpec, NameOf, ValueSpec};

/// The names that fields of several kinds can hold, which a schema defines once under this name.
pub(super) const DEFINITIONS: [(NameOf, &str); 5] = [
    (NameOf::Track, "track"),
    (NameOf::Level, "level"),
    (NameOf::Competency, "competency"),
    (NameOf::Area, "area"),
    (NameOf::Owner, "owner"),
];

/// The reference to a definition.
pub(super) fn reference(definition: &str) -> String {
    format!("#/definitions/{definition}")
}

/// Builds the schemas of fields, with the names of a project.
pub(super) struct ValueSchemas<'a> {
    /// The names.
    pub(super) names: &'a ProjectNames<'a>,
}

impl ValueSchemas<'_> {
    /// The schema of a mapping with certain fields.
    pub(super) fn object(&self, fields: impl IntoIterator<Item = FieldSpec>) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in fields {
            properties.insert(field.name.to_owned(), self.field(&field));
            required.extend(field.is_required.then_some(field.name));
        }
        let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object
    }

    fn field(&self, field: &FieldSpec) -> Value {
        let mut schema = self.value(&field.value);
        schema["description"] = json!(field.about);
        if field.is_required {
            schema["not"] = json!({ "anyOf": [no_value(), matching(r"^\s*$")] });
        }
        schema
    }

    fn value(&self, value: &ValueSpec) -> Value {
        any_of(self.forms(value, None))
    }

    /// The forms of a value; in a mapping, `key` is its key.
    fn forms(&self, value: &ValueSpec, key: Option<&str>) -> Vec<Value> {
        match value {
            ValueSpec::Text => vec![text()],
            ValueSpec::Id => vec![scalars::id(), no_value()],
            ValueSpec::Matching(pattern) => vec![matching(pattern), no_value()],
            ValueSpec::Name(NameOf::Step) => {
                let steps = key.map(|key| self.names.steps(key)).unwrap_or_default();
                let known = (!steps.is_empty()).then(|| json!({ "enum": steps }));
                known.into_iter().chain([text()]).collect()
            }
            ValueSpec::Name(of) => {
                let has_names = !self.names.all(*of).is_empty();
                let definition = DEFINITIONS.iter().find(|(defined, _)| defined == of && has_names);
                let known = definition.map(|(_, name)| json!({ "$ref": reference(name) }));
                known.into_iter().chain([text()]).collect()
            }
            ValueSpec::Number => scalars::number(),
            ValueSpec::Percent => scalars::percent(),
            ValueSpec::Flag => scalars::flag(),
            ValueSpec::Date => scalars::date(),
            ValueSpec::Period => vec![matching(scalars::PERIOD), no_value()],
            ValueSpec::Choice(keywords) => vec![json!({ "enum": keywords }), no_value()],
            ValueSpec::List(item) => {
                let mut forms = self.forms(item, None);
                forms.insert(0, json!({ "type": "array", "items": any_of(forms.clone()) }));
                forms
            }
            ValueSpec::Map { keys, values } => vec![self.map(*keys, values), no_value()],
            ValueSpec::Fields(fields) => vec![self.object(fields.iter().copied())],
            ValueSpec::AnyOf(values) => {
                let mut forms: Vec<Value> = Vec::new();
                for form in values.iter().flat_map(|value| self.forms(value, key)) {
                    if !forms.contains(&form) {
                        forms.push(form);
                    }
                }
                forms
            }
            ValueSpec::Anything => vec![json!({})],
        }
    }

    fn map(&self, keys: Option<NameOf>, values: &ValueSpec) -> Value {
        let mut schema = json!({ "type": "object", "additionalProperties": self.value(values) });
        if let Some(of) = keys {
            let known = self.names.keys(of).into_iter();
            let properties: Map<String, Value> =
                known.map(|name| (name.to_owned(), any_of(self.forms(values, Some(name))))).collect();
            schema["properties"] = json!(properties);
        }
        schema
    }
}

fn any_of(mut forms: Vec<Value>) -> Value {
    if forms.len() == 1 { forms.remove(0) } else { json!({ "anyOf": forms }) }
}
