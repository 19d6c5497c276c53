use std::collections::BTreeMap;

use serde::Serialize;

use super::data::Data;
use super::machine::Machine;
use super::scene::{Here, Scene};
use super::view::{Card, Content, OwnerView, PageView, SectionView, SiteView, TocEntry};
use crate::config::Config;
use crate::ladder::{Ladder, LevelId, Role};
use crate::link::{Address, Generated, Places, encode};
use crate::markdown::{Block, Heading};
use crate::page::{Kind, Page, PageId, Pages};
use crate::tree::TreePath;

/// A file of the site that is made, not copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// An author's page.
    Page(PageId),
    /// A page that Stepladder makes.
    Generated(Generated),
    /// A former address, by its position.
    Redirect(usize),
    /// A file for machines.
    Machine(Machine),
    /// A file of data that scripts load.
    Data(Data),
    /// A worksheet as Markdown.
    Markdown(PageId),
}

/// All files that are made, by their place in the site.
#[must_use]
pub fn shown(config: &Config, pages: &Pages, ladder: &Ladder, places: &Places) -> BTreeMap<TreePath, Shown> {
    let own = pages.shown().map(|(id, _)| (places.pages[id.0].file.clone(), Shown::Page(id)));
    let generated = places.generated.iter();
    let generated = generated.map(|(page, (address, _))| (address.file.clone(), Shown::Generated(page.clone())));
    let redirects = places.redirects.iter().enumerate().map(|(at, one)| (one.file.clone(), Shown::Redirect(at)));
    let machine = Machine::all(config).map(|machine| (machine.path(), Shown::Machine(machine)));
    let comparisons = &places.comparisons;
    let from = comparisons.files(ladder).into_iter().map(|(file, level)| (file, Shown::Data(Data::From(level))));
    let data = comparisons.ladder_file().map(|file| (file, Shown::Data(Data::Ladder))).into_iter().chain(from);
    let sheets = pages.shown().filter(|(_, page)| page.kind == Kind::Worksheet);
    let sheets = sheets.map(|(id, _)| (places.pages[id.0].markdown(), Shown::Markdown(id)));
    own.chain(generated).chain(redirects).chain(machine).chain(data).chain(sheets).collect()
}

