//! Routes: the path of every file of the site.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::address::{Address, invalid_path};
use super::alias::{InvalidAlias, alias_file, forms_of};
use super::all_generated::all_generated;
use super::comparisons::Comparisons;
use super::generated::Generated;
use super::outputs::Output;
use super::page_address::{PageAddress, folded};
use crate::config::Config;
use crate::diagnostic::catalog::{self, AddressOwner};
use crate::diagnostic::{Diagnosed, Diagnostic, Span};
use crate::index_vec::IndexVec;
use crate::ladder::Ladder;
use crate::name;
use crate::page::{FOLDER, Kind, Page, PageId, Pages, is_page};
use crate::tree::{Tree, TreePath};

/// The addresses of all pages and files of the site.
#[derive(Debug, Default, PartialEq)]
pub struct Routes {
    /// The address of every page, hidden drafts included, by page.
    pub pages: IndexVec<PageId, Arc<Address>>,
    /// Generated pages, and the author's page that introduces each, if there is one.
    pub generated: BTreeMap<Generated, (Address, Option<PageId>)>,
    /// Generated pages by the path by which links name them.
    pub(super) named: HashMap<String, Generated>,
    /// Author's pages that introduce a generated one.
    pub introduces: HashMap<PageId, Generated>,
    /// The comparisons.
    pub comparisons: Comparisons,
    /// Former addresses.
    pub redirects: Vec<Redirect>,
    /// Every file that is made rather than copied, by its path. Of files that collide, the first that was routed.
    pub outputs: BTreeMap<TreePath, Output>,
    /// Files of `content/` that are copied as they are: their path there, which is their path in the site.
    pub assets: Vec<TreePath>,
    /// The files of `content/`, by path, in NFC and lower case.
    pub(super) files: HashMap<Arc<str>, ContentFile>,
    /// The symbolic links in `content/` that can't be followed, by path, in NFC and lower case.
    pub(super) symlinks: HashSet<String>,
}

/// A file of `content/`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ContentFile {
    Page(PageId),
    /// By its position in [`Routes::assets`].
    Asset(usize),
}

/// A former address of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Redirect {
    /// The former path.
    pub file: TreePath,
    /// The page that it leads to.
    pub to: PageId,
}

impl Routes {
    /// Whether links can name the same generated pages, by the same names, as with other routes.
    #[must_use]
    pub fn has_same_generated_pages(&self, other: &Self) -> bool {
        self.named == other.named
    }

    /// An output's path in the site.
    fn path(&self, output: &Output) -> TreePath {
        match output {
            Output::Page(id) => self.pages[*id].file.clone(),
            Output::Generated(generated) => self.generated[generated].0.file.clone(),
            Output::Redirect(at) => self.redirects[*at].file.clone(),
            Output::Markdown(id) => self.pages[*id].markdown(),
            Output::Export(file) => file.path(),
            Output::Script(data) => data.path(),
            Output::Words(words) => words.path(),
        }
    }
}

/// The inputs of the routes.
#[derive(Debug, Clone, Copy)]
pub struct RoutesInputs<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The pages.
    pub pages: &'a Pages,
    /// The ladder.
    pub ladder: &'a Ladder,
    /// The files of `content/` that aren't pages.
    pub content: &'a Tree,
    /// The files of the theme, by their paths in the site.
    pub theme_assets: &'a [TreePath],
}

