//! The print edition: the whole ladder in one document, for paper or a PDF. Every page in it is a chapter, every link
//! to such a page leads to its chapter, and all ids include the name of their page, so that they are unique.
//!
//! Everything is said once: of inherited expectations only the levels are named, and cells in which nothing is written
//! are left out. The size of the document is proportional to that of the guide.

use std::collections::{HashMap, HashSet};

use crate::context::cards::{hue, rank_text};
use crate::context::{PageContext, RenderContext, print_anchors as place};
use crate::ladder::{Area, CompetencyId, ExpectationId, LevelId, Role, TrackId};
use crate::link::{Generated, PrintPart};
use crate::page::{Kind, PageId, PrintRole};
use crate::pages::cells::{CellBuilder, CellDetail};
use crate::pages::{self, level_facets};
use crate::view::{
    Card, CellState, CellView, ChapterView, Content, DiagramView, LineView, PageView, PartKind, PartView, PlaceView,
    PrintArea, PrintBase, PrintCell, PrintSuperseded, PrintView, StepView,
};

/// The most levels that the chapter of a competency names. Readers look for theirs among a few; of a large ladder, all
/// levels are in the contents.
const MAX_NAMED_LEVELS: usize = 40;

/// The template of the print edition, and the view that it shows.
pub(crate) fn page(context: &RenderContext) -> (&'static str, PageView) {
    let page_context = pages::generated_context(context, &Generated::Print);
    let parts = parts(context);
    let book = ChapterWriter { context, root: &page_context.root, numbers: numbers(&parts) };
    let divided = context.is_print_divided();
    let part = |(at, part): (usize, &PartOutline)| book.part(at + 1, part, !divided || part.of == PartKind::Ladder);
    let parts = parts.iter().enumerate().map(part).collect();
    let content = Content { book: Some(PrintView { whole: String::new(), divided, parts }), ..Content::default() };
    ("print.html", pages::generated_view(context, &page_context, &Generated::Print, "print", content))
}

/// The template of one part of a print edition that is divided, and the view that it shows.
pub(crate) fn part_page(context: &RenderContext, generated: &Generated, id: PrintPart) -> (&'static str, PageView) {
    let page_context = pages::generated_context(context, generated);
    let parts = parts(context);
    let book = ChapterWriter { context, root: &page_context.root, numbers: numbers(&parts) };
    let part = parts.iter().enumerate().find(|(_, part)| part.id(context) == Some(id));
    let parts: Vec<PartView> = part.map(|(at, part)| book.part(at + 1, part, true)).into_iter().collect();
    let title = parts.first().map(|part| part.title.clone()).unwrap_or_default();
    let whole = context.print_file(&page_context.root, None);
    let content = Content { book: Some(PrintView { whole, divided: true, parts }), ..Content::default() };
    let mut view = pages::generated_view(context, &page_context, generated, "print", content);
    if !title.is_empty() && page_context.page.is_none() {
        view.title = title;
    }
    ("print.html", view)
}

fn parts(context: &RenderContext) -> Vec<PartOutline> {
    let page = |level: LevelId| context.ladder.level(level).page;
    let foundations = context.ladder.abstract_levels().map(page).collect();
    let mut parts = vec![PartOutline { of: PartKind::Foundations, list: None, page: None, chapters: foundations }];
    let mut placed = HashSet::new();
    for track in &context.ladder.tracks {
        let levels = track.levels.iter().map(|level| page(*level)).filter(|id| placed.insert(*id));
        parts.push(PartOutline { of: PartKind::Track, list: None, page: Some(track.page), chapters: levels.collect() });
    }
    let list = |kind: Kind| {
        let list = Generated::of(kind).filter(|list| *list != Generated::Stages)?;
        Some(list_part(context, PartKind::List(list.section()), list, context.listed(kind)))
    };
    let printed = Kind::ALL.into_iter().filter(|kind| context.prints(*kind));
    parts.extend(printed.filter_map(list));
    parts.retain(|part| part.of == PartKind::Track || !part.chapters.is_empty());
    if context.generated(&Generated::Stages).is_some() {
        parts.insert(0, list_part(context, PartKind::Ladder, Generated::Stages, Vec::new()));
    }
    parts
}

fn list_part(context: &RenderContext, of: PartKind, list: Generated, chapters: Vec<PageId>) -> PartOutline {
    let page = context.routes.generated.get(&list).and_then(|(_, introduced)| *introduced);
    PartOutline { of, list: Some(list), page, chapters }
}

