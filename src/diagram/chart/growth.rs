//! Facets along a track, as stairs: a step up wherever what is written changes.

use crate::config::Facet;
use crate::context::RenderContext;
use crate::ladder::TrackId;
use crate::view::{GrowthStep, GrowthView, StageView};

/// How wide a level's part of the stairs is.
const RUN: usize = 100;

/// How high a step is.
const RISE: usize = 22;

/// What lies below the lowest step.
const BASE: usize = 14;

/// What lies above the highest step: half of its line.
const TOP: usize = 3;

impl RenderContext {
    /// How each facet grows along a track; not those that nobody has written.
    pub(crate) fn growth(&self, id: TrackId, stages: &[StageView]) -> Vec<GrowthView> {
        let levels = &self.ladder.track(id).levels;
        let ranks: Vec<Option<f64>> = levels.iter().map(|level| self.ladder.level(*level).rank).collect();
        let mirrored = self.config.is_right_to_left();
        let facet = |(at, facet): (usize, &Facet)| {
            let written: Vec<&str> = stages.iter().map(|stage| stage.facets[at].html.as_str()).collect();
            let stands = stands(&ranks, &written);
            stands.iter().any(Option::is_some).then(|| stairs(&facet.title, stages, &written, &stands, mirrored))
        };
        self.config.facets.iter().enumerate().filter_map(facet).collect()
    }
}

/// How many steps up each level stands; none for a level of which nothing is written. Levels of one rank stand equally
/// high, and so do two in a row of which the same is written.
fn stands<'w>(ranks: &[Option<f64>], written: &[&'w str]) -> Vec<Option<usize>> {
    let mut below: Option<(Option<f64>, &str, usize)> = None;
    let stand = |(rank, words): (&Option<f64>, &&'w str)| {
        let grows = |(before, same, steps)| steps + usize::from(before != *rank && same != *words);
        let steps = below.map_or(0, grows);
        if words.is_empty() {
            return None;
        }
        below = Some((*rank, words, steps));
        Some(steps)
    };
    ranks.iter().zip(written).map(stand).collect()
}

/// Draws the stairs.
fn stairs(title: &str, stages: &[StageView], written: &[&str], stands: &[Option<usize>], mirrored: bool) -> GrowthView {
    let highest = stands.iter().flatten().max().copied().unwrap_or(0);
    let height = TOP + highest * RISE + BASE;
    let width = stages.len() * RUN;
    let across = |run: usize| if mirrored { width - run * RUN } else { run * RUN };
    let tops: Vec<Option<usize>> =
        stands.iter().map(|steps| steps.map(|steps| TOP + (highest - steps) * RISE)).collect();
    let step = |at: usize| GrowthStep {
        level: stages[at].level.clone(),
        html: written[at].to_owned(),
        start: across(at),
        end: across(at + 1),
        top: tops[at],
        below: tops[..at]
            .iter()
            .rev()
            .flatten()
            .next()
            .copied()
            .filter(|below| tops[at].is_some_and(|top| top < *below)),
    };
    GrowthView { title: title.to_owned(), width, height, steps: (0..stages.len()).map(step).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Card;

    const RANKS: [Option<f64>; 4] = [Some(1.0), Some(2.0), Some(2.0), Some(4.0)];

    fn drawn(written: &[&str], mirrored: bool) -> GrowthView {
        let stage =
            || StageView { level: Card::default(), rank: String::new(), facets: Vec::new(), experience: String::new() };
        let stages: Vec<StageView> = written.iter().map(|_| stage()).collect();
        stairs("Scope", &stages, written, &stands(&RANKS, written), mirrored)
    }

    #[test]
    fn a_step_up_is_a_higher_rank_with_other_words() {
        assert_eq!(stands(&RANKS, &["a", "b", "c", "d"]), [Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!(stands(&RANKS, &["a", "a", "b", "b"]), [Some(0), Some(0), Some(0), Some(0)]);
        assert_eq!(stands(&RANKS, &["", "a", "", "b"]), [None, Some(0), None, Some(1)]);
    }

    #[test]
    fn stairs_rise_in_the_direction_of_reading() {
        let up = drawn(&["a", "b", "", "c"], false);
        let places = |view: &GrowthView| -> Vec<_> {
            view.steps.iter().map(|step| (step.start, step.end, step.top, step.below)).collect()
        };
        let top = |steps: usize| Some(TOP + (2 - steps) * RISE);
        assert_eq!((up.width, up.height), (4 * RUN, TOP + 2 * RISE + BASE));
        assert_eq!(
            places(&up),
            [(0, 100, top(0), None), (100, 200, top(1), top(0)), (200, 300, None, None), (300, 400, top(2), top(1))]
        );
        assert_eq!(places(&drawn(&["a", "b", "", "c"], true))[1], (300, 200, top(1), top(0)));
    }
}
