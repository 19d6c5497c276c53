//! The parts that the commands which watch a project share: arguments, shutdown and status lines.

use std::convert::Infallible;
use std::path::Path;
use std::thread;

use clap::Args;
use tokio::sync::oneshot;

use super::error::CliError;
use super::output::{Verbosity, print_line};
use super::project;
use crate::serve::{ShutdownCause, wait_for_shutdown};
use crate::watch::{Mode, Watch};

/// The arguments of the commands that watch a project.
#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// Poll for changes, for network and container folders that don't report them
    #[arg(long)]
    poll: bool,
}

impl WatchArgs {
    /// Starts to watch a project.
    pub(super) fn start(&self, root: &Path) -> Result<Watch, CliError> {
        let mode = if self.poll { Mode::Poll } else { Mode::Auto };
        Watch::start(root, mode).map_err(|error| project::unreadable(&error))
    }
}

/// Runs endless work in a thread of its own until Ctrl-C or SIGTERM. The work may still be running afterwards.
///
/// # Errors
/// If the work fails.
pub(super) fn run_until_interrupted(
    work: impl FnOnce() -> Result<Infallible, CliError> + Send + 'static,
) -> Result<(), CliError> {
    let (alive, worker) = oneshot::channel::<()>();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::system(format!("couldn't wait for Ctrl-C: {error}")))?;
    let (thread, cause) = runtime.block_on(async {
        let shutdown = tokio::spawn(wait_for_shutdown(worker));
        // Installs the signal handlers before the work starts.
        tokio::task::yield_now().await;
        let thread = thread::spawn(move || {
            let result = work();
            drop(alive);
            result
        });
        (thread, shutdown.await)
    });
    let stopped = || CliError::system("file watching stopped unexpectedly; run the command again".to_owned());
    match cause.map_err(|_| stopped())? {
        ShutdownCause::Signal => Ok(()),
        ShutdownCause::WorkerStopped => match thread.join() {
            Ok(Err(error)) => Err(error),
            Err(_) => Err(stopped()),
        },
    }
}

/// Prints that the project is being watched, and how to stop that.
pub(super) fn print_watching(watch: &Watch, verbosity: Verbosity) {
    if verbosity > Verbosity::Quiet {
        if let Some(reason) = watch.poll_reason() {
            print_line(format_args!("      Polling for changes: {reason}"));
        }
        print_line(format_args!("      Waiting for changes; press Ctrl-C to stop"));
    }
}
