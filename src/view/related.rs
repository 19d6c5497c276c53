//! The pages of articles, worksheets and terms.

use serde::Serialize;

use super::card::Card;

/// What a page serves.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RelatedView {
    /// Levels.
    pub levels: Vec<Card>,
    /// Competencies.
    pub competencies: Vec<Card>,
    /// Tracks.
    pub tracks: Vec<Card>,
    /// A term's other names.
    pub also_known_as: Vec<String>,
    /// Where a worksheet is as Markdown; empty for all else.
    pub markdown: String,
    /// A worksheet's text as Markdown, as in that file; empty for all else.
    pub source: String,
}
