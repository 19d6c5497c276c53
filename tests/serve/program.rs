//! The program itself: its output, its end, and the way from an edit to the browser.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use super::client::{DEADLINE, Events, TestResponse, connect, send};
use super::project;
use crate::support::{Folder, TODAY};

/// The running program.
pub(crate) struct Program {
    child: Child,
    /// The lines of its standard error.
    lines: Receiver<String>,
    said: String,
    /// The URL that it prints.
    pub(crate) url: String,
    pub(crate) address: SocketAddr,
}

impl Program {
    pub(crate) fn start(folder: &Folder, arguments: &[&str]) -> Self {
        Self::with_programs(folder, arguments, "no-programs")
    }

    /// Starts the program with a folder of the project as its `PATH`.
    fn with_programs(folder: &Folder, arguments: &[&str], programs: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stepladder"));
        command.arg("serve").args(arguments).arg(format!("--today={TODAY}")).current_dir(folder.path(""));
        command
            .env_clear()
            .env("PATH", folder.path(programs))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let errors = BufReader::new(child.stderr.take().expect("its standard error"));
        let (to, lines) = channel();
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| to.send(line)));
        let address = SocketAddr::from(([0, 0, 0, 0], 0));
        let mut program = Self { child, lines, said: String::new(), url: String::new(), address };
        let line = program.says("Serving http://");
        let url = line.split_whitespace().nth(1).expect("an address").to_owned();
        let host = url.trim_start_matches("http://").split('/').next().expect("a host");
        program.address = host.parse().expect("an address in figures");
        program.url = url;
        program
    }

    /// Waits until a line with these words is printed.
    #[track_caller]
    fn says(&mut self, words: &str) -> String {
        let end = Instant::now() + DEADLINE;
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.said.push_str(&line);
                    self.said.push('\n');
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(error) => panic!("{words:?} was not said ({error}), but:\n{}", self.said),
            }
        }
    }

    pub(crate) fn get(&self, path: &str) -> TestResponse {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        send(self.address, request.as_bytes())
    }

    pub(crate) fn events(&self) -> Events {
        Events::connect(self.address)
    }

    /// Waits for the program to end and returns its exit status.
    fn ends(&mut self) -> Option<i32> {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code();
            }
            assert!(Instant::now() < end, "it goes on");
            std::thread::yield_now();
        }
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(sent.expect("the program `kill`").success());
    }
}

