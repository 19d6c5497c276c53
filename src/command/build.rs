//! `stepladder build`: checks a project and writes its site, once or after each change.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::Args;

use super::build_report::{BuildReport, BuildSummary};
use super::error::{CliError, EXIT_CONTENT_ERRORS};
use super::output::{
    DiagnosticPrinter, Format, RED, Verbosity, coloured, diagnostic_counts, print_error, print_fixable, print_line,
    same_diagnostics,
};
use super::project::{self, SiteArgs};
use super::watch_args::{WatchArgs, print_watching, run_until_interrupted};
use crate::diagnostic::{Diagnosed, Diagnostic, any_error};
use crate::disk::{self, BuildRecord, Inputs, Outputs, SiteWriter, Written};
use crate::site::{Options, Site, SiteCache, check, render_each};
use crate::tree::{Tree, TreePath};
use crate::watch::{Event, Watch};

/// The folder of a project that the site is written to.
const OUTPUT_FOLDER: &str = "public";

/// The delay before a build is retried that failed for a reason outside the content.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The longest single wait for a change.
const WATCH_TIMEOUT: Duration = Duration::from_hours(1);

/// Check the project and write its site to `public/`
#[derive(Debug, Args)]
#[command(
    after_help = "If there are errors, nothing is written and the previous site stays as it is. Only changed files \
        are written.\n\nExamples:\n\
        \x20 stepladder build\n\
        \x20 stepladder build --drafts\n\
        \x20 stepladder build --watch\n\
        \x20 stepladder build --project guide --format json",
    mut_arg("poll", |poll| poll.requires("watch"))
)]
pub(super) struct Build {
    #[command(flatten)]
    site: SiteArgs,
    /// How to report problems; with --watch, `json` prints one object per build, each on its own line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to `public/` even if it contains files that Stepladder didn't write
    #[arg(long)]
    force: bool,
    /// Keep running and build again after each change; Ctrl-C stops, but never in the middle of a write
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    watching: WatchArgs,
}

/// The files that are recorded from one build to the next.
#[derive(Debug)]
struct RecordedFiles {
    /// The files of the project.
    inputs: Inputs,
    /// The files of the site as the last build left them.
    known: Outputs,
}

/// A build that wrote the site.
#[derive(Debug)]
struct PublishedBuild {
    /// What was printed, unless it's what was printed last.
    report: Option<BuildReport>,
    /// The files of the site, if the build can be recorded.
    outputs: Option<Outputs>,
}

/// Prints the results of repeated builds without repeating what was printed last.
#[derive(Debug)]
struct Reporter {
    verbosity: Verbosity,
    /// The diagnostics that were printed last.
    diagnostics: Option<Vec<Diagnostic>>,
    /// The error outside the content of the last build, if it failed for one.
    error: Option<CliError>,
}

impl Build {
    pub(super) fn run(self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let start = Instant::now();
        let root = project::root(project)?;
        if self.watch {
            return self.build_and_watch(root, verbosity);
        }
        project::check_content(&root)?;
        let output = root.join(OUTPUT_FOLDER);
        disk::check_output(&root, &output)?;
        let options = self.site.options()?;
        let key = self.key(&root, options, verbosity);
        let known = match key.as_deref().map(|key| BuildRecord::<BuildReport>::current(&root, &output, key)) {
            Some(Ok(BuildRecord { report, outputs, .. })) => {
                let written = Written { unchanged: outputs.len(), ..Written::default() };
                report.print(&written, start, &output, verbosity)?;
                return Ok(ExitCode::SUCCESS);
            }
            Some(Err(known)) => known,
            None => Outputs::default(),
        };
        let (project, inputs) = project::read_recorded(&root)?;
        let site = Site::new(&project, options);
        let reporter = &mut Reporter::new(verbosity);
        let mut recorded = RecordedFiles { inputs, known };
        let Some(build) = self.publish(&root, &project, site, start, reporter, Some(&mut recorded))? else {
            return Ok(ExitCode::from(EXIT_CONTENT_ERRORS));
        };
        let inputs = recorded.inputs;
        if let (Some(key), Some(report), Some(outputs)) = (key, build.report, build.outputs) {
            BuildRecord { key, inputs, outputs, report }.save(&root);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Everything but the project that decides about the files and the output of a build; `None` if the program can't be
    /// distinguished from another version of itself.
    fn key(&self, root: &Path, options: Options, verbosity: Verbosity) -> Option<String> {
        let program = disk::certain_stamp(&std::env::current_exe().ok()?)?;
        let (version, printer) = (env!("CARGO_PKG_VERSION"), self.printer(root, verbosity).key());
        Some(format!("{version} {program:x} {options:?} force: {} {printer}", self.force))
    }

    fn printer<'a>(&self, root: &'a Path, verbosity: Verbosity) -> DiagnosticPrinter<'a> {
        DiagnosticPrinter { root, format: self.format, verbosity }
    }

