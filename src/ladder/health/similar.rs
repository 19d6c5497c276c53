use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::index::Index;
use crate::ladder::model::Ladder;
use crate::ladder::positions::ExpectationId;
use crate::ladder::word_set::similarity;

use crate::ladder::words::words;

/// From here on two sentences say the same in almost the same words: in one of ten words, one differs.
const NEARLY: f64 = 0.85;

/// A sentence of fewer words, such as a placeholder, says too little to repeat another one.
const FEWEST: usize = 3;

/// With how many others that share one of its rarest words a sentence is compared, at most. Sentences of real ladders
/// share their rarest words with fewer.
const NEIGHBOURS: usize = 60;

/// Expectations that say nearly the same, in the order of their files.
#[derive(Debug, PartialEq, Eq)]
pub struct SimilarGroup {
    /// The expectations, at least two.
    pub expectations: Vec<ExpectationId>,
    /// Whether they have the same words.
    pub same: bool,
}

/// Finds the groups of expectations that all say nearly the same as one of them: those of the most first.
///
/// Two sentences can only be nearly alike when they share one of each other's rarest words, so only those are compared:
/// the work grows with the ladder, not with its square.
pub(super) fn alike(ladder: &Ladder) -> Vec<SimilarGroup> {
    let sentences = sentences(ladder);
    let leaders = leaders(&sentences);
    let mut groups: BTreeMap<usize, SimilarGroup> = BTreeMap::new();
    for (at, (_, expectations)) in sentences.iter().enumerate() {
        let group = groups.entry(leaders[at]).or_insert_with(|| SimilarGroup { expectations: Vec::new(), same: true });
        group.same &= group.expectations.is_empty();
        group.expectations.extend(expectations);
    }
    let mut groups: Vec<SimilarGroup> = groups.into_values().filter(|group| group.expectations.len() > 1).collect();
    for group in &mut groups {
        group.expectations.sort_unstable();
    }
    groups.sort_by_key(|group| (Reverse(group.expectations.len()), Reverse(group.same), group.expectations[0]));
    groups
}

/// For each sentence the one that it says nearly the same as; itself when there is none, or when others follow it.
fn leaders(sentences: &[Sentence]) -> Vec<usize> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for sharing in sharing(sentences) {
        for (at, one) in sharing.iter().enumerate() {
            let others = sharing[at + 1..].iter().take(NEIGHBOURS);
            let alike = others.filter(|other| nearly(&sentences[*one].0, &sentences[**other].0));
            pairs.extend(alike.map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    let mut leaders: Vec<usize> = (0..sentences.len()).collect();
    for (one, other) in pairs {
        if leaders[one] == one && leaders[other] == other {
            leaders[other] = one;
        }
    }
    leaders
}

/// The different words of a sentence as numbers, the rarer a word, the smaller; and the expectations that have just those.
type Sentence = (Vec<usize>, Vec<ExpectationId>);

fn sentences(ladder: &Ladder) -> Vec<Sentence> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut bags: Vec<Vec<usize>> = Vec::with_capacity(ladder.expectations.len());
    for expectation in &ladder.expectations {
        let mut bag: Vec<usize> = Vec::new();
        for word in words(&expectation.statement.text) {
            let next = known.len();
            bag.push(*known.entry(word).or_insert(next));
        }
        bag.sort_unstable();
        bag.dedup();
        counts.resize(known.len(), 0);
        for word in &bag {
            counts[*word] += 1;
        }
        bags.push(bag);
    }
    let rarity = rarity(&counts);
    let mut sentences: BTreeMap<Vec<usize>, Vec<ExpectationId>> = BTreeMap::new();
    for (at, bag) in bags.into_iter().enumerate().filter(|(_, bag)| bag.len() >= FEWEST) {
        let mut bag: Vec<usize> = bag.into_iter().map(|word| rarity[word]).collect();
        bag.sort_unstable();
        sentences.entry(bag).or_default().push(ExpectationId::new(at));
    }
    sentences.into_iter().collect()
}

/// For each word its place among all, the rarest first.
fn rarity(counts: &[usize]) -> Vec<usize> {
    let mut rarest: Vec<usize> = (0..counts.len()).collect();
    rarest.sort_by_key(|word| counts[*word]);
    let mut rarity = vec![0; counts.len()];
    for (at, word) in rarest.into_iter().enumerate() {
        rarity[word] = at;
    }
    rarity
}

/// For each word the sentences that have it among their rarest.
fn sharing(sentences: &[Sentence]) -> Vec<Vec<usize>> {
    let words = sentences.iter().filter_map(|(bag, _)| bag.last()).max().map_or(0, |last| last + 1);
    let mut sharing = vec![Vec::new(); words];
    for (at, (bag, _)) in sentences.iter().enumerate() {
        for word in &bag[..telling(bag.len())] {
            sharing[*word].push(at);
        }
    }
    sharing
}

/// How many of the rarest words of a sentence one must look up to find all that are nearly like it: of `n` words it has to
/// share at least `n × NEARLY / (2 − NEARLY)`, so of all but so many less one, it shares one.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few words")]
fn telling(words: usize) -> usize {
    // A hair less, for quotients that are whole numbers but for how they are rounded.
    let shared = (words as f64 * NEARLY / (2.0 - NEARLY) - 1e-9).ceil() as usize;
    words - shared.min(words) + 1
}

fn nearly(a: &[usize], b: &[usize]) -> bool {
    let (mut rest_a, mut rest_b, mut shared) = (a, b, 0);
    while let (Some(first_a), Some(first_b)) = (rest_a.first(), rest_b.first()) {
        rest_a = &rest_a[usize::from(first_a <= first_b)..];
        rest_b = &rest_b[usize::from(first_b <= first_a)..];
        shared += usize::from(first_a == first_b);
    }
    similarity(shared, a.len(), b.len()) >= NEARLY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_are_nearly_alike_share_one_of_their_rarest_words() {
        for (a, b) in (1..30_usize).flat_map(|a| (1..30_usize).map(move |b| (a, b))) {
            for shared in (0..=a.min(b)).filter(|shared| similarity(*shared, a, b) >= NEARLY) {
                // At worst, what they don't share is what is rarest.
                assert!(telling(a) > a - shared && telling(b) > b - shared, "{shared} of {a} and {b}");
            }
        }
    }

    #[test]
    fn many_sentences_that_share_their_words_are_still_found() {
        let sentence = |at: usize| (vec![at, 1000, 1001, 1002, 1003, 1004, 1005], vec![ExpectationId::new(at)]);
        let sentences: Vec<Sentence> = (0..500).map(sentence).collect();
        let leaders = leaders(&sentences);
        assert!(leaders.iter().enumerate().all(|(at, leader)| at - leader <= NEIGHBOURS), "{leaders:?}");
        assert_eq!(
            leaders.iter().enumerate().filter(|(at, leader)| at == *leader).count(),
            500_usize.div_ceil(NEIGHBOURS + 1)
        );
    }
}
