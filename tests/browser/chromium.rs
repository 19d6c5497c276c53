//! Drives Chromium. It takes long to start, so a test takes over one that another test has finished with, if there is
//! one.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::webdriver::Session;
use crate::serve::client::DEADLINE;

/// The flags with which Chromium is started. Pages on disk may be read by scripts.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--no-first-run",
    "--allow-file-access-from-files",
    "--window-size=1000,700",
];

/// The interval at which a condition of a page is checked.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// The browsers of all tests.
static POOL: Mutex<Pool> = Mutex::new(Pool { tabs: 0, idle: Vec::new() });

/// Browsers that wait for the next test. There are never more browsers than threads that run tests.
struct Pool {
    /// The number of tests that have a browser, or are about to.
    tabs: usize,
    idle: Vec<Browser>,
}

/// Functions that every script of a test may use: the preview's own corner of the page, and what of it is seen; and how
/// often the page was compared with the preview, which asks for the style sheet last (once more at the start).
const PRELUDE: &str = "
const find = words => document.querySelector(words);
const top = words => find(words).getBoundingClientRect().top;
const corner = document.querySelector('stepladder-preview')?.shadowRoot;
const own = name => corner?.querySelector(`.stepladder-${name}`);
const seen = name => own(name)?.checkVisibility() ? own(name).innerText : null;
const rounds = () => performance.getEntriesByType('resource')
  .filter(({ initiatorType, name }) => initiatorType === 'fetch' && name.endsWith('/style.css')).length - 1;
";

/// Whether Chromium and its driver are here. If they aren't, says how to get them.
fn is_installed() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let missing: Vec<&str> = [("chromium", "chromium"), ("chromedriver", "chromium-driver")]
        .into_iter()
        .filter(|(program, _)| !std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
        .map(|(_, package)| package)
        .collect();
    if missing.is_empty() {
        return true;
    }
    let help = format!("not tested in a browser, which is not here: apt-get install {}", missing.join(" "));
    assert!(std::env::var_os("CI").is_none(), "{help}");
    eprintln!("\n*** {help} ***\n");
    false
}

/// A browser and the program that drives it. Both end with this value.
struct Browser {
    session: Session,
    _driver: Driver,
    _profile: TempDir,
}

/// The program that drives browsers.
struct Driver {
    child: Child,
    address: SocketAddr,
    log: TempDir,
}

