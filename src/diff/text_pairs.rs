//! The texts of two guides that are the same text: by the id that an author wrote, by equal words, and what's left by
//! similarity, the most similar of all first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::model::TextKind;
use super::texts::{GuideText, PagePart};
use super::word_weights::WordWeights;
use crate::page::PageId;

/// The most texts with a common word that a text is compared with.
const MAX_SHARING: usize = 60;

/// The most pairs of texts of one page that are all compared.
const MAX_PAGE_PAIRS: usize = 10_000;

/// The fewest words of a text that is looked for at other places.
const MIN_MOVED_WORDS: usize = 3;

/// The similarity from which texts of one cell are one text. Chosen by reading the labelled edits of the tests; so are
/// the others.
const MIN_IN_PLACE: f64 = 0.38;

/// The same for the only texts of a cell that are left.
const MIN_ONLY: f64 = 0.25;

/// The same for texts of one level or of one competency.
const MIN_NEAR: f64 = 0.55;

/// The same for texts anywhere.
const MIN_ANYWHERE: f64 = 0.65;

/// The place of a text, which means the same in both guides: the number of its page's pair, and the part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DiffPlace {
    pub(super) kind: TextKind,
    pub(super) page: usize,
    pub(super) part: PlacePart,
}

/// The part of a page's pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum PlacePart {
    /// The cell of a competency, by the number of its pair.
    Cell(usize),
    /// The level alone, or the page.
    Whole,
    /// The step of a scale.
    Step(usize),
}

impl PlacePart {
    /// The part of a page, with the number of a competency's pair and that of a step.
    pub(super) fn of(part: PagePart, pair: impl Fn(PageId) -> usize, step: impl Fn(usize) -> usize) -> Self {
        match part {
            PagePart::Cell(competency) => Self::Cell(pair(competency)),
            PagePart::Whole => Self::Whole,
            PagePart::Step(at) => Self::Step(step(at)),
        }
    }
}

/// A text with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedText<'g> {
    pub(super) text: &'g GuideText,
    pub(super) place: DiffPlace,
}

/// The texts of both guides. Pairs are positions in them.
#[derive(Debug)]
pub(super) struct BothTexts<'g> {
    pub(super) was: Vec<PlacedText<'g>>,
    pub(super) now: Vec<PlacedText<'g>>,
    pub(super) weights: WordWeights,
}

/// The pairs found so far, and what's left on both sides.
#[derive(Debug)]
pub(super) struct TextPairs {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) left_was: Vec<usize>,
    pub(super) left_now: Vec<usize>,
}

/// Pairs the texts of two guides.
pub(super) fn pair(both: &BothTexts<'_>) -> TextPairs {
    let mut found = TextPairs {
        pairs: Vec::new(),
        left_was: (0..both.was.len()).collect(),
        left_now: (0..both.now.len()).collect(),
    };
    found.by_key(both, written_id_on_page);
    let repeated = repeated_ids(both);
    found.by_key(both, |text, _| {
        let id = text.text.id.as_ref().filter(|id| id.is_written && !repeated.contains(id.id.as_str()))?;
        Some((text.place.kind, id.id.as_str()))
    });
    found.by_key(both, |text, _| Some((text.place, text.text.text.as_str())));
    found.by_key(both, |text, _| Some((text.place, text.text.folded.as_str())));
    found.by_words(both, |was, now| was.page == now.page);
    found.by_words(both, |was, now| was.part == now.part && !matches!(was.part, PlacePart::Whole));
    found.by_words(both, |_, _| true);
    found.by_similarity(both);
    found
}

/// The id of an expectation on its level, if either guide has it written by its author.
fn written_id_on_page<'t>(text: &PlacedText<'t>, written: &WrittenIds<'_>) -> Option<(TextKind, usize, &'t str)> {
    let id = text.text.id.as_ref()?;
    let key = (text.place.page, id.id.as_str());
    written.contains(&key).then_some((text.place.kind, text.place.page, id.id.as_str()))
}

/// The ids that authors wrote on several levels of one guide.
fn repeated_ids<'t>(both: &BothTexts<'t>) -> HashSet<&'t str> {
    let mut repeated = HashSet::new();
    for texts in [&both.was, &both.now] {
        let mut known = HashSet::new();
        let ids = texts.iter().filter_map(|one| one.text.id.as_ref()).filter(|id| id.is_written);
        repeated.extend(ids.map(|id| id.id.as_str()).filter(|id| !known.insert(*id)));
    }
    repeated
}

