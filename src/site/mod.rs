//! The stages in order: files → [`Site`], which renders one file or all of them. [`Memory`] runs them again after a
//! change, and does again only what the change touches.

mod memory;
mod parts;
mod sources;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Noted};
use crate::render::{self, Scene, Shown};
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

pub use memory::Memory;

/// What comes in beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The day on which the site is built.
    pub today: Date,
}

/// A site, ready to render.
#[derive(Debug)]
pub struct Site {
    scene: Scene,
    theme: Theme,
    shown: Arc<BTreeMap<TreePath, Shown>>,
    copied: Tree,
}

impl Site {
    /// Takes a project's files through all stages. The problems are those that can be found without rendering.
    pub fn new(project: &Tree, options: Options) -> Noted<Self> {
        Memory::new(options).site(project)
    }

    /// How many pages the site has, generated ones included and redirects not.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.shown.values().filter(|shown| matches!(shown, Shown::Page(_) | Shown::Generated(_))).count()
    }

    /// Everything that its pages are made from.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// The embedded theme's files, as problems name them.
    #[must_use]
    pub fn theme_sources(&self) -> Tree {
        theme::sources(&self.scene.config)
    }

    /// One file of the site; `None` when it has no such file.
    ///
    /// # Errors
    /// Says what is wrong with the template that makes the file.
    #[must_use]
    pub fn render(&self, path: &TreePath) -> Option<Result<File, Box<Diagnostic>>> {
        let scene = &self.scene;
        let Some(shown) = self.shown.get(path) else { return self.copied.get(path).cloned().map(Ok) };
        let html = match shown {
            Shown::Machine(machine) => Ok(machine.write(scene)),
            Shown::Data(data) => Ok(data.write(scene)),
            Shown::Markdown(id) => Ok(scene.markdown(*id)),
            Shown::Redirect(at) => self.theme.render("redirect.html", &render::redirect(scene, *at)),
            Shown::Page(_) | Shown::Generated(_) => {
                let (template, view) = render::view(scene, shown)?;
                self.theme.render(template, &view)
            }
        };
        Some(html.map(File::from))
    }

    /// Renders the whole site, files in parallel; only what is copied when the theme can't make pages.
    pub fn render_all(&self) -> Noted<Tree> {
        let paths: Vec<&TreePath> = self.shown.keys().collect();
        let paths = if self.theme.is_whole() { paths } else { Vec::new() };
        let rendered: Vec<_> = paths.into_par_iter().map(|path| (path, self.render(path))).collect();
        let mut notes = Vec::new();
        let mut files = self.copied.clone();
        for (path, file) in rendered {
            match file {
                Some(Ok(file)) => files.insert(path.clone(), file),
                Some(Err(note)) => notes.push(*note),
                None => {}
            }
        }
        Noted::new(files, notes)
    }
}
