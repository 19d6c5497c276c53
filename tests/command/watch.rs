//! `build --watch`: the files in `public/` and the output of the program as the project changes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{broken, careless, project};
use crate::support::{Folder, command};

/// The deadline of every wait, long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The running program, which is killed when this value is dropped.
struct Running {
    child: Child,
    lines: Receiver<String>,
    said: String,
}

impl Running {
    fn new(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = command(&folder.path(""), arguments, &[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stderr = child.stderr.take().expect("its standard error");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines, said: String::new() }
    }

    /// Waits until the program prints some words, and returns its output since the last call.
    #[track_caller]
    fn says(&mut self, words: &str) -> String {
        let end = Instant::now() + DEADLINE;
        while !self.said.contains(words) {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("{words:?} is not in what was said:\n{}", self.said));
            self.said = format!("{}{line}\n", self.said);
        }
        std::mem::take(&mut self.said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a file of the site contains some words.
#[track_caller]
fn gets(folder: &Folder, path: &str, words: &str) {
    let start = Instant::now();
    while !(folder.has(path) && folder.read(path).contains(words)) {
        assert!(start.elapsed() < DEADLINE, "{words:?} is not in {path}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn home(text: &str) -> String {
    format!("---\ntitle: Home\n---\n{text}\n")
}

#[test]
fn each_change_is_written() {
    for arguments in [&["build", "--watch"][..], &["build", "--watch", "--poll"]] {
        let folder = project().on_disk();
        let mut running = Running::new(&folder, arguments);
        let said = running.says("Ctrl-C");
        assert!(said.contains("Built ") && said.contains("public/index.html"), "{said}");
        assert_eq!(said.contains("Polling for changes"), arguments.contains(&"--poll"), "{said}");
        folder.write("content/index.md", home("Other words, and still [[Senior]]."));
        gets(&folder, "public/index.html", "Other words");
        running.says("Built ");
        folder.write("content/notes/new.md", "---\ntitle: New page\n---\n");
        gets(&folder, "public/notes/new.html", "New page");
        folder.write("stepladder.yaml", "title: Renamed guide\n");
        gets(&folder, "public/index.html", "Renamed guide");
        std::fs::remove_dir_all(folder.path("content/notes")).expect("a folder");
        running.says("Built ");
        while folder.has("public/notes") {
            running.says("Built ");
        }
    }
}

#[test]
fn an_error_is_reported_once_and_the_site_stays_until_it_is_fixed() {
    let folder = project().on_disk();
    let mut running = Running::new(&folder, &["build", "--watch"]);
    running.says("Ctrl-C");
    folder.write("content/index.md", home("Welcome to [[Seniro]]."));
    let said = running.says("nothing was written");
    assert!(said.contains("error[broken-link]") && said.contains("content/index.md:4"), "{said}");
    assert!(folder.read("public/index.html").contains("Welcome to <a"));
    // The same error further down is not reported again.
    folder.write("content/index.md", home("One line more.\n\nWelcome to [[Seniro]]."));
    folder.write("content/ic/other.md", "---\ntitle: Other\n---\n[[nowhere]]\n");
    let said = running.says("2 errors");
    assert_eq!(said.matches("Failed").count(), 1, "{said}");
    folder.remove("content/ic/other.md");
    folder.write("content/index.md", home("Mended: [[Senior]]."));
    let said = running.says("Built ");
    assert!(said.contains("no problems"), "{said}");
    gets(&folder, "public/index.html", "Mended");
}

#[test]
fn a_project_with_an_error_is_built_when_it_is_fixed() {
    let folder = broken().on_disk();
    let mut running = Running::new(&folder, &["build", "--watch"]);
    running.says("Ctrl-C");
    assert!(!folder.has("public"));
    folder.write("content/index.md", home("Welcome."));
    running.says("Built ");
    assert!(folder.read("public/index.html").contains("Welcome."));
}

#[test]
fn warnings_are_printed_only_when_they_change() {
    let folder = careless().on_disk();
    let mut running = Running::new(&folder, &["build", "--watch"]);
    assert!(running.says("Ctrl-C").contains("warning[image-alt]"));
    folder.write("content/index.md", home("More.\n\n![](dot.svg)"));
    let said = running.says("Built ");
    assert!(!said.contains("image-alt"), "{said}");
    folder.write("content/index.md", home("![A dot](dot.svg)"));
    assert!(running.says("Built ").contains("no problems"));
}

#[test]
fn the_site_stays_while_parts_of_the_project_are_missing() {
    let folder = project().on_disk();
    let mut running = Running::new(&folder, &["build", "--watch"]);
    running.says("Ctrl-C");
    std::fs::rename(folder.path("content"), folder.path("away")).expect("a folder");
    running.says("there's no folder `content/`");
    assert!(folder.has("public/ic/senior.html"));
    std::fs::rename(folder.path("away"), folder.path("content")).expect("a folder");
    running.says("Built ");
    let config = folder.read("stepladder.yaml");
    folder.remove("stepladder.yaml");
    assert!(!running.says("there's no stepladder.yaml").contains("--project"));
    running.says("put it back");
    folder.write("stepladder.yaml", config);
    running.says("Built ");
}

#[test]
fn a_changed_asset_is_copied_again() {
    let folder = careless().on_disk();
    let mut running = Running::new(&folder, &["build", "--watch", "--quiet"]);
    gets(&folder, "public/dot.svg", "<svg/>");
    folder.write("content/dot.svg", "<svg></svg>\n");
    gets(&folder, "public/dot.svg", "<svg></svg>");
    folder.write("content/index.md", home("[[nowhere]]"));
    assert!(running.says("error[broken-link]").starts_with("error"), "quiet says errors only");
}

#[test]
fn polling_requires_watching() {
    project().run(&["build", "--poll"]).refuses().prints_nothing().says("--watch");
    let folder = project().on_disk();
    folder.write("public/mine.html", "mine");
    folder.run(&["build", "--watch"]).refuses().says("--force");
    folder.remove("stepladder.yaml");
    folder.run(&["build", "--watch"]).refuses().says("there's no stepladder.yaml");
}

#[cfg(unix)]
#[test]
fn signals_end_the_program_successfully() {
    let folder = project().on_disk();
    for signal in ["-INT", "-TERM"] {
        let mut running = Running::new(&folder, &["build", "--watch"]);
        running.says("Ctrl-C");
        let sent = std::process::Command::new("kill").args([signal, &running.child.id().to_string()]).status();
        assert!(sent.expect("the program `kill`").success());
        assert!(running.child.wait().expect("a child").success(), "{signal}");
    }
}

#[test]
fn json_output_has_one_line_for_each_build() {
    let folder = broken().on_disk();
    let mut command = command(&folder.path(""), &["build", "--watch", "--format", "json"], &[]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its standard output")).lines();
    let mut errors = || {
        let line = lines.next().expect("a line").expect("text");
        serde_json::from_str::<serde_json::Value>(&line).expect("JSON")["errors"].as_u64()
    };
    assert_eq!(errors(), Some(1));
    folder.write("content/index.md", home("Welcome."));
    assert_eq!(errors(), Some(0));
    let _ = child.kill();
    let _ = child.wait();
}
