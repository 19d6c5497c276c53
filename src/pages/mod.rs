//! Builds the data for the template of each page.

pub(crate) mod assess;
pub(crate) mod cells;
mod changes;
mod chooser;
pub(crate) mod comparison;
mod competency;
pub(crate) mod difference_kinds;
mod home;
mod level;
mod level_cells;
pub(crate) mod level_facets;
mod lists;
mod matrix;
mod moves;
mod orphans;
mod related;
mod stages;
mod titles;
mod track;
pub(crate) mod worksheet_markdown;

pub use orphans::orphans;

use serde_json::Map;

use crate::config::PROJECT_STYLE_SHEET;
use crate::context::{PageContext, RenderContext};
use crate::ladder::{LevelId, Role};
use crate::link::{Address, ExportFile, Generated};
use crate::markdown::{Block, Heading};
use crate::page::{FrontMatter, Kind, Page, PageId};
use crate::percent::encode;
use crate::tree::{Tree, TreePath};
use crate::view::{Card, Content, OwnerView, PageView, RedirectView, SectionView, SiteView, TocEntry, TocTarget};

/// The most pages that a page lists as citing it: every page of a site may link to the same term.
const MAX_CITED_BY: usize = 10;

/// The view that all pages share. `copied` are the files that the site has without rendering.
#[must_use]
pub fn view_site(context: &RenderContext, copied: &Tree) -> SiteView {
    let (of_ladder, others): (Vec<_>, Vec<_>) = Kind::ALL.into_iter().partition(|kind| kind.spec().has_cells);
    let mut sections: Vec<Generated> = of_ladder.into_iter().filter_map(Generated::of).collect();
    sections.dedup();
    sections.extend([Generated::Matrix, Generated::ComparisonChooser]);
    sections.extend(others.into_iter().filter_map(Generated::of));
    let section = |generated: Generated| {
        let url = context.generated(&generated)?.url.clone();
        Some(SectionView { key: generated.section(), title: context.generated_title(&generated), url })
    };
    SiteView {
        title: context.config.title.clone(),
        description: context.config.description.clone(),
        language: context.config.language.clone(),
        direction: if context.config.is_right_to_left() { "rtl" } else { "ltr" },
        indexed: context.config.indexed,
        home: context.home_url(),
        sections: sections.into_iter().filter_map(section).collect(),
        tracks: context.ladder.tracks.iter().map(|track| context.card(track.page)).collect(),
        pages: loose_pages(context),
        titles: context.generated(&Generated::Titles).map_or_else(String::new, |address| address.url.clone()),
        feed: if context.pages.is_dated() { ExportFile::Feed.path().to_string() } else { String::new() },
        styled: !context.config.style.is_empty(),
        has_stylesheet: copied.get(&TreePath::normalized(PROJECT_STYLE_SHEET)).is_some(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The author's pages that belong to no section, for the footer, which has room for only a few.
pub(crate) fn footer_pages(context: &RenderContext) -> Vec<PageId> {
    const MAX_FOOTER_PAGES: usize = 12;
    let loose = |id| context.pages.get(id).folder().is_empty() && !context.routes.introduces.contains_key(&id);
    let mut ids = context.listed_where(Kind::Page, loose);
    ids.truncate(MAX_FOOTER_PAGES);
    ids
}

/// Pages that belong to no section; those of the author come first.
fn loose_pages(context: &RenderContext) -> Vec<Card> {
    let made = [Generated::Assessments, Generated::Titles, Generated::Tags, Generated::Print];
    context
        .cards(footer_pages(context))
        .into_iter()
        .chain(made.iter().filter_map(|page| context.generated_card(page)))
        .collect()
}

/// The view of a former address.
#[must_use]
pub fn redirect(context: &RenderContext, at: usize) -> RedirectView {
    let redirect = &context.routes.redirects[at];
    let url = context.address(redirect.to).url.clone();
    RedirectView {
        root: crate::link::root_prefix(&redirect.file),
        title: context.pages.get(redirect.to).title.value.clone(),
        canonical: context.absolute(&url),
        url,
    }
}

/// The view of the address of a level's self-assessment, which leads to its place on the sheet; `None` for any other
/// generated page, and where an author's page is at that address.
#[must_use]
pub fn assessment_redirect(context: &RenderContext, generated: &Generated) -> Option<RedirectView> {
    let Generated::Assessment { level, .. } = generated else { return None };
    let (address, introduced) = &context.routes.generated[generated];
    let url = context.assessment_url(*level);
    introduced.is_none().then(|| RedirectView {
        root: crate::link::root_prefix(&address.file),
        title: context.level_card(*level).title,
        canonical: context.absolute(&url),
        url,
    })
}

/// The template of an author's page, and the view that it shows.
#[must_use]
pub fn page(context: &RenderContext, id: PageId) -> (&'static str, PageView) {
    let page = context.pages.get(id);
    let page_context = PageContext::at(&context.address(id).file, Some(id));
    let content = match context.ladder.role(id) {
        Some(Role::Track(track)) => track::content(context, &page_context, track),
        Some(Role::Level(level)) => level::content(context, &page_context, level),
        Some(Role::Competency(competency)) => competency::content(context, &page_context, competency),
        None => match page.front_matter {
            FrontMatter::Move { .. } => moves::content(context, &page_context, id),
            FrontMatter::Serves(_) | FrontMatter::Term(_) => related::content(context, id),
            _ => Content::default(),
        },
    };
    // The template of a move shows its levels.
    let is_move_of_nothing = page.kind == Kind::Move && content.moving.is_none();
    let template = if is_move_of_nothing { Kind::Page } else { page.kind }.spec().template;
    let mut view = base_view(context, &page_context, context.address(id), page.kind.as_str(), Some(id), content);
    view.section = Generated::of(page.kind).map_or("", |list| list.section());
    view.breadcrumbs = breadcrumbs(context, id);
    view.toc = match context.ladder.role(id) {
        Some(Role::Level(level)) => level_toc(context, id, level, &view),
        _ => toc(context, id, 0..page.blocks.len()),
    };
    (template, view)
}

/// The template of a generated page, and the view that it shows. The print edition has a module of its own.
#[must_use]
pub fn generated_page(context: &RenderContext, generated: &Generated) -> (&'static str, PageView) {
    let page_context = generated_context(context, generated);
    let (kind, template, content) = match generated {
        Generated::Home => ("home", "home.html", home::content(context, &page_context)),
        Generated::Stages => ("stages", "stages.html", stages::content(context, &page_context)),
        Generated::Matrix => (
            "matrix",
            "matrix.html",
            Content { matrix: Some(matrix::whole(context, &page_context)), ..Content::default() },
        ),
        Generated::ComparisonChooser => ("compare", "compare.html", chooser::content(context, &page_context)),
        Generated::Comparison(slug) => {
            let is_brief = comparison::is_brief(context, &page_context);
            let template = if is_brief { "comparison-brief.html" } else { "comparison.html" };
            ("comparison", template, comparison::content(context, &page_context, slug))
        }
        Generated::Titles => ("titles", "titles.html", titles::content(context)),
        Generated::AssessmentSheet { track, .. } => {
            ("assessment", "assessment.html", assess::content(context, &page_context, *track))
        }
        // Unless an author introduces it, it leads on: see [`assessment_redirect`].
        Generated::Assessment { level, .. } => ("list", "list.html", assess::introduced(context, *level)),
        Generated::NotFound => ("missing", "missing.html", Content::default()),
        _ => ("list", "list.html", lists::content(context, &page_context, generated)),
    };
    (template, generated_view(context, &page_context, generated, kind, content))
}

/// The page context of a generated page.
pub(crate) fn generated_context(context: &RenderContext, generated: &Generated) -> PageContext {
    let (address, introduced) = &context.routes.generated[generated];
    let mut page_context = PageContext::at(&address.file, *introduced);
    if *generated == Generated::NotFound {
        page_context.root = context.missing_root();
    }
    page_context
}

/// The view of a generated page with the content of its kind.
pub(crate) fn generated_view(
    context: &RenderContext,
    page_context: &PageContext,
    generated: &Generated,
    kind: &'static str,
    content: Content,
) -> PageView {
    let (address, introduced) = &context.routes.generated[generated];
    let mut view = base_view(context, page_context, address, kind, *introduced, content);
    view.title = match generated {
        Generated::Tag(slug) => context.tag(slug).map(|tag| tag.title.clone()).unwrap_or_default(),
        Generated::Comparison(slug) if introduced.is_none() => context.comparison_title(slug),
        Generated::AssessmentSheet { track: Some(track), .. } if introduced.is_none() => {
            context.track_card(*track).title
        }
        _ => context.generated_title(generated),
    };
    if *generated == Generated::Home && introduced.is_none() {
        view.summary.clone_from(&context.config.description);
    }
    view.section = generated.section();
    if !matches!(generated, Generated::Home | Generated::NotFound) {
        view.breadcrumbs.extend(context.generated_card(&Generated::Home));
        if matches!(generated, Generated::PrintPart { .. }) {
            view.breadcrumbs.extend(context.generated_card(&Generated::Print));
        }
        if matches!(generated, Generated::Tag(_)) {
            view.breadcrumbs.extend(context.generated_card(&Generated::Tags));
        }
        if matches!(generated, Generated::Comparison(_)) {
            view.breadcrumbs.extend(context.generated_card(&Generated::ComparisonChooser));
        }
        if matches!(generated, Generated::Assessment { .. } | Generated::AssessmentSheet { .. }) {
            view.breadcrumbs.extend(context.generated_card(&Generated::Assessments));
        }
    }
    view
}

/// The view of a page with the fields that all pages have, from the author's page if there is one.
fn base_view(
    context: &RenderContext,
    page_context: &PageContext,
    address: &Address,
    kind: &'static str,
    id: Option<PageId>,
    content: Content,
) -> PageView {
    let mut view = PageView {
        root: page_context.root.clone(),
        url: address.url.clone(),
        canonical: context.absolute(&address.url),
        kind,
        section: "",
        title: String::new(),
        summary: String::new(),
        breadcrumbs: Vec::new(),
        toc: Vec::new(),
        edit_url: None,
        owner: None,
        changed: None,
        reviewed: None,
        review_due: None,
        overdue: false,
        tags: Vec::new(),
        draft: false,
        extra: Map::new(),
        lead: String::new(),
        rest: String::new(),
        footnotes: String::new(),
        cited_by: Vec::new(),
        more_cited: 0,
        content,
    };
    let Some(id) = id else { return view };
    let page = context.pages.get(id);
    view.title.clone_from(&page.title.value);
    view.summary.clone_from(&page.summary);
    view.edit_url = context.config.edit_url.as_ref().map(|url| url.replace("{path}", &encode(page.file.as_str())));
    view.owner = owner(context, page);
    view.changed = page.changed.as_ref().map(|day| day.value.to_string());
    view.reviewed = page.reviewed.as_ref().map(|day| day.value.to_string());
    view.review_due = page.review_due.as_ref().map(|day| day.value.to_string());
    view.overdue = crate::page::overdue_since(page, context.today).is_some();
    view.tags = tags(context, page);
    view.draft = page.draft;
    view.extra.clone_from(&page.extra);
    (view.lead, view.rest, view.footnotes) = context.text(page_context, id);
    let citing = context.links.citing(id);
    view.cited_by = context.cards(citing.iter().copied().take(MAX_CITED_BY));
    view.more_cited = citing.len().saturating_sub(MAX_CITED_BY);
    view
}

fn owner(context: &RenderContext, page: &Page) -> Option<OwnerView> {
    let (name, known) = context.owner(page)?;
    Some(OwnerView { name, url: known.and_then(|owner| owner.url.clone()) })
}

fn tags(context: &RenderContext, page: &Page) -> Vec<Card> {
    let card = |name: &str| {
        let tag = context.index.tags.get(&crate::name::fold(name))?;
        let url = context.generated(&Generated::Tag(tag.slug.clone()))?.url.clone();
        Some(Card { title: tag.title.clone(), url, kind: "page", ..Card::default() })
    };
    page.tags.iter().filter_map(|tag| card(&tag.value)).collect()
}

/// The breadcrumbs of a page: home, then its list, its level's track or its folder's page.
fn breadcrumbs(context: &RenderContext, id: PageId) -> Vec<Card> {
    let page = context.pages.get(id);
    let mut crumbs: Vec<Card> = context.generated_card(&Generated::Home).into_iter().collect();
    crumbs.extend(Generated::of(page.kind).and_then(|list| context.generated_card(&list)));
    if let Some(Role::Level(level)) = context.ladder.role(id) {
        crumbs.extend(context.ladder.level(level).tracks.first().map(|track| context.track_card(*track)));
    }
    if page.kind == Kind::Page {
        crumbs.extend(
            context.folder_page(page.folder()).filter(|parent| *parent != id).map(|parent| context.card(parent)),
        );
    }
    crumbs
}

fn toc_entry(title: &str, anchor: &str, level: u8) -> TocEntry {
    TocEntry { of: TocTarget::Text, title: title.to_owned(), anchor: encode(anchor), level }
}

fn toc_section(of: TocTarget, anchor: &str) -> TocEntry {
    TocEntry { of, title: String::new(), anchor: encode(anchor), level: 2 }
}

/// The headings of level 2 and 3 among the blocks `within` a page that are shown as text.
fn toc(context: &RenderContext, id: PageId, within: std::ops::Range<usize>) -> Vec<TocEntry> {
    let page = context.pages.get(id);
    let layout = context.ladder.layout(&context.pages, id);
    let kept = layout.lead.iter().chain(&layout.rest).flat_map(Clone::clone).filter(|at| within.contains(at));
    let heading = |at: usize| match &page.blocks[at] {
        Block::Heading(Heading { level: level @ 1..=3, text, id, .. }) => Some(toc_entry(text, id, (*level).max(2))),
        _ => None,
    };
    kept.filter_map(heading).collect()
}

/// The table of contents of a level: the author's headings and the sections that the theme adds.
fn level_toc(context: &RenderContext, id: PageId, level: LevelId, view: &PageView) -> Vec<TocEntry> {
    let anchors = context.anchors.level(level);
    let layout = context.ladder.layout(&context.pages, id);
    let rest = layout.rest.first().map_or(usize::MAX, |range| range.start);
    let mut entries = toc(context, id, 0..rest);
    let Some(content) = &view.content.level else { return entries };
    if !content.changes.is_empty() {
        entries.push(toc_section(TocTarget::Changes, &anchors.changes));
    }
    if content.has_expectations() {
        entries.push(toc_section(TocTarget::Expectations, &anchors.expectations));
        let cells = content.own.iter().chain(content.areas.iter().flat_map(|area| &area.cells));
        entries.extend(cells.filter(|cell| !cell.only_step).map(|cell| toc_entry(&cell.title, &cell.anchor, 3)));
    }
    entries.extend(toc(context, id, rest..usize::MAX));
    if !content.ways_on.is_empty() || !content.ways_in.is_empty() {
        entries.push(toc_section(TocTarget::Ways, &anchors.ways));
    }
    entries
}
