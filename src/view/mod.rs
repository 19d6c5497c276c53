//! What a template sees. These structs are the theme's interface: their fields are a promise to whoever writes a theme.
//!
//! Every `url` is relative to the site's root and percent-encoded; a template writes `{{ root }}{{ card.url }}`. (The
//! `url` of an owner is an address of its own.) Fields called `html`, `lead`, `rest`, `footnotes`, `intro`, `outro`,
//! `detail`, `before`, `group`, `was` and `experience` hold finished HTML, to be printed with `| safe`; everything else is
//! plain text. What is absent is `none`, an empty text or an empty list, never undefined.

mod assess;
mod cell;
mod change;
mod chart;
mod comparison;
mod diagram;
mod feed;
mod print;
mod sitemap;
mod stage;

use serde::Serialize;

pub use assess::{
    AssessedArea, AssessedCell, AssessedLevel, AssessedLine, AssessedSource, AssessedSubject, AssessmentView,
};
pub use cell::{
    AreaCells, CellView, ExampleView, InheritedView, LineView, MatrixArea, MatrixColumn, MatrixHidden, MatrixRank,
    MatrixRow, MatrixTrack, MatrixView, OwnView, StepView,
};
pub use change::{ChangeView, CompetencyChange, RaisedView, StepChange};
pub use chart::{
    GrowthStep, GrowthView, ProfileRow, ProfileStep, ProfileView, RadarAxis, RadarMark, RadarPoint, RadarShape,
    RadarView,
};
pub use comparison::{
    ChooserLevel, ChooserStage, ChooserTrack, ChooserView, ComparedArea, ComparedLine, ComparedRow, ComparedStep,
    ComparisonView, CountView, PairView, PairsView,
};
pub use diagram::{
    DiagramEdge, DiagramFamily, DiagramLane, DiagramLine, DiagramNode, DiagramRank, DiagramRung, DiagramTrack,
    DiagramView,
};
pub use feed::{FeedAuthor, FeedEntry, FeedView};
pub use print::{ChapterView, PartView, PlaceView, PrintArea, PrintCell, PrintView};
pub use sitemap::{RobotsView, SitemapPage, SitemapView};
pub use stage::{FacetView, StageGroup, StageView, StagesView, WeightView};

/// What every page of a site shares; a template sees it as `site`.
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
    /// Pages that belong to no section: the author's at the top of `content/`, then the self-assessments, the names, the
    /// tags and the print edition.
    pub pages: Vec<Card>,
    /// The address of the page that lists all names; empty where there are no levels.
    pub titles: String,
    /// Whether the project has colours or type of its own, in `assets/project.css`.
    pub styled: bool,
    /// The version of Stepladder that made the site.
    pub version: &'static str,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// `ladder`, `competencies`, `matrix`, `compare`, `moves`, `articles`, `worksheets`, `glossary`.
    pub key: &'static str,
    /// What the entry says.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A page, as other pages show it.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// `track`, `level`, `competency`, `move`, `article`, `worksheet`, `term` or `page`.
    pub kind: &'static str,
    /// Its summary; empty when it has none.
    pub summary: String,
    /// A level's code; empty for all else.
    pub code: String,
    /// The title of a level's track; empty for all else.
    pub track: String,
    /// 1 to 8 for a level or a track: which of the theme's track colours is its own. 0 for all else.
    pub hue: usize,
    /// Whether the page is a draft, shown because drafts were asked for.
    pub draft: bool,
}

