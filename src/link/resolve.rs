//! Resolution of links.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::anchors::Anchors;
use super::generated::Generated;
use super::mentions::{Mentions, UsedFiles};
use super::missing_anchor::anchor_advice;
use super::missing_file::{MissingFile, as_web_address, file_from, left_out, with_backslashes};
use super::routes::{ContentFile, Routes};
use super::written_link::written;
use crate::config::Config;
use crate::diagnostic::catalog;
use crate::diagnostic::{Advice, Code, Diagnosed, Diagnostic, nearest};
use crate::index_vec::IndexVec;
use crate::ladder::{
    Found, Input, InputChanges, Ladder, NameLookup, Names, PageRenumbering, Reads, ambiguous, lacks_track,
};
use crate::markdown::{LinkRef, RawHtml, Target};
use crate::memo::{Memo, MemoVec};
use crate::name;
use crate::page::{Page, PageId, Pages};
use crate::percent::encode;
use crate::tree::TreePath;

/// The targets of all links, and the pages that link to each page.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pages: IndexVec<PageId, Arc<PageLinks>>,
    cited_by: Arc<IndexVec<PageId, Vec<PageId>>>,
    used: Arc<UsedFiles>,
}

/// The targets of the links of one page.
#[derive(Debug, Clone, Default)]
struct PageLinks {
    /// In the order of the page's document.
    links: Vec<Resolved>,
    /// The files that the page mentions in its front matter, and in raw HTML that is copied unchanged.
    mentions: Mentions,
    diagnostics: Vec<Diagnostic>,
}

impl Links {
    /// The targets of a page's links, in the order of its document.
    #[must_use]
    pub fn of(&self, page: PageId) -> &[Resolved] {
        &self.pages[page].links
    }

    /// The files that published pages need.
    #[must_use]
    pub fn used_files(&self) -> &Arc<UsedFiles> {
        &self.used
    }

    /// The pages whose text links to a page, in order, each once.
    #[must_use]
    pub fn citing(&self, page: PageId) -> &[PageId] {
        &self.cited_by[page]
    }
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A page, or an anchor on it.
    Page(PageId, Option<String>),
    /// A page that Stepladder makes.
    Generated(Generated),
    /// A file that is copied: its address, percent-encoded.
    Asset(String),
    /// Nothing: it's external, or reported as broken.
    Nothing,
}

/// The possible targets of links.
#[derive(Debug, Clone, Copy)]
pub struct Targets<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The pages.
    pub pages: &'a Pages,
    /// The names of pages.
    pub names: &'a Names,
    /// The ladder.
    pub ladder: &'a Ladder,
    /// The addresses.
    pub routes: &'a Routes,
    /// The anchors.
    pub anchors: &'a Anchors,
}

/// The last links, page by page.
#[derive(Debug, Default)]
pub struct LinkCache {
    pages: MemoVec<PageId, Input, Arc<PageLinks>>,
    cited_by: Memo<Input, Arc<IndexVec<PageId, Vec<PageId>>>>,
    used: Memo<Input, Arc<UsedFiles>>,
    /// The pages whose links have diagnostics.
    diagnosed: BTreeSet<PageId>,
}

impl LinkCache {
    /// Resolves every link, and reports broken ones.
    pub fn update(&mut self, targets: Targets<'_>, changes: &mut InputChanges) -> Diagnosed<Links> {
        let ids: Vec<PageId> = targets.pages.ids().collect();
        if changes.contains_everything() {
            self.diagnosed.clear();
        }
        for (id, update) in self.pages.update(&ids, changes, |id| resolve(targets, id)) {
            let page = self.pages.get(id);
            if page.diagnostics.is_empty() {
                self.diagnosed.remove(&id);
            } else {
                self.diagnosed.insert(id);
            }
            changes.insert_if(update.differs(|old| has_targets_of(old, page)), Input::Citations);
        }
        let pages: IndexVec<PageId, Arc<PageLinks>> = ids.iter().map(|id| Arc::clone(self.pages.get(*id))).collect();
        self.cited_by.update(changes, || (Arc::new(citations(&pages)), Reads::from_iter([Input::Citations])));
        self.used.update(changes, || (Arc::new(used_files(&pages)), Reads::from_iter([Input::Citations])));
        let diagnostics = self.diagnosed.iter().flat_map(|id| pages[*id].diagnostics.iter().cloned()).collect();
        let (cited_by, used) = (Arc::clone(self.cited_by.get()), Arc::clone(self.used.get()));
        Diagnosed::new(Links { pages, cited_by, used }, diagnostics)
    }