/// The ids that authors wrote, with the number of their page's pair.
type WrittenIds<'t> = HashSet<(usize, &'t str)>;

impl TextPairs {
    /// Pairs what's left and has the same key on both sides, one after the other.
    fn by_key<'t, K: Eq + std::hash::Hash + Ord>(
        &mut self,
        both: &'t BothTexts<'t>,
        key: impl Fn(&PlacedText<'t>, &WrittenIds<'t>) -> Option<K>,
    ) {
        let all = both.was.iter().chain(&both.now);
        let written = all.filter_map(|one| {
            let id = one.text.id.as_ref().filter(|id| id.is_written)?;
            Some((one.place.page, id.id.as_str()))
        });
        let written: WrittenIds<'t> = written.collect();
        let mut by_key: HashMap<K, Vec<usize>> = HashMap::new();
        for at in self.left_was.iter().rev() {
            if let Some(key) = key(&both.was[*at], &written) {
                by_key.entry(key).or_default().push(*at);
            }
        }
        let mut pairs = Vec::new();
        for now in &self.left_now {
            let key = key(&both.now[*now], &written);
            let was = key.and_then(|key| by_key.get_mut(&key)?.pop());
            pairs.extend(was.map(|was| (was, *now)));
        }
        self.add(pairs);
    }

    /// Pairs what's left in equal words at places that are near each other.
    fn by_words(&mut self, both: &BothTexts<'_>, near: impl Fn(&DiffPlace, &DiffPlace) -> bool) {
        let key = |one: &PlacedText<'_>| (one.place.kind, one.text.folded.clone());
        let long =
            |one: &&PlacedText<'_>| one.text.words.len() >= MIN_MOVED_WORDS && one.place.kind != TextKind::Paragraph;
        let mut by_text: BTreeMap<(TextKind, String), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in self.left_was.iter().filter(|at| long(&&both.was[**at])) {
            by_text.entry(key(&both.was[*at])).or_default().0.push(*at);
        }
        for at in self.left_now.iter().filter(|at| long(&&both.now[**at])) {
            if let Some((_, now)) = by_text.get_mut(&key(&both.now[*at])) {
                now.push(*at);
            }
        }
        let mut pairs = Vec::new();
        for (mut was, mut now) in by_text.into_values().filter(|(was, now)| !was.is_empty() && !now.is_empty()) {
            was.sort_by_key(|at| both.was[*at].place);
            now.sort_by_key(|at| both.now[*at].place);
            for one in was {
                let other = now.iter().position(|other| near(&both.was[one].place, &both.now[*other].place));
                pairs.extend(other.map(|other| (one, now.remove(other))));
            }
        }
        self.add(pairs);
    }

    /// Pairs what's left by similarity, the most similar of all first.
    fn by_similarity(&mut self, both: &BothTexts<'_>) {
        let mut scored: Vec<ScoredPair> = self.candidates(both);
        scored.sort_by(|a, b| a.order(b, both));
        let (mut taken_was, mut taken_now) = (vec![false; both.was.len()], vec![false; both.now.len()]);
        let mut pairs = Vec::new();
        for ScoredPair { was, now, .. } in scored {
            if !taken_was[was] && !taken_now[now] {
                (taken_was[was], taken_now[now]) = (true, true);
                pairs.push((was, now));
            }
        }
        self.add(pairs);
    }

    /// The pairs of texts that can be one: of each page, and of all pages those that share a rare word.
    fn candidates(&self, both: &BothTexts<'_>) -> Vec<ScoredPair> {
        let by_place = Sides::of(self, both, |one| vec![one.place]);
        let by_page = Sides::of(self, both, |one| vec![(one.place.kind, one.place.page)]);
        let mut candidates = HashSet::new();
        for (page, sides) in &by_page {
            if sides.was.len() * sides.now.len() <= MAX_PAGE_PAIRS {
                candidates.extend(sides.pairs());
                continue;
            }
            let on_page = |one: &PlacedText<'_>| (one.place.kind, one.place.page) == *page;
            let words = |one: &PlacedText<'_>| if on_page(one) { one.text.words.clone() } else { Vec::new() };
            let by_word = Sides::of(self, both, words);
            candidates.extend(by_word.values().filter(|sides| sides.are_few()).flat_map(Sides::pairs));
        }
        let moving = |one: &PlacedText<'_>| {
            let words = one.text.words.iter().map(|word| (one.place.kind, *word));
            if one.place.kind == TextKind::Paragraph { Vec::new() } else { words.collect() }
        };
        let by_word = Sides::of(self, both, moving);
        candidates.extend(by_word.values().filter(|sides| sides.are_few()).flat_map(Sides::pairs));
        let score = |(was, now): (usize, usize)| {
            let only =
                by_place.get(&both.was[was].place).is_some_and(|sides| sides.was.len() == 1 && sides.now.len() == 1);
            both.score(was, now, only).map(|score| ScoredPair { score, was, now })
        };
        candidates.into_iter().filter_map(score).collect()
    }

    fn add(&mut self, pairs: Vec<(usize, usize)>) {
        let was: HashSet<usize> = pairs.iter().map(|(was, _)| *was).collect();
        let now: HashSet<usize> = pairs.iter().map(|(_, now)| *now).collect();
        self.left_was.retain(|at| !was.contains(at));
        self.left_now.retain(|at| !now.contains(at));
        self.pairs.extend(pairs);
    }
}

