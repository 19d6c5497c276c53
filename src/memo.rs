//! The cache of the pipeline: **a cached value is valid while its inputs are equal.**
//!
//! A computation records which inputs it read ([`Reads`]). Each run of the pipeline compares the new inputs with those
//! of the run before and collects the ones that differ ([`ChangeSet`]). A [`Memo`] computes its value again only if one
//! of the inputs that it read differs. A recomputed value that equals the old one doesn't invalidate the values that
//! were computed from it (early cut-off): [`Memo::update`] returns the old value, and its caller compares the two and
//! adds an input to the changes if they differ.
//!
//! An input is anything that can be compared cheaply: the bytes of a page, the pages that have a certain name, the
//! addresses of all pages. The finer the inputs, the less is computed again. A computation that can't list the inputs
//! that it read records a coarser one that covers all of them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::index_vec::{Index, IndexVec};

/// The inputs that differ from those of the run before.
#[derive(Debug, Clone)]
pub struct ChangeSet<I> {
    everything: bool,
    inputs: BTreeSet<I>,
}

impl<I: Ord> ChangeSet<I> {
    /// Changes in which no input differs.
    #[must_use]
    pub fn none() -> Self {
        Self { everything: false, inputs: BTreeSet::new() }
    }

    /// Changes in which any input may differ, so that no cached value is valid.
    #[must_use]
    pub fn everything() -> Self {
        Self { everything: true, inputs: BTreeSet::new() }
    }

    /// Adds an input that differs.
    pub fn insert(&mut self, input: I) {
        self.inputs.insert(input);
    }

    /// Adds inputs that differ.
    pub fn extend(&mut self, inputs: impl IntoIterator<Item = I>) {
        self.inputs.extend(inputs);
    }

    /// Adds an input if it differs.
    pub fn insert_if(&mut self, differs: bool, input: I) {
        if differs {
            self.insert(input);
        }
    }

    /// Whether an input differs.
    #[must_use]
    pub fn contains(&self, input: &I) -> bool {
        self.everything || self.inputs.contains(input)
    }

    /// Whether any input may differ.
    #[must_use]
    pub fn contains_everything(&self) -> bool {
        self.everything
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.everything && self.inputs.is_empty()
    }
}

/// The inputs that a computation has read.
#[derive(Debug, Clone)]
pub struct Reads<I>(Vec<I>);

impl<I: Ord> FromIterator<I> for Reads<I> {
    fn from_iter<T: IntoIterator<Item = I>>(inputs: T) -> Self {
        let mut inputs: Vec<I> = inputs.into_iter().collect();
        inputs.sort_unstable();
        inputs.dedup();
        Self(inputs)
    }
}

impl<I: Ord> Reads<I> {
    /// The same inputs by their new positions; `None` if one of them is gone.
    fn renumber(mut self, new: impl Fn(I) -> Option<I>) -> Option<Self>
    where
        I: Copy,
    {
        for input in &mut self.0 {
            *input = new(*input)?;
        }
        self.0.sort_unstable();
        Some(self)
    }

    /// Whether one of them differs. Takes time proportional to the smaller set and the logarithm of the larger one.
    fn overlap(&self, changes: &ChangeSet<I>) -> bool {
        if changes.everything {
            return true;
        }
        if self.0.len() < changes.inputs.len() {
            return self.0.iter().any(|input| changes.inputs.contains(input));
        }
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return false };
        let mut near = changes.inputs.iter().skip_while(|input| *input < first).take_while(|input| *input <= last);
        near.any(|input| self.0.binary_search(input).is_ok())
    }
}

/// One cached value and the inputs that it was computed from. It has to be updated in every run.
#[derive(Debug)]
pub struct Memo<I, V> {
    entry: Option<(V, Reads<I>)>,
    computed: usize,
}

impl<I, V> Default for Memo<I, V> {
    fn default() -> Self {
        Self { entry: None, computed: 0 }
    }
}

impl<I: Ord, V> Memo<I, V> {
    /// Computes the value if there is none, or if an input that it was computed from differs.
    pub fn update(&mut self, changes: &ChangeSet<I>, compute: impl FnOnce() -> (V, Reads<I>)) -> Update<V> {
        if self.entry.as_ref().is_some_and(|(_, reads)| !reads.overlap(changes)) {
            return Update::Valid;
        }
        self.computed += 1;
        match self.entry.replace(compute()) {
            Some((old, _)) => Update::Replaced(old),
            None => Update::New,
        }
    }

