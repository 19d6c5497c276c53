//! The stages of a guide in order, each computed again only where its inputs differ.

use std::sync::Arc;

use super::model::{Guide, Options};
use super::page_cache::{self, Sources};
use super::symlinks::{report_symlinks, unresolved_pages};

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Span};
use crate::ladder::{
    self, Input, InputChanges, Ladder, LadderCache, LadderUpdate, LevelId, Names, PageChanges, TrackId,
};
use crate::link::{AnchorCache, LinkCache, RouteCache, RoutesInputs, Targets};
use crate::memo::Memo;
use crate::page::{self, Kind, Pages};
use crate::tree::{FileContent, Tree, TreePath};

impl Guide {
    /// Builds the guide of a project.
    pub fn new(project: &Tree, options: Options) -> Diagnosed<Self> {
        GuideCache::new(options).guide(project, &[])
    }
}

/// Builds guides of a project that changes, each as [`Guide::new`] would. See [`crate::memo`] for the rule of its
/// cache.
#[derive(Debug)]
pub struct GuideCache {
    options: Options,
    config: CachedConfig,
    sources: Sources,
    last: Option<LastInputs>,
    names: Memo<Input, Arc<Names>>,
    /// The diagnostics of review dates.
    reviews: Memo<Input, Vec<Diagnostic>>,
    ladder: LadderCache,
    anchors: AnchorCache,
    routes: RouteCache,
    links: LinkCache,
}

/// The configuration and the file that it was read from.
#[derive(Debug, Default)]
struct CachedConfig {
    source: Option<FileContent>,
    value: Option<Diagnosed<Arc<Config>>>,
}

/// The inputs of the last guide.
#[derive(Debug)]
struct LastInputs {
    config: Arc<Config>,
    pages: Pages,
    /// The paths of the files in `content/` that aren't pages.
    content: Vec<TreePath>,
    /// The symbolic links in `content/` that can't be followed.
    symlinks: Vec<TreePath>,
    reserved: Vec<TreePath>,
    is_dated: bool,
    has_matrix: bool,
    /// The levels that have a self-assessment, by track.
    assessable: Vec<(Option<TrackId>, Vec<LevelId>)>,
}

impl GuideCache {
    /// An empty cache.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            config: CachedConfig::default(),
            sources: Sources::default(),
            last: None,
            names: Memo::default(),
            reviews: Memo::default(),
            ladder: LadderCache::default(),
            anchors: AnchorCache::default(),
            routes: RouteCache::default(),
            links: LinkCache::default(),
        }
    }

    /// The configuration of a project.
    pub fn config(&mut self, project: &Tree) -> Arc<Config> {
        Arc::clone(&self.config.update(project).value)
    }

    /// Builds the guide of a project. `reserved` are the files of the theme, whose addresses nothing else may have.
    pub fn guide(&mut self, project: &Tree, reserved: &[TreePath]) -> Diagnosed<Guide> {
        let Diagnosed { value: config, mut diagnostics } = self.config.update(project).clone();
        let (pages, content) = self.pages(project, &config, &mut diagnostics);
        let PageChanges { inputs: mut changes, moves } = self.changes(&config, &pages, &content, reserved);
        if let Some(moves) = &moves {
            self.ladder.renumber(moves);
            self.anchors.renumber(moves);
            self.routes.renumber(moves);
            self.links.renumber(moves);
        }
        let last_names = self.names.last().filter(|_| !changes.contains_everything()).map(Arc::clone);
        self.names.update(&changes, || {
            let changed = || pages.ids().filter(|id| changes.contains(&Input::Page(*id))).collect();
            let names = match last_names {
                Some(last) => last.after(&pages, &changed(), moves.as_ref()),
                None => Names::new(&pages, &content),
            };
            (Arc::new(names), Kind::ALL.into_iter().map(Input::Names).collect())
        });
        let names = Arc::clone(self.names.get());
        self.reviews
            .update(&changes, || (page::reviews(&pages, self.options.today), Input::all_front_matter().collect()));
        let updated = self.ladder.update(&config, &pages, &names, &mut changes);
        let anchors = Arc::new(self.anchors.update(&config, &pages, &updated, &mut changes));
        let LadderUpdate { ladder, diagnostics: of_ladder, .. } = updated;
        diagnostics.extend(of_ladder);
        self.compare_assessable(&ladder, &mut changes);
        let inputs =
            RoutesInputs { config: &config, pages: &pages, ladder: &ladder, content: &content, theme_assets: reserved };
        let Diagnosed { value: routes, diagnostics: of_routes } = self.routes.update(inputs, &mut changes);
        diagnostics.extend(of_routes.into_iter().chain(self.reviews.get().iter().cloned()));
        diagnostics.extend(page::reported_placeholders(&pages));
        drop_duplicate_reports(&mut diagnostics);
        let targets = Targets {
            config: &config,
            pages: &pages,
            names: &names,
            ladder: &ladder,
            routes: &routes,
            anchors: &anchors,
        };
        let links = self.links.update(targets, &mut changes).drain_into(&mut diagnostics);
        Diagnosed::new(Guide { config, pages, names, ladder, routes, anchors, links, content }, diagnostics)
    }

    /// The number of times that each stage was computed; for stages that are computed page by page, the number of
    /// pages.
    #[must_use]
    pub fn computed(&self) -> Vec<(&'static str, usize)> {
        let mut computed = vec![("pages", self.sources.parsed()), ("names", self.names.computed())];
        computed.extend(self.ladder.computed());
        computed.push(("anchors", self.anchors.computed()));
        computed.push(("addresses", self.routes.computed_addresses()));
        computed.push(("routes", self.routes.computed()));
        computed.push(("links", self.links.computed()));
        computed
    }

    /// The pages, and the other files of `content/`.
    fn pages(&mut self, project: &Tree, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> (Pages, Tree) {
        let (mut pages, beside) = self.sources.read(project, config.html, self.options.drafts, diagnostics);
        report_symlinks(project, diagnostics);
        let mut unread = page_cache::misnamed(project, &beside, config.html, diagnostics);
        unread.extend(unresolved_pages(project, config.html));
        if !unread.is_empty() {
            pages.extend(unread);
            pages.sort_by(|a, b| a.file.cmp(&b.file));
        }
        (Pages::new(pages, self.options.drafts), beside)
    }

    /// Compares the inputs with those of the last guide, and stores them for the next comparison.
    fn changes(&mut self, config: &Arc<Config>, pages: &Pages, content: &Tree, reserved: &[TreePath]) -> PageChanges {
        let last = self.last.take();
        let paths = || content.iter().map(|(path, _)| path);
        let mut changes = match &last {
            Some(last)
                if Arc::ptr_eq(&last.config, config)
                    && last.content.iter().eq(paths())
                    && last.symlinks.iter().eq(content.symlinks().keys()) =>
            {
                ladder::changes(pages, &last.pages)
            }
            _ => PageChanges::everything(),
        };
        let is_dated = pages.is_dated();
        changes.inputs.insert_if(last.as_ref().is_none_or(|last| last.is_dated != is_dated), Input::Dated);
        changes.inputs.insert_if(last.as_ref().is_none_or(|last| last.reserved != reserved), Input::Reserved);
        let (has_matrix, assessable) = last.map(|last| (last.has_matrix, last.assessable)).unwrap_or_default();
        self.last = Some(LastInputs {
            config: Arc::clone(config),
            pages: pages.clone(),
            content: paths().cloned().collect(),
            symlinks: content.symlinks().keys().cloned().collect(),
            reserved: reserved.to_vec(),
            is_dated,
            has_matrix,
            assessable,
        });
        changes
    }

    /// Compares the existence of the matrix, and the levels that have a self-assessment, with those of the last guide.
    fn compare_assessable(&mut self, ladder: &Ladder, changes: &mut InputChanges) {
        let Some(last) = self.last.as_mut().filter(|_| changes.contains(&Input::Ladder)) else { return };
        let now = (ladder.has_matrix(), ladder.assessable_by_track());
        let was = (last.has_matrix, std::mem::take(&mut last.assessable));
        changes.insert_if(was != now, Input::Assessable);
        (last.has_matrix, last.assessable) = now;
    }
}

