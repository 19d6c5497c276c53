//! `cargo bench --bench warm`: how soon the live preview shows what was saved.
//!
//! The real program serves a project on disk, and a browser's connection asks it for a page over HTTP.
//!
//! An edit counts from the end of the write of its file until an answer that has the change in it has been read whole:
//! what the system takes to tell of it, the preview's wait for the rest of a burst, all stages, the rendering of that
//! one page, HTTP, and up to [a fifth of a millisecond](preview) until the browser asks again. The write itself doesn't
//! count, nor do the pages that are looked at afterwards to see that nothing on them is stale, nor the rest between two
//! edits, which lets the preview come to rest as it does between two savings of a person. The text that is saved is
//! each time another one, so that nothing can be taken from an earlier edit.
//!
//! Two things the preview does only when nothing was shown or saved for a while: it looks at all files once more, and
//! tries changed templates out on pages that nobody has asked for. Quick edits follow too soon for that; where they
//! take long, as on a busy machine, it may fall into them and is part of their figures.
//!
//! A start counts from the start of the process until the home page has been read. It stands beside what a cold build
//! takes without its writing: reading, all stages, and rendering all pages.
//!
//! The yardstick is what the simplest of all previews would have to do to find an edit: write one page, and ask the
//! system for length and date of all of them. Figures of two machines are compared as multiples of it.
//!
//! The last column is how much longer it takes at 10,000 pages than at 100; the project is 100 times as large then.

#[path = "../corpus/mod.rs"]
mod corpus;
mod edits;
mod preview;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use stepladder::disk;
use stepladder::site::{Options, Site};
use tempfile::TempDir;

use corpus::Shape;
use edits::{EDITS, Edit, Other, Places, Sign};
use preview::Preview;

const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// The number of edits of a kind before the measured ones, and the number of measured ones.
const WARM_UP: usize = 5;
const COUNTED: usize = 41;

/// The number of measured starts and cold builds.
const STARTS: usize = 5;

/// The pause between a response and the next edit.
const REST: Duration = Duration::from_millis(30);

/// The size of the project whose memory is looked at, and after how many edits.
const MEMORY_PAGES: usize = 1_000;
const MEMORY_EDITS: [usize; 2] = [50, 1_050];

const START: &str = "start";
const BUILD: &str = "build";

/// A row of the table: its label and its measurements.
type Row = (&'static str, Vec<Duration>);

fn main() {
    Shape::ALL.into_iter().for_each(print_table);
}

/// Measures a shape at all sizes, and prints the figures.
fn print_table(shape: Shape) {
    let columns = SIZES.map(|pages| measure(shape, pages));
    println!("\nThe {} shape, in milliseconds: median, 90th percentile\n", shape.name());
    print!("{:<18}", "pages");
    for pages in SIZES {
        print!("{pages:>20}");
    }
    println!("{:>9}", "growth");
    for (at, (name, _)) in columns[0].iter().enumerate() {
        print!("{name:<18}");
        for rows in &columns {
            print!("{:>11.2}{:>9.2}", percentile(&rows[at].1, 50), percentile(&rows[at].1, 90));
        }
        let [few, _, many] = columns.each_ref().map(|rows| percentile(&rows[at].1, 50));
        println!("{:>9.1}", many / few);
    }
    print!("{:<18}", format!("{START} / {BUILD}"));
    for rows in &columns {
        let median = |name| rows.iter().find(|row| row.0 == name).map_or(0.0, |row| percentile(&row.1, 50));
        print!("{:>11.2}{:>9}", median(START) / median(BUILD), "");
    }
    println!();
    look_at_memory(shape);
}

/// Measures everything at one size.
fn measure(shape: Shape, pages: usize) -> Vec<Row> {
    let folder = TempDir::new().expect("a temporary folder");
    let root = folder.path();
    let places = Places::of(shape);
    shape.write(pages, root);
    edits::prepare(&places, root);
    let (mut starts, mut builds) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        builds.push(build(root));
        let start = Instant::now();
        let mut preview = Preview::start(root);
        preview.get("/");
        starts.push(start.elapsed());
    }
    let mut preview = Preview::start(root);
    let mut number = 0;
    let mut rows: Vec<Row> =
        EDITS.iter().map(|kind| (kind.name, edit(&mut preview, &places, root, kind, &mut number))).collect();
    drop(preview);
    rows.push(("yardstick", (0..COUNTED).map(|_| run_baseline(&places, root)).collect()));
    rows.push((START, starts));
    rows.push((BUILD, builds));
    rows
}

