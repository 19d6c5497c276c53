//! The pages that names mean.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;

use crate::diagnostic::catalog::{self, NamedPage};
use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span, Spanned, all_nearest, valid_here};
use crate::ladder::cache_inputs::{Input, Reads};
use crate::ladder::name_index::{Names, Source};
use crate::name::{Closeness, closeness, fold};
use crate::page::{FrontMatter, Kind, Page, PageId, Pages, id_of};
use crate::yaml;

/// The most pages with one name among which one is looked for. If more have it, as no project has on purpose, it's
/// ambiguous: comparing them for each link would take time with the square of their number.
const MAX_NARROWED: usize = 1_000;

/// The most spaces in a text that are tried as the place of a comma.
const MAX_HALVES: usize = 20;

/// The most suggestions that a lookup makes: each compares a name with all others.
const MAX_SUGGESTIONS: usize = 1_000;

/// The pages that a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One page.
    One(PageId),
    /// Several pages.
    Several(Vec<PageId>),
    /// No page.
    Nothing,
}

/// Looks up names and records them: the results are valid as long as those names mean the same pages.
pub struct NameLookup<'a> {
    names: &'a Names,
    pages: &'a Pages,
    reads: RefCell<Vec<Input>>,
    /// The number of suggestions so far.
    suggested: Cell<usize>,
    /// Which pages to prefer among several with the same name, and the inputs that this depends on.
    preferred: Option<Preference<'a>>,
}

/// A preference among pages with the same name.
struct Preference<'a> {
    applies: Box<dyn Fn(PageId) -> bool + 'a>,
    /// What it depends on.
    inputs: [Input; 4],
}

impl fmt::Debug for NameLookup<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NameLookup")
            .field("names", self.names)
            .field("reads", &self.reads)
            .finish_non_exhaustive()
    }
}

impl<'a> NameLookup<'a> {
    /// A lookup with nothing recorded.
    #[must_use]
    pub fn new(names: &'a Names, pages: &'a Pages) -> Self {
        Self { names, pages, reads: RefCell::default(), suggested: Cell::default(), preferred: None }
    }

    /// The lookup with a preference among several pages with the same name, which depends on `inputs`.
    pub(super) fn preferring(self, applies: impl Fn(PageId) -> bool + 'a, inputs: [Input; 4]) -> Self {
        Self { preferred: Some(Preference { applies: Box::new(applies), inputs }), ..self }
    }

