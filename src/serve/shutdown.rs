//! The conditions under which a long-running command ends.

use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

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
    let worker_stopped = async {
        let _ = worker.await;
    };
    match select(select(ctrl_c, terminate_signal()), worker_stopped).await {
        Some(_) => ShutdownCause::Signal,
        None => ShutdownCause::WorkerStopped,
    }
}

/// Runs two futures until one completes: `Some` with the value of the first, or `None` if the second was faster. The
/// first is polled first.
pub(super) async fn select<T>(first: impl Future<Output = T>, second: impl Future<Output = ()>) -> Option<T> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|cx| match first.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => second.as_mut().poll(cx).map(|()| None),
    })
    .await
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