/// What all pages share.
#[must_use]
pub fn view_site(scene: &Scene) -> SiteView {
    let sections = [
        Generated::Stages,
        Generated::Competencies,
        Generated::Matrix,
        Generated::Compare,
        Generated::Moves,
        Generated::Articles,
        Generated::Worksheets,
        Generated::Glossary,
    ];
    let section = |generated: Generated| {
        let url = scene.generated(&generated)?.url.clone();
        Some(SectionView { key: generated.section(), title: scene.generated_title(&generated), url })
    };
    SiteView {
        title: scene.config.title.clone(),
        description: scene.config.description.clone(),
        language: scene.config.language.clone(),
        direction: if scene.config.is_right_to_left() { "rtl" } else { "ltr" },
        indexed: scene.config.indexed,
        home: scene.home_url(),
        sections: sections.into_iter().filter_map(section).collect(),
        tracks: scene.ladder.tracks.iter().map(|track| scene.card(track.page)).collect(),
        pages: loose_pages(scene),
        titles: scene.generated(&Generated::Titles).map_or_else(String::new, |address| address.url.clone()),
        styled: !scene.config.style.is_empty(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The author's pages that belong to no section and that every page names, only as many as a footer can hold.
pub(super) fn footer_pages(scene: &Scene) -> Vec<PageId> {
    const MOST: usize = 12;
    let loose = |id| scene.pages.get(id).folder().is_empty() && !scene.places.introduces.contains_key(&id);
    let mut ids = scene.listed_where(Kind::Page, loose);
    ids.truncate(MOST);
    ids
}

/// Pages that belong to no section; those of the author come first.
fn loose_pages(scene: &Scene) -> Vec<Card> {
    let made = [Generated::Assessments, Generated::Titles, Generated::Tags, Generated::Print];
    scene
        .cards(footer_pages(scene))
        .into_iter()
        .chain(made.iter().filter_map(|page| scene.generated_card(page)))
        .collect()
}

/// The view of a page, and the template that shows it.
#[must_use]
pub fn view(scene: &Scene, shown: &Shown) -> Option<(&'static str, PageView)> {
    match shown {
        Shown::Page(id) => Some(page(scene, *id)),
        Shown::Generated(generated) => Some(generated_page(scene, generated)),
        Shown::Redirect(_) | Shown::Machine(_) | Shown::Data(_) | Shown::Markdown(_) => None,
    }
}

/// What the template of a former address sees.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    root: String,
    title: String,
    url: String,
    canonical: Option<String>,
}

/// The view of a former address.
#[must_use]
pub fn redirect(scene: &Scene, at: usize) -> RedirectView {
    let redirect = &scene.places.redirects[at];
    let url = scene.address(redirect.to).url.clone();
    RedirectView {
        root: crate::link::way_to_root(&redirect.file),
        title: scene.pages.get(redirect.to).title.value.clone(),
        canonical: scene.absolute(&url),
        url,
    }
}

fn page(scene: &Scene, id: PageId) -> (&'static str, PageView) {
    let page = scene.pages.get(id);
    let here = Here::at(&scene.address(id).file, Some(id));
    let content = match scene.ladder.role(id) {
        Some(Role::Track(track)) => scene.track_content(&here, track),
        Some(Role::Level(level)) => scene.level_content(&here, level),
        Some(Role::Competency(competency)) => scene.competency_content(&here, competency),
        None => match page.kind {
            Kind::Move => scene.move_content(&here, id),
            Kind::Article | Kind::Worksheet | Kind::Term => scene.related_content(id),
            _ => Content::default(),
        },
    };
    let template = match page.kind {
        Kind::Move if content.moving.is_none() => "page.html",
        Kind::Track => "track.html",
        Kind::Level => "level.html",
        Kind::Competency => "competency.html",
        Kind::Move => "move.html",
        Kind::Article => "article.html",
        Kind::Worksheet => "worksheet.html",
        Kind::Term => "term.html",
        Kind::Page => "page.html",
    };
    let mut view = frame(scene, &here, scene.address(id), page.kind.as_str(), Some(id), content);
    view.section = Generated::of(page.kind).map_or("", |list| list.section());
    view.breadcrumbs = breadcrumbs(scene, id);
    view.toc = match scene.ladder.role(id) {
        Some(Role::Level(level)) => level_toc(scene, id, level, &view),
        _ => toc(scene, id, 0..page.blocks.len()),
    };
    (template, view)
}

fn generated_page(scene: &Scene, generated: &Generated) -> (&'static str, PageView) {
    let (address, introduced) = &scene.places.generated[generated];
    let mut here = Here::at(&address.file, *introduced);
    if *generated == Generated::Missing {
        here.root = scene.missing_root();
    }
    let (kind, template, content) = match generated {
        Generated::Home => ("home", "home.html", scene.home_content(&here)),
        Generated::Stages => ("stages", "stages.html", scene.stages_content(&here)),
        Generated::Matrix => {
            ("matrix", "matrix.html", Content { matrix: Some(scene.whole_matrix(&here)), ..Content::default() })
        }
        Generated::Compare => ("compare", "compare.html", scene.chooser_content(&here)),
        Generated::Comparison(slug) => ("comparison", "comparison.html", scene.comparison_content(&here, slug)),
        Generated::Titles => ("titles", "titles.html", scene.titles_content()),
        Generated::Print => ("print", "print.html", scene.book_content(&here)),
        Generated::Assessment { level, .. } => {
            ("assessment", "assessment.html", scene.assessment_content(&here, *level))
        }
        Generated::Missing => ("missing", "missing.html", Content::default()),
        _ => ("list", "list.html", scene.list_content(&here, generated)),
    };
    let mut view = frame(scene, &here, address, kind, *introduced, content);
    view.title = match generated {
        Generated::Tag(slug) => scene.tag(slug).map(|tag| tag.title.clone()).unwrap_or_default(),
        Generated::Comparison(slug) if introduced.is_none() => scene.comparison_title(slug),
        Generated::Assessment { level, .. } if introduced.is_none() => scene.level_card(*level).title,
        _ => scene.generated_title(generated),
    };
    if *generated == Generated::Home && introduced.is_none() {
        view.summary.clone_from(&scene.config.description);
    }
    view.section = generated.section();
    if !matches!(generated, Generated::Home | Generated::Missing) {
        view.breadcrumbs.extend(scene.generated_card(&Generated::Home));
        if matches!(generated, Generated::Tag(_)) {
            view.breadcrumbs.extend(scene.generated_card(&Generated::Tags));
        }
        if matches!(generated, Generated::Comparison(_)) {
            view.breadcrumbs.extend(scene.generated_card(&Generated::Compare));
        }
        if matches!(generated, Generated::Assessment { .. }) {
            view.breadcrumbs.extend(scene.generated_card(&Generated::Assessments));
        }
    }
    (template, view)
}

/// What every page has, from the author's page if there is one.
fn frame(
    scene: &Scene,
    here: &Here,
    address: &Address,
    kind: &'static str,
    id: Option<PageId>,
    content: Content,
) -> PageView {
    let mut view = PageView {
        root: here.root.clone(),
        url: address.url.clone(),
        canonical: scene.absolute(&address.url),
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
        lead: String::new(),
        rest: String::new(),
        footnotes: String::new(),
        cited_by: Vec::new(),
        content,
    };
    let Some(id) = id else { return view };
    let page = scene.pages.get(id);
    view.title.clone_from(&page.title.value);
    view.summary.clone_from(&page.summary);
    view.edit_url = scene.config.edit_url.as_ref().map(|url| url.replace("{path}", &encode(page.file.as_str())));
    view.owner = owner(scene, page);
    view.changed = page.changed.as_ref().map(|day| day.value.to_string());
    view.reviewed = page.reviewed.as_ref().map(|day| day.value.to_string());
    view.review_due = page.review_due.as_ref().map(|day| day.value.to_string());
    view.overdue = crate::page::overdue_since(page, scene.today).is_some();
    view.tags = tags(scene, page);
    view.draft = page.draft;
    (view.lead, view.rest, view.footnotes) = scene.text(here, id);
    view.cited_by = scene.cards(scene.links.citing(id).iter().copied());
    view
}

fn owner(scene: &Scene, page: &Page) -> Option<OwnerView> {
    let (name, known) = scene.owner(page)?;
    Some(OwnerView { name, url: known.and_then(|owner| owner.url.clone()) })
}

fn tags(scene: &Scene, page: &Page) -> Vec<Card> {
    let card = |name: &str| {
        let tag = scene.index.tags.get(&crate::name::fold(name))?;
        let url = scene.generated(&Generated::Tag(tag.slug.clone()))?.url.clone();
        Some(Card { title: tag.title.clone(), url, kind: "page", ..Card::default() })
    };
    page.tags.iter().filter_map(|tag| card(&tag.value)).collect()
}

/// Home, then the list that a page belongs to, or a level's track, or the pages of its folders.
fn breadcrumbs(scene: &Scene, id: PageId) -> Vec<Card> {
    let page = scene.pages.get(id);
    let mut crumbs: Vec<Card> = scene.generated_card(&Generated::Home).into_iter().collect();
    crumbs.extend(Generated::of(page.kind).and_then(|list| scene.generated_card(&list)));
    if let Some(Role::Level(level)) = scene.ladder.role(id) {
        crumbs.extend(scene.ladder.level(level).tracks.first().map(|track| scene.track_card(*track)));
    }
    if page.kind == Kind::Page {
        crumbs.extend(scene.folder_page(page.folder()).filter(|parent| *parent != id).map(|parent| scene.card(parent)));
    }
    crumbs
}

fn toc_entry(title: &str, anchor: &str, level: u8) -> TocEntry {
    TocEntry { of: "text", title: title.to_owned(), anchor: encode(anchor), level }
}

fn toc_section(of: &'static str, anchor: &str) -> TocEntry {
    TocEntry { of, title: String::new(), anchor: encode(anchor), level: 2 }
}

/// The headings of level 2 and 3 among some blocks of a page that its layout keeps.
fn toc(scene: &Scene, id: PageId, within: std::ops::Range<usize>) -> Vec<TocEntry> {
    let page = scene.pages.get(id);
    let layout = scene.ladder.layout(&scene.pages, id);
    let kept = layout.lead.iter().chain(&layout.rest).flat_map(Clone::clone).filter(|at| within.contains(at));
    let heading = |at: usize| match &page.blocks[at] {
        Block::Heading(Heading { level: level @ (2 | 3), text, id, .. }) => Some(toc_entry(text, id, *level)),
        _ => None,
    };
    kept.filter_map(heading).collect()
}

/// A level's headings among the sections that its page has beside the author's text.
fn level_toc(scene: &Scene, id: PageId, level: LevelId, view: &PageView) -> Vec<TocEntry> {
    let anchors = &scene.ladder.level(level).anchors;
    let layout = scene.ladder.layout(&scene.pages, id);
    let rest = layout.rest.first().map_or(usize::MAX, |range| range.start);
    let mut entries = toc(scene, id, 0..rest);
    let Some(content) = &view.content.level else { return entries };
    if !content.changes.is_empty() {
        entries.push(toc_section("changes", &anchors.changes));
    }
    if let Some(profile) = &content.profile {
        entries.push(toc_section("profile", profile.anchor));
    }
    if !content.areas.is_empty() || !content.own.is_empty() {
        entries.push(toc_section("expectations", &anchors.expectations));
        entries.extend(content.own.iter().map(|own| toc_entry(&own.title, &own.anchor, 3)));
        let cells = content.areas.iter().flat_map(|area| &area.cells);
        entries.extend(cells.map(|cell| toc_entry(&cell.competency.title, &cell.anchor, 3)));
    }
    entries.extend(toc(scene, id, rest..usize::MAX));
    if !content.ways_on.is_empty() || !content.ways_in.is_empty() {
        entries.push(toc_section("ways", &anchors.ways));
    }
    entries
}
