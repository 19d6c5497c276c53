use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::ladder::compare::{compare_in, is_comparable};
use crate::ladder::model::Ladder;
use crate::ladder::positions::{CompetencyId, LevelId, TrackId};

/// A step with no more news than this is thin: a promotion that changes next to nothing.
const THIN: usize = 2;

/// A track needs this many steps before one of them can stand out from the others.
const ENOUGH: usize = 3;

/// How many times more or less news than the median makes a step unequal.
const FAR: usize = 2;

/// The steps up one track. Those of one whose levels can't be compared are left out.
#[derive(Debug)]
pub struct Climb {
    /// The track.
    pub track: TrackId,
    /// How much is new at its middle step; of two middle ones, at the larger.
    pub median: usize,
    /// Its steps, lowest first.
    pub steps: Vec<Rise>,
}

/// The step up to a level from the one below it on the track.
#[derive(Debug, PartialEq, Eq)]
pub struct Rise {
    /// The level below: the nearest of a lower rank.
    pub below: LevelId,
    /// The level.
    pub level: LevelId,
    /// Expectations that are new.
    pub added: usize,
    /// Expectations that are put in stronger words.
    pub raised: usize,
    /// Competencies on whose scale the level stands higher.
    pub scaled: usize,
    /// How it compares with the others.
    pub pace: Pace,
}

/// How a step compares with the others of its track. `news` is what it adds, raises and scales, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As the others.
    Even,
    /// At most 2 news.
    Thin,
    /// Less than half the news of the track's median step, in a track of at least 3.
    Small,
    /// More than twice the news of the track's median step, in a track of at least 3.
    Large,
}

impl Rise {
    /// How much is new.
    #[must_use]
    pub fn news(&self) -> usize {
        self.added + self.raised + self.scaled
    }
}

/// The steps of all tracks that write cells. In others levels differ in what can't be counted.
pub(super) fn climbs(ladder: &Ladder) -> Vec<Climb> {
    let tracks: Vec<TrackId> = ladder.tracks.ids().collect();
    let writing = tracks.into_par_iter().filter(|track| ladder.track(*track).writes_cells);
    writing.map(|track| climb(ladder, track)).filter(|climb| !climb.steps.is_empty()).collect()
}

fn climb(ladder: &Ladder, track: TrackId) -> Climb {
    let levels = &ladder.track(track).levels;
    let pairs = levels.iter().enumerate().filter_map(|(at, level)| {
        let is_lower = |below: &&LevelId| lower(ladder, **below, *level);
        levels[..at].iter().rev().find(is_lower).map(|below| (*below, *level))
    });
    let comparable = pairs.filter(|(below, level)| is_comparable(ladder, *below, *level));
    let mut steps: Vec<Rise> = comparable.map(|(below, level)| step(ladder, below, level)).collect();
    let mut news: Vec<usize> = steps.iter().map(Rise::news).collect();
    news.sort_unstable();
    let median = news.get(news.len() / 2).copied().unwrap_or_default();
    let enough = steps.len() >= ENOUGH;
    for step in &mut steps {
        step.pace = pace(step.news(), enough.then_some(median));
    }
    Climb { track, median, steps }
}

fn lower(ladder: &Ladder, below: LevelId, level: LevelId) -> bool {
    let (below, level) = (ladder.level(below).rank, ladder.level(level).rank);
    below.zip(level).is_some_and(|(below, level)| below.total_cmp(&level) == Ordering::Less)
}

fn step(ladder: &Ladder, below: LevelId, level: LevelId) -> Rise {
    let mut step = Rise { below, level, added: 0, raised: 0, scaled: 0, pace: Pace::Even };
    let cells = ladder.level(level).cells.keys();
    let competencies: BTreeSet<CompetencyId> = cells.copied().collect();
    for competency in competencies.into_iter().map(Some).chain([None]) {
        let changes = compare_in(ladder, below, level, competency);
        step.added += changes.added.len();
        step.raised += changes.raised.len();
    }
    let before = &ladder.level(below).profile;
    let now = ladder.level(level).profile.iter();
    step.scaled = now.filter(|(competency, now)| before.get(competency).is_some_and(|before| before < now)).count();
    step
}

fn pace(news: usize, median: Option<usize>) -> Pace {
    match median {
        _ if news <= THIN => Pace::Thin,
        Some(median) if news * FAR < median => Pace::Small,
        Some(median) if news > median * FAR => Pace::Large,
        _ => Pace::Even,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_measured_by_the_median_of_its_track() {
        assert_eq!(pace(2, Some(2)), Pace::Thin);
        assert_eq!((pace(4, Some(9)), pace(5, Some(9)), pace(18, Some(9))), (Pace::Small, Pace::Even, Pace::Even));
        assert_eq!(pace(19, Some(9)), Pace::Large);
        assert_eq!(pace(19, None), Pace::Even, "two steps have no middle");
    }
}
