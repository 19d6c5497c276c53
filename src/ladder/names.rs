use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span, Spanned, nearest, valid_here};
use crate::name::fold;
use crate::page::{FrontMatter, Kind, Page, PageId, Pages, Words, id_of, is_page};
use crate::tree::{Tree, TreePath};

/// Which page a name means. A page's names are its id, every tail of it, its title, and its code and other names.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashMap<Arc<str>, Vec<PageId>>,
    all: HashMap<Arc<str>, Vec<PageId>>,
    /// Pages with an id of their own, by what would be their id without it.
    paths: HashMap<String, Vec<PageId>>,
    /// Files of `content/` that are no pages: what would be their id if they were, and their path.
    files: Vec<(String, TreePath)>,
}

/// What a name was found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One page.
    One(PageId),
    /// Several pages.
    Several(Vec<PageId>),
    /// No page.
    Nothing,
}

impl Names {
    /// Collects the names of all pages, hidden drafts included.
    #[must_use]
    pub fn of(pages: &Pages) -> Self {
        let mut names = Self::default();
        for (id, page) in pages.all() {
            names.ids.entry(Arc::clone(page.folded_id())).or_default().push(id);
            if page.id_span.is_some() {
                names.paths.entry(fold(id_of(page.place()))).or_default().push(id);
            }
            for name in &page.names {
                let named = names.all.entry(Arc::clone(name)).or_default();
                if named.last() != Some(&id) {
                    named.push(id);
                }
            }
        }
        names
    }

    /// Takes in that pages have other names than before.
    pub(crate) fn rename(&mut self, words: &Words, pages: &Pages, before: &Pages) {
        for id in &words.pages {
            for name in &before.get(*id).names {
                if let Some(named) = self.all.get_mut(name) {
                    named.retain(|other| other != id);
                }
            }
            for name in &pages.get(*id).names {
                let named = self.all.entry(Arc::clone(name)).or_default();
                if let Err(at) = named.binary_search(id) {
                    named.insert(at, *id);
                }
            }
        }
        for name in &words.names {
            if self.all.get(name).is_some_and(Vec::is_empty) {
                self.all.remove(name);
            }
        }
    }

    /// Remembers the files of `content/` that are no pages, for whoever takes one of them for a page.
    #[must_use]
    pub fn beside(mut self, content: &Tree) -> Self {
        let others = content.iter().map(|(path, _)| path).filter(|path| !is_page(path));
        let stem = |path: &TreePath| path.as_str().rsplit_once('.').map(|(stem, _)| fold(stem));
        self.files = others.filter_map(|path| Some((stem(path)?, path.clone()))).collect();
        self
    }

    /// The page that a name means, among those of a kind when one is given. An exact id wins, and a published page over a
    /// draft. Pages that share kind and id count as one: that they do is a problem of its own.
    #[must_use]
    pub fn find(&self, pages: &Pages, kind: Option<Kind>, name: &str) -> Found {
        self.find_among(pages, kind, name, |_| true)
    }

    /// The page that a name means, as [`Names::find`], among some pages only.
    pub fn find_among(&self, pages: &Pages, kind: Option<Kind>, name: &str, accept: impl Fn(PageId) -> bool) -> Found {
        self.find_folded(pages, kind, &fold_named(name), accept)
    }

    /// The page that a name means, as [`Names::find_among`]; the name is given as [`fold_named`] makes it.
    pub(crate) fn find_folded(
        &self,
        pages: &Pages,
        kind: Option<Kind>,
        folded: &str,
        accept: impl Fn(PageId) -> bool,
    ) -> Found {
        let of_kind = |named: Option<&Vec<PageId>>| -> Vec<PageId> {
            let named = named.into_iter().flatten();
            let of_kind = named.copied().filter(|id| kind.is_none_or(|kind| could_be(pages.get(*id), kind)));
            of_kind.filter(|id| accept(*id)).collect()
        };
        let mut found = of_kind(self.ids.get(folded));
        if found.is_empty() {
            found = of_kind(self.all.get(folded));
        }
        if found.is_empty() {
            found = of_kind(self.paths.get(folded));
            found.retain(|id| self.shares_id(pages, *id));
        }
        if found.iter().any(|id| pages.is_shown(*id)) {
            found.retain(|id| pages.is_shown(*id));
        }
        match found.as_slice() {
            [] => Found::Nothing,
            [one] => Found::One(*one),
            [one, more @ ..] if more.iter().all(|id| same(pages.get(*id), pages.get(*one))) => {
                let by_path = found.iter().find(|id| pages.get(**id).id_span.is_none());
                Found::One(*by_path.unwrap_or(one))
            }
            _ => Found::Several(found),
        }
    }

