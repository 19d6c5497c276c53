//! The stages in order, and what is remembered between two runs of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::sources::{self, Sources};
use super::{Options, Site};
use crate::config::{self, Config};
use crate::context::{self, Index, RenderContext};
use crate::diagnostic::{Code, Diagnosed, Diagnostic};
use crate::export::Machine;
use crate::ladder::{self, Ladder, LevelId, Names};
use crate::link::{self, Before, Links, Routes};
use crate::page::{self, Pages, Words};
use crate::pages::{self, Output};
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

/// Makes sites of a project that changes, each as [`Site::new`] would, and remembers what it needs to be quick: a page is
/// read again only when its bytes differ, a theme compiled only when its files do; and as long as pages differ in their
/// bodies and [words](Words) alone, addresses and the ladder's frame are those of the site before.
#[derive(Debug)]
pub struct Memory {
    options: Options,
    sources: Sources,
    ladder: ladder::Memory,
    settings: Option<Settings>,
    dress: Option<Dress>,
    last: Option<Last>,
}

/// The configuration, and the file that it was made of.
#[derive(Debug, Clone)]
struct Settings {
    source: Option<Arc<[u8]>>,
    config: Arc<Config>,
    diagnostics: Vec<Diagnostic>,
}

/// The theme, and what it was made of.
#[derive(Debug, Clone)]
struct Dress {
    config: Arc<Config>,
    files: Tree,
    theme: Theme,
    assets: Tree,
    diagnostics: Vec<Diagnostic>,
}

/// What is made of the pages.
#[derive(Debug)]
struct Last {
    fronts: Fronts,
    pages: Pages,
    ladder: Arc<Ladder>,
    placed: Arc<Placed>,
    links: Links,
}

/// What is made of the pages' front matter.
#[derive(Debug, Default)]
struct Fronts {
    /// The configuration that they were read with.
    config: Arc<Config>,
    /// The files beside them.
    beside: Vec<TreePath>,
    names: Names,
    /// What is wrong with their reviews.
    diagnostics: Vec<Diagnostic>,
}

/// Where everything lives.
#[derive(Debug)]
struct Placed {
    /// The files that the site has beside those of the content.
    reserved: Vec<TreePath>,
    has_matrix: bool,
    /// The levels that have a self-assessment.
    assessable: Vec<LevelId>,
    routes: Arc<Routes>,
    index: Arc<Index>,
    shown: Arc<BTreeMap<TreePath, Output>>,
    diagnostics: Vec<Diagnostic>,
}

impl Memory {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let (sources, ladder) = (Sources::default(), ladder::Memory::default());
        Self { options, sources, ladder, settings: None, dress: None, last: None }
    }

    /// Takes a project's files through all stages. The problems are those that can be found without rendering.
    pub fn site(&mut self, project: &Tree) -> Diagnosed<Site> {
        let Settings { config, mut diagnostics, .. } = self.settings(project);
        let Dress { mut theme, assets, diagnostics: of_theme, .. } = self.dress(project, &config);
        diagnostics.extend(of_theme);
        let (pages, beside) = self.pages(project, &config, &mut diagnostics);
        let mut last = self.last.take().filter(|last| last.fronts.are_beside(&config, &beside));
        let since = last.as_ref().and_then(|last| pages.since(&last.pages));
        last = last.filter(|_| since.is_some());
        let fronts = match (&mut last, &since) {
            (Some(last), Some(words)) => {
                std::mem::take(&mut last.fronts).after(words, &pages, &last.pages, self.options)
            }
            _ => Fronts::new(&config, &beside, &pages, self.options),
        };
        let ladder = self.ladder.assemble(&config, &pages, &fronts.names, since.as_ref()).drain_into(&mut diagnostics);
        let mut reserved: Vec<TreePath> = assets.iter().map(|(path, _)| path.clone()).collect();
        reserved.extend(Machine::all(&config).map(Machine::path));
        last = last
            .filter(|last| last.ladder.stands_like(&ladder) && last.placed.stays(since.as_ref(), &reserved, &ladder));
        let placed = match &last {
            Some(last) => Arc::clone(&last.placed),
            None => Arc::new(Placed::new(&config, &pages, &ladder, &beside, reserved)),
        };
        diagnostics.extend(placed.diagnostics.iter().chain(&fronts.diagnostics).cloned());
        told_once(&mut diagnostics);
        let before = last.as_ref().zip(since.as_ref());
        let before =
            before.map(|(last, words)| Before { pages: &last.pages, ladder: &last.ladder, links: &last.links, words });
        let links = link::resolve(&pages, &fronts.names, &ladder, &placed.routes, before).drain_into(&mut diagnostics);
        let context = RenderContext {
            config,
            pages: pages.clone(),
            ladder: Arc::clone(&ladder),
            routes: Arc::clone(&placed.routes),
            links: links.clone(),
            index: Arc::clone(&placed.index),
            today: self.options.today,
            pictures: crate::diagram::Diagrams::default(),
            similarity: OnceLock::new(),
            marks: context::Marks::default(),
        };
        theme.share(&pages::view_site(&context));
        let (shown, copied) = (Arc::clone(&placed.shown), with_content(assets, &beside, &placed.routes.assets));
        self.last = Some(Last { fronts, pages, ladder, placed, links });
        Diagnosed::new(Site { context, theme, shown, copied }, diagnostics)
    }

    /// The pages, and the files of `content/` beside them.
    fn pages(&mut self, project: &Tree, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> (Pages, Tree) {
        let (mut pages, beside) = self.sources.read(project, config.html, self.options.drafts, diagnostics);
        let misnamed = sources::misnamed(project, &beside, config.html, diagnostics);
        if !misnamed.is_empty() {
            pages.extend(misnamed);
            pages.sort_by(|a, b| a.file.cmp(&b.file));
        }
        (Pages::new(pages, self.options.drafts), beside)
    }

    /// The configuration, read again if its file differs.
    fn settings(&mut self, project: &Tree) -> Settings {
        let source = project.bytes(&TreePath::normalized(config::FILE));
        if let Some(known) = self.settings.as_ref().filter(|known| known.source.as_ref() == source) {
            return known.clone();
        }
        let Diagnosed { value, diagnostics } = source.map_or_else(Diagnosed::default, |source| config::parse(source));
        self.settings.insert(Settings { source: source.cloned(), config: Arc::new(value), diagnostics }).clone()
    }

    /// The theme, put together again if its files or the configuration differ.
    fn dress(&mut self, project: &Tree, config: &Arc<Config>) -> Dress {
        let files = project.under(theme::FOLDER);
        let is_same = |known: &&Dress| Arc::ptr_eq(&known.config, config) && known.files == files;
        if let Some(known) = self.dress.as_ref().filter(is_same) {
            return known.clone();
        }
        let Diagnosed { value: theme, diagnostics } =
            theme::compile(project, config, self.dress.as_ref().map(|known| &known.theme));
        let assets = assets(&theme);
        self.dress.insert(Dress { config: Arc::clone(config), files, theme, assets, diagnostics }).clone()
    }
}

