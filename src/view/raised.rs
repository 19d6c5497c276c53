//! Expectations that replace others.

use serde::Serialize;

/// An expectation in other words than before.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedView {
    /// The expectation's address.
    pub url: String,
    /// The new sentence as HTML, changed words in `<ins>`, with each line of its detail in an element of class `detail`.
    pub html: String,
    /// The former sentences likewise, changed words in `<del>`.
    pub was: Vec<String>,
}