    /// The pages that have the names.
    #[must_use]
    pub fn pages(&self) -> &'a Pages {
        self.pages
    }

    /// Records an input that was read elsewhere.
    pub fn record(&self, input: Input) {
        self.reads.borrow_mut().push(input);
    }

    /// Records inputs that were read elsewhere.
    pub fn record_all(&self, inputs: impl IntoIterator<Item = Input>) {
        self.reads.borrow_mut().extend(inputs);
    }

    /// Records the inputs of a diagnostic, which quotes titles, labels front matter and suggests names.
    pub fn record_diagnostic(&self) {
        self.record_all(
            Kind::ALL.into_iter().map(Input::Names).chain(Input::all_front_matter()).chain(Input::all_outlines()),
        );
    }

    /// The recorded inputs.
    #[must_use]
    pub fn into_reads(self) -> Reads {
        Reads::from_iter(self.reads.into_inner())
    }

    /// All pages that are shown, for a search through their names.
    pub(super) fn search(&self, kind: Kind) -> impl Iterator<Item = (PageId, &'a Page)> + use<'a> {
        self.record(Input::Names(kind));
        self.pages.shown_of(kind)
    }

    /// The page that a name means, among those of a kind when one is given. See [`NameLookup::find_among`].
    #[must_use]
    pub fn find(&self, kind: Option<Kind>, name: &str) -> Found {
        self.find_among(kind, name, |_| true)
    }

    /// The page that a name means, among some pages only. Where several pages have the name, these rules apply in turn
    /// until only one is left:
    ///
    /// 1. a name that is equal exactly wins over all others;
    /// 2. a page of the tracks of the page wins over one of the same kind that isn't;
    /// 3. the [closest](Closeness) name wins;
    /// 4. a page whose id is the name, apart from case and closing punctuation, wins over others;
    /// 5. a published page wins over a draft.
    ///
    /// Pages that share kind and id count as one, because that is reported separately.
    pub fn find_among(&self, kind: Option<Kind>, name: &str, accept: impl Fn(PageId) -> bool) -> Found {
        self.find_by(kind, name, accept, |id| {
            self.preferred.as_ref().is_none_or(|Preference { applies, inputs }| {
                self.record_all(*inputs);
                applies(id)
            })
        })
    }

    /// The page that a name means, as [`NameLookup::find`]; `applies` says which pages are on the tracks of the page.
    pub(super) fn find_applying(&self, kind: Kind, name: &str, applies: impl Fn(PageId) -> bool) -> Found {
        self.find_by(Some(kind), name, |_| true, applies)
    }

    fn find_by(
        &self,
        kind: Option<Kind>,
        name: &str,
        accept: impl Fn(PageId) -> bool,
        applies: impl Fn(PageId) -> bool,
    ) -> Found {
        let (pages, name) = (self.pages, name.trim().trim_matches('/'));
        let folded = fold(name);
        self.record(Input::name(&folded));
        let of_kind = |source| -> Vec<PageId> {
            let named = self.names.pages_with(pages, source, &folded).into_iter();
            let of_kind = named.filter(|id| kind.is_none_or(|kind| could_be(pages.get(*id), kind)));
            of_kind.filter(|id| accept(*id)).collect()
        };
        let mut found = of_kind(Source::Name);
        if found.is_empty() {
            found = of_kind(Source::Path);
            found.retain(|id| self.shares_id(*id));
        }
        if found.len() > 1 {
            self.record(Input::spellings(&folded));
            if found.len() <= MAX_NARROWED {
                self.narrow(&mut found, name, applies);
            }
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

    /// Keeps the pages that a name means among those that have it, by the rules of [`NameLookup::find_among`].
    fn narrow(&self, found: &mut Vec<PageId>, name: &str, applies: impl Fn(PageId) -> bool) {
        let pages = self.pages;
        let closest = |id: &PageId| pages.get(*id).own_names().filter_map(|own| closeness(name, own)).min();
        let is_exact = |id: &PageId| closest(id) == Some(Closeness::Exact);
        if found.iter().any(is_exact) {
            found.retain(is_exact);
        }
        let on_track: Vec<PageId> = found.iter().copied().filter(|id| applies(*id)).collect();
        if on_track.len() < found.len() {
            found.retain(|id| {
                let kind = pages.get(*id).kind;
                on_track.contains(id) || !on_track.iter().any(|other| pages.get(*other).kind == kind)
            });
        }
        let has_id = |id: &PageId| closeness(name, &pages.get(*id).id).is_some_and(|id| id < Closeness::Folded);
        let rank = |id: &PageId| (closest(id), !has_id(id));
        let best = found.iter().map(rank).min();
        found.retain(|id| Some(rank(id)) == best);
        if found.iter().any(|id| pages.is_shown(*id)) {
            found.retain(|id| pages.is_shown(*id));
        }
    }

    /// Whether another page of its kind has the id that a page was given.
    fn shares_id(&self, id: PageId) -> bool {
        let page = self.pages.get(id);
        let sharing = self.names.pages_with(self.pages, Source::Id, page.folded_id());
        sharing.into_iter().any(|other| other != id && same(self.pages.get(other), page))
    }

    /// Whether a published page that may be of a kind has a title that could not be read, so that any unknown name could
    /// mean it.
    #[must_use]
    pub fn has_untitled(&self, kind: Option<Kind>) -> bool {
        self.pages.untitled().any(|(_, page)| kind.is_none_or(|kind| could_be(page, kind)))
    }

    /// A suggestion for an unknown name, among the names of published pages of a kind; none after the first 1,000.
    #[must_use]
    pub fn suggest(&self, kind: Option<Kind>, wrong: &str) -> Advice {
        self.record_diagnostic();
        self.suggested.update(|count| count + 1);
        if self.suggested.get() > MAX_SUGGESTIONS {
            return Advice::default();
        }
        let pages = self.pages;
        let of_kind =
            || pages.shown().map(|(_, page)| page).filter(move |page| kind.is_none_or(|kind| page.kind == kind));
        if let Some(kind) = kind.filter(|_| of_kind().next().is_none()) {
            return Advice::text(format!("no page has `kind: {}` yet", kind.as_str()));
        }
        // Some authors write the file, or a folder that doesn't exist.
        let bare = wrong.trim_start_matches(['.', '/']).trim_end_matches(".md");
        let bare = bare.strip_prefix("content/").unwrap_or(bare);
        let folded = fold(bare);
        let moved = of_kind().find(|page| page.id_span.is_some() && fold(id_of(page.content_path())) == folded);
        if let Some(page) = moved {
            let help = format!("{} has the id `{}`; use that", page.file, page.id);
            return Advice::suggest(help, page.id.clone());
        }
        let is_tail =
            |id: &str| id.strip_suffix(folded.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        if let Some((_, file)) = self.names.files.iter().find(|(id, _)| is_tail(id)) {
            return Advice::text(format!("content/{file} isn't a page; rename it so that it ends in `.md`"));
        }
        let last = bare.rsplit('/').next().unwrap_or(bare);
        if last != bare
            && let Found::One(moved) = self.find(kind, last)
            && pages.is_shown(moved)
        {
            return Advice::did_you_mean(vec![pages.get(moved).id.clone()]);
        }
        let names: Vec<&str> = of_kind().flat_map(Page::own_names).collect();
        let mut written = vec![wrong, bare, last];
        written.dedup();
        let near = written.into_iter().map(|wrong| all_nearest(wrong, names.iter().copied()));
        let near = near.into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        let Some(nearest) = near.first() else {
            return Advice::text(valid_here(of_kind().map(|page| page.id.as_str())));
        };
        // A name that several pages have suggests nothing, but their ids do.
        let mut meant: Vec<(PageId, &str)> = Vec::new();
        for name in &near {
            match self.find(kind, name) {
                Found::One(id) => meant.push((id, name)),
                Found::Several(ids) => meant.extend(ids.into_iter().map(|id| (id, pages.get(id).id.as_str()))),
                Found::Nothing => {}
            }
        }
        let (mut known_pages, mut known_names) = (HashSet::new(), HashSet::new());
        meant.retain(|(id, name)| known_pages.insert(*id) && known_names.insert(*name));
        if meant.len() < 2 {
            return Advice::did_you_mean(vec![(*nearest).to_owned()]);
        }
        Advice::did_you_mean(meant.into_iter().map(|(_, name)| name.to_owned()).collect())
    }

    /// The page of a kind that was found for a front-matter value. Reports an unknown name with the nearest ones, an
    /// ambiguous one with all pages that it could mean, and the name of a draft.
    pub fn resolve(
        &self,
        found: Found,
        kind: Kind,
        name: &Spanned<String>,
        of: &Page,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        let (pages, span) = (self.pages, of.span(&name.span));
        if let Found::One(id) = found
            && pages.is_shown(id)
        {
            return Some(id);
        }
        self.record_diagnostic();
        match found {
            Found::One(id) => {
                let draft = pages.get(id).title_span();
                diagnostics.push(catalog::name_of_draft(span, &name.value, draft));
            }
            Found::Several(ids) => {
                let diagnostic = ambiguous(Code::AmbiguousName, span.clone(), &name.value, &ids, pages);
                let by_id = ids.iter().map(|id| Fix::replace(span.clone(), yaml::scalar(&pages.get(*id).id)));
                diagnostics.push(by_id.map(Fix::as_suggestion).fold(diagnostic, Diagnostic::fix));
            }
            Found::Nothing if kind == Kind::Track && lacks_track(pages, &name.value) => {} // Reported for its levels.
            Found::Nothing => {
                let code = match kind {
                    Kind::Track => Code::UnknownTrack,
                    Kind::Competency => Code::UnknownCompetency,
                    _ => Code::UnknownLevel,
                };
                let diagnostic = match self.find(None, &name.value) {
                    Found::One(id) => {
                        let (page, wanted) = (pages.get(id), kind.described());
                        let other = (page.title_span(), page.kind.described());
                        let other = (other.0, other.1.as_str());
                        catalog::name_of_another_kind(code, span, &name.value, (kind.as_str(), &wanted), other)
                    }
                    _ if let Some(names) = self.split_names(kind, &name.value) => {
                        catalog::names_without_commas(code, span, with_commas(of, name, &names))
                    }
                    _ if self.has_untitled(Some(kind)) => return None, // It may be the title that could not be read.
                    _ => {
                        let near = self.suggest(Some(kind), &name.value).written(yaml::scalar);
                        catalog::unknown_name(code, span, kind.as_str(), &name.value, near)
                    }
                };
                diagnostics.push(diagnostic);
            }
        }
        None
    }
}

impl NameLookup<'_> {
    /// The names that a text without commas consists of: each of its words, or its two halves.
    fn split_names<'n>(&self, kind: Kind, text: &'n str) -> Option<Vec<&'n str>> {
        let is_name = |part: &str| matches!(self.find(Some(kind), part), Found::One(_));
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() > 1 && words.iter().all(|word| is_name(word)) {
            return Some(words);
        }
        // No list of names that lacks its commas has more; each half takes time with the length of the text.
        let halves = text.match_indices(' ').take(MAX_HALVES).map(|(at, _)| [text[..at].trim(), text[at..].trim()]);
        halves.into_iter().find(|halves| halves.iter().all(|half| is_name(half))).map(Vec::from)
    }
}

