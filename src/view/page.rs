//! The parts that all pages share, and the content of each kind.

use serde::Serialize;
use serde_json::{Map, Value};

use super::assess::AssessmentView;
use super::card::Card;
use super::cell::MatrixView;
use super::comparison::{ChooserView, ComparisonView};
use super::competency::CompetencyView;
use super::home::HomeView;
use super::level::LevelView;
use super::list::ListView;
use super::moves::MoveView;
use super::print::PrintView;
use super::related::RelatedView;
use super::stage::StagesView;
use super::titles::NameView;
use super::track::TrackView;

/// One page, whole: the top-level names of a template's context (beside `site`).
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The relative path from this page to the site's root: `./`, `../`, …
    pub root: String,
    /// This page's own address.
    pub url: String,
    /// Its absolute address, if the configuration has a `base_url`.
    pub canonical: Option<String>,
    /// The page's kind, or for generated pages `home`, `list`, `matrix`, `compare`, `comparison`, `titles`, `stages`,
    /// `assessment`, `print`, `missing`.
    pub kind: &'static str,
    /// The key of the section it belongs to (see [`SectionView::key`](super::SectionView::key)); empty for none.
    pub section: &'static str,
    /// The title.
    pub title: String,
    /// One sentence on the page; may be empty.
    pub summary: String,
    /// The path to this page, from the home page to its parent.
    pub breadcrumbs: Vec<Card>,
    /// The page's headings of level 2 and 3, in order; on levels those of the theme's own sections among them.
    pub toc: Vec<TocEntry>,
    /// The address under which the page's source can be edited.
    pub edit_url: Option<String>,
    /// The owner of the page.
    pub owner: Option<OwnerView>,
    /// The day of the last change of its content, as `2026-11-02`.
    pub changed: Option<String>,
    /// The day of the last review, as `2026-11-02`.
    pub reviewed: Option<String>,
    /// The day by which it should be reviewed again.
    pub review_due: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Its tags, each with the page that lists it.
    pub tags: Vec<Card>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The data in the page's `extra`, for themes: any names and values. Stepladder doesn't read it.
    pub extra: Map<String, Value>,
    /// The author's text. On levels and competencies: the text before the cells.
    pub lead: String,
    /// The author's text after the cells; empty for other kinds.
    pub rest: String,
    /// The author's footnotes; an ordered list, or empty.
    pub footnotes: String,
    /// The pages whose text links here, up to a limit.
    pub cited_by: Vec<Card>,
    /// The number of further ones.
    pub more_cited: usize,
    /// The content that depends on the kind.
    #[serde(flatten)]
    pub content: Content,
}

/// The content that each kind of page adds, under a name of its own (`level`, `track`, …; all others are `none`).
#[derive(Debug, Clone, Serialize, Default)]
pub struct Content {
    /// For `home`.
    pub home: Option<HomeView>,
    /// For `track`.
    pub track: Option<TrackView>,
    /// For `level`.
    pub level: Option<LevelView>,
    /// For `competency`.
    pub competency: Option<CompetencyView>,
    /// For `move`.
    #[serde(rename = "move")]
    pub moving: Option<MoveView>,
    /// For `article`, `worksheet` and `term`.
    pub related: Option<RelatedView>,
    /// For `list`.
    pub list: Option<ListView>,
    /// For `matrix`.
    pub matrix: Option<MatrixView>,
    /// For `compare`.
    pub chooser: Option<ChooserView>,
    /// For `comparison`.
    pub comparison: Option<ComparisonView>,
    /// For `titles`.
    pub titles: Option<Vec<NameView>>,
    /// For `assessment`.
    pub assessment: Option<AssessmentView>,
    /// For `stages`.
    pub stages: Option<StagesView>,
    /// For `print`.
    pub book: Option<PrintView>,
}

/// One line of the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// What it leads to.
    pub of: TocTarget,
    /// The heading's text; empty for sections that the theme names.
    pub title: String,
    /// The heading's id, percent-encoded where needed.
    pub anchor: String,
    /// 2 or 3.
    pub level: u8,
}

/// What a line of the table of contents leads to: a heading, or a section of a level's page whose title is in the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TocTarget {
    /// `text`: a heading.
    Text,
    /// `changes`.
    Changes,
    /// `expectations`.
    Expectations,
    /// `ways`.
    Ways,
}

/// The owner of a page.
#[derive(Debug, Clone, Serialize)]
pub struct OwnerView {
    /// Name.
    pub name: String,
    /// A `mailto:` or `https:` address.
    pub url: Option<String>,
}