/// Assigns a path to every file of the site. `addresses` are those of all pages.
pub(super) fn route(inputs: RoutesInputs<'_>, addresses: &IndexVec<PageId, &PageAddress>) -> Diagnosed<Routes> {
    let RoutesInputs { config, pages, ladder, content, theme_assets } = inputs;
    let mut router = Router::default();
    router.taken.reserve(2 * pages.len());
    let mut routes = Routes { comparisons: Comparisons::of(pages, ladder), ..Routes::default() };
    for file in theme_assets {
        router.take(file, folded(file), AddressOwner::Program);
    }
    for output in Output::reserved(config, pages, ladder, &routes.comparisons) {
        router.output(output, AddressOwner::Program, &mut routes);
    }
    for generated in all_generated(pages, ladder, &routes.comparisons) {
        let address = generated.address(config.urls);
        router.generated.insert(address.file.clone(), generated.clone());
        routes.named.entry(generated.path()).or_insert_with(|| generated.clone());
        routes.generated.insert(generated, (address, None));
    }
    for (id, page) in pages.all() {
        let address = addresses[id];
        routes.pages.push(Arc::clone(&address.address));
        router.diagnostics.extend(address.diagnostics.iter().cloned());
        if pages.is_shown(id) {
            router.page(id, page, address, &mut routes);
        }
    }
    for (id, _) in pages.shown().filter(|(_, page)| page.kind == Kind::Worksheet) {
        router.output(Output::Markdown(id), AddressOwner::Program, &mut routes);
    }
    router.generated_pages(&mut routes);
    router.assets(content, &mut routes);
    router.aliases(config, pages, &mut routes);
    router.folders();
    let sources = addresses.iter_enumerated().map(|(id, page)| (Arc::clone(&page.source), ContentFile::Page(id)));
    let assets = routes.assets.iter().enumerate().map(|(at, path)| (folded(path), ContentFile::Asset(at)));
    routes.files = sources.chain(assets).collect();
    routes.symlinks = content.symlinks().keys().map(|path| name::lower(path.as_str())).collect();
    Diagnosed::new(routes, router.diagnostics)
}

#[derive(Default)]
struct Router {
    /// Generated pages by their file.
    generated: HashMap<TreePath, Generated>,
    /// The spans of `slug` fields that set an address.
    given: HashSet<Span>,
    /// Files of the site by their path as file systems that ignore case see it.
    taken: HashMap<Arc<str>, (TreePath, AddressOwner)>,
    diagnostics: Vec<Diagnostic>,
}

impl Router {
    /// Takes a path, also given as file systems that ignore case see it; returns its owner if it's taken.
    fn take(&mut self, file: &TreePath, folded: Arc<str>, owner: AddressOwner) -> Option<(TreePath, AddressOwner)> {
        match self.taken.entry(folded) {
            Entry::Occupied(first) => Some(first.get().clone()),
            Entry::Vacant(free) => {
                free.insert((file.clone(), owner));
                None
            }
        }
    }

    /// Takes the path of an output and adds the output to the routes; returns the owner of the path if it is taken.
    fn output(&mut self, output: Output, owner: AddressOwner, routes: &mut Routes) -> Option<(TreePath, AddressOwner)> {
        let path = routes.path(&output);
        let taken = self.take(&path, folded(&path), owner);
        if taken.is_none() {
            routes.outputs.insert(path, output);
        }
        taken
    }

    /// Routes the generated pages that no author's page introduces.
    fn generated_pages(&mut self, routes: &mut Routes) {
        let own = routes.generated.iter().filter(|(_, (_, introduced))| introduced.is_none());
        let own: Vec<(Generated, TreePath)> =
            own.map(|(generated, (address, _))| (generated.clone(), address.file.clone())).collect();
        for (generated, file) in own {
            let title = generated.title();
            let taken = self.output(Output::Generated(generated), AddressOwner::GeneratedPage(title), routes);
            if let Some((_, AddressOwner::Content(span))) = taken {
                self.collision(span, &file, &file, AddressOwner::GeneratedPage(title));
            }
        }
    }

    /// Routes a page, which introduces a generated one if it has the same address.
    fn page(&mut self, id: PageId, page: &Page, found: &PageAddress, routes: &mut Routes) {
        let file = &found.address.file;
        let mut output = Output::Page(id);
        if page.kind == Kind::Page {
            let generated = self.generated.get(file);
            let entry = generated.and_then(|generated| Some((generated, routes.generated.get_mut(generated)?)));
            if let Some((generated, (_, introduced @ None))) = entry {
                *introduced = Some(id);
                output = Output::Generated(generated.clone());
                routes.introduces.insert(id, generated.clone());
            }
        }
        let span = found.span.clone();
        if page.slug.is_some() {
            self.given.insert(span.clone());
        }
        let taken = self.take(file, Arc::clone(&found.folded), AddressOwner::Content(span.clone()));
        if taken.is_none() {
            routes.outputs.insert(file.clone(), output);
        }
        if let Some((first, owner)) = taken {
            // The page whose `slug` sets the address is the one to change.
            let (span, owner) = match owner {
                AddressOwner::Content(other) if self.given.contains(&other) && page.slug.is_none() => {
                    (other, AddressOwner::Content(span))
                }
                owner => (span, owner),
            };
            self.collision(span, file, &first, owner);
        }
    }