impl Fronts {
    fn new(config: &Arc<Config>, beside: &Tree, pages: &Pages, options: Options) -> Self {
        Self {
            config: Arc::clone(config),
            beside: beside.iter().map(|(path, _)| path.clone()).collect(),
            names: Names::of(pages).beside(beside),
            diagnostics: page::reviews(pages, options.today),
        }
    }

    /// Whether configuration and the files beside the pages are as they were.
    fn are_beside(&self, config: &Arc<Config>, beside: &Tree) -> bool {
        Arc::ptr_eq(&self.config, config) && self.beside.iter().eq(beside.iter().map(|(path, _)| path))
    }

    /// The same after pages have got other words.
    fn after(mut self, words: &Words, pages: &Pages, before: &Pages, options: Options) -> Self {
        if !words.is_none() {
            self.names.rename(words, pages, before);
            self.diagnostics = page::reviews(pages, options.today);
        }
        self
    }
}

impl Placed {
    fn new(config: &Config, pages: &Pages, ladder: &Ladder, beside: &Tree, reserved: Vec<TreePath>) -> Self {
        let Diagnosed { value: routes, diagnostics } = link::place(config, pages, ladder, beside, &reserved);
        let shown = Arc::new(pages::shown(config, pages, ladder, &routes));
        let index = Arc::new(Index::of(pages, ladder));
        let (has_matrix, assessable) = (ladder.has_matrix(), ladder.assessable().collect());
        Self { reserved, has_matrix, assessable, routes: Arc::new(routes), index, shown, diagnostics }
    }

    /// Whether it is the same for a ladder of the same frame after a change of words. Problems may show words, or stand at
    /// other routes now.
    fn stays(&self, since: Option<&Words>, reserved: &[TreePath], ladder: &Ladder) -> bool {
        self.reserved == reserved
            && self.has_matrix == ladder.has_matrix()
            && self.assessable.iter().copied().eq(ladder.assessable())
            && since.is_some_and(|words| words.is_none() || self.diagnostics.is_empty())
    }
}

/// What the theme brings, at its place in the site.
fn assets(theme: &Theme) -> Tree {
    let placed = |(path, file): (&TreePath, &File)| (TreePath::normalized(&format!("assets/{path}")), file.clone());
    theme.assets.iter().map(placed).collect()
}

fn with_content(mut copied: Tree, content: &Tree, paths: &[TreePath]) -> Tree {
    for path in paths {
        if let Some(file) = content.get(path) {
            copied.insert(path.clone(), file.clone());
        }
    }
    copied
}

/// Two files of one name share an address, and an id as well; that is one mistake.
fn told_once(diagnostics: &mut Vec<Diagnostic>) {
    let both = |diagnostic: &Diagnostic| {
        let mut spans = vec![diagnostic.span.clone()];
        spans.extend(diagnostic.labels.iter().map(|(span, _)| span.clone()));
        spans.sort();
        spans
    };
    let addresses: Vec<_> =
        diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::DuplicateAddress).map(both).collect();
    diagnostics.retain(|diagnostic| diagnostic.code != Code::DuplicateId || !addresses.contains(&both(diagnostic)));
}
