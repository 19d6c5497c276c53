use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::check::make;
use super::project::{self, Input};
use super::report::{GREEN, RED, counted, counts, painted, problems};
use super::{Format, Loudness, PROBLEMS, Trouble};
use crate::diagnostic::any_error;
use crate::disk;

/// The folder of a project that the site is written to.
const OUTPUT: &str = "public";

/// Check the project, then write its site to `public/`
#[derive(Debug, Args)]
#[command(
    after_help = "A build with an error writes nothing; the site of the build before stays. Only files that differ are \
                        written.\n\nExamples:\n  stepladder build\n  stepladder build --drafts\n  \
                        stepladder build --project guide --format json"
)]
pub(super) struct Build {
    #[command(flatten)]
    input: Input,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to `public/` even if it holds files that Stepladder did not write
    #[arg(long)]
    force: bool,
}

impl Build {
    pub(super) fn run(&self, place: Option<&Path>, loudness: Loudness) -> Result<ExitCode, Trouble> {
        let start = Instant::now();
        let root = project::root(place)?;
        let project = project::whole(&root)?;
        let made = make(&project, self.input.options()?);
        problems(&made.notes, &project, &made.site, self.format, loudness)?;
        if any_error(&made.notes) {
            if loudness > Loudness::Quiet {
                eprintln!("{} with {}; nothing was written", painted("Failed", RED), counts(&made.notes));
            }
            return Ok(ExitCode::from(PROBLEMS));
        }
        let output = root.join(OUTPUT);
        let written = disk::write(&made.files, &output, self.force)?;
        if loudness > Loudness::Quiet {
            let pages = counted(made.site.page_count(), "page");
            let time = start.elapsed().as_secs_f64();
            eprintln!("{} {pages} in {time:.2} s: {}", painted("Built", GREEN), counts(&made.notes));
            if loudness == Loudness::Verbose {
                let files = counted(written.written, "file");
                eprintln!("      {files} written, {} unchanged, {} removed", written.unchanged, written.removed);
            }
            eprintln!("      Open {}", output.join("index.html").display());
        }
        Ok(ExitCode::SUCCESS)
    }
}