/// The id of the part of abstract levels, the only one that is neither a page of the site nor introduced by one.
const FOUNDATIONS_ID: &str = "part:foundations";

/// A part before its chapters are rendered.
struct PartOutline {
    of: PartKind,
    /// The generated page that lists the same pages; none for tracks and foundations.
    list: Option<Generated>,
    /// The page that introduces it.
    page: Option<PageId>,
    chapters: Vec<PageId>,
}

impl PartOutline {
    /// The name of its page; `None` for the ladder as a whole.
    fn id(&self, context: &RenderContext) -> Option<PrintPart> {
        match (&self.list, self.of, self.page) {
            (Some(Generated::List(kind)), ..) => Some(PrintPart::List(*kind)),
            (_, PartKind::Foundations, _) => Some(PrintPart::Foundations),
            (_, PartKind::Track, Some(page)) => context.print_part(page),
            _ => None,
        }
    }
}

/// Links within the document, by the addresses of their targets on the site.
type Hrefs<'a> = HashMap<&'a str, String>;

/// Builds the views of chapters, with links to each other by number.
struct ChapterWriter<'a> {
    context: &'a RenderContext,
    /// The relative path from the document to the site's root.
    root: &'a str,
    numbers: HashMap<PageId, String>,
}

/// The numbers of parts and chapters. Entries, such as terms, have none.
fn numbers(parts: &[PartOutline]) -> HashMap<PageId, String> {
    let mut numbers = HashMap::new();
    for (part, at) in parts.iter().zip(1..) {
        numbers.extend(part.page.map(|page| (page, at.to_string())));
        let is_of_entries = matches!(part.list, Some(Generated::List(kind)) if kind.spec().print == PrintRole::Entry);
        if !is_of_entries {
            numbers.extend(part.chapters.iter().zip(1..).map(|(page, chapter)| (*page, format!("{at}.{chapter}"))));
        }
    }
    numbers
}

/// Makes a card link to its chapter.
fn link_to_chapter(card: &mut Card, hrefs: &Hrefs<'_>) {
    if let Some(href) = hrefs.get(card.url.as_str()) {
        card.url.clone_from(href);
    }
}

/// Makes the cards of a diagram link to chapters.
fn linked(mut diagram: DiagramView, hrefs: &Hrefs<'_>) -> DiagramView {
    diagram.lanes.iter_mut().for_each(|lane| link_to_chapter(&mut lane.track, hrefs));
    diagram.nodes.iter_mut().for_each(|node| link_to_chapter(&mut node.level, hrefs));
    diagram.tracks.iter_mut().for_each(|track| link_to_chapter(&mut track.track, hrefs));
    for rung in diagram.tracks.iter_mut().flat_map(|track| &mut track.rungs) {
        link_to_chapter(&mut rung.level, hrefs);
        for way in &mut rung.ways {
            link_to_chapter(&mut way.level, hrefs);
            way.moves.iter_mut().for_each(|card| link_to_chapter(card, hrefs));
        }
    }
    diagram
}

