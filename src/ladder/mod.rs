//! Pages → [`Ladder`]: tracks, levels, competencies, expectations and moves with all references between them, and
//! what is wrong with them.

mod anchors;
mod assemble;
mod astray;
mod cell;
mod check;
mod compare;
mod doubt;
mod expectations;
mod health;
mod ids;
mod inherit;
mod likeness;
mod line;
mod lists;
mod model;
mod names;
mod order;
mod pairs;
mod reading;
mod sections;
mod words;

pub use assemble::number;
pub use cell::CellText;
pub use compare::{Changes, Raised, Side, Steps, Turn, compare, compare_by, compare_in, is_comparable};
pub use health::{Alike, Climb, Gaps, Health, Pace, Rise, health};
pub use likeness::Likeness;
pub use line::{Example, Line};
pub use model::{
    Anchors, Area, Cell, Competency, CompetencyId, Expectation, ExpectationId, Ladder, Level, LevelId, Move, Own, Role,
    Serves, State, Step, Track, TrackId, Written,
};
pub(crate) use names::fold_named;
pub use names::{Found, Names, ambiguous, lacks_track};
pub use pairs::{Pair, Relation};
pub use reading::{Memory, assemble};
pub use words::{HAN_AND_KANA, pieces};
