use std::convert::Infallible;
use std::path::Path;
use std::thread;

use clap::Args;
use tokio::sync::oneshot;

use super::{CliError, Verbosity, project};
use crate::serve::interrupted;
use crate::watch::{Mode, Watch};

/// What the commands that follow a project's changes have in common.
#[derive(Debug, Args)]
pub(super) struct Watching {
    /// Look for changes at short intervals: for network folders and the like, which don't tell of them
    #[arg(long)]
    poll: bool,
}

impl Watching {
    /// Starts to watch a project.
    pub(super) fn start(&self, root: &Path) -> Result<Watch, CliError> {
        let how = if self.poll { Mode::Poll } else { Mode::Auto };
        Watch::start(root, how).map_err(|error| project::unreadable(&error))
    }
}

/// Does work that goes on, in a thread of its own, until it fails or Ctrl-C ends it.
pub(super) fn until_interrupted(
    work: impl FnOnce() -> Result<Infallible, CliError> + Send + 'static,
) -> Result<(), CliError> {
    let (alive, gone) = oneshot::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (working, lost) = runtime.block_on(async {
        let end = tokio::spawn(interrupted(gone));
        // From here on Ctrl-C is heard.
        tokio::task::yield_now().await;
        let working = thread::spawn(move || {
            let done = work();
            drop(alive);
            done
        });
        (working, end.await)
    });
    if !lost? {
        return Ok(());
    }
    match working.join() {
        Ok(Err(trouble)) => Err(trouble),
        _ => Err(CliError("file watching stopped unexpectedly; run the command again".to_owned())),
    }
}

/// Says that changes are followed from now on, and how to end that.
pub(super) fn announce(watch: &Watch, verbosity: Verbosity) {
    if verbosity > Verbosity::Quiet {
        if let Some(reason) = watch.polls() {
            eprintln!("      Polling for changes: {reason}");
        }
        eprintln!("      Waiting for changes; press Ctrl-C to stop");
    }
}
