//! The pages of two guides that are the same page: by id, by former address, and what's left by title and content, the
//! most alike first.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::texts::{GuideText, by_page};
use super::word_weights::shared;
use crate::guide::Guide;
use crate::ladder::{LevelId, Role};
use crate::name::fold;
use crate::page::{Kind, PageId};

/// The most pages with a common title, code, file name or text that are compared with each other.
const MAX_SHARING: usize = 40;

/// The most pairs of pages that are compared although nothing points to them.
const MAX_UNPOINTED_PAIRS: usize = 4000;

/// The share of texts from which two pages are one that was renamed.
const MIN_CONTENT: f64 = 0.4;

/// The same for pages of one title.
const MIN_CONTENT_OF_NAMESAKES: f64 = 0.15;

/// The share of common words from which reworded pages are one.
const MIN_WORDS: f64 = 0.7;

/// A page before and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PagePair {
    pub(super) was: Option<PageId>,
    pub(super) now: Option<PageId>,
}

/// All pages of two guides, in pairs. The number of a pair means the same page in both guides.
#[derive(Debug, Default)]
pub(super) struct PagePairs {
    pub(super) pairs: Vec<PagePair>,
    was: HashMap<PageId, usize>,
    now: HashMap<PageId, usize>,
}

impl PagePairs {
    /// The number of the pair that a page of the guide before belongs to.
    pub(super) fn of_was(&self, page: PageId) -> usize {
        self.was[&page]
    }

    /// The number of the pair that a page of the guide now belongs to.
    pub(super) fn of_now(&self, page: PageId) -> usize {
        self.now[&page]
    }

    fn push(&mut self, was: Option<PageId>, now: Option<PageId>) {
        let number = self.pairs.len();
        self.was.extend(was.map(|page| (page, number)));
        self.now.extend(now.map(|page| (page, number)));
        self.pairs.push(PagePair { was, now });
    }
}

/// Pairs the pages of two guides.
pub(super) fn pair(was: (&Guide, &[GuideText]), now: (&Guide, &[GuideText])) -> PagePairs {
    let mut pairs = PagePairs::default();
    let (mut left_was, mut left_now) = (shown(was.0), shown(now.0));
    let ids: HashMap<&str, PageId> = left_now.iter().map(|id| (&**now.0.pages.get(*id).folded_id(), *id)).collect();
    let by_id = |id: PageId| ids.get(&**was.0.pages.get(id).folded_id()).copied();
    take(&mut pairs, &mut left_was, &mut left_now, by_id);
    let aliases = |guide: &Guide, pages: &[PageId]| -> HashMap<String, PageId> {
        let of = |id: &PageId| guide.pages.get(*id).aliases.iter().map(|alias| (address(&alias.value), *id)).collect();
        pages.iter().flat_map(|id| -> Vec<(String, PageId)> { of(id) }).collect()
    };
    let (old, new) = (aliases(was.0, &left_was), aliases(now.0, &left_now));
    let back: HashMap<PageId, PageId> =
        left_now.iter().filter_map(|id| Some((*old.get(&address(&now.0.pages.get(*id).id))?, *id))).collect();
    let by_alias = |id: PageId| new.get(&address(&was.0.pages.get(id).id)).or_else(|| back.get(&id)).copied();
    take(&mut pairs, &mut left_was, &mut left_now, by_alias);
    let found: HashMap<PageId, PageId> = alike(was, &left_was, now, &left_now).into_iter().collect();
    take(&mut pairs, &mut left_was, &mut left_now, |id| found.get(&id).copied());
    for id in left_was {
        pairs.push(Some(id), None);
    }
    for id in left_now {
        pairs.push(None, Some(id));
    }
    pairs
}

fn shown(guide: &Guide) -> Vec<PageId> {
    guide.pages.shown().map(|(id, _)| id).collect()
}

/// An address as it's compared: without `/` at its ends and without `.html` or `index.html`.
fn address(written: &str) -> String {
    let path = written.trim_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path).to_lowercase()
}

/// Pairs each page before with the one that `found` returns for it, if that is still left.
fn take(
    pairs: &mut PagePairs,
    left_was: &mut Vec<PageId>,
    left_now: &mut Vec<PageId>,
    found: impl Fn(PageId) -> Option<PageId>,
) {
    let free: HashSet<PageId> = left_now.iter().copied().collect();
    let mut taken: HashSet<PageId> = HashSet::new();
    left_was.retain(|was| match found(*was).filter(|now| free.contains(now) && taken.insert(*now)) {
        Some(now) => {
            pairs.push(Some(*was), Some(now));
            false
        }
        None => true,
    });
    left_now.retain(|now| !taken.contains(now));
}

/// What pages are compared by.
struct Traits {
    kind: Kind,
    title: String,
    code: Option<String>,
    file_name: String,
    /// Hashes of its texts, sorted.
    texts: Vec<u64>,
    words: Vec<u64>,
}

