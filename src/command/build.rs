use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::Args;

use super::check::{Made, make};
use super::project::{self, Input};
use super::report::{self, GREEN, RED, are_same, counted, counts, painted, problems};
use super::watching::{Watching, announce, until_interrupted};
use super::{Format, Loudness, PROBLEMS, Trouble};
use crate::diagnostic::{Diagnostic, any_error};
use crate::disk::{self, Written};
use crate::site::{Memory, Options, Site};
use crate::tree::Tree;
use crate::watch::{News, Watch};

/// The folder of a project that the site is written to.
const OUTPUT: &str = "public";

/// How soon a build that failed for a reason outside the content is tried again, if nothing changes before.
const AGAIN: Duration = Duration::from_secs(1);

/// How long to wait for a change at a time.
const LONG: Duration = Duration::from_hours(1);

/// Check the project, then write its site to `public/`
#[derive(Debug, Args)]
#[command(
    after_help = "A build with an error writes nothing; the site of the build before stays. Only files that differ are \
                        written.\n\nExamples:\n  stepladder build\n  stepladder build --drafts\n  \
                        stepladder build --watch\n  stepladder build --project guide --format json",
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
struct Told {
    loudness: Loudness,
    notes: Option<Vec<Diagnostic>>,
    trouble: Option<String>,
}

impl Build {
    pub(super) fn run(self, place: Option<&Path>, loudness: Loudness) -> Result<ExitCode, Trouble> {
        let start = Instant::now();
        let root = project::root(place)?;
        if self.watch {
            return self.go_on(root, loudness);
        }
        let project = project::whole(&root)?;
        let made = make(Site::new(&project, self.input.options()?));
        let done = self.publish(&root, &project, &made, start, &mut Told::new(loudness))?;
        Ok(if done { ExitCode::SUCCESS } else { ExitCode::from(PROBLEMS) })
    }

    /// Builds, and builds again after each change. Only the first build may fail for a reason outside the content.
    fn go_on(mut self, root: PathBuf, loudness: Loudness) -> Result<ExitCode, Trouble> {
        if self.format == Format::Json {
            self.format = Format::Lines;
        }
        project::require_content(&root)?;
        let mut watch = self.watching.start(&root)?;
        let mut told = Told::new(loudness);
        let options = self.input.options()?;
        let mut memory = Memory::new(options);
        self.again(&root, &watch, &mut memory, &mut told)?;
        let building = Arc::new(Mutex::new(()));
        let busy = Arc::clone(&building);
        until_interrupted(move || {
            announce(&watch, loudness);
            self.follow(&root, &mut watch, options, memory, told, &busy)
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
        mut memory: Memory,
        mut told: Told,
        busy: &Mutex<()>,
    ) -> Result<Infallible, Trouble> {
        loop {
            match watch.wait(if told.trouble.is_some() { AGAIN } else { LONG }) {
                News::Unreadable(message) => {
                    told.trouble(&project::unreadable(&message));
                    continue;
                }
                News::Quiet if told.trouble.is_none() => continue,
                News::Quiet | News::Changed => {}
            }
            let today = self.input.options()?;
            if today.today != options.today {
                (options, memory) = (today, Memory::new(today));
            }
            let _busy = busy.lock();
            match self.again(root, watch, &mut memory, &mut told) {
                Ok(()) => told.trouble = None,
                Err(trouble) => told.trouble(&trouble),
            }
        }
    }

    /// Builds the site from what has changed.
    fn again(&self, root: &Path, watch: &Watch, memory: &mut Memory, told: &mut Told) -> Result<(), Trouble> {
        let start = Instant::now();
        project::require(root)?;
        let made = make(memory.site(watch.tree()));
        self.publish(root, watch.tree(), &made, start, told)?;
        Ok(())
    }

    /// Tells what is wrong, if that has not been told, and writes the site if nothing is; `false` if it is not written.
    fn publish(
        &self,
        root: &Path,
        project: &Tree,
        made: &Made,
        start: Instant,
        told: &mut Told,
    ) -> Result<bool, Trouble> {
        let (loud, is_known) = (told.loudness > Loudness::Quiet, told.knows(&made.notes));
        if !is_known || self.format == Format::Lines {
            problems(&made.notes, project, &made.site, self.format, told.loudness)?;
            told.notes = Some(made.notes.clone());
        }
        if any_error(&made.notes) {
            if loud && !is_known {
                eprintln!("{} with {}; nothing was written", painted("Failed", RED), counts(&made.notes));
            }
            return Ok(false);
        }
        let output = root.join(OUTPUT);
        let written = disk::write(&made.files, &output, self.force)?;
        let is_news = !is_known || told.trouble.is_some() || written.written + written.removed > 0;
        if loud && is_news {
            say_built(made, &written, start, told.loudness);
            if !is_known {
                eprintln!("      Open {}", output.join("index.html").display());
            }
        }
        Ok(true)
    }
}

impl Told {
    fn new(loudness: Loudness) -> Self {
        Self { loudness, notes: None, trouble: None }
    }

    /// Whether these problems are those that were told last.
    fn knows(&self, notes: &[Diagnostic]) -> bool {
        self.notes.as_ref().is_some_and(|told| are_same(told, notes))
    }

    /// Tells what went wrong, once.
    fn trouble(&mut self, trouble: &Trouble) {
        if self.trouble.as_ref() != Some(&trouble.0) {
            report::trouble(trouble);
            self.trouble = Some(trouble.0.clone());
        }
    }
}

fn say_built(made: &Made, written: &Written, start: Instant, loudness: Loudness) {
    let pages = counted(made.site.page_count(), "page");
    let time = start.elapsed().as_secs_f64();
    eprintln!("{} {pages} in {time:.2} s: {}", painted("Built", GREEN), counts(&made.notes));
    if loudness == Loudness::Verbose {
        let files = counted(written.written, "file");
        eprintln!("      {files} written, {} unchanged, {} removed", written.unchanged, written.removed);
    }
}
