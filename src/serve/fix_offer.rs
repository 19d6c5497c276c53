//! Fixes as the preview offers them: text to copy into the file.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, FixedLines, fixed_lines};
use crate::tree::Tree;

/// The most fixes of a diagnostic that are offered.
const MAX_OFFERS: usize = 3;

/// The lines of a file as a fix leaves them.
#[derive(Debug, Serialize)]
pub(super) struct FixOffer {
    /// What to do, in the imperative.
    label: String,
    /// The text to copy; empty if the lines are to be removed.
    text: String,
}

/// The fixes of a diagnostic that can be offered as text, the likeliest first.
pub(super) fn fix_offers(diagnostic: &Diagnostic, sources: &Tree) -> Vec<FixOffer> {
    let lines = diagnostic.fixes.iter().filter_map(|fix| fixed_lines(fix, sources));
    lines.take(MAX_OFFERS).map(offer).collect()
}

fn offer(FixedLines { first, last, text }: FixedLines) -> FixOffer {
    let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
    let label = if text.trim().is_empty() { format!("Remove {lines}") } else { format!("Replace {lines} with") };
    FixOffer { label, text: if text.trim().is_empty() { String::new() } else { text } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Fix, Span, catalog};
    use crate::tree::TreePath;

    #[test]
    fn each_fix_is_offered_as_the_lines_that_it_leaves() {
        let page = TreePath::normalized("content/a.md");
        let mut tree = Tree::default();
        tree.insert(page.clone(), "one\n• two\n");
        let span = |start, end| Span::new(&page, start..end);
        let diagnostic = catalog::invalid_value(span(4, 7), "x", "")
            .fix(Fix::replace(span(4, 7), "-"))
            .fix(Fix::replace(span(0, 3), ""))
            .fix(Fix::replace(span(0, 11), "x"));
        let offers = fix_offers(&diagnostic, &tree);
        let offers: Vec<_> = offers.iter().map(|offer| (offer.label.as_str(), offer.text.as_str())).collect();
        assert_eq!(
            offers,
            [("Replace line 2 with", "- two"), ("Remove line 1", ""), ("Replace lines 1 to 2 with", "x")]
        );
    }
}
