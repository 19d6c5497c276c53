//! The self-assessment of a level.

use serde::Serialize;

use super::card::Card;
use super::chart::RadarView;

/// The self-assessment of a level: its expectations, and those that each level after it adds.
#[derive(Debug, Clone, Serialize)]
pub struct AssessmentView {
    /// The level.
    pub level: Card,
    /// The level's id, under which scripts store and export the reader's marks.
    pub id: String,
    /// The expectations to mark: first those of the level itself, then those of each level that follows.
    pub parts: Vec<AssessedLevel>,
    /// The subjects with totals: all competencies of all parts, then the level's own headings.
    pub subjects: Vec<AssessedSubject>,
    /// The axes of the radar chart that the reader's browser draws; none if there would be fewer than three. They
    /// belong to the first `subjects`, in order.
    pub radar: Option<RadarView>,
}

/// The expectations of one level.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLevel {
    /// The level.
    pub level: Card,
    /// Its id.
    pub id: String,
    /// How it relates to the level of the self-assessment.
    pub relation: AssessedRelation,
    /// The number of expectations.
    pub count: usize,
    /// The expectations, by area.
    pub areas: Vec<AssessedArea>,
}

/// How a level relates to that of the self-assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssessedRelation {
    /// `here`: it is that level.
    Here,
    /// `next`: it follows on the same track.
    Next,
    /// `fork`: it follows on another track.
    Fork,
}

/// The expectations in one area.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedArea {
    /// The area's title; empty where competencies have no area, and for a level's own headings.
    pub title: String,
    /// The expectations, by competency.
    pub cells: Vec<AssessedCell>,
}

/// The expectations in one competency, or under a heading of the level's own.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedCell {
    /// The competency or heading.
    pub subject: AssessedSubject,
    /// Expectations of the level itself.
    pub lines: Vec<AssessedLine>,
    /// Expectations of levels that it extends, nearest level first.
    pub inherited: Vec<AssessedSource>,
    /// The number of inherited expectations.
    pub inherited_count: usize,
}

/// A competency, or a heading of a level's own.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedSubject {
    /// Whether it is a competency, not a heading of a level's own.
    pub is_competency: bool,
    /// A name for scripts, unique on the page.
    pub key: String,
    /// The title.
    pub title: String,
    /// The competency's page, or the heading's place on the level's.
    pub url: String,
}

/// Expectations that come from one level.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedSource {
    /// The level.
    pub level: Card,
    /// Its id.
    pub id: String,
    /// The expectations.
    pub lines: Vec<AssessedLine>,
}

/// One expectation to be marked.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLine {
    /// Its permanent id among those of the level that it comes from.
    pub id: String,
    /// The sub-heading above it; may be empty.
    pub label: String,
    /// The sentence.
    pub html: String,
    /// Detail shown with it; may be empty.
    pub detail: String,
}
