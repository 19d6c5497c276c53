//! The views: the data that templates see. Their fields are the stable interface for authors of themes.
//!
//! Every `url` is relative to the site's root and percent-encoded; a template writes `{{ root }}{{ card.url }}`. (The
//! `url` of an owner is an address of its own.) Fields called `html`, `lead`, `rest`, `footnotes`, `intro`, `outro`,
//! `detail`, `before`, `group`, `was` and `experience` have finished HTML, to be printed with `| safe`; everything else
//! is plain text. An absent value is `none`, an empty text or an empty list, never undefined.

mod assess;
mod card;
mod cell;
mod change;
mod chart;
mod comparison;
mod competency;
mod diagram;
mod diff;
mod feed;
mod group;
mod home;
mod level;
mod level_cell;
mod list;
mod moves;
mod page;
mod print;
mod raised;
mod redirect;
mod related;
mod script_words;
mod site;
mod sitemap;
mod stage;
mod titles;
mod track;
mod transition;

pub use assess::{
    AssessedBase, AssessedCell, AssessedLevel, AssessedLine, AssessedPlace, AssessedSet, AssessedSubject,
    AssessmentView,
};
pub use card::Card;
pub use cell::{
    CellState, CellView, ExampleView, LineView, MatrixArea, MatrixColumn, MatrixHidden, MatrixPart, MatrixRank,
    MatrixRow, MatrixTrack, MatrixView, OwnView, StepView,
};
pub use change::{ChangeView, ChangedFacet, ChangedStep, CompetencyChange, DroppedLine};
pub use chart::{
    GrowthStep, ProfileRow, ProfileStep, ProfileView, RadarAxis, RadarMark, RadarPoint, RadarShape, RadarView,
    StepChartView,
};
pub use comparison::{
    ChooserView, ComparedArea, ComparedLine, ComparedRow, ComparedStep, ComparisonView, CountView, DifferenceKind,
    DifferenceNote, PairView, PairsView, StepTurn,
};
pub use competency::{CompetencyCell, CompetencyTrack, CompetencyView, LevelNames};
pub use diagram::{
    DiagramEdge, DiagramFamily, DiagramLane, DiagramLine, DiagramNode, DiagramRank, DiagramRung, DiagramTrack,
    DiagramView, EdgeKind,
};
pub use diff::DiffView;
pub use feed::{FeedAuthor, FeedEntry, FeedView};
pub use group::GroupView;
pub use home::{FamilyView, HomeView, LadderRow, LadderView, RungView, TrackRungs};
pub use level::{LevelView, StripRung};
pub use level_cell::{
    EmptyCell, EmptyCells, EmptyReason, FartherLevels, InheritedPart, LevelArea, LevelCell, LevelLine, LineMark,
    NeededStep,
};
pub use list::{ListKind, ListView};
pub use moves::MoveView;
pub use page::{Content, OwnerView, PageView, TocEntry, TocTarget};
pub use print::{
    ChapterView, PartKind, PartView, PlaceView, PrintArea, PrintBase, PrintCell, PrintSuperseded, PrintView,
};
pub use raised::RaisedView;
pub use redirect::RedirectView;
pub use related::RelatedView;
pub use script_words::ScriptWordsView;
pub use site::{SectionView, SiteView};
pub use sitemap::{RobotsView, SitemapPage, SitemapView};
pub use stage::{FacetView, StageGroup, StageView, StagesView, WeightView};
pub use titles::NameView;
pub use track::{OverviewCell, OverviewRow, TrackView};
pub use transition::{TransitionKind, TransitionView};
