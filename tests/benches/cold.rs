//! `cargo bench`: how long a cold build takes, as a multiple of the least that any generator has to do: read the files,
//! turn their Markdown into HTML, and write files of the same sizes. Both are measured in turn, in one run, on all cores.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pulldown_cmark::{Parser, html};
use rayon::prelude::*;
use stepladder::disk;
use stepladder::site::{Options, Site};
use stepladder::tree::{File, Tree};
use tempfile::TempDir;

const RUNS: usize = 5;

fn main() {
    println!("{:>6}  {:>9}  {:>9}  {:>6}", "pages", "least", "build", "ratio");
    for pages in [100, 1_000, 10_000] {
        let folder = TempDir::new().expect("a temporary folder");
        let project = folder.path().join("project");
        generate(&project, pages);
        let mut least = Vec::new();
        let mut ours = Vec::new();
        let mut site = build(&project, &folder.path().join("warm-up"));
        for run in 0..RUNS {
            let start = Instant::now();
            do_the_least(&project, &site, &folder.path().join(format!("least-{run}")));
            least.push(start.elapsed());
            let start = Instant::now();
            site = build(&project, &folder.path().join(format!("ours-{run}")));
            ours.push(start.elapsed());
        }
        let (least, ours) = (median(least), median(ours));
        println!("{pages:>6}  {least:>9.1?}  {ours:>9.1?}  {:>6.2}", ours.as_secs_f64() / least.as_secs_f64());
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn build(project: &Path, into: &Path) -> Tree {
    let options = Options { drafts: false, today: jiff::civil::date(2026, 11, 22) };
    let input = disk::read(project).expect("the project is there");
    let files = Site::new(&input, options).value.render_all().value;
    disk::write(&files, into, false).expect("the folder is new");
    files
}

/// Reads every page, renders its Markdown, and writes as many files as the site has, each of its size.
fn do_the_least(project: &Path, site: &Tree, into: &Path) {
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

/// A project of a large company: tracks of ten levels with ten competencies each; the rest are articles and terms that
/// link to levels and to each other.
fn generate(root: &Path, pages: usize) {
    let tracks = (pages / 300).max(1);
    let mut words = Words(0);
    put(root, "stepladder.yaml", "title: Bench\n");
    put(root, "content/index.md", "---\ntitle: Home\n---\nWelcome.\n");
    let mut count = 1;
    for competency in 0..10 {
        let text = format!("---\nkind: competency\ntitle: Competency {competency}\n---\n{}\n", words.sentence(30));
        put(root, &format!("content/competencies/c{competency}.md"), &text);
        count += 1;
    }
    for track in 0..tracks {
        put(
            root,
            &format!("content/t{track}/index.md"),
            &format!("---\nkind: track\ntitle: Track {track}\n---\nText.\n"),
        );
        for level in 0..10 {
            put(root, &format!("content/t{track}/l{level}.md"), &level_page(track, level, &mut words));
        }
        count += 11;
    }
    for article in 0..pages.saturating_sub(count) {
        let (track, level) = (article % tracks, article % 10);
        let mut text = format!("---\nkind: article\ntitle: Article {article}\nlevels: [t{track}/l{level}]\n---\n");
        for section in 0..4 {
            let _ = write!(text, "## {}\n\n{} [[t{track}/l{section}]] ", words.sentence(4), words.sentence(60));
            let _ =
                write!(text, "[next](a{}.md)\n\n- {}\n- {}\n\n", article / 2, words.sentence(12), words.sentence(12));
        }
        put(root, &format!("content/articles/a{article}.md"), &text);
    }
}

fn level_page(track: usize, level: usize, words: &mut Words) -> String {
    let mut text = format!("---\nkind: level\ntitle: Level {level} of track {track}\nrank: {}\n", level + 1);
    if level > 0 {
        let _ = writeln!(text, "extends: t{track}/l{}", level - 1);
    }
    let _ = write!(text, "facets:\n  scope: {}\n  impact: {}\n---\n", words.sentence(6), words.sentence(6));
    for competency in 0..10 {
        let _ = write!(text, "\n## Competency {competency}\n\n");
        for _ in 0..3 {
            let _ = writeln!(text, "- {}\n  > {}", words.sentence(14), words.sentence(14));
        }
    }
    text
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
    fs::write(file, text).expect("the file is written");
}

/// Words in an order that looks like chance and is the same every time.
struct Words(u64);

impl Words {
    fn sentence(&mut self, length: usize) -> String {
        const WORDS: [&str; 16] = [
            "team", "design", "review", "service", "plan", "release", "test", "risk", "customer", "scope", "outcome",
            "write", "explain", "measure", "lead", "help",
        ];
        let mut sentence = String::from("Sometimes");
        for _ in 1..length {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sentence.push(' ');
            sentence.push_str(WORDS[usize::try_from(self.0 >> 60).unwrap_or(0)]);
        }
        sentence
    }
}
