//! The diagnostics that Stepladder reports: one constructor for each problem, named after its code.
//!
//! A constructor takes what is known at the place of the problem as plain values, and has the whole text for users:
//! message, labels, help and fixes. So all texts can be read and edited together.

mod addresses;
mod cells;
mod configuration;
mod front_matter;
mod links;
mod names;
mod source;
mod tables;
mod theme;

pub(crate) use addresses::*;
pub(crate) use cells::*;
pub(crate) use configuration::*;
pub(crate) use front_matter::*;
pub(crate) use links::*;
pub(crate) use names::*;
pub(crate) use source::*;
pub(crate) use tables::*;
pub(crate) use theme::*;
