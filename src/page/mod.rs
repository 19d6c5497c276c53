//! One Markdown file → [`Page`]: what its front matter says, typed by kind, and its body as blocks. Reading never
//! fails: a page with broken front matter stays a page, so that links to it hold and one mistake gives one message.

mod front_matter;
mod kind;
mod layout;
mod outline;
mod review;
mod split;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnosed, Diagnostic, Span, Spanned, not_utf8};
use crate::index::{Index, index_types};
use crate::markdown::{Block, Document, MarkdownParser, RawHtml, TextOrigin, headings};
use crate::name::fold;
use crate::tree::TreePath;

pub use front_matter::{Competency, Extend, FrontMatter, Level, Serves, Track};
pub use layout::Layout;
pub use outline::Outline;
pub use review::{overdue_since, reviews};

/// The folder of a project that holds its pages.
pub const FOLDER: &str = "content";

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A sequence of levels.
    Track,
    /// One rung.
    Level,
    /// A dimension in which people grow.
    Competency,
    /// How to go from one level to another.
    Move,
    /// Advice.
    Article,
    /// Something to fill in.
    Worksheet,
    /// A glossary entry.
    Term,
    /// Anything else.
    Page,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Track,
        Self::Level,
        Self::Competency,
        Self::Move,
        Self::Article,
        Self::Worksheet,
        Self::Term,
        Self::Page,
    ];

    /// Its name in front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Level => "level",
            Self::Competency => "competency",
            Self::Move => "move",
            Self::Article => "article",
            Self::Worksheet => "worksheet",
            Self::Term => "term",
            Self::Page => "page",
        }
    }

    /// Its name with an article, for messages.
    #[must_use]
    pub fn described(self) -> String {
        let article = if self == Self::Article { "an" } else { "a" };
        format!("{article} {}", self.as_str())
    }
}

/// One page of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its file, relative to the project.
    pub file: TreePath,
    /// Its whole text.
    pub source: Arc<str>,
    /// Its id: the one given, or its path in `content/` without extension.
    pub id: String,
    /// Where an id of its own is given.
    pub id_span: Option<Range<usize>>,
    /// What it is.
    pub kind: Kind,
    /// Whether its front matter could not be read, so that nothing else should be said about what it lacks.
    pub broken: bool,
    /// Whether something in its front matter was not understood, so that it may say what it seems to lack.
    pub uncertain: bool,
    /// Its title; made from the file's name when there is none.
    pub title: Spanned<String>,
    /// The last segment of its address, if it is given.
    pub slug: Option<Spanned<String>>,
    /// One sentence on it; may be empty.
    pub summary: String,
    /// Its tags.
    pub tags: Vec<Spanned<String>>,
    /// Its former addresses.
    pub aliases: Vec<Spanned<String>>,
    /// Where it stands among its like; those without come later, by title.
    pub order: Option<f64>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Who looks after it.
    pub owner: Option<Spanned<String>>,
    /// When what it says was last changed.
    pub changed: Option<Spanned<Date>>,
    /// When it was last reviewed.
    pub reviewed: Option<Spanned<Date>>,
    /// By when it is to be reviewed again, from both dates.
    pub review_due: Option<Spanned<Date>>,
    /// What its kind adds.
    pub front_matter: FrontMatter,
    /// All its names, folded, its id first. See [`Page::own_names`].
    pub names: Vec<Arc<str>>,
    /// Where its body starts, in bytes; all other fields above are made from what stands before.
    pub body: usize,
    /// Its body.
    pub blocks: Vec<Block>,
    /// Links and footnotes of its body and front matter.
    pub document: Document,
    /// What its body is split into. The ladder splits those of levels and competencies.
    pub layout: Layout,
}

impl Page {
    /// Its path in `content/`.
    #[must_use]
    pub fn place(&self) -> &str {
        place(&self.file)
    }

    /// The folder in `content/` that it is in; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.place().rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// A place in its file.
    #[must_use]
    pub fn span(&self, bytes: &Range<usize>) -> Span {
        Span::new(&self.file, bytes.clone())
    }

    /// Where to point when the page as a whole is meant.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(&self.title.span)
    }

    /// All its names as they are written: its id and the tails of it, title, code and other names.
    pub fn own_names(&self) -> impl Iterator<Item = &str> {
        let id = self.id.as_str();
        let tails = std::iter::once(id).chain(id.match_indices('/').map(move |(at, _)| &id[at + 1..]));
        tails.chain(std::iter::once(self.title.value.as_str())).chain(self.other_names())
    }

    /// Its id, folded.
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

    /// A level's code, if it has one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match &self.front_matter {
            FrontMatter::Level(level) => level.code.as_ref().map(|code| code.value.as_str()),
            _ => None,
        }
    }

    /// The names beside id and title: the code first, then other names.
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
fn place(file: &TreePath) -> &str {
    file.as_str().strip_prefix(FOLDER).map_or("", |rest| rest.trim_start_matches('/'))
}

/// Whether a file of `content/` is a page; all others are copied as they are.
#[must_use]
pub fn is_page(file: &TreePath) -> bool {
    file.as_str().rsplit_once('.').is_some_and(|(_, extension)| extension == "md")
}

