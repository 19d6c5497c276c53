//! Expectations in nearly the same words, found without comparing each with each.
//!
//! Two sentences can only be similar if they share one of each other's rarest words (prefix filtering), so only
//! sentences that share one are compared. The time grows with the size of the ladder, not with its square.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::index_vec::Index;
use crate::ladder::compare::word_set::similarity;
use crate::ladder::compare::words::words;
use crate::ladder::id_types::ExpectationId;
use crate::ladder::model::Ladder;

/// The similarity from which two sentences are nearly the same: one of about ten words differs.
const MIN_SIMILARITY: f64 = 0.85;

/// The fewest different words of a sentence that is compared. Shorter ones, such as placeholders, are too general.
const MIN_WORDS: usize = 3;

/// The most sentences with a common rare word that a sentence is compared with. Sentences of real ladders share their
/// rarest words with fewer.
const MAX_COMPARISONS_PER_WORD: usize = 60;

/// Expectations in nearly the same words.
#[derive(Debug, PartialEq, Eq)]
pub struct SimilarGroup {
    /// The expectations, at least two, in the order of their files.
    pub expectations: Vec<ExpectationId>,
    /// Whether all have exactly the same words.
    pub same: bool,
}

/// A sentence as the set of its words, with all expectations that have just these words.
struct DistinctSentence {
    /// Each word's rank by rarity in the whole ladder, rarest (0) first, in ascending order.
    words: Vec<usize>,
    expectations: Vec<ExpectationId>,
}

/// Groups expectations such that all of a group are similar to one of them. The largest groups are first.
pub(super) fn similar_groups(ladder: &Ladder) -> Vec<SimilarGroup> {
    let sentences = sentences(ladder);
    let leaders = leaders(&sentences);
    let mut groups: BTreeMap<usize, SimilarGroup> = BTreeMap::new();
    for (leader, sentence) in leaders.into_iter().zip(&sentences) {
        let group = groups.entry(leader).or_insert_with(|| SimilarGroup { expectations: Vec::new(), same: true });
        group.same &= group.expectations.is_empty();
        group.expectations.extend(&sentence.expectations);
    }
    let mut groups: Vec<SimilarGroup> = groups.into_values().filter(|group| group.expectations.len() > 1).collect();
    for group in &mut groups {
        group.expectations.sort_unstable();
    }
    groups.sort_by_key(|group| (Reverse(group.expectations.len()), Reverse(group.same), group.expectations[0]));
    groups
}

/// For each sentence the index of the one that leads its group: a sentence that it is similar to, or itself. The leader
/// of a group leads itself.
fn leaders(sentences: &[DistinctSentence]) -> Vec<usize> {
    let mut similar_pairs: Vec<(usize, usize)> = Vec::new();
    for sharing in sentences_by_rare_word(sentences) {
        for (index, one) in sharing.iter().enumerate() {
            let others = sharing[index + 1..].iter().take(MAX_COMPARISONS_PER_WORD);
            let similar = others.filter(|other| are_similar(&sentences[*one].words, &sentences[**other].words));
            similar_pairs.extend(similar.map(|other| (*one, *other)));
        }
    }
    similar_pairs.sort_unstable();
    let mut leaders: Vec<usize> = (0..sentences.len()).collect();
    for (one, other) in similar_pairs {
        if leaders[one] == one && leaders[other] == other {
            leaders[other] = one;
        }
    }
    leaders
}

/// The different sentences of a ladder that have enough words, sorted by their words.
fn sentences(ladder: &Ladder) -> Vec<DistinctSentence> {
    let mut word_ids: HashMap<String, usize> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut word_sets: Vec<Vec<usize>> = Vec::with_capacity(ladder.expectations.len());
    for expectation in &ladder.expectations {
        let mut word_set: Vec<usize> = Vec::new();
        for word in words(&expectation.statement.full_text()) {
            let next_id = word_ids.len();
            word_set.push(*word_ids.entry(word).or_insert(next_id));
        }
        word_set.sort_unstable();
        word_set.dedup();
        counts.resize(word_ids.len(), 0);
        for word in &word_set {
            counts[*word] += 1;
        }
        word_sets.push(word_set);
    }
    let rarity = rarity_ranks(&counts);
    let mut sentences: BTreeMap<Vec<usize>, Vec<ExpectationId>> = BTreeMap::new();
    for (index, word_set) in word_sets.into_iter().enumerate().filter(|(_, words)| words.len() >= MIN_WORDS) {
        let mut words: Vec<usize> = word_set.into_iter().map(|word| rarity[word]).collect();
        words.sort_unstable();
        sentences.entry(words).or_default().push(ExpectationId::new(index));
    }
    sentences.into_iter().map(|(words, expectations)| DistinctSentence { words, expectations }).collect()
}

