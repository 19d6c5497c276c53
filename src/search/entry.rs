//! What can be found: pages, the sections of their texts, cells, expectations, tags.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Cell, CompetencyId, Example, ExpectationId, LevelId, Role, State, Step};
use crate::link::{Generated, encode};
use crate::markdown::{Block, Heading, plain};
use crate::page::{FrontMatter, Kind, Page, PageId};

/// One thing that can be found.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The kind of a page, or `cell`, `expectation`, `step`, `section`, `tag`.
    pub(crate) kind: &'static str,
    /// What it is called; an expectation's sentence.
    pub(crate) title: String,
    /// Whether its title is a sentence rather than a name.
    pub(crate) title_is_text: bool,
    /// Its other names; a level's code comes first.
    pub(crate) names: Vec<String>,
    /// Its address.
    pub(crate) url: String,
    /// What it belongs to.
    pub(crate) of: Vec<String>,
    /// Other names of what it belongs to.
    pub(crate) of_names: Vec<String>,
    /// What it says.
    pub(crate) text: String,
    /// The specialisms of its examples, which its text has as well.
    pub(crate) specialisms: Vec<String>,
}

/// The order in which kinds of pages come. Of results that fit equally well, the first comes first.
const ORDER: [Kind; 8] =
    [Kind::Level, Kind::Track, Kind::Competency, Kind::Move, Kind::Article, Kind::Worksheet, Kind::Page, Kind::Term];

/// Everything that can be found on a site.
pub(crate) fn entries(context: &RenderContext) -> Vec<Entry> {
    let teller = EntryBuilder { context, here: PageContext::top() };
    let climb: HashMap<LevelId, usize> =
        context.ladder.tracks.iter().flat_map(|track| &track.levels).copied().zip(0..).collect();
    let step = |id| match context.ladder.role(id) {
        Some(Role::Level(level)) => climb.get(&level).copied().unwrap_or(usize::MAX),
        _ => 0,
    };
    let pages = context.pages.shown().map(|(id, page)| (rank(page.kind), step(id), id));
    let mut pages: Vec<(usize, usize, PageId)> = pages.collect();
    pages.sort_unstable();
    let cut = pages.iter().position(|(at, ..)| *at > rank(Kind::Move)).unwrap_or(pages.len());
    let of_pages = |pages: &[(usize, usize, PageId)]| -> Vec<Entry> {
        let found: Vec<Vec<Entry>> = pages.par_iter().map(|(.., id)| teller.page(*id)).collect();
        found.into_iter().flatten().collect()
    };
    let levels: Vec<LevelId> = context.ladder.levels.ids().collect();
    let expected: Vec<Vec<Entry>> = levels.par_iter().map(|level| teller.level(*level)).collect();
    let mut entries = of_pages(&pages[..cut]);
    entries.extend(expected.into_iter().flatten());
    entries.extend(of_pages(&pages[cut..]));
    entries.extend(teller.lists());
    entries
}

fn rank(kind: Kind) -> usize {
    ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len())
}

/// Tells what can be found where.
struct EntryBuilder<'s> {
    context: &'s RenderContext,
    here: PageContext,
}

