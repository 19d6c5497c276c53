//! `cargo bench`: how long a cold build takes, as a multiple of the least that any generator has to do: read the files,
//! turn their Markdown into HTML, and write files of the same sizes. Both are measured in turn, in one run, on all cores.

#[path = "../corpus/mod.rs"]
mod corpus;
mod floor;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stepladder::disk::{self, SiteWriter};
use stepladder::site::{Options, Site};
use stepladder::tree::File;
use tempfile::TempDir;

use corpus::Shape;

const RUNS: usize = 5;

fn main() {
    println!("{:<8}  {:>6}  {:>9}  {:>9}  {:>6}", "shape", "pages", "least", "build", "ratio");
    let sizes = [100, 1_000, 10_000];
    for (shape, pages) in Shape::ALL.into_iter().flat_map(|shape| sizes.map(|pages| (shape, pages))) {
        let folder = TempDir::new().expect("a temporary folder");
        let project = folder.path().join("project");
        shape.write(pages, &project);
        let mut least = Vec::new();
        let mut ours = Vec::new();
        let site = in_memory(&project).render_all().value;
        let size = |file: &File| if let File::Bytes(bytes) = file { bytes.len() } else { 0 };
        let files: Vec<(PathBuf, usize)> = site.iter().map(|(path, file)| (path.as_str().into(), size(file))).collect();
        build(&project, &folder.path().join("warm-up"));
        for run in 0..RUNS {
            let start = Instant::now();
            floor::run(&project, &files, &folder.path().join(format!("least-{run}")));
            least.push(start.elapsed());
            let start = Instant::now();
            build(&project, &folder.path().join(format!("ours-{run}")));
            ours.push(start.elapsed());
        }
        let (least, ours) = (median(least), median(ours));
        let (name, ratio) = (shape.name(), ours.as_secs_f64() / least.as_secs_f64());
        println!("{name:<8}  {pages:>6}  {least:>9.1?}  {ours:>9.1?}  {ratio:>6.2}");
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn in_memory(project: &Path) -> Site {
    let options = Options { drafts: false, today: jiff::civil::date(2026, 11, 22) };
    Site::new(&disk::read(project).expect("the project is there"), options).value
}

/// What the command `build` does.
fn build(project: &Path, into: &Path) {
    let site = in_memory(project);
    let writer = SiteWriter::begin(site.paths().into_iter().cloned(), into, false).expect("the folder is new");
    site.render_each(|path, file| writer.put(path, &file)).expect("the files can be written");
    writer.publish().expect("the site can be published");
}
