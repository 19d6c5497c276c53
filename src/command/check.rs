use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::project::{self, Input};
use super::report::{GREEN, RED, counted, counts, painted, problems};
use super::{CliError, Format, PROBLEMS, Verbosity};
use crate::diagnostic::{self, Diagnosed, Diagnostic, any_error};
use crate::site::Site;
use crate::tree::Tree;

/// Report every problem that a build would find; write nothing
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  stepladder check\n  stepladder check --format json\n  stepladder check --project guide --drafts"
)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Check {
    pub(super) fn run(&self, place: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let start = Instant::now();
        let project = project::whole(&project::root(place)?)?;
        let made = make(Site::new(&project, self.input.options()?));
        problems(&made.diagnostics, &project, &made.site, self.format, verbosity)?;
        let failed = any_error(&made.diagnostics);
        if verbosity > Verbosity::Quiet {
            let (word, colour) = if failed { ("Failed", RED) } else { ("Checked", GREEN) };
            let pages = counted(made.site.page_count(), "page");
            let time = start.elapsed().as_secs_f64();
            eprintln!("{} {pages} in {time:.2} s: {}", painted(word, colour), counts(&made.diagnostics));
        }
        Ok(if failed { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
    }
}

/// A site with all its files, and every problem of the project in order.
pub(super) struct Rendered {
    pub(super) site: Site,
    pub(super) files: Tree,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Renders everything of a site.
pub(super) fn make(site: Diagnosed<Site>) -> Rendered {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    let files = site.render_all().drain_into(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Rendered { site, files, diagnostics }
}
