//! Diagnostics: the problems of a project, with their spans and fixes.
//!
//! Every stage returns its diagnostics beside its result ([`Diagnosed`]). Only the commands print them, by way of
//! [`text`], [`json`], [`github`] and [`sarif`]. [`apply`](fn@apply) makes the edits of their fixes.

mod apply;
pub(crate) mod catalog;
mod code;
mod drawn;
mod fix;
mod fixed_lines;
pub mod github;
pub mod json;
mod limit;
mod lines;
mod merge;
mod model;
mod patch;
pub mod sarif;
mod severity;
mod sort;
mod span;
mod suggest;
pub mod text;

pub use apply::{Applied, apply, edited_files, fixable};
pub use code::Code;
pub(crate) use drawn::without_control_characters;
pub use fix::{Advice, Applicability, Fix};
pub(crate) use fixed_lines::{FixedLines, fixed_lines};
pub(crate) use lines::{Position, Sources, position};
pub(crate) use merge::merge_repeated;
pub use model::{Diagnosed, Diagnostic, any_error, read_utf8};
pub use severity::Severity;
pub use sort::sort;
pub use span::{Span, Spanned};
pub(crate) use suggest::same_letters;
pub use suggest::{all_nearest, did_you_mean, nearest, nearly, valid_here};
