//! Pages → [`Ladder`]: tracks, levels, competencies, expectations and moves with all references between them, and their
//! diagnostics.
//!
//! The ladder is built in phases, each a function from its inputs to a value and its diagnostics:
//!
//! 1. [`structure`]: tracks, levels, competencies and moves with their references, from front matter alone.
//! 2. [`sections`]: which parts of the bodies of levels, competencies and tracks hold expectations.
//! 3. [`expectations`]: the expectations, examples and details in those parts, and their permanent ids.
//! 4. [`inherit`]: the expectations that levels inherit from those they extend, without those that are raised or
//!    retired. Their [`expectation_names`] refer to ids.
//! 5. [`assemble`]: the finished [`Ladder`], whose problems [`check`] reports.
//!
//! [`cache`] runs them in order, each again only where one of its [`cache_inputs`] differs. [`compare`] and [`health`]
//! answer questions about a finished ladder.

mod assemble;
mod cache;
mod cache_inputs;
mod check;
mod compare;
mod expectation_names;
mod expectations;
mod health;
mod id_types;
mod inherit;
mod model;
mod name_index;
mod page_names;
mod sections;
mod serves;
mod structure;
mod superseded;
mod taken_over;
mod track_scope;
mod written_cells;

pub use cache::{LadderCache, LadderUpdate, build};
pub use cache_inputs::{Input, InputChanges, LevelRenumbering, PageChanges, PageRenumbering, Reads, changes};
pub use compare::levels::{Changes, Raised, Side, Steps, Turn, compare, compare_in, is_comparable};
pub use compare::pairs::{Pair, Relation};
pub use compare::repeated_texts::RepeatedTexts;
pub(crate) use compare::words::words;
pub use compare::words::{HAN_AND_KANA, pieces};
pub use expectations::read_expectations::CellText;
pub use expectations::statement::{Detail, Example, Statement};
pub use expectations::taken_anchors::TakenAnchors;
pub use health::{Gaps, Health, LevelStep, LikelyRaise, Progression, SimilarGroup, StepSize, health};
pub use id_types::{CompetencyId, ExpectationId, LevelId, TrackId};
pub use model::{
    Cell, Competency, Criteria, Expectation, Ladder, Level, OwnExpectations, State, Step, Track, Written,
    WrittenSection,
};
pub use name_index::Names;
pub use page_names::{Found, NameLookup, ambiguous, lacks_track};
pub use sections::section_summary::{BlockRole, SectionRole, SectionSummary};
pub use serves::Serves;
pub use structure::{Area, CompetencyOutline, LevelOutline, Move, Role, Structure, TrackOutline, number};
pub use superseded::Supersession;
pub use taken_over::TakenOver;
