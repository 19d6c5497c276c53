//! Import: spreadsheets, documents and data that describe a ladder → the pages of a project.
//!
//! An import is pure and has three steps. A reader ([`read`]) turns each source into one of two forms: a [`sheet::Sheet`],
//! a grid of cells, or an [`outline::SourceOutline`], headings and lines. It records every text of the source in the
//! [`ledger::Ledger`]. A recogniser ([`recognise`]) finds the ladder in them, a [`draft::DraftLadder`], and records for each
//! text where it was placed or why it wasn't. The writer ([`write`]) makes pages of the draft.
//!
//! What's hidden in a source, pay, and people's names and ratings are never placed, and a report names them by their
//! places only.

mod draft;
mod ledger;
mod level_name;
mod links;
mod mapping;
mod outline;
mod plan;
mod read;
mod recognise;
mod report;
mod sheet;
mod source_file;
mod text;
mod words;
mod write;

pub use mapping::{LevelDirection, Mapping, MappingError, Splitting};
pub use plan::{Plan, plan};
pub use read::is_readable;
pub use source_file::{ImportError, SourceFile};
pub(crate) use text::escape as literal;
