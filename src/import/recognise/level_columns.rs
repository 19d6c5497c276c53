//! The columns of levels, and what their names say.

use crate::import::draft::{DraftLevel, DraftPage};
use crate::import::level_name::{is_code, is_level_name, level_from};
use crate::import::words::is_name;
use crate::name::fold;

/// A column of a level, with its names from the rows of the header.
#[derive(Debug)]
pub(super) struct LevelColumn {
    pub(super) column: usize,
    pub(super) level: DraftLevel,
    pub(super) track: Option<String>,
}

/// A name for the titles below the codes or numbers of levels.
pub(super) fn with_title(level: &DraftLevel, title: &str) -> DraftLevel {
    let mut titled = level_from(title);
    let upper = &level.page.title;
    if is_code(upper) && titled.code.is_none() {
        titled.code = Some(upper.clone());
    } else if fold(upper) != fold(&titled.page.title) {
        titled.also_known_as.push(upper.clone());
    }
    titled.code = titled.code.or_else(|| level.code.clone());
    titled.also_known_as.extend(level.also_known_as.iter().cloned());
    if titled.experience.is_empty() {
        titled.experience.clone_from(&level.experience);
    }
    titled
}

/// Reads tracks from what follows the names of levels: `Senior (Backend)`, `Staff – Management`.
pub(super) fn suffix_tracks(levels: &mut [LevelColumn]) {
    let split = |title: &str| {
        let parts = title
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once(" ("))
            .or_else(|| title.rsplit_once(" - "))
            .or_else(|| title.rsplit_once(" – "));
        parts
            .map(|(name, track)| (name.trim().to_owned(), track.trim().to_owned()))
            .filter(|(name, track)| is_name(name) && is_name(track) && !is_level_name(track))
    };
    let found: Vec<Option<(String, String)>> = levels.iter().map(|level| split(&level.level.page.title)).collect();
    let mut tracks: Vec<String> = found.iter().flatten().map(|(_, track)| fold(track)).collect();
    tracks.sort();
    tracks.dedup();
    let all = found.iter().flatten().count();
    if tracks.len() < 2 || all < levels.len() || tracks.len() == all || levels.iter().any(|level| level.track.is_some())
    {
        return;
    }
    for (level, found) in levels.iter_mut().zip(found) {
        if let Some((name, track)) = found {
            level.level.page = DraftPage::new(&name);
            level.track = Some(track);
        }
    }
}
