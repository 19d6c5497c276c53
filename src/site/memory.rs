//! The stages in order, and what is remembered between two runs of them.

use std::sync::Arc;

use super::sources::{self, Sources};
use super::{Options, Site};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::ladder::{self, Ladder, Names};
use crate::link::{self, Before, Links, Places};
use crate::page::{self, Pages};
use crate::render::{self, Index, Machine, Scene};
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

/// Makes sites of a project that changes, each as [`Site::new`] would, and remembers what it needs to be quick: a page is
/// read again only when its bytes differ, a theme compiled only when its files do; and as long as pages differ in their
/// bodies alone, names, addresses, and the ladder's frame are those of the site before.
#[derive(Debug)]
pub struct Memory {
    options: Options,
    sources: Sources,
    ladder: ladder::Memory,
    settings: Option<Settings>,
    last: Option<Last>,
}

/// What is made of the configuration and the theme alone.
#[derive(Debug, Clone)]
struct Settings {
    source: Option<Arc<[u8]>>,
    themes: Tree,
    config: Arc<Config>,
    theme: Theme,
    assets: Tree,
    notes: Vec<Diagnostic>,
}

/// What is made of the pages.
#[derive(Debug, Clone)]
struct Last {
    /// The configuration that they were read with.
    config: Arc<Config>,
    /// The files beside them.
    beside: Vec<TreePath>,
    pages: Pages,
    names: Arc<Names>,
    ladder: Arc<Ladder>,
    placed: Arc<Placed>,
    links: Links,
    index: Arc<Index>,
}

/// Where everything lives, and what that was made of beside the pages' front matter.
#[derive(Debug)]
struct Placed {
    reserved: Vec<TreePath>,
    has_matrix: bool,
    places: Arc<Places>,
    shown: Arc<std::collections::BTreeMap<TreePath, render::Shown>>,
    notes: Vec<Diagnostic>,
}

impl Memory {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let (sources, ladder) = (Sources::default(), ladder::Memory::default());
        Self { options, sources, ladder, settings: None, last: None }
    }

    /// Takes a project's files through all stages. The problems are those that can be found without rendering.
    pub fn site(&mut self, project: &Tree) -> Noted<Site> {
        let Settings { config, mut theme, assets, mut notes, .. } = self.settings(project);
        let beside = sources::beside(project);
        let mut pages = self.sources.read(project, config.html, self.options.drafts, &mut notes);
        pages.extend(sources::misnamed(project, &beside, config.html, &mut notes));
        pages.sort_by(|a, b| a.file.cmp(&b.file));
        let pages = Pages::new(pages, self.options.drafts);
        let beside_paths: Vec<TreePath> = beside.iter().map(|(path, _)| path.clone()).collect();
        let last = self.last.take().filter(|last| {
            Arc::ptr_eq(&last.config, &config) && last.beside == beside_paths && pages.are_like(&last.pages)
        });
        let names = last.as_ref().map(|last| Arc::clone(&last.names));
        let names = names.unwrap_or_else(|| Arc::new(Names::of(&pages).beside(&beside)));
        let ladder = self.ladder.assemble(&config, &pages, &names, last.is_some()).into(&mut notes);
        let ladder = Arc::new(ladder);
        let index = last.as_ref().map(|last| Arc::clone(&last.index));
        let index = index.unwrap_or_else(|| Arc::new(Index::of(&pages, &ladder)));
        let reserved: Vec<TreePath> =
            assets.iter().map(|(path, _)| path.clone()).chain(Machine::all(&config).map(Machine::path)).collect();
        let has_matrix = ladder.has_matrix();
        let placed = last.as_ref().map(|last| &last.placed);
        let placed = placed.filter(|placed| placed.reserved == reserved && placed.has_matrix == has_matrix);
        let still = placed.is_some();
        let placed = placed.map(Arc::clone).unwrap_or_else(|| {
            let Noted { value, notes } = link::place(&config, &pages, &ladder, &beside, &reserved);
            let shown = Arc::new(render::shown(&config, &pages, &value));
            Arc::new(Placed { reserved, has_matrix, places: Arc::new(value), shown, notes })
        });
        notes.extend(placed.notes.iter().cloned());
        told_once(&mut notes);
        let before = last.as_ref().filter(|_| still);
        let before = before.map(|last| Before { pages: &last.pages, ladder: &last.ladder, links: &last.links });
        let links = link::resolve(&pages, &names, &ladder, &placed.places, before).into(&mut notes);
        notes.extend(page::reviews(&pages, self.options.today));
        let copied = with_content(assets, &beside, &placed.places.assets);
        let scene = Scene {
            config: Arc::clone(&config),
            pages: pages.clone(),
            ladder: Arc::clone(&ladder),
            places: Arc::clone(&placed.places),
            links: links.clone(),
            index: Arc::clone(&index),
            today: self.options.today,
        };
        theme.share(&render::view_site(&scene));
        let shown = Arc::clone(&placed.shown);
        self.last = Some(Last { config, beside: beside_paths, pages, names, ladder, placed, links, index });
        Noted::new(Site { scene, theme, shown, copied }, notes)
    }

    /// Reads the configuration and puts the theme together, if their files are not those of last time.
    fn settings(&mut self, project: &Tree) -> Settings {
        let source = project.bytes(&TreePath::known(config::FILE));
        let themes = project.under(theme::FOLDER);
        if let Some(known) =
            self.settings.as_ref().filter(|known| known.source.as_ref() == source && known.themes == themes)
        {
            return known.clone();
        }
        let mut notes = Vec::new();
        let config = match source {
            Some(source) => config::parse(source).into(&mut notes),
            None => Config::default(),
        };
        let theme = theme::compile(project, &config).into(&mut notes);
        let assets = assets(&theme);
        let config = Arc::new(config);
        let settings = Settings { source: source.cloned(), themes, config, theme, assets, notes };
        self.settings.insert(settings).clone()
    }
}

/// What the theme brings, at its place in the site.
fn assets(theme: &Theme) -> Tree {
    let placed = |(path, file): (&TreePath, &File)| (TreePath::known(&format!("assets/{path}")), file.clone());
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
fn told_once(notes: &mut Vec<Diagnostic>) {
    let both = |note: &Diagnostic| {
        let mut spans = vec![note.span.clone()];
        spans.extend(note.labels.iter().map(|(span, _)| span.clone()));
        spans.sort();
        spans
    };
    let addresses: Vec<_> = notes.iter().filter(|note| note.code == Code::DuplicateAddress).map(both).collect();
    notes.retain(|note| note.code != Code::DuplicateId || !addresses.contains(&both(note)));
}