/// What's left of both guides that has a key in common.
#[derive(Debug, Default)]
struct Sides {
    was: Vec<usize>,
    now: Vec<usize>,
}

impl Sides {
    /// Sorts what's left by its keys.
    fn of<K: Eq + std::hash::Hash>(
        left: &TextPairs,
        both: &BothTexts<'_>,
        keys: impl Fn(&PlacedText<'_>) -> Vec<K>,
    ) -> HashMap<K, Self> {
        let mut sides: HashMap<K, Self> = HashMap::new();
        for at in &left.left_was {
            for key in keys(&both.was[*at]) {
                sides.entry(key).or_default().was.push(*at);
            }
        }
        for at in &left.left_now {
            for key in keys(&both.now[*at]) {
                sides.entry(key).or_default().now.push(*at);
            }
        }
        sides
    }

    fn are_few(&self) -> bool {
        self.was.len() <= MAX_SHARING && self.now.len() <= MAX_SHARING
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.was.iter().flat_map(|was| self.now.iter().map(move |now| (*was, *now)))
    }
}

impl BothTexts<'_> {
    /// How likely two texts are one, if they can be. `only` says that nothing else is left at their place.
    fn score(&self, was: usize, now: usize, only: bool) -> Option<f64> {
        let (was, now) = (&self.was[was], &self.now[now]);
        let (a, b) = (was.place, now.place);
        let alike = self.weights.similarity(&was.text.words, &now.text.words);
        let is_long = was.text.words.len().min(now.text.words.len()) >= MIN_MOVED_WORDS;
        let (min, bonus) = match () {
            () if a == b && only => (MIN_ONLY, 0.3),
            () if a == b => (MIN_IN_PLACE, 0.3),
            () if a.kind == TextKind::Paragraph || !is_long => return None,
            () if a.page == b.page => (MIN_NEAR, 0.15),
            () if a.part == b.part && a.part != PlacePart::Whole => (MIN_NEAR, 0.1),
            () => (MIN_ANYWHERE, 0.0),
        };
        let (old_id, new_id) = (was.text.id.as_ref(), now.text.id.as_ref());
        let is_same_address =
            a.page == b.page && old_id.zip(new_id).is_some_and(|(old_id, new_id)| old_id.id == new_id.id);
        let address = if is_same_address { 0.3 } else { 0.0 };
        let (old_sentence, new_sentence) = (was.text.folded.lines().next(), now.text.folded.lines().next());
        let is_same_sentence = a.page == b.page && is_long && old_sentence == new_sentence;
        (alike >= min || is_same_sentence || is_same_address).then_some(alike + bonus + address)
    }
}

/// Two texts that can be one.
#[derive(Debug)]
struct ScoredPair {
    score: f64,
    was: usize,
    now: usize,
}

impl ScoredPair {
    /// The most likely first. The same in both directions, whatever the order of files.
    fn order(&self, other: &Self, both: &BothTexts<'_>) -> Ordering {
        let distance = |pair: &Self| pair.was.abs_diff(pair.now);
        let texts = |pair: &Self| {
            let (was, now) = (&both.was[pair.was].text.text, &both.now[pair.now].text.text);
            (was.min(now).clone(), was.max(now).clone())
        };
        let by_score = other.score.total_cmp(&self.score);
        let by_place = || (self.was + self.now, distance(self)).cmp(&(other.was + other.now, distance(other)));
        by_score.then_with(by_place).then_with(|| texts(self).cmp(&texts(other)))
    }
}
