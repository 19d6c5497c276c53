//! Generated pages: their paths, titles and sections.

use super::address::Address;
use crate::config::Urls;
use crate::ladder::{LevelId, TrackId};
use crate::page::{Kind, ListPage};

/// The folder of all comparisons.
pub(super) const COMPARISONS_FOLDER: &str = "compare";

/// The folder of the print edition.
pub(super) const PRINT_FOLDER: &str = "print";

/// The folder of all self-assessments.
pub(super) const ASSESSMENTS_FOLDER: &str = "assess";

/// A part of the print edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrintPart {
    /// The abstract levels.
    Foundations,
    /// The levels of a track.
    Track(TrackId),
    /// All pages of a kind.
    List(Kind),
}

/// A page that Stepladder makes by itself. An author's page of kind `page` at the same address introduces it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generated {
    /// The home page.
    Home,
    /// All tracks and levels in one table.
    Stages,
    /// All pages of a kind that has a list of its own.
    List(Kind),
    /// Competencies against levels.
    Matrix,
    /// Any two levels side by side.
    ComparisonChooser,
    /// Two levels side by side, by the name that [`Comparisons`](super::Comparisons) has for them.
    Comparison(String),
    /// The self-assessments of all levels.
    Assessments,
    /// The address of one level's self-assessment, which leads to its place on the sheet.
    Assessment {
        /// The level.
        level: LevelId,
        /// Its path in the site.
        path: String,
    },
    /// The self-assessments of all levels of a track, on one sheet.
    AssessmentSheet {
        /// The track; none for levels without one.
        track: Option<TrackId>,
        /// Its path in the site.
        path: String,
    },
    /// All tags.
    Tags,
    /// The pages of one tag, by its slug.
    Tag(String),
    /// Every name and where it leads.
    Titles,
    /// The whole ladder in one document, for paper; its contents alone if that would be too large.
    Print,
    /// One part of the print edition, if the whole would be too large.
    PrintPart {
        /// The part.
        part: PrintPart,
        /// Its path in the site.
        path: String,
    },
    /// The page that a web server shows for an unknown address.
    NotFound,
}

impl Generated {
    /// Its path in the site, as pages have one; empty for the home page.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Stages => "tracks".to_owned(),
            Self::List(kind) => own_list(*kind).0.to_owned(),
            Self::Matrix => "matrix".to_owned(),
            Self::ComparisonChooser => COMPARISONS_FOLDER.to_owned(),
            Self::Comparison(slug) => format!("{COMPARISONS_FOLDER}/{slug}"),
            Self::Assessments => ASSESSMENTS_FOLDER.to_owned(),
            Self::Assessment { path, .. } | Self::AssessmentSheet { path, .. } | Self::PrintPart { path, .. } => {
                path.clone()
            }
            Self::Tags => "tags".to_owned(),
            Self::Tag(slug) => format!("tags/{slug}"),
            Self::Titles => "titles".to_owned(),
            Self::Print => PRINT_FOLDER.to_owned(),
            Self::NotFound => "404".to_owned(),
        }
    }

    /// The page that lists all pages of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        match kind.spec().list {
            ListPage::Ladder => Some(Self::Stages),
            ListPage::Own { .. } => Some(Self::List(kind)),
            ListPage::None => None,
        }
    }

    /// The lists of all kinds that have one of their own.
    pub fn lists() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().filter_map(Self::of).filter(|list| *list != Self::Stages)
    }

    /// The key of the section of the site that it belongs to; empty for one that belongs to none.
    #[must_use]
    pub fn section(&self) -> &'static str {
        match self {
            Self::Stages => "ladder",
            Self::List(kind) => own_list(*kind).0,
            Self::Matrix => "matrix",
            Self::ComparisonChooser | Self::Comparison(_) => "compare",
            Self::Assessments | Self::Assessment { .. } | Self::AssessmentSheet { .. } => own_list(Kind::Worksheet).0,
            Self::Home
            | Self::Tags
            | Self::Tag(_)
            | Self::Titles
            | Self::Print
            | Self::PrintPart { .. }
            | Self::NotFound => "",
        }
    }

    /// Its title, unless an author's page sets another one.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Stages => "The ladder",
            Self::List(kind) => own_list(*kind).1,
            Self::Matrix => "Matrix",
            Self::ComparisonChooser | Self::Comparison(_) => "Compare",
            Self::Assessments | Self::Assessment { .. } | Self::AssessmentSheet { .. } => "Self-assessment",
            Self::Tags | Self::Tag(_) => "Tags",
            Self::Titles => "Titles and other names",
            Self::Print | Self::PrintPart { .. } => "Print edition",
            Self::NotFound => "Page not found",
        }
    }

    /// Its address. Lists of pages are index pages of folders, so that the listed pages can be in the same folder.
    #[must_use]
    pub fn address(&self, urls: Urls) -> Address {
        let single = matches!(
            self,
            Self::Matrix
                | Self::Titles
                | Self::Tag(_)
                | Self::Comparison(_)
                | Self::Assessment { .. }
                | Self::AssessmentSheet { .. }
                | Self::PrintPart { .. }
        );
        match self {
            Self::NotFound => {
                Address { file: crate::tree::TreePath::normalized("404.html"), url: "404.html".to_owned() }
            }
            _ => Address::new(&self.path(), !single, urls),
        }
    }
}

/// The path and the title of the list that a kind has of its own; both empty if it has none.
fn own_list(kind: Kind) -> (&'static str, &'static str) {
    match kind.spec().list {
        ListPage::Own { path, title } => (path, title),
        ListPage::None | ListPage::Ladder => ("", ""),
    }
}
