//! Self-assessments: the sheet of a track, with every expectation of its levels once.

use serde::Serialize;

use super::card::Card;
use super::chart::RadarView;

/// The sheet of a track: its levels with what is written for each. What a level takes over from others is said by
/// reference, so that the sheet is as long as what was written.
#[derive(Debug, Clone, Serialize)]
pub struct AssessmentView {
    /// The track; none for levels without one.
    pub track: Option<Card>,
    /// The levels of the track, lowest first; then those of elsewhere that they build on or lead to.
    pub levels: Vec<AssessedLevel>,
    /// The competencies of those levels, in order.
    pub subjects: Vec<AssessedSubject>,
    /// The axes of the radar chart that the reader's browser draws; none if there would be fewer than three. They
    /// belong to `subjects`, in order.
    pub radar: Option<RadarView>,
}

/// A level on a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLevel {
    /// The level.
    pub level: Card,
    /// Its page's id, under which scripts store and export the reader's marks.
    pub id: String,
    /// Its id on the sheet.
    pub anchor: String,
    /// Whether its self-assessment is on this sheet.
    pub is_home: bool,
    /// The levels whose expectations count as well, nearest first.
    pub bases: Vec<AssessedBase>,
    /// The levels that it leads to.
    pub next: Vec<AssessedPlace>,
    /// What is written for it, by heading and competency.
    pub cells: Vec<AssessedCell>,
}

/// Where another level is.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedPlace {
    /// The level.
    pub level: Card,
    /// Its page's id.
    pub id: String,
    /// The link to it: on this sheet, or else to its own sheet or page.
    pub href: String,
    /// Whether it is on this sheet.
    pub is_here: bool,
}

/// A level whose expectations count at another one, too.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedBase {
    /// Where it is.
    pub place: AssessedPlace,
    /// The competencies to which that is limited; empty for all but `without`.
    pub only: AssessedSet,
    /// The competencies in which nothing of it counts.
    pub without: AssessedSet,
    /// The expectations of it that don't count, as `level#expectation`, with line breaks between them.
    pub except: String,
    /// The number of those that are raised or retired.
    pub superseded: usize,
}

/// Some competencies.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AssessedSet {
    /// Their keys, with line breaks between them.
    pub keys: String,
    /// Their titles.
    pub titles: Vec<String>,
}

/// What is written for a level in one competency, or under a heading of its own.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedCell {
    /// A name for scripts, unique on the page.
    pub key: String,
    /// The title.
    pub title: String,
    /// For a heading of the level's own, its place on the level's page; empty for a competency, which is among the
    /// sheet's `subjects`.
    pub url: String,
    /// The expectations.
    pub lines: Vec<AssessedLine>,
}

/// A competency.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedSubject {
    /// A name for scripts, unique on the page.
    pub key: String,
    /// The title.
    pub title: String,
    /// The title of its area; may be empty.
    pub area: String,
    /// Its page.
    pub url: String,
}

/// One expectation to be marked.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLine {
    /// Its permanent id among those of the level that it comes from; empty where scripts can find it out from the
    /// sentence.
    pub id: String,
    /// The sub-heading above it; may be empty.
    pub label: String,
    /// The sentence.
    pub html: String,
    /// Detail shown with it; may be empty.
    pub detail: String,
}
