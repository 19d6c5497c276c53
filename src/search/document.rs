//! The documents of the search index: pages, sections of their texts, cells, expectations, steps and tags.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::context::RenderContext;
use crate::ladder::{Cell, CompetencyId, Example, ExpectationId, LevelId, Role, State, Step};
use crate::link::{Address, Generated};
use crate::markdown::{Block, Heading};
use crate::page::{FrontMatter, Kind, Page, PageId};
use crate::percent::encode;

/// One possible result of a search.
#[derive(Debug, Default)]
pub(crate) struct SearchDocument {
    /// The kind of a page, or `cell`, `expectation`, `step`, `section`, `tag`.
    pub(crate) kind: &'static str,
    /// The title; an expectation's sentence.
    pub(crate) title: String,
    /// Whether the title is a sentence and not a name.
    pub(crate) title_is_text: bool,
    /// Other names; a level's code comes first.
    pub(crate) names: Vec<String>,
    /// The address.
    pub(crate) url: String,
    /// The titles of its parents, such as the page of a section.
    pub(crate) parents: Vec<String>,
    /// Other names of its parents.
    pub(crate) parent_names: Vec<String>,
    /// The text.
    pub(crate) text: String,
    /// The specialisms of its examples, which are also in the text.
    pub(crate) specialisms: Vec<String>,
}

/// The last kind whose pages come before the cells and expectations of levels.
const LAST_KIND_BEFORE_CELLS: Kind = Kind::Move;

/// All documents of a site, in the order in which equally good results are shown.
pub(crate) fn documents(context: &RenderContext) -> Vec<SearchDocument> {
    let builder = DocumentBuilder { context };
    let pages = pages_in_order(context);
    let cells_at = pages.partition_point(|id| position(context, *id) <= LAST_KIND_BEFORE_CELLS.spec().search_position);
    let of_pages =
        |pages: &[PageId]| -> Vec<SearchDocument> { pages.par_iter().flat_map_iter(|id| builder.page(*id)).collect() };
    let levels: Vec<LevelId> = context.ladder.levels.ids().collect();
    let mut documents = of_pages(&pages[..cells_at]);
    documents.par_extend(levels.par_iter().flat_map_iter(|level| builder.level(*level)));
    documents.extend(of_pages(&pages[cells_at..]));
    documents.extend(builder.generated_pages());
    documents
}

/// The position of a page's kind among equally good results: the first in the index is shown first.
fn position(context: &RenderContext, id: PageId) -> u8 {
    context.pages.get(id).kind.spec().search_position
}

/// The pages by kind, levels from the lowest up.
fn pages_in_order(context: &RenderContext) -> Vec<PageId> {
    let position_on_track: HashMap<LevelId, usize> =
        context.ladder.tracks.iter().flat_map(|track| &track.levels).copied().zip(0..).collect();
    let level_position = |id| match context.ladder.role(id) {
        Some(Role::Level(level)) => position_on_track.get(&level).copied().unwrap_or(usize::MAX),
        _ => 0,
    };
    let mut pages: Vec<PageId> = context.pages.shown().map(|(id, _)| id).collect();
    pages.sort_unstable_by_key(|id| (position(context, *id), level_position(*id), *id));
    pages
}

/// Builds the documents of pages and levels.
struct DocumentBuilder<'s> {
    context: &'s RenderContext,
}

