//! `cargo test --bench instructions`: how many instructions the stages take on a small ladder, counted by valgrind, and
//! compared with the budgets in `instructions.txt`. Counts are nearly the same in every run, however busy the machine is.
//! The budgets are for the profile of tests, so that nothing is compiled for them alone; `cargo bench --bench instructions`
//! counts those of an optimized build, and compares nothing.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use jiff::civil::date;
use stepladder::site::{Options, Site};
use stepladder::tree::{File, Tree, TreePath};
use tempfile::TempDir;

use corpus::Shape;

/// The number of pages of the ladder: enough for two tracks of eight levels.
const PAGES: usize = 40;

/// The part of its budget, in percent, that an operation may take more.
const TOLERANCE: u64 = 10;

/// The argument with which this program runs the operations, under valgrind.
const RUN: &str = "--run-operations";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == RUN) {
        run_operations();
        return ExitCode::SUCCESS;
    }
    match Command::new("valgrind").arg("--version").output() {
        Ok(found) if found.status.success() => report(&count()),
        _ => {
            eprintln!("NOT TESTED: valgrind isn't installed, so no instructions are counted");
            if std::env::var_os("CI").is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
    }
}

/// The operations. What happens in these functions is counted, by their names.
mod operations {
    use std::hint::black_box;

    use stepladder::guide::Guide;
    use stepladder::ladder::{self, InputChanges};
    use stepladder::link::{LinkCache, Targets};
    use stepladder::markdown::RawHtml;
    use stepladder::page;
    use stepladder::site::{Options, Site};
    use stepladder::tree::{File, Tree};

    pub(crate) const NAMES: [&str; 7] =
        ["parse_pages", "build_ladder", "resolve_links", "build_site", "render_level", "render_matrix", "render_site"];

    #[inline(never)]
    pub(crate) fn parse_pages(project: &Tree) {
        for (path, file) in project.inside(page::FOLDER) {
            let File::Bytes(bytes) = file else { continue };
            black_box(page::parse(path, bytes, RawHtml::Safe).value);
        }
    }

    #[inline(never)]
    pub(crate) fn build_ladder(Guide { config, pages, names, .. }: &Guide) {
        black_box(ladder::build(config, pages, names).value);
    }

    #[inline(never)]
    pub(crate) fn resolve_links(Guide { config, pages, names, ladder, routes, anchors, .. }: &Guide) {
        let targets = Targets { config, pages, names, ladder, routes, anchors };
        black_box(LinkCache::default().update(targets, &mut InputChanges::everything()).value);
    }

    /// All stages before the first page is rendered: the guide, the theme, and what pages share.
    #[inline(never)]
    pub(crate) fn build_site(project: &Tree, options: Options) -> Site {
        Site::new(project, options).value
    }

    #[inline(never)]
    pub(crate) fn render_level(site: &Site) {
        super::render(site, "t0/l4.html");
    }

    #[inline(never)]
    pub(crate) fn render_matrix(site: &Site) {
        super::render(site, "matrix.html");
    }

    #[inline(never)]
    pub(crate) fn render_site(site: &Site) {
        black_box(site.render_all().value);
    }
}

/// Renders a page. It isn't among the operations, within which it would be another one.
fn render(site: &Site, path: &str) {
    black_box(site.render(&TreePath::normalized(path)).expect("a file of the site").expect("a page"));
}

fn run_operations() {
    // Threads that wait for work would count, too.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("the first pool of this process");
    let file = |(path, text): (String, String)| (TreePath::normalized(&path), File::from(text));
    let project: Tree = Shape::Company.files(PAGES).into_iter().map(file).collect();
    let site = operations::build_site(&project, Options { drafts: false, today: date(2026, 11, 22) });
    operations::parse_pages(&project);
    operations::build_ladder(site.context());
    operations::resolve_links(site.context());
    operations::render_level(&site);
    operations::render_matrix(&site);
    operations::render_site(&site);
}

/// The number of instructions of each operation.
fn count() -> Vec<u64> {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("counts");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=instructions::operations::*", "--compress-strings=no"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(std::env::current_exe().expect("this program"))
        .arg(RUN)
        .output()
        .expect("valgrind starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts = fs::read_to_string(file).expect("valgrind has written its counts");
    operations::NAMES.into_iter().map(|name| inclusive(&counts, name)).collect()
}

/// The instructions of all calls of an operation in a file of counts: the line of the call has the name, that after the
/// next one the count, behind the line in the source.
fn inclusive(counts: &str, operation: &str) -> u64 {
    let lines: Vec<&str> = counts.lines().collect();
    let name = format!("cfn=instructions::operations::{operation}");
    let calls = lines.windows(3).filter(|lines| lines[0] == name && lines[1].starts_with("calls="));
    let count = calls.filter_map(|lines| lines[2].split_once(' ')?.1.parse::<u64>().ok()).sum();
    assert!(count > 0, "{operation} was counted");
    count
}

fn budget_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/instructions.txt")
}

/// Prints the counts beside the budgets, and fails if one is exceeded. With `STEPLADDER_BLESS`, the counts become the
/// budgets.
fn report(counts: &[u64]) -> ExitCode {
    let has_budgets = cfg!(debug_assertions);
    if has_budgets && std::env::var_os("STEPLADDER_BLESS").is_some() {
        let lines = operations::NAMES.iter().zip(counts).map(|(operation, count)| format!("{operation} {count}\n"));
        fs::write(budget_file(), lines.collect::<String>()).expect("the budgets can be written");
    }
    let text = fs::read_to_string(budget_file()).expect("the budgets are there");
    let budgets: BTreeMap<&str, u64> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(operation, budget)| (operation, budget.parse().expect("a number")))
        .collect();
    let mut is_exceeded = false;
    println!("{:<16}{:>12}{:>12}{:>8}", "operation", "thousands", "budget", "of it");
    for (operation, count) in operations::NAMES.iter().zip(counts) {
        let budget = budgets.get(operation).copied().unwrap_or(0);
        if !has_budgets {
            println!("{operation:<16}{:>12}", count / 1000);
            continue;
        }
        let exceeds = *count > budget + budget * TOLERANCE / 100;
        is_exceeded |= exceeds;
        let change = format!("{} %", count * 100 / budget.max(1));
        let mark = if exceeds { "  exceeded" } else { "" };
        println!("{operation:<16}{:>12}{:>12}{change:>8}{mark}", count / 1000, budget / 1000);
    }
    if is_exceeded {
        eprintln!("An operation takes over {TOLERANCE} % more than its budget in tests/benches/instructions.txt.");
        eprintln!("If that's worth it: STEPLADDER_BLESS=1 cargo test --bench instructions");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
