//! The text of one expectation.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::word_set::{CachedWordSet, WordSet};
use crate::diagnostic::Spanned;
use crate::markdown::{Block, Heading, PartialHtml};
use crate::name::{fold, sentence_anchor};

/// The text of one expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The sentence.
    pub html: PartialHtml,
    /// The sentence without markup.
    pub text: String,
    /// The folded text, by which sentences are compared.
    pub folded: String,
    /// The hash of the folded text.
    pub(super) hash: u64,
    /// Whether it's a placeholder, like those of `stepladder new`.
    pub(super) is_placeholder: bool,
    /// The id made from its first words.
    pub(super) slug: String,
    /// The permanent id that its author wrote.
    pub id: Option<Spanned<String>>,
    /// The blocks under its first line.
    pub detail: Vec<Block>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The sub-heading that groups it.
    pub group: Option<Heading>,
    /// The blocks between that sub-heading and it, if it's the first of the group.
    pub before: Vec<Block>,
    /// Its byte range in the file.
    pub span: Range<usize>,
    pub(super) word_set: CachedWordSet,
}

impl Statement {
    /// An expectation of one sentence.
    pub(super) fn new(html: PartialHtml, text: String, id: Option<Spanned<String>>, span: Range<usize>) -> Self {
        let slug = Some(sentence_anchor(&text)).filter(|slug| !slug.is_empty());
        let folded = fold(&text);
        let is_dots = text.trim().chars().all(|c| matches!(c, '…' | '.'));
        Self {
            html,
            hash: xxh3_64(folded.as_bytes()),
            is_placeholder: is_dots || matches!(folded.as_str(), "todo" | "tbd"),
            folded,
            slug: slug.unwrap_or_else(|| "expectation".to_owned()),
            text,
            id,
            detail: Vec::new(),
            examples: Vec::new(),
            group: None,
            before: Vec::new(),
            span,
            word_set: CachedWordSet::default(),
        }
    }

    /// Its different words.
    pub(super) fn words(&self) -> &WordSet {
        self.word_set.of(&self.text)
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
