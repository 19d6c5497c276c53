use std::collections::{BTreeMap, BTreeSet};

use super::address::{Address, unsound};
use super::assess;
use super::comparisons::{self, Comparisons};
use crate::config::Urls;
use crate::ladder::{Ladder, LevelId};
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
    /// Any two levels side by side.
    Compare,
    /// Two levels side by side, by the name that [`Comparisons`] has for them.
    Comparison(String),
    /// All moves.
    Moves,
    /// All articles.
    Articles,
    /// All worksheets.
    Worksheets,
    /// The self-assessments of all levels.
    Assessments,
    /// The self-assessment of one level.
    Assessment {
        /// The level.
        level: LevelId,
        /// Its path in the site.
        path: String,
    },
    /// All terms.
    Glossary,
    /// All tags.
    Tags,
    /// The pages of one tag, by its slug.
    Tag(String),
    /// Every name and where it leads.
    Titles,
    /// The whole ladder in one document, for paper.
    Print,
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
            Self::Compare => comparisons::FOLDER.to_owned(),
            Self::Comparison(slug) => format!("{}/{slug}", comparisons::FOLDER),
            Self::Moves => "moves".to_owned(),
            Self::Articles => "articles".to_owned(),
            Self::Worksheets => "worksheets".to_owned(),
            Self::Assessments => assess::FOLDER.to_owned(),
            Self::Assessment { path, .. } => path.clone(),
            Self::Glossary => "glossary".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::Tag(slug) => format!("tags/{slug}"),
            Self::Titles => "titles".to_owned(),
            Self::Print => "print".to_owned(),
            Self::Missing => "404".to_owned(),
        }
    }

    /// The page that lists all pages of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Track | Kind::Level => Some(Self::Stages),
            Kind::Competency => Some(Self::Competencies),
            Kind::Move => Some(Self::Moves),
            Kind::Article => Some(Self::Articles),
            Kind::Worksheet => Some(Self::Worksheets),
            Kind::Term => Some(Self::Glossary),
            Kind::Page => None,
        }
    }

    /// The key of the section of the site that it belongs to; empty for one that belongs to none.
    #[must_use]
    pub fn section(&self) -> &'static str {
        match self {
            Self::Stages => "ladder",
            Self::Competencies => "competencies",
            Self::Matrix => "matrix",
            Self::Compare | Self::Comparison(_) => "compare",
            Self::Moves => "moves",
            Self::Articles => "articles",
            Self::Worksheets | Self::Assessments | Self::Assessment { .. } => "worksheets",
            Self::Glossary => "glossary",
            Self::Home | Self::Tags | Self::Tag(_) | Self::Titles | Self::Print | Self::Missing => "",
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
            Self::Compare | Self::Comparison(_) => "Compare",
            Self::Moves => "Moves",
            Self::Articles => "Articles",
            Self::Worksheets => "Worksheets",
            Self::Assessments | Self::Assessment { .. } => "Self-assessment",
            Self::Glossary => "Glossary",
            Self::Tags | Self::Tag(_) => "Tags",
            Self::Titles => "Titles and other names",
            Self::Print => "Print edition",
            Self::Missing => "Page not found",
        }
    }

    /// Its address. Lists of pages stand for folders, so that they can have their pages beside them.
    #[must_use]
    pub fn address(&self, urls: Urls) -> Address {
        let single =
            matches!(self, Self::Matrix | Self::Titles | Self::Tag(_) | Self::Comparison(_) | Self::Assessment { .. });
        match self {
            Self::Missing => {
                Address { file: crate::tree::TreePath::normalized("404.html"), url: "404.html".to_owned() }
            }
            _ => Address::new(&self.path(), !single, urls),
        }
    }

    /// The generated pages that a site has.
    #[must_use]
    pub fn all(pages: &Pages, ladder: &Ladder, comparisons: &Comparisons) -> Vec<Self> {
        let any = |kind| pages.shown().any(|(_, page)| page.kind == kind);
        let tags = tags(pages);
        let wanted = [
            (Self::Home, true),
            (Self::Stages, !ladder.tracks.is_empty()),
            (Self::Competencies, !ladder.competencies.is_empty()),
            (Self::Matrix, ladder.has_matrix()),
            (Self::Compare, !comparisons.is_empty()),
            (Self::Moves, any(Kind::Move)),
            (Self::Articles, any(Kind::Article)),
            (Self::Worksheets, any(Kind::Worksheet)),
            (Self::Assessments, ladder.assessable().next().is_some()),
            (Self::Glossary, any(Kind::Term)),
            (Self::Tags, !tags.is_empty()),
            (Self::Titles, ladder.rungs().next().is_some()),
            (Self::Print, ladder.rungs().next().is_some()),
            (Self::Missing, true),
        ];
        let mut all: Vec<Self> = wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(page, _)| page).collect();
        all.extend(comparisons.pages().cloned().map(Self::Comparison));
        all.extend(assess::assessments(pages, ladder));
        all.extend(tags.into_values().map(|tag| Self::Tag(tag.slug)));
        all
    }
}

/// A tag, under all names that are the same when folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// How it is first written.
    pub title: String,
    /// The last segment of its page's address; no two tags share it.
    pub slug: String,
    /// The pages that have it.
    pub pages: Vec<PageId>,
}

/// The tags of a site by their folded names.
#[must_use]
pub(crate) fn tags(pages: &Pages) -> BTreeMap<String, Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (id, page) in pages.shown() {
        for tag in &page.tags {
            let new = || Tag { title: tag.value.clone(), slug: String::new(), pages: Vec::new() };
            let entry = tags.entry(name::fold(&tag.value)).or_insert_with(new);
            if entry.pages.last() != Some(&id) {
                entry.pages.push(id);
            }
        }
    }
    let slugs = slugs(tags.keys().map(String::as_str));
    for (tag, slug) in tags.values_mut().zip(slugs) {
        tag.slug = slug;
    }
    tags
}

/// One slug for each tag, none twice.
fn slugs<'a>(folded: impl Iterator<Item = &'a str>) -> Vec<String> {
    numbered(folded.map(tag_slug))
}

/// Slugs of which none stands twice: where several would be the same, all but the first are numbered from 2.
pub(crate) fn numbered(wanted: impl Iterator<Item = String>) -> Vec<String> {
    let wanted: Vec<String> = wanted.collect();
    let mut taken: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut firsts = BTreeSet::new();
    let mut distinct = |slug: &String| {
        if firsts.insert(slug.clone()) {
            return slug.clone();
        }
        let mut number = 2;
        while !taken.insert(format!("{slug}-{number}")) {
            number += 1;
        }
        format!("{slug}-{number}")
    };
    wanted.iter().map(&mut distinct).collect()
}

/// The slug of a tag, as a segment that every system can hold and that is not the list of tags.
fn tag_slug(folded: &str) -> String {
    const LONGEST: usize = 150;
    let slug = name::slug(folded);
    let slug = slug[..slug.floor_char_boundary(LONGEST)].trim_end_matches('-');
    if slug.is_empty() {
        "tag".to_owned()
    } else if slug == "index" || unsound(slug).is_some() {
        format!("{slug}-tag")
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_an_address_of_its_own() {
        let folded = ["c", "c 2", "c#", "c++", "con", "index", "tag", "🎉", "🚀"];
        let slugs = slugs(folded.into_iter());
        assert_eq!(slugs, ["c", "c-2", "c-3", "c-4", "con-tag", "index-tag", "tag", "tag-2", "tag-3"]);
        assert!(unsound(&tag_slug(&"ü".repeat(300))).is_none());
    }
}
