//! The result of an import: a project, and an account of every text of the sources.

use super::ledger::Ledger;
use super::links;
use super::mapping::Mapping;
use super::read::{self, Contents};
use super::recognise::{Recogniser, recognise};
use super::report;
use super::source_file::{ImportError, SourceFile};
use super::write::write;
use crate::tree::Tree;

/// What an import would write, and how it understood the sources.
#[derive(Debug)]
pub struct Plan {
    /// The files of the project.
    pub files: Tree,
    /// The account for people: what was understood, how much of each, and which texts have no place in the project.
    pub report: String,
    /// The number of texts of the sources.
    pub texts: usize,
    /// The number of texts that were placed.
    pub placed: usize,
    /// The places of texts that weren't placed, each with the reason.
    pub named: Vec<(String, &'static str)>,
    /// The places of texts that were placed, each with what it became.
    pub places: Vec<(String, &'static str)>,
}

/// Reads sources and plans the project that they make.
///
/// # Errors
/// If a source can't be read, or if there's no ladder in them.
///
/// # Panics
/// If a text of the sources was neither placed nor named, which would be a mistake of this program.
pub fn plan(sources: &[SourceFile], mapping: &Mapping) -> Result<Plan, ImportError> {
    let mut ledger = Ledger::default();
    let mut contents = Contents::default();
    for source in sources {
        read::read(source, mapping, &mut ledger, &mut contents)?;
    }
    let skipped = std::mem::take(&mut contents.skipped);
    let Recogniser { mut ladder, understood, .. } = recognise(contents, mapping, &mut ledger)?;
    links::resolve(&mut ladder);
    let files = write(&ladder);
    let left = ledger.left();
    let named: Vec<(String, &'static str)> = left
        .iter()
        .flat_map(|(reason, places)| places.iter().map(|place| (place.to_string(), reason.phrase())))
        .collect();
    let placed: usize = ledger.placed().values().sum();
    assert_eq!(placed + named.len(), ledger.len(), "every text is placed or named");
    let report = report::report(sources, &understood, &ladder, &ledger, &skipped);
    let places = ledger.placed_places().map(|(place, placed)| (place.to_string(), placed.noun())).collect();
    Ok(Plan { files, report, texts: ledger.len(), placed, named, places })
}
