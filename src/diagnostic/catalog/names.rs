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

/// A facet, `name`, that a level has under another name of it, too.
pub(crate) fn duplicate_facet(span: Span, first: Span, name: &str, facet: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, span, format!("`{name}` is the facet `{facet}` again"))
        .label(first, "first used here")
        .help("keep only one of them")
}

/// A competency that a field has twice, the second time as `name`.
pub(crate) fn duplicate_competency(span: Span, first: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, span, format!("`{name}` appears twice"))
        .label(first, "first used here")
        .help("keep only one of them")
}

/// The id of a page that another page of its `kind` has, too.
pub(crate) fn duplicate_id(span: Span, other: Span, kind: &str, id: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, span, format!("two pages of kind `{kind}` have the id `{id}`"))
        .label(other, "the other page")
        .help("a page's id is its path, unless it sets `id: …`; give one of them a different `id`")
}

/// A page that a name could mean.
pub(crate) struct NamedPage<'a> {
    /// The name in its front matter.
    pub(crate) span: Span,
    /// Its kind, with an article.
    pub(crate) described: String,
    pub(crate) id: &'a str,
    /// Its path in `content/`.
    pub(crate) path: &'a str,
}

/// A name that `count` pages have, some of which are given.
pub(crate) fn ambiguous_name(code: Code, span: Span, name: &str, count: usize, pages: &[NamedPage<'_>]) -> Diagnostic {
    let by_id: Vec<String> = pages.iter().map(|page| format!("`{}`", page.id)).collect();
    let help = if by_id.iter().all(|id| *id == by_id[0]) {
        let by_file: Vec<String> = pages.iter().map(|page| format!("`[…](/{})`", page.path)).collect();
        format!("they have the same id, so link to the file: {}", by_file.join(" or "))
    } else {
        format!("use an id ({}), or give one of them a different name", by_id.join(" or "))
    };
    let diagnostic = Diagnostic::new(code, span, format!("{count} pages are called `{name}`")).help(help);
    pages.iter().fold(diagnostic, |diagnostic, NamedPage { span, described, id, .. }| {
        diagnostic.label(span.clone(), format!("{described} `{id}`"))
    })
}

/// A name in front matter that a page of another kind has: `kind` is the wanted one, both are described with an article.
pub(crate) fn name_of_another_kind(
    code: Code,
    span: Span,
    name: &str,
    (kind, described): (&str, &str),
    other: (Span, &str),
) -> Diagnostic {
    let (page, is) = other;
    Diagnostic::new(code, span, format!("`{name}` is {is}, not {described}"))
        .label(page, "this page")
        .help(format!("name {described}, or set `kind: {kind}` on that page if it is one"))
}

/// A name in front matter that no page of a `kind` has.
pub(crate) fn unknown_name(code: Code, span: Span, kind: &str, name: &str, near: Advice) -> Diagnostic {
    Diagnostic::new(code, span, format!("there's no {kind} called `{name}`")).advice(near)
}

/// Names in front matter that are read as a single one.
pub(crate) fn names_without_commas(code: Code, span: Span, advice: Advice) -> Diagnostic {
    Diagnostic::new(code, span, "these names need commas between them").advice(advice)
}

/// The name of a draft in the front matter of a published page.
pub(crate) fn name_of_draft(span: Span, name: &str, draft: Span) -> Diagnostic {
    Diagnostic::new(Code::LinkToDraft, span, format!("`{name}` is a draft, but this page is published"))
        .label(draft, "the draft")
        .help("publish it (`draft: false`), or remove it here; to preview drafts, use `--drafts`")
}
