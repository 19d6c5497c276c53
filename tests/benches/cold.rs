//! `cargo bench`: how long a cold build takes, as a multiple of the least that any generator has to do: read the files,
//! turn their Markdown into HTML, and write files of the same sizes. Both are measured in turn, in one run, on all cores.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pulldown_cmark::{Parser, html};
use rayon::prelude::*;
use stepladder::disk::{self, SiteWriter};
use stepladder::site::{Options, Site};
use stepladder::tree::{File, Tree};
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
        build(&project, &folder.path().join("warm-up"));
        for run in 0..RUNS {
            let start = Instant::now();
            run_baseline(&project, &site, &folder.path().join(format!("least-{run}")));
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

/// Reads every page, renders its Markdown, and writes as many files as the site has, each of its size.
fn run_baseline(project: &Path, site: &Tree, into: &Path) {
    let pages: Vec<PathBuf> = walkdir::WalkDir::new(project.join("content"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let rendered: usize = pages
        .par_iter()
        .map(|page| {
            let source = fs::read_to_string(page).expect("the page is there");
            let mut out = String::new();
            html::push_html(&mut out, Parser::new(&source));
            out.len()
        })
        .sum();
    assert!(rendered > 0, "something is rendered");
    let files: Vec<_> = site.iter().collect();
    files.par_iter().for_each(|(path, file)| {
        let File::Bytes(bytes) = file else { return };
        let target = into.join(path.as_str());
        fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("the folder is made");
        fs::write(target, bytes).expect("the file is written");
    });
}
