//! The documents of the search index: pages, sections of their texts, cells, expectations, steps and tags.
//!
//! They are grouped by page and by level, so that the index has a page's title, names and address once for all of them.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::context::RenderContext;
use crate::ladder::{Cell, CompetencyId, Example, ExpectationId, LevelId, Role, State, Step, TrackId};
use crate::link::{Address, Generated};
use crate::markdown::{Block, Heading};
use crate::page::{FrontMatter, Kind, PageId};

/// All documents of a site.
#[derive(Debug, Default)]
pub(crate) struct SearchDocuments {
    /// The pages, in the order in which equally good results are shown.
    pub(crate) pages: Vec<SearchPage>,
    /// The number of pages, counted from the first, that come before the cells and expectations of levels.
    pub(crate) pages_before_levels: usize,
    /// The cells and expectations of each level, in the order of levels.
    pub(crate) levels: Vec<SearchLevel>,
}

/// A page, and the parts of it that are results of their own.
#[derive(Debug, Default)]
pub(crate) struct SearchPage {
    /// The kind of the page, or `tag`.
    pub(crate) kind: &'static str,
    /// The title.
    pub(crate) title: String,
    /// Other names; a level's code comes first.
    pub(crate) names: Vec<String>,
    /// The address.
    pub(crate) url: String,
    /// The titles of what it belongs to: the tracks of a level, the area of a competency.
    pub(crate) parents: String,
    /// The text before its sections.
    pub(crate) text: String,
    /// The sections of its text, and the steps of a scale.
    pub(crate) parts: Vec<SearchPart>,
}

/// A part of a page that has a name and an anchor.
#[derive(Debug, Default)]
pub(crate) struct SearchPart {
    /// The kind.
    pub(crate) kind: SearchPartKind,
    /// The name.
    pub(crate) title: String,
    /// The anchor.
    pub(crate) anchor: String,
    /// The text.
    pub(crate) text: String,
}

/// The kind of a part.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SearchPartKind {
    /// A section of a page's text.
    #[default]
    Section,
    /// A step of a competency's scale.
    Step,
    /// A cell.
    Cell,
    /// A section of expectations in no competency, which only its expectations are found by.
    Own,
}

impl SearchPartKind {
    /// Its digit in the index.
    pub(crate) fn digit(self) -> char {
        match self {
            Self::Section => '0',
            Self::Step => '1',
            Self::Cell => '2',
            Self::Own => '3',
        }
    }
}

/// The cells of a level.
#[derive(Debug, Default)]
pub(crate) struct SearchLevel {
    /// The index of its page.
    pub(crate) page: usize,
    /// Its first track.
    pub(crate) track: Option<TrackId>,
    /// The sections of expectations in no competency, then the cells.
    pub(crate) cells: Vec<SearchCell>,
}

/// A cell, or a section of expectations in no competency.
#[derive(Debug, Default)]
pub(crate) struct SearchCell {
    /// The name, and the text outside of expectations.
    pub(crate) part: SearchPart,
    /// The expectations that are written in it.
    pub(crate) expectations: Vec<SearchExpectation>,
}

/// An expectation.
#[derive(Debug, Default)]
pub(crate) struct SearchExpectation {
    /// The sentence.
    pub(crate) sentence: String,
    /// The text of its detail and its examples.
    pub(crate) detail: String,
}

/// The separator of several names in one text.
pub(crate) const NAMES_SEPARATOR: &str = " · ";

impl SearchPage {
    /// All its names.
    pub(crate) fn names(&self) -> Cow<'_, str> {
        if self.names.is_empty() {
            return Cow::Borrowed(&self.title);
        }
        let others = self.names.iter().map(String::as_str);
        Cow::Owned(std::iter::once(self.title.as_str()).chain(others).collect::<Vec<_>>().join(NAMES_SEPARATOR))
    }
}

impl SearchDocuments {
    /// All texts that may have to be shortened.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let pages = self.pages.iter_mut();
        let of_pages = pages
            .flat_map(|page| std::iter::once(&mut page.text).chain(page.parts.iter_mut().map(|part| &mut part.text)));
        let cells = self.levels.iter_mut().flat_map(|level| &mut level.cells);
        let of_cells = cells.flat_map(|cell| {
            let expectations = cell.expectations.iter_mut().map(|expectation| &mut expectation.detail);
            std::iter::once(&mut cell.part.text).chain(expectations)
        });
        of_pages.chain(of_cells)
    }
}

/// The last kind whose pages come before the cells and expectations of levels.
const LAST_KIND_BEFORE_LEVELS: Kind = Kind::Move;

/// All documents of a site.
pub(crate) fn documents(context: &RenderContext) -> SearchDocuments {
    let builder = DocumentBuilder { context };
    let ids = pages_in_order(context);
    let position_of: HashMap<PageId, usize> = ids.iter().copied().zip(0..).collect();
    let mut pages: Vec<SearchPage> = ids.par_iter().map(|id| builder.page(*id)).collect();
    pages.extend(builder.generated_pages());
    let levels: Vec<LevelId> = context.ladder.levels.ids().collect();
    let level = |id: &LevelId| SearchLevel {
        track: context.ladder.level(*id).tracks.first().copied(),
        page: position_of[&context.ladder.level(*id).page],
        cells: builder.cells(*id),
    };
    SearchDocuments {
        pages,
        pages_before_levels: ids
            .partition_point(|id| position(context, *id) <= LAST_KIND_BEFORE_LEVELS.spec().search_position),
        levels: levels.par_iter().map(level).collect(),
    }
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
    pages.sort_by_cached_key(|id| (position(context, *id), level_position(*id), *id));
    pages
}