impl Program {
    /// Kills the program.
    pub(crate) fn stop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

#[test]
fn a_template_error_is_reported_although_other_edits_follow_at_once() {
    let folder = project().on_disk();
    let mut program = Program::start(&folder, &["--port", "0"]);
    let mut events = program.events();
    events.token();
    folder.write("themes/default/templates/stages.html", "{{ nothing.there }}");
    events.token();
    folder.write("content/about.md", "---\ntitle: About us\n---\nWords.\n");
    program.says("themes/default/templates/stages.html");
}

#[test]
fn an_edit_is_announced_and_served() {
    let folder = project().on_disk();
    let program = Program::start(&folder, &["--port", "0"]);
    let mut events = program.events();
    events.token();
    for number in 0..5 {
        folder.write("content/about.md", format!("---\ntitle: About {number}\n---\nWords.\n"));
        events.token();
        assert!(program.get("/about.html").is(200).text().contains(&format!("<h1>About {number}</h1>")));
        assert!(program.get("/").is(200).text().contains(&format!("About {number}</a>")), "links follow");
    }
    folder.write("content/ic/staff.md", "---\nkind: level\ntitle: Staff\nrank: 3\nfacets: { scope: More. }\n---\n");
    events.token();
    program.get("/ic/staff.html").is(200);
    std::fs::rename(folder.path("content/ic"), folder.path("content/engineering")).unwrap();
    let end = Instant::now() + DEADLINE;
    while program.get("/engineering/staff.html").status != 200 {
        events.token();
        assert!(Instant::now() < end);
    }
    assert_eq!(program.get("/ic/staff.html").is(302).header("location"), Some("/engineering/staff.html"));
    assert!(!folder.has("public"), "nothing is written");
}

/// Replaces a file at once, so that the program never sees a part of it, even on a busy machine.
fn save(folder: &Folder, path: &str, text: &str) {
    folder.write("saved", text);
    std::fs::rename(folder.path("saved"), folder.path(path)).expect("the file is replaced");
}

#[test]
fn problems_are_printed_when_they_change() {
    let folder = project().on_disk();
    let mut program = Program::start(&folder, &["--port=0"]);
    assert!(program.said.contains("no problems"), "{}", program.said);
    let mut events = program.events();
    events.token();
    save(&folder, "content/about.md", "---\ntitle: About\n---\nTo [[Nowhere]].\n");
    program.says("error[broken-link]");
    program.says("Now 1 error");
    events.token();
    for number in 0..3 {
        save(&folder, "content/about.md", &format!("---\ntitle: About\n---\n\nStill {number} to [[Nowhere]].\n"));
        events.token();
    }
    save(&folder, "content/index.md", "---\ntitle: Home\n---\n[[Elsewhere]]\n");
    program.says("error[broken-link]");
    program.says("Now 2 errors");
    save(&folder, "content/about.md", "---\ntitle: About\n---\n");
    program.says("Now 1 error");
    save(&folder, "content/index.md", "---\ntitle: Home\n---\n");
    program.says("Now no problems");
    assert_eq!(program.said.matches("error[").count(), 2, "each problem is said once:\n{}", program.said);
}

#[test]
fn a_partly_written_file_causes_no_error() {
    let folder = project().on_disk();
    let program = Program::start(&folder, &["--port=0"]);
    let mut events = program.events();
    events.token();
    for number in 0..10 {
        folder.write("content/about.md", "---\ntitle: About\n---\nTo [[Nowh");
        folder.write("content/about.md", "---\ntitle: About\nnonsense: yes\n");
        folder.write("content/about.md", format!("---\ntitle: About {number}\n---\n"));
        events.token();
        assert!(program.get("/_stepladder/problems").text().contains("\"errors\":0"));
    }
    assert!(!program.said.contains("error["));
}

#[test]
fn the_site_stays_while_parts_of_the_project_are_missing() {
    let folder = project().on_disk();
    let mut program = Program::start(&folder, &["--port=0"]);
    let mut events = program.events();
    events.token();
    std::fs::rename(folder.path("content"), folder.path("elsewhere")).unwrap();
    program.says("no folder `content/`");
    events.token();
    let told = program.get("/_stepladder/problems");
    assert!(told.text().contains("\"errors\":1") && told.text().contains("no folder `content/`"), "{}", told.text());
    program.get("/about.html").is(200);
    std::fs::rename(folder.path("elsewhere"), folder.path("content")).unwrap();
    program.says("Now no problems");
    events.token();
    assert!(program.get("/_stepladder/problems").text().contains("\"errors\":0"));
    folder.remove("stepladder.yaml");
    program.says("there's no stepladder.yaml");
    events.token();
    folder.write("content/about.md", "---\ntitle: Another\n---\n");
    program.get("/about.html").is(200);
    folder.write("stepladder.yaml", "title: New\nbase_url: https://example.org/guide/\n");
    program.says("Serving http://");
    events.token();
    assert!(program.get("/guide/about.html").is(200).text().contains("· New</title>"));
    assert_eq!(program.said.matches("error:").count(), 2, "each trouble is said once:\n{}", program.said);
}

#[test]
fn the_server_survives_a_closed_terminal() {
    let folder = project().on_disk();
    let mut program = Program::start(&folder, &["--port=0"]);
    let mut events = program.events();
    events.token();
    // The thread that reads the lines ends with the next one, and closes the pipe.
    program.lines = channel().1;
    for number in 0..4 {
        folder.write("content/about.md", format!("---\ntitle: About\n---\nTo [[Nowhere {number}]].\n"));
        events.token();
    }
    folder.write("content/about.md", "---\ntitle: Mended\n---\n");
    events.token();
    assert!(program.get("/about.html").is(200).text().contains("Mended"));
}

#[test]
fn the_url_has_the_configured_base_path() {
    let folder = project().file("stepladder.yaml", "title: T\nbase_url: https://example.org/guide\n").on_disk();
    let program = Program::start(&folder, &["--port=0", "--poll"]);
    assert_eq!(program.url, format!("http://{}/guide/", program.address));
    assert!(program.address.ip().is_loopback(), "nobody else is served: {}", program.address);
    program.get("/guide/about.html").is(200);
}

#[test]
fn the_next_port_is_used_if_one_is_taken() {
    let folder = project().on_disk();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let program = Program::start(&folder, &["--port", &port.to_string()]);
    assert!(
        program.said.contains(&format!("Port {port} is in use; using {}", program.address.port())),
        "{}",
        program.said
    );
    assert!(program.address.port() > port);
    program.get("/").is(200);
}

#[test]
fn listening_on_another_address_prints_a_warning() {
    let folder = project().on_disk();
    let program = Program::start(&folder, &["--port=0", "--host=0.0.0.0"]);
    assert!(program.said.contains("warning: anyone who can reach this computer"), "{}", program.said);
    assert!(program.address.ip().is_loopback(), "the address is one that a browser can open");
    program.get("/").is(200);
    folder.run(&["serve", "--host", "example.org"]).refuses().says("expected an IP address");
    folder.run(&["serve", "--host", "203.0.113.7"]).gives_up().says("error: couldn't listen on 203.0.113.7:4000: ");
}

#[test]
fn a_browser_that_can_not_be_opened_causes_a_warning() {
    let folder = project().on_disk();
    let mut program = Program::start(&folder, &["--port=0", "--open"]);
    program.says("couldn't open a browser at http://");
    program.get("/").is(200);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_url_of_the_site() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project().file("stepladder.yaml", "title: T\nbase_url: https://example.org/guide\n").on_disk();
    let told = folder.path("told");
    let script = format!("#!/bin/sh\necho \"$1\" > '{0}.new' && /bin/mv '{0}.new' '{0}'\n", told.display());
    folder.write("programs/xdg-open", script);
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path("programs/xdg-open"), executable).expect("a program");
    let program = Program::with_programs(&folder, &["--port=0", "--open"], "programs");
    let end = Instant::now() + DEADLINE;
    while !told.exists() {
        assert!(Instant::now() < end, "no browser was opened");
        std::thread::yield_now();
    }
    assert_eq!(folder.read("told").trim_end(), program.url);
}

