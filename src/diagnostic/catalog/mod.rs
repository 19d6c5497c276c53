//! The diagnostics that Stepladder reports: one constructor for each problem, named after its code.
//!
//! A constructor takes what is known at the place of the problem as plain values, and has the whole text for users:
//! message, labels, help and fixes. So all texts can be read and edited together.

mod names;

pub(crate) use names::*;
