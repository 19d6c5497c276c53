//! The HTTP server: accepts connections up to a limit and passes each request to the [`Handler`].

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_io_timeout::TimeoutStream;

use super::handler::{Handler, router};
use super::preview::Preview;

/// The port to listen on when the user names none.
pub const DEFAULT_PORT: u16 = 4000;

/// The number of ports after the requested one that are tried when it is taken.
const MAX_PORT_FALLBACKS: u16 = 100;

/// The listen backlog: how many connections the system queues until they are accepted. A client beyond that retries
/// only after a second.
const LISTEN_BACKLOG: u32 = 1024;

/// The delay before the next `accept` after one failed, usually because no file descriptor is free.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(20);

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
    /// The number of connections that may be open. Further ones wait until one closes, at the latest after
    /// `header_timeout` of an idle one.
    pub max_connections: usize,
    /// The number of connections that may be event streams; fewer than all, so that pages are served as well.
    pub max_event_streams: usize,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
            heartbeat_interval: Duration::from_secs(15),
            // macOS allows a process 256 open files by default; the rest is for files of the site.
            max_connections: 200,
            max_event_streams: 100,
        }
    }
}

/// A server that listens on a port; [`Server::run`] starts to answer.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    /// The address that the server was asked to listen on.
    host: IpAddr,
    /// The address that it listens on.
    address: SocketAddr,
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
        let address = listener.local_addr()?;
        drop(context);
        Ok(Self { runtime, listener, host, address })
    }

    /// The address that the server listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
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
        self.runtime.block_on(async {
            tokio::select! {
                () = accept_connections(&self.listener, &handler, limits) => {}
                () = shutdown => {}
            }
        });
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

/// Accepts connections for as long as the future is polled, and serves each in a task of its own. While the limit of
/// connections is reached, further ones wait in the system's queue.
async fn accept_connections(listener: &TcpListener, handler: &Arc<Handler>, limits: ServerLimits) {
    let permits = Arc::new(Semaphore::new(limits.max_connections));
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let Ok((socket, _)) = listener.accept().await else {
            sleep(ACCEPT_RETRY_DELAY).await;
            continue;
        };
        let handler = Arc::clone(handler);
        tokio::spawn(async move {
            serve_connection(socket, handler, limits).await;
            drop(permit);
        });
    }
}

/// Answers the requests of one connection until either side closes it.
async fn serve_connection(socket: TcpStream, handler: Arc<Handler>, limits: ServerLimits) {
    let Ok(local_address) = socket.local_addr() else { return };
    // Lowers the latency of small responses; a connection without this option works as well.
    let _ = socket.set_nodelay(true);
    let service = TowerToHyperService::new(router(handler, local_address));
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(limits.write_timeout));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout).max_buf_size(MAX_REQUEST_HEAD_BYTES);
    // Errors of a connection are ignored: they concern only the client, which reconnects.
    let _ = http.serve_connection(TokioIo::new(Box::pin(socket)), service).await;
}
