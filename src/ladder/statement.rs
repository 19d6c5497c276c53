//! One expectation as its author wrote it.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::word_set::{CachedWordSet, WordSet};
use crate::diagnostic::Spanned;
use crate::markdown::{Block, Heading, PartialHtml};
use crate::name::{fold, sentence_anchor};

/// One expectation as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The sentence.
    pub html: PartialHtml,
    /// The sentence without markup.
    pub text: String,
    /// That, folded: two sentences are the same when this is.
    pub folded: String,
    /// A hash of that; sentences that differ in it are different.
    pub(super) hash: u64,
    /// Whether it only keeps a place, as those of `stepladder new` do.
    pub(super) is_placeholder: bool,
    /// Its first words as an id, for want of one that its author gave.
    pub(super) slug: String,
    /// The permanent id that its author gave it.
    pub id: Option<Spanned<String>>,
    /// What is shown with it.
    pub detail: Vec<Block>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The sub-heading that it stands under.
    pub group: Option<Heading>,
    /// What stands between that sub-heading and it, when it is the first there.
    pub before: Vec<Block>,
    /// Its place in the file, in bytes.
    pub span: Range<usize>,
    pub(super) word_set: CachedWordSet,
}

impl Statement {
    /// An expectation that is nothing but a sentence.
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
    /// The specialism it speaks of; may be empty.
    pub specialism: String,
    /// Its text.
    pub blocks: Vec<Block>,
}
