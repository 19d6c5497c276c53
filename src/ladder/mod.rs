//! Pages → [`Ladder`]: tracks, levels, competencies, expectations and moves with all references between them, and their
//! diagnostics.
//!
//! The ladder is built in phases, each a function from its inputs to a value and its diagnostics:
//!
//! 1. [`structure`]: tracks, levels, competencies and moves with their references, from front matter alone.
//! 2. [`page_sections`]: the sections of the body of each level and competency.
//! 3. [`cells`]: the cells and expectations in those bodies.
//! 4. [`inherit`]: the expectations that levels inherit from those they extend.
//! 5. [`ids`]: the permanent ids of expectations.
//! 6. [`finish`]: the finished [`Ladder`], whose problems [`check`] reports.
//!
//! [`cache`] runs them in order, each again only where its inputs differ.

mod cache;
mod cell_items;
mod cell_text;
mod cells;
mod check;
mod claim;
mod compare;
mod comparison_pairs;
mod empty_cells;
mod example_text;
mod finish;
mod group_label;
mod heading_like;
mod health;
mod ids;
mod inherit;
mod input;
mod likeness;
mod list_cells;
mod misplaced_cells;
mod model;
mod name_index;
mod named_cells;
mod names;
mod nested_names;
mod not_a_heading;
mod page_sections;
mod positions;
mod read_sections;
mod section_finder;
mod section_reading;
mod similarity;
mod statement;
mod structure;
mod table_cells;
mod taken_anchors;
mod text_problem;
mod track_scope;
mod unnamed_sections;
mod word_set;
mod words;

pub use cache::{LadderCache, build};
pub use cell_text::CellText;
pub use compare::{Changes, Raised, Side, Steps, Turn, compare, compare_by, compare_in, is_comparable};
pub use comparison_pairs::{Pair, Relation};
pub use health::{Gaps, Health, LevelStep, Progression, SimilarGroup, StepSize, health};
pub use input::{Input, InputChanges, PageChanges, PageMoves, Reads, changes};
pub use model::{Cell, Competency, Criteria, Expectation, Ladder, Level, Own, State, Step, Track, Written};
pub use name_index::Names;
pub use names::{Found, NameLookup, ambiguous, lacks_track};
pub use positions::{CompetencyId, ExpectationId, LevelId, TrackId};
pub use section_reading::{BlockRole, SectionReading, SectionRole};
pub use similarity::SimilarityIndex;
pub use statement::{Detail, Example, Statement};
pub use structure::{Area, CompetencyOutline, LevelOutline, Move, Role, Serves, Structure, TrackOutline, number};
pub use taken_anchors::TakenAnchors;
pub use words::{HAN_AND_KANA, pieces};
