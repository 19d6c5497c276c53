//! Health of a ladder: not what is wrong with it, but what its author may want to mend next.

mod similar;
mod steps;

use super::model::Ladder;
use super::positions::{CompetencyId, LevelId};

pub use similar::SimilarGroup;
pub use steps::{Climb, Pace, Rise};

/// What an author may want to mend, the worst of each kind first.
#[derive(Debug, Default)]
pub struct Health {
    /// The rungs with empty cells.
    pub gaps: Vec<Gaps>,
    /// The levels that have expectations of their own and not one example.
    pub without_examples: Vec<LevelId>,
    /// The steps up each track.
    pub climbs: Vec<Climb>,
    /// Expectations that say nearly the same.
    pub alike: Vec<SimilarGroup>,
    /// The competencies in which no level has a cell or needs a step.
    pub unused: Vec<CompetencyId>,
}

/// The empty cells of one rung: what is neither written nor inherited, although it applies there and its track writes
/// cells. A competency that no level speaks of is unused, and no gap of each.
#[derive(Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The rung.
    pub level: LevelId,
    /// The competencies of which it says nothing.
    pub competencies: Vec<CompetencyId>,
}

/// Looks a ladder over.
#[must_use]
pub fn health(ladder: &Ladder) -> Health {
    let levels = || ladder.levels.ids();
    let competencies = ladder.competencies.ids();
    let (climbs, alike) = rayon::join(|| steps::climbs(ladder), || similar::alike(ladder));
    Health {
        gaps: gaps(ladder),
        without_examples: levels().filter(|level| lacks_examples(ladder, *level)).collect(),
        climbs,
        alike,
        unused: competencies.filter(|competency| ladder.competency(*competency).levels.is_empty()).collect(),
    }
}

fn gaps(ladder: &Ladder) -> Vec<Gaps> {
    let is_used = |competency: &CompetencyId| !ladder.competency(*competency).levels.is_empty();
    let missing = |level| ladder.missing(level).into_iter().filter(is_used).collect();
    let all = ladder.rungs().map(|level| Gaps { level, competencies: missing(level) });
    let mut gaps: Vec<Gaps> = all.filter(|gaps| !gaps.competencies.is_empty()).collect();
    gaps.sort_by_key(|gaps| std::cmp::Reverse(gaps.competencies.len()));
    gaps
}

/// Whether a level has expectations of its own, and neither they nor the cells that they stand in have an example.
fn lacks_examples(ladder: &Ladder, id: LevelId) -> bool {
    let level = ladder.level(id);
    let cells = level.cells.values().filter_map(|cell| cell.written.as_ref());
    let texts = || cells.clone().chain(level.own.iter().map(|own| &own.written)).map(|written| &written.text);
    let mut lines = texts().flat_map(|text| &text.lines);
    texts().any(|text| !text.lines.is_empty())
        && texts().all(|text| text.examples.is_empty())
        && lines.all(|line| line.examples.is_empty())
}