/// Does edits of one kind, and looks after each that nothing is stale.
fn edit(preview: &mut Preview, places: &Places, root: &Path, kind: &Edit, number: &mut usize) -> Vec<Duration> {
    let file = root.join((kind.file)(places));
    let original = fs::read_to_string(&file).expect("the file is there");
    let mut times = Vec::new();
    for _ in 0..WARM_UP + COUNTED {
        *number += 1;
        times.push(edit_once(preview, places, root, kind, &original, *number));
    }
    fs::write(file, original).expect("the file is written");
    thread::sleep(REST);
    times.split_off(WARM_UP)
}

fn edit_once(
    preview: &mut Preview,
    places: &Places,
    root: &Path,
    kind: &Edit,
    original: &str,
    number: usize,
) -> Duration {
    let sign = Sign(number);
    let text = (kind.change)(places, original, &sign);
    thread::sleep(REST);
    fs::write(root.join((kind.file)(places)), text).expect("the file is written");
    let written = Instant::now();
    let time = preview.wait_for(&(kind.url)(places), &sign.text()) - written;
    for Other { url, part, text, there } in (kind.others)(places, &sign) {
        let answer = preview.get(&url);
        let shown = answer.split_once(part).is_some_and(|(_, part)| part.contains(&text));
        assert_eq!(shown, there, "{}: whether {url} shows {text:?}", kind.name);
    }
    time
}

/// A cold build without its writing.
fn build(root: &Path) -> Duration {
    let start = Instant::now();
    let options = Options { drafts: false, today: jiff::civil::date(2026, 11, 22) };
    let site = Site::new(&disk::read(root).expect("the project is there"), options).value;
    let files = site.render_all().value;
    let time = start.elapsed();
    assert!(!files.is_empty(), "there is a site");
    time
}

/// Writes one page, and asks the system about all.
fn run_baseline(places: &Places, root: &Path) -> Duration {
    let page = root.join((EDITS[0].file)(places));
    let text = fs::read(&page).expect("the page is there");
    let pages: Vec<_> = walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok).collect();
    let start = Instant::now();
    fs::write(page, text).expect("the page is written");
    let known = pages.iter().filter_map(|page| fs::metadata(page.path()).ok()?.modified().ok()).count();
    assert_eq!(known, pages.len(), "all are there");
    start.elapsed()
}

/// Prints how much memory the preview has after a few edits of all kinds, and after many.
fn look_at_memory(shape: Shape) {
    let folder = TempDir::new().expect("a temporary folder");
    let root = folder.path();
    let places = Places::of(shape);
    shape.write(MEMORY_PAGES, root);
    edits::prepare(&places, root);
    let texts = EDITS.map(|kind| fs::read_to_string(root.join((kind.file)(&places))).expect("the file is there"));
    let mut preview = Preview::start(root);
    let mut number = 0;
    let [few, many] = MEMORY_EDITS.map(|edits| {
        while number < edits {
            let kind = number % EDITS.len();
            number += 1;
            edit_once(&mut preview, &places, root, &EDITS[kind], &texts[kind], number);
        }
        preview.resident()
    });
    let (Some(few), Some(many)) = (few, many) else { return println!("\nThe system doesn't tell of memory.") };
    let (few, many) = (f64::from(few) / 1024.0, f64::from(many) / 1024.0);
    println!(
        "\nMemory at {MEMORY_PAGES} pages: {few:.1} MB after {} edits, {many:.1} MB after {}: {:+.1} %",
        MEMORY_EDITS[0],
        MEMORY_EDITS[1],
        (many / few - 1.0) * 100.0
    );
}

/// A percentile of the times, in milliseconds.
fn percentile(times: &[Duration], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() * percent / 100].as_secs_f64() * 1e3
}
