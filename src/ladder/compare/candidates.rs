//! The sentences that a sentence is compared with where comparing each with each would take too long.

use std::collections::HashMap;

use crate::ladder::compare::word_set::WordSet;

/// Sentences, to be compared with others: all of them if they are few, otherwise those that share the rarest words.
pub(crate) enum Candidates {
    All(usize),
    ByWord {
        /// The positions of the sentences with each word, in order.
        by_word: HashMap<u64, Vec<usize>>,
        /// For each sentence the last query that found it.
        found_by: Vec<usize>,
        queries: usize,
        limit: usize,
    },
}

impl Candidates {
    /// Makes all of up to `limit` sentences candidates for any other one, and `limit` of more sentences.
    pub(crate) fn new<'s>(sentences: impl ExactSizeIterator<Item = &'s WordSet>, limit: usize) -> Self {
        if sentences.len() <= limit {
            return Self::All(sentences.len());
        }
        let found_by = vec![0; sentences.len()];
        let mut by_word: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, sentence) in sentences.enumerate() {
            for word in sentence.hashes() {
                by_word.entry(*word).or_default().push(at);
            }
        }
        Self::ByWord { by_word, found_by, queries: 0, limit }
    }

    /// The positions of the sentences to compare with one, in order.
    pub(crate) fn of<'s>(&mut self, sentence: impl FnOnce() -> &'s WordSet) -> Vec<usize> {
        let (by_word, found_by, queries, limit) = match self {
            Self::All(count) => return (0..*count).collect(),
            Self::ByWord { by_word, found_by, queries, limit } => (by_word, found_by, queries, *limit),
        };
        *queries += 1;
        let mut lists: Vec<&Vec<usize>> = sentence().hashes().iter().filter_map(|word| by_word.get(word)).collect();
        lists.sort_by_key(|list| list.len());
        let is_new = |at: &usize| std::mem::replace(&mut found_by[*at], *queries) != *queries;
        let mut found: Vec<usize> = lists.into_iter().flatten().copied().filter(is_new).take(limit).collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ladder::compare::word_set::CachedWordSet;

    fn word_sets(texts: &[String]) -> Vec<CachedWordSet> {
        let sets: Vec<CachedWordSet> = texts.iter().map(|_| CachedWordSet::default()).collect();
        for (set, text) in sets.iter().zip(texts) {
            set.of(|| text.into());
        }
        sets
    }

    #[test]
    fn few_sentences_are_all_compared_and_of_many_those_with_rare_words() {
        let texts: Vec<String> = (0..50).map(|at| format!("Does thing {at} well and often")).collect();
        let sets = word_sets(&texts);
        let sentences = || sets.iter().map(|set| set.of(|| unreachable!("it's cached")));
        let [wanted] = word_sets(&["Does 37 very well".to_owned()]).try_into().unwrap();
        let wanted = || wanted.of(|| unreachable!("it's cached"));
        assert_eq!(Candidates::new(sentences(), 50).of(wanted).len(), 50);
        let few = Candidates::new(sentences(), 5).of(wanted);
        assert!(few.len() == 5 && few.contains(&37), "{few:?}");
    }
}
