//! `cargo bench --bench comparison`: one table of what a cold build, a second build and an edit take, beside Hugo and beside
//! the least that any generator has to do. All are real programs on real files, run in turn, so that what else the machine
//! does falls on each of them. Other numbers of pages can be given: `cargo bench --bench comparison -- 500 2000`.

#[path = "../corpus/mod.rs"]
mod corpus;
#[allow(dead_code, reason = "one of the edits is measured, without what other pages show after it")]
mod edits;
mod floor;
mod hugo;
#[allow(dead_code, reason = "the memory of the preview isn't measured")]
mod preview;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use corpus::Shape;
use edits::{EDITS, Places, Sign};
use preview::Preview;

const RUNS: usize = 5;

/// The edits before the measured ones, and the measured ones.
const WARM_UP: usize = 3;
const EDITS_COUNTED: usize = 15;

/// The pause between a response and the next edit.
const REST: Duration = Duration::from_millis(30);

/// The pause between two looks at a process.
const PAUSE: Duration = Duration::from_millis(1);

/// The times and the peaks of memory, in kB, of the runs of one program.
#[derive(Default)]
struct Runs {
    seconds: Vec<f64>,
    memory: Vec<f64>,
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let hugo = hugo::find();
    println!("Load of the machine before: {}", load());
    println!();
    println!(
        "| shape | pages | Markdown, MB | site, MB | ours, s | Hugo, s | floor, s | ours / Hugo | ours / floor | ours, MB | Hugo, MB | second build, s | edit to served, ms |"
    );
    println!("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    let mut spread: f64 = 1.0;
    for shape in [Shape::Neutral, Shape::Company] {
        for pages in &sizes {
            // Hugo has no cells and no inheritance, so it can't make the site of a company's ladder.
            spread = spread.max(measure(shape, *pages, hugo.as_deref().filter(|_| shape == Shape::Neutral)));
        }
    }
    println!();
    println!(
        "Medians of {RUNS} runs of each program in turn. The slowest run of a program took up to {spread:.2} times as long"
    );
    println!("as its fastest; smaller differences than that say nothing. Load of the machine after: {}", load());
}

/// Prints the row of a project; returns how much longer the slowest run of a program took than its fastest, as a factor.
fn measure(shape: Shape, pages: usize, hugo: Option<&Path>) -> f64 {
    let folder = TempDir::new().expect("a temporary folder");
    let root = folder.path().join("ours");
    shape.write(pages, &root);
    let site = root.join("public");
    build(&root);
    let files = sizes_in(&site);
    let other = folder.path().join("hugo");
    if hugo.is_some() {
        hugo::write_project(&shape.files(pages), &other);
    }
    let [mut ours, mut again, mut floor, mut theirs] = [const { Runs { seconds: Vec::new(), memory: Vec::new() } }; 4];
    for _ in 0..RUNS {
        let into = folder.path().join("floor");
        let start = Instant::now();
        floor::run(&root, &files, &into);
        floor.seconds.push(start.elapsed().as_secs_f64());
        remove(&into);
        if let Some(hugo) = hugo {
            remove(&other.join("public"));
            theirs.add(Command::new(hugo).arg("--quiet").current_dir(&other));
        }
        remove(&site);
        remove(&root.join(".stepladder-cache"));
        ours.add(&mut program(&root));
        again.add(&mut program(&root));
    }
    let markdown: usize = sizes_in(&root.join("content")).iter().map(|(_, size)| size).sum();
    let written: usize = files.iter().map(|(_, size)| size).sum();
    let of_hugo =
        |value: f64, digits: usize| if hugo.is_some() { format!("{value:.digits$}") } else { "–".to_owned() };
    let (built, least) = (median(&ours.seconds), median(&floor.seconds));
    println!(
        "| {} | {pages} | {:.1} | {:.1} | {built:.3} | {} | {least:.3} | {} | {:.2} | {:.0} | {} | {:.3} | {:.1} |",
        shape.name(),
        megabytes(markdown),
        megabytes(written),
        of_hugo(median(&theirs.seconds), 3),
        of_hugo(built / median(&theirs.seconds), 2),
        built / least,
        median(&ours.memory) / 1024.0,
        of_hugo(median(&theirs.memory) / 1024.0, 0),
        median(&again.seconds),
        edit_to_served(shape, &root) * 1000.0,
    );
    [&ours, &floor, &theirs].into_iter().map(Runs::spread).fold(1.0, f64::max)
}

fn program(project: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stepladder"));
    command.args(["build", "--quiet", "--today=2026-11-22"]).current_dir(project);
    command
}

fn build(project: &Path) {
    assert!(program(project).status().expect("the program starts").success(), "the ladder has no errors");
}

impl Runs {
    /// Runs a program once more.
    fn add(&mut self, command: &mut Command) {
        let start = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut peak = 0.0_f64;
        let status = loop {
            // The peak so far can be read until the process ends.
            peak = peak.max(peak_memory(child.id()).unwrap_or(0.0));
            if let Some(status) = child.try_wait().expect("a process of ours") {
                break status;
            }
            thread::sleep(PAUSE);
        };
        self.seconds.push(start.elapsed().as_secs_f64());
        self.memory.push(peak);
        assert!(status.success(), "{command:?} succeeds");
    }

    /// How much longer the slowest run took than the fastest, as a factor.
    fn spread(&self) -> f64 {
        let slowest = self.seconds.iter().copied().fold(0.0, f64::max);
        let fastest = self.seconds.iter().copied().fold(f64::INFINITY, f64::min);
        slowest / fastest
    }
}

/// The most memory that a process had so far, in kB, if the system reports it.
fn peak_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// The median time from the end of the write of an article until the preview has served it, in seconds.
fn edit_to_served(shape: Shape, root: &Path) -> f64 {
    let (places, edit) = (Places::of(shape), &EDITS[0]);
    let file = root.join((edit.file)(&places));
    let original = fs::read_to_string(&file).expect("the file is there");
    let mut preview = Preview::start(root);
    let mut times = Vec::new();
    for number in 0..WARM_UP + EDITS_COUNTED {
        let sign = Sign(number);
        thread::sleep(REST);
        fs::write(&file, (edit.change)(&places, &original, &sign)).expect("the file is written");
        let written = Instant::now();
        times.push((preview.wait_for(&(edit.url)(&places), &sign.text()) - written).as_secs_f64());
    }
    median(&times[WARM_UP..])
}

/// The files of a folder by their path in it, and their sizes.
fn sizes_in(folder: &Path) -> Vec<(PathBuf, usize)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a readable folder"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let size = |entry: &walkdir::DirEntry| usize::try_from(entry.metadata().expect("a file").len()).expect("a size");
    files.map(|entry| (entry.path().strip_prefix(folder).expect("a path in it").to_owned(), size(&entry))).collect()
}

fn remove(folder: &Path) {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => panic!("{}: {error}", folder.display()),
        _ => {}
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The load averages of the machine.
fn load() -> String {
    fs::read_to_string("/proc/loadavg").map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}
