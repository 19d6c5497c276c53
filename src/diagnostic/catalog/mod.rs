//! The diagnostics that Stepladder reports: one constructor for each problem, named after its code.
//!
//! A constructor takes what is known at the place of the problem as plain values, and has the whole text for users:
//! message, labels, help and fixes. So all texts can be read and edited together.

mod active_files;
mod addresses;
mod cells;
mod configuration;
mod expectations;
mod front_matter;
mod headings;
mod link_syntax;
mod links;
mod lists;
mod markup;
mod named_cells;
mod names;
mod not_headings;
mod permanence;
mod source;
mod source_text;
mod structure;
mod superseded;
mod tables;
mod theme;
mod unpublished;

pub(crate) use active_files::*;
pub(crate) use addresses::*;
pub(crate) use cells::*;
pub(crate) use configuration::*;
pub(crate) use expectations::*;
pub(crate) use front_matter::*;
pub(crate) use headings::*;
pub(crate) use link_syntax::*;
pub(crate) use links::*;
pub(crate) use lists::*;
pub(crate) use markup::*;
pub(crate) use named_cells::*;
pub(crate) use names::*;
pub(crate) use not_headings::*;
pub(crate) use permanence::*;
pub(crate) use source::*;
pub(crate) use source_text::{escaped, heading_line};
pub(crate) use structure::*;
pub(crate) use superseded::*;
pub(crate) use tables::*;
pub(crate) use theme::*;
pub(crate) use unpublished::*;
