//! The levels that have a self-assessment, and the paths of its page.

use std::collections::BTreeSet;

use super::generated::{ASSESSMENTS_FOLDER, Generated};
use crate::ladder::{Ladder, LevelId};
use crate::name;
use crate::page::{Page, Pages};

/// The self-assessments of a site, one for each rung that has or leads to expectations.
pub(super) fn assessments(pages: &Pages, ladder: &Ladder) -> Vec<Generated> {
    // The address of the list of all self-assessments.
    let mut taken = BTreeSet::from([format!("{ASSESSMENTS_FOLDER}/index")]);
    let mut assessment = |level: LevelId| {
        let wanted = path(pages.get(ladder.level(level).page));
        let mut free = wanted.clone();
        let mut number = 2;
        while !taken.insert(name::lower(&free)) {
            free = format!("{wanted}-{number}");
            number += 1;
        }
        Generated::Assessment { level, path: free }
    };
    ladder.assessable().map(&mut assessment).collect()
}

/// The path of a level's page, in the folder of self-assessments.
fn path(page: &Page) -> String {
    let id = crate::page::id_of(page.content_path());
    let mut segments: Vec<String> = id.split('/').map(name::slug).collect();
    if let (Some(slug), Some(last)) = (&page.slug, segments.last_mut()) {
        *last = name::slug(&slug.value);
    }
    let segments = segments.into_iter().map(|segment| if segment.is_empty() { "level".to_owned() } else { segment });
    segments.fold(ASSESSMENTS_FOLDER.to_owned(), |path, segment| format!("{path}/{segment}"))
}
