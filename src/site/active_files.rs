//! Files of `content/` that could run scripts on the published site, or load something from elsewhere.

use std::ops::Range;
use std::sync::Arc;

use super::active_xml;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Span, catalog};
use crate::guide::Guide;
use crate::link::Routes;
use crate::markdown::RawHtml;
use crate::page;
use crate::tree::{ActiveFormat, File, Tree, TreePath};

/// The diagnostics of active files, and the inputs that they were derived from.
#[derive(Debug)]
pub(super) struct ActiveFiles {
    config: Arc<Config>,
    routes: Arc<Routes>,
    checked: Tree,
    diagnostics: Vec<Diagnostic>,
}

impl ActiveFiles {
    /// The errors for a guide; `last` are those of the guide before. There are none if raw HTML is allowed.
    pub(super) fn of(guide: &Guide, last: Option<Self>) -> Self {
        let is_checked = |path: &TreePath| ActiveFormat::of(path.as_str()).is_some_and(ActiveFormat::is_checked);
        let checked = guide.content.iter().filter(|(path, _)| is_checked(path));
        let checked: Tree = checked.map(|(path, file)| (path.clone(), file.clone())).collect();
        let is_same = |last: &Self| {
            Arc::ptr_eq(&last.config, &guide.config)
                && Arc::ptr_eq(&last.routes, &guide.routes)
                && last.checked == checked
        };
        if let Some(last) = last.filter(is_same) {
            return last;
        }
        let diagnostics = if guide.config.html == RawHtml::Allow { Vec::new() } else { report(guide, &checked) };
        Self { config: Arc::clone(&guide.config), routes: Arc::clone(&guide.routes), checked, diagnostics }
    }

    /// One error for all HTML, and one for each other file.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

fn report(guide: &Guide, checked: &Tree) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut html = Vec::new();
    for path in &guide.routes.assets {
        let file = TreePath::normalized(&format!("{}/{path}", page::FOLDER));
        match (ActiveFormat::of(path.as_str()), checked.get(path)) {
            (Some(format @ (ActiveFormat::Svg | ActiveFormat::Xml)), Some(File::Bytes(bytes))) => {
                diagnostics.extend(problem(&file, bytes, format));
            }
            (Some(_), _) => html.push(file),
            (None, _) => {}
        }
    }
    if let Some((first, more)) = html.split_first() {
        let more: Vec<&str> = more.iter().map(TreePath::as_str).collect();
        diagnostics.push(catalog::active_html(Span::start_of(first), first.as_str(), &more));
    }
    diagnostics
}

/// The problem of a file of XML.
fn problem(file: &TreePath, bytes: &[u8], format: ActiveFormat) -> Option<Diagnostic> {
    let (place, reason): (Range<usize>, String) = match std::str::from_utf8(bytes) {
        Ok(text) => active_xml::find(text, format == ActiveFormat::Svg)?,
        Err(_) => (0..0, "it isn't in UTF-8, so it can't be checked".to_owned()),
    };
    Some(catalog::active_xml(Span::new(file, place), file.as_str(), &reason))
}
