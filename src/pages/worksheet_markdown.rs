//! Worksheets as Markdown, to be copied to other tools.
//!
//! A link to the site becomes absolute if the configuration has a `base_url`. Otherwise it is replaced by its text,
//! because relative links would be broken elsewhere.

use std::ops::Range;

use crate::context::RenderContext;
use crate::link::Resolved;
use crate::markdown::{LinkRef, Target, comments};
use crate::page::PageId;
use crate::percent::encode;

/// The text of a worksheet as Markdown.
#[must_use]
pub(crate) fn markdown(context: &RenderContext, id: PageId) -> String {
    let page = context.pages.get(id);
    let mut out = format!("# {}\n\n", page.title.value);
    if !page.summary.is_empty() {
        out.push_str(&format!("{}\n\n", page.summary));
    }
    let mut links: Vec<(usize, &LinkRef)> = page.document.links.iter().enumerate().collect();
    links.sort_by_key(|(_, link)| link.span.start);
    let body = carried_text(context, id, page.body..page.source.len(), &links);
    let body = without_comments(&body);
    let lines: Vec<&str> = body.trim().lines().map(without_attributes).collect();
    let lines: Vec<&str> = lines.into_iter().skip_while(|line| line.trim().is_empty()).collect();
    out.push_str(&lines.join("\n"));
    out.push('\n');
    out
}

/// A part of a page's text with its links rewritten. `links` are those of the page, in order; a link may contain
/// another one, such as an image.
fn carried_text(context: &RenderContext, id: PageId, part: Range<usize>, links: &[(usize, &LinkRef)]) -> String {
    let source = &context.pages.get(id).source;
    let mut out = String::new();
    let mut from = part.start;
    for (at, (number, link)) in links.iter().enumerate() {
        let is_elsewhere = matches!(link.target, Target::External(_));
        if link.span.start < from || link.span.end > part.end || is_elsewhere {
            continue;
        }
        out.push_str(&source[from..link.span.start]);
        out.push_str(&carried(context, id, *number, &link.span, &links[at + 1..]));
        from = link.span.end;
    }
    out.push_str(&source[from..part.end]);
    out
}

/// The rewritten form of a page's `at`-th link. `others` are the links after it.
fn carried(
    context: &RenderContext,
    id: PageId,
    at: usize,
    span: &Range<usize>,
    others: &[(usize, &LinkRef)],
) -> String {
    let resolved = context.links.of(id).get(at);
    let written = &context.pages.get(id).source[span.clone()];
    let words =
        |label: Range<usize>| carried_text(context, id, span.start + label.start..span.start + label.end, others);
    let label = label(written).map_or_else(|| title_of(context, resolved), words);
    let url = match resolved {
        Some(Resolved::Page(page, None)) => Some(context.address(*page).url.clone()),
        Some(Resolved::Page(page, Some(anchor))) => Some(format!("{}#{}", context.address(*page).url, encode(anchor))),
        Some(Resolved::Asset(url)) => Some(url.clone()),
        Some(Resolved::Generated(generated)) => context.generated(generated).map(|address| address.url.clone()),
        Some(Resolved::Nothing) | None => None,
    };
    let image = if written.starts_with('!') { "!" } else { "" };
    match url.and_then(|url| context.absolute(&url)) {
        Some(url) => format!("{image}[{label}]({url})"),
        None => label,
    }
}

fn title_of(context: &RenderContext, resolved: Option<&Resolved>) -> String {
    match resolved {
        Some(Resolved::Page(page, _)) => context.pages.get(*page).title.value.clone(),
        Some(Resolved::Generated(generated)) => context.generated_title(generated),
        _ => String::new(),
    }
}

/// The range of a link's text, if its author wrote any.
fn label(written: &str) -> Option<Range<usize>> {
    let start = usize::from(written.starts_with('!'));
    let link = &written[start..];
    if let Some(name) = link.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let (page, label) = name.split_once('|')?;
        let start = start + 2 + page.len() + 1 + (label.len() - label.trim_start().len());
        return Some(start..start + label.trim().len());
    }
    let inner = link.strip_prefix('[')?;
    let end = inner.rfind("](").or_else(|| inner.rfind("][")).or_else(|| inner.rfind(']'))?;
    Some(start + 1..start + 1 + end)
}

/// A text without its HTML comments, which are no part of the page either.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = 0;
    for comment in comments(text) {
        out.push_str(&text[rest..comment.start]);
        rest = comment.end;
    }
    out + &text[rest..]
}

/// A line without the `{#id}` or `{.class}` of a heading, which means nothing elsewhere.
fn without_attributes(line: &str) -> &str {
    match line.trim_end().strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) {
        Some((text, marks)) if line.starts_with('#') && marks.starts_with(['#', '.']) => text.trim_end(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leaves_its_words_behind() {
        let words = |written: &'static str| label(written).map(|label| &written[label]);
        assert_eq!(words("[[ic/senior]]"), None);
        assert_eq!(words("[[ic/senior|What Senior means]]"), Some("What Senior means"));
        assert_eq!(words("[[ic/senior\\| Senior ]]"), Some("Senior"));
        assert_eq!(words("[the **page**](../a.md#b)"), Some("the **page**"));
        assert_eq!(words("![a cat](cat.png)"), Some("a cat"));
        assert_eq!(words("[![a cat](cat.png)](cats.md)"), Some("![a cat](cat.png)"));
        assert_eq!(words("[words][ref]"), Some("words"));
        assert_eq!(words("[ref]"), Some("ref"));
    }

    #[test]
    fn comments_stay_at_home() {
        let text = "A <!-- not -->b.\n\n<!--\n- nor\n-->\n\n`<!-- code -->`\n";
        assert_eq!(without_comments(text), "A b.\n\n\n\n`<!-- code -->`\n");
        assert_eq!(without_comments("a\n\n<!-- open"), "a\n\n");
    }

    #[test]
    fn headings_lose_what_only_this_site_understands() {
        assert_eq!(without_attributes("## For a peer {#peer}"), "## For a peer");
        assert_eq!(without_attributes("Not {#this}"), "Not {#this}");
        assert_eq!(without_attributes("## A {b} c"), "## A {b} c");
    }
}
