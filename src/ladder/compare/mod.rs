//! How two levels differ ([`levels`]), which pairs are worth comparing ([`pairs`]), and how similar sentences are.

pub(super) mod levels;
pub(super) mod pairs;
pub(super) mod similarity_index;
pub(super) mod word_set;
pub(super) mod words;
