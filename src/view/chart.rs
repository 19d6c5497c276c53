//! Charts: the steps that levels need, the star that shows them, and the stairs of what grows along a track.

use serde::Serialize;

use super::card::Card;
use super::diagram::DiagramLine;

/// The steps that some levels need, competency by competency.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileView {
    /// The id of its section on a level's page.
    pub anchor: &'static str,
    /// The same as a picture; none where it would have fewer than three axes.
    pub radar: Option<RadarView>,
    /// The levels that are compared, lowest first; a single one where there is none to compare it with.
    pub levels: Vec<Card>,
    /// The competencies of which any of these levels needs a step.
    pub rows: Vec<ProfileRow>,
}

/// The steps that levels need in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileRow {
    /// The competency.
    pub competency: Card,
    /// How many steps its scale has.
    pub of: usize,
    /// For each level the step that it needs, if it needs one.
    pub steps: Vec<Option<ProfileStep>>,
}

/// A step that a level needs.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileStep {
    /// Its name.
    pub name: String,
    /// From 1.
    pub number: usize,
}

/// Values on axes that start in one point. All lengths are whole pixels from the upper left corner, at the size of type
/// that the default theme has for it.
#[derive(Debug, Clone, Serialize)]
pub struct RadarView {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// Where the axes start.
    pub center: RadarPoint,
    /// The axes, clockwise from the top (the other way round where the language runs from right to left).
    pub axes: Vec<RadarAxis>,
    /// Lines of equal value, the innermost first, each as the points of a polygon. Where axes have scales of different
    /// lengths there is the outermost alone.
    pub rings: Vec<String>,
    /// What is shown, what lies below first.
    pub shapes: Vec<RadarShape>,
}

/// One axis.
#[derive(Debug, Clone, Serialize)]
pub struct RadarAxis {
    /// What it stands for.
    pub title: String,
    /// Where it ends.
    pub end: RadarPoint,
    /// The title, in lines.
    pub lines: Vec<DiagramLine>,
    /// On which side of their place the lines stand, as SVG's `text-anchor` has it.
    pub anchor: &'static str,
    /// Where a number stands, when there is no room for the title.
    pub number: RadarPoint,
    /// The steps of its scale.
    pub ticks: Vec<RadarPoint>,
}

/// The values of one level.
#[derive(Debug, Clone, Serialize)]
pub struct RadarShape {
    /// The level.
    pub level: Card,
    /// The values as the points of a polygon.
    pub points: String,
    /// The values above nothing.
    pub marks: Vec<RadarMark>,
}

/// A value.
#[derive(Debug, Clone, Serialize)]
pub struct RadarMark {
    /// Where it stands.
    pub at: RadarPoint,
    /// The number of the step.
    pub number: usize,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RadarPoint {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// One facet along a track, drawn as stairs. Lengths are in the picture's own units; its width may be stretched.
#[derive(Debug, Clone, Serialize)]
pub struct GrowthView {
    /// The facet's title.
    pub title: String,
    /// How wide the stairs are.
    pub width: usize,
    /// How high they are, in pixels.
    pub height: usize,
    /// The levels, lowest first.
    pub steps: Vec<GrowthStep>,
}

/// One level's part of the stairs.
#[derive(Debug, Clone, Serialize)]
pub struct GrowthStep {
    /// The level.
    pub level: Card,
    /// What the facet says of it, as HTML; empty where it says nothing.
    pub html: String,
    /// Where the step begins, from the left.
    pub start: usize,
    /// Where it ends; left of its start where the language runs from right to left.
    pub end: usize,
    /// Its height, from the top; none where nothing is written.
    pub top: Option<usize>,
    /// The height of the last step before it, where this one stands higher.
    pub below: Option<usize>,
}
