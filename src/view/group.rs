//! Groups of pages under a heading.

use serde::Serialize;

use super::card::Card;

/// Some pages under a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupView {
    /// The heading; may be empty.
    pub title: String,
    /// Its id.
    pub anchor: String,
    /// A sentence on the group; may be empty.
    pub summary: String,
    /// The address of the page that lists the whole group; may be empty.
    pub url: String,
    /// Its pages.
    pub cards: Vec<Card>,
}
