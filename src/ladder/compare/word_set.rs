//! The similarity of two sentences, by the words that they share.

use std::borrow::Cow;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::ladder::compare::words::words;

/// The similarity (Dice's coefficient of their words) from which one sentence counts as the other, raised. Chosen by
/// reading ladders: below it, pairs share little but their grammar.
const MIN_SIMILARITY: f64 = 0.55;

/// The word set of a sentence, computed when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct CachedWordSet(OnceLock<WordSet>);

impl CachedWordSet {
    /// The word set of a text, which has to be the same text each time.
    pub(crate) fn of<'t>(&self, text: impl FnOnce() -> Cow<'t, str>) -> &WordSet {
        self.0.get_or_init(|| WordSet::of(&text()))
    }
}

impl PartialEq for CachedWordSet {
    /// Always true: the set is derived from the sentence, which is compared anyway.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The different words of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct WordSet {
    /// Hashes of the words, sorted.
    hashes: Box<[u64]>,
}

impl WordSet {
    fn of(text: &str) -> Self {
        let mut hashes: Vec<u64> = words(text).map(|word| xxh3_64(word.as_bytes())).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes: hashes.into() }
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Hashes of the words, sorted.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The number of words that two sentences share.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b) = (&*self.hashes, &*other.hashes);
        let mut shared = 0;
        while let ([first, a_rest @ ..], [second, b_rest @ ..]) = (a, b) {
            shared += usize::from(first == second);
            (a, b) = (if first <= second { a_rest } else { a }, if second <= first { b_rest } else { b });
        }
        shared
    }
}

/// The similarity of two sentences, if it's high enough for one to count as the other, raised.
pub(crate) fn alike(was: &WordSet, now: &WordSet) -> Option<f64> {
    let (a, b) = (was.len(), now.len());
    // The bound, as if the longer one contained the shorter one: cheaper than counting shared words.
    if similarity(a.min(b), a, b) < MIN_SIMILARITY {
        return None;
    }
    Some(similarity(was.shared(now), a, b)).filter(|alike| *alike >= MIN_SIMILARITY)
}

/// The similarity of two sentences of `a` and `b` different words that share some, from 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "sentences have few words")]
pub(crate) fn similarity(shared: usize, a: usize, b: usize) -> f64 {
    if shared < 2 { 0.0 } else { 2.0 * shared as f64 / (a + b) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_sentence_is_alike_and_another_one_is_not() {
        let alike = |a, b| alike(&WordSet::of(a), &WordSet::of(b)).is_some();
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
