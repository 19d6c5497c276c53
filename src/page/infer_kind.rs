//! Determines the kind of a page from its `kind` field, or from its other fields if that is missing or wrong.

use std::ops::Range;

use super::foreign_fields;
use super::kind::Kind;
use super::model::Page;
use super::split::line_ending;
use crate::diagnostic::{Diagnostic, catalog, did_you_mean, nearest};
use crate::yaml::{Node, Value};

/// Sets the kind of a page. Returns whether the kind is known or could be inferred; if not, the other fields can't be
/// checked.
pub(super) fn infer_kind(page: &mut Page, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Value::Map(entries) = &node.value else { return true };
    let given = entries.iter().find(|(key, _)| key.0 == "kind").map(|(_, node)| node);
    let given = given.filter(|node| node.value != Value::Null);
    // Another generator's field for the kind is reported with all unknown ones, and still says what the page is.
    let foreign = entries.iter().find(|((name, _), node)| foreign_fields::names_kind(name, node));
    let given = given.or(foreign.map(|(_, node)| node));
    let fields: Vec<_> = entries.iter().map(|((name, span), _)| (name.as_str(), span.clone())).collect();
    let (text, span) = match given.map(|node| (&node.value, &node.span)) {
        Some((Value::Scalar { text, .. }, span)) => (text.as_str(), Some(span)),
        Some(_) => return false,
        None => ("", None),
    };
    let named = Kind::from_name(text);
    if let Some(kind) = named.or_else(|| span.is_none().then_some(Kind::Page)) {
        page.kind = kind;
        return match kind_mismatch(kind, span, &fields) {
            Some(mismatch) => {
                diagnostics.push(mismatch.report(page, &node.span, span));
                let [likely] = mismatch.kinds.as_slice() else { return false };
                page.kind = *likely;
                true
            }
            None => true,
        };
    }
    let names = Kind::ALL.map(Kind::as_str);
    let place = page.span(span.unwrap_or(&node.span));
    diagnostics.push(catalog::unknown_kind(place, text, did_you_mean(text, names)));
    // With the most similar kind, the other fields and the links to the page can still be checked.
    let likely = nearest(text, names).and_then(Kind::from_name);
    page.kind = likely.unwrap_or(Kind::Page);
    likely.is_some()
}

/// Front matter fields that belong to another kind than the page's.
struct KindMismatch<'e> {
    fields: Vec<(&'e str, Range<usize>)>,
    /// The kinds with the most of the given fields.
    kinds: Vec<Kind>,
}

/// Detects that a page is probably of another kind. If its kind is given, a single foreign field doesn't suffice, because
/// that may be a typo.
fn kind_mismatch<'e>(
    kind: Kind,
    given: Option<&Range<usize>>,
    fields: &[(&'e str, Range<usize>)],
) -> Option<KindMismatch<'e>> {
    let given_fields_of = |kind: Kind| fields.iter().filter(|(name, _)| kind.has_own_field(name)).count();
    let best = Kind::ALL.into_iter().map(given_fields_of).max()?;
    let needed = given_fields_of(kind) + if given.is_some() { 2 } else { 1 };
    if best < needed {
        return None;
    }
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| given_fields_of(*kind) == best).collect();
    let is_foreign = |name: &&str| !kind.has_own_field(name) && kinds[0].has_own_field(name);
    Some(KindMismatch { fields: fields.iter().filter(|(name, _)| is_foreign(name)).cloned().collect(), kinds })
}

impl KindMismatch<'_> {
    fn report(&self, page: &Page, front_matter: &Range<usize>, given: Option<&Range<usize>>) -> Diagnostic {
        let names: Vec<String> = self.fields.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (names, are) = match names.as_slice() {
            [one] => (one.clone(), "is a field"),
            [one, two] => (format!("{one} and {two}"), "are fields"),
            [one, two, ..] => (format!("{one}, {two} and others"), "are fields"),
            [] => (String::new(), "are fields"),
        };
        let described: Vec<String> = self.kinds.iter().map(|kind| kind.described()).collect();
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        let message = format!("{names} {are} of {}", catalog::join_alternatives(&described));
        if let Some(kind) = given {
            let message = format!("{message}, not of {}", page.kind.described());
            return catalog::fields_of_another_kind(page.span(kind), &message, &kinds);
        }
        let first = self.fields.first().map_or(0..0, |(_, span)| span.clone());
        let message = format!("{message}, but this page doesn't set its `kind`");
        let at = page.span(front_matter);
        catalog::fields_without_kind(page.span(&first), &at, &message, &kinds, line_ending(&page.source))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::Code;
    use crate::markdown::RawHtml;
    use crate::tree::TreePath;

    /// The number of unknown-field diagnostics for a page with one field.
    fn unknown(kind: Kind, field: &str) -> usize {
        let source = format!("---\nkind: {}\ntitle: A\n{field}:\n---\n", kind.as_str());
        let page = crate::page::parse(&TreePath::normalized("content/a.md"), &source.as_str().into(), RawHtml::Safe);
        page.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UnknownField).count()
    }

    #[test]
    fn the_fields_of_each_kind_are_those_that_the_parser_reads() {
        let all: BTreeSet<&str> =
            Kind::ALL.iter().flat_map(|kind| kind.spec().fields).map(|field| field.name).collect();
        for kind in Kind::ALL {
            for field in &all {
                let expected = usize::from(!kind.has_own_field(field));
                assert_eq!(unknown(kind, field), expected, "`{field}` of {}", kind.described());
            }
        }
    }

    #[test]
    fn all_kinds_have_the_common_fields() {
        for kind in Kind::ALL {
            for field in crate::page::COMMON_FIELDS {
                assert_eq!(unknown(kind, field.name), 0, "`{}` of {}", field.name, kind.described());
            }
        }
    }
}
