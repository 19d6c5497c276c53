//! Step charts: one for each facet, which rises along a track wherever a level's text for the facet changes.

use crate::config::Facet;
use crate::context::RenderContext;
use crate::ladder::TrackId;
use crate::view::{GrowthStep, StageView, StepChartView};

/// The width of a level, in the chart's own units: templates stretch it to the width of the page.
const LEVEL_WIDTH: usize = 100;

/// The height of a rise, in pixels.
const RISE_HEIGHT: usize = 22;

/// The height below the lowest step, in pixels.
const BASE_HEIGHT: usize = 14;

/// The height above the highest step, in pixels: half the width of its line, which would be cut off otherwise.
const TOP_MARGIN: usize = 3;

/// The charts of all facets that any level of a track has a text for. `stages` are the track's levels, lowest first.
pub(crate) fn step_charts(context: &RenderContext, id: TrackId, stages: &[StageView]) -> Vec<StepChartView> {
    let levels = &context.ladder.track(id).levels;
    let ranks: Vec<Option<f64>> = levels.iter().map(|level| context.ladder.level(*level).rank).collect();
    let right_to_left = context.config.is_right_to_left();
    let chart = |(index, facet): (usize, &Facet)| {
        let texts: Vec<&str> = stages.iter().map(|stage| stage.facets[index].html.as_str()).collect();
        let heights = heights(&ranks, &texts);
        let is_empty = heights.iter().all(Option::is_none);
        (!is_empty).then(|| draw(&facet.title, stages, &texts, &heights, right_to_left))
    };
    context.config.facets.iter().enumerate().filter_map(chart).collect()
}

/// The number of rises below each level; `None` for a level without text. There is no rise between two levels of
/// equal rank, nor between two with the same text.
fn heights<'t>(ranks: &[Option<f64>], texts: &[&'t str]) -> Vec<Option<usize>> {
    let mut previous: Option<(Option<f64>, &str, usize)> = None;
    let height = |(rank, text): (&Option<f64>, &&'t str)| {
        if text.is_empty() {
            return None;
        }
        let height = previous.map_or(0, |(previous_rank, previous_text, height)| {
            height + usize::from(previous_rank != *rank && previous_text != *text)
        });
        previous = Some((*rank, text, height));
        Some(height)
    };
    ranks.iter().zip(texts).map(height).collect()
}

/// Draws the chart of a facet, with the lowest level first in reading direction.
fn draw(
    title: &str,
    stages: &[StageView],
    texts: &[&str],
    heights: &[Option<usize>],
    right_to_left: bool,
) -> StepChartView {
    let highest = heights.iter().flatten().max().copied().unwrap_or(0);
    let width = stages.len() * LEVEL_WIDTH;
    let x = |level: usize| if right_to_left { width - level * LEVEL_WIDTH } else { level * LEVEL_WIDTH };
    let y = |height: usize| TOP_MARGIN + (highest - height) * RISE_HEIGHT;
    let tops: Vec<Option<usize>> = heights.iter().map(|height| height.map(y)).collect();
    let step = |level: usize| {
        let previous_top = tops[..level].iter().rev().flatten().next().copied();
        GrowthStep {
            level: stages[level].level.clone(),
            html: texts[level].to_owned(),
            start: x(level),
            end: x(level + 1),
            top: tops[level],
            below: previous_top.filter(|previous| tops[level].is_some_and(|top| top < *previous)),
        }
    };
    let steps = (0..stages.len()).map(step).collect();
    StepChartView { title: title.to_owned(), width, height: y(0) + BASE_HEIGHT, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Card;

    const RANKS: [Option<f64>; 4] = [Some(1.0), Some(2.0), Some(2.0), Some(4.0)];

    fn drawn(texts: &[&str], right_to_left: bool) -> StepChartView {
        let stage =
            || StageView { level: Card::default(), rank: String::new(), facets: Vec::new(), experience: String::new() };
        let stages: Vec<StageView> = texts.iter().map(|_| stage()).collect();
        draw("Scope", &stages, texts, &heights(&RANKS, texts), right_to_left)
    }

    #[test]
    fn a_higher_rank_with_another_text_is_a_rise() {
        assert_eq!(heights(&RANKS, &["a", "b", "c", "d"]), [Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!(heights(&RANKS, &["a", "a", "b", "b"]), [Some(0), Some(0), Some(0), Some(0)]);
        assert_eq!(heights(&RANKS, &["", "a", "", "b"]), [None, Some(0), None, Some(1)]);
    }

    #[test]
    fn steps_rise_in_reading_direction() {
        let up = drawn(&["a", "b", "", "c"], false);
        let places = |view: &StepChartView| -> Vec<_> {
            view.steps.iter().map(|step| (step.start, step.end, step.top, step.below)).collect()
        };
        let top = |height: usize| Some(TOP_MARGIN + (2 - height) * RISE_HEIGHT);
        assert_eq!((up.width, up.height), (4 * LEVEL_WIDTH, TOP_MARGIN + 2 * RISE_HEIGHT + BASE_HEIGHT));
        assert_eq!(
            places(&up),
            [(0, 100, top(0), None), (100, 200, top(1), top(0)), (200, 300, None, None), (300, 400, top(2), top(1))]
        );
        assert_eq!(places(&drawn(&["a", "b", "", "c"], true))[1], (300, 200, top(1), top(0)));
    }
}
