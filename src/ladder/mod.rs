//! Pages → [`Ladder`]: tracks, levels, competencies, expectations and moves with all references between them, and
//! what is wrong with them.

mod anchors;
mod assemble;
mod cell;
mod check;
mod compare;
mod comparison_pairs;
mod expectations;
mod health;
mod ids;
mod infer_ranks;
mod inherit;
mod misplaced_cells;
mod model;
mod names;
mod order;
mod page_sections;
mod sections;
mod similarity;
mod statement;
mod uncertain;
mod words;

pub use assemble::number;
pub use cell::CellText;
pub use compare::{Changes, Raised, Side, Steps, Turn, compare, compare_by, compare_in, is_comparable};
pub use comparison_pairs::{Pair, Relation};
pub use health::{Climb, Gaps, Health, Pace, Rise, SimilarGroup, health};
pub use model::{
    Anchors, Area, Cell, Competency, CompetencyId, Expectation, ExpectationId, Ladder, Level, LevelId, Move, Own, Role,
    Serves, State, Step, Track, TrackId, Written,
};
pub(crate) use names::fold_named;
pub use names::{Found, Names, ambiguous, lacks_track};
pub use page_sections::{Memory, assemble};
pub use similarity::SimilarityIndex;
pub use statement::{Example, Statement};
pub use words::{HAN_AND_KANA, pieces};
