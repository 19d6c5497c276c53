//! The HTTP server: accepts connections up to a limit and passes each request to the [`Handler`].

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::connections::{Connections, OpenConnection};
use super::handler::Handler;
use super::preview::Preview;
use super::shutdown::select;
use super::write_timeout::WriteTimeout;

/// The port to listen on when the user names none.
pub const DEFAULT_PORT: u16 = 4000;

/// The number of ports after the requested one that are tried when it is taken.
const MAX_PORT_FALLBACKS: u16 = 100;

/// The listen backlog: how many connections the system queues until they are accepted. A client beyond that retries
/// only after a second.
const LISTEN_BACKLOG: u32 = 1024;

/// The delay before the next `accept` after one failed, usually because no file descriptor is free.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(20);

/// The time that a response in progress may still take after its connection was asked to close.
const GRACEFUL_CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The largest head of a request (request line and headers) that is read.
const MAX_REQUEST_HEAD_BYTES: usize = 32 << 10;

/// Timeouts and limits of a [`Server`].
#[derive(Debug, Clone, Copy)]
pub struct ServerLimits {
    /// The time in which a client has to send the head of a request; also the time for which a connection may stay
    /// idle.
    pub header_timeout: Duration,
    /// The time for which a client may read nothing of a response.
    pub write_timeout: Duration,
    /// The interval at which an event stream sends a comment, so that both ends notice a lost connection.
    pub heartbeat_interval: Duration,
    /// The number of connections that may be open. Beyond it, the server closes those that have been idle longest.
    pub max_connections: usize,
    /// The number of connections that may be event streams.
    pub max_event_streams: usize,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
            heartbeat_interval: Duration::from_secs(15),
            max_connections: 1200,
            max_event_streams: 400,
        }
    }
}

/// A server that listens on a port; [`Server::run`] starts to answer.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    host: IpAddr,
}

impl Server {
    /// Listens on a port, or on the next free one if it is taken. Port 0 lets the system choose.
    ///
    /// # Errors
    /// If no port is free or the address can't be bound.
    pub fn listen(host: IpAddr, port: u16) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let context = runtime.enter();
        let last = if port == 0 { 0 } else { port.saturating_add(MAX_PORT_FALLBACKS) };
        let mut bound = Err(io::ErrorKind::AddrInUse.into());
        for port in port..=last {
            bound = bind(SocketAddr::new(host, port));
            if !matches!(&bound, Err(error) if error.kind() == io::ErrorKind::AddrInUse) {
                break;
            }
        }
        let listener = bound?;
        drop(context);
        Ok(Self { runtime, listener, host })
    }

    /// The address that the server listens on.
    ///
    /// # Errors
    /// If the system can't report the address.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `shutdown` completes, then stops without waiting for open connections.
    pub fn run(self, preview: Arc<Preview>, limits: ServerLimits, shutdown: impl Future<Output = ()>) {
        let handler = Arc::new(Handler {
            preview,
            host: self.host,
            heartbeat_interval: limits.heartbeat_interval,
            event_streams: Arc::new(Semaphore::new(limits.max_event_streams)),
            etags: Arc::default(),
        });
        self.runtime.block_on(select(accept_connections(&self.listener, &handler, limits), shutdown));
        self.runtime.shutdown_background();
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Allows a preview to be restarted at once. On other systems, this option would share the port with another server.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LISTEN_BACKLOG)
}

/// Accepts connections for as long as the future is polled, and serves each in a task of its own.
async fn accept_connections(listener: &TcpListener, handler: &Arc<Handler>, limits: ServerLimits) {
    let connections = Arc::new(Connections::default());
    for id in 0.. {
        if connections.count() >= limits.max_connections {
            connections.close_most_idle();
        }
        let Ok((socket, _)) = listener.accept().await else {
            // Usually, the process has run out of file descriptors.
            connections.close_most_idle();
            sleep(ACCEPT_RETRY_DELAY).await;
            continue;
        };
        let Ok(local_address) = socket.local_addr() else { continue };
        // Lowers the latency of small responses; a connection without this option works as well.
        let _ = socket.set_nodelay(true);
        let connection = connections.open(id);
        let (handler, connections) = (Arc::clone(handler), Arc::clone(&connections));
        tokio::spawn(async move {
            serve_connection(socket, local_address, &handler, &connection, limits).await;
            connections.remove(id);
        });
    }
}

/// Answers the requests of one connection until either side closes it.
async fn serve_connection(
    socket: TcpStream,
    local_address: SocketAddr,
    handler: &Arc<Handler>,
    connection: &Arc<OpenConnection>,
    limits: ServerLimits,
) {
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let (handler, connection) = (Arc::clone(handler), Arc::clone(connection));
        async move {
            connection.mark_used();
            let (request, _) = request.into_parts();
            let response = handler.respond(&request, local_address).await;
            let is_stream = response.headers().get(hyper::header::CONTENT_LENGTH).is_none();
            connection.set_event_stream(is_stream && response.status().is_success());
            Ok::<_, Infallible>(response)
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout).max_buf_size(MAX_REQUEST_HEAD_BYTES);
    let serving = http.serve_connection(WriteTimeout::new(socket, limits.write_timeout), service);
    let mut serving = pin!(serving);
    // Errors of a connection are ignored: they concern only the client, which reconnects.
    if select(serving.as_mut(), connection.close_requested()).await.is_none() {
        serving.as_mut().graceful_shutdown();
        let _ = timeout(GRACEFUL_CLOSE_TIMEOUT, serving).await;
    }
}
