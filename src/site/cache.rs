//! The stages of a site in order, each computed again only where its inputs differ.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::active_files::ActiveFiles;
use super::model::Site;
use super::unlinked::{ThemeTexts, UnlinkedFiles};
use crate::config::Config;
use crate::context::{PageIndex, RenderContext, WordDiffs};
use crate::diagnostic::{Diagnosed, Diagnostic, any_error};
use crate::guide::{Guide, GuideCache, Options};
use crate::ladder::{Serves, Structure};
use crate::link::Routes;
use crate::page::PageId;
use crate::pages;
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

impl Site {
    /// Builds the site of a project. The diagnostics are those that can be found without rendering.
    pub fn new(project: &Tree, options: Options) -> Diagnosed<Self> {
        SiteCache::new(options).site(project)
    }
}

/// Builds sites of a project that changes, each as [`Site::new`] would. See [`crate::memo`] for the rule of its cache.
/// The theme is compiled again only if its files or the configuration differ.
#[derive(Debug)]
pub struct SiteCache {
    options: Options,
    guide: GuideCache,
    theme: Option<Arc<CachedTheme>>,
    index: Option<CachedIndex>,
    unlinked: Option<UnlinkedFiles>,
    active: Option<ActiveFiles>,
}

/// The theme and the inputs that it was compiled from.
#[derive(Debug)]
struct CachedTheme {
    config: Arc<Config>,
    files: Tree,
    theme: Theme,
    assets: Tree,
    texts: Arc<ThemeTexts>,
    diagnostics: Vec<Diagnostic>,
}

/// The index of the render context, and the inputs that it was derived from.
#[derive(Debug)]
struct CachedIndex {
    routes: Arc<Routes>,
    structure: Arc<Structure>,
    serves: Arc<BTreeMap<PageId, Serves>>,
    index: Arc<PageIndex>,
}

impl SiteCache {
    /// An empty cache.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, guide: GuideCache::new(options), theme: None, index: None, unlinked: None, active: None }
    }

    /// The number of times that each stage of the guide was computed; for stages that are computed page by page, the
    /// number of pages.
    #[must_use]
    pub fn computed(&self) -> Vec<(&'static str, usize)> {
        self.guide.computed()
    }

    /// Builds the site of a project. The diagnostics are those that can be found without rendering.
    pub fn site(&mut self, project: &Tree) -> Diagnosed<Site> {
        let config = self.guide.config(project);
        let cached = self.theme(project, &config);
        let reserved: Vec<TreePath> = cached.assets.iter().map(|(path, _)| path.clone()).collect();
        let Diagnosed { value: guide, mut diagnostics } = self.guide.guide(project, &reserved);
        diagnostics.extend(cached.diagnostics.iter().cloned());
        let active = ActiveFiles::of(&guide, self.active.take());
        diagnostics.extend(active.diagnostics().iter().cloned());
        self.active = Some(active);
        let unlinked = UnlinkedFiles::of(&guide, &cached.texts, self.unlinked.take());
        // Text with an error may have been meant to link to any of them.
        if !any_error(&diagnostics) {
            diagnostics.extend(unlinked.diagnostics().iter().cloned());
        }
        self.unlinked = Some(unlinked);
        let index = self.index(&guide);
        let copied = with_content(cached.assets.clone(), &guide.content, &guide.routes.assets);
        let context = RenderContext {
            guide,
            index,
            today: self.options.today,
            repeated: OnceLock::new(),
            word_diffs: WordDiffs::default(),
        };
        let mut theme = cached.theme.clone();
        theme.share(&pages::view_site(&context, &copied));
        Diagnosed::new(Site { context, theme, copied }, diagnostics)
    }

    /// The theme, compiled again if its files or the configuration differ.
    fn theme(&mut self, project: &Tree, config: &Arc<Config>) -> Arc<CachedTheme> {
        let files = project.under(theme::FOLDER);
        let is_same = |known: &&Arc<CachedTheme>| Arc::ptr_eq(&known.config, config) && known.files == files;
        if let Some(known) = self.theme.as_ref().filter(is_same) {
            return Arc::clone(known);
        }
        let Diagnosed { value: theme, diagnostics } =
            theme::compile(project, config, self.theme.as_ref().map(|known| &known.theme));
        let assets = assets(&theme);
        let texts = Arc::new(ThemeTexts::new(files.under(&config.theme.value)));
        let config = Arc::clone(config);
        let cached = Arc::new(CachedTheme { config, files, theme, assets, texts, diagnostics });
        Arc::clone(self.theme.insert(cached))
    }

    /// The index, built again if any address or the structure of the ladder differs.
    fn index(&mut self, guide: &Guide) -> Arc<PageIndex> {
        let is_same = |known: &CachedIndex| {
            Arc::ptr_eq(&known.routes, &guide.routes)
                && Arc::ptr_eq(&known.structure, &guide.ladder.structure)
                && Arc::ptr_eq(&known.serves, &guide.ladder.serves)
        };
        let make = || CachedIndex {
            routes: Arc::clone(&guide.routes),
            structure: Arc::clone(&guide.ladder.structure),
            serves: Arc::clone(&guide.ladder.serves),
            index: Arc::new(PageIndex::of(&guide.pages, &guide.ladder)),
        };
        let known = self.index.take().filter(is_same);
        Arc::clone(&self.index.insert(known.unwrap_or_else(make)).index)
    }
}

/// The theme's assets by their paths in the site.
fn assets(theme: &Theme) -> Tree {
    let placed = |(path, file): (&TreePath, &File)| (TreePath::normalized(&format!("assets/{path}")), file.clone());
    theme.assets().iter().map(placed).collect()
}

fn with_content(mut copied: Tree, content: &Tree, paths: &[TreePath]) -> Tree {
    for path in paths {
        if let Some(file) = content.get(path) {
            copied.insert(path.clone(), file.clone());
        }
    }
    copied
}
