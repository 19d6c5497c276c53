//! Links as they're written, for diagnostics.

use crate::diagnostic::Code;
use crate::diagnostic::catalog::WrittenLink;
use crate::markdown::LinkRef;
use crate::page::Page;

/// A link as it's written on a page. `part` is the part of its target that may be replaced: its name, path or anchor.
pub(super) fn written(page: &Page, link: &LinkRef, part: &str) -> WrittenLink {
    // The span of a link in a long text of front matter may be that of the whole text.
    let source = page.source.get(link.span.clone()).filter(|source| source.len() <= 4000).unwrap_or_default();
    let is_last = |at: &usize| {
        let after = &source[at + part.len()..];
        // What follows a target in `[[name|label]]`, `[text](path "title")` and `<a href="path">`.
        after.starts_with(['#', '|', ']', ')', ' ', '"', '\'', '>'])
    };
    let mut starts = source
        .match_indices(part)
        .map(|(at, _)| at)
        .filter(|at| source[..*at].ends_with(['[', '(', '#', '<', '"', '\'']) && is_last(at));
    let is_wiki = source.trim_start_matches('!').starts_with("[[");
    let start = if is_wiki { starts.next() } else { starts.last() };
    let start = start.filter(|_| !part.is_empty()).map(|start| link.span.start + start);
    let target = start.map(|start| page.span(&(start..start + part.len())));
    let code = if link.image { Code::MissingImage } else { Code::BrokenLink };
    WrittenLink { span: page.span(&link.span), target, code }
}