/// The id that a path in `content/` gives: without extension, and `index.md` stands for its folder.
#[must_use]
pub fn id_of(place: &str) -> &str {
    let stem = place.strip_suffix(".md").unwrap_or(place);
    stem.strip_suffix("/index").unwrap_or(stem)
}

/// Reads the page at `file`, a path in the project.
pub fn parse(file: &TreePath, bytes: &[u8], raw: RawHtml) -> Diagnosed<Page> {
    let mut diagnostics = Vec::new();
    let source: Arc<str> = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(error) => {
            diagnostics.push(not_utf8(file, error));
            String::from_utf8_lossy(bytes).into()
        }
    };
    let unreadable = !diagnostics.is_empty();
    let mut page = Page {
        file: file.clone(),
        source: Arc::clone(&source),
        id: id_of(place(file)).to_owned(),
        id_span: None,
        kind: Kind::Page,
        broken: unreadable,
        uncertain: unreadable,
        title: Spanned { value: String::new(), span: 0..0 },
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
        front_matter: FrontMatter::Page,
        names: Vec::new(),
        body: 0,
        blocks: Vec::new(),
        document: Document::default(),
        layout: Layout::default(),
    };
    let mut markdown = MarkdownParser::new(file, &source, raw);
    let mut ignored = Vec::new();
    let heard = if unreadable { &mut ignored } else { &mut diagnostics };
    let mut split = split::split(file, &source, heard);
    front_matter::read(&mut page, &mut split, &mut markdown, heard);
    if page.title.value.is_empty() {
        page.title.value = title_from(page.place());
    }
    page.names = page.own_names().map(|name| fold(name).into()).collect();
    page.body = split.body;
    page.blocks = markdown.parse(&source[split.body..], TextOrigin::Verbatim(split.body));
    drop_title(&mut page);
    let (document, problems) = markdown.finish();
    page.document = document;
    if !matches!(page.kind, Kind::Level | Kind::Competency) {
        page.layout = Layout::plain(&page, if unreadable { &mut ignored } else { &mut diagnostics });
    }
    if !unreadable {
        page.uncertain |= problems.iter().any(|problem| problem.code.hides_text());
        diagnostics.extend(problems);
        heading_jumps(&page, &mut diagnostics);
    }
    Diagnosed::new(page, diagnostics)
}

/// A title for a page that gives none: its file's name in words.
fn title_from(place: &str) -> String {
    let name = id_of(place).rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Many authors repeat the title as the body's first heading; the page shows it once.
fn drop_title(page: &mut Page) {
    let repeated = matches!(page.blocks.first(), Some(Block::Heading(first))
        if first.level == 1 && fold(&first.text) == fold(&page.title.value));
    if repeated {
        page.blocks.remove(0);
    }
}

/// Headings are the outline that screen readers and the table of contents follow; the title is its level 1.
fn heading_jumps(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut above = 1;
    headings(&page.blocks, &mut |heading| {
        let (message, help) = match heading.level {
            1 => (
                "this heading is at the same level as the page's title".to_owned(),
                "write `##`; a single `#` is the page's title".to_owned(),
            ),
            level if level > above + 1 => {
                let upper =
                    if above == 1 { "the page's title".to_owned() } else { format!("`{}`", "#".repeat(above.into())) };
                let message =
                    format!("this heading skips a level: `{}` directly under {upper}", "#".repeat(level.into()));
                (message, format!("write `{}`", "#".repeat(usize::from(above) + 1)))
            }
            level => {
                above = level;
                return;
            }
        };
        above = heading.level;
        diagnostics.push(Diagnostic::new(Code::HeadingJump, page.span(&heading.span), message).help(help));
    });
}

/// The pages of a project in the order of their files.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    pages: Arc<[Arc<Page>]>,
    drafts: bool,
}

index_types! {
    /// A page of [`Pages`].
    PageId
}

impl Pages {
    /// Pages in the order of their files; `drafts` says whether drafts are part of the site.
    #[must_use]
    pub fn new(pages: Vec<Arc<Page>>, drafts: bool) -> Self {
        Self { pages: pages.into(), drafts }
    }

    /// One page.
    #[must_use]
    pub fn get(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// The page that is read from a file, by binary search.
    #[must_use]
    pub fn id_of(&self, file: &TreePath) -> Option<PageId> {
        self.pages.binary_search_by(|page| page.file.cmp(file)).ok().map(PageId::new)
    }

    /// The positions of all pages, in the order of their files.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = PageId> + use<> {
        (0..self.pages.len()).map(PageId::new)
    }

    /// One page, to keep.
    #[must_use]
    pub fn share(&self, id: PageId) -> &Arc<Page> {
        &self.pages[id.index()]
    }

    /// Whether a page is part of the site.
    #[must_use]
    pub fn is_shown(&self, id: PageId) -> bool {
        self.drafts || !self.get(id).draft
    }

    /// How many pages there are, hidden drafts included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// All pages, hidden drafts included.
    pub fn all(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.pages.iter().enumerate().map(|(at, page)| (PageId::new(at), &**page))
    }

    /// The pages that are part of the site.
    pub fn shown(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.all().filter(|(id, _)| self.is_shown(*id))
    }
}
