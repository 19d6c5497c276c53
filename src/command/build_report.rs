//! What a build reports: printed by the build itself, and again by later ones that find nothing changed.

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::error::CliError;
use super::output::{
    GREEN, PrintedDiagnostics, Verbosity, coloured, counted, diagnostic_counts, fixable_line, print_line, reading,
};
use crate::disk::Written;
use crate::site::CheckedSite;
use crate::tree::Tree;

/// The report of a successful build, without what differs from one build to the next.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BuildReport {
    pub(super) diagnostics: PrintedDiagnostics,
    pub(super) summary: BuildSummary,
}

/// What was built, in numbers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BuildSummary {
    pages: usize,
    problems: String,
    /// What was understood of the project, and what can be fixed.
    details: String,
}

impl BuildReport {
    /// Prints the report of a build that began at `start`, of the site in `output`.
    pub(super) fn print(
        &self,
        written: &Written,
        start: Instant,
        output: &Path,
        verbosity: Verbosity,
    ) -> Result<(), CliError> {
        self.diagnostics.print()?;
        if verbosity > Verbosity::Quiet {
            self.summary.print(written, start, verbosity);
            self.summary.print_details(output);
        }
        Ok(())
    }
}

impl BuildSummary {
    pub(super) fn new(rendered: &CheckedSite, project: &Tree, verbosity: Verbosity) -> Self {
        let CheckedSite { site, diagnostics } = rendered;
        Self {
            pages: site.page_count(),
            problems: diagnostic_counts(diagnostics),
            details: reading(&site.context().guide, verbosity) + &fixable_line(diagnostics, project),
        }
    }

    pub(super) fn print(&self, written: &Written, start: Instant, verbosity: Verbosity) {
        let pages = counted(self.pages, "page");
        let time = start.elapsed().as_secs_f64();
        print_line(format_args!("{} {pages} in {time:.2} s: {}", coloured("Built", GREEN), self.problems));
        if verbosity == Verbosity::Verbose {
            let Written { written, unchanged, removed } = written;
            let files = counted(*written, "file");
            print_line(format_args!("      {files} written, {unchanged} unchanged, {removed} removed"));
        }
    }

    /// Prints what the first of several builds prints.
    pub(super) fn print_details(&self, output: &Path) {
        print_line(self.details.trim_end_matches('\n'));
        print_line(format_args!("      Open {}", output.join("index.html").display()));
    }
}
