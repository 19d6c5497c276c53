//! The page of names.

use serde::Serialize;

use super::card::Card;

/// A name and the page that it names.
#[derive(Debug, Clone, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// `title`, `code` or `other-name`.
    pub what: &'static str,
    /// The page it names.
    pub card: Card,
}
