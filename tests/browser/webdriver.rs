//! The part of the `WebDriver` protocol that the tests need, over one connection to a driver.

use std::io::{BufRead, BufReader, Error, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::serve::client::DEADLINE;

/// The key under which the protocol sends an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that aren't letters, as the protocol writes them.
pub(super) mod key {
    pub(crate) const BACKSPACE: &str = "\u{e003}";
    pub(crate) const TAB: &str = "\u{e004}";
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const CONTROL: &str = "\u{e009}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const END: &str = "\u{e010}";
    pub(crate) const HOME: &str = "\u{e011}";
    pub(crate) const UP: &str = "\u{e013}";
    pub(crate) const RIGHT: &str = "\u{e014}";
    pub(crate) const DOWN: &str = "\u{e015}";
    pub(crate) const DELETE: &str = "\u{e017}";
}

/// A session: one window of one browser. Ends with this value.
pub(super) struct Session {
    connection: Mutex<BufReader<TcpStream>>,
    /// The path of the session's commands, `/session/…`.
    path: String,
}

impl Session {
    /// Starts a browser.
    pub(super) fn start(driver: SocketAddr, capabilities: &Value) -> Result<Self, String> {
        let socket = TcpStream::connect(driver).map_err(|error| error.to_string())?;
        // A page may take three times as long as a script before the driver itself reports that.
        socket.set_read_timeout(Some(4 * DEADLINE)).map_err(|error| error.to_string())?;
        let mut session = Self { connection: Mutex::new(BufReader::new(socket)), path: "/session".to_owned() };
        let started = session.post("", &json!({ "capabilities": { "alwaysMatch": capabilities } }))?;
        session.path = format!("/session/{}", started["sessionId"].as_str().ok_or("a session has an id")?);
        Ok(session)
    }

    /// Runs a command with parameters.
    pub(super) fn post(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.send("POST", command, &parameters.to_string())
    }

    /// Runs a command about the first element that a selector finds.
    pub(super) fn on_element(&self, selector: &str, command: &str, parameters: &Value) -> Result<Value, String> {
        let element = self.post("/element", &json!({ "using": "css selector", "value": selector }))?;
        self.post(&format!("/element/{}{command}", id(&element)?), parameters)
    }

    /// Types into the element that has the focus.
    pub(super) fn type_into_focused(&self, keys: &str) -> Result<Value, String> {
        let element = self.send("GET", "/element/active", "")?;
        self.post(&format!("/element/{}/value", id(&element)?), &json!({ "text": keys }))
    }

    fn send(&self, method: &str, command: &str, body: &str) -> Result<Value, String> {
        let path = format!("{}{command}", self.path);
        let (status, answer) = self.exchange(method, &path, body).map_err(|error| format!("{path}: {error}"))?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| format!("{path}: {error}"))?;
        let value = answer["value"].take();
        if status == 200 { Ok(value) } else { Err(format!("{}: {}", value["error"], value["message"])) }
    }

    /// Sends a request and reads its answer: the status and the body.
    fn exchange(&self, method: &str, path: &str, body: &str) -> Result<(u16, Vec<u8>), Error> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", body.len());
        connection.get_mut().write_all(format!("{head}{body}").as_bytes())?;
        let mut line = String::new();
        connection.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut length = 0;
        while line.trim_end() != "" {
            line.clear();
            connection.read_line(&mut line)?;
            let header = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            length = header.and_then(|(_, value)| value.trim().parse().ok()).unwrap_or(length);
        }
        let mut answer = vec![0; length];
        connection.read_exact(&mut answer)?;
        Ok((status.ok_or_else(|| Error::other("no status"))?, answer))
    }
}

fn id(element: &Value) -> Result<&str, String> {
    element[ELEMENT].as_str().ok_or_else(|| format!("not an element: {element}"))
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver ends the browser. If even that fails, there is nothing more to do.
        let _ = self.send("DELETE", "", "");
    }
}
