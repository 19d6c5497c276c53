//! The page of a track.

use serde::Serialize;

use super::card::Card;
use super::cell::MatrixView;
use super::chart::StepChartView;
use super::stage::{StageView, WeightView};

/// A track.
#[derive(Debug, Clone, Serialize)]
pub struct TrackView {
    /// 1 to 8.
    pub hue: usize,
    /// The levels, lowest first.
    pub levels: Vec<StageView>,
    /// A step chart for each facet that has any text; none on a large ladder.
    pub growth: Vec<StepChartView>,
    /// The other tracks of its family.
    pub family: Vec<Card>,
    /// The shares of competencies.
    pub weights: Vec<WeightView>,
    /// Its part of the matrix; none on a large ladder.
    pub matrix: Option<MatrixView>,
    /// On a large ladder, what is written for each of its levels, in figures.
    pub overview: Vec<OverviewRow>,
}

/// What is written in one competency for the levels of a track.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewRow {
    /// The competency.
    pub competency: Card,
    /// One cell per level, in order.
    pub cells: Vec<OverviewCell>,
}

/// What is written for a level in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewCell {
    /// The number of expectations that are written for it.
    pub own: usize,
    /// Whether it inherits others.
    pub inherits: bool,
    /// The name of the step that it needs; empty for none.
    pub step: String,
}