/// One page, whole: the top-level names of a template's context (beside `site`).
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The way from this page to the site's root: `./`, `../`, …
    pub root: String,
    /// This page's own address.
    pub url: String,
    /// Its absolute address, when the configuration gives the site's.
    pub canonical: Option<String>,
    /// The page's kind, or for generated pages `home`, `list`, `matrix`, `compare`, `comparison`, `titles`, `stages`,
    /// `assessment`, `print`, `missing`.
    pub kind: &'static str,
    /// The key of the section it belongs to (see [`SectionView::key`]); empty for none.
    pub section: &'static str,
    /// The title.
    pub title: String,
    /// One sentence on the page; may be empty.
    pub summary: String,
    /// The way down to this page, from the home page to its parent.
    pub breadcrumbs: Vec<Card>,
    /// The page's headings of level 2 and 3, in order; on levels those of the theme's own sections among them.
    pub toc: Vec<TocEntry>,
    /// Where the page's source can be edited.
    pub edit_url: Option<String>,
    /// Who looks after the page.
    pub owner: Option<OwnerView>,
    /// The day on which what it says was changed last, as `2026-11-02`.
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
    /// The author's text. On levels and competencies: what stands before the cells.
    pub lead: String,
    /// The author's text after the cells; empty for other kinds.
    pub rest: String,
    /// The author's footnotes; an ordered list, or empty.
    pub footnotes: String,
    /// The pages whose text links here.
    pub cited_by: Vec<Card>,
    /// What the kind adds.
    #[serde(flatten)]
    pub content: Content,
}

/// What each kind of page adds, under a name of its own (`level`, `track`, …; all others are `none`).
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
    /// `text` for what has words of its own, or a section of a level's page, which the theme names: `changes`, `profile`,
    /// `expectations` or `ways`.
    pub of: &'static str,
    /// The heading's text; empty for sections that the theme names.
    pub title: String,
    /// The heading's id, percent-encoded where needed.
    pub anchor: String,
    /// 2 or 3.
    pub level: u8,
}

/// Who looks after a page.
#[derive(Debug, Clone, Serialize)]
pub struct OwnerView {
    /// Name.
    pub name: String,
    /// How to reach them (a `mailto:` or `https:` address).
    pub url: Option<String>,
}

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The ladder as a picture; none where it would show a single level, or so many that none could be told apart.
    pub picture: Option<DiagramView>,
    /// All rungs, for a page without a picture.
    pub ladder: LadderView,
    /// The sections with what is in them, `articles` first.
    pub groups: Vec<GroupView>,
}

/// Tracks side by side on the common scale of ranks.
#[derive(Debug, Clone, Serialize)]
pub struct LadderView {
    /// The columns.
    pub tracks: Vec<Card>,
    /// For each track the name of its family, empty if it has none. No family is named that has all tracks.
    pub families: Vec<String>,
    /// The rows, highest rank first.
    pub rows: Vec<LadderRow>,
}

/// All levels of one rank.
#[derive(Debug, Clone, Serialize)]
pub struct LadderRow {
    /// The rank, as text (`3.5`).
    pub rank: String,
    /// For each track the levels at this rank, mostly one or none.
    pub entries: Vec<Vec<RungView>>,
}

/// A level on the ladder.
#[derive(Debug, Clone, Serialize)]
pub struct RungView {
    /// The level.
    pub level: Card,
    /// Where it leads (levels of the same and of other tracks).
    pub leads_to: Vec<Card>,
}

/// A track.
#[derive(Debug, Clone, Serialize)]
pub struct TrackView {
    /// 1 to 8.
    pub hue: usize,
    /// The levels, lowest first.
    pub levels: Vec<StageView>,
    /// How each facet grows along it; not those that nobody has written.
    pub growth: Vec<GrowthView>,
    /// The other tracks of its family.
    pub family: Vec<Card>,
    /// What each competency weighs.
    pub weights: Vec<WeightView>,
    /// Its part of the matrix.
    pub matrix: MatrixView,
}