/// Whether two pages share kind and id.
fn same(a: &Page, b: &Page) -> bool {
    a.kind == b.kind && a.folded_id() == b.folded_id()
}

/// Whether the levels of a folder have no track because no page of the folder is one.
#[must_use]
pub fn lacks_track(pages: &Pages, folder: &str) -> bool {
    let folder = folder.trim_matches('/');
    let inside = || pages.shown().map(|(_, page)| page).filter(|page| page.folder() == folder);
    let has_levels =
        inside().any(|page| matches!(&page.front_matter, FrontMatter::Level(level) if level.track.is_none()));
    has_levels && inside().all(|page| page.kind != Kind::Track)
}

/// Whether a page could be of a kind: one whose front matter can't be read could be of any.
fn could_be(page: &Page, kind: Kind) -> bool {
    page.kind == kind || page.broken && page.kind == Kind::Page
}

/// The advice to write commas between some names, which `written` has without.
fn with_commas(page: &Page, written: &Spanned<String>, names: &[&str]) -> Advice {
    let help = format!("write `{}`", names.join(", "));
    let list: Vec<String> = names.iter().map(|name| yaml::scalar(name)).collect();
    match page.source[..written.span.start].trim_end().chars().next_back() {
        Some('[' | ',') => Advice::replace_by(help, list.join(", ")),
        Some(':') => Advice::replace_by(help, format!("[{}]", list.join(", "))),
        _ => Advice::text(help),
    }
}

/// Reports a name that could mean several pages, with each of them.
#[must_use]
pub fn ambiguous(code: Code, span: Span, name: &str, ids: &[PageId], pages: &Pages) -> Diagnostic {
    let named = |id: &PageId| {
        let page = pages.get(*id);
        let (described, path) = (page.kind.described(), page.content_path());
        NamedPage { span: place_of(page, name), described, id: &page.id, path }
    };
    let shown: Vec<NamedPage<'_>> = ids.iter().take(6).map(named).collect();
    catalog::ambiguous_name(code, span, name, ids.len(), &shown)
}

/// The span of a page's name in its front matter.
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
    other.map_or_else(|| page.title_span(), |other| page.span(&other.span))
}
