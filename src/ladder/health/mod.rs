//! The health of a ladder: findings that aren't mistakes, but that its author may want to improve.

mod likely_raises;
mod progression;
mod similar;

use std::cmp::Reverse;

use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::model::Ladder;
use crate::page::Pages;

pub use likely_raises::LikelyRaise;
pub use progression::{LevelStep, Progression, StepSize};
pub use similar::SimilarGroup;

/// The findings about a ladder's health.
#[derive(Debug, Default)]
pub struct Health {
    /// The levels with empty cells, those with the most first.
    pub gaps: Vec<Gaps>,
    /// The levels that have expectations of their own but no example.
    pub without_examples: Vec<LevelId>,
    /// The progression of each track from level to level.
    pub progressions: Vec<Progression>,
    /// Expectations that probably raise an inherited one, lowest levels first.
    pub likely_raises: Vec<LikelyRaise>,
    /// Expectations in nearly the same words, the largest groups first.
    pub similar: Vec<SimilarGroup>,
    /// The competencies for which no level has a cell or needs a step.
    pub unused: Vec<CompetencyId>,
}

/// The empty cells of a level on a track: cells that are neither written nor inherited, although the competency applies
/// and the track's levels have cells. Competencies that no level uses at all are not included.
#[derive(Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The level.
    pub level: LevelId,
    /// The competencies of its empty cells.
    pub competencies: Vec<CompetencyId>,
}

/// Examines a ladder.
#[must_use]
pub fn health(ladder: &Ladder, pages: &Pages) -> Health {
    let level_id = |level: LevelId| pages.get(ladder.level(level).page).id.clone();
    let (progressions, similar) = rayon::join(|| progression::progressions(ladder), || similar::similar_groups(ladder));
    let is_unused = |competency: &CompetencyId| ladder.competency(*competency).levels.is_empty();
    Health {
        gaps: gaps(ladder),
        without_examples: ladder.levels.ids().filter(|level| lacks_examples(ladder, *level)).collect(),
        progressions,
        likely_raises: likely_raises::likely_raises(ladder, level_id),
        similar,
        unused: ladder.competencies.ids().filter(is_unused).collect(),
    }
}

fn gaps(ladder: &Ladder) -> Vec<Gaps> {
    let is_used = |competency: &CompetencyId| !ladder.competency(*competency).levels.is_empty();
    let empty_cells = |level| ladder.missing_cells(level).into_iter().filter(is_used).collect();
    let gaps = ladder.concrete_levels().map(|level| Gaps { level, competencies: empty_cells(level) });
    let mut gaps: Vec<Gaps> = gaps.filter(|gaps| !gaps.competencies.is_empty()).collect();
    gaps.sort_by_key(|gaps| Reverse(gaps.competencies.len()));
    gaps
}

/// Whether a level has expectations of its own, but neither they nor their cells have an example.
fn lacks_examples(ladder: &Ladder, id: LevelId) -> bool {
    let level = ladder.level(id);
    let cells = level.cells.values().filter_map(|cell| cell.written.as_ref());
    let texts = || cells.clone().chain(level.own.iter().map(|own| &own.written)).map(|written| &written.text);
    let mut statements = texts().flat_map(|text| &text.statements);
    texts().any(|text| !text.statements.is_empty())
        && texts().all(|text| text.examples.is_empty())
        && statements.all(|statement| statement.examples.is_empty())
}
