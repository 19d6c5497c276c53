//! A site: its guide, its theme, and the files that it consists of.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::context::RenderContext;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::link::Output;
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

/// A site, ready to render.
#[derive(Debug)]
pub struct Site {
    pub(super) context: RenderContext,
    pub(super) theme: Theme,
    pub(super) copied: Tree,
}

impl Site {
    /// The number of pages, including generated ones and excluding redirects.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.outputs().values().filter(|output| matches!(output, Output::Page(_) | Output::Generated(_))).count()
    }

    /// The files that are generated rather than copied, by their paths.
    pub(super) fn outputs(&self) -> &BTreeMap<TreePath, Output> {
        &self.context.routes.outputs
    }

    /// The context that its pages are rendered from.
    #[must_use]
    pub fn context(&self) -> &RenderContext {
        &self.context
    }

    /// The files of the embedded theme, by the paths that diagnostics have for them.
    #[must_use]
    pub fn theme_sources(&self) -> Tree {
        theme::sources()
    }

    /// Renders one file of the site; `None` if it has no such file.
    ///
    /// # Errors
    /// Returns the diagnostic of the template that renders the file.
    #[must_use]
    pub fn render(&self, path: &TreePath) -> Option<Result<File, Box<Diagnostic>>> {
        match self.outputs().get(path) {
            Some(output) => Some(super::render::output(&self.theme, &self.context, path, output)),
            None => self.copied.get(path).cloned().map(Ok),
        }
    }

    /// The paths of its files; if the theme can't render pages, of the copied ones.
    #[must_use]
    pub fn paths(&self) -> Vec<&TreePath> {
        let outputs = self.outputs().keys().filter(|_| self.theme.is_complete());
        let copied = self.copied.iter().map(|(path, _)| path).filter(|path| !self.outputs().contains_key(*path));
        outputs.chain(copied).collect()
    }

    /// Renders the whole site, in parallel, and passes each file to `take` as soon as it's rendered, so that few files
    /// are in memory at once. Returns the diagnostics of templates, in the order of the files that they would render.
    ///
    /// # Errors
    /// The first error of `take`, after which no further file is rendered.
    pub fn render_each<E: Send>(
        &self,
        take: impl Fn(&TreePath, File) -> Result<(), E> + Sync,
    ) -> Result<Vec<Diagnostic>, E> {
        let render = |path: &TreePath| match self.render(path) {
            Some(Ok(file)) => take(path, file).map(|()| None),
            Some(Err(diagnostic)) => Ok(Some(*diagnostic)),
            None => Ok(None),
        };
        let diagnostics: Vec<Option<Diagnostic>> =
            self.paths().into_par_iter().map(render).collect::<Result<_, E>>()?;
        Ok(diagnostics.into_iter().flatten().collect())
    }

    /// Finds the errors of templates. A template of the project can fail for a single page, so that all files are rendered
    /// that have one. The embedded templates fail for no page; of these, one file is rendered for each way in which they
    /// are used.
    #[must_use]
    pub fn check_templates(&self) -> Vec<Diagnostic> {
        let paths = match (self.theme.is_complete(), self.theme.overrides_templates()) {
            (false, _) => Vec::new(),
            (true, true) => self.with_templates(),
            (true, false) => self.samples(),
        };
        paths.par_iter().filter_map(|path| self.render(path)?.err()).map(|diagnostic| *diagnostic).collect()
    }

    /// Renders the whole site into memory; see [`Site::render_each`].
    pub fn render_all(&self) -> Diagnosed<Tree> {
        let files = Mutex::new(Tree::default());
        let insert = |path: &TreePath, file: File| {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), file);
            Ok::<(), Infallible>(())
        };
        let Ok(diagnostics) = self.render_each(insert);
        Diagnosed::new(files.into_inner().unwrap_or_else(PoisonError::into_inner), diagnostics)
    }
}
