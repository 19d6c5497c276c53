//! Cells: the expectations of one level in one competency, alone and in a matrix.

use serde::Serialize;

use super::card::Card;

/// Expectations of one level alone, under a heading of the author's.
#[derive(Debug, Clone, Serialize)]
pub struct OwnView {
    /// The heading.
    pub title: String,
    /// Its id.
    pub anchor: String,
    /// The expectations under it.
    pub cell: CellView,
}

/// The expectations of one level in one competency.
#[derive(Debug, Clone, Serialize, Default)]
pub struct CellView {
    /// The competency.
    pub competency: Card,
    /// The level.
    pub level: Card,
    /// The id to set where it is shown: on its level's page, and once on its competency's; empty elsewhere.
    pub anchor: String,
    /// The cell's address on its level's page.
    pub url: String,
    /// Its state.
    pub state: CellState,
    /// The author's text before the expectations.
    pub intro: String,
    /// The expectations written for this cell.
    pub lines: Vec<LineView>,
    /// The author's text after the expectations.
    pub outro: String,
    /// Examples of the whole cell.
    pub examples: Vec<ExampleView>,
    /// The number of expectations, own and inherited.
    pub count: usize,
    /// The step of the competency's scale that the level's profile needs.
    pub step: Option<StepView>,
    /// In a matrix: the title of the level below; empty where there is none, or nothing in common with it.
    pub below: String,
    /// In a matrix: the number of expectations that the level below has too, inherited ones included.
    pub kept: usize,
    /// In a matrix: whether nothing differs from the level below.
    pub same: bool,
    /// In a matrix: the numbers of the columns, from 0, of the levels that this one extends: what applies there in this
    /// row applies here. Those of levels that the matrix does not show are in [`MatrixRow::hidden`].
    pub bases: Vec<usize>,
    /// In a matrix: the expectations of columns that no longer apply from this one on, each as the number of its column, a
    /// full stop, and its position in the cell there.
    pub gone: Vec<String>,
}

/// The state of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellState {
    /// `written`: the level has expectations of its own.
    Written,
    /// `inherited`: all its expectations come from levels that it extends.
    Inherited,
    /// `missing`: not yet written.
    #[default]
    Missing,
    /// `not-applicable`.
    NotApplicable,
    /// `not-on-track`: in a matrix of several tracks, the competency isn't part of the level's.
    NotOnTrack,
}

/// One expectation.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// Its id, to be set where it is first shown on its own level's page; empty elsewhere.
    pub id: String,
    /// Its permanent address.
    pub url: String,
    /// The sentence.
    pub html: String,
    /// Detail shown with it; may be empty.
    pub detail: String,
    /// Its examples.
    pub examples: Vec<ExampleView>,
    /// The sub-heading above it as HTML, set only on the first of its group; may be empty.
    pub group: String,
    /// The same sub-heading, plain, set on each of the group.
    pub label: String,
    /// The author's text between that sub-heading and it; may be empty.
    pub before: String,
    /// In a matrix: whether the level below expects the same.
    pub kept: bool,
    /// In a matrix: whether it is raised; the sentence then has its new words in `<ins>`, and the detail at its end.
    pub raised: bool,
}

/// An example of an expectation, or of a cell.
#[derive(Debug, Clone, Serialize)]
pub struct ExampleView {
    /// The specialism that it is for (`SRE`); may be empty.
    pub specialism: String,
    /// Its text.
    pub html: String,
}

/// One step of a competency's scale.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// Its name.
    pub name: String,
    /// Its number, from 1.
    pub number: usize,
    /// The number of steps of the scale.
    pub of: usize,
    /// Its criteria; may be empty.
    pub html: String,
    /// Its address on the competency's page.
    pub url: String,
    /// Its id on the competency's page.
    pub anchor: String,
}

/// Competencies against levels.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixView {
    /// Where the matrix of each track is, if the whole is too large for one page; all else is empty then.
    pub parts: Vec<MatrixPart>,
    /// The columns: levels by track and rank.
    pub levels: Vec<Card>,
    /// The keys for filters of each column, in the same order.
    pub columns: Vec<MatrixColumn>,
    /// The tracks of its levels.
    pub tracks: Vec<MatrixTrack>,
    /// The ranks of its levels, lowest first.
    pub ranks: Vec<MatrixRank>,
    /// The rows, by area.
    pub areas: Vec<MatrixArea>,
    /// The competencies that have no row, because nothing is written in them for any of the levels.
    pub unwritten: Vec<Card>,
}

/// Where the matrix of a track is.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixPart {
    /// The track.
    pub track: Card,
    /// Its key in addresses.
    pub key: String,
    /// The number of its levels.
    pub levels: usize,
    /// The number of its competencies.
    pub competencies: usize,
}

/// The keys by which filters select a column.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixColumn {
    /// The keys of its tracks, with a space between them.
    pub tracks: String,
    /// Its rank, as text; empty for none.
    pub rank: String,
    /// The number of the column of the level below, if it has one.
    pub below: Option<usize>,
}

/// A track to filter by.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixTrack {
    /// Its key in addresses.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// A rank to filter by.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixRank {
    /// The rank, as text.
    pub rank: String,
    /// The titles of the levels that have it, each once.
    pub titles: Vec<String>,
}

/// The rows of one area.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixArea {
    /// The area's title; may be empty.
    pub title: String,
    /// One row per competency.
    pub rows: Vec<MatrixRow>,
}

/// One competency over all levels.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixRow {
    /// The competency.
    pub competency: Card,
    /// One cell per level, in the order of the columns.
    pub cells: Vec<CellView>,
    /// Expectations of cells that come from levels that the matrix does not show.
    pub hidden: Vec<MatrixHidden>,
}

/// The expectations in one competency of a level that the matrix does not show.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixHidden {
    /// The number by which cells refer to it.
    pub column: usize,
    /// The numbers of the levels that it extends.
    pub bases: Vec<usize>,
    /// The expectations of others that no longer apply from it on, as in [`CellView::gone`].
    pub gone: Vec<String>,
    /// The expectations written for it.
    pub lines: Vec<LineView>,
}
