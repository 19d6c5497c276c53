//! The server: takes connections, as many as it can bear, and hands each request to the handler.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio::sync::{Notify, Semaphore};
use tokio::time::{sleep, timeout};

use super::handler::Handler;
use super::preview::Preview;
use super::shutdown::select;
use super::write_timeout::WriteTimeout;

/// The port that is tried first when none is asked for.
pub const PORT: u16 = 4000;

/// How many ports are tried, one after the other.
const TRIES: u16 = 100;

/// How many connections may wait until they are taken. When a crowd comes at once, those past it would try again only
/// after a second.
const WAITING: u32 = 1024;

/// How long the server waits before it goes on when the system has no room for another connection.
const BREATH: Duration = Duration::from_millis(20);

/// How long an answer that is under way may take when its connection is to be closed.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What the server bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a request's head may take, and how long a connection may idle.
    pub head: Duration,
    /// How long a reader may take nothing of an answer.
    pub stall: Duration,
    /// How often an event stream shows that it is alive.
    pub heartbeat: Duration,
    /// How many connections there may be. More make the server close those that idle longest.
    pub connections: usize,
    /// How many of them may listen to events.
    pub listeners: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            connections: 1200,
            listeners: 400,
        }
    }
}

/// How many bytes the head of a request may have.
const LARGEST_HEAD: usize = 32 << 10;

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    host: IpAddr,
}

impl Server {
    /// Listens on a port, or on the next that is free; 0 takes any.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn listen(host: IpAddr, port: u16) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let inside = runtime.enter();
        let last = if port == 0 { 0 } else { port.saturating_add(TRIES) };
        let mut tried = Err(io::ErrorKind::AddrInUse.into());
        for port in port..=last {
            tried = bind(SocketAddr::new(host, port));
            if !matches!(&tried, Err(error) if error.kind() == io::ErrorKind::AddrInUse) {
                break;
            }
        }
        let listener = tried?;
        drop(inside);
        Ok(Self { runtime, listener, host })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `end` is there, and then stops at once.
    pub fn run(self, preview: Arc<Preview>, limits: Limits, end: impl Future<Output = ()>) {
        let listeners = Arc::new(Semaphore::new(limits.listeners));
        let (host, heartbeat) = (self.host, limits.heartbeat);
        let handler = Arc::new(Handler { preview, host, heartbeat, listeners, tags: Arc::default() });
        self.runtime.block_on(select(accept(&self.listener, &handler, limits), end));
        self.runtime.shutdown_background();
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // So that a preview can be started again at once. Elsewhere this would share the port with another server.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Takes connections for as long as it is let.
async fn accept(listener: &TcpListener, handler: &Arc<Handler>, limits: Limits) {
    let open = Arc::new(Open::default());
    for number in 0.. {
        if open.count() >= limits.connections {
            open.close_idlest();
        }
        let Ok((socket, _)) = listener.accept().await else {
            // Mostly, there are no file handles left.
            open.close_idlest();
            sleep(BREATH).await;
            continue;
        };
        let Ok(here) = socket.local_addr() else { continue };
        // Latency counts; a connection that can't be told so works all the same.
        let _ = socket.set_nodelay(true);
        let connection = open.enter(number);
        let (handler, open) = (Arc::clone(handler), Arc::clone(&open));
        tokio::spawn(async move {
            serve(socket, here, &handler, &connection, limits).await;
            open.leave(number);
        });
    }
}

/// Answers the requests of one connection.
async fn serve(
    socket: TcpStream,
    here: SocketAddr,
    handler: &Arc<Handler>,
    connection: &Arc<Connection>,
    limits: Limits,
) {
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let (handler, connection) = (Arc::clone(handler), Arc::clone(connection));
        async move {
            connection.used();
            let (request, _) = request.into_parts();
            let answer = handler.answer(&request, here).await;
            let is_stream = answer.headers().get(hyper::header::CONTENT_LENGTH).is_none();
            connection.listens.store(is_stream && answer.status().is_success(), Ordering::Relaxed);
            Ok::<_, Infallible>(answer)
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(LARGEST_HEAD);
    let serving = http.serve_connection(WriteTimeout::new(socket, limits.stall), service);
    let mut serving = pin!(serving);
    // What goes wrong with a connection is the reader's business, who will come again.
    if select(serving.as_mut(), connection.close.notified()).await.is_none() {
        serving.as_mut().graceful_shutdown();
        let _ = timeout(LAST_WORDS, serving).await;
    }
}

/// One open connection.
#[derive(Debug, Default)]
struct Connection {
    /// When its last request came, counted in requests and connections.
    last: AtomicU64,
    listens: AtomicBool,
    closing: AtomicBool,
    close: Notify,
    clock: Arc<AtomicU64>,
}

impl Connection {
    fn used(&self) {
        self.last.store(self.clock.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// All open connections.
#[derive(Debug, Default)]
struct Open {
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
    clock: Arc<AtomicU64>,
}

impl Open {
    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self) -> usize {
        self.all().len()
    }

    fn enter(&self, number: u64) -> Arc<Connection> {
        let connection = Arc::new(Connection { clock: Arc::clone(&self.clock), ..Connection::default() });
        connection.used();
        self.all().insert(number, Arc::clone(&connection));
        connection
    }

    fn leave(&self, number: u64) {
        self.all().remove(&number);
    }

    /// Closes the connection that was used longest ago and is no event stream.
    fn close_idlest(&self) {
        let all = self.all();
        let idle = all.values().filter(|connection| {
            !connection.listens.load(Ordering::Relaxed) && !connection.closing.load(Ordering::Relaxed)
        });
        if let Some(idlest) = idle.min_by_key(|connection| connection.last.load(Ordering::Relaxed)) {
            idlest.closing.store(true, Ordering::Relaxed);
            idlest.close.notify_one();
        }
    }
}