impl CachedConfig {
    /// The configuration, read again if its file differs.
    fn update(&mut self, project: &Tree) -> &Diagnosed<Arc<Config>> {
        let source = project.bytes(&TreePath::normalized(config::FILE));
        let same = match (&self.source, source) {
            (Some(old), Some(new)) => old.is(new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let read = || {
            let Diagnosed { value, diagnostics } =
                source.map_or_else(Diagnosed::default, |source| config::parse(source));
            Diagnosed::new(Arc::new(value), diagnostics)
        };
        let cached = self.value.take().filter(|_| same);
        self.source = source.cloned();
        self.value.insert(cached.unwrap_or_else(read))
    }
}

/// Drops the second report of one mistake: the shared id of two pages that share an address too, the likely list item
/// in a line that is likely a heading, and the empty list item whose text Markdown drops.
fn drop_duplicate_reports(diagnostics: &mut Vec<Diagnostic>) {
    let spans = |diagnostic: &Diagnostic| {
        let mut spans = vec![diagnostic.span.clone()];
        spans.extend(diagnostic.labels.iter().map(|(span, _)| span.clone()));
        spans.sort();
        spans
    };
    let of_addresses = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::DuplicateAddress);
    let addresses: Vec<_> = of_addresses.map(spans).collect();
    diagnostics.retain(|diagnostic| diagnostic.code != Code::DuplicateId || !addresses.contains(&spans(diagnostic)));
    let place = |diagnostic: &Diagnostic| (diagnostic.span.file.clone(), diagnostic.span.start);
    let headings = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::NotAHeading).map(place);
    let headings: Vec<_> = headings.collect();
    diagnostics.retain(|diagnostic| diagnostic.code != Code::NotAListItem || !headings.contains(&place(diagnostic)));
    let unpublished = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UnpublishedText);
    let unpublished: Vec<Span> = unpublished.map(|diagnostic| diagnostic.span.clone()).collect();
    let has_text = |item: &Span| {
        unpublished.iter().any(|text| text.file == item.file && (item.start..item.end).contains(&text.start))
    };
    diagnostics.retain(|diagnostic| diagnostic.code != Code::EmptyItem || !has_text(&diagnostic.span));
}
