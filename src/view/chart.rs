//! The views of charts: competency profiles with their radar charts, and step charts of facets.

use serde::Serialize;

use super::card::Card;
use super::diagram::DiagramLine;

/// The steps that some levels need, competency by competency.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileView {
    /// The profiles as a radar chart; `none` if it would have fewer than three axes.
    pub radar: Option<RadarView>,
    /// The levels that are compared, lowest first; only one if it has none to compare it with.
    pub levels: Vec<Card>,
    /// The competencies for which any of these levels needs a step.
    pub rows: Vec<ProfileRow>,
}

/// The steps that levels need in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileRow {
    /// The competency.
    pub competency: Card,
    /// The number of steps of its scale.
    pub of: usize,
    /// For each level the step that it needs, or `none`.
    pub steps: Vec<Option<ProfileStep>>,
}

/// A step that a level needs.
#[derive(Debug, Clone, Serialize)]
pub struct ProfileStep {
    /// Its name.
    pub name: String,
    /// Its number on the scale, from 1.
    pub number: usize,
}

/// A radar chart. Positions are whole pixels from the upper left corner, for the font size that the default theme has.
#[derive(Debug, Clone, Serialize)]
pub struct RadarView {
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// The point where all axes start.
    pub center: RadarPoint,
    /// The axes, clockwise from the top, or counterclockwise for a language that is written from right to left.
    pub axes: Vec<RadarAxis>,
    /// Grid lines of equal value, the innermost first, each as the points of a polygon. If the axes have scales of
    /// different lengths, there is only the outermost.
    pub rings: Vec<String>,
    /// The polygons of levels; later ones are drawn above earlier ones.
    pub shapes: Vec<RadarShape>,
}

/// The axis of a competency.
#[derive(Debug, Clone, Serialize)]
pub struct RadarAxis {
    /// The competency's title.
    pub title: String,
    /// The point where it ends.
    pub end: RadarPoint,
    /// The lines of the title.
    pub lines: Vec<DiagramLine>,
    /// The alignment of these lines, as a value of SVG's `text-anchor`.
    pub anchor: &'static str,
    /// The position of the axis' number, which is shown instead of the title where there is no room for it.
    pub number: RadarPoint,
    /// The points of the steps of its scale.
    pub ticks: Vec<RadarPoint>,
}

/// The polygon of a level.
#[derive(Debug, Clone, Serialize)]
pub struct RadarShape {
    /// The level.
    pub level: Card,
    /// The points of the polygon.
    pub points: String,
    /// Marks at the steps that the level needs.
    pub marks: Vec<RadarMark>,
}

/// A mark at a step that a level needs.
#[derive(Debug, Clone, Serialize)]
pub struct RadarMark {
    /// Its position.
    pub at: RadarPoint,
    /// The number of the step.
    pub number: usize,
}

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RadarPoint {
    /// The distance from the left.
    pub x: i32,
    /// The distance from the top.
    pub y: i32,
}

/// The step chart of a facet along a track. The width is in units of the chart, which may be stretched.
#[derive(Debug, Clone, Serialize)]
pub struct StepChartView {
    /// The facet's title.
    pub title: String,
    /// The width.
    pub width: usize,
    /// The height, in pixels.
    pub height: usize,
    /// The levels, lowest first.
    pub steps: Vec<GrowthStep>,
}

/// A level in a step chart.
#[derive(Debug, Clone, Serialize)]
pub struct GrowthStep {
    /// The level.
    pub level: Card,
    /// The level's text for the facet, as HTML; empty if it has none.
    pub html: String,
    /// The position where the step starts, from the left.
    pub start: usize,
    /// The position where it ends: left of its start for a language that is written from right to left.
    pub end: usize,
    /// Its distance from the top; `none` if the level has no text.
    pub top: Option<usize>,
    /// The distance of the step before it from the top, if that is lower; otherwise `none`.
    pub below: Option<usize>,
}
