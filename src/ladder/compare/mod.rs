//! How two levels differ ([`levels`]), which pairs are worth comparing ([`pairs`]), how similar sentences are, and which
//! are repeated.

pub(super) mod candidates;
pub(super) mod levels;
pub(super) mod pairs;
pub(super) mod repeated_texts;
pub(super) mod word_set;
pub(super) mod words;
