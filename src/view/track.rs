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
    /// A step chart for each facet that has any text.
    pub growth: Vec<StepChartView>,
    /// The other tracks of its family.
    pub family: Vec<Card>,
    /// The shares of competencies.
    pub weights: Vec<WeightView>,
    /// Its part of the matrix.
    pub matrix: MatrixView,
}
