//! Expectations that are raised or retired.

use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span};

/// The reason why a level doesn't inherit an expectation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInheritedBecause<'a> {
    /// It's written for the level itself.
    Own,
    /// It's in no competency.
    OutsideCompetencies,
    /// The level doesn't extend its level, which has this id.
    NotExtended(&'a str),
    /// The level doesn't take over this competency.
    OtherCompetencies(&'a str),
}

/// How an expectation came to hold no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SupersededAs {
    /// Another one raises it.
    Raised,
    /// A level retires it.
    Retired,
}

/// A name of an expectation that none has: none of `level`, if it names one.
pub(crate) fn unknown_expectation(span: Span, name: &str, level: Option<&str>, near: Advice) -> Diagnostic {
    let message = match level {
        Some(level) => format!("there's no expectation `{name}`: {level} has none with this id"),
        None => format!("there's no expectation with the id `{name}`"),
    };
    let advice = if near.help.is_empty() {
        Advice::text("write the last part of its address, after the `#`, which the link beside it copies")
    } else {
        near
    };
    Diagnostic::new(Code::UnknownExpectation, span, message).advice(advice)
}

/// An id that several inherited expectations have: each with its place, its full name as it has to be written, and that name.
pub(crate) fn ambiguous_expectation(span: &Span, id: &str, named: Vec<(Span, String, String)>) -> Diagnostic {
    let names: Vec<String> = named.iter().map(|(_, _, name)| format!("`{name}`")).collect();
    let message = format!("{} inherited expectations have the id `{id}`", named.len());
    let help = format!("write {}", names.join(" or "));
    let diagnostic = Diagnostic::new(Code::AmbiguousName, span.clone(), message).help(help);
    named.into_iter().fold(diagnostic, |diagnostic, (place, written, name)| {
        diagnostic.label(place, format!("`{name}`")).fix(Fix::replace(span.clone(), written).as_suggestion())
    })
}

/// An expectation that `level` raises or retires, but doesn't inherit.
pub(crate) fn not_inherited(
    span: Span,
    name: &str,
    level: &str,
    place: Span,
    because: NotInheritedBecause<'_>,
) -> Diagnostic {
    use NotInheritedBecause as Because;
    let help = match because {
        Because::Own => "it's one of this level's own; name one of a level that it extends".to_owned(),
        Because::OutsideCompetencies => {
            "it's in no competency, and such expectations are only of their own level; remove the name".to_owned()
        }
        Because::NotExtended(id) => {
            format!("name one of a level that it extends, or add `{id}` to the level's `extends`")
        }
        Because::OtherCompetencies(competency) => {
            format!("it takes over nothing in {competency}, see its `extends` and `not_applicable`; remove the name")
        }
    };
    let message = format!("{level} doesn't inherit the expectation `{name}`");
    Diagnostic::new(Code::NotInherited, span, message).label(place, "this expectation").help(help)
}

/// An expectation that is raised or retired a second time.
pub(crate) fn already_superseded(span: Span, name: &str, how: SupersededAs, place: Option<Span>) -> Diagnostic {
    let how = match how {
        SupersededAs::Raised => "raised",
        SupersededAs::Retired => "retired",
    };
    let message = format!("`{name}` is already {how}, so it no longer holds here anyway");
    let diagnostic = Diagnostic::new(Code::AlreadySuperseded, span, message).help("remove it here");
    place.into_iter().fold(diagnostic, |diagnostic, place| diagnostic.label(place, format!("{how} here")))
}

/// `{raises=…}` on a text that isn't an expectation.
pub(crate) fn raises_outside_expectation(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAnExpectation, span, "only an expectation can raise another one, and this text is none")
        .help("write it as a list item under the heading of a competency, or remove `{raises=…}`")
}