/// Builds the documents of pages and levels.
struct DocumentBuilder<'s> {
    context: &'s RenderContext,
}

impl DocumentBuilder<'_> {
    fn page(&self, id: PageId) -> SearchPage {
        let page = self.context.pages.get(id);
        let layout = self.context.ladder.layout(&self.context.pages, id);
        let mut whole = SearchPage {
            kind: page.kind.as_str(),
            title: page.title.value.clone(),
            names: page.other_names().into_iter().map(str::to_owned).collect(),
            url: self.context.address(id).url.clone(),
            parents: self.parents(id),
            text: page.summary.clone(),
            parts: Vec::new(),
        };
        for index in layout.lead.iter().chain(&layout.rest).flat_map(Clone::clone) {
            match &page.blocks[index] {
                Block::Heading(heading @ Heading { level: 2 | 3, .. }) => {
                    let (title, anchor) = (heading.text.clone(), heading.id.clone());
                    whole.parts.push(SearchPart { kind: SearchPartKind::Section, title, anchor, text: String::new() });
                }
                block => {
                    let text = self.plain_text(id, std::slice::from_ref(block));
                    push_text(whole.parts.last_mut().map_or(&mut whole.text, |part| &mut part.text), &text);
                }
            }
        }
        match (&page.front_matter, self.context.ladder.role(id)) {
            (FrontMatter::Level(level), _) => {
                level.facets.iter().for_each(|(_, text)| push_text(&mut whole.text, &self.plain_text(id, text)));
            }
            (_, Some(Role::Competency(competency))) => whole.parts.extend(self.steps(competency)),
            _ => {}
        }
        whole
    }

    /// The titles of a page's parents: the tracks of a level, the area of a competency.
    fn parents(&self, id: PageId) -> String {
        let ladder = &self.context.ladder;
        match self.context.ladder.role(id) {
            Some(Role::Level(level)) => {
                let tracks = ladder.level(level).tracks.iter().map(|track| self.title(ladder.track(*track).page));
                tracks.collect::<Vec<_>>().join(NAMES_SEPARATOR)
            }
            Some(Role::Competency(at)) => self.context.area(&ladder.competency(at).area).0,
            _ => String::new(),
        }
    }

    /// The steps of a competency's scale.
    fn steps(&self, id: CompetencyId) -> impl Iterator<Item = SearchPart> {
        let competency = self.context.ladder.competency(id);
        let criteria = move |step: &Step| {
            let criteria = step.criteria.as_ref();
            criteria.map(|criteria| self.plain_text(competency.page, &criteria.blocks)).unwrap_or_default()
        };
        let steps = competency.scale.iter().zip(&self.context.anchors.competency(id).steps);
        steps.map(move |(step, anchor)| SearchPart {
            kind: SearchPartKind::Step,
            title: step.name.clone(),
            anchor: anchor.clone(),
            text: criteria(step),
        })
    }

    /// The cells of a level: its expectations in no competency, then the cells in which something is expected.
    fn cells(&self, id: LevelId) -> Vec<SearchCell> {
        let level = self.context.ladder.level(id);
        let own = level.own.iter().map(|own| SearchCell {
            part: SearchPart {
                kind: SearchPartKind::Own,
                title: own.written.heading.text.clone(),
                ..SearchPart::default()
            },
            expectations: self.expectations(&own.lines),
        });
        let cells = level.cells.iter().filter(|(competency, _)| {
            matches!(self.context.ladder.state(id, **competency), State::Written | State::Inherited)
        });
        own.chain(cells.map(|(competency, cell)| self.cell(id, *competency, cell))).collect()
    }

    fn cell(&self, id: LevelId, competency: CompetencyId, cell: &Cell) -> SearchCell {
        let mut text = String::new();
        if let Some(written) = &cell.written {
            push_text(&mut text, &self.plain_text(written.page, &written.text.intro));
            push_text(&mut text, &self.plain_text(written.page, &written.text.outro));
            self.push_examples(written.page, &written.text.examples, &mut text);
        }
        let title = self.title(self.context.ladder.competency(competency).page).to_owned();
        let anchor = self.context.anchors.level(id).cells.get(&competency).cloned().unwrap_or_default();
        SearchCell {
            part: SearchPart { kind: SearchPartKind::Cell, title, anchor, text },
            expectations: self.expectations(&cell.lines),
        }
    }

    fn expectations(&self, ids: &[ExpectationId]) -> Vec<SearchExpectation> {
        let document = |id: &ExpectationId| {
            let expectation = self.context.ladder.expectation(*id);
            let mut detail = self.plain_text(expectation.page, &expectation.statement.detail.blocks);
            self.push_examples(expectation.page, &expectation.statement.examples, &mut detail);
            let sentence = self.context.inline_text(expectation.page, &expectation.statement.html);
            SearchExpectation { sentence, detail }
        };
        ids.iter().map(document).collect()
    }

    /// Appends examples to a text.
    fn push_examples(&self, page: PageId, examples: &[Example], text: &mut String) {
        for example in examples {
            push_text(text, &example.specialism);
            push_text(text, &self.plain_text(page, &example.blocks));
        }
    }

    /// The generated pages: those that no page of the author introduces, and tags.
    fn generated_pages(&self) -> Vec<SearchPage> {
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
            Some(SearchPage { kind, title, url: address.url.clone(), ..SearchPage::default() })
        };
        self.context.routes.generated.iter().filter_map(document).collect()
    }

    fn title(&self, id: PageId) -> &str {
        &self.context.pages.get(id).title.value
    }

    /// The text of blocks without markup.
    fn plain_text(&self, page: PageId, blocks: &[Block]) -> String {
        self.context.block_text(page, blocks)
    }
}

/// Appends to a text, after a space.
fn push_text(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
