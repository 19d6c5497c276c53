use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::project::{self, Input};
use super::report::{GREEN, RED, counted, counts, painted, problems};
use super::{Format, Loudness, PROBLEMS, Trouble};
use crate::diagnostic::{self, Diagnostic, Noted, any_error};
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
    pub(super) fn run(&self, place: Option<&Path>, loudness: Loudness) -> Result<ExitCode, Trouble> {
        let start = Instant::now();
        let project = project::whole(&project::root(place)?)?;
        let made = make(Site::new(&project, self.input.options()?));
        problems(&made.notes, &project, &made.site, self.format, loudness)?;
        let failed = any_error(&made.notes);
        if loudness > Loudness::Quiet {
            let (word, colour) = if failed { ("Failed", RED) } else { ("Checked", GREEN) };
            let pages = counted(made.site.page_count(), "page");
            let time = start.elapsed().as_secs_f64();
            eprintln!("{} {pages} in {time:.2} s: {}", painted(word, colour), counts(&made.notes));
        }
        Ok(if failed { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS })
    }
}

/// A site with all its files, and every problem of the project in order.
pub(super) struct Made {
    pub(super) site: Site,
    pub(super) files: Tree,
    pub(super) notes: Vec<Diagnostic>,
}

/// Renders everything of a site.
pub(super) fn make(site: Noted<Site>) -> Made {
    let mut notes = Vec::new();
    let site = site.into(&mut notes);
    let files = site.render_all().into(&mut notes);
    diagnostic::sort(&mut notes);
    Made { site, files, notes }
}
