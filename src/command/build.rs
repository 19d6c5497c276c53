use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::Args;

use super::check::{Rendered, make};
use super::project::{self, Input};
use super::report::{self, GREEN, RED, are_same, counted, counts, painted, problems};
use super::watch_args::{Watching, announce, until_interrupted};
use super::{CliError, Format, PROBLEMS, Verbosity};
use crate::diagnostic::{Diagnostic, any_error};
use crate::disk::{self, Written};
use crate::site::{Options, Site, SiteCache};
use crate::tree::Tree;
use crate::watch::{Event, Watch};

/// The folder of a project that the site is written to.
const OUTPUT: &str = "public";

/// How soon a build that failed for a reason outside the content is tried again, if nothing changes before.
const AGAIN: Duration = Duration::from_secs(1);

/// How long to wait for a change at a time.
const LONG: Duration = Duration::from_hours(1);

/// Check the project, then write its site to `public/`
#[derive(Debug, Args)]
#[command(
    after_help = "If there are errors, nothing is written and the previous site stays as it is. Only changed files \
        are written.\n\nExamples:\n  stepladder build\n  stepladder build --drafts\n  stepladder build --watch\n \
        stepladder build --project guide --format json",
    mut_arg("poll", |poll| poll.requires("watch"))
)]
pub(super) struct Build {
    #[command(flatten)]
    input: Input,
    /// How problems are written; with --watch, `json` is an object on a line of its own for each build
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to `public/` even if it holds files that Stepladder did not write
    #[arg(long)]
    force: bool,
    /// Go on, and write the site again after each change; Ctrl-C ends it, never in the middle of writing
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    watching: Watching,
}

/// What was told of the builds so far.
#[derive(Debug)]
struct Reporter {
    verbosity: Verbosity,
    diagnostics: Option<Vec<Diagnostic>>,
    trouble: Option<String>,
}

impl Build {
    pub(super) fn run(self, place: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let start = Instant::now();
        let root = project::root(place)?;
        if self.watch {
            return self.go_on(root, verbosity);
        }
        let project = project::whole(&root)?;
        let made = make(Site::new(&project, self.input.options()?));
        let done = self.publish(&root, &project, &made, start, &mut Reporter::new(verbosity))?;
        Ok(if done { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
    }

    /// Builds, and builds again after each change. Only the first build may fail for a reason outside the content.
    fn go_on(mut self, root: PathBuf, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        if self.format == Format::Json {
            self.format = Format::Lines;
        }
        project::require_content(&root)?;
        let mut watch = self.watching.start(&root)?;
        let mut told = Reporter::new(verbosity);
        let options = self.input.options()?;
        let mut sites = SiteCache::new(options);
        self.again(&root, &watch, &mut sites, &mut told)?;
        let building = Arc::new(Mutex::new(()));
        let busy = Arc::clone(&building);
        until_interrupted(move || {
            announce(&watch, verbosity);
            self.follow(&root, &mut watch, options, sites, told, &busy)
        })?;
        // What is being written is written whole, and nothing is begun after that.
        std::mem::forget(building.lock());
        Ok(ExitCode::SUCCESS)
    }

    /// Builds again after each change, `busy` meanwhile.
    fn follow(
        &self,
        root: &Path,
        watch: &mut Watch,
        mut options: Options,
        mut sites: SiteCache,
        mut told: Reporter,
        busy: &Mutex<()>,
    ) -> Result<Infallible, CliError> {
        loop {
            match watch.wait(if told.trouble.is_some() { AGAIN } else { LONG }) {
                Event::Unreadable(message) => {
                    told.trouble(&project::unreadable(&message));
                    continue;
                }
                Event::Quiet if told.trouble.is_none() => continue,
                Event::Quiet | Event::Changed => {}
            }
            let today = self.input.options()?;
            if today.today != options.today {
                (options, sites) = (today, SiteCache::new(today));
            }
            let _busy = busy.lock();
            match self.again(root, watch, &mut sites, &mut told) {
                Ok(()) => told.trouble = None,
                Err(trouble) => told.trouble(&trouble),
            }
        }
    }

    /// Builds the site from what has changed.
    fn again(&self, root: &Path, watch: &Watch, sites: &mut SiteCache, told: &mut Reporter) -> Result<(), CliError> {
        let start = Instant::now();
        project::require(root)?;
        let made = make(sites.site(watch.tree()));
        self.publish(root, watch.tree(), &made, start, told)?;
        Ok(())
    }

    /// Tells what is wrong, if that has not been told, and writes the site if nothing is; `false` if it is not written.
    fn publish(
        &self,
        root: &Path,
        project: &Tree,
        made: &Rendered,
        start: Instant,
        told: &mut Reporter,
    ) -> Result<bool, CliError> {
        let (loud, is_known) = (told.verbosity > Verbosity::Quiet, told.knows(&made.diagnostics));
        if !is_known || self.format == Format::Lines {
            problems(&made.diagnostics, project, &made.site, self.format, told.verbosity)?;
            told.diagnostics = Some(made.diagnostics.clone());
        }
        if any_error(&made.diagnostics) {
            if loud && !is_known {
                eprintln!("{} with {}; nothing was written", painted("Failed", RED), counts(&made.diagnostics));
            }
            return Ok(false);
        }
        let output = root.join(OUTPUT);
        let written = disk::write(&made.files, &output, self.force)?;
        let is_news = !is_known || told.trouble.is_some() || written.written + written.removed > 0;
        if loud && is_news {
            say_built(made, &written, start, told.verbosity);
            if !is_known {
                eprintln!("      Open {}", output.join("index.html").display());
            }
        }
        Ok(true)
    }
}

impl Reporter {
    fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, diagnostics: None, trouble: None }
    }

    /// Whether these problems are those that were told last.
    fn knows(&self, diagnostics: &[Diagnostic]) -> bool {
        self.diagnostics.as_ref().is_some_and(|told| are_same(told, diagnostics))
    }

    /// Tells what went wrong, once.
    fn trouble(&mut self, trouble: &CliError) {
        if self.trouble.as_ref() != Some(&trouble.0) {
            report::trouble(trouble);
            self.trouble = Some(trouble.0.clone());
        }
    }
}

fn say_built(made: &Rendered, written: &Written, start: Instant, verbosity: Verbosity) {
    let pages = counted(made.site.page_count(), "page");
    let time = start.elapsed().as_secs_f64();
    eprintln!("{} {pages} in {time:.2} s: {}", painted("Built", GREEN), counts(&made.diagnostics));
    if verbosity == Verbosity::Verbose {
        let files = counted(written.written, "file");
        eprintln!("      {files} written, {} unchanged, {} removed", written.unchanged, written.removed);
    }
}
