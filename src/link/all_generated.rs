//! All generated pages that a site has.

use super::assess::assessments;
use super::comparisons::Comparisons;
use super::generated::Generated;
use super::print_parts::print_parts;
use super::tags::tags;
use crate::ladder::Ladder;
use crate::page::Pages;

/// The generated pages that a site has.
pub(super) fn all_generated(pages: &Pages, ladder: &Ladder, comparisons: &Comparisons) -> Vec<Generated> {
    let any = |list: &Generated| pages.shown().any(|(_, page)| Generated::of(page.kind).as_ref() == Some(list));
    let tags = tags(pages);
    let wanted = [
        (Generated::Home, true),
        (Generated::Stages, !ladder.tracks.is_empty()),
        (Generated::Matrix, ladder.has_matrix()),
        (Generated::ComparisonChooser, !comparisons.is_empty()),
        (Generated::Assessments, ladder.assessable().next().is_some()),
        (Generated::Tags, !tags.is_empty()),
        (Generated::Titles, ladder.concrete_levels().next().is_some()),
        (Generated::Print, ladder.concrete_levels().next().is_some()),
        (Generated::NotFound, true),
    ];
    let mut all: Vec<Generated> = wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(page, _)| page).collect();
    all.extend(Generated::lists().filter(any));
    all.extend(comparisons.pages().cloned().map(Generated::Comparison));
    all.extend(assessments(pages, ladder));
    all.extend(print_parts(pages, ladder));
    all.extend(tags.into_values().map(|tag| Generated::Tag(tag.slug)));
    all
}
