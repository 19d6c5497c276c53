//! The conditions under which a long-running command ends.

use std::future::pending;

use tokio::signal;
use tokio::sync::oneshot;

/// The reason why a long-running command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShutdownCause {
    /// The user or the system asked for it.
    Signal,
    /// The thread that does the work has stopped.
    WorkerStopped,
}

/// Waits for Ctrl-C, for SIGTERM where the system has it, or for a worker thread to drop its end of `worker`.
pub async fn wait_for_shutdown(worker: oneshot::Receiver<()>) -> ShutdownCause {
    let ctrl_c = async {
        if signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    tokio::select! {
        () = ctrl_c => ShutdownCause::Signal,
        () = terminate_signal() => ShutdownCause::Signal,
        _ = worker => ShutdownCause::WorkerStopped,
    }
}

#[cfg(unix)]
async fn terminate_signal() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => pending().await,
    }
}

#[cfg(not(unix))]
async fn terminate_signal() {
    pending().await
}
