//! The outputs of a site: every file that is generated rather than copied.
//!
//! [`Routes::outputs`](super::Routes::outputs) is the one list of them. Reserved paths, routing and rendering all
//! derive from these types.

use super::comparisons::Comparisons;
use super::generated::{COMPARISONS_FOLDER, Generated};
use crate::config::Config;
use crate::index_vec::Index;
use crate::ladder::{Ladder, TrackId};
use crate::page::{PageId, Pages};
use crate::tree::TreePath;

/// A file of the site that is made, not copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// An author's page that introduces no generated one.
    Page(PageId),
    /// A page that Stepladder makes.
    Generated(Generated),
    /// A former address, by its index in [`Routes::redirects`](super::Routes::redirects).
    Redirect(usize),
    /// A worksheet as Markdown, beside its page.
    Markdown(PageId),
    /// A file for other programs.
    Export(ExportFile),
    /// Data for the theme's scripts.
    Script(ScriptData),
    /// Words for the theme's scripts.
    Words(ScriptWords),
}

impl Output {
    /// The files whose paths no page can have.
    pub(super) fn reserved(config: &Config, pages: &Pages, ladder: &Ladder, comparisons: &Comparisons) -> Vec<Self> {
        let exports = ExportFile::all(config, pages).map(Self::Export);
        let data = ScriptData::all(ladder, comparisons).map(Self::Script);
        exports.chain(data).chain(ScriptWords::ALL.map(Self::Words)).collect()
    }
}

/// A file for other programs: spreadsheets, feed readers, search engines, browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFile {
    /// The ladder as JSON.
    LadderJson,
    /// The ladder as a table for spreadsheets.
    LadderCsv,
    /// The pages that were reviewed or changed last, as an Atom feed; only if any page has a date.
    Feed,
    /// The addresses of all pages, for search engines.
    Sitemap,
    /// The rules for search engines, `robots.txt`.
    Robots,
    /// The custom properties that the configuration sets, as a style sheet.
    StyleProperties,
}

impl ExportFile {
    /// The files that a site has.
    fn all(config: &Config, pages: &Pages) -> impl Iterator<Item = Self> {
        let style = (!config.style.is_empty()).then_some(Self::StyleProperties);
        let feed = pages.is_dated().then_some(Self::Feed);
        [Self::LadderJson, Self::LadderCsv, Self::Sitemap, Self::Robots].into_iter().chain(feed).chain(style)
    }

    /// Whether a template of the theme makes the file.
    #[must_use]
    pub fn has_template(self) -> bool {
        matches!(self, Self::Feed | Self::Sitemap | Self::Robots)
    }

    /// The file's path in the site.
    #[must_use]
    pub fn path(self) -> TreePath {
        TreePath::normalized(match self {
            Self::LadderJson => "ladder.json",
            Self::LadderCsv => "ladder.csv",
            Self::Feed => "feed.xml",
            Self::Sitemap => "sitemap.xml",
            Self::Robots => "robots.txt",
            Self::StyleProperties => "assets/properties.css",
        })
    }
}

/// Words that the theme's scripts load when they first need them, so that not every page has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptWords {
    /// The words of the search.
    Search,
    /// The words and controls of self-assessments.
    Assessment,
}

impl ScriptWords {
    const ALL: [Self; 2] = [Self::Search, Self::Assessment];

    /// The template with the words, as HTML.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Search => "search-words.html",
            Self::Assessment => "assessment-words.html",
        }
    }

    /// The file's path in the site.
    #[must_use]
    pub fn path(self) -> TreePath {
        TreePath::normalized(match self {
            Self::Search => "assets/search-words.js",
            Self::Assessment => "assets/assessment-words.js",
        })
    }
}

/// Data that the theme's scripts load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptData {
    /// The search index.
    SearchIndex,
    /// The meanings of terms, for links to them.
    Terms,
    /// The permanent ids of all expectations, for self-assessments.
    ExpectationIds,
    /// The tracks, levels and competencies that can be compared.
    ComparedLadder,
    /// What is written for the levels of a track, for comparisons and for the results of a search; of levels on several, for those that have it as their first. For
    /// levels on no track, none.
    ComparedLevels(Option<TrackId>),
}

impl ScriptData {
    /// The files that a site has.
    fn all(ladder: &Ladder, comparisons: &Comparisons) -> impl Iterator<Item = Self> {
        let mut tracks: Vec<Option<TrackId>> =
            ladder.levels.iter().map(|level| level.tracks.first().copied()).collect();
        tracks.sort_unstable();
        tracks.dedup();
        let compared = (!comparisons.is_empty()).then_some(Self::ComparedLadder);
        [Self::SearchIndex, Self::Terms, Self::ExpectationIds]
            .into_iter()
            .chain(compared)
            .chain(tracks.into_iter().map(Self::ComparedLevels))
    }

    /// The file's path in the site.
    #[must_use]
    pub fn path(self) -> TreePath {
        TreePath::normalized(&match self {
            Self::SearchIndex => "assets/search-index.js".to_owned(),
            Self::Terms => "assets/terms.js".to_owned(),
            Self::ExpectationIds => "assets/expectations.js".to_owned(),
            Self::ComparedLadder => format!("{COMPARISONS_FOLDER}/ladder.js"),
            Self::ComparedLevels(Some(track)) => format!("{COMPARISONS_FOLDER}/track-{}.js", track.index()),
            Self::ComparedLevels(None) => format!("{COMPARISONS_FOLDER}/foundations.js"),
        })
    }
}
