//! The event stream (Server-Sent Events) that notifies a page of each new state. An event carries only the state's
//! token, never content.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::state::PreviewState;

/// The time after which a browser connects again when the connection was lost.
const RECONNECT_DELAY: Duration = Duration::from_millis(300);

/// A response that sends the token of the present state and of each later one, with a comment in each heartbeat
/// interval without an event. The permit counts against the limit of event streams until the client disconnects.
pub(super) fn event_stream(
    mut states: watch::Receiver<Arc<PreviewState>>,
    heartbeat_interval: Duration,
    permit: OwnedSemaphorePermit,
) -> Response {
    states.mark_changed();
    let events = stream::unfold((states, permit), async |(mut states, permit)| {
        states.changed().await.ok()?;
        let event = Event::default().retry(RECONNECT_DELAY).event("state").data(states.borrow_and_update().token());
        Some((Ok::<_, Infallible>(event), (states, permit)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(heartbeat_interval).text("still here")).into_response()
}
