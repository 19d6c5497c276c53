use std::path::Path;

use clap::Args;

use super::{Loudness, Trouble, project};
use crate::watch::{How, Watch};

/// What the commands that follow a project's changes have in common.
#[derive(Debug, Args)]
pub(super) struct Watching {
    /// Look for changes at short intervals: for network folders and the like, which don't tell of them
    #[arg(long)]
    poll: bool,
}

impl Watching {
    /// Starts to watch a project.
    pub(super) fn start(&self, root: &Path) -> Result<Watch, Trouble> {
        let how = if self.poll { How::Poll } else { How::Auto };
        Watch::start(root, how).map_err(|error| project::unreadable(&error))
    }
}

/// Says that changes are followed from now on, and how to end that.
pub(super) fn announce(watch: &Watch, loudness: Loudness) {
    if loudness > Loudness::Quiet {
        if let Some(reason) = watch.polls() {
            eprintln!("      Changes are looked for at short intervals: {reason}");
        }
        eprintln!("      Waiting for changes; Ctrl-C ends this");
    }
}
