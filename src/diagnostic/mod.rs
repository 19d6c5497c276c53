//! Diagnostics: the problems of a project, with their spans and fixes.
//!
//! Every stage returns its diagnostics beside its result ([`Diagnosed`]). Only the commands print them, by way of
//! [`text`] and [`json`].

mod apply;
pub(crate) mod catalog;
mod code;
mod fix;
pub mod json;
mod lines;
mod model;
mod severity;
mod sort;
mod span;
mod suggest;
pub mod text;

pub use apply::{Applied, apply, fixable};
pub use code::Code;
pub use fix::{Advice, Applicability, Fix};
pub(crate) use lines::{Position, Sources, position};
pub use model::{Diagnosed, Diagnostic, any_error, read_utf8};
pub use severity::Severity;
pub use sort::sort;
pub use span::{Span, Spanned};
pub(crate) use suggest::same_letters;
pub use suggest::{all_nearest, did_you_mean, nearest, nearly, valid_here};
pub(crate) use text::without_control_characters;