impl EntryBuilder<'_> {
    /// A page and the sections of its text.
    fn page(&self, id: PageId) -> Vec<Entry> {
        let page = self.context.pages.get(id);
        let url = &self.context.address(id).url;
        let layout = self.context.ladder.layout(&self.context.pages, id);
        let mut first = Entry {
            kind: page.kind.as_str(),
            title: page.title.value.clone(),
            names: names(page),
            url: url.clone(),
            of: self.belongs(id),
            text: page.summary.clone(),
            ..Entry::default()
        };
        let mut sections = Vec::new();
        for at in layout.lead.iter().chain(&layout.rest).flat_map(Clone::clone) {
            match &page.blocks[at] {
                Block::Heading(heading @ Heading { level: 2 | 3, .. }) => {
                    sections.push(section(url, &heading.text, &heading.id, &page.title.value));
                }
                block => {
                    let text = self.blocks(id, std::slice::from_ref(block));
                    push(&mut sections.last_mut().unwrap_or(&mut first).text, &text);
                }
            }
        }
        match (&page.front_matter, self.context.ladder.role(id)) {
            (FrontMatter::Level(level), _) => {
                level.facets.iter().for_each(|(_, blocks)| push(&mut first.text, &self.blocks(id, blocks)));
            }
            (_, Some(Role::Competency(at))) => sections.extend(self.steps(at)),
            _ => {}
        }
        sections.insert(0, first);
        sections
    }

    /// What a page belongs to: a level to its tracks, a competency to its area.
    fn belongs(&self, id: PageId) -> Vec<String> {
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
    fn steps(&self, id: CompetencyId) -> impl Iterator<Item = Entry> {
        let competency = self.context.ladder.competency(id);
        let (url, title) = (&self.context.address(competency.page).url, self.title(competency.page));
        let blocks = &self.context.pages.get(competency.page).blocks;
        let criteria = move |step: &Step| {
            let range = step.criteria.as_ref().map(|criteria| criteria.blocks.clone());
            range.map(|range| self.blocks(competency.page, &blocks[range])).unwrap_or_default()
        };
        let steps = competency.scale.iter().zip(&self.context.anchors.competency(id).steps);
        steps.map(move |(step, anchor)| Entry {
            kind: "step",
            text: criteria(step),
            ..section(url, &step.name, anchor, &title)
        })
    }

    /// What a level expects: its cells, each followed by the expectations written for it.
    fn level(&self, id: LevelId) -> Vec<Entry> {
        let level = self.context.ladder.level(id);
        let mut found = Vec::new();
        for own in &*level.own {
            self.lines(id, &own.lines, &own.written.heading.text, &mut found);
        }
        for (competency, cell) in &*level.cells {
            if matches!(self.context.ladder.state(id, *competency), State::Written | State::Inherited) {
                found.push(self.cell(id, *competency, cell));
                self.lines(id, &cell.lines, &self.title(self.context.ladder.competency(*competency).page), &mut found);
            }
        }
        found
    }

    fn cell(&self, id: LevelId, competency: CompetencyId, cell: &Cell) -> Entry {
        let level = self.context.ladder.level(id);
        let title = self.title(self.context.ladder.competency(competency).page);
        let (of, of_names) = (vec![self.title(level.page)], names(self.context.pages.get(level.page)));
        let url = self.context.cell_url(id, competency);
        let mut entry = Entry { kind: "cell", title, url, of, of_names, ..Entry::default() };
        if let Some(written) = &cell.written {
            push(&mut entry.text, &self.blocks(written.page, &written.text.intro));
            push(&mut entry.text, &self.blocks(written.page, &written.text.outro));
            self.examples(written.page, &written.text.examples, &mut entry);
        }
        entry
    }

    fn lines(&self, level: LevelId, lines: &[ExpectationId], of: &str, found: &mut Vec<Entry>) {
        let page = self.context.ladder.level(level).page;
        let (title, names) = (self.title(page), names(self.context.pages.get(page)));
        for line in lines {
            let expectation = self.context.ladder.expectation(*line);
            let sentence = plain(&self.context.rich(&self.here, expectation.page, &expectation.statement.html, false));
            let mut entry = Entry {
                kind: "expectation",
                title: sentence,
                title_is_text: true,
                url: self.context.expectation_url(*line),
                of: vec![title.clone(), of.to_owned()],
                of_names: names.clone(),
                text: self.blocks(expectation.page, &expectation.statement.detail),
                ..Entry::default()
            };
            self.examples(expectation.page, &expectation.statement.examples, &mut entry);
            found.push(entry);
        }
    }

    fn examples(&self, page: PageId, examples: &[Example], entry: &mut Entry) {
        for example in examples {
            push(&mut entry.text, &example.specialism);
            push(&mut entry.text, &self.blocks(page, &example.blocks));
            if !example.specialism.is_empty() {
                entry.specialisms.push(example.specialism.clone());
            }
        }
    }

    /// The sections of the site that no author introduces, and its tags.
    fn lists(&self) -> Vec<Entry> {
        let entry = |(generated, (address, introduced)): (&Generated, &(crate::link::Address, Option<PageId>))| {
            let (kind, title) = match generated {
                Generated::Tag(slug) => ("tag", self.context.tag(slug)?.title.clone()),
                Generated::Home | Generated::Missing => return None,
                _ if introduced.is_some() => return None,
                Generated::Assessment { level, .. } => {
                    let level = self.title(self.context.ladder.level(*level).page);
                    ("page", format!("{}: {level}", self.context.generated_title(generated)))
                }
                Generated::Comparison(slug) => {
                    let pair = self.context.comparison_title(slug);
                    ("page", format!("{}: {pair}", self.context.generated_title(generated)))
                }
                other => ("page", self.context.generated_title(other)),
            };
            Some(Entry { kind, title, url: address.url.clone(), ..Entry::default() })
        };
        self.context.routes.generated.iter().filter_map(entry).collect()
    }

    fn title(&self, id: PageId) -> String {
        self.context.pages.get(id).title.value.clone()
    }

    fn blocks(&self, page: PageId, blocks: &[Block]) -> String {
        if blocks.is_empty() {
            return String::new();
        }
        let html = self.context.quoted(&self.here, page, blocks, false);
        // Cells of a table stand side by side.
        if html.contains("<td") { plain(&html.replace("</t", " </t")) } else { plain(&html) }
    }
}

/// Something at an anchor of a page.
fn section(url: &str, title: &str, anchor: &str, of: &str) -> Entry {
    let url = format!("{url}#{}", encode(anchor));
    Entry { kind: "section", title: title.to_owned(), url, of: vec![of.to_owned()], ..Entry::default() }
}

fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// The names of a page beside its title.
fn names(page: &Page) -> Vec<String> {
    page.other_names().into_iter().map(str::to_owned).collect()
}
