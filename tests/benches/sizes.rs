//! `cargo bench --bench sizes`: how large a site is, as a multiple of its Markdown, and which parts of it are. Sizes are in
//! kilobytes and the same on every machine. `tests/weight.rs` holds the limits, at a size that is quick to build.

#[path = "../corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fs;

use stepladder::site::{Options, Site};
use stepladder::tree::{File, Tree, TreePath};

use corpus::Shape;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    for pages in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        for shape in Shape::ALL {
            measure(shape, pages);
        }
    }
}

fn measure(shape: Shape, pages: usize) {
    let mut project = Tree::default();
    let mut markdown = 0;
    for (path, text) in shape.files(pages) {
        let path = TreePath::normalized(&path);
        markdown += if path.as_str().starts_with("content/") { text.len() } else { 0 };
        project.insert(path, File::from(text));
    }
    let site = Site::new(&project, Options { drafts: false, today: jiff::civil::date(2026, 11, 22) }).value;
    let kinds: BTreeMap<&TreePath, &str> =
        site.pages().map(|(page, address)| (&address.file, page.kind.as_str())).collect();
    let mut parts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (path, file) in site.render_all().value.iter() {
        let part = kinds.get(path).map_or_else(|| part(path.as_str()), |kind| format!("pages: {kind}"));
        let size = match file {
            File::Bytes(bytes) => bytes.len(),
            File::OnDisk(place) => fs::metadata(place).map_or(0, |file| usize::try_from(file.len()).unwrap_or(0)),
        };
        let (files, bytes) = parts.entry(part).or_default();
        (*files, *bytes) = (*files + 1, *bytes + size);
    }
    let total: usize = parts.values().map(|(_, bytes)| bytes).sum();
    let ratio = |bytes: usize| format!("{}.{:02}", bytes / markdown, bytes % markdown * 100 / markdown);
    println!(
        "{} {pages}: {} kB of Markdown, {} kB of site, {} times",
        shape.name(),
        markdown / 1000,
        total / 1000,
        ratio(total)
    );
    for (part, (files, bytes)) in parts {
        println!("  {part:<24} {files:>6} files {:>9} kB {:>6}", bytes / 1000, ratio(bytes));
    }
}

/// The part of a site that a file belongs to which is no author's page.
fn part(path: &str) -> String {
    let folder = path.split_once('/').map_or(path, |(folder, _)| folder);
    match folder {
        "assets" if path.ends_with("search-index.js") => path.to_owned(),
        "assets" if path.starts_with("assets/scripts") => "assets/scripts".to_owned(),
        _ => folder.to_owned(),
    }
}
