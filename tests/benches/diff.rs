//! `cargo bench --bench diff`: how long it takes to compare two revisions of a large ladder in which every tenth line differs,
//! in milliseconds of the processor, apart from reading them.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::fs;

use stepladder::diff::diff;
use stepladder::guide::{Guide, Options};
use stepladder::tree::{Tree, TreePath};

use corpus::{Files, Shape};

fn main() {
    for shape in Shape::ALL {
        let files = shape.files(1_000);
        let (was, now) = (guide(&files), guide(&edited(&files)));
        let start = processor_time();
        let difference = diff(&was, &now);
        let time = (processor_time() - start) / 1_000_000;
        let (texts, pages) = (difference.texts.len(), difference.pages.len());
        println!("{} 1000: {time} ms for {texts} texts and {pages} pages that differ", shape.name());
    }
}

fn guide(files: &Files) -> Guide {
    let project: Tree = files.iter().map(|(path, text)| (TreePath::normalized(path), text.as_str().into())).collect();
    Guide::new(&project, Options { drafts: false, today: jiff::civil::date(2026, 11, 22) }).value
}

/// The files with every tenth list item in other words, replaced or removed.
fn edited(files: &Files) -> Files {
    let mut count = 0;
    let mut edit = |line: &str| {
        count += usize::from(line.starts_with("- "));
        match count % 30 {
            10 if line.starts_with("- ") => line.replacen("- ", "- Regularly ", 1) + "\n",
            20 if line.starts_with("- ") => format!("- Something that no line says yet, number {count}.\n"),
            0 if line.starts_with("- ") => String::new(),
            _ => line.to_owned() + "\n",
        }
    };
    files.iter().map(|(path, text)| (path.clone(), text.lines().map(&mut edit).collect())).collect()
}

/// The nanoseconds that this thread has been computing. Other work on the machine doesn't count.
fn processor_time() -> u64 {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    statistics.split(' ').next().and_then(|time| time.parse().ok()).expect("a number")
}
