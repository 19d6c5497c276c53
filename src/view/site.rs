//! The parts of a site that every page shows.

use serde::Serialize;

use super::card::Card;

/// The data that all pages of a site share; templates see it as `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The guide's title.
    pub title: String,
    /// One sentence on the guide.
    pub description: String,
    /// BCP 47 language tag, for `<html lang>`.
    pub language: String,
    /// Writing direction, `ltr` or `rtl`, for `<html dir>`.
    pub direction: &'static str,
    /// Whether search engines may index the site.
    pub indexed: bool,
    /// The home page's address: `index.html`, or empty where pages are addressed by folder.
    pub home: String,
    /// The site's sections, for the header.
    pub sections: Vec<SectionView>,
    /// The tracks, in order.
    pub tracks: Vec<Card>,
    /// Pages that belong to no section: the author's at the top of `content/`, then the self-assessments, the names,
    /// the tags and the print edition.
    pub pages: Vec<Card>,
    /// The address of the page that lists all names; empty where there are no levels.
    pub titles: String,
    /// The address of the feed; empty where no page has a date.
    pub feed: String,
    /// Whether the configuration sets colours or type, in `assets/properties.css`.
    pub styled: bool,
    /// Whether the project has a style sheet of its own, `assets/project.css`.
    pub has_stylesheet: bool,
    /// The version of Stepladder that made the site.
    pub version: &'static str,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// `ladder`, `competencies`, `matrix`, `compare`, `moves`, `articles`, `worksheets`, `glossary`.
    pub key: &'static str,
    /// The entry's text.
    pub title: String,
    /// The address that it links to.
    pub url: String,
}
