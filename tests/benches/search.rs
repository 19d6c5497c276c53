//! `cargo bench --bench search`: how long a query takes in a real Chromium, on the guide that ships and on sites of
//! 1,000 pages, and how large the index is. The page that measures is opened from disk, and tells what it found by its
//! text.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::fs;
use std::path::Path;
use std::process::Command;

use stepladder::disk;
use stepladder::site::{Options, Site};
use tempfile::TempDir;

use corpus::Shape;

/// The queries: names, parts of them, sentences, typos, and letters that many words begin with.
const QUERIES: [&str; 18] = [
    "senior",
    "IC3",
    "ic 3",
    "oncall",
    "within a month",
    "serviceplan",
    "staff+",
    "mentor",
    "mentoring others",
    "desing reviw",
    "how to get promoted",
    "collaboraton",
    "s",
    "in",
    "service risk customer",
    "zzzzzzzz",
    "plan release",
    "explain the outcome of a review",
];

/// Looks for each of the queries as if it were typed letter by letter, and writes down how long each letter took: the
/// median of five who type the same, so that other work on the machine shows less. The first of all queries stands by
/// itself.
const MEASURE: &str = "
const files = ['search-index.js', ...['words', 'spelling', 'entries', 'find'].map((name) => `scripts/search/${name}.js`)];
const load = (file) => stepladder.load(`site/assets/${file}`);
Promise.all(files.map(load)).then(async ([data, words, spelling, entries, { makeFinder }]) => {
  const clock = async (act) => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const levels = (track) => stepladder.load(`site/compare/${track ? `track-${track - 1}` : 'foundations'}.js`);
  const make = () => makeFinder(data, words, spelling, entries, levels);
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const finders = [];
  const ready = await clock(() => finders.push(make()));
  const first = await clock(() => finders[0].find('engineer', 30));
  while (finders.length < 5) finders.push(make());
  const letters = queries.flatMap((query) => [...query].map((_, at) => query.slice(0, at + 1)));
  const times = [];
  for (const typed of letters) {
    const all = [];
    for (const { find } of finders) all.push(await clock(() => find(typed, 30)));
    times.push([median(all), typed]);
  }
  times.sort(([a], [b]) => a - b);
  const [worst, typed] = times.at(-1);
  const part = (share) => times[Math.floor(times.length * share)][0];
  const said = [ready, first, part(0.5), part(0.9), worst].map((time) => time.toFixed(1).padStart(9));
  document.body.textContent = `MEASURED ${data.title.length}${said.join('')}  (${typed}) MEASURED`;
});
";

fn main() {
    println!(
        "{:<12} {:>9} {:>9}  pages, then ms: ready, first query, median, 90th percentile, worst",
        "", "bytes", "gzip"
    );
    measure("guide", Path::new(env!("CARGO_MANIFEST_DIR")));
    for shape in Shape::ALL {
        let folder = TempDir::new().expect("a temporary folder");
        shape.write(1_000, folder.path());
        measure(shape.name(), folder.path());
    }
}

fn measure(name: &str, project: &Path) {
    let folder = TempDir::new().expect("a temporary folder");
    let options = Options { drafts: false, today: jiff::civil::date(2026, 11, 22) };
    let input = disk::read(project).expect("the project is there");
    let files = Site::new(&input, options).value.render_all().value;
    disk::write(&files, &folder.path().join("site"), false).expect("the folder is new");
    let index = folder.path().join("site/assets/search-index.js");
    let bytes = fs::metadata(&index).expect("the index").len();
    let packed = Command::new("gzip").args(["-9", "-c"]).arg(&index).output().map_or(0, |output| output.stdout.len());
    let page = folder.path().join("measure.html");
    let script = format!("const queries = {QUERIES:?};\n{MEASURE}");
    let html = format!(
        "<!doctype html><meta charset=utf-8><body><script src=site/assets/scripts/data.js></script><script>{script}</script>"
    );
    fs::write(&page, html).expect("the page is written");
    println!("{name:<12} {bytes:>9} {packed:>9}  {}", measured(&page, folder.path()));
}

/// The report that the page shows when it is done.
fn measured(page: &Path, folder: &Path) -> String {
    let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
    let output = Command::new("chromium")
        .args(flags)
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(["--timeout=60000", "--dump-dom"])
        .arg(format!("file://{}", page.display()))
        .output();
    let Ok(output) = output else { return "chromium is not here: apt-get install chromium".to_owned() };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split("MEASURED ").nth(1).and_then(|rest| rest.split(" MEASURED").next()).unwrap_or("nothing").to_owned()
}
