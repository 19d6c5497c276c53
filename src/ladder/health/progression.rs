//! Progressions: the number of changes from each level of a track to the next, and steps with unusually many or few.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::ladder::compare::levels::{compare_in, is_comparable};
use crate::ladder::id_types::{CompetencyId, LevelId, TrackId};
use crate::ladder::model::Ladder;

/// A step with at most this many changes is thin: such a promotion changes almost nothing.
const MAX_THIN_CHANGES: usize = 2;

/// A track needs at least this many steps for one of them to count as small or large.
const MIN_STEPS_FOR_MEDIAN: usize = 3;

/// A step is small or large if it has this many times fewer or more changes than the median.
const UNEVEN_FACTOR: usize = 2;

/// The steps up a track. Pairs of levels that can't be compared have no step.
#[derive(Debug)]
pub struct Progression {
    /// The track.
    pub track: TrackId,
    /// The median of the changes of its steps; the larger of two middle values.
    pub median: usize,
    /// Its steps, lowest first.
    pub steps: Vec<LevelStep>,
}

/// The step up to a level from the one below it on the track.
#[derive(Debug, PartialEq, Eq)]
pub struct LevelStep {
    /// The level below: the nearest of a lower rank.
    pub below: LevelId,
    /// The level.
    pub level: LevelId,
    /// The number of added expectations.
    pub added: usize,
    /// The number of expectations that are raised from one of the level below.
    pub raised: usize,
    /// The number of competencies for which the level needs a higher step of the scale.
    pub scaled: usize,
    /// The size of the step in comparison with the others.
    pub size: StepSize,
}

/// The size of a step in comparison with the others of its track, by its [number of changes](LevelStep::changes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepSize {
    /// About as many changes as the others.
    Even,
    /// At most 2 changes.
    Thin,
    /// Less than half of the median, on a track with at least 3 steps.
    Small,
    /// More than twice the median, on a track with at least 3 steps.
    Large,
}

impl LevelStep {
    /// The number of changes: expectations that are added or raised, and higher steps of scales.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.added + self.raised + self.scaled
    }
}

/// The progressions of all tracks whose levels have cells; the levels of others can't be compared by counting. Tracks
/// without steps are left out.
pub(super) fn progressions(ladder: &Ladder) -> Vec<Progression> {
    let tracks: Vec<TrackId> = ladder.tracks.ids().collect();
    let with_cells = tracks.into_par_iter().filter(|track| ladder.track(*track).writes_cells);
    with_cells.map(|track| progression(ladder, track)).filter(|progression| !progression.steps.is_empty()).collect()
}

fn progression(ladder: &Ladder, track: TrackId) -> Progression {
    let levels = &ladder.track(track).levels;
    let pairs = levels.iter().enumerate().filter_map(|(index, level)| {
        let has_lower_rank = |below: &&LevelId| has_lower_rank(ladder, **below, *level);
        levels[..index].iter().rev().find(has_lower_rank).map(|below| (*below, *level))
    });
    let comparable = pairs.filter(|(below, level)| is_comparable(ladder, *below, *level));
    let mut steps: Vec<LevelStep> = comparable.map(|(below, level)| level_step(ladder, below, level)).collect();
    let mut changes: Vec<usize> = steps.iter().map(LevelStep::changes).collect();
    changes.sort_unstable();
    let median = changes.get(changes.len() / 2).copied().unwrap_or_default();
    let has_median = steps.len() >= MIN_STEPS_FOR_MEDIAN;
    for step in &mut steps {
        step.size = step_size(step.changes(), has_median.then_some(median));
    }
    Progression { track, median, steps }
}

fn has_lower_rank(ladder: &Ladder, below: LevelId, level: LevelId) -> bool {
    let (below, level) = (ladder.level(below).rank, ladder.level(level).rank);
    below.zip(level).is_some_and(|(below, level)| below.total_cmp(&level) == Ordering::Less)
}

/// A step with its changes, before its size is known.
fn level_step(ladder: &Ladder, below: LevelId, level: LevelId) -> LevelStep {
    let mut step = LevelStep { below, level, added: 0, raised: 0, scaled: 0, size: StepSize::Even };
    let competencies: BTreeSet<CompetencyId> = ladder.level(level).cells.keys().copied().collect();
    // `None` stands for the expectations outside cells.
    for competency in competencies.into_iter().map(Some).chain([None]) {
        let changes = compare_in(ladder, below, level, competency);
        step.added += changes.added.len();
        step.raised += changes.raised.len();
    }
    let profile_below = &ladder.level(below).profile;
    let profile = ladder.level(level).profile.iter();
    let is_higher =
        |(competency, step): &(&CompetencyId, &usize)| profile_below.get(competency).is_some_and(|below| below < step);
    step.scaled = profile.filter(is_higher).count();
    step
}

/// The size of a step; without a median, it can only be thin or even.
fn step_size(changes: usize, median: Option<usize>) -> StepSize {
    match median {
        _ if changes <= MAX_THIN_CHANGES => StepSize::Thin,
        Some(median) if changes * UNEVEN_FACTOR < median => StepSize::Small,
        Some(median) if changes > median * UNEVEN_FACTOR => StepSize::Large,
        _ => StepSize::Even,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_compared_with_the_median_of_its_track() {
        assert_eq!(step_size(2, Some(2)), StepSize::Thin);
        assert_eq!(
            (step_size(4, Some(9)), step_size(5, Some(9)), step_size(18, Some(9))),
            (StepSize::Small, StepSize::Even, StepSize::Even)
        );
        assert_eq!(step_size(19, Some(9)), StepSize::Large);
        assert_eq!(step_size(19, None), StepSize::Even, "two steps have no useful median");
    }
}
