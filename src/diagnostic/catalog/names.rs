//! Names that nothing, or too much, has.

use crate::diagnostic::{Advice, Code, Diagnostic, Span};

/// A name in front matter that no owner of the configuration has.
pub(crate) fn unknown_owner(span: Span, name: &str, near: Advice) -> Diagnostic {
    let message = format!("there's no owner called `{name}` in stepladder.yaml");
    Diagnostic::new(Code::UnknownOwner, span, message).advice(near)
}

/// A name in front matter that no area of the configuration has.
pub(crate) fn unknown_area(span: Span, name: &str, near: Advice) -> Diagnostic {
    let message = format!("there's no area called `{name}` in stepladder.yaml");
    Diagnostic::new(Code::UnknownArea, span, message).advice(near)
}

/// A name in front matter that no facet of the configuration has.
pub(crate) fn unknown_facet(span: Span, name: &str, near: Advice) -> Diagnostic {
    const ADD: &str = "add it to `facets` in stepladder.yaml";
    let advice = match near {
        near if near.is_guess() => near,
        near if near.help.is_empty() => Advice::text(ADD),
        valid => valid.map_help(|valid| format!("{valid}; or {ADD}")),
    };
    Diagnostic::new(Code::UnknownFacet, span, format!("there's no facet called `{name}`")).advice(advice)
}
