//! The print edition: the whole ladder in one document, in numbered parts and chapters.
//!
//! Every `href` here is finished: it leads to a place in the document, or to the address of a page that isn't
//! in it. So do the links in finished HTML. Every `anchor` is an id to be set, unique in the document.

use serde::Serialize;

use super::card::Card;
use super::cell::{CellState, ExampleView, LineView, StepView};
use super::diagram::DiagramView;
use super::stage::FacetView;

/// The whole ladder as one document.
#[derive(Debug, Clone, Serialize)]
pub struct PrintView {
    /// The link to the contents, on the page of a part; empty elsewhere.
    pub whole: String,
    /// Whether there is a page for each part, because all of them would be too large for one.
    pub divided: bool,
    /// Its parts, in order; on the page of a part only that one.
    pub parts: Vec<PartView>,
}

/// One part of the print edition.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// What it consists of.
    pub of: PartKind,
    /// From 1.
    pub number: usize,
    /// Its title; empty for foundations, whose title is in the template.
    pub title: String,
    /// Its id.
    pub anchor: String,
    /// The link to it.
    pub href: String,
    /// 1 to 8 for a track, else 0.
    pub hue: usize,
    /// One sentence on it; may be empty.
    pub summary: String,
    /// The text of the page that introduces it, or of the track's own page; may be empty.
    pub lead: String,
    /// The footnotes of that page; an ordered list, or empty.
    pub footnotes: String,
    /// The diagram of the ladder, whose cards' `url` is a finished `href`; only for `ladder`, and not for every ladder.
    pub picture: Option<DiagramView>,
    /// Places in other parts: the tracks, for `ladder`; for a track, shared rungs that are chapters of another part.
    pub see: Vec<PlaceView>,
    /// The places of its chapters, in order; none for entries, such as terms.
    pub contents: Vec<PlaceView>,
    /// Whether it is on this page, not only named.
    pub is_here: bool,
    /// Its chapters, in order, if it is on this page.
    pub chapters: Vec<ChapterView>,
}

/// What a part of the print edition consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// `ladder`: the ladder as a whole.
    Ladder,
    /// `foundations`: abstract levels.
    Foundations,
    /// `track`: the levels of a track.
    Track,
    /// The pages of one kind, by the key of their section: `competencies`, `moves`, `articles`, `glossary`.
    #[serde(untagged)]
    List(&'static str),
}

/// Another place in the print edition, or a page that is not in it.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// The title of the chapter or page.
    pub title: String,
    /// Its number, such as `2.3`; empty where there is none.
    pub number: String,
    /// The link to it.
    pub href: String,
}

/// A level whose expectations apply at another one, too.
#[derive(Debug, Clone, Serialize)]
pub struct PrintBase {
    /// Where it is.
    pub place: PlaceView,
    /// The titles of the competencies to which that is limited; empty for all but `without`.
    pub only: Vec<String>,
    /// The titles of the competencies in which nothing of it applies.
    pub without: Vec<String>,
    /// The expectations of it that are raised or retired.
    pub superseded: Vec<PrintSuperseded>,
}

/// An expectation that no longer applies.
#[derive(Debug, Clone, Serialize)]
pub struct PrintSuperseded {
    /// The link to it in the document.
    pub href: String,
    /// Its sentence, without markup.
    pub text: String,
}

/// One page of the guide as a chapter.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterView {
    /// Its number, such as `2.3`; empty for a term.
    pub number: String,
    /// Its id.
    pub anchor: String,
    /// The link to it.
    pub href: String,
    /// The page.
    pub card: Card,
    /// A level's rank, as text; may be empty.
    pub rank: String,
    /// Its other names.
    pub also_known_as: Vec<String>,
    /// The title of a competency's area; may be empty.
    pub area: String,
    /// The author's text before the cells.
    pub lead: String,
    /// The author's text after the cells.
    pub rest: String,
    /// The author's footnotes; an ordered list, or empty.
    pub footnotes: String,
    /// A level's facets that are written.
    pub facets: Vec<FacetView>,
    /// A level's typical experience, as HTML; may be empty.
    pub experience: String,
    /// A level's expectations: first those under headings of their own, then its cells, area by area. Cells in which
    /// nothing is written for the level are left out.
    pub areas: Vec<PrintArea>,
    /// The levels that a level extends, whose expectations apply as well.
    pub bases: Vec<PrintBase>,
    /// The levels that a level leads to.
    pub leads_to: Vec<PlaceView>,
    /// The steps of a competency's scale.
    pub scale: Vec<StepView>,
    /// The levels that have a cell in a competency.
    pub levels: Vec<PlaceView>,
    /// The number of further such levels.
    pub more_levels: usize,
    /// The two ends of a move; none for all else.
    pub ends: Vec<PlaceView>,
}

/// The cells of one area at one level.
#[derive(Debug, Clone, Serialize)]
pub struct PrintArea {
    /// The area's title; may be empty.
    pub title: String,
    /// One cell for each competency.
    pub cells: Vec<PrintCell>,
}

/// The expectations of one level in one competency.
#[derive(Debug, Clone, Serialize)]
pub struct PrintCell {
    /// The competency, or the author's heading.
    pub title: String,
    /// Its id.
    pub anchor: String,
    /// Whether there is nothing but a step. The theme names these in one line, without the id.
    pub only_step: bool,
    /// Its state.
    pub state: CellState,
    /// The step of the competency's scale that is needed.
    pub step: Option<StepView>,
    /// The author's text before the expectations.
    pub intro: String,
    /// The expectations, without their `id`.
    pub lines: Vec<LineView>,
    /// The author's text after the expectations.
    pub outro: String,
    /// Examples of the whole cell.
    pub examples: Vec<ExampleView>,
}
