//! The steps in which the structure is built.

use super::builder::Builder;
use super::{Structure, cycles, order, profile};
use crate::config::Config;
use crate::diagnostic::Diagnosed;
use crate::ladder::page_names::NameLookup;

/// Builds the structure of the ladder from the front matter of all pages.
pub(in crate::ladder) fn build(config: &Config, names: &NameLookup<'_>) -> Diagnosed<Structure> {
    let mut builder = Builder::new(config, names);
    builder.add_tracks();
    builder.add_competencies();
    let lists = builder.add_levels();
    order::add_ranks(&mut builder, &lists);
    builder.resolve_levels();
    profile::add_profiles(&mut builder);
    order::add_successors(&mut builder);
    builder.add_moves();
    let bases_first = cycles::bases_first(&mut builder);
    builder.finish(bases_first)
}
