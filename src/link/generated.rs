use std::collections::BTreeMap;

use super::Address;
use crate::config::Urls;
use crate::ladder::Ladder;
use crate::name;
use crate::page::{Kind, PageId, Pages};

/// A page that Stepladder makes by itself. An author's page of kind `page` at the same address introduces it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generated {
    /// The home page.
    Home,
    /// All tracks and levels in one table.
    Stages,
    /// All competencies.
    Competencies,
    /// Competencies against levels.
    Matrix,
    /// All moves.
    Moves,
    /// All articles.
    Articles,
    /// All worksheets.
    Worksheets,
    /// All terms.
    Glossary,
    /// All tags.
    Tags,
    /// The pages of one tag, by its slug.
    Tag(String),
    /// Every name and where it leads.
    Titles,
    /// What a web server shows for an unknown address.
    Missing,
}

impl Generated {
    /// Its path in the site, as pages have one; empty for the home page.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Stages => "tracks".to_owned(),
            Self::Competencies => "competencies".to_owned(),
            Self::Matrix => "matrix".to_owned(),
            Self::Moves => "moves".to_owned(),
            Self::Articles => "articles".to_owned(),
            Self::Worksheets => "worksheets".to_owned(),
            Self::Glossary => "glossary".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::Tag(slug) => format!("tags/{slug}"),
            Self::Titles => "titles".to_owned(),
            Self::Missing => "404".to_owned(),
        }
    }

    /// Its title, when no author's page gives another one.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Stages => "The ladder",
            Self::Competencies => "Competencies",
            Self::Matrix => "Matrix",
            Self::Moves => "Moves",
            Self::Articles => "Articles",
            Self::Worksheets => "Worksheets",
            Self::Glossary => "Glossary",
            Self::Tags | Self::Tag(_) => "Tags",
            Self::Titles => "Titles and other names",
            Self::Missing => "Page not found",
        }
    }

    /// Its address. Lists of pages stand for folders, so that they can have their pages beside them.
    #[must_use]
    pub fn address(&self, urls: Urls) -> Address {
        let single = matches!(self, Self::Matrix | Self::Titles | Self::Tag(_));
        match self {
            Self::Missing => Address { file: crate::tree::TreePath::known("404.html"), url: "404.html".to_owned() },
            _ => Address::new(&self.path(), !single, urls),
        }
    }

    /// The generated pages that a site has.
    #[must_use]
    pub fn all(pages: &Pages, ladder: &Ladder) -> Vec<Self> {
        let any = |kind| pages.shown().any(|(_, page)| page.kind == kind);
        let tags = tags(pages);
        let wanted = [
            (Self::Home, true),
            (Self::Stages, !ladder.tracks.is_empty()),
            (Self::Competencies, !ladder.competencies.is_empty()),
            (Self::Matrix, ladder.tracks.iter().any(|track| !track.competencies.is_empty())),
            (Self::Moves, any(Kind::Move)),
            (Self::Articles, any(Kind::Article)),
            (Self::Worksheets, any(Kind::Worksheet)),
            (Self::Glossary, any(Kind::Term)),
            (Self::Tags, !tags.is_empty()),
            (Self::Titles, ladder.rungs().next().is_some()),
            (Self::Missing, true),
        ];
        let mut all: Vec<Self> = wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(page, _)| page).collect();
        all.extend(tags.into_keys().map(Self::Tag));
        all
    }
}

/// The tags of a site by slug: how they are first written, and their pages.
#[must_use]
pub(crate) fn tags(pages: &Pages) -> BTreeMap<String, (String, Vec<PageId>)> {
    let mut tags: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
    for (id, page) in pages.shown() {
        for tag in &page.tags {
            let slug = name::slug(&tag.value);
            let entry = tags.entry(slug).or_insert_with(|| (tag.value.clone(), Vec::new()));
            if !entry.1.contains(&id) {
                entry.1.push(id);
            }
        }
    }
    tags.retain(|slug, _| !slug.is_empty());
    tags
}
