//! `stepladder check`: reports all problems of a project.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::error::{CliError, EXIT_CONTENT_ERRORS};
use super::output::{
    Format, GREEN, RED, Verbosity, coloured, counted, diagnostic_counts, print_diagnostics, print_reading,
};
use super::project::{self, SiteArgs};
use super::render::render;
use crate::diagnostic::any_error;
use crate::site::Site;

/// Report every problem a build would find, without writing anything
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  stepladder check\n  stepladder check --format json\n  stepladder check --project guide --drafts"
)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
    /// How to report problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Check {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let start = Instant::now();
        let project = project::read_with_content(&project::root(project)?)?;
        let rendered = render(Site::new(&project, self.site.options()?));
        print_diagnostics(&rendered.diagnostics, &project, &rendered.site, self.format, verbosity)?;
        let failed = any_error(&rendered.diagnostics);
        if verbosity > Verbosity::Quiet {
            let (word, colour) = if failed { ("Failed", RED) } else { ("Checked", GREEN) };
            let pages = counted(rendered.site.page_count(), "page");
            let time = start.elapsed().as_secs_f64();
            eprintln!(
                "{} {pages} in {time:.2} s: {}",
                coloured(word, colour),
                diagnostic_counts(&rendered.diagnostics)
            );
            print_reading(&rendered.site.context().guide, verbosity);
        }
        Ok(if failed { ExitCode::from(EXIT_CONTENT_ERRORS) } else { ExitCode::SUCCESS })
    }
}