    /// Renumbers the positions inside the value and in the inputs that it was computed from. Forgets the value if one of
    /// these is gone.
    pub fn renumber(&mut self, new_input: impl Fn(I) -> Option<I>, renumber: impl FnOnce(V) -> Option<V>)
    where
        I: Copy,
    {
        self.entry = self.entry.take().and_then(|(value, reads)| {
            let reads = reads.renumber(&new_input)?;
            Some((renumber(value)?, reads))
        });
    }

    /// The value of the last update, if there was one: a new value may be derived from it.
    #[must_use]
    pub fn last(&self) -> Option<&V> {
        self.entry.as_ref().map(|(value, _)| value)
    }

    /// The value.
    ///
    /// # Panics
    /// Panics if the value was never updated.
    pub fn get(&self) -> &V {
        self.entry.as_ref().map(|(value, _)| value).expect("a memo is updated before it is read")
    }

    /// The number of times that the value was computed.
    pub fn computed(&self) -> usize {
        self.computed
    }
}

/// The result of [`Memo::update`].
#[derive(Debug, PartialEq, Eq)]
pub enum Update<V> {
    /// The cached value was still valid.
    Valid,
    /// A first value was computed.
    New,
    /// The value was computed again; this is the old one.
    Replaced(V),
}

impl<V> Update<V> {
    /// Whether the cached value was still valid.
    pub fn is_valid(&self) -> bool {
        matches!(self, Self::Valid)
    }

    /// Whether the value differs from the old one according to `is_same`; true for a first value.
    pub fn differs(&self, is_same: impl FnOnce(&V) -> bool) -> bool {
        match self {
            Self::Valid => false,
            Self::New => true,
            Self::Replaced(old) => !is_same(old),
        }
    }
}

/// Cached values by position, each like a [`Memo`], computed in parallel.
#[derive(Debug)]
pub struct MemoVec<K, I, V> {
    entries: IndexVec<K, Option<(V, Reads<I>)>>,
    computed: usize,
}

impl<K, I, V> Default for MemoVec<K, I, V> {
    fn default() -> Self {
        Self { entries: IndexVec::default(), computed: 0 }
    }
}

