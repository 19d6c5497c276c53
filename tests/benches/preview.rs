//! The program while it serves a project, and a browser's connection to it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The pause between requests of a browser that polls, so that it doesn't occupy a core.
const PAUSE: Duration = Duration::from_micros(200);

/// The timeout of any step.
const DEADLINE: Duration = Duration::from_secs(30);

/// `stepladder serve` in a process of its own.
pub(crate) struct Preview {
    child: Child,
    host: String,
    stream: BufReader<TcpStream>,
}

struct Answer {
    status: u16,
    tag: String,
    body: String,
}

impl Preview {
    /// Starts it, and connects as soon as it says where it is.
    pub(crate) fn start(project: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stepladder"));
        command.args(["serve", "--port=0", "--today=2026-11-22", "--project"]).arg(project);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut said = BufReader::new(child.stderr.take().expect("its standard error"));
        let mut line = String::new();
        while !line.starts_with("Serving http://") {
            line.clear();
            assert!(said.read_line(&mut line).expect("a line") > 0, "the program serves");
        }
        thread::spawn(move || io::copy(&mut said, &mut io::sink()));
        let host = line.split('/').nth(2).expect("a host").to_owned();
        let stream = TcpStream::connect(&host).expect("a connection");
        stream.set_nodelay(true).expect("a connection without delay");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        Self { child, host, stream: BufReader::new(stream) }
    }

    /// The content of an address.
    pub(crate) fn get(&mut self, url: &str) -> String {
        let answer = self.ask(url, "");
        assert_eq!(answer.status, 200, "{url}");
        answer.body
    }

    /// Asks for an address until its answer has a text; the moment when that has been read whole. As a browser does, it
    /// says what it has already, so that only another answer is sent whole.
    pub(crate) fn wait_for(&mut self, url: &str, text: &str) -> Instant {
        let end = Instant::now() + DEADLINE;
        let mut tag = String::new();
        loop {
            let answer = self.ask(url, &tag);
            let now = Instant::now();
            if answer.body.contains(text) {
                return now;
            }
            assert!(now < end, "{url} shows {text:?}");
            tag = answer.tag;
            thread::sleep(PAUSE);
        }
    }

    /// The resident memory of the process, in kB, if the system reports it.
    pub(crate) fn resident(&self) -> Option<u32> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    fn ask(&mut self, url: &str, known: &str) -> Answer {
        let condition = if known.is_empty() { String::new() } else { format!("If-None-Match: {known}\r\n") };
        let request = format!("GET {url} HTTP/1.1\r\nHost: {}\r\n{condition}\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).expect("the request is sent");
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("an answer");
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let (mut length, mut tag) = (0, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a head");
            match line.trim_end().split_once(": ") {
                None => break,
                Some(("content-length", value)) => length = value.parse().expect("a length"),
                Some(("etag", value)) => value.clone_into(&mut tag),
                Some(_) => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a body");
        Answer { status, tag, body: String::from_utf8(body).expect("a text") }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
