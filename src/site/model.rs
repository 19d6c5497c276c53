//! A site: its guide, its theme, and the files that it consists of.

use std::collections::BTreeMap;

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
        theme::sources(&self.context.config)
    }

    /// Renders one file of the site; `None` if it has no such file.
    ///
    /// # Errors
    /// Returns the diagnostic of the template that renders the file.
    #[must_use]
    pub fn render(&self, path: &TreePath) -> Option<Result<File, Box<Diagnostic>>> {
        match self.outputs().get(path) {
            Some(output) => Some(super::render::output(&self.theme, &self.context, output)),
            None => self.copied.get(path).cloned().map(Ok),
        }
    }

    /// Renders the whole site, files in parallel; if the theme can't render pages, only the copied files.
    pub fn render_all(&self) -> Diagnosed<Tree> {
        let paths: Vec<&TreePath> = self.outputs().keys().collect();
        let paths = if self.theme.is_complete() { paths } else { Vec::new() };
        let rendered: Vec<_> = paths.into_par_iter().map(|path| (path, self.render(path))).collect();
        let mut diagnostics = Vec::new();
        let mut files = self.copied.clone();
        for (path, file) in rendered {
            match file {
                Some(Ok(file)) => files.insert(path.clone(), file),
                Some(Err(diagnostic)) => diagnostics.push(*diagnostic),
                None => {}
            }
        }
        Diagnosed::new(files, diagnostics)
    }
}