impl<K, I, V> MemoVec<K, I, V>
where
    K: Index + Send + Sync,
    I: Ord + Send + Sync,
    V: Send + Sync,
{
    /// Computes the values of `keys` that aren't cached or whose inputs differ. Returns the keys that were computed, each
    /// with its old value, in the order of `keys`.
    pub fn update(
        &mut self,
        keys: &[K],
        changes: &ChangeSet<I>,
        compute: impl Fn(K) -> (V, Reads<I>) + Sync,
    ) -> Vec<(K, Update<V>)> {
        if changes.everything {
            self.clear();
        }
        let entries = &self.entries;
        let entry = |key: K| entries.get(key).and_then(Option::as_ref);
        let is_stale = |key: &K| entry(*key).is_none_or(|(_, reads)| reads.overlap(changes));
        let stale: Vec<K> = keys.iter().copied().filter(is_stale).collect();
        let computed: Vec<_> = stale.into_par_iter().map(|key| (key, compute(key))).collect();
        self.computed += computed.len();
        let mut updates = Vec::with_capacity(computed.len());
        for (key, entry) in computed {
            while self.entries.len() <= key.index() {
                self.entries.push(None);
            }
            updates.push(match self.entries[key].replace(entry) {
                Some((old, _)) => (key, Update::Replaced(old)),
                None => (key, Update::New),
            });
        }
        updates
    }

    /// Forgets all values: keys or inputs may have other positions than before.
    pub fn clear(&mut self) {
        self.entries = IndexVec::default();
    }

    /// Moves the values to the new positions of their keys, with `new_input` for the inputs that they were computed from
    /// and `renumber` for positions inside the values. Forgets the values of which a position is gone.
    pub fn renumber(
        &mut self,
        new_key: impl Fn(K) -> Option<K>,
        new_input: impl Fn(I) -> Option<I>,
        renumber: impl Fn(V) -> Option<V>,
    ) where
        I: Copy,
    {
        let old = std::mem::take(&mut self.entries);
        for (at, entry) in old.into_iter().enumerate() {
            let Some(key) = new_key(K::new(at)) else { continue };
            let moved = entry.and_then(|(value, reads)| {
                let reads = reads.renumber(&new_input)?;
                Some((renumber(value)?, reads))
            });
            while self.entries.len() <= key.index() {
                self.entries.push(None);
            }
            self.entries[key] = moved;
        }
    }

    /// The value of the last update of a key, if there was one.
    #[must_use]
    pub fn last(&self, key: K) -> Option<&V> {
        self.entries.get(key).and_then(Option::as_ref).map(|(value, _)| value)
    }

    /// The value of a key.
    ///
    /// # Panics
    /// Panics if no update included the key.
    #[must_use]
    pub fn get(&self, key: K) -> &V {
        self.last(key).expect("a memo is updated before it is read")
    }

    /// The number of computations of all values.
    #[must_use]
    pub fn computed(&self) -> usize {
        self.computed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(inputs: &[u8]) -> ChangeSet<u8> {
        let mut changes = ChangeSet::none();
        changes.extend(inputs.iter().copied());
        changes
    }

    #[test]
    fn a_value_is_computed_again_only_when_an_input_that_it_read_differs() {
        let mut memo = Memo::default();
        let compute = |value: &'static str| move || (value, Reads::from_iter([1, 5, 3]));
        assert_eq!(memo.update(&changes(&[]), compute("a")), Update::New);
        assert_eq!(memo.update(&changes(&[2, 4]), compute("b")), Update::Valid);
        assert_eq!(memo.update(&changes(&[2, 3, 4, 6]), compute("c")), Update::Replaced("a"));
        assert_eq!(memo.update(&ChangeSet::everything(), compute("d")), Update::Replaced("c"));
        assert_eq!((memo.get(), memo.computed()), (&"d", 3));
    }

    #[allow(unreachable_pub, reason = "the macro defines public types")]
    mod at {
        use crate::index_vec::index_types;

        index_types! {
            /// A position.
            At
        }
    }
    use at::At;

    #[test]
    fn of_many_values_only_those_whose_inputs_differ_are_computed_again() {
        let mut memo: MemoVec<At, usize, usize> = MemoVec::default();
        let mut update = |positions: &[usize], differing: &[usize]| {
            let mut changes = ChangeSet::none();
            changes.extend(differing.iter().copied());
            let keys: Vec<At> = positions.iter().copied().map(At::new).collect();
            let updates = memo.update(&keys, &changes, |key| (key.index() * 2, Reads::from_iter([key.index()])));
            let computed: Vec<usize> = updates.into_iter().map(|(key, _)| key.index()).collect();
            (computed, *memo.get(At::new(3)), memo.computed())
        };
        assert_eq!(update(&[1, 2, 3], &[]), (vec![1, 2, 3], 6, 3));
        assert_eq!(update(&[1, 2, 3], &[2, 7]), (vec![2], 6, 4));
        assert_eq!(update(&[2, 3, 4], &[]), (vec![4], 6, 5));
    }

    #[test]
    fn values_stay_valid_at_new_positions_unless_one_of_their_own_is_gone() {
        let mut memo: MemoVec<At, usize, usize> = MemoVec::default();
        let compute = |key: At| (key.index() * 10, Reads::from_iter([key.index()]));
        memo.update(&[0, 1, 2].map(At::new), &ChangeSet::none(), compute);
        // The value at 1 is removed, the input 0 as well, and what comes after 1 moves down.
        let new_key = |key: At| (key.index() != 1).then(|| At::new(key.index().min(1)));
        let new_input = |input: usize| (input != 0).then(|| input - 1);
        memo.renumber(new_key, new_input, |value| Some(value + 1));
        assert_eq!((memo.last(At::new(0)), memo.last(At::new(1))), (None, Some(&21)));
        let mut changes = ChangeSet::none();
        changes.insert(1);
        let updated = memo.update(&[0, 1].map(At::new), &changes, compute);
        assert_eq!(updated, [(At::new(0), Update::New), (At::new(1), Update::Replaced(21))]);
    }
}
