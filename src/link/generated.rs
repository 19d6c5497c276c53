//! Generated pages: their paths, titles and sections.

use super::address::Address;
use crate::config::Urls;
use crate::ladder::LevelId;
use crate::page::Kind;

/// The folder of all comparisons.
pub(super) const COMPARISONS_FOLDER: &str = "compare";

/// The folder of all self-assessments.
pub(super) const ASSESSMENTS_FOLDER: &str = "assess";

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
    ComparisonChooser,
    /// Two levels side by side, by the name that [`Comparisons`](super::Comparisons) has for them.
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
            Self::Competencies => "competencies".to_owned(),
            Self::Matrix => "matrix".to_owned(),
            Self::ComparisonChooser => COMPARISONS_FOLDER.to_owned(),
            Self::Comparison(slug) => format!("{COMPARISONS_FOLDER}/{slug}"),
            Self::Moves => "moves".to_owned(),
            Self::Articles => "articles".to_owned(),
            Self::Worksheets => "worksheets".to_owned(),
            Self::Assessments => ASSESSMENTS_FOLDER.to_owned(),
            Self::Assessment { path, .. } => path.clone(),
            Self::Glossary => "glossary".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::Tag(slug) => format!("tags/{slug}"),
            Self::Titles => "titles".to_owned(),
            Self::Print => "print".to_owned(),
            Self::NotFound => "404".to_owned(),
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
            Self::ComparisonChooser | Self::Comparison(_) => "compare",
            Self::Moves => "moves",
            Self::Articles => "articles",
            Self::Worksheets | Self::Assessments | Self::Assessment { .. } => "worksheets",
            Self::Glossary => "glossary",
            Self::Home | Self::Tags | Self::Tag(_) | Self::Titles | Self::Print | Self::NotFound => "",
        }
    }

    /// Its title, unless an author's page sets another one.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Stages => "The ladder",
            Self::Competencies => "Competencies",
            Self::Matrix => "Matrix",
            Self::ComparisonChooser | Self::Comparison(_) => "Compare",
            Self::Moves => "Moves",
            Self::Articles => "Articles",
            Self::Worksheets => "Worksheets",
            Self::Assessments | Self::Assessment { .. } => "Self-assessment",
            Self::Glossary => "Glossary",
            Self::Tags | Self::Tag(_) => "Tags",
            Self::Titles => "Titles and other names",
            Self::Print => "Print edition",
            Self::NotFound => "Page not found",
        }
    }

    /// Its address. Lists of pages are index pages of folders, so that the listed pages can be in the same folder.
    #[must_use]
    pub fn address(&self, urls: Urls) -> Address {
        let single =
            matches!(self, Self::Matrix | Self::Titles | Self::Tag(_) | Self::Comparison(_) | Self::Assessment { .. });
        match self {
            Self::NotFound => {
                Address { file: crate::tree::TreePath::normalized("404.html"), url: "404.html".to_owned() }
            }
            _ => Address::new(&self.path(), !single, urls),
        }
    }
}
