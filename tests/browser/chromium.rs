//! Drives a Chromium. All tests share one, one after the other: it takes long to start.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use url::{ParseError, Url};

use crate::serve::client::DEADLINE;

/// How Chromium is started wherever tests run. Pages on disk may be looked into.
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

/// How often a page is asked whether something has become true.
const PULSE: Duration = Duration::from_millis(10);

/// The browser, for as long as some test wants it.
static SHARED: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// Who has it uses the browser.
static TURN: Mutex<()> = Mutex::new(());

/// What every script of a test may use: the preview's own corner of the page, and what of it is seen; and how often the page
/// was compared with the preview, which asks for the style sheet last (once more at the start).
const WORDS: &str = "
const find = words => document.querySelector(words);
const top = words => find(words).getBoundingClientRect().top;
const corner = document.querySelector('stepladder-preview')?.shadowRoot;
const own = name => corner?.querySelector(`.stepladder-${name}`);
const seen = name => own(name)?.checkVisibility() ? own(name).innerText : null;
const rounds = () => performance.getEntriesByType('resource')
  .filter(({ initiatorType, name }) => initiatorType === 'fetch' && name.endsWith('/style.css')).length - 1;
";

/// Whether Chromium and its driver are here. If they aren't, says how to get them.
fn is_here() -> bool {
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
    runtime: Runtime,
    client: Client,
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
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start();
        let profile = TempDir::new().expect("a temporary folder");
        let place = format!("--user-data-dir={}", profile.path().display());
        let flags: Vec<&str> = FLAGS.into_iter().chain([place.as_str()]).collect();
        let Value::Object(wishes) = json!({
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": DEADLINE.as_millis(), "pageLoad": 3 * DEADLINE.as_millis() },
        }) else {
            unreachable!("it is an object")
        };
        let address = format!("http://{}", driver.address);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connect = async { builder.capabilities(wishes).connect(&address).await };
        let client = runtime.block_on(connect).unwrap_or_else(|error| {
            let log = std::fs::read_to_string(driver.log.path().join("log")).unwrap_or_default();
            panic!("Chromium does not start: {error}\n{log}")
        });
        Self { runtime, client, _driver: driver, _profile: profile }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends what it has started; if even that fails, there is nothing more to do.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// A tab of the browser, which no other test uses meanwhile.
pub(super) struct Tab {
    browser: Arc<Browser>,
    _turn: MutexGuard<'static, ()>,
}

impl Tab {
    /// A tab with nothing in it; `None` where there is no browser.
    pub(super) fn new() -> Option<Self> {
        if !is_here() {
            return None;
        }
        let browser = {
            let mut shared = lock(&SHARED);
            shared.upgrade().unwrap_or_else(|| {
                let browser = Arc::new(Browser::start());
                *shared = Arc::downgrade(&browser);
                browser
            })
        };
        let tab = Self { browser, _turn: lock(&TURN) };
        tab.open("about:blank");
        tab.device("Emulation.clearDeviceMetricsOverride", &json!({}));
        tab.device("Emulation.setEmulatedMedia", &json!({ "media": "", "features": [] }));
        tab.device("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
        tab.console();
        Some(tab)
    }

    /// Makes the browser behave as another device would: a command of Chromium's own protocol, such as
    /// `Emulation.setDeviceMetricsOverride`. It holds until the next test takes a tab.
    #[track_caller]
    pub(super) fn device(&self, command: &str, parameters: &Value) {
        let body = json!({ "cmd": command, "params": parameters }).to_string();
        self.wait(self.browser.client.issue_cmd(Own { path: "goog/cdp/execute", body }));
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

    /// Types into whatever has the focus. Keys that are no letters are those of [`fantoccini::key::Key`].
    #[track_caller]
    pub(super) fn press(&self, keys: &str) {
        self.wait(async { self.browser.client.active_element().await?.send_keys(keys).await });
    }

    #[track_caller]
    fn wait<T, E: std::fmt::Display>(&self, answer: impl Future<Output = Result<T, E>>) -> T {
        self.browser.runtime.block_on(answer).unwrap_or_else(|error| panic!("the browser: {error}"))
    }

    /// Goes to an address and waits until the page is loaded.
    #[track_caller]
    pub(super) fn open(&self, url: &str) {
        self.wait(self.browser.client.goto(url));
    }

    /// Goes back to the page before.
    #[track_caller]
    pub(super) fn back(&self) {
        self.wait(self.browser.client.back());
    }

    /// What a script in the page returns.
    #[track_caller]
    pub(super) fn run(&self, script: &str) -> Value {
        self.wait(self.browser.client.execute(&format!("{WORDS}{script}"), Vec::new()))
    }

    /// What an expression is worth in the page.
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
        let script = format!("{WORDS}return !!({expression});");
        let end = Instant::now() + DEADLINE;
        let mut pulse = Duration::ZERO;
        loop {
            let asked = async {
                tokio::time::sleep(pulse).await;
                self.browser.client.execute(&script, Vec::new()).await
            };
            let last = self.browser.runtime.block_on(asked);
            if matches!(last, Ok(Value::Bool(true))) {
                return;
            }
            if Instant::now() > end {
                let page = self.get("[location.href, document.body.innerText, corner?.textContent]");
                panic!("in vain until {expression}: {last:?}; the page: {page:#}");
            }
            pulse = PULSE;
        }
    }

    /// Clicks on an element of the page.
    #[track_caller]
    pub(super) fn click(&self, words: &str) {
        self.wait(async { self.browser.client.find(Locator::Css(words)).await?.click().await });
    }

    /// Types into an element of the page.
    #[track_caller]
    pub(super) fn write(&self, words: &str, text: &str) {
        self.wait(async { self.browser.client.find(Locator::Css(words)).await?.send_keys(text).await });
    }

    /// What the console has said since it was asked last, hints aside.
    #[track_caller]
    pub(super) fn console(&self) -> Vec<String> {
        let body = json!({ "type": "browser" }).to_string();
        let said = self.wait(self.browser.client.issue_cmd(Own { path: "se/log", body }));
        let lines = said.as_array().expect("a list of messages").iter();
        let line = |line: &Value| format!("{}: {}", line["level"], line["message"]);
        lines.map(line).filter(|line| !line.contains("\"DEBUG\"")).collect()
    }
}

/// What the drivers of Chromium alone can do.
#[derive(Debug)]
struct Own {
    /// The command's path in a session.
    path: &'static str,
    body: String,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, driver: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        driver.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.clone()))
    }
}

/// Locks what a failed test leaves as good as it was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
