//! Detection of parts of a text that end where their author didn't mean it: merge conflicts and code blocks.

use std::ops::Range;

use super::parser::MarkdownParser;
use crate::diagnostic::catalog;

impl MarkdownParser<'_> {
    /// Reports the first conflict marker of Git outside of code.
    pub(super) fn report_merge_conflict(&mut self, text: &str, start: usize) {
        let mut fence = None;
        let mut at = start;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end();
            if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark)) {
                fence = match fence {
                    None => Some(mark),
                    Some(open) if open == mark => None,
                    open => open,
                };
            } else if fence.is_none() && (bare.starts_with("<<<<<<< ") || bare == "<<<<<<<") {
                let span = self.span(&(at..at + bare.len()));
                return self.push(catalog::merge_conflict(span));
            }
            at += line.len();
        }
    }

    /// Reports a fenced code block that is never closed, and so contains the rest of the text.
    pub(super) fn report_unclosed_fence(&mut self, range: &Range<usize>) {
        let Some(block) = self.verbatim_source(range) else { return };
        let bare = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).to_owned();
        let mut lines = block.lines();
        let first = bare(lines.next().unwrap_or_default());
        let length = first.len() - first.trim_start_matches(['`', '~']).len();
        let mark = &first[..length];
        let last = lines.next_back().map(bare).unwrap_or_default();
        let closed = last.starts_with(mark) && last.chars().all(|c| mark.starts_with(c));
        if !closed {
            let span = self.span(&(range.start..range.start + first.len()));
            self.push(catalog::unclosed_code_block(span, mark));
        }
    }
}
