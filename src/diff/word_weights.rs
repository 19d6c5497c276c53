//! The similarity of texts by the words that they share, rare words counting more.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::ladder::words;

/// The shortest word that is reduced to its stem.
const MIN_STEMMED: usize = 5;

/// Endings of inflected words, the longest first. They are those of English; in other languages they cut little.
const ENDINGS: [&str; 6] = ["ing", "ed", "es", "ly", "s", "e"];

/// The different words of a text, as sorted hashes of their stems.
pub(super) fn word_hashes(text: &str) -> Vec<u64> {
    let mut hashes: Vec<u64> = words(text).map(|word| xxh3_64(stem(&word).as_bytes())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// A word without the ending of its inflection, so that `reviews` and `reviewing` are one.
fn stem(word: &str) -> &str {
    if word.len() < MIN_STEMMED || !word.is_ascii() {
        return word;
    }
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 2));
    stem.unwrap_or(word)
}

/// The weight of each word of two guides: the rarer, the more it says.
#[derive(Debug, Default)]
pub(super) struct WordWeights {
    counts: HashMap<u64, u32>,
    texts: u32,
}

impl WordWeights {
    /// Counts the words of a text.
    pub(super) fn count(&mut self, words: &[u64]) {
        self.texts += 1;
        for word in words {
            *self.counts.entry(*word).or_default() += 1;
        }
    }

    /// The number of texts with a word.
    pub(super) fn frequency(&self, word: u64) -> u32 {
        self.counts.get(&word).copied().unwrap_or_default()
    }

    fn weight(&self, word: u64) -> f64 {
        let count = f64::from(self.frequency(word).max(1));
        (1.0 + f64::from(self.texts.max(1)) / count).ln()
    }

    /// The weight of words together.
    pub(super) fn total(&self, words: &[u64]) -> f64 {
        words.iter().map(|word| self.weight(*word)).sum()
    }

    /// The weighted share of words that two texts have in common, from 0 to 1. The same in both directions.
    pub(super) fn similarity(&self, one: &[u64], other: &[u64]) -> f64 {
        let total = self.total(one) + self.total(other);
        if total == 0.0 { 0.0 } else { 2.0 * self.total(&shared(one, other)) / total }
    }

    /// The weighted share of the words of one text that another one has, from 0 to 1.
    pub(super) fn contained(&self, part: &[u64], whole: &[u64]) -> f64 {
        let total = self.total(part);
        if total == 0.0 { 0.0 } else { self.total(&shared(part, whole)) / total }
    }
}

/// The words that two texts have in common, in order.
pub(super) fn shared(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().filter(|word| other.binary_search(word).is_ok()).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_more_and_inflections_are_one_word() {
        let texts = ["Reviews the code of the team.", "Leads the team.", "Plans the work of the team."];
        let mut weights = WordWeights::default();
        for text in texts {
            weights.count(&word_hashes(text));
        }
        let alike = |one, other| weights.similarity(&word_hashes(one), &word_hashes(other));
        assert!(alike("Reviews code", "Reviewing code") > 0.99);
        assert!(alike("the team reviews", "the work reviews") > alike("the team reviews", "the team plans"));
        assert!((alike("the team", "of work") - 0.0).abs() < f64::EPSILON);
    }
}
