//! What changed between two revisions of a guide: [`diff`] compares two [`Guide`](crate::guide::Guide)s and returns a
//! [`GuideDiff`], which owns all it says and can be stored.
//!
//! 1. `texts` collects the expectations, criteria, examples and paragraphs of each guide, with their places.
//! 2. `page_pairs` pairs pages: by id, by former address, and what's left by title and content.
//! 3. `text_pairs` pairs texts: by `{#id}`, by equal words, and what's left by similarity, the most similar of all first.
//!    `splits` finds texts that were divided or merged.
//! 4. `wording` classifies how a text changed, `fields` compares front matter and the configuration.
//!
//! Both directions are symmetric: what is added from one guide to the other is removed the other way round.
//!
//! [`markdown`], [`terminal`] and [`json`] write a [`GuideDiff`], [`outline`] groups it for them.

mod compare;
mod fields;
pub mod json;
pub mod markdown;
mod model;
pub mod outline;
mod page_pairs;
mod runs;
mod splits;
pub mod terminal;
mod text_pairs;
mod texts;
mod word_weights;
mod wording;

pub use compare::diff;
pub use model::{FieldChange, GuideDiff, PageChange, PageSide, RaisedText, TextChange, TextKind, TextSide, Verdict};
pub use runs::{RunOf, TextRun, runs};
