//! Texts that several expectations have.

use std::collections::HashMap;

use crate::ladder::expectations::statement::Statement;
use crate::ladder::model::Ladder;

/// The bits of a hash that scripts can represent: their numbers are exact up to 2^53.
const SCRIPT_BITS: u64 = (1 << 53) - 1;

/// The texts that several expectations of a ladder have, for scripts that compare levels: they see that two expectations
/// say the same by the keys of their texts, and need none for any other expectation.
#[derive(Debug, Default)]
pub struct RepeatedTexts {
    /// The number of expectations with each text, by its hash.
    texts: HashMap<u64, usize>,
    /// For each sentence the number of expectations that begin with it, and whether any of them has detail.
    sentences: HashMap<u64, (usize, bool)>,
}

impl RepeatedTexts {
    /// Counts the texts of a ladder.
    #[must_use]
    pub fn of(ladder: &Ladder) -> Self {
        let mut repeated = Self::default();
        for expectation in &ladder.expectations {
            let statement = &*expectation.statement;
            *repeated.texts.entry(statement.hash).or_default() += 1;
            if let Some(sentence) = statement.sentence_hash() {
                let (count, has_detail) = repeated.sentences.entry(sentence).or_default();
                *count += 1;
                *has_detail |= !statement.detail.texts.is_empty();
            }
        }
        repeated
    }

    /// The key of an expectation's text; `None` if no other one has the same.
    pub(crate) fn text(&self, statement: &Statement) -> Option<u64> {
        self.texts.get(&statement.hash).filter(|count| **count > 1).map(|_| statement.hash & SCRIPT_BITS)
    }

    /// The key of an expectation's sentence, if another one has the same and any of them has detail.
    pub(crate) fn sentence(&self, statement: &Statement) -> Option<u64> {
        let hash = statement.sentence_hash()?;
        let (count, has_detail) = self.sentences.get(&hash)?;
        (*count > 1 && *has_detail).then_some(hash & SCRIPT_BITS)
    }
}
