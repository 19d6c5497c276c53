//! A site that was built from changed files and is ready to be published, with all of its diagnostics.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::diagnostic_diff::has_new_error;
use super::state::PreviewState;
use crate::config;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity, sort};
use crate::markdown::RawHtml;
use crate::site::Site;
use crate::theme;
use crate::tree::{File, Tree, TreePath};

/// A site that isn't published yet.
#[derive(Debug)]
pub struct SiteCandidate {
    pub(super) site: Arc<Site>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files that the spans of the diagnostics point into.
    pub(super) sources: Tree,
    /// The files of the site whose templates fail, as far as they have been rendered.
    pub(super) failed_files: BTreeSet<TreePath>,
    pub(super) templates: Tree,
    /// Whether the templates differ from those of the candidate before.
    pub(super) templates_changed: bool,
    /// Whether a theme of the project or raw HTML may bring scripts and styles.
    pub(super) has_custom_code: bool,
    /// The template of URLs that open an editor, from the newest configuration.
    pub(super) editor_template: Option<String>,
    /// The pages that were rendered to check their templates.
    rendered: BTreeSet<TreePath>,
    has_new_error: bool,
}

impl SiteCandidate {
    /// Prepares a site that was built from `tree` to follow the state `current`, if there is one. Pages that failed
    /// before are rendered again. If the templates or the configuration differ from `checked_templates`, one page of
    /// each kind is rendered as well.
    pub(super) fn new(
        current: Option<&PreviewState>,
        checked_templates: &Tree,
        tree: &Tree,
        site: Diagnosed<Site>,
    ) -> Self {
        let templates = templates(tree);
        let mut candidate = Self {
            editor_template: editor_template(current, &site),
            has_custom_code: site.value.context().config.html == RawHtml::Allow
                || !tree.under(theme::FOLDER).is_empty(),
            templates_changed: templates != *checked_templates,
            templates,
            site: Arc::new(site.value),
            diagnostics: site.diagnostics,
            sources: Tree::default(),
            failed_files: BTreeSet::new(),
            rendered: BTreeSet::new(),
            has_new_error: false,
        };
        let mut pages = current.map(|current| current.failed_files().clone()).unwrap_or_default();
        if candidate.templates_changed {
            let requested = current.map(PreviewState::requested_pages).unwrap_or_default();
            pages.extend(candidate.site.one_of_each(&requested));
        }
        candidate.render(pages);
        sort(&mut candidate.diagnostics);
        let before = current.map_or(&[][..], PreviewState::diagnostics);
        candidate.has_new_error = has_new_error(before, &candidate.diagnostics);
        candidate.sources = diagnostic_sources(&candidate.diagnostics, tree, &candidate.site);
        candidate
    }

    /// Returns whether the site has an error that the state before doesn't have.
    #[must_use]
    pub fn has_new_error(&self) -> bool {
        self.has_new_error
    }

    /// The given pages that haven't been rendered yet.
    pub(super) fn unrendered(&self, pages: &BTreeSet<TreePath>) -> BTreeSet<TreePath> {
        pages.difference(&self.rendered).cloned().collect()
    }

    /// Renders more pages to check their templates.
    pub(super) fn check_pages(&mut self, pages: BTreeSet<TreePath>) {
        self.render(pages);
        let tree = std::mem::take(&mut self.sources).over(&self.templates);
        self.sources = diagnostic_sources(&self.diagnostics, &tree, &self.site);
    }

    /// Renders pages and records which of them fail.
    fn render(&mut self, pages: BTreeSet<TreePath>) {
        self.rendered.extend(pages.iter().cloned());
        if !self.site.can_render() {
            return;
        }
        let site = &self.site;
        let render = |path: TreePath| site.render(&path)?.err().map(|diagnostic| (path, *diagnostic));
        let failed: Vec<_> = pages.into_iter().collect::<Vec<_>>().into_par_iter().filter_map(render).collect();
        for (path, diagnostic) in failed {
            self.diagnostics.push(diagnostic);
            self.failed_files.insert(path);
        }
        sort(&mut self.diagnostics);
    }
}

/// The template of URLs that open an editor. If the configuration has an error, the template may be missing only
/// because of that, so the one of the state before is used.
fn editor_template(current: Option<&PreviewState>, site: &Diagnosed<Site>) -> Option<String> {
    let is_config_error = |diagnostic: &Diagnostic| {
        diagnostic.severity() == Severity::Error && diagnostic.span.file.as_str() == config::FILE
    };
    let config_failed = site.diagnostics.iter().any(is_config_error);
    let former = || current.filter(|_| config_failed)?.editor_template().map(ToOwned::to_owned);
    site.value.context().config.editor.clone().or_else(former)
}

/// The files of a project that can change how every page is rendered: the configuration and the theme without its
/// assets.
fn templates(tree: &Tree) -> Tree {
    let config = TreePath::normalized(config::FILE);
    let config = tree.get(&config).map(|file| (config.clone(), file.clone()));
    let themes = tree.under(theme::FOLDER);
    let themes = themes.iter().filter(|(path, _)| path.as_str().split('/').nth(1) != Some("assets"));
    let in_project =
        |(path, file): (&TreePath, &File)| (TreePath::normalized(&format!("{}/{path}", theme::FOLDER)), file.clone());
    themes.map(in_project).chain(config).collect()
}

/// The files that the spans of diagnostics and of their fixes point into, from `tree` or else from the embedded theme.
pub(super) fn diagnostic_sources(diagnostics: &[Diagnostic], tree: &Tree, site: &Site) -> Tree {
    let spans = diagnostics.iter().flat_map(Diagnostic::spans);
    let embedded = LazyCell::new(|| site.theme_sources());
    let mut sources = Tree::default();
    for span in spans {
        if sources.get(&span.file).is_some() {
            continue;
        }
        let is_theme = span.file.as_str().starts_with(theme::FOLDER);
        let from_theme = || if is_theme { embedded.get(&span.file) } else { None };
        if let Some(file) = tree.get(&span.file).or_else(from_theme) {
            sources.insert(span.file.clone(), file.clone());
        }
    }
    sources
}