/// The rank of each word by its number of occurrences, rarest first.
fn rarity_ranks(counts: &[usize]) -> Vec<usize> {
    let mut by_rarity: Vec<usize> = (0..counts.len()).collect();
    by_rarity.sort_by_key(|word| counts[*word]);
    let mut ranks = vec![0; counts.len()];
    for (rank, word) in by_rarity.into_iter().enumerate() {
        ranks[word] = rank;
    }
    ranks
}

/// For each word the indexes of the sentences that have it in their prefix of rarest words.
fn sentences_by_rare_word(sentences: &[DistinctSentence]) -> Vec<Vec<usize>> {
    let word_count = sentences.iter().filter_map(|sentence| sentence.words.last()).max().map_or(0, |last| last + 1);
    let mut by_word = vec![Vec::new(); word_count];
    for (index, DistinctSentence { words, .. }) in sentences.iter().enumerate() {
        for word in &words[..prefix_length(words.len())] {
            by_word[*word].push(index);
        }
    }
    by_word
}

/// The number of a sentence's rarest words that have to be looked up to find all similar sentences.
///
/// A sentence of `n` words shares at least `n × MIN_SIMILARITY / (2 − MIN_SIMILARITY)` of them with a similar one,
/// rounded up. If it shares `k`, one of any `n − k + 1` of its words is shared.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few words")]
fn prefix_length(words: usize) -> usize {
    // The small difference keeps rounding errors from turning a whole number into the next one.
    let shared = (words as f64 * MIN_SIMILARITY / (2.0 - MIN_SIMILARITY) - 1e-9).ceil() as usize;
    words - shared.min(words) + 1
}

/// Whether two sentences, as sorted sets of words, are similar.
fn are_similar(a: &[usize], b: &[usize]) -> bool {
    let (mut rest_a, mut rest_b, mut shared) = (a, b, 0);
    while let (Some(first_a), Some(first_b)) = (rest_a.first(), rest_b.first()) {
        rest_a = &rest_a[usize::from(first_a <= first_b)..];
        rest_b = &rest_b[usize::from(first_b <= first_a)..];
        shared += usize::from(first_a == first_b);
    }
    similarity(shared, a.len(), b.len()) >= MIN_SIMILARITY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_sentences_share_a_word_of_their_prefixes() {
        for (a, b) in (1..30_usize).flat_map(|a| (1..30_usize).map(move |b| (a, b))) {
            for shared in (0..=a.min(b)).filter(|shared| similarity(*shared, a, b) >= MIN_SIMILARITY) {
                // In the worst case, the rarest words are those that aren't shared.
                assert!(prefix_length(a) > a - shared && prefix_length(b) > b - shared, "{shared} of {a} and {b}");
            }
        }
    }

    #[test]
    fn groups_are_found_among_many_sentences_with_the_same_words() {
        let sentence = |index: usize| DistinctSentence {
            words: vec![index, 1000, 1001, 1002, 1003, 1004, 1005],
            expectations: vec![ExpectationId::new(index)],
        };
        let sentences: Vec<DistinctSentence> = (0..500).map(sentence).collect();
        let leaders = leaders(&sentences);
        assert!(leaders.iter().enumerate().all(|(at, leader)| at - leader <= MAX_COMPARISONS_PER_WORD), "{leaders:?}");
        assert_eq!(
            leaders.iter().enumerate().filter(|(at, leader)| at == *leader).count(),
            500_usize.div_ceil(MAX_COMPARISONS_PER_WORD + 1)
        );
    }
}
