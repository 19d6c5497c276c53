//! The views of the ladder diagram.

use serde::Serialize;

use super::card::Card;
use super::transition::TransitionView;

/// The diagram of the ladder: tracks as lanes side by side, levels as nodes at the height of their rank, and edges between
/// them. Positions are whole pixels from the upper left corner, for the font sizes that the default theme has; titles are
/// broken into lines that fit at these sizes.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramView {
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// The font size of titles in nodes, in pixels.
    pub type_size: i32,
    /// The font size of tracks' titles, in pixels.
    pub head_size: i32,
    /// Whether it may be wider than the page, so that it has to scroll.
    pub is_wide: bool,
    /// Whether it shows the whole ladder. Otherwise it shows one level and those next to it.
    pub is_whole: bool,
    /// The top of the lanes, below their titles.
    pub top: i32,
    /// The lanes of tracks in reading direction: from left to right, or from right to left for such a language.
    pub lanes: Vec<DiagramLane>,
    /// The families, each with the adjacent lanes of its tracks; empty if no track has a family or all have the same one.
    pub families: Vec<DiagramFamily>,
    /// The ranks, lowest first.
    pub ranks: Vec<DiagramRank>,
    /// The nodes of levels, by track and from the lowest up, each level once.
    pub nodes: Vec<DiagramNode>,
    /// The edges.
    pub edges: Vec<DiagramEdge>,
    /// The same content as a list; empty on a level's page, which lists its ways to other levels.
    pub tracks: Vec<DiagramTrack>,
}

/// The lane of a track.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramLane {
    /// The track.
    pub track: Card,
    /// The left border.
    pub x: i32,
    /// The width.
    pub width: i32,
    /// The lines of its title.
    pub lines: Vec<DiagramLine>,
    /// Whether the end of the title is missing in these lines.
    pub shortened: bool,
}

/// The label of a family above the lanes of its tracks.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramFamily {
    /// The family's name, shortened to fit.
    pub title: String,
    /// The left border of its lanes.
    pub x: i32,
    /// The width of its lanes together.
    pub width: i32,
    /// The position where the name starts.
    pub text_x: i32,
}

/// A rank on the vertical scale.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramRank {
    /// The rank, as text.
    pub rank: String,
    /// The position where its number ends.
    pub x: i32,
    /// Its vertical position.
    pub y: i32,
    /// The left end of a horizontal line at this position.
    pub start: i32,
    /// The right end of that line.
    pub end: i32,
}

/// A line of text.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramLine {
    /// The text; may be empty.
    pub text: String,
    /// The position where it starts.
    pub x: i32,
    /// Its baseline.
    pub y: i32,
}

/// The node of a level.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramNode {
    /// The level.
    pub level: Card,
    /// Its rank, as text.
    pub rank: String,
    /// Whether several tracks share the level.
    pub shared: bool,
    /// Whether it is the level whose page this is.
    pub current: bool,
    /// The left border.
    pub x: i32,
    /// The upper border.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// The lines of its title. If the level has a code, the first line starts with it, and `text` doesn't include it.
    pub lines: Vec<DiagramLine>,
    /// Whether the end of the title is missing in these lines.
    pub shortened: bool,
}

/// An edge from one level to another.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramEdge {
    /// Its meaning.
    pub relation: EdgeKind,
    /// The number of the theme's track colour for the level where it ends.
    pub hue: usize,
    /// The line, as an SVG path.
    pub path: String,
    /// The arrowhead, as an SVG path; empty for a step that goes straight up.
    pub head: String,
    /// Whether it starts or ends at the level whose page this is.
    pub here: bool,
}

/// The meaning of an edge between two levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// `step`: the next level of the same track.
    Step,
    /// `fork`: a next level on another track.
    Fork,
    /// `move`: a transition that only the page of a move describes.
    Move,
}

/// A track as a list of levels.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramTrack {
    /// The track.
    pub track: Card,
    /// Its levels, highest first.
    pub rungs: Vec<DiagramRung>,
}

/// A level in the list of a track.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramRung {
    /// The level.
    pub level: Card,
    /// Its rank, as text.
    pub rank: String,
    /// The ways from it to other levels.
    pub ways: Vec<TransitionView>,
}
