//! When a preview ends.

use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

use tokio::signal;
use tokio::sync::oneshot;

/// Waits for the first of two; gives what the first one gives, or nothing if it was the second.
pub(super) async fn select<T>(first: impl Future<Output = T>, second: impl Future<Output = ()>) -> Option<T> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|cx| match first.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => second.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// Waits until the program is told to end, by Ctrl-C or, where there is such a thing, by SIGTERM; or until the other end
/// of a channel has gone; says whether it is that.
pub async fn interrupted(gone: oneshot::Receiver<()>) -> bool {
    let key = async {
        if signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    let gone = async {
        let _ = gone.await;
    };
    select(select(key, terminated()), gone).await.is_none()
}

#[cfg(unix)]
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending().await
}
