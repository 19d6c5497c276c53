//! The event stream (Server-Sent Events) that notifies a page of each new state. An event carries only the state's
//! token, never content.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

use super::body::{Body, Chunk};
use super::state::PreviewState;

/// One client's event stream.
struct EventStream {
    states: watch::Receiver<Arc<PreviewState>>,
    heartbeat_interval: Duration,
    /// Whether the event for the state at the time of the request has been sent.
    sent_initial_event: bool,
    /// Counts against the limit of event streams until the client disconnects.
    _permit: OwnedSemaphorePermit,
}

/// A body that sends the token of the present state and of each later one, with a comment in each heartbeat interval
/// without an event.
pub(super) fn event_stream(
    states: watch::Receiver<Arc<PreviewState>>,
    heartbeat_interval: Duration,
    permit: OwnedSemaphorePermit,
) -> Body {
    let stream = EventStream { states, heartbeat_interval, sent_initial_event: false, _permit: permit };
    Body::stream(stream, next_chunk)
}

async fn next_chunk(mut stream: EventStream) -> Chunk<EventStream> {
    if !std::mem::replace(&mut stream.sent_initial_event, true) {
        let event = format!("retry: 300\n\n{}", state_event(&mut stream));
        return Ok(Some((event.into(), stream)));
    }
    let text = match timeout(stream.heartbeat_interval, stream.states.changed()).await {
        Ok(Ok(())) => state_event(&mut stream),
        Ok(Err(_)) => return Ok(None),
        Err(_) => ": still here\n\n".to_owned(),
    };
    Ok(Some((text.into(), stream)))
}

/// The event for the newest state, which counts as seen from then on.
fn state_event(stream: &mut EventStream) -> String {
    format!("event: state\ndata: {}\n\n", stream.states.borrow_and_update().token())
}
