//! Parses the pages of a project in parallel; a page whose bytes are the same is taken from the last run.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnosed, Diagnostic, catalog};
use crate::markdown::RawHtml;
use crate::page::{self, Page};
use crate::tree::{File, FileContent, SECTION_PAGE, Tree, TreePath};

/// The pages that were read last, in the order of their files.
#[derive(Debug, Default)]
pub(super) struct Sources {
    known: Vec<Source>,
    raw: Option<RawHtml>,
    parsed: usize,
}

#[derive(Debug)]
struct Source {
    path: TreePath,
    content: FileContent,
    page: Arc<Page>,
    /// Its diagnostics; none for hidden drafts.
    diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// The number of times that any page was parsed.
    pub(super) fn parsed(&self) -> usize {
        self.parsed
    }

    /// Reads the pages of a project, in parallel, in the order of their files; and the files of `content/` that are no
    /// pages and its symbolic links that can't be followed, by their path in it. Hidden drafts have no diagnostics.
    pub(super) fn read(
        &mut self,
        project: &Tree,
        raw: RawHtml,
        drafts: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Vec<Arc<Page>>, Tree) {
        if self.raw.replace(raw) != Some(raw) {
            self.known.clear();
        }
        let mut before = std::mem::take(&mut self.known).into_iter().peekable();
        let mut known = Vec::new();
        let mut new = Vec::new();
        let mut beside = Tree::default();
        let in_content = |path: &TreePath| path.as_str().strip_prefix("content/").map(TreePath::normalized);
        let symlinks = project.symlinks().iter();
        beside.replace_symlinks(symlinks.filter_map(|(path, link)| Some((in_content(path)?, link.clone()))).collect());
        for (path, file) in project.inside(page::FOLDER) {
            while before.next_if(|source| !source.path.is(path) && source.path < *path).is_some() {}
            let source = before.next_if(|source| source.path.is(path));
            if source.is_none() && (!page::is_page(path) || path.name() == SECTION_PAGE) {
                beside.insert(TreePath::normalized(&path.as_str()[page::FOLDER.len()..]), file.clone());
                continue;
            }
            let File::Bytes(content) = file else { continue };
            let same = source.filter(|source| source.content.is(content));
            if same.is_none() {
                new.push((path, content));
            }
            known.push(same);
        }
        let read = |(path, content): (&TreePath, &FileContent)| {
            let Diagnosed { value: page, diagnostics } = page::parse(path, content, raw);
            let hidden = page.draft && !drafts && !page.broken;
            let diagnostics = if hidden { Vec::new() } else { diagnostics };
            Source { path: path.clone(), content: content.clone(), page: Arc::new(page), diagnostics }
        };
        let new: Vec<Source> = new.into_par_iter().map(read).collect();
        self.parsed += new.len();
        let mut new = new.into_iter();
        self.known = known.into_iter().filter_map(|known| known.or_else(|| new.next())).collect();
        diagnostics.extend(self.known.iter().flat_map(|known| &known.diagnostics).cloned());
        (self.known.iter().map(|known| Arc::clone(&known.page)).collect(), beside)
    }
}

/// Reports files that were meant as pages but don't end in `.md`, or are named `_index.md` as for other generators. Adds an unreadable page for each, so that links to it
/// still resolve.
pub(super) fn misnamed(
    project: &Tree,
    beside: &Tree,
    raw: RawHtml,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<Page>> {
    let mut pages = Vec::new();
    for (path, _) in beside.iter() {
        let Some((stem, ending)) = path.as_str().rsplit_once('.') else { continue };
        if !["md", "markdown", "mdown", "mkd"].contains(&ending.to_lowercase().as_str()) {
            continue;
        }
        let file = TreePath::normalized(&format!("{}/{path}", page::FOLDER));
        let is_section_page = path.name() == SECTION_PAGE;
        let (stem, rule) = if is_section_page {
            (format!("{}/index", path.parent()), "names that begin with `_` are left out")
        } else {
            (stem.to_owned(), "page files must end in `.md`")
        };
        let renamed = TreePath::normalized(&format!("{}/{stem}.md", page::FOLDER));
        let is_free = project.get(&renamed).is_none();
        diagnostics.push(catalog::page_ending(&file, rule, &renamed, is_free));
        if is_free {
            let unread = page::parse(&renamed, &"".into(), raw).value;
            pages.push(Arc::new(Page { broken: true, uncertain: true, ..unread }));
        }
    }
    pages
}