impl DocumentBuilder<'_> {
    /// A page, then the sections of its text.
    fn page(&self, id: PageId) -> Vec<SearchDocument> {
        let page = self.context.pages.get(id);
        let url = &self.context.address(id).url;
        let layout = self.context.ladder.layout(&self.context.pages, id);
        let mut whole = SearchDocument {
            kind: page.kind.as_str(),
            title: page.title.value.clone(),
            names: names(page),
            url: url.clone(),
            parents: self.parents(id),
            text: page.summary.clone(),
            ..SearchDocument::default()
        };
        let mut sections = Vec::new();
        for index in layout.lead.iter().chain(&layout.rest).flat_map(Clone::clone) {
            match &page.blocks[index] {
                Block::Heading(heading @ Heading { level: 2 | 3, .. }) => {
                    sections.push(section(url, &heading.text, &heading.id, &page.title.value));
                }
                block => {
                    let text = self.plain_text(id, std::slice::from_ref(block));
                    push_text(&mut sections.last_mut().unwrap_or(&mut whole).text, &text);
                }
            }
        }
        match (&page.front_matter, self.context.ladder.role(id)) {
            (FrontMatter::Level(level), _) => {
                level.facets.iter().for_each(|(_, text)| push_text(&mut whole.text, &self.plain_text(id, text)));
            }
            (_, Some(Role::Competency(competency))) => sections.extend(self.steps(competency)),
            _ => {}
        }
        sections.insert(0, whole);
        sections
    }

    /// The titles of a page's parents: the tracks of a level, the area of a competency.
    fn parents(&self, id: PageId) -> Vec<String> {
        let ladder = &self.context.ladder;
        match self.context.ladder.role(id) {
            Some(Role::Level(level)) => {
                ladder.level(level).tracks.iter().map(|track| self.title(ladder.track(*track).page)).collect()
            }
            Some(Role::Competency(at)) => Some(self.context.area(&ladder.competency(at).area).0)
                .filter(|area| !area.is_empty())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The steps of a competency's scale.
    fn steps(&self, id: CompetencyId) -> impl Iterator<Item = SearchDocument> {
        let competency = self.context.ladder.competency(id);
        let (url, title) = (&self.context.address(competency.page).url, self.title(competency.page));
        let criteria = move |step: &Step| {
            let criteria = step.criteria.as_ref();
            criteria.map(|criteria| self.plain_text(competency.page, &criteria.blocks)).unwrap_or_default()
        };
        let steps = competency.scale.iter().zip(&self.context.anchors.competency(id).steps);
        steps.map(move |(step, anchor)| SearchDocument {
            kind: "step",
            text: criteria(step),
            ..section(url, &step.name, anchor, &title)
        })
    }

    /// The cells and expectations of a level: its own expectations, then each cell with those in it.
    fn level(&self, id: LevelId) -> Vec<SearchDocument> {
        let level = self.context.ladder.level(id);
        let mut documents = Vec::new();
        for own in &*level.own {
            self.expectations(id, &own.lines, &own.written.heading.text, &mut documents);
        }
        for (competency, cell) in &*level.cells {
            if matches!(self.context.ladder.state(id, *competency), State::Written | State::Inherited) {
                documents.push(self.cell(id, *competency, cell));
                self.expectations(
                    id,
                    &cell.lines,
                    &self.title(self.context.ladder.competency(*competency).page),
                    &mut documents,
                );
            }
        }
        documents
    }

    fn cell(&self, id: LevelId, competency: CompetencyId, cell: &Cell) -> SearchDocument {
        let level = self.context.ladder.level(id);
        let title = self.title(self.context.ladder.competency(competency).page);
        let (parents, parent_names) = (vec![self.title(level.page)], names(self.context.pages.get(level.page)));
        let url = self.context.cell_url(id, competency);
        let mut document =
            SearchDocument { kind: "cell", title, url, parents, parent_names, ..SearchDocument::default() };
        if let Some(written) = &cell.written {
            push_text(&mut document.text, &self.plain_text(written.page, &written.text.intro));
            push_text(&mut document.text, &self.plain_text(written.page, &written.text.outro));
            self.examples(written.page, &written.text.examples, &mut document);
        }
        document
    }

    /// Appends the expectations of a cell or section of a level; `parent` is its title.
    fn expectations(&self, level: LevelId, ids: &[ExpectationId], parent: &str, documents: &mut Vec<SearchDocument>) {
        let page = self.context.ladder.level(level).page;
        let (title, names) = (self.title(page), names(self.context.pages.get(page)));
        for id in ids {
            let expectation = self.context.ladder.expectation(*id);
            let sentence = self.context.inline_text(expectation.page, &expectation.statement.html);
            let mut document = SearchDocument {
                kind: "expectation",
                title: sentence,
                title_is_text: true,
                url: self.context.expectation_url(*id),
                parents: vec![title.clone(), parent.to_owned()],
                parent_names: names.clone(),
                text: self.plain_text(expectation.page, &expectation.statement.detail.blocks),
                ..SearchDocument::default()
            };
            self.examples(expectation.page, &expectation.statement.examples, &mut document);
            documents.push(document);
        }
    }

    /// Appends examples to the text of a document.
    fn examples(&self, page: PageId, examples: &[Example], document: &mut SearchDocument) {
        for example in examples {
            push_text(&mut document.text, &example.specialism);
            push_text(&mut document.text, &self.plain_text(page, &example.blocks));
            if !example.specialism.is_empty() {
                document.specialisms.push(example.specialism.clone());
            }
        }
    }

    /// The generated pages: those that no page of the author introduces, and tags.
    fn generated_pages(&self) -> Vec<SearchDocument> {
        let document = |(generated, (address, introduced)): (&Generated, &(Address, Option<PageId>))| {
            let (kind, title) = match generated {
                Generated::Tag(slug) => ("tag", self.context.tag(slug)?.title.clone()),
                Generated::Home | Generated::NotFound | Generated::Assessment { .. } | Generated::PrintPart { .. } => {
                    return None;
                }
                _ if introduced.is_some() => return None,
                Generated::AssessmentSheet { track: Some(track), .. } => {
                    let track = self.title(self.context.ladder.track(*track).page);
                    ("page", format!("{}: {track}", self.context.generated_title(generated)))
                }
                Generated::Comparison(slug) => {
                    let pair = self.context.comparison_title(slug);
                    ("page", format!("{}: {pair}", self.context.generated_title(generated)))
                }
                other => ("page", self.context.generated_title(other)),
            };
            Some(SearchDocument { kind, title, url: address.url.clone(), ..SearchDocument::default() })
        };
        self.context.routes.generated.iter().filter_map(document).collect()
    }

    fn title(&self, id: PageId) -> String {
        self.context.pages.get(id).title.value.clone()
    }

    /// The text of blocks without markup.
    fn plain_text(&self, page: PageId, blocks: &[Block]) -> String {
        self.context.block_text(page, blocks)
    }
}

/// The document of a section at an anchor of a page; `parent` is the page's title.
fn section(url: &str, title: &str, anchor: &str, parent: &str) -> SearchDocument {
    let url = format!("{url}#{}", encode(anchor));
    SearchDocument {
        kind: "section",
        title: title.to_owned(),
        url,
        parents: vec![parent.to_owned()],
        ..SearchDocument::default()
    }
}

/// Appends to a text, after a space.
fn push_text(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// The names of a page other than its title.
fn names(page: &Page) -> Vec<String> {
    page.other_names().into_iter().map(str::to_owned).collect()
}
