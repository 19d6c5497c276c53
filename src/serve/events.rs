//! The event stream: it tells that something changed, and never what.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

use super::body::Body;
use super::preview::State;

/// What one reader has been told.
struct Listener {
    states: watch::Receiver<Arc<State>>,
    heartbeat: Duration,
    told: bool,
    /// One of the places for listeners; free again when the reader has gone.
    _place: OwnedSemaphorePermit,
}

/// A stream that tells each state's token, the present one first, and shows now and then that it is alive.
pub(super) fn stream(states: watch::Receiver<Arc<State>>, heartbeat: Duration, place: OwnedSemaphorePermit) -> Body {
    Body::pieces(Listener { states, heartbeat, told: false, _place: place }, next)
}

async fn next(mut listener: Listener) -> io::Result<Option<(Bytes, Listener)>> {
    if !std::mem::replace(&mut listener.told, true) {
        let event = format!("retry: 300\n\n{}", event(&mut listener));
        return Ok(Some((event.into(), listener)));
    }
    let text = match timeout(listener.heartbeat, listener.states.changed()).await {
        Ok(Ok(())) => event(&mut listener),
        Ok(Err(_)) => return Ok(None),
        Err(_) => ": still here\n\n".to_owned(),
    };
    Ok(Some((text.into(), listener)))
}

fn event(listener: &mut Listener) -> String {
    format!("event: state\ndata: {}\n\n", listener.states.borrow_and_update().token())
}
