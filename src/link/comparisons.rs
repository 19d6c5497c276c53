//! The comparisons of a site: its pairs of levels, and the names of levels in addresses.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::unique_slugs::numbered;
use crate::index_vec::IndexVec;
use crate::ladder::{Ladder, LevelId, Pair};
use crate::name;
use crate::page::{PageId, Pages};

/// The most pairs whose pages show both levels side by side. On larger ladders they would repeat what the pages of levels
/// say on hundreds of pages: a pair's page then has the number of differences, and leads to the page on which any two
/// levels are compared.
const MAX_FULL_PAGES: usize = 250;

/// The most bytes of a level's name in an address: two names make one file name, which most systems limit to 255 bytes.
const MAX_SLUG_BYTES: usize = 100;

/// The pairs of levels that are compared, and the names of levels in addresses.
#[derive(Debug, Default, PartialEq)]
pub struct Comparisons {
    /// The pairs that have pages, by the order of tracks and levels.
    pub pairs: Vec<Pair>,
    /// Whether the pages of pairs are short.
    pub brief: bool,
    /// Whether there are two rungs to compare.
    any: bool,
    /// A name for each level, by its number.
    slugs: IndexVec<LevelId, String>,
    by_slug: BTreeMap<String, usize>,
    by_levels: HashMap<(LevelId, LevelId), usize>,
}

impl Comparisons {
    /// The comparisons of a ladder.
    #[must_use]
    pub fn of(pages: &Pages, ladder: &Ladder) -> Self {
        let pairs = ladder.pairs();
        let slugs = slugs(pages, ladder);
        let (brief, any) = (pairs.len() > MAX_FULL_PAGES, ladder.on_tracks().len() > 1);
        let mut comparisons = Self { brief, any, slugs, ..Self::default() };
        for (at, pair) in pairs.iter().enumerate() {
            comparisons.by_slug.insert(comparisons.pair_slug(pair.before, pair.now), at);
            comparisons.by_levels.insert((pair.before, pair.now), at);
        }
        Self { pairs, ..comparisons }
    }

    /// Whether there is anything to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any
    }

    /// The name of a level among those that are compared.
    #[must_use]
    pub fn slug(&self, level: LevelId) -> &str {
        &self.slugs[level]
    }

    /// The name of the page that compares two levels, if there is one.
    #[must_use]
    pub fn page(&self, before: LevelId, now: LevelId) -> Option<String> {
        self.by_levels.contains_key(&(before, now)).then(|| self.pair_slug(before, now))
    }

    /// The pair whose page has a name.
    #[must_use]
    pub fn pair(&self, slug: &str) -> Option<Pair> {
        self.by_slug.get(slug).map(|at| self.pairs[*at])
    }

    /// The names of all pages that compare two levels.
    pub(super) fn pages(&self) -> impl Iterator<Item = &String> {
        self.by_slug.keys()
    }

    fn pair_slug(&self, before: LevelId, now: LevelId) -> String {
        format!("{}--{}", self.slug(before), self.slug(now))
    }
}

/// A unique name for each level: the end of its id or its `slug`, with as many segments before it as make it unique;
/// numbered from 2 where even the whole ids are the same.
fn slugs(pages: &Pages, ladder: &Ladder) -> IndexVec<LevelId, String> {
    let segments: Vec<Vec<String>> = ladder.levels.iter().map(|level| segments(pages, level.page)).collect();
    let tail = |segments: &Vec<String>, length: usize| {
        let tail = segments[segments.len().saturating_sub(length)..].join("-");
        tail[tail.ceil_char_boundary(tail.len().saturating_sub(MAX_SLUG_BYTES))..].trim_start_matches('-').to_owned()
    };
    let mut lengths = vec![1; segments.len()];
    loop {
        let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, segments) in segments.iter().enumerate() {
            same.entry(tail(segments, lengths[at])).or_default().push(at);
        }
        let clashing: BTreeSet<usize> = same.into_values().filter(|ids| ids.len() > 1).flatten().collect();
        let longer: Vec<usize> = clashing.into_iter().filter(|at| lengths[*at] < segments[*at].len()).collect();
        if longer.is_empty() {
            break;
        }
        for at in longer {
            lengths[at] += 1;
        }
    }
    numbered(segments.iter().zip(lengths).map(|(segments, length)| tail(segments, length))).into_iter().collect()
}

/// The segments of a level's id as slugs.
fn segments(pages: &Pages, page: PageId) -> Vec<String> {
    let page = pages.get(page);
    let mut names: Vec<&str> = page.id.split('/').collect();
    if let (Some(slug), Some(last)) = (&page.slug, names.last_mut()) {
        *last = &slug.value;
    }
    let slugs: Vec<String> = names.into_iter().map(name::slug).filter(|slug| !slug.is_empty()).collect();
    if slugs.is_empty() { vec!["level".to_owned()] } else { slugs }
}
