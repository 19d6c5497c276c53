//! The typed front matter of each kind of page.

use std::ops::Range;

use crate::diagnostic::Spanned;
use crate::markdown::Block;

/// The front matter fields that only some kinds of pages have.
#[derive(Debug, Clone, PartialEq)]
pub enum FrontMatter {
    /// The fields of a track.
    Track(Track),
    /// The fields of a level.
    Level(Box<Level>),
    /// The fields of a competency.
    Competency(Competency),
    /// The fields of a move.
    Move {
        /// The level where the move starts.
        from: Option<Spanned<String>>,
        /// The level where the move ends.
        to: Option<Spanned<String>>,
    },
    /// The subjects of an article or worksheet.
    Serves(Serves),
    /// The other names of a term.
    Term(Vec<Spanned<String>>),
    /// No further fields.
    Plain,
}

/// The front matter of a track.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Track {
    /// The levels, lowest first.
    pub levels: Vec<Spanned<String>>,
    /// The family of tracks that are shown as a group.
    pub family: Option<Spanned<String>>,
    /// Competencies and their weights, which sum up to 100.
    pub weights: Vec<(Spanned<String>, Spanned<f64>)>,
    /// The span of the name of the `weights` field.
    pub weights_span: Range<usize>,
}

/// The front matter of a level.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    /// The track, if it isn't that of the folder.
    pub track: Option<Spanned<String>>,
    /// The position on the vertical scale that all tracks share.
    pub rank: Option<Spanned<f64>>,
    /// The code, a short name such as `L4`.
    pub code: Option<Spanned<String>>,
    /// Other names.
    pub also_known_as: Vec<Spanned<String>>,
    /// Facets and their texts.
    pub facets: Vec<(Spanned<String>, Vec<Block>)>,
    /// Levels whose expectations are inherited.
    pub extends: Vec<Extend>,
    /// Whether the level only passes on expectations and isn't part of a track.
    pub is_abstract: bool,
    /// The next levels, if they aren't the one with the next rank.
    pub leads_to: Option<Vec<Spanned<String>>>,
    /// Competencies and the required step of their scales.
    pub profile: Vec<(Spanned<String>, Spanned<String>)>,
    /// Competencies without expectations at this level.
    pub not_applicable: Vec<Spanned<String>>,
    /// Inherited expectations that no longer hold, without a successor.
    pub retires: Vec<Spanned<String>>,
    /// The typical experience.
    pub experience: Vec<Block>,
}

/// A level that another one extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Extend {
    /// The extended level.
    pub level: Spanned<String>,
    /// The inherited competencies; all if `None`.
    pub competencies: Option<Vec<Spanned<String>>>,
}

/// The front matter of a competency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Competency {
    /// The area.
    pub area: Option<Spanned<String>>,
    /// The tracks in which the competency applies; all if empty.
    pub tracks: Vec<Spanned<String>>,
    /// The steps of the competency's own scale, lowest first.
    pub scale: Vec<Spanned<String>>,
    /// Other names.
    pub also_known_as: Vec<Spanned<String>>,
}

/// The levels, competencies and tracks that an article or worksheet is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Serves {
    /// The levels.
    pub levels: Vec<Spanned<String>>,
    /// The competencies.
    pub competencies: Vec<Spanned<String>>,
    /// The tracks.
    pub tracks: Vec<Spanned<String>>,
}