    /// Whether another page of its kind has the id that a page was given.
    fn shares_id(&self, pages: &Pages, id: PageId) -> bool {
        let page = pages.get(id);
        let sharing = self.ids.get(page.folded_id()).into_iter().flatten();
        sharing.into_iter().any(|other| *other != id && same(pages.get(*other), page))
    }

    /// "Did you mean", among the names of published pages of a kind.
    #[must_use]
    pub fn suggest(&self, pages: &Pages, kind: Option<Kind>, wrong: &str) -> String {
        let of_kind =
            || pages.shown().map(|(_, page)| page).filter(move |page| kind.is_none_or(|kind| page.kind == kind));
        if let Some(kind) = kind.filter(|_| of_kind().next().is_none()) {
            return format!("no page has `kind: {}` yet", kind.as_str());
        }
        // Some write the file, or a folder that is not there.
        let bare = wrong.trim_start_matches(['.', '/']).trim_end_matches(".md");
        let bare = bare.strip_prefix("content/").unwrap_or(bare);
        let folded = fold(bare);
        let moved = of_kind().find(|page| page.id_span.is_some() && fold(id_of(page.place())) == folded);
        if let Some(page) = moved {
            return format!("{} has the id `{}`, so that is its name", page.file, page.id);
        }
        let is_tail =
            |id: &str| id.strip_suffix(folded.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        if let Some((_, file)) = self.files.iter().find(|(id, _)| is_tail(id)) {
            return format!("there is a file content/{file}, but pages end in `.md`");
        }
        let last = bare.rsplit('/').next().unwrap_or(bare);
        let names: Vec<&str> = of_kind().flat_map(Page::own_names).collect();
        let mut written = vec![wrong, bare, last];
        written.dedup();
        match written.into_iter().find_map(|wrong| nearest(wrong, names.iter().copied())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => valid_here(of_kind().map(|page| page.id.as_str())),
        }
    }

    /// The page of a kind that a front-matter value names. Notes an unknown name with the nearest ones, an ambiguous
    /// one with all that it could mean, and a name of a draft.
    pub fn resolve(
        &self,
        pages: &Pages,
        kind: Kind,
        name: &Spanned<String>,
        of: &Page,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        let span = of.span(&name.span);
        match self.find(pages, Some(kind), &name.value) {
            Found::One(id) if pages.is_shown(id) => return Some(id),
            Found::One(id) => {
                let message = format!("`{}` is a draft, and this page is published", name.value);
                let diagnostic = Diagnostic::new(Code::LinkToDraft, span, message)
                    .label(pages.get(id).whole(), "the draft")
                    .help("publish it (`draft: false`), or leave it out here; `--drafts` shows drafts");
                diagnostics.push(diagnostic);
            }
            Found::Several(ids) => diagnostics.push(ambiguous(Code::AmbiguousName, span, &name.value, &ids, pages)),
            Found::Nothing if kind == Kind::Track && lacks_track(pages, &name.value) => {} // That is told of its levels.
            Found::Nothing => {
                let code = match kind {
                    Kind::Track => Code::UnknownTrack,
                    Kind::Competency => Code::UnknownCompetency,
                    _ => Code::UnknownLevel,
                };
                let diagnostic = match self.find(pages, None, &name.value) {
                    Found::One(id) => other_kind(code, span, kind, &name.value, pages.get(id)),
                    _ if let Some(names) = self.taken_apart(pages, kind, &name.value) => {
                        let help = format!("write `{}`", names.join(", "));
                        Diagnostic::new(code, span, "commas are missing between these names").help(help)
                    }
                    _ => {
                        let message = format!("there is no {} called `{}`", kind.as_str(), name.value);
                        Diagnostic::new(code, span, message).help(self.suggest(pages, Some(kind), &name.value))
                    }
                };
                diagnostics.push(diagnostic);
            }
        }
        None
    }
}

impl Names {
    /// Several names in a row, if that is what a text is: each of its words, or its two halves.
    fn taken_apart<'n>(&self, pages: &Pages, kind: Kind, text: &'n str) -> Option<Vec<&'n str>> {
        let is_name = |part: &str| matches!(self.find(pages, Some(kind), part), Found::One(_));
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() > 1 && words.iter().all(|word| is_name(word)) {
            return Some(words);
        }
        let halves = text.match_indices(' ').map(|(at, _)| [text[..at].trim(), text[at..].trim()]);
        halves.into_iter().find(|halves| halves.iter().all(|half| is_name(half))).map(Vec::from)
    }
}

