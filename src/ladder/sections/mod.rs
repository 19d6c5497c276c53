//! Which headings, tables and lists of a page hold expectations or the criteria of a step. Everything else is prose.
//! [`page_sections`] splits a body; [`missed_headings`], [`misplaced_cells`] and [`unnamed_sections`] report what would
//! be lost.

pub(super) mod cells_in_list;
pub(super) mod cells_in_table;
pub(super) mod enclosed_cells;
pub(super) mod explained_names;
pub(super) mod heading_candidate;
pub(super) mod leading_names;
pub(super) mod level_words;
pub(super) mod misplaced_cells;
pub(super) mod missed_headings;
pub(super) mod name_column;
mod name_match;
pub(super) mod named_cells;
pub(super) mod named_parts;
pub(super) mod nested_names;
pub(super) mod page_sections;
mod possible_cells;
pub(super) mod rating_tables;
pub(super) mod section;
pub(super) mod section_finder;
pub(super) mod section_summaries;
pub(super) mod section_summary;
mod skipped_lines;
pub(super) mod steps_in_table;
pub(super) mod track_sections;
pub(super) mod unnamed_sections;
mod written_heading;
