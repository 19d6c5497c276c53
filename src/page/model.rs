//! The parsed page.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::front_matter::FrontMatter;
use super::kind::Kind;
use super::layout::PageLayout;
use crate::diagnostic::{Span, Spanned};
use crate::markdown::{Block, Document};
use crate::tree::TreePath;

/// The folder of a project that contains its pages.
pub const FOLDER: &str = "content";

/// The certainty of a page's title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleSource {
    /// The author wrote it.
    Written,
    /// It's a part of front matter that couldn't be read, or derived from the file name.
    Guessed,
}

/// A page of the guide, parsed from one Markdown file.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The file, relative to the project.
    pub file: TreePath,
    /// The whole text of the file.
    pub source: Arc<str>,
    /// The given id, or the path in `content/` without extension.
    pub id: String,
    /// The span of the `id` field, if it is given.
    pub id_span: Option<Range<usize>>,
    /// The kind.
    pub kind: Kind,
    /// Whether the front matter couldn't be parsed. Missing fields aren't reported then.
    pub broken: bool,
    /// Whether the front matter has errors, so that seemingly missing values may exist in a form that wasn't understood.
    pub uncertain: bool,
    /// The title: that of the front matter, or of a heading that begins the body, or else derived from the file name.
    pub title: Spanned<String>,
    /// The certainty of the title.
    pub title_source: TitleSource,
    /// The last segment of the page's address, if it is given.
    pub slug: Option<Spanned<String>>,
    /// A one-sentence summary; may be empty.
    pub summary: String,
    /// The tags.
    pub tags: Vec<Spanned<String>>,
    /// Former addresses, which redirect to the page.
    pub aliases: Vec<Spanned<String>>,
    /// The sort key among pages of its kind. Pages without one follow, sorted by title.
    pub order: Option<f64>,
    /// Whether the page is a draft.
    pub draft: bool,
    /// The person or team responsible for the page.
    pub owner: Option<Spanned<String>>,
    /// The day of the last change in substance.
    pub changed: Option<Spanned<Date>>,
    /// The day of the last review.
    pub reviewed: Option<Spanned<Date>>,
    /// The day by which the next review is due: `review_every` after the last one. Has the span of `reviewed`.
    pub review_due: Option<Spanned<Date>>,
    /// The data in `extra`, which only themes use.
    pub extra: Map<String, Value>,
    /// The front matter fields of the page's kind.
    pub front_matter: FrontMatter,
    /// All names, folded, the id first. See [`Page::own_names`].
    pub names: Vec<Arc<str>>,
    /// The byte offset of the body in the file, after a heading that is the title.
    pub body: usize,
    /// The body.
    pub blocks: Vec<Block>,
    /// The spans of texts that only say that something is to be written.
    pub placeholders: Vec<Range<usize>>,
    /// The links, footnotes and anchors of body and front matter.
    pub document: Document,
    /// The layout of the body. For levels and competencies, the ladder computes it.
    pub layout: PageLayout,
}

impl Page {
    /// A page of a file that hasn't been read yet.
    pub(super) fn new(file: &TreePath, source: &Arc<str>) -> Self {
        Self {
            file: file.clone(),
            source: Arc::clone(source),
            id: id_of(content_path(file)).to_owned(),
            id_span: None,
            kind: Kind::Page,
            broken: false,
            uncertain: false,
            title: Spanned { value: String::new(), span: 0..0 },
            title_source: TitleSource::Written,
            slug: None,
            summary: String::new(),
            tags: Vec::new(),
            aliases: Vec::new(),
            order: None,
            draft: false,
            owner: None,
            changed: None,
            reviewed: None,
            review_due: None,
            extra: Map::new(),
            front_matter: FrontMatter::Plain,
            names: Vec::new(),
            body: 0,
            blocks: Vec::new(),
            placeholders: Vec::new(),
            document: Document::default(),
            layout: PageLayout::default(),
        }
    }

    /// The path in `content/`.
    #[must_use]
    pub fn content_path(&self) -> &str {
        content_path(&self.file)
    }

    /// The parent folder in `content/`; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.content_path().rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The span of a byte range of the file.
    #[must_use]
    pub fn span(&self, bytes: &Range<usize>) -> Span {
        Span::new(&self.file, bytes.clone())
    }

    /// The span for diagnostics about the page as a whole: that of its title.
    #[must_use]
    pub fn title_span(&self) -> Span {
        self.span(&self.title.span)
    }

    /// The day of the last review or change, whichever is later.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        [&self.reviewed, &self.changed].into_iter().flatten().map(|day| day.value).max()
    }

    /// All names as written: the id, every suffix of the id that starts after a `/`, the title, and the other names.
    pub fn own_names(&self) -> impl Iterator<Item = &str> {
        let id = self.id.as_str();
        let tails = std::iter::once(id).chain(id.match_indices('/').map(move |(at, _)| &id[at + 1..]));
        tails.chain(std::iter::once(self.title.value.as_str())).chain(self.other_names())
    }

    /// All names, each folded and as written, the id first.
    pub fn all_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|folded| &**folded).zip(self.own_names())
    }

    /// The folded id.
    #[must_use]
    pub fn folded_id(&self) -> &Arc<str> {
        &self.names[0]
    }

    /// The names of the steps of a competency's scale, lowest first.
    #[must_use]
    pub fn scale(&self) -> &[Spanned<String>] {
        match &self.front_matter {
            FrontMatter::Competency(competency) => &competency.scale,
            _ => &[],
        }
    }

    /// The code of a level, if it has one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match &self.front_matter {
            FrontMatter::Level(level) => level.code.as_ref().map(|code| code.value.as_str()),
            _ => None,
        }
    }

    /// The names besides id and title: the code, then `also_known_as`.
    #[must_use]
    pub fn other_names(&self) -> Vec<&str> {
        match &self.front_matter {
            FrontMatter::Level(level) => {
                level.code.iter().chain(&level.also_known_as).map(|name| name.value.as_str()).collect()
            }
            FrontMatter::Competency(competency) => {
                competency.also_known_as.iter().map(|name| name.value.as_str()).collect()
            }
            FrontMatter::Term(names) => names.iter().map(|name| name.value.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

/// The path in `content/` of a file of the project.
pub(super) fn content_path(file: &TreePath) -> &str {
    file.as_str().strip_prefix(FOLDER).map_or("", |rest| rest.trim_start_matches('/'))
}

/// Returns whether a file of `content/` is a page. All other files are copied unchanged.
#[must_use]
pub fn is_page(file: &TreePath) -> bool {
    file.as_str().rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// A page's path in `content/` without `.md` or, as some generators name pages, `.html.md`.
#[must_use]
pub fn stem_of(content_path: &str) -> &str {
    let stem = content_path.strip_suffix(".md").unwrap_or(content_path);
    let bare = stem.strip_suffix(".html").filter(|bare| !bare.is_empty() && !bare.ends_with('/'));
    bare.unwrap_or(stem)
}

/// The default id of a page at a path in `content/`: the path without extension, or the folder of an `index.md`.
#[must_use]
pub fn id_of(content_path: &str) -> &str {
    let stem = stem_of(content_path);
    stem.strip_suffix("/index").unwrap_or(stem)
}
