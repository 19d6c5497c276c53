//! The commands: arguments, exit statuses, output, and the files on disk afterwards.

mod build;
mod check;
mod diff;
mod explain;
mod faults;
mod fix;
mod formats;
mod init;
mod new;
mod permanence;
mod safety;
mod schema;
mod unchanged;
mod usage;
mod watch;

use std::collections::BTreeMap;
use std::fs;

use crate::support::{Folder, Project};

/// A small project without problems: one track with two levels, one competency.
fn project() -> Project {
    Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome to [[Senior]].\n")
        .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
        .file(
            "content/ic/mid.md",
            "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft\n\n- Tests what they change.\n",
        )
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nextends: mid\n---\n")
        .file("content/competencies/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
}

/// The same project with an error: a broken link.
fn broken() -> Project {
    project().file("content/index.md", "---\ntitle: Home\n---\nWelcome to [[Seniro]].\n")
}

/// The same project with a warning: an image without a description.
fn careless() -> Project {
    project().file("content/index.md", "---\ntitle: Home\n---\n![](dot.svg)\n").file("content/dot.svg", "<svg/>\n")
}

/// The paths and contents of all files under a folder.
fn files(folder: &Folder, under: &str) -> BTreeMap<String, Vec<u8>> {
    let root = folder.path(under);
    let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&root).expect("a file in the folder").to_string_lossy().into_owned();
        (path, fs::read(entry.path()).expect("a readable file"))
    };
    files.map(read).collect()
}