/// A level.
#[derive(Debug, Clone, Serialize)]
pub struct LevelView {
    /// 1 to 8; 0 for an abstract level of no track.
    pub hue: usize,
    /// Its code; may be empty.
    pub code: String,
    /// Its rank, as text; may be empty.
    pub rank: String,
    /// Its other names.
    pub also_known_as: Vec<String>,
    /// The tracks it belongs to; several for a shared rung.
    pub tracks: Vec<Card>,
    /// Whether it is no rung but a foundation that others extend.
    pub foundation: bool,
    /// The rungs of its own track, lowest first.
    pub rungs: Vec<Card>,
    /// The ladder as a picture with this level marked; none where it would say nothing.
    pub picture: Option<DiagramView>,
    /// The steps that it needs, beside those of the levels below and above; none where it needs none.
    pub profile: Option<ProfileView>,
    /// Typical experience, as HTML; may be empty.
    pub experience: String,
    /// The facets that are written.
    pub facets: Vec<FacetView>,
    /// The id of the section of expectations.
    pub expectations_anchor: String,
    /// Expectations of this level alone, under headings of their own.
    pub own: Vec<OwnView>,
    /// The cells, by area.
    pub areas: Vec<AreaCells>,
    /// Where one can assess oneself against it; empty where there is nothing to mark.
    pub assessment_url: String,
    /// How many expectations hold here, own and inherited.
    pub expectation_count: usize,
    /// The id of the section on what is new.
    pub changes_anchor: String,
    /// What is new here, against the level below and each level it forks from.
    pub changes: Vec<ChangeView>,
    /// Where one can go from here.
    pub ways_on: Vec<WayView>,
    /// Where one can come from.
    pub ways_in: Vec<WayView>,
    /// The id of the section on the ways in and on.
    pub ways_anchor: String,
    /// The level below on its track.
    pub previous: Option<Card>,
    /// The level above on its track.
    pub next: Option<Card>,
    /// Articles that serve this level.
    pub articles: Vec<Card>,
    /// Worksheets that serve this level.
    pub worksheets: Vec<Card>,
}

/// A way from one level to another.
#[derive(Debug, Clone, Serialize)]
pub struct WayView {
    /// The level at the other end.
    pub level: Card,
    /// `next` (same track), `fork` (another track) or `move` (only a move's page names it).
    pub relation: &'static str,
    /// Pages that tell how to go that way.
    pub moves: Vec<Card>,
}

/// A competency.
#[derive(Debug, Clone, Serialize)]
pub struct CompetencyView {
    /// The title of its area; may be empty.
    pub area: String,
    /// Its other names.
    pub also_known_as: Vec<String>,
    /// The tracks where it applies, if not all.
    pub only_tracks: Vec<Card>,
    /// The steps of its scale.
    pub scale: Vec<StepView>,
    /// Abstract levels that say something of it.
    pub foundations: Vec<CellView>,
    /// The columns of the progression.
    pub tracks: Vec<Card>,
    /// The progression, lowest rank first.
    pub rows: Vec<ProgressionRow>,
    /// Articles that serve it.
    pub articles: Vec<Card>,
    /// Worksheets that serve it.
    pub worksheets: Vec<Card>,
}

/// What is expected at one rank in one competency, track by track.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressionRow {
    /// The rank, as text.
    pub rank: String,
    /// For each track the cells at this rank.
    pub entries: Vec<Vec<CellView>>,
}

/// A move.
#[derive(Debug, Clone, Serialize)]
pub struct MoveView {
    /// Where it starts.
    pub from: StageView,
    /// Where it leads.
    pub to: StageView,
    /// What differs between the two.
    pub change: ChangeView,
    /// The steps that both need; none where neither needs any.
    pub profile: Option<ProfileView>,
}

/// What a page serves.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RelatedView {
    /// Levels.
    pub levels: Vec<Card>,
    /// Competencies.
    pub competencies: Vec<Card>,
    /// Tracks.
    pub tracks: Vec<Card>,
    /// A term's other names.
    pub also_known_as: Vec<String>,
    /// Where a worksheet is as Markdown; empty for all else.
    pub markdown: String,
    /// A worksheet's text as Markdown, as in that file; empty for all else.
    pub source: String,
}

/// Pages in groups.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// `competencies`, `moves`, `articles`, `worksheets`, `assessments`, `glossary`, `tags` or `tag`.
    pub of: &'static str,
    /// The groups.
    pub groups: Vec<GroupView>,
}

/// Some pages under a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupView {
    /// The heading; may be empty.
    pub title: String,
    /// Its id.
    pub anchor: String,
    /// A sentence on the group; may be empty.
    pub summary: String,
    /// Where the whole group is listed; may be empty.
    pub url: String,
    /// Its pages.
    pub cards: Vec<Card>,
}

/// A name and where it leads.
#[derive(Debug, Clone, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// `title`, `code` or `other-name`.
    pub what: &'static str,
    /// The page it names.
    pub card: Card,
}
