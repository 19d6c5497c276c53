//! The text of one expectation.

use std::borrow::Cow;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Spanned;
use crate::ladder::compare::word_set::{CachedWordSet, WordSet, alike};
use crate::markdown::{Block, Heading, LinkRef, PartialHtml, written_texts};
use crate::name::{fold, sentence_anchor};
use crate::page::is_placeholder;

/// The text of one expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The sentence.
    pub html: PartialHtml,
    /// The sentence without markup.
    pub text: String,
    /// The hash of its folded text, by which expectations are compared.
    pub(crate) hash: u64,
    /// The hash of its folded sentence, without the detail.
    pub(crate) sentence_hash: u64,
    /// Whether it has no words.
    pub(crate) is_blank: bool,
    /// Whether its sentence is a placeholder, like those of `stepladder new`, or says that there is none.
    pub(crate) is_placeholder: bool,
    /// The permanent id that its author wrote.
    pub id: Option<Spanned<String>>,
    /// The names of the expectations that it raises, as its author wrote them.
    pub(crate) raises: Vec<Spanned<String>>,
    /// The text under its first line.
    pub detail: Detail,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The sub-heading that groups it.
    pub group: Option<Box<Heading>>,
    /// The blocks between that sub-heading and it, if it's the first of the group.
    pub before: Vec<Block>,
    /// Its byte range in the file.
    pub span: Range<usize>,
    pub(crate) word_set: CachedWordSet,
}

impl Statement {
    /// An expectation without examples, outside of any group.
    pub(crate) fn new(
        html: PartialHtml,
        text: String,
        id: Option<Spanned<String>>,
        detail: Detail,
        span: Range<usize>,
    ) -> Self {
        let folded = folded(&text, &detail);
        Self {
            html,
            hash: xxh3_64(folded.as_bytes()),
            sentence_hash: xxh3_64(folded.split('\n').next().unwrap_or_default().as_bytes()),
            is_blank: folded.is_empty(),
            is_placeholder: is_placeholder(&text) || says_nothing(&text),
            text,
            id,
            raises: Vec::new(),
            detail,
            examples: Vec::new(),
            group: None,
            before: Vec::new(),
            span,
            word_set: CachedWordSet::default(),
        }
    }

    /// Its text and that of its detail, without markup: the sentence in the first line, then each part of the detail in
    /// a line of its own.
    #[must_use]
    pub fn full_text(&self) -> Cow<'_, str> {
        if self.detail.texts.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        Cow::Owned(format!("{}\n{}", self.text, self.detail.texts.join("\n")))
    }

    /// The text of the sub-heading or the label that it's under; empty if there's none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.group.as_ref().map_or("", |heading| &heading.text)
    }

    /// Whether another expectation has the same words, those of its detail included.
    pub(crate) fn says_same(&self, other: &Self) -> bool {
        self.hash == other.hash && self.folded() == other.folded()
    }

    /// The folded text of the sentence and of each part of its detail, in lines.
    fn folded(&self) -> String {
        folded(&self.text, &self.detail)
    }

    /// The id made from its first words.
    pub(crate) fn slug(&self) -> String {
        Some(sentence_anchor(&self.text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "expectation".to_owned())
    }

    /// The similarity to another expectation in other words, if it's high enough for one to count as the other, raised.
    /// Expectations that have the same sentence and different detail are more similar than any others.
    pub(crate) fn similarity(&self, other: &Self) -> Option<f64> {
        let alike = alike(self.words(), other.words());
        let have_detail = !(self.detail.is_empty() && other.detail.is_empty());
        if have_detail && self.sentence_hash().is_some_and(|sentence| other.sentence_hash() == Some(sentence)) {
            return Some(1.0 + alike.unwrap_or_default());
        }
        alike
    }

    /// The hash of the folded sentence, without the detail; `None` if there is no sentence.
    pub(crate) fn sentence_hash(&self) -> Option<u64> {
        (!self.text.is_empty()).then_some(self.sentence_hash)
    }

    /// The different words of its sentence and its detail.
    pub(crate) fn words(&self) -> &WordSet {
        self.word_set.of(|| self.full_text())
    }
}

fn folded(text: &str, detail: &Detail) -> String {
    let lines = std::iter::once(text).chain(detail.texts.iter().map(String::as_str)).map(fold);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether a text only says that there is no expectation.
pub(crate) fn says_nothing(text: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    !text.is_empty() && text.chars().all(is_dash) || says_not_applicable(text)
}

/// Whether a text only says that something else is expected too: `Same as L3`, `All of the above, plus:`, `″`.
pub(crate) fn says_the_same(text: &str) -> bool {
    const MAX_WORDS: usize = 8;
    let folded = fold(text);
    let text = folded.trim();
    let is_mark = |c: char| "\"″〃“”„'^←→↑↓".contains(c);
    let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    let is_short = text.split_whitespace().count() <= MAX_WORDS;
    let leads_on = text.ends_with([':', '+']) || text.ends_with(" plus") || text.ends_with(" and");
    let points_up = ["all of the above", "all the above", "everything above", "as above", "same as above", "see above"];
    (!text.is_empty() && text.chars().all(is_mark))
        || (is_short && begins(&["same as ", "the same as ", "ditto", "(see above)", "(same as "]))
        || (is_short && begins(&points_up))
        || (is_short && leads_on && begins(&["all of ", "everything "]))
}

/// Whether a text says that nothing is expected: `n/a`, `None`.
pub(crate) fn says_not_applicable(text: &str) -> bool {
    let folded = fold(text);
    let text = folded.trim().trim_end_matches(['.', '!']);
    matches!(text, "n/a" | "n.a" | "na" | "none" | "nothing" | "not applicable")
}

/// The text under the first line of an expectation: further paragraphs, nested lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Detail {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The texts of its paragraphs, list items and other parts, without markup.
    pub texts: Vec<String>,
}

impl Detail {
    /// The detail that consists of some blocks of a document that has these links.
    pub(crate) fn new(blocks: Vec<Block>, links: &[LinkRef]) -> Self {
        Self { texts: written_texts(&blocks, links), blocks }
    }

    fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// An example.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The specialism that it is for; empty for all.
    pub specialism: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_no_expectation_of_its_own() {
        for text in
            ["Same as L3", "same as above.", "″", "←", "All of the above, plus:", "Everything in L4 and:", "Ditto"]
        {
            assert!(says_the_same(text), "{text}");
        }
        let expectations =
            ["", "Treats all the same", "Everything ships with tests.", "As a mentor:", "Sees what's above"];
        for text in expectations {
            assert!(!says_the_same(text), "{text}");
        }
    }
}
