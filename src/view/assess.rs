//! The self-assessment of a level.

use serde::Serialize;

use super::card::Card;
use super::chart::RadarView;

/// The self-assessment of a level: what is expected there, and what each level that follows adds.
#[derive(Debug, Clone, Serialize)]
pub struct AssessmentView {
    /// The level.
    pub level: Card,
    /// The level's id, under which what readers enter is kept and exported.
    pub id: String,
    /// What is to be marked: first at the level itself, then at each level that follows.
    pub parts: Vec<AssessedLevel>,
    /// What is summed up: all competencies of all parts, then the level's own headings.
    pub subjects: Vec<AssessedSubject>,
    /// The axes of the star that the reader's browser draws; none where it would have fewer than three. Its first axes
    /// are the first `subjects`.
    pub radar: Option<RadarView>,
}

/// What is expected at one level.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLevel {
    /// The level.
    pub level: Card,
    /// Its id.
    pub id: String,
    /// `here`, `next` (same track) or `fork` (another track).
    pub relation: &'static str,
    /// How many expectations there are.
    pub count: usize,
    /// What is expected, by area.
    pub areas: Vec<AssessedArea>,
}

/// What is expected in one area.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedArea {
    /// The area's title; empty where competencies have no area, and for a level's own headings.
    pub title: String,
    /// What is expected, by competency.
    pub cells: Vec<AssessedCell>,
}

/// What is expected in one competency, or under a heading of the level's own.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedCell {
    /// What it is about.
    pub subject: AssessedSubject,
    /// Expectations of the level itself.
    pub lines: Vec<AssessedLine>,
    /// Those of levels that it builds on, nearest level first.
    pub inherited: Vec<AssessedSource>,
    /// How many those are.
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
    /// The sentence.
    pub html: String,
}