impl ChapterWriter<'_> {
    /// The page context of a chapter.
    fn page_context(&self, page: PageId) -> PageContext {
        PageContext { root: self.root.to_owned(), page: Some(page), is_print: true }
    }

    fn place(&self, page: PageId) -> PlaceView {
        PlaceView {
            title: self.context.pages.get(page).title.value.clone(),
            number: self.numbers.get(&page).cloned().unwrap_or_default(),
            href: self.context.print_href(self.root, page, None),
        }
    }

    fn level(&self, level: LevelId) -> PlaceView {
        self.place(self.context.ladder.level(level).page)
    }

    /// A part, whole if it `is_here`; else its contents.
    fn part(&self, number: usize, part: &PartOutline, is_here: bool) -> PartView {
        let context = self.context;
        let file = context.print_file(self.root, part.id(context));
        let chapters = part.chapters.iter().filter(|_| is_here);
        let numbered = part.chapters.iter().filter(|page| self.numbers.contains_key(*page));
        let mut view = PartView {
            of: part.of,
            number,
            title: part.list.as_ref().map(|list| context.generated_title(list)).unwrap_or_default(),
            anchor: FOUNDATIONS_ID.to_owned(),
            href: format!("{file}#{FOUNDATIONS_ID}"),
            hue: 0,
            summary: String::new(),
            lead: String::new(),
            footnotes: String::new(),
            picture: None,
            see: Vec::new(),
            contents: numbered.map(|page| self.place(*page)).collect(),
            is_here,
            chapters: chapters.map(|page| self.chapter(*page)).collect(),
        };
        if let Some(address) = part.list.as_ref().and_then(|list| context.generated(list)) {
            view.anchor = place::id(address, None);
            view.href = file.clone() + &place::fragment(address, None);
        }
        if let Some(id) = part.page {
            if is_here {
                let (lead, rest, footnotes) = context.text(&self.page_context(id), id);
                (view.lead, view.footnotes) = (lead + &rest, footnotes);
            }
            view.title.clone_from(&context.pages.get(id).title.value);
            view.summary.clone_from(&context.pages.get(id).summary);
            view.anchor = place::id(context.address(id), None);
            view.href = file + &place::fragment(context.address(id), None);
        }
        if part.of == PartKind::Ladder {
            let hrefs = self.hrefs();
            view.picture = crate::diagram::ladder::of_whole_ladder(context).map(|diagram| linked(diagram, &hrefs));
            view.see = context.ladder.tracks.iter().map(|track| self.place(track.page)).collect();
        }
        if let Some(Role::Track(track)) = part.page.and_then(|page| context.ladder.role(page)) {
            view.hue = hue(track);
            view.see = self.rungs_elsewhere(track, &part.chapters);
        }
        view
    }

    /// The rungs of a track that are chapters of another track's part.
    fn rungs_elsewhere(&self, track: TrackId, chapters: &[PageId]) -> Vec<PlaceView> {
        let in_part: HashSet<PageId> = chapters.iter().copied().collect();
        let levels = self.context.ladder.track(track).levels.iter();
        levels
            .filter(|level| !in_part.contains(&self.context.ladder.level(**level).page))
            .map(|level| self.level(*level))
            .collect()
    }

    /// The links to tracks, levels and moves within the document, by their addresses on the site.
    fn hrefs(&self) -> Hrefs<'_> {
        let ladder = &self.context.ladder;
        let pages = ladder.tracks.iter().map(|track| track.page).chain(ladder.levels.iter().map(|level| level.page));
        let pages = pages.chain(ladder.moves.iter().map(|one| one.page));
        pages
            .map(|page| (self.context.address(page).url.as_str(), self.context.print_href(self.root, page, None)))
            .collect()
    }

    fn chapter(&self, id: PageId) -> ChapterView {
        let context = self.context;
        let (lead, rest, footnotes) = context.text(&self.page_context(id), id);
        let mut view = ChapterView {
            number: self.numbers.get(&id).cloned().unwrap_or_default(),
            anchor: place::id(context.address(id), None),
            href: place::fragment(context.address(id), None),
            card: context.card(id),
            rank: String::new(),
            also_known_as: Vec::new(),
            area: String::new(),
            lead,
            rest,
            footnotes,
            facets: Vec::new(),
            experience: String::new(),
            areas: Vec::new(),
            bases: Vec::new(),
            leads_to: Vec::new(),
            scale: Vec::new(),
            levels: Vec::new(),
            more_levels: 0,
            ends: Vec::new(),
        };
        match context.ladder.role(id) {
            Some(Role::Level(level)) => self.level_chapter(level, &mut view),
            Some(Role::Competency(competency)) => self.competency_chapter(competency, &mut view),
            _ => {
                let ends = context.move_of(id).map(|one| vec![self.level(one.from), self.level(one.to)]);
                view.ends = ends.unwrap_or_default();
            }
        }
        let page = context.pages.get(id);
        let names = page.other_names().into_iter().filter(|name| Some(*name) != page.code());
        view.also_known_as = names.map(ToOwned::to_owned).collect();
        view
    }

    fn level_chapter(&self, id: LevelId, view: &mut ChapterView) {
        let (context, level) = (self.context, self.context.ladder.level(id));
        let page_context = self.page_context(level.page);
        let stage = level_facets::view(context, &page_context, id);
        view.rank = rank_text(level.rank);
        view.experience = stage.experience;
        view.facets = stage.facets.into_iter().filter(|facet| !facet.html.is_empty()).collect();
        for facet in view.facets.iter_mut().filter(|facet| !facet.anchor.is_empty()) {
            facet.anchor = context.print_id(level.page, &facet.anchor);
        }
        let own = CellBuilder { context, page_context: &page_context }
            .own(id)
            .into_iter()
            .map(|own| self.cell(level.page, own.title, own.cell));
        let own: Vec<PrintCell> = own.collect();
        if !own.is_empty() {
            view.areas.push(PrintArea { title: String::new(), cells: own });
        }
        let mut printed = context.ladder.competencies_of(id);
        printed.retain(|competency| context.is_printed_cell(id, *competency));
        let by_area = context.by_area(printed);
        let area = |(area, ids): (Area, Vec<CompetencyId>)| {
            let cells = ids.into_iter().map(|competency| self.competency_cell(&page_context, id, competency)).collect();
            PrintArea { title: context.area(&area).0, cells }
        };
        view.areas.extend(by_area.into_iter().map(area));
        view.bases = self.bases(id);
        view.leads_to = level.leads_to.iter().map(|next| self.level(*next)).collect();
    }

    fn competency_cell(&self, page_context: &PageContext, level: LevelId, competency: CompetencyId) -> PrintCell {
        let (context, of) = (self.context, self.context.ladder.competency(competency));
        let mut view = CellBuilder { context, page_context }.cell(level, competency, CellDetail::FullWithIds);
        if let Some(step) = &mut view.step {
            step.url = context.print_href(self.root, of.page, Some(&step.anchor));
        }
        let title = context.pages.get(of.page).title.value.clone();
        self.cell(context.ladder.level(level).page, title, view)
    }

    /// A cell of a level's page, with the ids of the document.
    fn cell(&self, level: PageId, title: String, view: CellView) -> PrintCell {
        let anchor = &view.anchor;
        let is_empty =
            view.lines.is_empty() && view.examples.is_empty() && view.intro.is_empty() && view.outro.is_empty();
        PrintCell {
            title,
            anchor: if anchor.is_empty() { String::new() } else { self.context.print_id(level, anchor) },
            only_step: is_empty && view.step.is_some() && view.state != CellState::NotApplicable,
            state: view.state,
            step: view.step,
            intro: view.intro,
            lines: view.lines.into_iter().map(|line| LineView { id: String::new(), ..line }).collect(),
            outro: view.outro,
            examples: view.examples,
        }
    }

    /// The levels that a level extends, and what of them doesn't apply.
    fn bases(&self, id: LevelId) -> Vec<PrintBase> {
        let title = |id: &CompetencyId| self.context.competency_card(*id).title;
        let base = |(base, _): &(LevelId, Option<Vec<CompetencyId>>)| {
            let taken = self.context.ladder.taken_over(id, *base);
            let superseded = taken.except.iter().filter(|line| self.context.ladder.supersession(id, **line).is_some());
            PrintBase {
                superseded: superseded.map(|line| self.superseded(*line)).collect(),
                place: self.level(*base),
                only: taken.only.iter().map(title).collect(),
                without: taken.without.iter().map(title).collect(),
            }
        };
        self.context.ladder.level(id).extends.iter().map(base).collect()
    }

    fn superseded(&self, id: ExpectationId) -> PrintSuperseded {
        let expectation = self.context.ladder.expectation(id);
        let page = self.context.ladder.level(expectation.level).page;
        let href = self.context.print_href(self.root, page, Some(&expectation.id));
        PrintSuperseded { href, text: expectation.statement.text.clone() }
    }

    fn competency_chapter(&self, id: CompetencyId, view: &mut ChapterView) {
        let (context, competency) = (self.context, self.context.ladder.competency(id));
        let page_context = self.page_context(competency.page);
        let step = |number| {
            let step = CellBuilder { context, page_context: &page_context }.step(id, number, true)?;
            let anchor = context.print_id(competency.page, &step.anchor);
            Some(StepView { anchor, ..step })
        };
        view.area = context.area(&competency.area).0;
        view.scale = (1..=competency.scale.len()).filter_map(step).collect();
        let said = competency.levels.iter().filter(|level| {
            let cell = context.ladder.level(**level).cells.get(&id);
            cell.is_some_and(|cell| cell.written.is_some())
        });
        let said: Vec<&LevelId> = said.collect();
        view.more_levels = said.len().saturating_sub(MAX_NAMED_LEVELS);
        view.levels = said
            .into_iter()
            .take(MAX_NAMED_LEVELS)
            .map(|level| {
                let of = context.ladder.level(*level);
                let anchor = context.anchors.level(*level).cells.get(&id).map(String::as_str);
                PlaceView { href: context.print_href(self.root, of.page, anchor), ..self.level(*level) }
            })
            .collect();
    }
}