impl Traits {
    fn of(guide: &Guide, id: PageId, texts: &[GuideText], own: &[usize]) -> Self {
        let page = guide.pages.get(id);
        let mut hashes: Vec<u64> = own.iter().map(|at| xxh3_64(texts[*at].folded.as_bytes())).collect();
        let named = named(guide, id).into_iter();
        hashes.extend(named.map(|named| xxh3_64(fold(&guide.pages.get(named).title.value).as_bytes())));
        hashes.sort_unstable();
        hashes.dedup();
        let words: BTreeSet<u64> = own.iter().flat_map(|at| texts[*at].words.iter().copied()).collect();
        Self {
            kind: page.kind,
            title: fold(&page.title.value),
            code: page.code().map(fold),
            file_name: page.id.rsplit('/').next().unwrap_or_default().to_lowercase(),
            texts: hashes,
            words: words.into_iter().collect(),
        }
    }

    /// The keys by which a page finds others that may be the same.
    fn keys(&self) -> Vec<u64> {
        let named = |label: &str, name: &str| xxh3_64(format!("{label}\n{name}").as_bytes());
        let mut keys = vec![named("title", &self.title), named("file", &self.file_name)];
        keys.extend(self.code.as_deref().map(|code| named("code", code)));
        keys.extend(&self.texts);
        keys
    }

    /// How alike two pages are, if they can be one.
    fn alike(&self, other: &Self) -> Option<f64> {
        let ladder = [Kind::Track, Kind::Level, Kind::Competency, Kind::Move];
        if self.kind != other.kind && (ladder.contains(&self.kind) || ladder.contains(&other.kind)) {
            return None;
        }
        let of_words = Some(dice(&self.words, &other.words)).filter(|share| *share >= MIN_WORDS).unwrap_or_default();
        let content = dice(&self.texts, &other.texts).max(of_words);
        let is_bare = self.texts.is_empty() && other.texts.is_empty();
        let title = self.title == other.title;
        let is_same = content >= MIN_CONTENT || title && (content >= MIN_CONTENT_OF_NAMESAKES || is_bare);
        let code = self.code.is_some() && self.code == other.code;
        let bonus = |is: bool, weight: f64| if is { weight } else { 0.0 };
        let file = self.file_name == other.file_name;
        is_same.then_some(content + bonus(title, 0.5) + bonus(code, 0.3) + bonus(file, 0.2))
    }
}

/// The pages that a track or a move consists of.
fn named(guide: &Guide, page: PageId) -> Vec<PageId> {
    let level_page = |level: &LevelId| guide.ladder.level(*level).page;
    if let Some(Role::Track(track)) = guide.ladder.role(page) {
        return guide.ladder.track(track).levels.iter().map(level_page).collect();
    }
    let moves = guide.ladder.moves.iter().filter(|one| one.page == page);
    moves.flat_map(|one| [level_page(&one.from), level_page(&one.to)]).collect()
}

/// The share of what two sets have in common, from 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "pages have few words")]
fn dice(one: &[u64], other: &[u64]) -> f64 {
    let total = one.len() + other.len();
    if total == 0 { 0.0 } else { 2.0 * shared(one, other).len() as f64 / total as f64 }
}

/// The pairs among pages without a counterpart, the most alike first.
fn alike(
    was: (&Guide, &[GuideText]),
    left_was: &[PageId],
    now: (&Guide, &[GuideText]),
    left_now: &[PageId],
) -> Vec<(PageId, PageId)> {
    let traits = |(guide, texts): (&Guide, &[GuideText]), left: &[PageId]| -> Vec<Traits> {
        let own = by_page(texts);
        let of = |id: &PageId| Traits::of(guide, *id, texts, own.get(id).map_or(&[], Vec::as_slice));
        left.iter().map(of).collect()
    };
    if left_was.is_empty() || left_now.is_empty() {
        return Vec::new();
    }
    let (of_was, of_now) = (traits(was, left_was), traits(now, left_now));
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (a, b) in candidates(&of_was, &of_now) {
        scored.extend(of_was[a].alike(&of_now[b]).map(|score| (score, a, b)));
    }
    let files = |a: usize, b: usize| {
        let (a, b) = (&was.0.pages.get(left_was[a]).id, &now.0.pages.get(left_now[b]).id);
        (a.min(b).clone(), a.max(b).clone())
    };
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| files(x.1, x.2).cmp(&files(y.1, y.2))));
    let (mut taken_was, mut taken_now) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for (_, a, b) in scored {
        if !taken_was.contains(&a) && !taken_now.contains(&b) {
            taken_was.insert(a);
            taken_now.insert(b);
            found.push((left_was[a], left_now[b]));
        }
    }
    found
}

/// The pairs worth comparing: all of few pages, of many those that share a title, a code, a file name or a text.
fn candidates(was: &[Traits], now: &[Traits]) -> BTreeSet<(usize, usize)> {
    if was.len() * now.len() <= MAX_UNPOINTED_PAIRS {
        return (0..was.len()).flat_map(|a| (0..now.len()).map(move |b| (a, b))).collect();
    }
    let mut sharing: BTreeMap<u64, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, traits) in was.iter().enumerate() {
        traits.keys().into_iter().for_each(|key| sharing.entry(key).or_default().0.push(at));
    }
    for (at, traits) in now.iter().enumerate() {
        traits.keys().into_iter().for_each(|key| sharing.entry(key).or_default().1.push(at));
    }
    let few = sharing.into_values().filter(|(a, b)| a.len() <= MAX_SHARING && b.len() <= MAX_SHARING);
    few.flat_map(|(a, b)| a.into_iter().flat_map(move |one| b.clone().into_iter().map(move |two| (one, two)))).collect()
}
