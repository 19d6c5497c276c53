//! An HTTP client that can also send malformed requests.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The deadline of every wait, after which a test fails.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// Connects with a deadline for reads and writes.
pub(super) fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpStream::connect_timeout(&address, DEADLINE).expect("a connection");
    socket.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    socket.set_write_timeout(Some(DEADLINE)).expect("a deadline");
    socket
}

/// Sends bytes and reads until the server closes the connection.
pub(crate) fn send(address: SocketAddr, request: &[u8]) -> TestResponse {
    let mut socket = connect(address);
    // A server may close before it has read a request to its end.
    let _ = socket.write_all(request);
    TestResponse::read(&mut socket)
}

/// A response.
#[derive(Debug)]
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl TestResponse {
    pub(crate) fn read(socket: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        match socket.read_to_end(&mut bytes) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset && !bytes.is_empty() => {}
            Err(error) => panic!("no response: {error}; so far: {}", String::from_utf8_lossy(&bytes)),
        }
        let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("the end of a head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a header");
            (name.to_ascii_lowercase(), value.to_owned())
        };
        let headers = lines.map(header).collect();
        Self { status: status.parse().expect("a number"), headers, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} is there twice: {:?}", self.headers);
        first
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text")
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, String::from_utf8_lossy(&self.body));
        self
    }

    /// The entity tag.
    #[track_caller]
    pub(crate) fn tag(&self) -> String {
        self.header("etag").expect("an entity tag").to_owned()
    }
}

/// An open event stream.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
    pub(super) head: String,
}

impl Events {
    pub(super) fn connect(address: SocketAddr) -> Self {
        let mut socket = connect(address);
        let request =
            format!("GET /_stepladder/events HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n");
        socket.write_all(request.as_bytes()).expect("the request is sent");
        let mut events = Self { lines: BufReader::new(socket), head: String::new() };
        while let line = events.line()
            && !line.is_empty()
        {
            events.head.push_str(&line.to_ascii_lowercase());
            events.head.push('\n');
        }
        events
    }

    /// The next line, without its end.
    pub(super) fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).expect("a line in time");
        assert!(read > 0, "the stream has ended");
        line.trim_end().to_owned()
    }

    /// The token of the next event.
    pub(crate) fn token(&mut self) -> String {
        loop {
            if let Some(token) = self.line().strip_prefix("data: ") {
                return token.to_owned();
            }
        }
    }

    /// Waits until the server closes the stream.
    pub(super) fn ends(mut self) {
        let mut rest = Vec::new();
        match self.lines.read_to_end(&mut rest) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "the stream goes on"),
        }
    }
}
