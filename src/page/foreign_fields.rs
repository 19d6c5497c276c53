//! Fields of other site generators, and what to write instead of them.

use jiff::civil::Date;

use super::kind::Kind;
use crate::name;
use crate::yaml::{FieldAdvice, Node, Value, scalar};

/// Fields of Hugo, Zola, Jekyll, Eleventy, Docusaurus, and of the GOV.UK template for technical documentation, each with
/// the field that has its meaning here.
const RENAMED: [(&str, &str); 22] = [
    ("author", "owner"),
    ("categories", "tags"),
    ("category", "tags"),
    ("date", "changed"),
    ("description", "summary"),
    ("excerpt", "summary"),
    ("keywords", "tags"),
    ("last_modified_at", "changed"),
    ("last_reviewed_on", "reviewed"),
    ("lastmod", "changed"),
    ("layout", "kind"),
    ("nav_order", "order"),
    ("permalink", "slug"),
    ("redirect_from", "aliases"),
    ("review_in", "review_every"),
    ("sidebar_position", "order"),
    ("taxonomies", "tags"),
    ("template", "kind"),
    ("type", "kind"),
    ("updated", "changed"),
    ("url", "slug"),
    ("weight", "order"),
];

/// The field of a page that has the meaning of a field of another generator.
fn equivalent(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace('-', "_");
    RENAMED.iter().find(|(foreign, _)| *foreign == name).map(|(_, field)| *field)
}

/// Returns whether a field is another generator's for the kind of a page, and its value names one.
pub(super) fn names_kind(name: &str, value: &Node) -> bool {
    equivalent(name) == Some("kind") && kind_of(value).is_some()
}

fn kind_of(value: &Node) -> Option<Kind> {
    match &value.value {
        Value::Scalar { text, .. } => Kind::from_name(text),
        _ => None,
    }
}

/// The advice for a field of another generator; `None` for any other name. `given` are the names of all fields of the page.
pub(super) fn advice(name: &str, value: &Node, source: &str, given: &[String]) -> Option<FieldAdvice> {
    let field = equivalent(name)?;
    if given.iter().any(|given| given == field) {
        return Some(FieldAdvice::text(match field {
            "tags" | "aliases" => format!("add it to the page's `{field}`"),
            "kind" => "remove this line; the page's `kind` says what it is and how it looks".to_owned(),
            _ => format!("remove this line; the page's `{field}` means the same"),
        }));
    }
    let as_in_source = source.get(value.span.clone()).unwrap_or_default();
    let written = match (field, &value.value) {
        ("kind", _) => return Some(kind_advice(value)),
        ("changed", Value::Scalar { text, .. }) => day(text),
        ("slug", Value::Scalar { text, .. }) => slug(text),
        ("tags", Value::Map(_)) => {
            Some(format!("[{}]", texts(value).into_iter().map(scalar).collect::<Vec<_>>().join(", ")))
        }
        ("tags" | "aliases", Value::Scalar { text, .. }) if text.contains(',') => Some(format!("[{text}]")),
        (_, Value::Null | Value::Map(_)) => None,
        _ => Some(as_in_source.to_owned()),
    };
    let is_shown = |text: &&String| !text.contains('\n') && !text.starts_with("- ");
    let line = match written.as_ref().filter(is_shown) {
        Some(value) => format!("write `{field}: {value}`"),
        None => format!("write `{field}` instead"),
    };
    let help = match field {
        "slug" => format!("{line}, the last part of the page's address; the rest of it is the folder"),
        _ => line,
    };
    Some(match written {
        Some(written) => {
            let value = (written != as_in_source).then_some(written);
            FieldAdvice { help, name: Some(field.to_owned()), value }
        }
        None => FieldAdvice::text(help),
    })
}

fn kind_advice(value: &Node) -> FieldAdvice {
    if let Some(kind) = kind_of(value) {
        let kind = kind.as_str().to_owned();
        let help = format!("write `kind: {kind}`");
        return FieldAdvice { help, name: Some("kind".to_owned()), value: Some(kind) };
    }
    let kinds: Vec<String> = Kind::ALL.iter().map(|kind| format!("`{}`", kind.as_str())).collect();
    FieldAdvice::text(format!(
        "remove this line; what a page is and how it looks follows from its `kind`, one of {}",
        kinds.join(", ")
    ))
}

/// The day of a date that may be followed by a time.
fn day(text: &str) -> Option<String> {
    let day = text.trim().get(..10)?;
    day.parse::<Date>().ok().map(|day| day.to_string())
}

/// The last part of an address, if a page can have it.
fn slug(address: &str) -> Option<String> {
    let path = address.trim().trim_end_matches('/').trim_end_matches(".html");
    let last = path.rsplit('/').next()?;
    (!last.is_empty() && name::slug(last) == last).then(|| last.to_owned())
}

/// All texts in a value, at any depth.
fn texts(value: &Node) -> Vec<&str> {
    match &value.value {
        Value::Null => Vec::new(),
        Value::Scalar { text, .. } => vec![text],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        Value::Map(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
    }
}
