//! How alike two sentences are.

use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::model::{ExpectationId, Ladder};
use super::statement::Statement;
use super::words::words;

/// How alike two sentences must be (shared words over all words, as in Dice's coefficient) for one to be the other,
/// raised. Found by reading ladders: below this, pairs share little but their grammar.
const ALIKE: f64 = 0.55;

/// What is known of a sentence that is compared with others: taken from it when it is first asked for, and kept for as long
/// as the sentence is.
#[derive(Debug, Clone, Default)]
pub(super) struct CachedWords(OnceLock<Words>);

impl PartialEq for CachedWords {
    /// It follows from the sentence, so it makes no difference.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A sentence as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Its different words, as numbers in order.
    all: Box<[u64]>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut all: Vec<u64> = words(text).map(|word| xxh3_64(word.as_bytes())).collect();
        all.sort_unstable();
        all.dedup();
        Self { all: all.into() }
    }

    /// How many words two sentences share.
    fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b) = (&*self.all, &*other.all);
        let mut shared = 0;
        while let ([first, a_rest @ ..], [second, b_rest @ ..]) = (a, b) {
            shared += usize::from(first == second);
            (a, b) = (if first <= second { a_rest } else { a }, if second <= first { b_rest } else { b });
        }
        shared
    }
}

impl Statement {
    pub(super) fn words(&self) -> &Words {
        self.known.0.get_or_init(|| Words::of(&self.text))
    }
}

/// How alike two sentences are, if they are alike enough for one to be the other, raised.
pub(super) fn alike(was: &Words, now: &Words) -> Option<f64> {
    let (a, b) = (was.all.len(), now.all.len());
    // Even if the shorter one stood whole in the longer one.
    if similarity(a.min(b), a, b) < ALIKE {
        return None;
    }
    Some(similarity(was.shared(now), a, b)).filter(|alike| *alike >= ALIKE)
}

/// Which expectations of a ladder are alike, found out once for those who compare all levels with each other.
#[derive(Debug, Default)]
pub struct SimilarityIndex {
    /// For each expectation those of the same competency that are alike, in order, and how much.
    by_expectation: Vec<Vec<(ExpectationId, f64)>>,
}

impl SimilarityIndex {
    /// Finds out which expectations are alike.
    #[must_use]
    pub fn new(ladder: &Ladder) -> Self {
        let mut by_expectation = vec![Vec::new(); ladder.expectations.len()];
        let mut groups: Vec<Vec<ExpectationId>> = vec![Vec::new(); ladder.competencies.len() + 1];
        for level in &ladder.levels {
            for (competency, cell) in &level.cells {
                groups[competency.0].extend(&cell.lines);
            }
            groups[ladder.competencies.len()].extend(level.own.iter().flat_map(|own| &own.lines));
        }
        let words = |id: ExpectationId| ladder.expectation(id).statement.words();
        for group in &mut groups {
            group.sort_unstable();
            for (at, one) in group.iter().enumerate() {
                for other in &group[at + 1..] {
                    if let Some(alike) = alike(words(*one), words(*other)) {
                        by_expectation[one.0].push((*other, alike));
                        by_expectation[other.0].push((*one, alike));
                    }
                }
            }
        }
        for alike in &mut by_expectation {
            alike.sort_unstable_by_key(|(id, _)| *id);
        }
        Self { by_expectation }
    }

    pub(super) fn of(&self, was: ExpectationId, now: ExpectationId) -> Option<f64> {
        let known = &self.by_expectation[now.0];
        known.binary_search_by_key(&was, |(id, _)| *id).ok().map(|at| known[at].1)
    }

    /// Whether nothing is like it.
    pub(super) fn is_alone(&self, id: ExpectationId) -> bool {
        self.by_expectation[id.0].is_empty()
    }
}

/// How alike two sentences are, from 0 to 1: of how many different words each is, and how many they share.
#[allow(clippy::cast_precision_loss, reason = "sentences have few words")]
pub(super) fn similarity(shared: usize, a: usize, b: usize) -> f64 {
    if shared < 2 { 0.0 } else { 2.0 * shared as f64 / (a + b) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_tells_a_raised_sentence_from_another_one() {
        let alike = |a, b| alike(&Words::of(a), &Words::of(b)).is_some();
        assert!(alike("Designs a service with guidance.", "Designs a service and its tests without guidance."));
        assert!(alike("Reviews the code of their team.", "Reviews the code of other teams."));
        assert!(!alike("Writes tests for new code.", "Leads the response to an incident."));
        assert!(!alike("Writes.", "Writes."), "one word is no matter");
        assert!(alike("チームのコードをレビューする。", "複数のチームのコードと設計をレビューする。"));
        assert!(!alike("新しいメンバーの成長を支援する。", "チームの技術的な方向性を決定する。"));
        assert!(alike("评审团队的代码。", "评审其他团队的设计和代码。"));
        assert!(!alike("为新功能编写测试。", "带领团队处理线上事故。"));
    }
}
