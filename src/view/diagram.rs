use serde::Serialize;

use super::card::Card;
use super::way::WayView;

/// The ladder as a picture: lanes side by side on a common scale, rungs, and the lines between them. All lengths are whole
/// pixels from the upper left corner, at the size of type that the default theme has for it; titles come in lines that
/// fit at that size.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramView {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The size of the type on rungs, in pixels.
    pub type_size: i32,
    /// The size of the type of tracks' titles, in pixels.
    pub head_size: i32,
    /// Whether it may be wider than its place on the page, so that it has to scroll.
    pub is_wide: bool,
    /// Whether all tracks are shown; else those of one level and those that ways join to them.
    pub is_whole: bool,
    /// Where lanes begin, below their titles.
    pub top: i32,
    /// The tracks, in the order of the picture from left to right (from right to left where the language runs so).
    pub lanes: Vec<DiagramLane>,
    /// The families of which several tracks, or all, stand together; none when no track has one or all have the same.
    pub families: Vec<DiagramFamily>,
    /// The scale, lowest rank first.
    pub ranks: Vec<DiagramRank>,
    /// The rungs, each once, by track and from the lowest up.
    pub nodes: Vec<DiagramNode>,
    /// The lines.
    pub edges: Vec<DiagramEdge>,
    /// The same as a list.
    pub tracks: Vec<DiagramTrack>,
}

/// The lane of a track.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramLane {
    /// The track.
    pub track: Card,
    /// Its left border.
    pub x: i32,
    /// How wide it is.
    pub width: i32,
    /// Its title, in lines.
    pub lines: Vec<DiagramLine>,
    /// Whether the end of the title is missing in them.
    pub shortened: bool,
}

/// What stands over the lanes of one family.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramFamily {
    /// The family's name as it fits.
    pub title: String,
    /// The left border of its lanes.
    pub x: i32,
    /// How wide they are together.
    pub width: i32,
    /// Where the name starts.
    pub text_x: i32,
}

/// One rank of the scale.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramRank {
    /// The rank, as text.
    pub rank: String,
    /// Where its number ends.
    pub x: i32,
    /// Its height in the picture.
    pub y: i32,
    /// Where a line at this height starts.
    pub start: i32,
    /// Where that line ends.
    pub end: i32,
}

/// A line of text.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramLine {
    /// The text; may be empty.
    pub text: String,
    /// Where it starts.
    pub x: i32,
    /// Its base line.
    pub y: i32,
}

/// A rung.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramNode {
    /// The level.
    pub level: Card,
    /// Its rank, as text.
    pub rank: String,
    /// Whether several tracks share it.
    pub shared: bool,
    /// Whether it is the level whose page this is.
    pub current: bool,
    /// Its left border.
    pub x: i32,
    /// Its upper border.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// Its title, in lines; the code, if it has one, stands before the first.
    pub lines: Vec<DiagramLine>,
    /// Whether the end of the title is missing in them.
    pub shortened: bool,
}

/// A line from one rung to another.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramEdge {
    /// `step` (same track), `fork` (another track) or `move` (only a move's page names it).
    pub relation: &'static str,
    /// Which of the theme's track colours it has: that of where it leads.
    pub hue: usize,
    /// Its way, as an SVG path.
    pub path: String,
    /// The head of its arrow, as an SVG path; empty for a step straight up.
    pub head: String,
    /// Whether it starts or ends at the level whose page this is.
    pub here: bool,
}

/// A track as a list.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramTrack {
    /// The track.
    pub track: Card,
    /// Its levels, highest first.
    pub rungs: Vec<DiagramRung>,
}

/// A level in that list.
#[derive(Debug, Clone, Serialize)]
pub struct DiagramRung {
    /// The level.
    pub level: Card,
    /// Its rank, as text.
    pub rank: String,
    /// Whether it is the level whose page this is.
    pub current: bool,
    /// Where it leads.
    pub ways: Vec<WayView>,
}