/// A name as names are compared, where it is used to name a page.
pub(crate) fn fold_named(name: &str) -> String {
    fold(name.trim().trim_matches('/'))
}

/// Whether two pages share kind and id.
fn same(a: &Page, b: &Page) -> bool {
    a.kind == b.kind && a.folded_id() == b.folded_id()
}

/// Whether a folder holds levels that have no track because the folder has no page for one.
#[must_use]
pub fn lacks_track(pages: &Pages, folder: &str) -> bool {
    let folder = folder.trim_matches('/');
    let inside = || pages.shown().map(|(_, page)| page).filter(|page| page.folder() == folder);
    let has_levels =
        inside().any(|page| matches!(&page.front_matter, FrontMatter::Level(level) if level.track.is_none()));
    has_levels && inside().all(|page| page.kind != Kind::Track)
}

/// A page of unreadable front matter may be of any kind.
fn could_be(page: &Page, kind: Kind) -> bool {
    page.kind == kind || page.broken && page.kind == Kind::Page
}

/// A name that a page of another kind has.
fn other_kind(code: Code, span: Span, wanted: Kind, name: &str, page: &Page) -> Diagnostic {
    let message = format!("`{name}` is {}, not {}", page.kind.described(), wanted.described());
    let help = format!("name {}, or give that page `kind: {}` if it is one", wanted.described(), wanted.as_str());
    Diagnostic::new(code, span, message).label(page.whole(), "this page").help(help)
}

/// A problem that lists every page that a name could mean.
#[must_use]
pub fn ambiguous(code: Code, span: Span, name: &str, ids: &[PageId], pages: &Pages) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(code, span, format!("`{name}` could mean {} pages", ids.len()));
    for id in ids.iter().take(6) {
        let page = pages.get(*id);
        diagnostic = diagnostic.label(place_of(page, name), format!("{} `{}`", page.kind.described(), page.id));
    }
    let shown = || ids.iter().take(6).map(|id| pages.get(*id));
    let by_id: Vec<_> = shown().map(|page| format!("`{}`", page.id)).collect();
    if by_id.iter().all(|id| *id == by_id[0]) {
        let by_file: Vec<_> = shown().map(|page| format!("`[…](/{})`", page.place())).collect();
        return diagnostic.help(format!("they have one id, so link to the file: {}", by_file.join(" or ")));
    }
    diagnostic.help(format!("name it by its id: {}; or give one of them another name", by_id.join(" or ")))
}

/// Where a page gives itself a name.
fn place_of(page: &Page, name: &str) -> Span {
    let others: Vec<&Spanned<String>> = match &page.front_matter {
        FrontMatter::Level(level) => level.code.iter().chain(&level.also_known_as).collect(),
        FrontMatter::Competency(competency) => competency.also_known_as.iter().collect(),
        FrontMatter::Term(names) => names.iter().collect(),
        _ => Vec::new(),
    };
    let name = fold(name);
    let titled = fold(&page.title.value) == name;
    let other = others.into_iter().find(|other| !titled && fold(&other.value) == name);
    other.map_or_else(|| page.whole(), |other| page.span(&other.span))
}