    fn collision(&mut self, span: Span, file: &TreePath, first: &TreePath, owner: AddressOwner) {
        let is_page = is_page(&span.file);
        self.diagnostics.push(catalog::duplicate_address(span, file, first, owner, is_page));
    }

    /// Routes the files beside the pages, such as images, to their paths in `content/`.
    fn assets(&mut self, content: &Tree, routes: &mut Routes) {
        for (path, _) in content.iter().filter(|(path, _)| !is_page(path)) {
            let span = Span::start_of(&TreePath::normalized(&format!("{FOLDER}/{path}")));
            if let Some(why) = invalid_path(path.as_str().split('/')) {
                self.diagnostics.push(catalog::invalid_address(span, &why, "rename the file"));
                continue;
            }
            match self.take(path, folded(path), AddressOwner::Content(span.clone())) {
                Some((first, owner)) => self.collision(span, path, &first, owner),
                None => routes.assets.push(path.clone()),
            }
        }
    }

    fn aliases(&mut self, config: &Config, pages: &Pages, routes: &mut Routes) {
        for (id, page) in pages.shown() {
            for alias in &page.aliases {
                let span = page.span(&alias.span);
                let file = match alias_file(&alias.value, config) {
                    Ok(file) => file,
                    Err(InvalidAlias { reason, advice }) => {
                        self.diagnostics.push(catalog::invalid_address(span, &reason, advice));
                        continue;
                    }
                };
                let page = self.page_at(&file, routes);
                let taken = page.or_else(|| self.take(&file, folded(&file), AddressOwner::Content(span.clone())));
                let Some((_, owner)) = taken else {
                    routes.outputs.insert(file.clone(), Output::Redirect(routes.redirects.len()));
                    routes.redirects.push(Redirect { file, to: id });
                    continue;
                };
                self.diagnostics.push(catalog::alias_collision(span, &alias.value, owner));
            }
        }
    }

    /// The owner of the page that an address leads to, whatever the form in which the address is written.
    fn page_at(&self, file: &TreePath, routes: &Routes) -> Option<(TreePath, AddressOwner)> {
        let is_page = |file| matches!(routes.outputs.get(file), Some(Output::Page(_) | Output::Generated(_)));
        let mut taken = forms_of(file).into_iter().filter_map(|form| self.taken.get(&folded(&form)));
        taken.find(|(file, _)| is_page(file)).cloned()
    }

    /// Reports paths that are a file and a folder at once.
    fn folders(&mut self) {
        let mut clashes = Vec::new();
        for (key, (_, owner)) in &self.taken {
            let parents = key.match_indices('/').map(|(at, _)| &key[..at]);
            for (file, other) in parents.filter_map(|parent| self.taken.get(parent)) {
                let (span, label) = match (other, owner) {
                    (AddressOwner::Content(span), AddressOwner::Content(label)) => (span.clone(), Some(label.clone())),
                    (AddressOwner::Content(span), _) | (_, AddressOwner::Content(span)) => (span.clone(), None),
                    _ => continue,
                };
                clashes.push((file.clone(), span, label));
            }
        }
        clashes.sort_by(|a, b| (&a.0, &a.2, &a.1).cmp(&(&b.0, &b.2, &b.1)));
        clashes.dedup_by(|a, b| a.0 == b.0);
        for (file, span, label) in clashes {
            self.diagnostics.push(catalog::file_and_folder(span, &file, label));
        }
    }
}
