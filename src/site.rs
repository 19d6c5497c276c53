//! The stages in order: files → [`Site`], which renders one file or all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Noted, Span};
use crate::ladder::{self, Names};
use crate::link;
use crate::page::{self, Page, Pages};
use crate::render::{self, Machine, Scene, Shown};
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
        let names = Names::of(&pages).beside(&content);
        let ladder = ladder::assemble(&config, &pages, &names).into(&mut notes);
        let mut theme = theme::compile(project, &config).into(&mut notes);
        let copied = assets(&theme);
        let mut reserved: Vec<TreePath> = copied.iter().map(|(path, _)| path.clone()).collect();
        reserved.extend(Machine::all(&config).map(Machine::path));
        let places = link::place(&config, &pages, &ladder, &content, &reserved).into(&mut notes);
        told_once(&mut notes);
        let links = link::resolve(&pages, &names, &ladder, &places).into(&mut notes);
        notes.extend(page::reviews(&pages, options.today));
        let copied = with_content(copied, &content, &places.assets);
        let scene = Scene::new(config, pages, ladder, places, links, options.today);
        theme.share(&render::view_site(&scene));
        let shown = render::shown(&scene);
        Noted::new(Self { scene, theme, shown, copied }, notes)
    }

    /// How many pages the site has, generated ones included and redirects not.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.shown.values().filter(|shown| matches!(shown, Shown::Page(_) | Shown::Generated(_))).count()
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
    let mut pages = misnamed(content, config, notes);
    for page in parsed {
        let hidden = page.value.draft && !options.drafts;
        if !hidden || page.value.broken {
            notes.extend(page.notes);
        }
        pages.push(Arc::new(page.value));
    }
    pages.sort_by(|a, b| a.file.cmp(&b.file));
    pages
}

/// Notes the files that were meant as pages and don't end in `.md`. Until they are renamed, a page of which nothing is
/// known stands for each, so that links to it hold.
fn misnamed(content: &Tree, config: &Config, notes: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
    let mut pages = Vec::new();
    for (path, _) in content.iter().filter(|(path, _)| !page::is_page(path)) {
        let Some((stem, ending)) = path.as_str().rsplit_once('.') else { continue };
        if !["md", "markdown", "mdown", "mkd"].contains(&ending.to_lowercase().as_str()) {
            continue;
        }
        let (file, renamed) = (format!("{}/{path}", page::FOLDER), format!("{stem}.md"));
        let message = format!("`{file}` is no page, for pages end in `.md`");
        let help = format!("rename it to `{}/{renamed}`", page::FOLDER);
        notes.push(Diagnostic::new(Code::PageEnding, Span::start_of(&TreePath::known(&file)), message).help(help));
        if content.get(&TreePath::known(&renamed)).is_none() {
            let file = TreePath::known(&format!("{}/{renamed}", page::FOLDER));
            let unread = page::parse(&file, b"", config.html).value;
            pages.push(Arc::new(Page { broken: true, doubtful: true, ..unread }));
        }
    }
    pages
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