    /// Moves the cached links to the new positions of their pages and targets.
    pub fn renumber(&mut self, moves: &PageRenumbering) {
        let new_id = |page| moves.new_id(page);
        self.pages.renumber(new_id, |input| moves.new_input(input), |page| Some(renumbered(page, new_id)));
        self.diagnosed = self.diagnosed.iter().filter_map(|page| moves.new_id(*page)).collect();
    }

    /// The number of pages whose links were resolved.
    #[must_use]
    pub fn computed(&self) -> usize {
        self.pages.computed()
    }
}

/// The links of a page by the new ids of their targets. A link to a page that was removed stays as it is, since it has
/// to be resolved again anyway: its name means something else now.
fn renumbered(mut page: Arc<PageLinks>, new_id: impl Fn(PageId) -> Option<PageId>) -> Arc<PageLinks> {
    let moved = |link: &Resolved| match link {
        Resolved::Page(to, _) => new_id(*to).filter(|new| new != to),
        _ => None,
    };
    if page.links.iter().any(|link| moved(link).is_some()) {
        for link in &mut Arc::make_mut(&mut page).links {
            if let Some(new) = moved(link)
                && let Resolved::Page(to, _) = link
            {
                *to = new;
            }
        }
    }
    page
}

/// Resolves the links of a page.
fn resolve(targets: Targets<'_>, id: PageId) -> (Arc<PageLinks>, Reads) {
    let Targets { config, pages, names, ladder, routes, anchors } = targets;
    let names = NameLookup::on_page(names, pages, &ladder.structure, id);
    names.record(Input::Page(id));
    let resolver = LinkResolver { config, pages, names, ladder, routes, anchors, reported: Cell::default() };
    let page = resolver.page(id);
    if !page.diagnostics.is_empty() {
        resolver.names.record_diagnostic();
    }
    (Arc::new(page), resolver.names.into_reads())
}

/// Whether two versions of a page link to the same pages and files.
fn has_targets_of(page: &PageLinks, other: &PageLinks) -> bool {
    cited(page).eq(cited(other)) && linked_files(page).eq(linked_files(other)) && page.mentions == other.mentions
}

/// The addresses of files that a page links to, as often as it does.
fn linked_files(page: &PageLinks) -> impl Iterator<Item = &String> {
    page.links.iter().filter_map(|link| match link {
        Resolved::Asset(address) => Some(address),
        _ => None,
    })
}

fn used_files(pages: &IndexVec<PageId, Arc<PageLinks>>) -> UsedFiles {
    let mut used = UsedFiles::default();
    for page in pages {
        used.add(linked_files(page), &page.mentions);
    }
    used
}

/// The pages that a page links to, in order, as often as it does.
fn cited(page: &PageLinks) -> impl Iterator<Item = PageId> {
    page.links.iter().filter_map(|link| match link {
        Resolved::Page(to, _) => Some(*to),
        _ => None,
    })
}

fn citations(pages: &IndexVec<PageId, Arc<PageLinks>>) -> IndexVec<PageId, Vec<PageId>> {
    let mut cited_by: IndexVec<PageId, Vec<PageId>> = IndexVec::from_fn(pages.len(), |_| Vec::new());
    for (from, page) in pages.iter_enumerated() {
        for to in cited(page) {
            let citing = &mut cited_by[to];
            if to != from && citing.last() != Some(&from) {
                citing.push(from);
            }
        }
    }
    cited_by
}

struct LinkResolver<'a> {
    config: &'a Config,
    pages: &'a Pages,
    names: NameLookup<'a>,
    ladder: &'a Ladder,
    routes: &'a Routes,
    anchors: &'a Anchors,
    /// The number of the page's broken links so far.
    reported: Cell<usize>,
}

/// The most broken links of a page with a suggestion: each of them is compared with all names. A text lists no more.
const MAX_SUGGESTIONS: usize = 100;

/// The help for others.
const NO_SUGGESTION: &str = "only the first 100 broken links of a page have suggestions";

