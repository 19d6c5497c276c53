//! The least that any generator of sites has to do: read the files, turn their Markdown into HTML, and write files of the
//! same sizes.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Parser, html};
use rayon::prelude::*;

/// Reads every page of a project, renders its Markdown, and writes files of some sizes, on all cores.
pub(crate) fn run(project: &Path, files: &[(PathBuf, usize)], into: &Path) {
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
    files.par_iter().for_each(|(path, size)| {
        let target = into.join(path);
        fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("the folder is made");
        fs::write(target, vec![b'x'; *size]).expect("the file is written");
    });
}
