//! Pages → [`Ladder`]: tracks, levels, competencies, expectations and moves with all references between them, and
//! what is wrong with them.

mod anchors;
mod assemble;
mod cell;
mod check;
mod compare;
mod expectations;
mod inherit;
mod model;
mod names;
mod order;
mod sections;

pub use assemble::assemble;
pub use cell::{CellText, Example, Line};
pub use compare::{Changes, Raised, compare};
pub use model::{
    Anchors, Area, Cell, Competency, CompetencyId, Expectation, ExpectationId, Ladder, Layout, Level, LevelId, Move, Own,
    Role, Serves, State, Step, Track, TrackId, Written,
};
pub use names::{Found, Names, ambiguous, names_of, suggest};
