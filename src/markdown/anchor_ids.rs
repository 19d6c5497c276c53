//! The anchors of a page: those made from headings, and the ids that authors write.

use std::ops::Range;

use super::parser::MarkdownParser;
use crate::diagnostic::catalog::{self, ReservedId};
use crate::name;

impl MarkdownParser<'_> {
    /// The anchor made from the text of a heading. An element of raw HTML above that has it is reported.
    pub(super) fn heading_anchor(&mut self, text: &str) -> String {
        let wanted = name::anchor(text);
        let is_first = !self.repeats.contains_key(&wanted);
        let anchor = self.unique_anchor(text);
        let raw = self.raw_anchors.iter().find(|raw| is_first && raw.value == wanted);
        if let Some(span) = raw.map(|raw| raw.span.clone()) {
            self.push(catalog::anchor_of_heading_below(self.span(&span), &wanted, text.trim()));
        }
        anchor
    }

    pub(super) fn report_duplicate_anchor(&mut self, id: &str, span: &Range<usize>) {
        self.push(catalog::duplicate_anchor(self.span(span), id));
    }

    /// Reports an id that is reserved for parts of the theme or for footnotes.
    pub(super) fn report_reserved_id(&mut self, id: &str, span: &Range<usize>) {
        let (reserved, instead) = if let Some(rest) = id.strip_prefix(name::THEME_ID_PREFIX) {
            (ReservedId::Theme { prefix: name::THEME_ID_PREFIX }, rest.to_owned())
        } else if name::is_footnote_id(id) {
            (ReservedId::Footnote { id }, format!("the-{id}"))
        } else {
            return;
        };
        let source = self.verbatim_source(span).unwrap_or_default();
        let mark = if source.contains("{#") { "#" } else { "" };
        let at = source.rfind(&format!("{mark}{id}")).map(|at| span.start + at + mark.len());
        let written = at.map(|at| self.span(&(at..at + id.len())));
        let diagnostic = match mark {
            "#" => catalog::reserved_id(self.span(span), reserved, &instead, written, ("{#", "}")),
            _ => catalog::reserved_id(self.span(span), reserved, &instead, written, ("", "")),
        };
        self.push(diagnostic);
    }

    /// Returns a unique anchor for a heading by GitHub's rule: `-1`, `-2` … is appended to repeated ones.
    pub(super) fn unique_anchor(&mut self, text: &str) -> String {
        let base = match name::anchor(text) {
            anchor if anchor.is_empty() => "section".to_owned(),
            anchor => anchor,
        };
        let mut anchor = base.clone();
        while !self.anchors.insert(anchor.clone()) {
            let number = self.repeats.entry(base.clone()).or_insert(0);
            *number += 1;
            anchor = format!("{base}-{number}");
        }
        anchor
    }
}