impl Driver {
    fn start() -> Self {
        let log = TempDir::new().expect("a temporary folder");
        let file = log.path().join("log");
        let child = Command::new("chromedriver")
            .arg("--port=0")
            .arg(format!("--log-path={}", file.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver starts");
        let mut driver = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        let port = driver.port();
        driver.address.set_port(port);
        driver
    }

    /// Reads the port that it says it listens on.
    fn port(&mut self) -> u16 {
        let said = BufReader::new(self.child.stdout.take().expect("its standard output"));
        let mut lines = said.lines().map_while(Result::ok);
        let port =
            lines.find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        // What else it says must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        port.expect("chromedriver says where it listens")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    fn start() -> Self {
        let driver = Driver::start();
        let profile = TempDir::new().expect("a temporary folder");
        let place = format!("--user-data-dir={}", profile.path().display());
        let flags: Vec<&str> = FLAGS.into_iter().chain([place.as_str()]).collect();
        let capabilities = json!({
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": DEADLINE.as_millis(), "pageLoad": 3 * DEADLINE.as_millis() },
        });
        let session = Session::start(driver.address, &capabilities).unwrap_or_else(|error| {
            let log = std::fs::read_to_string(driver.log.path().join("log")).unwrap_or_default();
            panic!("Chromium does not start: {error}\n{log}")
        });
        Self { session, _driver: driver, _profile: profile }
    }
}

/// A tab of a browser that no other test uses meanwhile.
pub(super) struct Tab {
    /// Present until the tab is dropped.
    browser: Option<Browser>,
}

impl Tab {
    /// An empty tab; `None` where there is no browser.
    pub(super) fn new() -> Option<Self> {
        if !is_installed() {
            return None;
        }
        let idle = {
            let mut pool = pool();
            pool.tabs += 1;
            pool.idle.pop()
        };
        let mut tab = Self { browser: idle };
        tab.browser.get_or_insert_with(Browser::start);
        tab.open("about:blank");
        tab.device("Emulation.clearDeviceMetricsOverride", &json!({}));
        tab.device("Emulation.setEmulatedMedia", &json!({ "media": "", "features": [] }));
        tab.device("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
        // Whether the window of a headless browser has the focus is a matter of chance.
        tab.device("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }));
        tab.console();
        Some(tab)
    }

    fn session(&self) -> &Session {
        &self.browser.as_ref().expect("a tab has a browser until it is dropped").session
    }

    /// Makes the browser behave as another device would: a command of Chromium's own protocol, such as
    /// `Emulation.setDeviceMetricsOverride`. It holds until the next test takes a tab.
    #[track_caller]
    pub(super) fn device(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    /// Shows pages as wide and as high as a small phone, from the next page on.
    #[track_caller]
    pub(super) fn phone(&self) {
        let size = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
        self.device("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Shows pages to a reader who prefers dark ones.
    #[track_caller]
    pub(super) fn dark(&self) {
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        self.device("Emulation.setEmulatedMedia", &scheme);
    }

    /// Shows pages as a printer gets them.
    #[track_caller]
    pub(super) fn print(&self) {
        self.device("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// Runs no script of any page from the next one on. Those of tests still run.
    #[track_caller]
    pub(super) fn without_scripts(&self) {
        self.device("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// Types into whatever has the focus. Keys that are no letters are those of [`super::webdriver::key`].
    #[track_caller]
    pub(super) fn press(&self, keys: &str) {
        require(self.session().type_into_focused(keys));
    }

    #[track_caller]
    fn post(&self, command: &str, parameters: &Value) -> Value {
        require(self.session().post(command, parameters))
    }

    /// Goes to an address and waits until the page is loaded.
    #[track_caller]
    pub(super) fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Goes back to the page before.
    #[track_caller]
    pub(super) fn back(&self) {
        self.post("/back", &json!({}));
    }

    fn execute(&self, script: &str) -> Result<Value, String> {
        self.session().post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a script in the page and returns its value.
    #[track_caller]
    pub(super) fn run(&self, script: &str) -> Value {
        require(self.execute(&format!("{PRELUDE}{script}")))
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub(super) fn get(&self, expression: &str) -> Value {
        self.run(&format!("return {expression};"))
    }

    /// A text that an expression is worth in the page.
    #[track_caller]
    pub(super) fn text(&self, expression: &str) -> String {
        let value = self.get(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression} is {value}")).to_owned()
    }

    /// Requires that an expression is true in the page.
    #[track_caller]
    pub(super) fn holds(&self, expression: &str) {
        let value = self.get(expression);
        assert_eq!(value, true, "{expression}");
    }

    /// Waits until an expression is true in the page, whatever page that is by then.
    #[track_caller]
    pub(super) fn until(&self, expression: &str) {
        let script = format!("{PRELUDE}return !!({expression});");
        let end = Instant::now() + DEADLINE;
        loop {
            let last = self.execute(&script);
            if matches!(last, Ok(Value::Bool(true))) {
                return;
            }
            if Instant::now() > end {
                let page = self.get("[location.href, document.body.innerText, corner?.textContent]");
                panic!("in vain until {expression}: {last:?}; the page: {page:#}");
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Clicks on an element of the page.
    #[track_caller]
    pub(super) fn click(&self, words: &str) {
        require(self.session().on_element(words, "/click", &json!({})));
    }

    /// Types into an element of the page.
    #[track_caller]
    pub(super) fn write(&self, words: &str, text: &str) {
        require(self.session().on_element(words, "/value", &json!({ "text": text })));
    }

    /// The console messages since the last call, except hints.
    #[track_caller]
    pub(super) fn console(&self) -> Vec<String> {
        let said = self.post("/se/log", &json!({ "type": "browser" }));
        let lines = said.as_array().expect("a list of messages").iter();
        let line = |line: &Value| format!("{}: {}", line["level"], line["message"]);
        lines.map(line).filter(|line| !line.contains("\"DEBUG\"")).collect()
    }
}

impl Drop for Tab {
    /// Returns the browser to the pool. The last tab ends all browsers: nothing would end them after the tests.
    fn drop(&mut self) {
        let ended = {
            let mut pool = pool();
            pool.tabs -= 1;
            pool.idle.extend(self.browser.take());
            if pool.tabs == 0 { std::mem::take(&mut pool.idle) } else { Vec::new() }
        };
        drop(ended);
    }
}

#[track_caller]
fn require(answer: Result<Value, String>) -> Value {
    answer.unwrap_or_else(|error| panic!("the browser: {error}"))
}

/// The pool, which a failed test leaves as usable as it was.
fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}
