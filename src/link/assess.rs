//! The self-assessments of a site: one sheet for each track, and an address for each level.

use std::collections::BTreeSet;

use super::generated::{ASSESSMENTS_FOLDER, Generated};
use crate::ladder::{Ladder, LevelId};
use crate::name;
use crate::page::{Page, Pages};

/// The self-assessments of a site: an address for each rung that has or leads to expectations, and the sheets of their
/// tracks. Those without a track have a sheet of their own.
pub(super) fn assessments(pages: &Pages, ladder: &Ladder) -> Vec<Generated> {
    // The address of the list of all self-assessments.
    let mut taken = BTreeSet::from([format!("{ASSESSMENTS_FOLDER}/index")]);
    let mut free = |wanted: String| {
        let mut free = wanted.clone();
        let mut number = 2;
        while !taken.insert(name::lower(&free)) {
            free = format!("{wanted}-{number}");
            number += 1;
        }
        free
    };
    let level = |level: LevelId| Generated::Assessment { level, path: free(path(pages.get(ladder.level(level).page))) };
    let mut all: Vec<Generated> = ladder.assessable().map(level).collect();
    for (track, _) in ladder.assessable_by_track() {
        let wanted = track
            .map_or_else(|| format!("{ASSESSMENTS_FOLDER}/levels"), |track| path(pages.get(ladder.track(track).page)));
        all.push(Generated::AssessmentSheet { track, path: free(wanted) });
    }
    all
}

/// The path of a page, in the folder of self-assessments.
fn path(page: &Page) -> String {
    let id = crate::page::id_of(page.content_path());
    let mut segments: Vec<String> = id.split('/').map(name::slug).collect();
    if let (Some(slug), Some(last)) = (&page.slug, segments.last_mut()) {
        *last = name::slug(&slug.value);
    }
    let segments = segments.into_iter().map(|segment| if segment.is_empty() { "level".to_owned() } else { segment });
    segments.fold(ASSESSMENTS_FOLDER.to_owned(), |path, segment| format!("{path}/{segment}"))
}