#[test]
fn drafts_are_served_on_request() {
    let folder = project().file("content/later.md", "---\ntitle: Later\ndraft: true\n---\n").on_disk();
    Program::start(&folder, &["--port=0"]).get("/later.html").is(404);
    Program::start(&folder, &["--port=0", "--drafts"]).get("/later.html").is(200);
}

#[cfg(unix)]
#[test]
fn signals_end_the_server_successfully() {
    for signal in ["INT", "TERM"] {
        let folder = project().on_disk();
        let mut program = Program::start(&folder, &["--port=0"]);
        let mut events = program.events();
        events.token();
        let idle = connect(program.address);
        program.signal(signal);
        let begun = Instant::now();
        assert_eq!(program.ends(), Some(0), "{signal}");
        assert!(begun.elapsed().as_secs() < 5, "nothing holds it up");
        events.ends();
        drop(idle);
    }
}

#[test]
fn the_server_does_not_start_without_a_project_or_content() {
    Folder::empty().run(&["serve"]).refuses().prints_nothing().says("stepladder init");
    let folder = Folder::empty();
    folder.write("stepladder.yaml", "title: Test\n");
    folder.run(&["serve"]).refuses().says("no folder `content/`");
    folder.run(&["serve", "--port", "70000"]).refuses().says("70000");
}