    /// Builds the site, and again after each change until the program is interrupted.
    ///
    /// # Errors
    /// If the first build fails for a reason outside the content. Later builds are retried.
    fn build_and_watch(mut self, root: PathBuf, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        match self.format {
            Format::Json => self.format = Format::Lines,
            Format::Sarif => {
                let message = "a SARIF log is about one build, so it can't be combined with `--watch`";
                return Err(CliError::usage(message).help("use `--format json`"));
            }
            Format::Text | Format::Github | Format::Lines => {}
        }
        project::check_content(&root)?;
        let mut watch = self.watching.start(&root)?;
        let mut reporter = Reporter::new(verbosity);
        let options = self.site.options()?;
        let mut cache = SiteCache::new(options);
        self.rebuild(&root, &watch, &mut cache, &mut reporter)?;
        let build_lock = Arc::new(Mutex::new(()));
        let worker_lock = Arc::clone(&build_lock);
        run_until_interrupted(move || {
            print_watching(&watch, verbosity);
            self.rebuild_on_changes(&root, &mut watch, options, cache, reporter, &worker_lock)
        })?;
        // Waits until the present build has written all of its files, and prevents another one from starting.
        std::mem::forget(build_lock.lock());
        Ok(ExitCode::SUCCESS)
    }

    /// Builds the site again after each change, and holds `build_lock` while it does.
    fn rebuild_on_changes(
        &self,
        root: &Path,
        watch: &mut Watch,
        mut options: Options,
        mut cache: SiteCache,
        mut reporter: Reporter,
        build_lock: &Mutex<()>,
    ) -> Result<Infallible, CliError> {
        loop {
            match watch.wait(if reporter.error.is_some() { RETRY_DELAY } else { WATCH_TIMEOUT }) {
                Event::Unreadable(message) => {
                    reporter.report_error(&project::unreadable(&message));
                    continue;
                }
                Event::Quiet if reporter.error.is_none() => continue,
                Event::Quiet | Event::Changed => {}
            }
            let new_options = self.site.options()?;
            if new_options.today != options.today {
                (options, cache) = (new_options, SiteCache::new(new_options));
            }
            let _guard = build_lock.lock();
            match self.rebuild(root, watch, &mut cache, &mut reporter) {
                Ok(()) => reporter.error = None,
                Err(error) => reporter.report_error(&error),
            }
        }
    }

    /// Builds the site incrementally from the watched tree and publishes it.
    fn rebuild(
        &self,
        root: &Path,
        watch: &Watch,
        cache: &mut SiteCache,
        reporter: &mut Reporter,
    ) -> Result<(), CliError> {
        let start = Instant::now();
        project::check_project(root)?;
        self.publish(root, watch.tree(), cache.site(watch.tree()), start, reporter, None)?;
        Ok(())
    }

    /// Renders the site and writes it if no diagnostic is an error, and prints the diagnostics unless they were printed
    /// already. Returns `None` if the site wasn't written. With `recorded`, the build can be recorded.
    fn publish(
        &self,
        root: &Path,
        project: &Tree,
        site: Diagnosed<Site>,
        start: Instant,
        reporter: &mut Reporter,
        mut recorded: Option<&mut RecordedFiles>,
    ) -> Result<Option<PublishedBuild>, CliError> {
        let output = root.join(OUTPUT_FOLDER);
        let writer = if any_error(&site.diagnostics) {
            None
        } else {
            disk::check_output(root, &output)?;
            let paths = site.value.paths().into_iter().cloned();
            let known = recorded.as_mut().map(|recorded| std::mem::take(&mut recorded.known));
            Some(SiteWriter::begin(paths, &output, self.force)?.with_known(known.unwrap_or_default()))
        };
        let put = |path: &TreePath, file| writer.as_ref().map_or(Ok(()), |writer| writer.put(path, &file));
        let rendered = if writer.is_some() { render_each(site, put)? } else { check(site) };
        let diagnostics = &rendered.diagnostics;
        let (verbosity, was_reported) = (reporter.verbosity, reporter.has_reported(diagnostics));
        let prints_status = verbosity > Verbosity::Quiet;
        let printed = (!was_reported || self.format == Format::Lines)
            .then(|| self.printer(root, verbosity).render(diagnostics, project, &rendered.site));
        if let Some(printed) = &printed {
            printed.print()?;
            reporter.diagnostics = Some(diagnostics.clone());
        }
        let Some(writer) = writer.filter(|_| !any_error(diagnostics)) else {
            if prints_status && !was_reported {
                print_line(format_args!(
                    "{} with {}; nothing was written",
                    coloured("Failed", RED),
                    diagnostic_counts(diagnostics)
                ));
                print_fixable(diagnostics, project);
            }
            return Ok(None);
        };
        let (written, outputs) = match recorded {
            Some(recorded) => writer.publish_recorded(&mut recorded.inputs)?,
            None => (writer.publish()?, None),
        };
        let summary = BuildSummary::new(&rendered, project, verbosity);
        let has_changed = !was_reported || reporter.error.is_some() || written.written + written.removed > 0;
        if prints_status && has_changed {
            summary.print(&written, start, verbosity);
            if !was_reported {
                summary.print_details(&output);
            }
        }
        let report = printed.map(|diagnostics| BuildReport { diagnostics, summary });
        Ok(Some(PublishedBuild { report, outputs }))
    }
}

impl Reporter {
    fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, diagnostics: None, error: None }
    }

    /// Returns whether these diagnostics were printed last.
    fn has_reported(&self, diagnostics: &[Diagnostic]) -> bool {
        self.diagnostics.as_ref().is_some_and(|reported| same_diagnostics(reported, diagnostics))
    }

    /// Prints an error outside the content unless the last build failed for the same one.
    fn report_error(&mut self, error: &CliError) {
        if self.error.as_ref() != Some(error) {
            print_error(error);
            self.error = Some(error.clone());
        }
    }
}