impl LinkResolver<'_> {
    fn suggests(&self) -> bool {
        self.reported.get() < MAX_SUGGESTIONS
    }

    fn page(&self, id: PageId) -> PageLinks {
        if !self.pages.is_shown(id) {
            return PageLinks::default();
        }
        let page = self.pages.get(id);
        let mut resolved = PageLinks::default();
        let is_html_unknown = self.config.html == RawHtml::Allow;
        resolved.mentions.add(if is_html_unknown { &page.source } else { &page.source[..page.body] });
        for link in &page.document.links {
            let meaning = self.link(id, page, link, &mut resolved.diagnostics);
            resolved.links.push(meaning);
            self.reported.set(resolved.diagnostics.len());
        }
        resolved
    }

    fn link(&self, from: PageId, page: &Page, link: &LinkRef, diagnostics: &mut Vec<Diagnostic>) -> Resolved {
        let found = match &link.target {
            Target::Own(anchor) => Ok((ContentFile::Page(from), Some(anchor))),
            Target::Name { name, anchor } => match self.named(page, link, name) {
                Ok(Named::Page(id)) => Ok((ContentFile::Page(id), anchor.as_ref())),
                Ok(Named::Generated(generated)) => {
                    if let Some(anchor) = anchor.as_ref().filter(|anchor| !anchor.is_empty()) {
                        let written = written(page, link, anchor);
                        diagnostics.push(catalog::anchor_of_generated_page(&written, name, anchor));
                    }
                    return Resolved::Generated(generated);
                }
                Err(diagnostic) => Err(diagnostic),
            },
            Target::File { path, anchor } => self.file(page, link, path).map(|file| (file, anchor.as_ref())),
            Target::External(_) | Target::Unsafe(_) => return Resolved::Nothing,
        };
        match found {
            Ok((ContentFile::Asset(at), _)) => {
                self.names.record(Input::Assets);
                Resolved::Asset(encode(self.routes.assets[at].as_str()))
            }
            Ok((ContentFile::Page(to), anchor)) => self.resolve_anchor((from, link), to, anchor, diagnostics),
            Err(diagnostic) => {
                self.names.record_diagnostic();
                self.names.record_all([Input::Routes, Input::Positions]);
                if !self.is_reported_elsewhere(page, &link.target) {
                    diagnostics.push(*diagnostic);
                }
                Resolved::Nothing
            }
        }
    }

    /// Whether a link means the missing page of a track's folder, which is reported for its levels, a file behind a symbolic
    /// link that can't be followed, or maybe the page whose title could not be read.
    fn is_reported_elsewhere(&self, page: &Page, target: &Target) -> bool {
        match target {
            Target::Name { name, .. } => {
                lacks_track(self.pages, name)
                    || self.is_behind_symlink(name)
                    || !name.contains('/') && self.names.has_untitled(None)
            }
            Target::File { path, .. } => file_from(page, path).is_some_and(|file| {
                self.is_behind_symlink(file.as_str())
                    || file.name() == "index.md" && lacks_track(self.pages, file.parent())
            }),
            _ => false,
        }
    }

    /// Whether a path in `content/` is that of a symbolic link that can't be followed, or leads through one.
    fn is_behind_symlink(&self, path: &str) -> bool {
        let path = name::lower(path.trim_matches('/'));
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path.as_str()]);
        !self.routes.symlinks.is_empty() && folders.any(|path| self.routes.symlinks.contains(path))
    }

    fn named(&self, page: &Page, link: &LinkRef, name: &str) -> Result<Named, Box<Diagnostic>> {
        match self.names.find(None, name) {
            Found::One(id) => Ok(Named::Page(id)),
            Found::Several(ids) => {
                Err(Box::new(ambiguous(Code::AmbiguousLink, page.span(&link.span), name, &ids, self.pages)))
            }
            Found::Nothing => {
                let path = name.trim_matches('/').to_lowercase();
                self.names.record(Input::Generated);
                self.routes.named.get(&path).cloned().map(Named::Generated).ok_or_else(|| {
                    // A title may begin with a dot, such as `.NET`.
                    let hidden = Some(name).filter(|name| name.contains('/') || name.starts_with('_'));
                    if let Some(diagnostic) = hidden.and_then(|name| left_out(&written(page, link, name), name)) {
                        return Box::new(diagnostic);
                    }
                    if !self.suggests() {
                        let written = written(page, link, name);
                        return Box::new(catalog::unknown_page_name(&written, name, Advice::text(NO_SUGGESTION)));
                    }
                    let former = MissingFile { path: &name::lower(name), image: false }.former_page(self.pages);
                    let moved = former.map(|page| Advice::did_you_mean(vec![page.id.clone()]));
                    let advice = moved.unwrap_or_else(|| self.names.suggest(None, name));
                    let made: Vec<String> = self.routes.generated.keys().map(Generated::path).collect();
                    let made = nearest(name, made.iter().map(String::as_str)).filter(|made| !made.is_empty());
                    let advice = match made.filter(|_| !advice.is_guess()) {
                        Some(made) => Advice::did_you_mean(vec![made.to_owned()]),
                        None if advice.help.is_empty() => Advice::text("use a page's path, title or code"),
                        None => advice,
                    };
                    Box::new(catalog::unknown_page_name(&written(page, link, name), name, advice))
                })
            }
        }
    }

    fn file(&self, page: &Page, link: &LinkRef, path: &str) -> Result<ContentFile, Box<Diagnostic>> {
        let (image, written) = (link.image, || written(page, link, path));
        if path.is_empty() {
            return Err(Box::new(catalog::empty_link(&written())));
        }
        let Some(joined) = file_from(page, path) else { return Err(Box::new(catalog::link_outside(&written(), path))) };
        let folded = name::lower(joined.as_str());
        let index = if folded.is_empty() { "index.md".to_owned() } else { format!("{folded}/index.md") };
        self.names.record_all([Input::file(&folded), Input::file(&index)]);
        if let Some(file) = self.routes.files.get(folded.as_str()).or_else(|| self.routes.files.get(index.as_str())) {
            return match file {
                ContentFile::Page(_) if image => {
                    let start = link.span.start;
                    let is_marked = page.source.get(start..).is_some_and(|text| text.starts_with("!["));
                    let mark = is_marked.then(|| page.span(&(start..start + 1)));
                    Err(Box::new(catalog::image_of_a_page(&written(), path, mark)))
                }
                file => Ok(*file),
            };
        }
        if let Some(advice) = as_web_address(path).filter(|_| !image) {
            return Err(Box::new(catalog::web_address_without_scheme(&written(), path, advice)));
        }
        if path.contains('\\') {
            let slashes = path.replace('\\', "/");
            let joined = file_from(page, &slashes);
            self.names.record_all(joined.iter().map(|joined| Input::file(&name::lower(joined.as_str()))));
            return Err(Box::new(with_backslashes(&written(), page, joined.as_ref(), (self.pages, self.routes))));
        }
        if let Some(diagnostic) = left_out(&written(), joined.as_str()) {
            return Err(Box::new(diagnostic));
        }
        let here = TreePath::normalized(page.content_path());
        let suggestion = || MissingFile { path: &folded, image }.suggestion(&here, self.pages, self.routes);
        let advice = if self.suggests() { suggestion() } else { Advice::text(NO_SUGGESTION) };
        Err(Box::new(catalog::missing_file(&written(), joined.as_str(), advice)))
    }

    /// The page that has the words of an anchor as its name: it may have been a section before.
    fn page_of_section(&self, anchor: &str, but: [PageId; 2]) -> Option<&Page> {
        let spelled = [anchor.to_owned(), anchor.replace(['-', '_'], " ")];
        let found = spelled.iter().find_map(|name| match self.names.find(None, name) {
            Found::One(id) => Some(id),
            _ => None,
        })?;
        (!but.contains(&found) && self.pages.is_shown(found)).then(|| self.pages.get(found))
    }

    fn resolve_anchor(
        &self,
        (from, link): (PageId, &LinkRef),
        to: PageId,
        anchor: Option<&String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Resolved {
        let target = self.pages.get(to);
        if !self.pages.is_shown(to) {
            diagnostics.push(catalog::link_to_draft(
                &written(self.pages.get(from), link, ""),
                &target.title.value,
                target.title_span(),
            ));
            return Resolved::Nothing;
        }
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return Resolved::Page(to, None) };
        self.names.record(Input::Anchors(to));
        let anchors = self.anchors.linkable(self.pages, self.ladder, to);
        if anchors.contains(anchor) || target.broken {
            return Resolved::Page(to, Some(anchor.clone()));
        }
        let slug = name::anchor(anchor);
        if anchors.contains(&slug) {
            return Resolved::Page(to, Some(slug));
        }
        if from == to && slug == "top" {
            return Resolved::Page(to, None); // Every browser knows that place.
        }
        let whose = if from == to { "this page".to_owned() } else { format!("`{}`", target.id) };
        let advice = if !self.suggests() {
            Advice::text(NO_SUGGESTION)
        } else if let Some(page) = self.page_of_section(anchor, [from, to]) {
            Advice::text(format!("did you mean the page `[[{}]]`?", page.id))
        } else {
            anchor_advice(&slug, anchors, target)
        };
        diagnostics.push(catalog::broken_anchor(&written(self.pages.get(from), link, anchor), &whose, anchor, advice));
        Resolved::Page(to, None)
    }
}

enum Named {
    Page(PageId),
    Generated(Generated),
}
