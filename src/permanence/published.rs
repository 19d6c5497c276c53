//! What a version of a guide has published: read from its sources, or from its `ladder.json`.

use std::fmt;

use serde::Deserialize;

use crate::guide::Guide;
use crate::ladder::Role;
use crate::page::Kind;
use crate::percent::decode_leniently;
use crate::tree::TreePath;

/// The newest version of `ladder.json` that is read.
const MAX_VERSION: u32 = 2;

/// The addresses, ids and names that a version of a guide has published.
#[derive(Debug, Default)]
pub struct Published {
    pub(super) pages: Vec<PublishedPage>,
    /// Former addresses, each with the file of the site to which it leads.
    pub(super) aliases: Vec<(TreePath, TreePath)>,
}

/// A published page.
#[derive(Debug)]
pub(super) struct PublishedPage {
    /// Its file of the site.
    pub(super) file: TreePath,
    pub(super) title: String,
    pub(super) kind: Kind,
    /// The id, if its author set one.
    pub(super) id: Option<String>,
    /// The expectations of a level.
    pub(super) expectations: Vec<PublishedExpectation>,
}

/// A published expectation.
#[derive(Debug)]
pub(super) struct PublishedExpectation {
    pub(super) id: String,
    pub(super) text: String,
}

/// A text that isn't a `ladder.json` of Stepladder.
#[derive(Debug)]
pub enum InvalidLadder {
    /// It isn't the JSON that is expected.
    Json(serde_json::Error),
    /// It has a newer version.
    Version(u32),
}

impl fmt::Display for InvalidLadder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "it isn't a `ladder.json`: {error}"),
            Self::Version(version) => {
                write!(f, "its version is {version}, and this Stepladder reads versions up to {MAX_VERSION}")
            }
        }
    }
}

#[derive(Deserialize)]
struct LadderFile {
    version: u32,
    #[serde(default)]
    tracks: Vec<PageFile>,
    #[serde(default)]
    competencies: Vec<PageFile>,
    #[serde(default)]
    levels: Vec<PageFile>,
    #[serde(default)]
    moves: Vec<PageFile>,
}

#[derive(Deserialize)]
struct PageFile {
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    expectations: Vec<ExpectationFile>,
    #[serde(default)]
    cells: Vec<CellFile>,
}

#[derive(Deserialize)]
struct CellFile {
    #[serde(default)]
    expectations: Vec<ExpectationFile>,
}

#[derive(Deserialize)]
struct ExpectationFile {
    id: String,
    #[serde(default)]
    text: String,
}

impl Published {
    /// What a guide publishes.
    #[must_use]
    pub fn of(guide: &Guide) -> Self {
        let page = |(id, page): (_, &crate::page::Page)| {
            let expectations = match guide.ladder.role(id) {
                Some(Role::Level(level)) => guide.ladder.written_for(level),
                _ => &[],
            };
            let expectations = expectations.iter().map(|id| guide.ladder.expectation(*id));
            PublishedPage {
                file: guide.routes.pages[id].file.clone(),
                title: page.title.value.clone(),
                kind: page.kind,
                id: page.id_span.as_ref().map(|_| page.id.clone()),
                expectations: expectations
                    .map(|one| PublishedExpectation { id: one.id.to_string(), text: one.statement.text.clone() })
                    .collect(),
            }
        };
        let aliases = guide.routes.redirects.iter();
        Self {
            pages: guide.pages.shown().map(page).collect(),
            aliases: aliases.map(|one| (one.file.clone(), guide.routes.pages[one.to].file.clone())).collect(),
        }
    }

    /// What a guide published, by its `ladder.json`: tracks, competencies, levels with their expectations, and moves.
    ///
    /// # Errors
    /// If the text is no `ladder.json`, or one of a newer version.
    pub fn from_ladder_json(text: &str) -> Result<Self, InvalidLadder> {
        let file: LadderFile = serde_json::from_str(text).map_err(InvalidLadder::Json)?;
        if file.version > MAX_VERSION {
            return Err(InvalidLadder::Version(file.version));
        }
        let lists = [
            (Kind::Track, file.tracks),
            (Kind::Competency, file.competencies),
            (Kind::Level, file.levels),
            (Kind::Move, file.moves),
        ];
        let page = |kind: Kind, page: PageFile| PublishedPage {
            file: file_of(&page.url),
            title: page.title,
            kind,
            id: None,
            expectations: page
                .expectations
                .into_iter()
                .chain(page.cells.into_iter().flat_map(|cell| cell.expectations))
                .map(|one| PublishedExpectation { id: one.id, text: one.text })
                .collect(),
        };
        let pages = lists.into_iter().flat_map(|(kind, pages)| pages.into_iter().map(move |one| page(kind, one)));
        Ok(Self { pages: pages.collect(), aliases: Vec::new() })
    }
}

/// The file of the site that a relative address leads to.
fn file_of(url: &str) -> TreePath {
    let path = decode_leniently(url);
    if path.is_empty() || path.ends_with('/') {
        return TreePath::normalized(&format!("{path}index.html"));
    }
    TreePath::normalized(&path)
}
