//! The pages of articles, worksheets and terms.

use serde::Serialize;

use super::card::Card;

/// The levels, competencies and tracks that an article or worksheet serves, and the names of a term.
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
    /// The address of a worksheet as Markdown; empty for all else.
    pub markdown: String,
    /// A worksheet's text as Markdown, as in that file; empty for all else.
    pub source: String,
}
