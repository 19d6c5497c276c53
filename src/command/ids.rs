//! `stepladder ids`: writes permanent ids.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::error::{CliError, EXIT_CONTENT_ERRORS};
use super::fix::{FixMode, change};
use super::output::{DiagnosticPrinter, Format, GREEN, Verbosity, coloured, counted, print_line};
use super::project::{self, SiteArgs, unreadable};
use crate::diagnostic::{any_error, position, without_control_characters};
use crate::disk;
use crate::permanence::{WrittenIds, write_ids};
use crate::site::{Site, check};
use crate::tree::Tree;

/// Give each expectation without an id a permanent one
#[derive(Debug, Args)]
#[command(
    after_help = "Writes `{#id}` at the end of each expectation that has none, with the id that its address has now. From \
        then on, rewording it changes neither its address nor what readers have marked. Nothing else in the files \
        changes.\n\n\
        Examples:\n\
        \x20 stepladder ids --dry-run       show what would be written\n\
        \x20 stepladder ids"
)]
pub(super) struct Ids {
    #[command(flatten)]
    site: SiteArgs,
    /// Print the changes as a diff instead of making them
    #[arg(long)]
    dry_run: bool,
}

impl Ids {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let root = project::root(project)?;
        let project = project::read_with_content(&root)?;
        let options = self.site.options()?;
        let checked = check(Site::new(&project, options));
        if any_error(&checked.diagnostics) {
            // What isn't understood may change the ids of the rest.
            let printer = DiagnosticPrinter { root: &root, format: Format::Text, verbosity: Verbosity::Quiet };
            printer.print(&checked.diagnostics, &project, &checked.site)?;
            return Ok(ExitCode::from(EXIT_CONTENT_ERRORS));
        }
        let aliases = disk::aliases(&root).map_err(|error| unreadable(&error))?;
        let written = write_ids(&project, options, &aliases);
        let mode = if self.dry_run { FixMode::DryRun } else { FixMode::Write };
        change(&root, &project, &written.project, written.files.keys(), mode)?;
        self.report(&written, &project, verbosity);
        Ok(ExitCode::SUCCESS)
    }

    fn report(&self, written: &WrittenIds, project: &Tree, verbosity: Verbosity) {
        if verbosity == Verbosity::Quiet {
            return;
        }
        let word = coloured(if self.dry_run { "Would write" } else { "Wrote" }, GREEN);
        match written.files.values().sum::<usize>() {
            0 => print_line(format_args!("{word} no ids")),
            ids => {
                let files = counted(written.files.len(), "file");
                print_line(format_args!("{word} {} in {files}", counted(ids, "id")));
            }
        }
        for (file, count) in &written.files {
            print_line(format_args!("{count:>12}  {}", without_control_characters(file.as_str())));
        }
        for span in &written.left {
            let line = project.bytes(&span.file).map_or(0, |bytes| position(bytes, span.start).line);
            let file = without_control_characters(span.file.as_str());
            print_line(format_args!("{file}:{line} can't have an id: write it as a list item or a paragraph"));
        }
    }
}
