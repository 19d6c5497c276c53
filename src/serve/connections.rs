//! The open connections of the server, and which of them to close when there are too many.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// One open connection.
#[derive(Debug, Default)]
pub(super) struct OpenConnection {
    /// The logical time of the last request.
    last_used: AtomicU64,
    is_event_stream: AtomicBool,
    is_closing: AtomicBool,
    close: Notify,
    /// The logical clock of all connections: it advances with each connection and each request.
    clock: Arc<AtomicU64>,
}

impl OpenConnection {
    /// Records a request.
    pub(super) fn mark_used(&self) {
        self.last_used.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Records whether the response to the last request is an event stream, which is never idle.
    pub(super) fn set_event_stream(&self, is_event_stream: bool) {
        self.is_event_stream.store(is_event_stream, Ordering::Relaxed);
    }

    /// Waits until the connection has to close.
    pub(super) async fn close_requested(&self) {
        self.close.notified().await;
    }

    /// Returns whether the connection is neither an event stream nor closing already.
    fn can_close(&self) -> bool {
        !self.is_event_stream.load(Ordering::Relaxed) && !self.is_closing.load(Ordering::Relaxed)
    }
}

/// All open connections by their ids.
#[derive(Debug, Default)]
pub(super) struct Connections {
    open: Mutex<HashMap<u64, Arc<OpenConnection>>>,
    clock: Arc<AtomicU64>,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<OpenConnection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn count(&self) -> usize {
        self.lock().len()
    }

    /// Adds a new connection.
    pub(super) fn open(&self, id: u64) -> Arc<OpenConnection> {
        let connection = Arc::new(OpenConnection { clock: Arc::clone(&self.clock), ..OpenConnection::default() });
        connection.mark_used();
        self.lock().insert(id, Arc::clone(&connection));
        connection
    }

    pub(super) fn remove(&self, id: u64) {
        self.lock().remove(&id);
    }

    /// Asks the connection that was used longest ago to close. Event streams stay open.
    pub(super) fn close_most_idle(&self) {
        let open = self.lock();
        let candidates = open.values().filter(|connection| connection.can_close());
        if let Some(connection) = candidates.min_by_key(|connection| connection.last_used.load(Ordering::Relaxed)) {
            connection.is_closing.store(true, Ordering::Relaxed);
            connection.close.notify_one();
        }
    }
}
