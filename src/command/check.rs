//! `stepladder check`: reports all problems of a project, and fixes those that can be fixed for certain.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::error::{CliError, EXIT_CONTENT_ERRORS};
use super::fix::{FixMode, fix_project, print_fixed};
use super::output::{
    DiagnosticPrinter, Format, GREEN, RED, Verbosity, coloured, counted, diagnostic_counts, print_fixable, print_line,
    print_reading,
};
use super::project::{self, SiteArgs};
use super::published::published;
use crate::diagnostic::any_error;
use crate::permanence;
use crate::site::{CheckedSite, Site, check_found};

/// Report every problem a build would find, and fix those whose solution is certain
#[derive(Debug, Args)]
#[command(
    after_help = "Without --fix, nothing is written. With it, only problems are fixed whose solution is certain, such \
        as a bullet of a word processor in place of `-`; what remains is reported, and decides the exit status.\n\n\
        Examples:\n\
        \x20 stepladder check\n\
        \x20 stepladder check --fix --dry-run       show what would be changed\n\
        \x20 stepladder check --fix                 change it\n\
        \x20 stepladder check --against v1.0          what was published at a tag and is gone\n\
        \x20 stepladder check --against ladder.json --fix\n\
        \x20 stepladder check --format json         for programs\n\
        \x20 stepladder check --format github       annotations of a pull request\n\
        \x20 stepladder check --format sarif > stepladder.sarif\n\
        \x20 stepladder check --project guide --drafts"
)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
    /// How to report problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fix the problems whose solution is certain, then report the others
    #[arg(long)]
    fix: bool,
    /// Also report addresses that were published and from which nothing leads on: pages, expectations, ids and aliases.
    #[arg(
        long,
        value_name = "REV|FILE|DIR",
        help = "Also report what was published and is gone, compared with a git revision, a `ladder.json`, or a folder \
            with a project or a site"
    )]
    against: Option<String>,
    /// With --fix, print the changes as a diff instead of making them
    #[arg(long, requires = "fix", conflicts_with = "format")]
    dry_run: bool,
}

impl Check {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let start = Instant::now();
        let root = project::root(project)?;
        let mut project = project::read_with_content(&root)?;
        let published = self.against.as_ref().map(|against| published(against, &root, &project)).transpose()?;
        let find = |site: &Site| match &published {
            Some(published) => permanence::against(published, &site.context().guide),
            None => Vec::new(),
        };
        let options = self.site.options()?;
        let printer = DiagnosticPrinter { root: &root, format: self.format, verbosity };
        let checked = match self.fix_mode() {
            None => {
                let checked = check_found(Site::new(&project, options), &find);
                printer.print(&checked.diagnostics, &project, &checked.site)?;
                checked
            }
            Some(mode) => {
                let fixed = fix_project(&root, &project, options, mode, &find)?;
                project = fixed.project.clone();
                let CheckedSite { site, diagnostics, .. } = &fixed.checked;
                printer.print(diagnostics, &project, site)?;
                print_fixed(&fixed, mode, verbosity);
                fixed.checked
            }
        };
        let failed = any_error(&checked.diagnostics);
        if verbosity > Verbosity::Quiet {
            let colour = if failed { RED } else { GREEN };
            let pages = counted(checked.site.page_count(), "page");
            let time = start.elapsed().as_secs_f64();
            print_line(format_args!(
                "{} {pages} in {time:.2} s: {}",
                coloured("Checked", colour),
                diagnostic_counts(&checked.diagnostics)
            ));
            print_reading(&checked.site.context().guide, verbosity);
            if !self.fix {
                print_fixable(&checked.diagnostics, &project);
            }
        }
        // The process ends now, and to free a whole site piece by piece takes a noticeable part of a check.
        std::mem::forget((checked, project));
        Ok(if failed { ExitCode::from(EXIT_CONTENT_ERRORS) } else { ExitCode::SUCCESS })
    }

    fn fix_mode(&self) -> Option<FixMode> {
        match (self.fix, self.dry_run) {
            (false, _) => None,
            (true, false) => Some(FixMode::Write),
            (true, true) => Some(FixMode::DryRun),
        }
    }
}
