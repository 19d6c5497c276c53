//! The rules by which list items, table rows, definitions and paragraphs become expectations
//! ([`read_expectations`]), and the expectations of all levels ([`cells`]).

mod beside_list;
pub(super) mod cell_conflicts;
pub(super) mod cells;
pub(super) mod empty_cells;
pub(super) mod example_text;
pub(super) mod expectation_ids;
pub(super) mod group_label;
pub(super) mod item_lines;
mod joined_lines;
pub(super) mod named_step;
pub(super) mod read_expectations;
pub(super) mod statement;
mod step_cells;
pub(super) mod table_expectations;
pub(super) mod taken_anchors;
pub(super) mod text_problem;
