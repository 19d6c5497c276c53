//! Symbolic links of a project that can't be followed.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalog};
use crate::markdown::RawHtml;
use crate::page::{self, Page};
use crate::tree::{SymlinkProblem, Tree, TreePath, UnresolvedSymlink};

/// Reports each symbolic link that can't be followed.
pub(super) fn report_symlinks(project: &Tree, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(project.symlinks().iter().map(|(path, link)| report(path, link)));
}

fn report(path: &TreePath, link: &UnresolvedSymlink) -> Diagnostic {
    let target = &link.target;
    let (why, help) = match link.reason {
        SymlinkProblem::Outside => (
            format!("a symbolic link to `{target}`, which is outside the project"),
            "copy what it links to into the project; Stepladder reads nothing outside it",
        ),
        SymlinkProblem::Missing => (
            format!("a symbolic link to `{target}`, which doesn't exist"),
            "change the link's target, which starts at the link's own folder, or delete the link",
        ),
        SymlinkProblem::Circular => (
            format!("a symbolic link to `{target}` that leads in a circle"),
            "change the link's target, or delete the link",
        ),
    };
    catalog::unresolved_symlink(path, &why, help)
}

/// The pages whose files are links that can't be followed, as unreadable pages, so that links to them still resolve.
pub(super) fn unresolved_pages(project: &Tree, raw: RawHtml) -> Vec<Arc<Page>> {
    let links = project.symlinks().keys().filter(|path| path.as_str().starts_with("content/") && page::is_page(path));
    let unread = |path: &TreePath| Page { broken: true, uncertain: true, ..page::parse(path, &"".into(), raw).value };
    links.map(|path| Arc::new(unread(path))).collect()
}
