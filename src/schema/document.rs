//! Whole schemas: of one kind's front matter, of any front matter, and of the configuration.

use serde_json::{Map, Value, json};

use super::names::ProjectNames;
use super::value::{DEFINITIONS, ValueSchemas, reference};
use crate::config;
use crate::field::FieldSpec;
use crate::guide::Guide;
use crate::page::{COMMON_FIELDS, Kind};

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaOf {
    /// The front matter of a kind of page.
    Kind(Kind),
    /// The front matter of any page, according to its `kind`.
    AnyPage,
    /// The configuration.
    Config,
}

impl SchemaOf {
    /// All schemas of a project.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Config, Self::AnyPage].into_iter().chain(Kind::ALL.into_iter().map(Self::Kind))
    }

    /// The name of its file.
    #[must_use]
    pub fn file_name(self) -> String {
        let name = match self {
            Self::Kind(kind) => kind.as_str(),
            Self::AnyPage => "front-matter",
            Self::Config => "config",
        };
        format!("{name}.schema.json")
    }
}

/// The schema of a guide's files, in which drafts count as pages.
#[must_use]
pub fn schema(guide: &Guide, of: SchemaOf) -> Value {
    let names = ProjectNames::new(guide);
    let schemas = ValueSchemas { names: &names };
    let (title, mut schema) = match of {
        SchemaOf::Kind(kind) => (format!("Front matter of {}", kind.described()), kind_schema(&schemas, kind)),
        SchemaOf::AnyPage => ("Front matter of a page".to_owned(), any_page(&schemas)),
        SchemaOf::Config => (config::FILE.to_owned(), schemas.object(config::FIELDS.iter().copied())),
    };
    let mut whole = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
    let definitions = definitions(&names, &schema);
    if !definitions.is_empty() {
        whole["definitions"] = Value::Object(definitions);
    }
    if let (Some(whole), Some(schema)) = (whole.as_object_mut(), schema.as_object_mut()) {
        whole.append(schema);
    }
    whole
}

/// The fields of a page of a kind, apart from `kind`.
fn fields(kind: Kind) -> impl Iterator<Item = FieldSpec> {
    COMMON_FIELDS.iter().chain(kind.spec().fields).copied()
}

fn kind_schema(schemas: &ValueSchemas<'_>, kind: Kind) -> Value {
    let mut schema = schemas.object(fields(kind));
    let is_default = kind == Kind::Page;
    let names = if is_default { json!([kind.as_str(), null]) } else { json!([kind.as_str()]) };
    schema["properties"]["kind"] =
        json!({ "enum": names, "description": format!("The kind of page: {}.", kind.spec().about) });
    if is_default {
        schema["type"] = json!(["object", "null"]);
        return schema;
    }
    let mut required = vec![json!("kind")];
    required.extend(schema["required"].as_array().into_iter().flatten().cloned());
    schema["required"] = Value::Array(required);
    schema
}

/// The schema of any page: that of its kind.
fn any_page(schemas: &ValueSchemas<'_>) -> Value {
    let of_kind = |kind: Kind| {
        let schema = kind_schema(schemas, kind);
        let mut condition = json!({ "properties": { "kind": { "enum": schema["properties"]["kind"]["enum"] } } });
        if kind != Kind::Page {
            condition["type"] = json!("object");
            condition["required"] = json!(["kind"]);
        }
        json!({ "if": condition, "then": schema })
    };
    let names = Kind::ALL.iter().map(|kind| json!(kind.as_str())).chain([Value::Null]);
    let about = Kind::ALL.map(|kind| format!("`{}`: {}", kind.as_str(), kind.spec().about)).join("; ");
    json!({
        "type": ["object", "null"],
        "properties": { "kind": { "enum": names.collect::<Vec<_>>(), "description": format!("The kind of page. {about}.") } },
        "allOf": Kind::ALL.map(of_kind),
    })
}

/// The names that a schema refers to.
fn definitions(names: &ProjectNames<'_>, schema: &Value) -> Map<String, Value> {
    let text = schema.to_string();
    let referred = DEFINITIONS.into_iter().filter(|(_, name)| text.contains(&format!("\"{}\"", reference(name))));
    referred.map(|(of, name)| (name.to_owned(), json!({ "enum": names.all(of) }))).collect()
}
