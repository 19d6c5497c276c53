//! Entries with names: facets, areas and owners.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Span, Spanned, catalog};
use crate::name::lower;
use crate::yaml::{Fields, Node, Value};

/// Reads a list of ids, or a mapping from ids to their fields. Of ids that differ only in case, the first counts.
pub(super) fn id_entries(fields: &mut Fields<'_>, name: &'static str) -> Option<Vec<(Spanned<String>, Node)>> {
    let node = fields.node(name)?;
    if matches!(node.value, Value::Map(_)) {
        let entries = fields.entries_of(node, name, "");
        return Some(distinct(fields, name, entries));
    }
    let mut entries = Vec::new();
    for item in fields.items_of(node, name) {
        if let Value::Scalar { text, .. } = item.value {
            let null = Node { value: Value::Null, span: item.span.clone() };
            entries.push((Spanned { value: text, span: item.span }, null));
        } else {
            let help = format!("remove the hyphens, and write each name with its fields under `{name}:`");
            fields.invalid_value(&item.span, format!("an entry in a list of `{name}` can only be a name"), help);
        }
    }
    Some(distinct(fields, name, entries))
}

/// Reports ids that appear twice, and leaves them out.
fn distinct(
    fields: &mut Fields<'_>,
    name: &'static str,
    entries: Vec<(Spanned<String>, Node)>,
) -> Vec<(Spanned<String>, Node)> {
    let mut distinct: Vec<(Spanned<String>, Node)> = Vec::new();
    let mut first: HashMap<String, Span> = HashMap::new();
    for (id, node) in entries {
        let span = id.in_file(fields.file());
        match first.entry(lower(&id.value)) {
            Entry::Vacant(entry) => {
                entry.insert(span);
                distinct.push((id, node));
            }
            Entry::Occupied(entry) => {
                let first = entry.get().clone();
                fields.report(catalog::duplicate_id_in_list(span, first, &id.value, name));
            }
        }
    }
    distinct
}
