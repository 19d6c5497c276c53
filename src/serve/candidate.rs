//! From a changed project to what may be shown next: its problems, those of its templates included, and whether they are
//! new.

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::preview::State;
use crate::config;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Severity, sort};
use crate::markdown::RawHtml;
use crate::site::Site;
use crate::theme;
use crate::tree::{File, Tree, TreePath};

/// A state that is not shown yet.
#[derive(Debug)]
pub struct Next {
    pub(super) site: Arc<Site>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) sources: Tree,
    pub(super) failed: BTreeSet<TreePath>,
    pub(super) templates: Tree,
    /// Whether those differ from the ones that were tried last.
    pub(super) untried: bool,
    /// Whether a theme of the project's own, or raw HTML, may bring scripts and styles with it.
    pub(super) free: bool,
    /// What opens an editor, by the configuration as it is now.
    pub(super) editor: Option<String>,
    /// The pages that were rendered to see whether they fail.
    tried: BTreeSet<TreePath>,
    worse: bool,
}

impl Next {
    /// Whether it has an error that was not there before.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.worse
    }

    /// Those of the pages that have not been tried.
    pub(super) fn untried(&self, pages: &BTreeSet<TreePath>) -> BTreeSet<TreePath> {
        pages.difference(&self.tried).cloned().collect()
    }

    /// Tries more pages.
    pub(super) fn retry(&mut self, pages: BTreeSet<TreePath>) {
        self.render(pages);
        let known = std::mem::take(&mut self.sources).over(&self.templates);
        self.sources = sources(&self.problems, &known, &self.site);
    }

    /// Renders pages and takes in which of them fail.
    fn render(&mut self, pages: BTreeSet<TreePath>) {
        self.tried.extend(pages.iter().cloned());
        if !self.site.can_render() {
            return;
        }
        let site = &self.site;
        let render = |path: TreePath| site.render(&path)?.err().map(|diagnostic| (path, *diagnostic));
        let failed: Vec<_> = pages.into_iter().collect::<Vec<_>>().into_par_iter().filter_map(render).collect();
        for (path, diagnostic) in failed {
            self.problems.push(diagnostic);
            self.failed.insert(path);
        }
        sort(&mut self.problems);
    }
}

/// Makes the next state out of a project and its site. Pages that failed are tried again, and after a change of
/// templates or configuration one of each kind.
pub(super) fn prepare(now: Option<&Arc<State>>, tried: &Tree, tree: &Tree, site: Diagnosed<Site>) -> Next {
    let templates = templates(tree);
    let mut next = Next {
        editor: editor(now, &site),
        free: site.value.context().config.html == RawHtml::Allow || !tree.under(theme::FOLDER).is_empty(),
        untried: templates != *tried,
        templates,
        site: Arc::new(site.value),
        problems: site.diagnostics,
        sources: Tree::default(),
        failed: BTreeSet::new(),
        tried: BTreeSet::new(),
        worse: false,
    };
    let mut trial: BTreeSet<TreePath> = now.map(|now| now.failed().clone()).unwrap_or_default();
    if next.untried {
        let open: Vec<TreePath> = now.map(|now| now.asked_for()).unwrap_or_default();
        trial.extend(next.site.one_of_each(&open));
    }
    next.render(trial);
    sort(&mut next.problems);
    let known: HashSet<Key<'_>> = now.iter().flat_map(|now| errors(now.problems())).collect();
    next.worse = errors(&next.problems).any(|error| !known.contains(&error));
    next.sources = sources(&next.problems, tree, &next.site);
    next
}

/// What opens an editor. A configuration with an error may lack it only because of that.
fn editor(now: Option<&Arc<State>>, site: &Diagnosed<Site>) -> Option<String> {
    let broken = errors(&site.diagnostics).any(|(_, file, _)| file.as_str() == config::FILE);
    let known = || now.filter(|_| broken)?.editor().map(ToOwned::to_owned);
    site.value.context().config.editor.clone().or_else(known)
}

/// What makes a problem the same one although it has moved within its file.
pub(super) type Key<'a> = (Code, &'a TreePath, &'a str);

pub(super) fn key(diagnostic: &Diagnostic) -> Key<'_> {
    (diagnostic.code, &diagnostic.span.file, &diagnostic.message)
}

fn errors(diagnostics: &[Diagnostic]) -> impl Iterator<Item = Key<'_>> {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).map(key)
}

/// The problems that were not there before, wherever in their files they stand.
#[must_use]
pub fn added<'a>(before: &'a [Diagnostic], now: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut known: HashMap<Key<'_>, usize> = HashMap::new();
    for diagnostic in before {
        *known.entry(key(diagnostic)).or_default() += 1;
    }
    let is_new = |diagnostic: &&'a Diagnostic| match known.get_mut(&key(diagnostic)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    now.iter().filter(is_new).collect()
}

/// The files of a project that may change how every page is rendered.
fn templates(tree: &Tree) -> Tree {
    let config = TreePath::normalized(config::FILE);
    let config = tree.get(&config).map(|file| (config.clone(), file.clone()));
    let themes = tree.under(theme::FOLDER);
    let themes = themes.iter().filter(|(path, _)| path.as_str().split('/').nth(1) != Some("assets"));
    let named =
        |(path, file): (&TreePath, &File)| (TreePath::normalized(&format!("{}/{path}", theme::FOLDER)), file.clone());
    themes.map(named).chain(config).collect()
}

/// The files that problems are in. Those of the embedded theme are looked for where the project has none.
pub(super) fn sources(problems: &[Diagnostic], tree: &Tree, site: &Site) -> Tree {
    let spans = problems
        .iter()
        .flat_map(|diagnostic| std::iter::once(&diagnostic.span).chain(diagnostic.labels.iter().map(|(span, _)| span)));
    let embedded = LazyCell::new(|| site.theme_sources());
    let mut sources = Tree::default();
    for span in spans {
        if sources.get(&span.file).is_some() {
            continue;
        }
        let is_theme = span.file.as_str().starts_with(theme::FOLDER);
        let theirs = || if is_theme { embedded.get(&span.file) } else { None };
        if let Some(file) = tree.get(&span.file).or_else(theirs) {
            sources.insert(span.file.clone(), file.clone());
        }
    }
    sources
}
