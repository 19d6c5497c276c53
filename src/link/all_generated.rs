//! All generated pages that a site has.

use super::assess::assessments;
use super::comparisons::Comparisons;
use super::generated::Generated;
use super::tags::tags;
use crate::ladder::Ladder;
use crate::page::{Kind, Pages};

/// The generated pages that a site has.
pub(super) fn all_generated(pages: &Pages, ladder: &Ladder, comparisons: &Comparisons) -> Vec<Generated> {
    let any = |kind| pages.shown().any(|(_, page)| page.kind == kind);
    let tags = tags(pages);
    let wanted = [
        (Generated::Home, true),
        (Generated::Stages, !ladder.tracks.is_empty()),
        (Generated::Competencies, !ladder.competencies.is_empty()),
        (Generated::Matrix, ladder.has_matrix()),
        (Generated::ComparisonChooser, !comparisons.is_empty()),
        (Generated::Moves, any(Kind::Move)),
        (Generated::Articles, any(Kind::Article)),
        (Generated::Worksheets, any(Kind::Worksheet)),
        (Generated::Assessments, ladder.assessable().next().is_some()),
        (Generated::Glossary, any(Kind::Term)),
        (Generated::Tags, !tags.is_empty()),
        (Generated::Titles, ladder.concrete_levels().next().is_some()),
        (Generated::Print, ladder.concrete_levels().next().is_some()),
        (Generated::NotFound, true),
    ];
    let mut all: Vec<Generated> = wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(page, _)| page).collect();
    all.extend(comparisons.pages().cloned().map(Generated::Comparison));
    all.extend(assessments(pages, ladder));
    all.extend(tags.into_values().map(|tag| Generated::Tag(tag.slug)));
    all
}
