//! The stages in order: files → [`Site`], which renders one file or all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Noted};
use crate::ladder::{self, Names};
use crate::link;
use crate::page::{self, Page, Pages};
use crate::render::{self, Scene, Shown};
use crate::theme::{self, Theme};
use crate::tree::{File, Tree, TreePath};

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
    shown: BTreeMap<TreePath, Shown>,
    copied: Tree,
}

impl Site {
    /// Takes a project's files through all stages. The problems are those that can be found without rendering.
    pub fn new(project: &Tree, options: Options) -> Noted<Self> {
        let mut notes = Vec::new();
        let config = match project.bytes(&TreePath::known(config::FILE)) {
            Some(source) => config::parse(source).into(&mut notes),
            None => Config::default(),
        };
        let content = project.under(page::FOLDER);
        let pages = Pages::new(parse(&content, &config, options, &mut notes), options.drafts);
        let names = Names::of(&pages);
        let ladder = ladder::assemble(&config, &pages, &names).into(&mut notes);
        let mut theme = theme::compile(project, &config).into(&mut notes);
        let copied = assets(&theme, &config);
        let mut reserved: Vec<TreePath> = copied.iter().map(|(path, _)| path.clone()).collect();
        reserved.extend(MACHINE_FILES.map(TreePath::known));
        let places = link::place(&config, &pages, &ladder, &content, &reserved).into(&mut notes);
        let links = link::resolve(&pages, &names, &ladder, &places).into(&mut notes);
        notes.extend(overdue(&pages, options.today));
        let copied = with_content(copied, &content, &places.assets);
        let scene = Scene::new(config, pages, ladder, places, links, options.today);
        theme.share(&render::view_site(&scene));
        let shown = render::shown(&scene);
        Noted::new(Self { scene, theme, shown, copied }, notes)
    }

    /// How many pages the site has, generated ones included and redirects not.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.shown.values().filter(|shown| !matches!(shown, Shown::Redirect(_))).count()
    }

    /// The files that templates make.
    pub fn paths(&self) -> impl Iterator<Item = &TreePath> {
        self.shown.keys()
    }

    /// The embedded theme's files, as problems name them.
    #[must_use]
    pub fn theme_sources(&self) -> Tree {
        theme::sources(&self.scene.config)
    }

    /// Renders one file that a template makes; `None` when the site has no such file.
    ///
    /// # Errors
    /// Says what is wrong with the template.
    #[must_use]
    pub fn render(&self, path: &TreePath) -> Option<Result<String, Box<Diagnostic>>> {
        let shown = self.shown.get(path)?;
        if let Shown::Redirect(at) = shown {
            return Some(self.theme.render("redirect.html", &render::redirect(&self.scene, *at)));
        }
        let (template, view) = render::view(&self.scene, shown)?;
        Some(self.theme.render(template, &view))
    }

    /// Renders the whole site: pages in parallel, then what is copied and the files for machines.
    pub fn render_all(&self) -> Noted<Tree> {
        let paths: Vec<&TreePath> = self.shown.keys().collect();
        let paths = if self.theme.is_whole() { paths } else { Vec::new() };
        let pages = || paths.into_par_iter().map(|path| (path, self.render(path))).collect::<Vec<_>>();
        let (rendered, ladder_json) = rayon::join(pages, || render::ladder_json(&self.scene));
        let mut notes = Vec::new();
        let mut files = self.copied.clone();
        for (path, page) in rendered {
            match page {
                Some(Ok(html)) => files.insert(path.clone(), html),
                Some(Err(note)) => notes.push(*note),
                None => {}
            }
        }
        let made = [
            ladder_json,
            render::robots(&self.scene),
            render::sitemap(&self.scene, self.shown.values()),
        ];
        for (path, text) in MACHINE_FILES.into_iter().zip(made) {
            files.insert(TreePath::known(path), text);
        }
        if !self.scene.config.style.is_empty() {
            files.insert(TreePath::known(PROJECT_CSS), render::project_css(&self.scene));
        }
        Noted::new(files, notes)
    }
}

/// The files for machines, in the order in which [`Site::render_all`] makes them.
const MACHINE_FILES: [&str; 3] = ["ladder.json", "robots.txt", "sitemap.xml"];

/// Where the project's own colours and type go.
const PROJECT_CSS: &str = "assets/project.css";

/// Parses all pages in parallel. Problems of hidden drafts are not reported.
fn parse(content: &Tree, config: &Config, options: Options, notes: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
    let sources: Vec<_> = content
        .iter()
        .filter_map(|(path, file)| match file {
            File::Bytes(bytes) if page::is_page(path) => Some((path, bytes)),
            _ => None,
        })
        .collect();
    let parsed: Vec<Noted<Page>> = sources
        .into_par_iter()
        .map(|(path, bytes)| page::parse(&TreePath::known(&format!("{}/{path}", page::FOLDER)), bytes, config.html))
        .collect();
    let mut pages = Vec::with_capacity(parsed.len());
    for page in parsed {
        let hidden = page.value.draft && !options.drafts;
        if !hidden || page.value.broken {
            notes.extend(page.notes);
        }
        pages.push(Arc::new(page.value));
    }
    pages
}

/// What the theme brings, at its place in the site.
fn assets(theme: &Theme, config: &Config) -> Tree {
    let placed = |(path, file): (&TreePath, &File)| (TreePath::known(&format!("assets/{path}")), file.clone());
    let mut assets: Tree = theme.assets.iter().map(placed).collect();
    if !config.style.is_empty() {
        assets.insert(TreePath::known(PROJECT_CSS), "");
    }
    assets
}

fn with_content(mut copied: Tree, content: &Tree, paths: &[TreePath]) -> Tree {
    for path in paths {
        if let Some(file) = content.get(path) {
            copied.insert(path.clone(), file.clone());
        }
    }
    copied
}

fn overdue(pages: &Pages, today: Date) -> Vec<Diagnostic> {
    let due = |page: &Page| page.review_due.as_ref().filter(|due| due.value < today).cloned();
    let note = |page: &Page| {
        let due = due(page)?;
        let message = format!("`{}` was to be reviewed by {}", page.title.value, due.value);
        let help = "read it again, mend what is no longer so, and set `reviewed` to the day on which you did";
        Some(Diagnostic::new(Code::ReviewOverdue, page.span(&due.span), message).help(help))
    };
    pages.shown().filter_map(|(_, page)| note(page)).collect()
}
