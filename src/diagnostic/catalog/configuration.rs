//! `stepladder.yaml`.

use crate::diagnostic::{Code, Diagnostic, Span};

/// An owner of whom nothing is known. The span is its id.
pub(crate) fn owner_without_fields(span: Span, id: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingField, span, format!("the owner `{id}` has no `name`, `email` or `url`"))
        .help(format!("write `{id}: {{ name: … }}`; owners without fields can be a list: `owners: [{id}]`"))
}

/// Two entries of a list or mapping with the same id.
pub(crate) fn duplicate_id_in_list(span: Span, first: Span, id: &str, list: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, span, format!("`{id}` appears twice in `{list}`"))
        .label(first, "first used here")
        .help("remove it, or give it a different name")
}
