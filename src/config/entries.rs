//! Entries with names: facets, areas and owners.

use crate::diagnostic::Spanned;
use crate::yaml::{Fields, Node, Value};

/// Reads a list of ids, or a mapping from ids to their fields.
pub(super) fn id_entries(fields: &mut Fields<'_>, name: &'static str) -> Option<Vec<(Spanned<String>, Node)>> {
    let node = fields.node(name)?;
    if matches!(node.value, Value::Map(_)) {
        return Some(fields.entries_of(node, name, ""));
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
    Some(entries)
}
