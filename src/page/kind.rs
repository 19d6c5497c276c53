//! What a page is: what its `kind` says, and what its other fields tell when that can't be.

use std::ops::Range;

use super::{Kind, Page};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::yaml::{Node, Value};

impl Kind {
    /// The fields that this kind has and [`Kind::Page`] has not, as `front_matter` reads them.
    fn own_fields(self) -> &'static [&'static str] {
        match self {
            Self::Track => &["levels", "family", "weights"],
            Self::Level => &[
                "track",
                "rank",
                "code",
                "also_known_as",
                "facets",
                "extends",
                "abstract",
                "leads_to",
                "profile",
                "not_applicable",
                "experience",
            ],
            Self::Competency => &["area", "tracks", "scale", "also_known_as"],
            Self::Move => &["from", "to"],
            Self::Article => &["levels", "competencies", "tracks"],
            Self::Worksheet => &["levels", "competencies"],
            Self::Term => &["also_known_as"],
            Self::Page => &[],
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Reads what a page is. SemanticEq whether that is known, or can at least be guessed, so that its fields make sense.
pub(super) fn read(page: &mut Page, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Value::Map(entries) = &node.value else { return true };
    let given = entries.iter().find(|(key, _)| key.0 == "kind").map(|(_, node)| node);
    let given = given.filter(|node| node.value != Value::Null);
    let fields: Vec<_> = entries.iter().map(|((name, span), _)| (name.as_str(), span.clone())).collect();
    let (text, span) = match given.map(|node| (&node.value, &node.span)) {
        Some((Value::Scalar { text, .. }, span)) => (text.as_str(), Some(span)),
        Some(_) => return false,
        None => ("", None),
    };
    let known = Kind::named(text);
    if let Some(kind) = known.or_else(|| span.is_none().then_some(Kind::Page)) {
        page.kind = kind;
        return match misfit(kind, span, &fields) {
            Some(misfit) => {
                diagnostics.push(misfit.report(page, span));
                let [likely] = misfit.kinds.as_slice() else { return false };
                page.kind = *likely;
                true
            }
            None => true,
        };
    }
    let names = Kind::ALL.map(Kind::as_str);
    let message = format!("there's no page kind called `{text}`");
    let place = page.span(span.unwrap_or(&node.span));
    diagnostics.push(Diagnostic::new(Code::UnknownKind, place, message).help(did_you_mean(text, names)));
    // The likeliest kind, so that the page's other fields and the links to it make sense.
    let likely = nearest(text, names).and_then(Kind::named);
    page.kind = likely.unwrap_or(Kind::Page);
    likely.is_some()
}

/// Fields that belong to other kinds of pages than theirs.
struct Misfit<'e> {
    fields: Vec<(&'e str, Range<usize>)>,
    kinds: Vec<Kind>,
}

/// Finds fields that say that a page is of another kind. Where its kind is given, one field could be a mere slip.
fn misfit<'e>(kind: Kind, given: Option<&Range<usize>>, fields: &[(&'e str, Range<usize>)]) -> Option<Misfit<'e>> {
    let owned = |kind: Kind| fields.iter().filter(|(name, _)| kind.own_fields().contains(name)).count();
    let best = Kind::ALL.into_iter().map(owned).max()?;
    let needed = owned(kind) + if given.is_some() { 2 } else { 1 };
    if best < needed {
        return None;
    }
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| owned(*kind) == best).collect();
    let is_foreign = |name: &&str| !kind.own_fields().contains(name) && kinds[0].own_fields().contains(name);
    Some(Misfit { fields: fields.iter().filter(|(name, _)| is_foreign(name)).cloned().collect(), kinds })
}

/// `a`, `a or b`, `a, b or c`.
fn listed(items: &[String]) -> String {
    match items {
        [one, other] => format!("{one} or {other}"),
        [first @ .., one, other] => format!("{}, {one} or {other}", first.join(", ")),
        _ => items.concat(),
    }
}

impl Misfit<'_> {
    fn report(&self, page: &Page, given: Option<&Range<usize>>) -> Diagnostic {
        let names: Vec<String> = self.fields.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (names, are) = match names.as_slice() {
            [one] => (one.clone(), "is a field"),
            [one, two] => (format!("{one} and {two}"), "are fields"),
            [one, two, ..] => (format!("{one}, {two} and others"), "are fields"),
            [] => (String::new(), "are fields"),
        };
        let described: Vec<String> = self.kinds.iter().map(|kind| kind.described()).collect();
        let lines: Vec<String> = self.kinds.iter().map(|kind| format!("`kind: {}`", kind.as_str())).collect();
        let message = format!("{names} {are} of {}", listed(&described));
        let start = self.fields.first().map_or(0..0, |(_, span)| span.clone());
        match given {
            Some(kind) => Diagnostic::new(
                Code::UnknownField,
                page.span(kind),
                format!("{message}, not of {}", page.kind.described()),
            )
            .help(format!("write {}", listed(&lines))),
            None => Diagnostic::new(
                Code::UnknownField,
                page.span(&start),
                format!("{message}, but this page doesn't set its `kind`"),
            )
            .help(format!("add the line {}", listed(&lines))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::markdown::RawHtml;
    use crate::tree::TreePath;

    /// How many fields a page of a kind does not know.
    fn unknown(kind: Kind, field: &str) -> usize {
        let source = format!("---\nkind: {}\ntitle: A\n{field}:\n---\n", kind.as_str());
        let page = crate::page::parse(&TreePath::normalized("content/a.md"), source.as_bytes(), RawHtml::Safe);
        page.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UnknownField).count()
    }

    #[test]
    fn the_fields_of_each_kind_are_those_that_are_read() {
        let all: BTreeSet<&str> = Kind::ALL.iter().flat_map(|kind| kind.own_fields()).copied().collect();
        for kind in Kind::ALL {
            for field in &all {
                let expected = usize::from(!kind.own_fields().contains(field));
                assert_eq!(unknown(kind, field), expected, "`{field}` of {}", kind.described());
            }
        }
    }
}
