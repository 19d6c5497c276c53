//! The render context: the data that pages are rendered from, and the views and addresses that many pages share.

mod areas;
pub(crate) mod cards;
mod link_writer;
mod lists;
pub(crate) mod part_urls;
mod plain_text;
pub(crate) mod print_anchors;
mod script;
mod transitions;
pub(crate) mod word_diff;

pub(crate) use script::data_script;
pub use word_diff::WordDiffs;

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::config::Owner;
use crate::guide::Guide;
use crate::ladder::{CompetencyId, Ladder, LevelId, Move, RepeatedTexts};
use crate::link::{Address, Generated, Tag, tags};
use crate::page::{Kind, Page, PageId, Pages};
use crate::tree::TreePath;

/// The data that pages are rendered from. It dereferences to its guide.
#[derive(Debug)]
pub struct RenderContext {
    /// The guide.
    pub guide: Guide,
    /// Lookups over all pages.
    pub index: Arc<PageIndex>,
    /// The day on which the site is built.
    pub today: Date,
    /// The texts that several expectations have, for data that scripts compare; computed when they are first needed.
    pub repeated: OnceLock<RepeatedTexts>,
    /// The word differences of raised expectations.
    pub word_diffs: WordDiffs,
}

impl Deref for RenderContext {
    type Target = Guide;
    fn deref(&self) -> &Guide {
        &self.guide
    }
}

/// Lookups over the front matter of all pages.
#[derive(Debug, Default)]
pub struct PageIndex {
    /// The tags by their folded names.
    pub(crate) tags: BTreeMap<String, Tag>,
    tag_slugs: HashMap<String, String>,
    folders: HashMap<String, PageId>,
    moves: HashMap<PageId, usize>,
    levels: HashMap<LevelId, Vec<PageId>>,
    competencies: HashMap<CompetencyId, Vec<PageId>>,
    moves_from: HashMap<LevelId, Vec<usize>>,
    moves_to: HashMap<LevelId, Vec<usize>>,
}

impl PageIndex {
    /// Indexes the pages.
    #[must_use]
    pub fn of(pages: &Pages, ladder: &Ladder) -> Self {
        let mut index = Self::default();
        for (page, serves) in &*ladder.serves {
            for level in &serves.levels {
                index.levels.entry(*level).or_default().push(*page);
            }
            for competency in &serves.competencies {
                index.competencies.entry(*competency).or_default().push(*page);
            }
        }
        for (at, one) in ladder.moves.iter().enumerate() {
            index.moves.insert(one.page, at);
            index.moves_from.entry(one.from).or_default().push(at);
            index.moves_to.entry(one.to).or_default().push(at);
        }
        let folder_pages = pages.shown().filter(|(_, page)| page.content_path().ends_with("/index.md"));
        index.folders = folder_pages.map(|(id, page)| (page.folder().to_owned(), id)).collect();
        index.tags = tags(pages);
        index.tag_slugs = index.tags.iter().map(|(folded, tag)| (tag.slug.clone(), folded.clone())).collect();
        index
    }
}

/// The page that is being rendered.
#[derive(Debug, Clone)]
pub(crate) struct PageContext {
    /// The relative path from the page to the root of the site.
    pub(crate) root: String,
    /// The author's page that it shows, if any. In the print edition that of the chapter; none where a text is
    /// repeated.
    pub(crate) page: Option<PageId>,
    /// Whether it is the print edition.
    pub(crate) is_print: bool,
}

impl PageContext {
    pub(crate) fn at(file: &TreePath, page: Option<PageId>) -> Self {
        Self { root: crate::link::root_prefix(file), page, is_print: false }
    }
}

impl RenderContext {
    /// The pages of one kind that serve a level.
    pub(crate) fn serving_level(&self, level: LevelId, kind: Kind) -> Vec<PageId> {
        self.of_kind(self.index.levels.get(&level), kind)
    }

    /// The pages of one kind that serve a competency.
    pub(crate) fn serving_competency(&self, competency: CompetencyId, kind: Kind) -> Vec<PageId> {
        self.of_kind(self.index.competencies.get(&competency), kind)
    }

    fn of_kind(&self, pages: Option<&Vec<PageId>>, kind: Kind) -> Vec<PageId> {
        pages.into_iter().flatten().copied().filter(|id| self.pages.get(*id).kind == kind).collect()
    }

    /// The moves that start at a level, by their indexes in the ladder.
    pub(crate) fn moves_from(&self, level: LevelId) -> &[usize] {
        self.index.moves_from.get(&level).map_or(&[], Vec::as_slice)
    }

    /// The moves that lead to a level, by their indexes in the ladder.
    pub(crate) fn moves_to(&self, level: LevelId) -> &[usize] {
        self.index.moves_to.get(&level).map_or(&[], Vec::as_slice)
    }

    /// The move that a page describes, if both its ends are known.
    pub(crate) fn move_of(&self, page: PageId) -> Option<&Move> {
        self.index.moves.get(&page).map(|at| &self.ladder.moves[*at])
    }

    /// The tag whose page has this slug.
    pub(crate) fn tag(&self, slug: &str) -> Option<&Tag> {
        self.index.tags.get(self.index.tag_slugs.get(slug)?)
    }

    /// The page of a folder, if it has one.
    pub(crate) fn folder_page(&self, folder: &str) -> Option<PageId> {
        self.index.folders.get(folder).copied()
    }

    /// The texts that several expectations have.
    pub(crate) fn repeated(&self) -> &RepeatedTexts {
        self.repeated.get_or_init(|| RepeatedTexts::of(&self.ladder))
    }

    /// The owner of a page: the name, and the entry in the configuration.
    pub(crate) fn owner(&self, page: &Page) -> Option<(String, Option<&Owner>)> {
        let name = &page.owner.as_ref()?.value;
        let known = self.config.owner_position(name).map(|at| &self.config.owners[at]);
        Some((known.map_or(name, |owner| &owner.name).clone(), known))
    }

    /// The address of a page.
    #[must_use]
    pub fn address(&self, page: PageId) -> &Address {
        &self.routes.pages[page]
    }

    /// The address of a generated page, if the site has it.
    pub(crate) fn generated(&self, generated: &Generated) -> Option<&Address> {
        self.routes.generated.get(generated).map(|(address, _)| address)
    }

    /// The absolute address of a page, if the configuration has a `base_url`.
    pub(crate) fn absolute(&self, url: &str) -> Option<String> {
        self.config.base_url.as_ref().map(|base| format!("{base}{url}"))
    }

    /// The path from the error page to the root. That page is shown at any address, so the path can't be relative to
    /// it.
    pub(crate) fn missing_root(&self) -> String {
        self.config.sub_path().unwrap_or_else(|| "./".to_owned())
    }

    /// The home page's address.
    pub(crate) fn home_url(&self) -> String {
        Generated::Home.address(self.config.urls).url
    }
}
