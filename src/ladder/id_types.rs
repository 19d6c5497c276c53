//! Typed positions of tracks, levels, competencies and expectations in a [`Ladder`](super::Ladder).

use crate::index_vec::index_types;

index_types! {
    /// A track of a ladder.
    TrackId
    /// A level of a ladder, in the order of files.
    LevelId
    /// A competency of a ladder, in the order in which competencies are shown.
    CompetencyId
    /// An expectation of a ladder.
    ExpectationId
}
